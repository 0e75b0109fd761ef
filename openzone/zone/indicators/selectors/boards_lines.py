"""The rows of a board: where each indicator of an entity stands, what is new, late or missing."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.timezone import get_current_timezone

from openzone.engines.series.due import due_on, last_due
from openzone.engines.series.model import PERCENT, Derived, Kind, Observation
from openzone.engines.series.periods import Period
from openzone.engines.series.sayings import first_growth, first_growth_said, sayings
from openzone.engines.series.standing import Standing, standing
from openzone.engines.series.vintages import Track
from openzone.engines.text import Text
from openzone.packs.series import IndicatorPack
from openzone.zone.indicators.models import Entity, Figure
from openzone.zone.indicators.packs import indicators
from openzone.zone.indicators.selectors.boards_book import (
    Aim,
    Book,
    Key,
    is_missing,
)
from openzone.zone.indicators.selectors.boards_packs import boards_pack
from openzone.zone.indicators.selectors.series import figures, limits

STEPS = {"month": 1, "quarter": 3, "year": 12}
NEW = 200
SPARK = 13
"""So many periods a small chart shows: a year and the month a year before."""


class Late(NamedTuple):
    """A figure that should be there: of which period, since when it is due.

    ``said``: somebody reported that it is missing.
    """

    period: Period
    due: dt.date
    days: int
    said: bool


class Row(NamedTuple):
    """One line of a board."""

    indicator: IndicatorPack
    entity: Entity
    standing: Standing
    track: Track
    aim: Aim | None
    bases: Sequence[str]
    late: Late | None
    said: Sequence[tuple[Text, Derived | None]]

    @property
    def empty(self) -> bool:
        """Whether nothing was ever reported."""
        return self.standing.latest is None


def rows_of(
    book: Book, entity: Entity, names: Sequence[str], year: int, aimed: Mapping[Key, Aim]
) -> list[Row]:
    """Return the lines of an entity in a year, in the order of names the dictionary has."""
    known = indicators()
    return [
        row_of(book, entity, known[name], year, aimed.get((name, entity.pk)))
        for name in names
        if name in known
    ]


def row_of(book: Book, entity: Entity, pack: IndicatorPack, year: int, aim: Aim | None) -> Row:
    """Return one line."""
    track = book.track(pack.id, entity)
    stands = standing(
        track, pack.as_definition, year, aim.amount if aim else None,
        boards_pack().light.bounds, limits().least_years,
    )  # fmt: skip
    return Row(
        pack, entity, stands, track, aim, book.bases(pack.id, entity),
        late(track, pack, book.known_at or book.on), said_of(track, year),
    )  # fmt: skip


def worst_first(rows: Sequence[Row]) -> list[Row]:
    """Return lines with the worst light first; those without a target keep their order."""
    return sorted(rows, key=lambda one: one.standing.order)


def said_of(track: Track, year: int) -> list[tuple[Text, Derived | None]]:
    """Return what is worth saying of a line: runs, and the first growth of the year."""
    found: list[tuple[Text, Derived | None]] = [*sayings(track, limits().tops)]
    first = first_growth(track, year)
    last = max(((one.year, one.last) for one in track), default=None)
    if first is not None and (first.period.year, first.period.last) == last:
        found.insert(0, (first_growth_said(first), None))
    return found


def late(track: Track, pack: IndicatorPack, on: dt.date) -> Late | None:
    """Return what should be there by a day and is not; where the pack names no lag, nothing is."""
    step = STEPS.get(str(pack.frequency))
    if pack.lag_days is None or step is None:
        return None
    due = last_due(step, pack.lag_days, on)
    there = [one for period, one in track.items()
             if (period.year, period.last) >= (due.year, due.last)]  # fmt: skip
    if any(not is_missing(one) for one in there):
        return None
    day = due_on(due, pack.lag_days)
    return Late(due, day, (on - day).days, bool(there))


def spark_of(track: Track, kind: Kind) -> list[Decimal | None]:
    """Return the last periods of a line: growth where it is published, else its levels."""
    rows = _row(track, kind)
    growth = [one.growth for one in rows]
    if sum(one is not None for one in growth) > 1:
        return [None if one is None else one * PERCENT for one in growth]
    return [one.value for one in rows]


def is_growth(track: Track, kind: Kind) -> bool:
    """Whether the small chart shows growth."""
    return sum(one.growth is not None for one in _row(track, kind)) > 1


def _row(track: Track, kind: Kind) -> list[Observation]:
    periods = sorted(track)
    if kind is Kind.FLOW:
        cumulative = [one for one in periods if one.from_january]
        periods = cumulative if len(cumulative) > 1 else periods
    return [track[one] for one in periods[-SPARK:]]


def new_since(day: dt.date, entities: Sequence[Entity], until: dt.date) -> list[Figure]:
    """Return the figures that came into the record from a day on, the last first."""
    begins = dt.datetime.combine(day, dt.time.min, tzinfo=get_current_timezone())
    ends = dt.datetime.combine(until, dt.time.max, tzinfo=get_current_timezone())
    found = figures().filter(entity__in=[one.pk for one in entities], end__isnull=True)
    return list(found.filter(recorded_at__range=(begins, ends)).order_by("-pk")[:NEW])


def over_half(rows: Sequence[Row], book: Book, year: int) -> list[tuple[Row, Decimal | None]]:
    """Return the completion of every target at mid-year: June's figure, else the last before."""
    found = []
    for row in rows:
        if row.aim is None or row.standing.definition.kind is not Kind.FLOW:
            continue
        half = [one for period, one in row.track.items() if period.year == year
                and period.from_january and period.last <= 6 and one.value is not None]  # fmt: skip
        last = max(half, key=lambda one: one.period, default=None)
        share = None
        if last is not None and last.value is not None and row.aim.amount > 0:
            share = last.value / row.aim.amount
        found.append((row, share))
    return found
