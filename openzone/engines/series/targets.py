"""How far a cumulative figure is on its way to the target of the year."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from openzone.engines.series.model import (
    Definition,
    Derived,
    Kind,
    Line,
    Observation,
    inputs,
    percent,
    rounded,
)
from openzone.engines.series.periods import Period
from openzone.engines.series.vintages import Track
from openzone.engines.text import Text

HALF = Decimal("0.5")
YEAR, MID_YEAR = 12, 6
COMPLETION = Text("累计 ÷ 年度目标", "cumulative ÷ target of the year")
LINEAR = Text("已过月数 ÷ 12", "months passed ÷ 12")
SEASONAL = Text(
    "往年同期累计占全年的平均比重（{years}）",
    "mean share of the year reached by then in {years}",
)
GAP = Text("完成率 − 时间进度", "completion − time progress")
REQUIRED = Text("（目标 − 累计）÷ 剩余月数", "(target − cumulative) ÷ months left")
PACE = Text("累计 ÷ 已过月数", "cumulative ÷ months passed")
OVER_HALF = Text("完成率不低于 50%", "completion of at least 50 %")


@dataclass(frozen=True, slots=True)
class Profile:
    """The share of a year reached by the end of each month, from complete years of the line."""

    shares: Mapping[int, Decimal]
    years: tuple[int, ...]

    @property
    def text(self) -> Text:
        """How it came about."""
        return SEASONAL.format(years="、".join(map(str, self.years)))


def profile(track: Track, before: int, least: int) -> Profile | None:
    """Return the seasonal profile of the years before one; ``least`` complete years are needed."""
    wholes = {
        period.year: one.value
        for period, one in track.items()
        if period.from_january and period.last == YEAR and period.year < before and one.value
        and one.value > 0
    }  # fmt: skip
    if len(wholes) < least:
        return None
    shares: dict[int, list[Decimal]] = {}
    for period, one in track.items():
        if period.from_january and period.year in wholes and one.value is not None:
            whole = wholes[period.year]
            shares.setdefault(period.last, []).append(one.value / whole)
    full = {number: sum(found, Decimal(0)) / len(found) for number, found in shares.items()
            if len(found) >= least}  # fmt: skip
    return Profile(full, tuple(sorted(wholes)))


def progress(track: Track, definition: Definition, least_years: int) -> Iterator[Derived]:
    """Yield completion, time progress, gap, the pace and the pace that is needed.

    A stock or a rate is a level to be reached: only its completion is said, and no pace.
    """
    for period, one in track.items():
        if one.target is None or one.value is None or one.target <= 0:
            continue
        if definition.kind is not Kind.FLOW or period.point:
            yield _completion(one, one.value / one.target)
        elif period.from_january:
            yield from _on_the_way(track, period, one, one.target, least_years)


def _completion(one: Observation, share: Decimal) -> Derived:
    more = {"target": one.target}
    return Derived("completion", one.line, one.period, percent(share), "%", COMPLETION,
                   inputs(one), more)  # fmt: skip


def _on_the_way(
    track: Track, period: Period, one: Observation, target: Decimal, least: int
) -> Iterator[Derived]:
    assert one.value is not None  # noqa: S101 - the caller asked
    share = one.value / target
    yield _completion(one, share)
    yield Derived("over_half", one.line, period, share >= HALF, "", OVER_HALF, inputs(one))
    for kind, time, formula, past in _times(track, period, least):
        yield Derived(kind, one.line, period, percent(time), "%", formula, inputs(*past))
        name = "gap" if kind == "time_progress" else "seasonal_gap"
        yield Derived(name, one.line, period, percent(share) - percent(time), "个百分点", GAP,
                      inputs(one, *past))  # fmt: skip
    yield Derived("pace", one.line, period, rounded(one.value / period.months), one.unit, PACE,
                  inputs(one))  # fmt: skip
    if (left := YEAR - period.last) > 0:
        needed = max(target - one.value, Decimal(0)) / left
        yield Derived("required_per_month", one.line, period, rounded(needed), one.unit, REQUIRED,
                      inputs(one), {"target": target, "months_left": left})  # fmt: skip


def all_over_half(tracks: Iterable[Track]) -> Iterator[Derived]:
    """Yield whether every target of a subject is over half at mid-year (双过半).

    It is said where two targets or more are known; a figure that is missing leaves it open.
    """
    found: dict[tuple[str, Period], list[Observation]] = {}
    for track in tracks:
        for period, one in track.items():
            if period.from_january and period.last == MID_YEAR and one.target:
                found.setdefault((one.subject, period), []).append(one)
    for (subject, period), rows in sorted(found.items()):
        known = [one.value / one.target for one in rows if one.value is not None and one.target]
        if len(rows) > 1 and len(known) == len(rows):
            over = all(share >= HALF for share in known)
            yield Derived("all_over_half", Line("", subject), period, over, "", OVER_HALF,
                          inputs(*rows))  # fmt: skip


def _times(
    track: Track, period: Period, least: int
) -> Iterator[tuple[str, Decimal, Text, list[Observation]]]:
    yield "time_progress", Decimal(period.last) / YEAR, LINEAR, []
    own = profile(track, period.year, least)
    if own is not None and period.last in own.shares:
        past = [track[found] for year in own.years for month in (period.last, YEAR)
                if (found := Period(year, month, 1)) in track]  # fmt: skip
        yield "seasonal_progress", own.shares[period.last], own.text, past
