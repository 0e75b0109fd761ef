"""How long it took from one stage or milestone to another, and how that compares with the zone.

Durations are calendar days. Quartiles are linearly interpolated between the closest ranks (the
inclusive method, as ``QUARTILE.INC`` of a spreadsheet).
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Dates = Mapping[str, dt.date]
"""The day of every stage or milestone a project has reached."""


@dataclass(frozen=True, slots=True)
class Duration:
    """From one point of a project to another; ``months`` are the whole months in it."""

    project: str
    start: dt.date
    end: dt.date

    @property
    def days(self) -> int:
        """Calendar days; negative where the later point came first."""
        return (self.end - self.start).days

    @property
    def months(self) -> int:
        """Whole months: from 15 March, three of them are full on 15 June."""
        return whole_months(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Spread:
    """A population of durations in days."""

    count: int
    least: int
    lower: Decimal
    median: Decimal
    upper: Decimal
    most: int


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """Durations between two points over many projects.

    ``open``: reached the first and not the second. ``backwards``: the second came first; these are
    mistakes to look at and not part of the ``spread``, which is None without any duration.
    """

    start: str
    end: str
    done: tuple[Duration, ...]
    open: tuple[str, ...]
    backwards: tuple[Duration, ...]
    spread: Spread | None


def lead_times(projects: Mapping[str, Dates], start: str, end: str) -> LeadTimes:
    """Return the durations from one point to another of every project that reached the first."""
    begun = {name: dates for name, dates in projects.items() if start in dates}
    found = [
        Duration(name, dates[start], dates[end]) for name, dates in begun.items() if end in dates
    ]
    done = tuple(one for one in found if one.days >= 0)
    return LeadTimes(
        start,
        end,
        done,
        tuple(name for name, dates in begun.items() if end not in dates),
        tuple(one for one in found if one.days < 0),
        spread([one.days for one in done]),
    )


def spread(days: Iterable[int]) -> Spread | None:
    """Return how durations are spread; None where there is none."""
    ordered = sorted(days)
    if not ordered:
        return None
    lower, median, upper = (quantile(ordered, quarter) for quarter in (1, 2, 3))
    return Spread(len(ordered), ordered[0], lower, median, upper, ordered[-1])


def quantile(ordered: Sequence[int], quarter: int) -> Decimal:
    """Return a quartile of sorted numbers, exact to the quarter of a day."""
    place = (len(ordered) - 1) * quarter
    below, rest = ordered[place // 4], place % 4
    above = ordered[min(place // 4 + 1, len(ordered) - 1)]
    return below + Decimal((above - below) * rest) / 4


def against(own: int, population: Spread) -> Decimal:
    """Return by how many days one duration is over the median; negative: faster."""
    return own - population.median


def whole_months(start: dt.date, end: dt.date) -> int:
    """Return how many whole months lie between two days; negative where the order is reversed.

    A month that is too short is full on its last day: from 31 January on 28 February.
    """
    if end < start:
        return -whole_months(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    is_last = (end + dt.timedelta(days=1)).day == 1
    return months if end.day >= start.day or is_last else months - 1
