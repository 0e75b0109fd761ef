"""Parks side by side: levels, growth, per mu and per person; suppressed and missing ones named."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from openzone.engines.series.model import Kind, Observation, percent, rounded
from openzone.engines.series.parts import pulls
from openzone.engines.series.periods import Period
from openzone.packs.figure_boards import PerPack
from openzone.packs.series import IndicatorPack
from openzone.zone.indicators.models import Entity, ReportRound
from openzone.zone.indicators.packs import indicators
from openzone.zone.indicators.selectors import rollups
from openzone.zone.indicators.selectors.boards_book import Book
from openzone.zone.indicators.selectors.boards_packs import boards_pack


class From(StrEnum):
    """Where the figure of a park comes from, or why there is none."""

    REPORTED = "reported"
    ROLLED = "rolled_up"
    SUPPRESSED = "suppressed"
    MISSING = "missing"


class ParkFigure(NamedTuple):
    """A figure of a park: its own, or the sum of its firms from a closed round of reports."""

    of: From
    value: Decimal | None
    growth: Decimal | None = None
    figure: Observation | None = None
    round: ReportRound | None = None


class ParkRow(NamedTuple):
    """A measure over all parks; ``shares`` are of the zone, in percent.

    ``added`` is what each park added to the zone's growth: contribution in percent, pull in points.
    """

    indicator: IndicatorPack
    cells: Sequence[ParkFigure]
    shares: Sequence[Decimal | None]
    added: Sequence[Mapping[str, Decimal]]
    whole: Observation | None


class PerRow(NamedTuple):
    """One indicator by another over all parks, in the unit of the pack.

    ``parts`` are the two figures of each park that it follows from.
    """

    per: PerPack
    cells: Sequence[tuple[Decimal | None, From]]
    parts: Sequence[tuple[ParkFigure, ParkFigure]]


def park_rows(
    book: Book, parks: Sequence[Entity], zone: Entity | None, period: Period
) -> list[ParkRow]:
    """Return the measures of the pack over all parks, of one period."""
    rounds = _rounds(book, period)
    return [
        _row(book, parks, zone, indicators()[name], period, rounds)
        for name in boards_pack().parks.levels
        if name in indicators()
    ]


def per_rows(book: Book, parks: Sequence[Entity], period: Period) -> list[PerRow]:
    """Return one indicator by another: what is said nowhere stays unsaid."""
    rounds = _rounds(book, period)
    known, found = indicators(), []
    for per in boards_pack().parks.per:
        if {per.of, per.by} <= set(known):
            parts = [
                (_figure(book, park, known[per.of], period, rounds),
                 _figure(book, park, known[per.by], period, rounds))
                for park in parks
            ]  # fmt: skip
            found.append(PerRow(per, [_per(per, *pair) for pair in parts], parts))
    return found


def periods(book: Book, parks: Sequence[Entity]) -> list[Period]:
    """Return the cumulative periods parks have figures of, the last first."""
    found = {
        period
        for (name, entity), lines in book.lines.items()
        if entity in {one.pk for one in parks} and indicators().get(name) is not None
        for track in lines.values()
        for period in track
        if period.from_january
    }
    return sorted(found, reverse=True)


def _row(
    book: Book, parks: Sequence[Entity], zone: Entity | None, pack: IndicatorPack, period: Period,
    rounds: Mapping[str, tuple[ReportRound, Mapping[int, ParkFigure]]],
) -> ParkRow:  # fmt: skip
    cells = [_figure(book, park, pack, period, rounds) for park in parks]
    whole = at(book, zone, pack, period) if zone is not None else None
    total = whole.value if whole is not None and whole.value else Decimal(0)
    shares = [
        percent(one.value / total) if one.value is not None and total > 0 else None
        for one in cells
    ]  # fmt: skip
    added = [_added(book, park, zone, pack, period) for park in parks]
    return ParkRow(pack, cells, shares, added, whole)


def _added(
    book: Book, park: Entity, zone: Entity | None, pack: IndicatorPack, period: Period
) -> dict[str, Decimal]:
    """Say what a park added to the zone's growth, where both have levels of one scope."""
    if zone is None or pack.kind is not Kind.FLOW:
        return {}
    part, whole = book.track(pack.id, park), book.track(pack.id, zone)
    own, all_ = part.get(period), whole.get(period)
    if own is None or all_ is None or own.basis != all_.basis:
        return {}
    if not (pack.comparable or (own.same_scope and all_.same_scope)):
        return {}
    found = {one.kind: one.value for one in pulls(part, whole, period)}
    return {kind: value for kind, value in found.items() if isinstance(value, Decimal)}


def at(book: Book, entity: Entity, pack: IndicatorPack, period: Period) -> Observation | None:
    """Return a figure of a period; of a level, the last one of the year up to its end."""
    if pack.kind is Kind.FLOW:
        return book.at(pack.id, entity, period)
    found = [one for one in book.track(pack.id, entity).values()
             if one.period.year == period.year and one.period.last <= period.last]  # fmt: skip
    return max(found, key=lambda one: one.period, default=None)


def _figure(
    book: Book, park: Entity, pack: IndicatorPack, period: Period,
    rounds: Mapping[str, tuple[ReportRound, Mapping[int, ParkFigure]]],
) -> ParkFigure:  # fmt: skip
    one = at(book, park, pack, period)
    if one is not None and (one.value is not None or one.growth is not None):
        return ParkFigure(From.REPORTED, one.value, one.growth, one)
    if pack.id in rounds and park.pk in rounds[pack.id][1]:
        return rounds[pack.id][1][park.pk]
    return ParkFigure(From.MISSING, None)


def _per(per: PerPack, one: ParkFigure, other: ParkFigure) -> tuple[Decimal | None, From]:
    for each in (one, other):
        if each.value is None:
            return None, each.of if each.of is From.SUPPRESSED else From.MISSING
    assert one.value is not None  # noqa: S101 - as just asked
    assert other.value is not None  # noqa: S101
    if other.value <= 0:
        return None, From.MISSING
    return rounded(one.value / per.scale / (other.value / per.units_of)), one.of


def _rounds(
    book: Book, period: Period
) -> dict[str, tuple[ReportRound, dict[int, ParkFigure]]]:  # fmt: skip
    """Return what rounds of reports closed by then come to by park; hidden stays hidden."""
    found: dict[str, tuple[ReportRound, dict[int, ParkFigure]]] = {}
    asked = ReportRound.objects.filter(period=str(period), closed_at__isnull=False)
    if book.known_at is not None:
        asked = asked.filter(closed_at__date__lte=book.known_at)
    for one in asked.order_by("pk"):
        table = rollups.table(one, "economic", sees_firms=False)
        for line in table.lines:
            cells = {cell.place.pk: _rolled(one, cell) for cell in line.cells if cell.place.pk}
            found.setdefault(line.field.indicator, (one, cells))
    return found


def _rolled(one: ReportRound, cell: rollups.RollCell) -> ParkFigure:
    if cell.hidden:
        return ParkFigure(From.SUPPRESSED, None, round=one)
    if cell.sum.total is None:
        return ParkFigure(From.MISSING, None, round=one)
    return ParkFigure(From.ROLLED, cell.sum.total, round=one)


def latest_period(book: Book, parks: Sequence[Entity], on: dt.date) -> Period:
    """Return the period a comparison opens with."""
    found = periods(book, parks)
    return found[0] if found else Period(on.year, on.month, 1)
