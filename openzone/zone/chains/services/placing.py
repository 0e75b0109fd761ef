"""Saying where firms stand: placed from a day on, corrected, ended, taken back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from openzone.engines.rules.problems import PackError
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.enums import ChangeKind, PlacementMethod
from openzone.zone.chains.models import ChainSheet, Placement, PlacementChange, PlacementProposal
from openzone.zone.chains.selectors.versions import pack_on, release_on
from openzone.zone.chains.services.writing import (
    copied,
    cut,
    ensure_come,
    last_change,
    locked,
    note,
    parts_told,
    rows_from,
    withdraw,
)
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise

Key = tuple[str, str]
Parts = Mapping[Key, Decimal]
"""The share of a firm at each chain and node; together 1."""

ROUNDING: Final = Decimal("0.000001")
LEAST: Final = Decimal("0.00000001")
"""The smallest share the record can hold."""
NO_CHAIN = Text("没有产业链“{chain}”", "there is no chain “{chain}”")
NO_NODE = Text("产业链“{chain}”没有环节“{node}”", "the chain “{chain}” has no link “{node}”")
BAD_SHARE = Text(
    "“{node}”的份额应大于0且不超过1，不是 {share}",
    "the share at “{node}” must be above 0 and at most 1, not {share}",
)
NOT_ONE = Text("各环节份额合计应为1，现为 {sum}", "the shares must come to 1, they come to {sum}")
NOTHING = Text("请至少选择一个环节", "choose at least one link")
SAME = Text("与登记的完全相同", "this is what is on record already")
NO_ROW = Text("该企业在 {day} 没有链上位置", "this firm stands nowhere on {day}")
WHY = Text("请说明原因", "say why")
NOT_LAST = Text(
    "之后又有变更，只能撤销最近一次", "something was done since; only the last act can be undone"
)
UNDONE = Text("该变更已经撤销", "this was undone already")


@dataclass(frozen=True)
class Grounds:
    """What a placement rests on: evidence and score of each node, and where it comes from."""

    method: str = PlacementMethod.BY_HAND
    source: str = ""
    evidence: Mapping[Key, Sequence[Any]] = field(default_factory=dict)
    scores: Mapping[Key, float] = field(default_factory=dict)
    proposal: PlacementProposal | None = None
    sheet: ChainSheet | None = None


@transaction.atomic
def place(
    *, actor: Actor, user: User, enterprise: Enterprise, parts: Parts, valid_from: dt.date,
    now: dt.datetime, grounds: Grounds | None = None, seen: int | None = None,
) -> PlacementChange:  # fmt: skip
    """Say where a firm stands from a day on; what was said of that day and later gives way.

    A node it stood at before keeps its evidence and reviewer, unless there are new grounds.

    Raises:
        Refused: the shares do not come to 1, a node is not in its chain, the day is to come, it
            is so already, or somebody else was first (``seen``: the last change the person saw).

    """
    ensure_parts(parts, valid_from)
    ensure_come(valid_from, now)
    firm = locked(enterprise, seen)
    before = {(row.chain, row.node): row.share for row in rows_from(firm, valid_from)}
    starts = {row.valid_from for row in rows_from(firm, valid_from)}
    if before == dict(parts) and max(starts) <= valid_from:
        raise Refused(SAME)
    why = grounds or Grounds()
    change = _change(ChangeKind.PLACED, firm, valid_from, user, now, why)
    gone = {(row.chain, row.node): row for row in cut(firm, valid_from, change)}
    kept = {key: row for key, row in gone.items() if key in parts and key not in why.evidence}
    for key, row in kept.items():
        copied(row, change, share=parts[key], valid_from=valid_from, valid_to=None)
    _write(change, {key: one for key, one in parts.items() if key not in kept}, why, valid_from)
    told = {"before": parts_told(before), "parts": parts_told(parts), "from": valid_from}
    _note("placement.placed", actor, firm, told)
    return change


@transaction.atomic
def correct(
    *, actor: Actor, user: User, enterprise: Enterprise, on: dt.date, parts: Parts, reason: str,
    now: dt.datetime, seen: int | None = None,
) -> PlacementChange:  # fmt: skip
    """Say that where a firm stood on a day was written down wrongly, with what is right.

    The period stays; what was known before stays readable.
    """
    if not reason.strip():
        raise Refused(WHY, field="reason")
    ensure_parts(parts, on)
    firm = locked(enterprise, seen)
    rows = _standing(firm, on)
    first = max(row.valid_from for row in rows)
    rows = [row for row in rows if row.valid_from == first]
    if {(row.chain, row.node): row.share for row in rows} == dict(parts):
        raise Refused(SAME)
    change = _change(ChangeKind.CORRECTED, firm, first, user, now, Grounds(), reason)
    withdraw(rows, change)
    _write(change, parts, Grounds(), first, rows[0].valid_to)
    told = {"parts": parts_told(parts), "from": first, "reason": reason}
    _note("placement.corrected", actor, firm, told)
    return change


@transaction.atomic
def end(
    *, actor: Actor, user: User, enterprise: Enterprise, on: dt.date, reason: str,
    now: dt.datetime, seen: int | None = None,
) -> PlacementChange:  # fmt: skip
    """Say that from a day on a firm stands nowhere any more: moved away, closed."""
    if not reason.strip():
        raise Refused(WHY, field="reason")
    ensure_come(on, now, "on")
    firm = locked(enterprise, seen)
    if not rows_from(firm, on):
        raise Refused(NO_ROW.format(day=on), field="on")
    change = _change(ChangeKind.ENDED, firm, on, user, now, Grounds(), reason)
    gone = cut(firm, on, change)
    told = {"nodes": [f"{row.chain}/{row.node}" for row in gone], "on": on, "reason": reason}
    _note("placement.ended", actor, firm, told)
    return change


@transaction.atomic
def undo(
    *, actor: Actor, user: User, change: PlacementChange, now: dt.datetime, reason: str = ""
) -> PlacementChange:
    """Take back the last act about a firm: what it wrote goes, what it ended is there again."""
    firm = locked(change.enterprise)
    if PlacementChange.objects.filter(undoes=change).exists():
        raise Refused(UNDONE)
    last = last_change(firm)
    if last is None or last.pk != change.pk:
        raise Refused(NOT_LAST)
    back = _change(ChangeKind.UNDONE, firm, change.day, user, now, Grounds(), reason, change)
    gone = list(change.withdrawn.all())
    withdraw(change.made.filter(withdrawn_at__isnull=True), back)
    for row in gone:
        copied(row, back)
    _note("placement.undone", actor, firm, {"change": change.pk, "reason": reason})
    return back


def ensure_parts(parts: Parts, on: dt.date) -> None:
    """Refuse nodes that no chain has on a day, and shares that do not come to 1."""
    if not parts:
        raise Refused(NOTHING, field="node")
    for (chain, node), share in parts.items():
        ensure_node(chain, node, on)
        if not (share.is_finite() and LEAST <= share <= 1):
            raise Refused(BAD_SHARE.format(node=node, share=share), field="share")
    whole = sum(parts.values(), Decimal(0))
    if abs(whole - 1) > ROUNDING:
        raise Refused(NOT_ONE.format(sum=f"{whole.normalize():f}"), field="share")


def ensure_node(chain: str, node: str, on: dt.date) -> None:
    """Refuse a node that its chain does not have on a day."""
    try:
        known = pack_on(chain, on).as_chain.nodes
    except PackError:
        raise Refused(NO_CHAIN.format(chain=chain), field="chain") from None
    if node not in known:
        raise Refused(NO_NODE.format(chain=chain, node=node), field="node")


def _standing(firm: Enterprise, on: dt.date) -> list[Placement]:
    rows = list(rows_from(firm, on).filter(valid_from__lte=on))
    if not rows:
        raise Refused(NO_ROW.format(day=on), field="on")
    return rows


def _change(
    kind: ChangeKind, firm: Enterprise, day: dt.date, user: User, now: dt.datetime, why: Grounds,
    reason: str = "", undoes: PlacementChange | None = None,
) -> PlacementChange:  # fmt: skip
    return PlacementChange.objects.create(
        enterprise=firm, kind=kind, day=day, reason=reason.strip(), proposal=why.proposal,
        sheet=why.sheet, undoes=undoes, by=user, at=now,
    )  # fmt: skip


def _write(
    change: PlacementChange, parts: Parts, why: Grounds, first: dt.date,
    until: dt.date | None = None,
) -> None:  # fmt: skip
    for (chain, node), share in parts.items():
        release = release_on(chain, first)
        Placement.objects.create(
            enterprise=change.enterprise, chain=chain, node=node, share=share, valid_from=first,
            valid_to=until, method=why.method, version=release.number if release else 0,
            score=why.scores.get((chain, node)), evidence=list(why.evidence.get((chain, node), ())),
            source=why.source, reviewed_by=change.by, recorded_at=change.at, change=change,
            synthetic=change.enterprise.synthetic,
        )  # fmt: skip


def _note(action: str, actor: Actor, firm: Enterprise, payload: dict[str, Any]) -> None:
    note(action=action, actor=actor, subject=f"enterprise:{firm.pk}", payload=payload)
