"""Months from cumulative figures, and where the two do not agree (当月 = 本月累计 − 上月累计)."""

from collections.abc import Iterator
from itertools import pairwise

from openzone.engines.series.model import Derived, Flag, Observation, inputs
from openzone.engines.series.periods import Period, month
from openzone.engines.series.vintages import Track
from openzone.engines.text import Text

FORMULA = Text("本期累计 − 上期累计", "cumulative − cumulative before")
DECREASING = Text(
    "{later} 累计数小于 {earlier} 累计数", "the cumulative figure falls from {earlier} to {later}"
)
BREAKS = Text(
    "{period} 当月数 {stated} ≠ 累计之差 {derived}（历史数据可能调整过），两数并存",
    "{period}: the published month {stated} is not the difference of the cumulative figures "
    "{derived} (history may have been revised); both are kept",
)


def months(track: Track) -> Iterator[Derived | Flag]:
    """Yield the months the cumulative figures imply; where a month was published, compare.

    From 1–2月 and 1–3月 follows March; of January and February apart nothing follows.
    """
    for before, after in _neighbours(track):
        if before.value is None or after.value is None:
            continue
        span = Period(after.period.year, after.period.last, before.period.last + 1)
        difference = after.value - before.value
        yield Derived(
            "month" if span.months == 1 else "part", after.line, span, difference, after.unit,
            FORMULA, inputs(after, before),
        )  # fmt: skip
        if difference < 0:
            yield Flag(
                "decreasing_cumulative", after.line, after.period,
                DECREASING.format(later=after.period, earlier=before.period),
                inputs(after, before),
            )  # fmt: skip
        if (stated := track.get(span)) is not None:
            yield from _compared(stated, after, before)


def monthly(track: Track) -> dict[Period, Observation]:
    """Return the months of a track that were published, else those its cumulative figures imply.

    January stands for itself; a first cumulative of 1–2月 stays one period.
    """
    found = {period: one for period, one in track.items() if _is_first(period)}
    for before, after in _neighbours(track):
        if before.value is None or after.value is None:
            continue
        span = Period(after.period.year, after.period.last, before.period.last + 1)
        found[span] = _implied(after, span, before)
    found |= {period: one for period, one in track.items() if period.months == 1}
    return dict(sorted(found.items()))


def _is_first(period: Period) -> bool:
    return period in (month(period.year, 1), Period(period.year, 2, 1))


def _implied(after: Observation, span: Period, before: Observation) -> Observation:
    assert after.value is not None  # noqa: S101 - the caller asked
    assert before.value is not None  # noqa: S101
    return Observation(
        after.series, after.subject, span, after.value - before.value, after.unit,
        basis=after.basis, step=after.step + before.step,
    )  # fmt: skip


def _neighbours(track: Track) -> Iterator[tuple[Observation, Observation]]:
    """Yield the cumulative figures of one year, each with the next that was published."""
    found = [one for period, one in sorted(track.items()) if period.from_january]
    for before, after in pairwise(found):
        if before.period.year == after.period.year:
            yield before, after


def _compared(stated: Observation, after: Observation, before: Observation) -> Iterator[Flag]:
    if stated.value is None or after.value is None or before.value is None:
        return
    difference = after.value - before.value
    slack = (stated.step + after.step + before.step) / 2
    if abs(difference - stated.value) > slack:
        reason = BREAKS.format(
            period=stated.period, stated=f"{stated.value:,}", derived=f"{difference:,}"
        )
        yield Flag("identity_breaks", stated.line, stated.period, reason,
                   inputs(stated, after, before))  # fmt: skip
