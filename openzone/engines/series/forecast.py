"""What the year may come to, with an interval and how wrong the same method was in past years.

The method is plain on purpose: a cumulative figure divided by the share of the year that was
reached by that month in earlier years. Its errors are measured on those years, each forecast from
the others (leave one out), and the interval is as wide as the largest of them. A forecast is
labelled as one and never stands among figures that were reported.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from openzone.engines.series.model import (
    Definition,
    Derived,
    Kind,
    Observation,
    inputs,
    percent,
    rounded,
)
from openzone.engines.series.periods import Period
from openzone.engines.series.vintages import Track
from openzone.engines.text import Text

YEAR = 12
FORMULA = Text(
    "预测：累计 ÷ 往年（{years}）同期占全年的平均比重；非实际数",
    "forecast: cumulative ÷ mean share of the year in {years}; not a reported figure",
)


@dataclass(frozen=True, slots=True)
class Past:
    """One complete year: the cumulative figure by the month, and the whole."""

    year: int
    reached: Decimal
    whole: Decimal
    figures: tuple[Observation, Observation]

    @property
    def share(self) -> Decimal:
        """The share of the year that was reached."""
        return self.reached / self.whole


def forecasts(track: Track, definition: Definition, least_years: int) -> Iterator[Derived]:
    """Yield the forecast of each year that is not complete, from its last cumulative figure."""
    if definition.kind is not Kind.FLOW:
        return
    for year in {period.year for period in track}:
        last = _last(track, year)
        if last is None or last.value is None or last.value <= 0 or last.period.last == YEAR:
            continue
        past = list(_past(track, last.period))
        if len(past) >= least_years:
            yield _forecast(last, last.value, past)


def _forecast(last: Observation, reached: Decimal, past: list[Past]) -> Derived:
    share = _mean([one.share for one in past])
    value = reached / share
    errors = [_error(one, past) for one in past]
    worst = max(abs(error) for error in errors)
    formula = FORMULA.format(years="、".join(str(one.year) for one in past))
    more = {
        "forecast": True,
        "low": rounded(value * (1 - worst)), "high": rounded(value * (1 + worst)),
        "past_errors": {one.year: percent(error) for one, error in zip(past, errors, strict=True)},
        "mean_error": percent(_mean([abs(error) for error in errors])),
    }  # fmt: skip
    behind = inputs(last, *(figure for one in past for figure in one.figures))
    return Derived("forecast_year", last.line, Period(last.period.year, YEAR, 1), rounded(value),
                   last.unit, formula, behind, more)  # fmt: skip


def _error(one: Past, past: list[Past]) -> Decimal:
    """Return how far the other years' mean share would have missed this year, relative to it."""
    others = [each.share for each in past if each is not one]
    return one.reached / _mean(others) / one.whole - 1


def _past(track: Track, period: Period) -> Iterator[Past]:
    """Yield the complete years before, with what they had reached by the same month."""
    for year in sorted({each.year for each in track if each.year < period.year}):
        whole = track.get(Period(year, YEAR, 1))
        reached = track.get(Period(year, period.last, 1))
        if whole is None or reached is None or not whole.value or not reached.value:
            continue
        if whole.value > 0 and reached.value > 0:
            yield Past(year, reached.value, whole.value, (reached, whole))


def _last(track: Track, year: int) -> Observation | None:
    found = [one for period, one in track.items() if period.year == year and period.from_january]
    return max(found, key=lambda one: one.period, default=None)


def _mean(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)
