"""Monthly figures against a threshold: rolling twelve months, year to date, months to go.

A projection is never a figure: it carries its method and its interval, and with too few months
there is none. Reported figures are read here and never changed.
"""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, stdev

from openzone.engines.text import Text

METHOD = Text(
    "推算：全年按近12个月中已知月份（至少{months}个月）的月均外推，达标月数按近{months}个月月均外推，"
    "区间取{width}倍标准误；不是实际数，不得作为上报依据",
    "projection: the mean of the known of twelve months (at least {months}) goes on to the year's "
    "end, that of the last {months} until the limit, give or take {width} standard errors; not a "
    "figure, not for reporting",
)
YEAR = 12

Months = Mapping[dt.date, float]
"""Amounts by the first day of their month."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How months go on: from how many known ones on, and how many standard errors either way."""

    months: int
    width: float

    @property
    def method(self) -> Text:
        """How a projection was made, to be shown with it."""
        return METHOD.format(months=self.months, width=f"{self.width:g}")


@dataclass(frozen=True, slots=True)
class Range:
    """A projected value between a low and a high one."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ahead:
    """Months until the running twelve reach the limit; ``most`` is open where they may never."""

    months: int
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Nearing:
    """Where monthly figures stand at the end of a month.

    ``rolling`` needs all twelve months, ``year`` all months of the year so far; ``missing`` names
    those that are not known. ``ahead`` counts months of the running twelve until the limit.
    """

    month: dt.date
    limit: float
    known: int
    rolling: float | None
    year: float | None
    projected: Range | None
    ahead: Ahead | None
    missing: tuple[dt.date, ...]

    @property
    def reached(self) -> bool | None:
        """Whether twelve months reach the limit; ``None`` where that is not known."""
        return None if self.rolling is None else self.rolling >= self.limit


def nearing(figures: Months, limit: float, month: dt.date, pace: Pace | None = None) -> Nearing:
    """Return where figures stand at the end of a month (its first day); no pace, no projection."""
    window = [shifted(month, -back) for back in range(YEAR - 1, -1, -1)]
    missing = tuple(one for one in window if one not in figures)
    known = [figures[one] for one in window if one in figures]
    this_year = [one for one in window if one.year == month.year]
    year = _sum(figures, this_year)
    return Nearing(
        month, limit, len(known), _sum(figures, window), year,
        _projected(known, year, month, pace) if pace else None,
        _ahead(known, limit, pace) if pace and not missing else None, missing,
    )  # fmt: skip


def shifted(month: dt.date, by: int) -> dt.date:
    """Return the first day of the month so many months on."""
    number = month.year * YEAR + month.month - 1 + by
    return dt.date(number // YEAR, number % YEAR + 1, 1)


def _sum(figures: Months, months: Sequence[dt.date]) -> float | None:
    if any(one not in figures for one in months):
        return None
    return math.fsum(figures[one] for one in months)


def _projected(
    known: Sequence[float], year: float | None, month: dt.date, pace: Pace
) -> Range | None:
    """Project the whole year: what is there, and the mean for every month still to come."""
    if year is None or len(known) < pace.months:
        return None
    left = YEAR - month.month
    # The error of the months to come as a whole grows with their root.
    spread = pace.width * stdev(known) * math.sqrt(left)
    value = year + mean(known) * left
    return Range(value, value - spread, value + spread)


def _ahead(year: Sequence[float], limit: float, pace: Pace) -> Ahead | None:
    """Count the months to the limit, from twelve that are known."""
    if math.fsum(year) >= limit:
        return Ahead(0, 0, 0)
    recent = year[-pace.months :]
    each, error = mean(recent), pace.width * stdev(recent) / math.sqrt(pace.months)
    middle, soon = _count(year, each, limit), _count(year, each + error, limit)
    if middle is None or soon is None:
        return None
    return Ahead(middle, soon, _count(year, each - error, limit))


def _count(year: Sequence[float], each: float, limit: float) -> int | None:
    """Count months until twelve rolling months reach the limit, each new one worth ``each``.

    After twelve of them all are new, and no more months change the sum.
    """
    total = math.fsum(year)
    for number, old in enumerate(year, 1):
        total += each - old
        if total >= limit:
            return number
    return None
