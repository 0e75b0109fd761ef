"""Targets of several years: what each year would have to bring, and what is still needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openzone.engines.series.model import Input, Observation, inputs, percent, rounded
from openzone.engines.series.periods import Period
from openzone.engines.series.vintages import Track
from openzone.engines.text import Text

YEAR = 12
REACH = Text(
    "（目标 ÷ {base}年实绩）开 {years} 次方 − 1",
    "the {years}th root of target ÷ figure of {base}, − 1",
)
SUM = Text(
    "（目标 − 已完成）÷ 剩余 {years} 年", "(target − reached so far) ÷ {years} years that are left"
)


@dataclass(frozen=True, slots=True)
class Path:
    """A target of several years on its way.

    ``base`` is the last complete year with a figure; ``points`` what each year after it brings on
    a straight line to the target. ``per_year`` is the yearly rate in percent that is needed, of
    sums the amount a year. ``completion`` is the base (or the sum so far) over the target.
    """

    base: int | None
    value: Decimal | None
    target: Decimal
    last_year: int
    points: Mapping[int, Decimal]
    per_year: Decimal | None
    completion: Decimal | None
    formula: Text
    of: tuple[Input, ...] = ()

    @property
    def reached(self) -> bool | None:
        """Whether it is reached already; nobody knows without a figure."""
        return None if self.value is None else self.value >= self.target


def reach(track: Track, last_year: int, target: Decimal) -> Path:
    """Return the way to a year whose own figure is to be the target (2027 revenue of 100 bn)."""
    year = max((one for one in _wholes(track) if one <= last_year), default=None)
    if year is None:
        return Path(None, None, target, last_year, {}, None, None, REACH)
    whole = track[Period(year, YEAR, 1)] if Period(year, YEAR, 1) in track else _point(track, year)
    value, years = whole.value or Decimal(0), last_year - year
    points = {
        year + step: rounded(value + (target - value) * step / years)
        for step in range(1, years + 1)
    }
    needed = _rate(target, value, years)
    formula = REACH.format(base=year, years=years)
    return Path(year, value, target, last_year, points, needed, percent(value / target), formula,
                inputs(whole))  # fmt: skip


def sum_up(track: Track, years: Sequence[int], target: Decimal) -> Path:
    """Return the way to a target that the years together are to bring, this year so far too."""
    first, last = years[0], years[-1]
    found = [_so_far(track, year) for year in range(first, last + 1)]
    known = [one for one in found if one is not None and one.value is not None]
    if not known:
        return Path(None, None, target, last, {}, None, None, SUM)
    total = sum((one.value or Decimal(0) for one in known), Decimal(0))
    base = known[-1].period.year
    complete = known[-1].period.last == YEAR
    left = last - base + (0 if complete else 1)
    needed = rounded(max(target - total, Decimal(0)) / left) if left else None
    points = {base + step: rounded(total + (target - total) * step / (last - base))
              for step in range(1, last - base + 1)}  # fmt: skip
    return Path(base, total, target, last, points, needed, percent(total / target),
                SUM.format(years=left), inputs(*known))  # fmt: skip


def _rate(target: Decimal, value: Decimal, years: int) -> Decimal | None:
    if years <= 0 or value <= 0:
        return None
    return percent((target / value) ** (Decimal(1) / years) - 1)


def _wholes(track: Track) -> list[int]:
    """Return the years with a figure of the whole year, or of its end."""
    return [
        period.year for period, one in track.items()
        if period.last == YEAR and (period.point or period.first == 1) and one.value is not None
    ]  # fmt: skip


def _point(track: Track, year: int) -> Observation:
    return track[Period(year, YEAR, YEAR, point=True)]


def _so_far(track: Track, year: int) -> Observation | None:
    found = [one for period, one in track.items()
             if period.year == year and period.from_january and one.value is not None]  # fmt: skip
    return max(found, key=lambda one: one.period, default=None)
