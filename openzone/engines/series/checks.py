"""What a figure should be asked about before it is approved; nothing here changes a figure."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openzone.engines.series.model import Definition, Flag, Kind, Observation, inputs, rounded
from openzone.engines.series.monthly import monthly
from openzone.engines.series.vintages import Track
from openzone.engines.text import Text

JUMP = Text(
    "{period} 是相邻期的约 {factor} 倍，可能错了单位（×{power}）",
    "{period} is about {factor} times its neighbours: the unit may be wrong (×{power})",
)
OUTLIER = Text(
    "{period} 偏离同系列当月水平：{times} 个绝对中位差",
    "{period} is off the level of its line by {times} median deviations",
)
BELOW_ZERO = Text("{period} 为负", "{period} is below zero")
OFTEN_ZERO = Decimal("0.6745")
"""The median absolute deviation of a normal distribution of deviation 1."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When to ask; ``series_checks.yaml`` says where the numbers come from.

    ``powers`` are the slips of a unit that are looked for, ``rate_powers`` those of a rate, within
    a factor of ``slack`` either way; ``growth_points`` and ``deviations`` say how far is too far;
    ``least_months`` how many months an outlier is judged against.
    """

    powers: tuple[Decimal, ...]
    rate_powers: tuple[Decimal, ...]
    slack: Decimal
    growth_points: Decimal
    deviations: Decimal
    least_months: int
    least_years: int
    tops: tuple[int, ...]
    largest: tuple[int, ...]
    least_subjects: int


def checks(track: Track, definition: Definition, limits: Limits) -> Iterator[Flag]:
    """Yield slips of unit, outliers, and flows below zero."""
    rate = definition.kind is Kind.RATE
    yield from _jumps(track, limits.rate_powers if rate else limits.powers, limits.slack)
    if definition.kind is Kind.FLOW:
        yield from _outliers(track, limits)
    for period, one in track.items():
        if not rate and one.value is not None and one.value < 0:
            yield Flag("below_zero", one.line, period, BELOW_ZERO.format(period=period),
                       inputs(one))  # fmt: skip


def _jumps(track: Track, powers: Sequence[Decimal], slack: Decimal) -> Iterator[Flag]:
    """Yield figures that are a power of ten away from all their neighbours, near and a year off."""
    for period, one in track.items():
        beside = _beside(track, one)
        if one.value is None or one.value <= 0 or not beside:
            continue
        factors = [one.value / other.value for other in beside if other.value]
        power = _power(factors, powers, slack)
        if power is not None:
            middle = statistics.median(factors)
            told = {"factor": _short(middle), "power": _short(power)}
            yield Flag("unit_jump", one.line, period, JUMP.format(period=period, **told),
                       inputs(one, *beside))  # fmt: skip


def _power(factors: Sequence[Decimal], powers: Sequence[Decimal], slack: Decimal) -> Decimal | None:
    for power in powers:
        if all(power / slack <= factor <= power * slack for factor in factors):
            return power
    return None


def _beside(track: Track, one: Observation) -> list[Observation]:
    """Return the same period of the years beside, else the figures of its kind next to it."""
    years = [track.get(one.period.years_back(step)) for step in (1, -1)]
    found = [each for each in years if each is not None and each.value and each.value > 0]
    if found:
        return found
    alike = [
        each for period, each in track.items()
        if (period.span, period.months) == (one.period.span, one.period.months)
    ]  # fmt: skip
    place = alike.index(one)
    near = [*alike[max(place - 1, 0) : place], *alike[place + 1 : place + 2]]
    return [each for each in near if each.value and each.value > 0]


def _outliers(track: Track, limits: Limits) -> Iterator[Flag]:
    """Yield months far from the middle of the line, on the scale of logarithms."""
    found = [(period, one) for period, one in monthly(track).items() if period.months == 1]
    known = [(period, one, one.value.ln()) for period, one in found if one.value and one.value > 0]
    if len(known) < limits.least_months:
        return
    middle = statistics.median(log for _period, _one, log in known)
    spread = statistics.median(abs(log - middle) for _period, _one, log in known)
    if spread == 0:
        return
    for period, one, log in known:
        times = abs(log - middle) * OFTEN_ZERO / spread
        if times > limits.deviations:
            reason = OUTLIER.format(period=period, times=rounded(times, 1))
            yield Flag("outlier", one.line, period, reason, inputs(one))


def _short(value: Decimal) -> str:
    return f"{rounded(value, 4).normalize():f}"
