"""The data of a cycle: figures that stand, what is missing, decisions in force, entries to score.

A figure that was taken back is missing, not zero.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from openzone.engines.scoring.model import Entry
from openzone.zone.evaluations.enums import RulingKind
from openzone.zone.evaluations.models import Cell, Cycle, Entrant, Ruling
from openzone.zone.evaluations.packs import pack
from openzone.zone.evaluations.selectors.items import Item, items_of, pack_of

Values = dict[int, dict[str, Decimal]]


class Row(NamedTuple):
    """One of those evaluated with the figures that stand, by the order of the items."""

    entrant: Entrant
    cells: tuple[Cell | None, ...]

    @property
    def missing(self) -> int:
        """How many figures are not known."""
        return sum(one is None for one in self.cells)


def entrants_of(cycle: Cycle) -> QuerySet[Entrant]:
    """Return those evaluated, by group."""
    return cycle.entrants.select_related("enterprise", "unit", "landlord").order_by("group", "pk")


def standing(entrants: "QuerySet[Entrant] | Sequence[Entrant]") -> dict[tuple[int, str], Cell]:
    """Return the newest figure of everybody and every item; those taken back are left out."""
    rows = Cell.objects.filter(entrant__in=entrants).select_related("by").order_by("seq")
    newest = {(one.entrant_id, one.item): one for one in rows}
    return {key: one for key, one in newest.items() if one.value is not None}


def rows_of(cycle: Cycle, items: Sequence[Item]) -> list[Row]:
    """Return the table of data."""
    every = list(entrants_of(cycle))
    cells = standing(every)
    return [Row(one, tuple(cells.get((one.pk, item.name)) for item in items)) for one in every]


def needed(cycle: Cycle, entrant: Entrant) -> set[str]:
    """Return the figures the group of somebody is scored by."""
    group = next((g for g in pack_of(cycle).groups if g.id == entrant.group), None)
    names = [(one.numerator, one.denominator) for one in group.indicators] if group else []
    return {name for pair in names for name in pair if name}


def gaps(cycle: Cycle) -> dict[str, list[Entrant]]:
    """Return whose figure is missing, by item, of what their group is scored by."""
    pack_, items = pack_of(cycle), items_of(cycle)
    by_group = {
        group.id: {n for one in group.indicators for n in (one.numerator, one.denominator) if n}
        for group in pack_.groups
    }
    found: dict[str, list[Entrant]] = {}
    for row in rows_of(cycle, items):
        for item, cell in zip(items, row.cells, strict=True):
            if cell is None and item.name in by_group.get(row.entrant.group, ()):
                found.setdefault(item.name, []).append(row.entrant)
    return found


def rulings_of(entrants: "QuerySet[Entrant] | Sequence[Entrant]") -> dict[int, list[Ruling]]:
    """Return the decisions in force about everybody."""
    rows = Ruling.objects.filter(entrant__in=entrants, lifted_by=None).exclude(kind=RulingKind.LIFT)
    found: dict[int, list[Ruling]] = defaultdict(list)
    for one in rows.select_related("by").order_by("pk"):
        found[one.entrant_id].append(one)
    return found


def counted_on(cycle: Cycle) -> dt.date:
    """Return the day up to which years since registration or land are counted."""
    return dt.date(cycle.year, 12, 31)


def entries_of(cycle: Cycle) -> list[Entry]:
    """Return everybody as the engine takes them, from the figures that stand."""
    every = list(entrants_of(cycle))
    cells, rulings = standing(every), rulings_of(every)
    values: Values = defaultdict(dict)
    for (pk, item), cell in cells.items():
        if cell.value is not None:
            values[pk][item] = cell.value
    return [_entry(one, values[one.pk], rulings.get(one.pk, ())) for one in every]


def _entry(one: Entrant, values: Mapping[str, Decimal], rulings: Sequence[Ruling]) -> Entry:
    return Entry(
        id=str(one.pk), name=one.name, group=one.group, values=values, parcel=one.parcel,
        veto=said(rulings, RulingKind.VETO), unsuitable=said(rulings, RulingKind.EXCLUDE),
        adjust=sum((r.points for r in rulings if r.kind == RulingKind.ADJUST and r.points),
                   Decimal(0)),
        follows=str(one.landlord_id or ""), industry=one.industry, registered=one.registered_on,
        land_since=one.land_since,
    )  # fmt: skip


def said(rulings: Sequence[Ruling], kind: RulingKind) -> str:
    """Return the decisions of a kind with their documents, as lists print them."""
    return "；".join(_words(one) for one in rulings if one.kind == kind)


def _words(one: Ruling) -> str:
    ground = pack().ground(one.ground)
    label = ground.label.zh if ground else one.ground
    return f"{label}（{one.document}）"
