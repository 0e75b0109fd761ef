"""The firms that could come: of lists, of leaders' suppliers, and of the record itself."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from openzone.engines.chains.inviting import Opening, Outside, Point, extending
from openzone.engines.chains.placing import Firm, Placer
from openzone.engines.chains.products import products_of
from openzone.engines.text import Text
from openzone.zone.chains.models import CandidateFirm
from openzone.zone.chains.selectors.listed import (
    Listed,
    grouped,
    listed_on,
    says_none,
    supplying,
)
from openzone.zone.chains.selectors.reading import Reading
from openzone.zone.projects.permissions import Visitor
from openzone.zone.promotion.models import Supplier
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.columns import columns

LIST, SUPPLIER, RECORD = "list", "supplier", "record"
HERE = Text("已在园区：{name}（{why}）", "is in the zone already: {name} ({why})")
SAME_CODE = Text("信用代码或名称相同", "the same credit code or name")


@dataclass(frozen=True)
class Prospect:
    """A firm that could fill gaps; ``rows`` and ``supplies`` are where it is listed, latest first.

    ``kind`` and ``pk`` name the row its address is made of; ``maybe`` is an enterprise of the
    record that it may be, and ``why`` says so.
    """

    kind: str
    pk: int
    outside: Outside
    uscc: str = ""
    business: str = ""
    rows: tuple[CandidateFirm, ...] = ()
    supplies: tuple[Supplier, ...] = ()
    enterprise: Enterprise | None = None
    maybe: Enterprise | None = None
    why: Text = field(default=Text("", ""))
    synthetic: bool = False

    @property
    def key(self) -> str:
        """What it is called: its credit code, else its name as names are compared."""
        return self.outside.key

    @property
    def signal(self) -> CandidateFirm | None:
        """The row with the latest signal of expansion."""
        known = [row for row in self.rows if row.expansion_on is not None]
        return max(known, key=lambda row: row.expansion_on or dt.date.min, default=None)


@dataclass(frozen=True)
class Pool:
    """Everybody who could come, and who was left out with the reason."""

    prospects: tuple[Prospect, ...]
    excluded: tuple[tuple[str, Text], ...]


def pool(
    reading: Reading, found: Sequence[Opening], placer: Placer, user: Visitor, on: dt.date
) -> Pool:
    """Return the firms that could fill the gaps of a chain, as somebody may see them."""
    groups = grouped(listed_on(on), supplying(user, on))
    here = _residents(groups)
    outside: list[Prospect] = []
    excluded: list[tuple[str, Text]] = []
    for key, listed in groups.items():
        reason = _here(listed.rows, here.get(key))
        if reason is not None:
            excluded.append((listed.name, reason))
        else:
            outside.append(_prospect(key, listed, reading, placer))
    return Pool((*outside, *_extending(reading, found, on)), tuple(excluded))


def _residents(groups: Mapping[str, Listed]) -> dict[str, Enterprise]:
    """Return the firms on record by now that have the code or the exact name of a group."""
    names = {name: key for key, one in groups.items() for name in one.names}
    codes = {one.uscc: key for key, one in groups.items() if one.uscc}
    rows = Enterprise.objects.filter(Q(name__in=names) | Q(uscc__in=codes)).select_related("root")
    return {codes.get(one.uscc or "") or names[one.name]: one.root for one in rows}


def _here(rows: Sequence[CandidateFirm], known: Enterprise | None) -> Text | None:
    if known is not None:
        return _said_here(known.name, SAME_CODE)
    row = next((one for one in rows if one.here and one.enterprise is not None), None)
    if row is None or row.enterprise is None:
        return None
    return _said_here(row.enterprise.name, Text(row.match.get("zh", ""), row.match.get("en", "")))


def _said_here(name: str, why: Text) -> Text:
    return Text(HERE.zh.format(name=name, why=why.zh), HERE.en.format(name=name, why=why.en))


def _prospect(key: str, listed: Listed, reading: Reading, placer: Placer) -> Prospect:
    maybe = next((row for row in listed.rows if row.enterprise is not None), None)
    told = maybe.match if maybe else {}
    return Prospect(
        LIST if listed.rows else SUPPLIER, listed.every[0].pk,
        _outside(key, listed, reading, placer), uscc=listed.uscc,
        business=listed.said("products") or listed.supplied("product") or "",
        rows=tuple(listed.rows), supplies=tuple(listed.supplies),
        maybe=maybe.enterprise if maybe else None,
        why=Text(told.get("zh", ""), told.get("en", "")),
        synthetic=listed.every[0].listing.synthetic,
    )  # fmt: skip


def _outside(key: str, listed: Listed, reading: Reading, placer: Placer) -> Outside:
    revenue, risk = listed.said("revenue"), listed.said("risk")
    signals = [row.expansion_on for row in listed.rows if row.expansion_on and row.expansion]
    return Outside(
        key, listed.name, _nodes(listed, reading, placer),
        city=listed.said("city") or listed.supplied("region") or "",
        at=_point(listed),
        revenue=None if revenue is None else float(revenue),
        expanded_on=max(signals, default=None),
        ties=_ties(listed),
        encouraged=listed.said("encouraged"),
        risk=None if risk is None else not says_none(risk),
    )  # fmt: skip


def _point(listed: Listed) -> Point | None:
    for row in listed.rows:
        if row.longitude is not None and row.latitude is not None:
            return Point(row.longitude, row.latitude)
    return None


def _nodes(listed: Listed, reading: Reading, placer: Placer) -> dict[str, float | None]:
    """Return the links a firm could stand at; a link that a list names outright counts whole."""
    named = {node.name.zh: node.id for node in reading.chain.nodes.values()}
    products = [*(row.products for row in listed.rows), *(s.product for s in listed.supplies)]
    text = "；".join(dict.fromkeys(filter(None, products)))
    placed = placer.place(Firm(listed.name, products_of(text), listed.said("scope") or ""))
    found: dict[str, float | None] = {one.node: one.score for one in placed.nodes}
    for one in listed.supplies:
        node = one.node if one.node in reading.chain.nodes else named.get(one.node, "")
        if node:
            found[node] = 1.0
    return found


def _ties(listed: Listed) -> int | None:
    """Return how many firms here it buys from or supplies; nothing where no list says it."""
    stated = [tie for row in listed.rows for tie in row.ties]
    if not stated and not listed.supplies:
        return None
    firms = {tie["enterprise"] for tie in stated}
    firms |= {one.listing.enterprise_id for one in listed.supplies}
    return len(firms - {None})


def _extending(reading: Reading, found: Sequence[Opening], on: dt.date) -> list[Prospect]:
    """Return the firms of the zone that stand beside a missing link."""
    could = extending(reading.record.standing, found)
    firms = [reading.record.firms[key] for key in could]
    known = columns(on, ["revenue_y1"], [firm.pk for firm in firms]) if firms else None
    revenue = dict(zip(known.enterprises, known.values["revenue_y1"], strict=True)) if known else {}
    return [
        Prospect(
            RECORD, firm.pk,
            Outside(
                f"enterprise:{firm.pk}", firm.name, dict.fromkeys(sorted(could[str(firm.pk)])),
                revenue=_float(revenue.get(firm.pk)), here=True,
            ),
            uscc=firm.uscc or "", enterprise=firm, synthetic=firm.synthetic,
        )
        for firm in firms
    ]  # fmt: skip


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
