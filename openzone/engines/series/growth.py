"""Growth: as published beside what levels say, and never the one for the other."""

from collections.abc import Iterator
from decimal import Decimal

from openzone.engines.series.model import (
    Definition,
    Derived,
    Flag,
    Kind,
    Observation,
    inputs,
    percent,
    rounded,
)
from openzone.engines.series.monthly import monthly
from openzone.engines.series.periods import Period
from openzone.engines.series.vintages import Track
from openzone.engines.text import Text

PUBLISHED = Text(
    "公布的同比增速（同口径，不由水平数推算）", "growth as published, on the same scope"
)
MULTIPLE = Text("1 + 公布增速", "1 + published growth")
BASE = Text(
    "本期 ÷ (1 + 公布增速)，按今年口径，不是上年公布数",
    "current ÷ (1 + published growth), on this year's scope: not what was published last year",
)
LEVELS = Text("本期 ÷ 上年同期 − 1", "current ÷ same period of last year − 1")
BEFORE = Text("本期 ÷ 上期 − 1", "current ÷ period before − 1")
DIFFERENCE = Text("本期 − 上年同期", "current − same period of last year")
NO_BASE = Text(
    "{period} 基数为零或负，增速无意义", "the base of {period} is zero or below: no growth rate"
)
AGAINST = Text(
    "{period} 公布同比 {published}%，按水平数为 {levels}%，同口径下应一致",
    "{period}: growth was published as {published} %, the levels say {levels} %, "
    "and on one scope they should agree",
)
_LEAST = Decimal("-1")


def growth(track: Track, definition: Definition, tolerance: Decimal) -> Iterator[Derived | Flag]:
    """Yield the growth of every figure; ``tolerance`` is in percentage points.

    Where growth was published it is repeated, with the factor and, at current prices, the base it
    implies: growth of GDP and value added is real, and no level follows from it. What the
    levels of two years say is derived only where they were counted on one scope.
    """
    for period, one in track.items():
        if one.growth is not None:
            yield from _published(one, one.growth, definition)
        earlier = track.get(period.years_back(1))
        if earlier is not None:
            yield from _of_levels(one, earlier, definition, tolerance)


def month_on_month(track: Track, definition: Definition) -> Iterator[Derived]:
    """Yield each month against the one before (环比); over the turn of the year as well."""
    if definition.kind is not Kind.FLOW:
        return
    found = monthly(track)
    for period, one in found.items():
        before = found.get(_before(period))
        if period.months != 1 or before is None or one.value is None or not before.value:
            continue
        if before.value > 0:
            yield Derived("month_on_month", one.line, period, percent(one.value / before.value - 1),
                          "%", BEFORE, inputs(one, before))  # fmt: skip


def _before(period: Period) -> Period:
    if period.last == 1:
        return Period(period.year - 1, 12, 12)
    return Period(period.year, period.last - 1, period.last - 1)


def _published(one: Observation, rate: Decimal, definition: Definition) -> Iterator[Derived]:
    yield Derived("growth", one.line, one.period, percent(rate), "%", PUBLISHED, inputs(one))
    yield Derived("multiple", one.line, one.period, rounded(1 + rate, 4).normalize(), "倍",
                  MULTIPLE)  # fmt: skip
    if definition.nominal and one.value is not None and rate > _LEAST:
        base = rounded(one.value / (1 + rate), 2)
        yield Derived("implied_base", one.line, one.period.years_back(1), base, one.unit, BASE,
                      inputs(one))  # fmt: skip


def _of_levels(
    one: Observation, earlier: Observation, definition: Definition, tolerance: Decimal
) -> Iterator[Derived | Flag]:
    if one.value is None or earlier.value is None:
        return
    if definition.kind is Kind.RATE:
        points = percent(one.value - earlier.value)
        yield Derived("change", one.line, one.period, points, "个百分点", DIFFERENCE,
                      inputs(one, earlier))  # fmt: skip
        return
    if earlier.value <= 0:
        yield Flag("no_growth", one.line, one.period, NO_BASE.format(period=earlier.period),
                   inputs(one, earlier))  # fmt: skip
        return
    rate = one.value / earlier.value - 1
    if not (definition.comparable or one.same_scope):
        return
    if one.growth is None:
        yield Derived("level_growth", one.line, one.period, percent(rate), "%", LEVELS,
                      inputs(one, earlier))  # fmt: skip
    else:
        yield from _against(one, earlier, rate, tolerance)


def _against(
    one: Observation, earlier: Observation, rate: Decimal, tolerance: Decimal
) -> Iterator[Flag]:
    """Flag a published growth that the levels deny, beyond what rounding explains."""
    assert one.growth is not None  # noqa: S101 - the caller asked
    if abs(percent(rate) - percent(one.growth)) <= tolerance + _rounding(one, earlier):
        return
    reason = AGAINST.format(
        period=one.period, published=percent(one.growth).normalize(), levels=percent(rate)
    )
    yield Flag("growth_against_level", one.line, one.period, reason, inputs(one, earlier))


def _rounding(one: Observation, earlier: Observation) -> Decimal:
    """How many points the last printed digits of both levels may move their quotient."""
    assert one.value is not None  # noqa: S101
    assert earlier.value  # noqa: S101
    half = one.step / 2 / earlier.value
    return percent(half + abs(one.value) * (earlier.step / 2) / earlier.value**2)
