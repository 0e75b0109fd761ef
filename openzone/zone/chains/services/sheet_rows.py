"""Rows of workbooks of chains, and how they are entered: firm by firm, leaders first."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from openzone.engines.chains.model import Chain
from openzone.engines.rules.problems import PackError
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.enums import ChainRoleKind, ChainSheetKind, PlacementMethod
from openzone.zone.chains.models import ChainSheet
from openzone.zone.chains.packs import figures_pack
from openzone.zone.chains.selectors.proposals import equal_split
from openzone.zone.chains.selectors.versions import chain_ids, pack_on
from openzone.zone.chains.services.figures import NO_KIND, record_figure
from openzone.zone.chains.services.placing import NO_CHAIN, NO_NODE, Grounds, Key, place
from openzone.zone.chains.services.roles import designate, support
from openzone.zone.errors import Refused
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.identity import find_enterprise
from openzone.zone.rowwise import Values

Group = Sequence[Values]
Enter = Callable[[Actor, ChainSheet, Group, dt.datetime], object]

NO_FIRM = Text("档案中没有企业“{name}”", "no enterprise “{name}” is on record")
OTHER_NAME = Text(
    "信用代码属于“{known}”，不是“{name}”", "the credit code is that of “{known}”, not of “{name}”"
)
DAYS = Text("同一企业各行的起始日期应相同", "the rows of one firm begin on the same day")
SOME = Text(
    "同一企业的份额要么都填，要么都不填（平均分）",
    "give the share in every row of a firm, or in none (shared evenly)",
)
TWICE = Text("与第 {row} 行重复", "the same as row {row}")
NOT_A_NUMBER = Text("“{given}”不是数", "“{given}” is no number")
NO_LEADER = Text("链辅企业请填写所配套的链主", "name the leader that a supporting firm supports")


def groups(kind: str, rows: Sequence[Values]) -> list[list[Values]]:
    """Return which rows are entered together, in the order they are entered."""
    if kind == ChainSheetKind.PLACEMENTS:
        firms: dict[str, list[Values]] = {}
        for row in rows:
            firms.setdefault(firm_key(row), []).append(row)
        return list(firms.values())
    return [[row] for row in sorted(rows, key=lambda row: row.get("kind") != ChainRoleKind.LEADER)]


def firm_key(row: Values) -> str:
    """Return what rows of one firm have in common."""
    return str(row.get("uscc") or row.get("firm") or "").strip()


class Entering:
    """Enters the rows of one workbook."""

    def __init__(self, actor: Actor, sheet: ChainSheet, now: dt.datetime) -> None:
        self._actor, self._sheet, self._now = actor, sheet, now

    def enter(self, group: Group) -> object:
        """Enter rows that belong together."""
        kind = ChainSheetKind(self._sheet.kind)
        return _ENTER[kind](self._actor, self._sheet, group, self._now)


def _enter_placement(actor: Actor, sheet: ChainSheet, group: Group, now: dt.datetime) -> object:
    days = {_day(row.get("valid_from"), sheet.as_of) for row in group}
    if len(days) > 1:
        raise Refused(DAYS, field="valid_from")
    day, firm = days.pop(), _firm(group[0])
    keys: dict[Key, int] = {}
    for row in group:
        key = _key(row, day)
        if key in keys:
            raise Refused(TWICE.format(row=keys[key]), field="node")
        keys[key] = row["row"]
    given = [row.get("share") for row in group]
    if any(given) and not all(given):
        raise Refused(SOME, field="share")
    even = equal_split(list(keys))
    parts = (
        {key: Decimal(str(one)) for key, one in zip(keys, given, strict=True)}
        if all(given)
        else even
    )
    source = next((str(row["source"]) for row in group if row.get("source")), sheet.file_name)
    grounds = Grounds(PlacementMethod.WORKBOOK, source[:300], sheet=sheet)
    return place(
        actor=actor, user=sheet.uploaded_by, enterprise=firm, parts=parts, valid_from=day, now=now,
        grounds=grounds,
    )  # fmt: skip


def _enter_role(actor: Actor, sheet: ChainSheet, group: Group, now: dt.datetime) -> object:
    (row,) = group
    day = _day(row.get("valid_from"), sheet.as_of)
    said: dict[str, Any] = {
        "actor": actor, "user": sheet.uploaded_by, "enterprise": _firm(row), "valid_from": day,
        "chain": chain_named(row["chain"], day).id, "now": now, "sheet": sheet,
        **{name: row.get(name) or "" for name in _SAID},
    }  # fmt: skip
    if row["kind"] == ChainRoleKind.LEADER:
        return designate(**said)
    if not row.get("leader"):
        raise Refused(NO_LEADER, field="leader")
    return support(**said, leader=_firm({"firm": row["leader"]}, "leader"))


def _enter_figure(actor: Actor, sheet: ChainSheet, group: Group, now: dt.datetime) -> object:
    (row,) = group
    day = _day(row.get("published_on"), sheet.as_of)
    chain, node = _key(row, day)
    return record_figure(
        actor=actor, user=sheet.uploaded_by, chain=chain, node=node, kind=_kind(row["kind"]),
        value=_number(row["value"]), unit=row["unit"], qualifier=row.get("qualifier") or "",
        period=row["period"], source=row["source"], published_on=day, now=now, sheet=sheet,
        enterprise=_firm(row) if row.get("firm") or row.get("uscc") else None,
        synthetic=sheet.synthetic,
    )  # fmt: skip


_SAID: Final = ("document_no", "document", "issued_by", "remark")
_ENTER: Final[dict[ChainSheetKind, Enter]] = {
    ChainSheetKind.PLACEMENTS: _enter_placement,
    ChainSheetKind.ROLES: _enter_role,
    ChainSheetKind.FIGURES: _enter_figure,
}


def _firm(row: Values, field: str = "firm") -> Enterprise:
    """Return the firm a row means: by its code, else by its name."""
    name, code = str(row.get("firm") or "").strip(), str(row.get("uscc") or "").strip()
    found = find_enterprise(code or name)
    if found is None:
        raise Refused(NO_FIRM.format(name=code or name), field="uscc" if code else field)
    if code and name and find_enterprise(name) not in (None, found):
        raise Refused(OTHER_NAME.format(known=found.name, name=name), field=field)
    return found


def chain_named(given: str, on: dt.date) -> Chain:
    """Return the chain with this id or name."""
    text = given.strip()
    for name in chain_ids(on):
        try:
            chain = pack_on(name, on).as_chain
        except PackError:  # a zone's own file that has faults now is no chain to enter into
            continue
        if text in (chain.id, chain.name.zh, chain.name.en):
            return chain
    raise Refused(NO_CHAIN.format(chain=text), field="chain")


def _key(row: Values, on: dt.date) -> Key:
    """Return the chain and the node a row names, by id, name or alias."""
    chain, text = chain_named(row["chain"], on), str(row["node"]).strip()
    for node in chain.nodes.values():
        if text in (node.id, node.name.zh, node.name.en, *node.aliases):
            return chain.id, node.id
    raise Refused(NO_NODE.format(chain=chain.name.zh, node=text), field="node")


def _kind(given: str) -> str:
    text = given.strip()
    for kind in figures_pack().kinds:
        if text in (kind.id, kind.label.zh, kind.label.en):
            return kind.id
    raise Refused(NO_KIND.format(name=text), field="kind")


def _number(given: Any) -> Decimal:
    try:
        return Decimal(str(given).replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        raise Refused(NOT_A_NUMBER.format(given=given), field="value") from None


def _day(given: Any, usual: dt.date) -> dt.date:
    return dt.date.fromisoformat(given) if given else usual
