"""Where one line stands: what a row of a board says, and how it stands to its target."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from openzone.engines.series.forecast import forecasts
from openzone.engines.series.model import (
    PERCENT,
    Definition,
    Derived,
    Direction,
    Kind,
    Observation,
    rounded,
)
from openzone.engines.series.monthly import monthly
from openzone.engines.series.periods import Period
from openzone.engines.series.targets import progress
from openzone.engines.series.vintages import Track
from openzone.engines.text import Text

YEAR = 12
AFTER = Text(
    "累计 + 剩余月数 × 设想月均；设想数，非预测、非实际",
    "cumulative + months left × the month supposed; neither a forecast nor a reported figure",
)


class Light(StrEnum):
    """How a line stands to its target, the worst first."""

    FAR_BEHIND = "far_behind"
    BEHIND = "behind"
    SHORT = "short"
    UNKNOWN = "unknown"
    ON_TIME = "on_time"
    DONE = "done"
    NO_TARGET = "no_target"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Completion over time progress below which a line is behind, and far behind."""

    behind: Decimal
    far: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """A line in a year: its last figures, what follows from them and the target, its light.

    ``month`` is as published, else (``implied``) the difference of two cumulative figures.
    ``derived`` holds completion, time_progress, gap and what else follows, by kind.
    """

    definition: Definition
    year: int
    latest: Observation | None
    cumulative: Observation | None
    month: Observation | None
    implied: bool
    target: Decimal | None
    derived: Mapping[str, Derived]
    forecast: Derived | None
    light: Light

    @property
    def gap(self) -> Decimal | None:
        """Points of completion ahead of time: seasonal where that is known, else linear."""
        found = self.derived.get("seasonal_gap") or self.derived.get("gap")
        return Decimal(found.value) if found is not None else None

    @property
    def order(self) -> tuple[int, Decimal]:
        """What sorts lines, the worst first."""
        return list(Light).index(self.light), self.gap or Decimal(0)


def standing(
    track: Track,
    definition: Definition,
    year: int,
    target: Decimal | None,
    bounds: Bounds,
    least_years: int,
) -> Standing:
    """Say where a line stands in a year; ``target`` is of that year, in base units."""
    known = {period: one for period, one in track.items() if period.year <= year}
    cumulative = _last(one for one in known.values() if _counts(one, year))
    level = _last(one for one in known.values() if one.period.year == year)
    at = level if definition.kind is not Kind.FLOW else cumulative
    derived = _derived(known, definition, at, target, least_years)
    month = _month(known, year)
    return Standing(
        definition, year, _last(known.values()), cumulative, month,
        month is not None and month.period not in known, target, derived,
        _forecast(known, definition, year, least_years),
        _light(at, definition, target, derived, bounds),
    )  # fmt: skip


def supposed(one: Observation, per_month: Decimal) -> Derived:
    """Return what the year comes to if every month that is left brings so much."""
    left = YEAR - one.period.last
    total = (one.value or Decimal(0)) + left * per_month
    more = {"supposed": True, "per_month": per_month, "months_left": left}
    whole = Period(one.period.year, YEAR, 1)
    return Derived("supposed_year", one.line, whole, rounded(total), one.unit, AFTER, (), more)


def _counts(one: Observation, year: int) -> bool:
    return one.period.from_january and one.period.year == year and _said(one)


def _said(one: Observation) -> bool:
    return one.value is not None or one.growth is not None


def _last(found: Iterable[Observation]) -> Observation | None:
    """Return the last figure that says something; of one end, the longer span."""
    said = [one for one in found if _said(one)]
    return max(said, key=_end, default=None)


def _end(one: Observation) -> tuple[int, int, int]:
    return one.period.year, one.period.last, -one.period.first


def _month(track: Track, year: int) -> Observation | None:
    of_year = {period: one for period, one in track.items() if period.year == year}
    found = {**monthly(of_year), **of_year}
    return _last(one for one in found.values() if one.period.months == 1)


def _derived(
    track: Track, definition: Definition, at: Observation | None, target: Decimal | None, least: int
) -> dict[str, Derived]:
    if at is None or target is None:
        return {}
    aimed = dict(track) | {at.period: replace(at, target=target)}
    others = {
        period: replace(one, target=None) if period != at.period else one
        for period, one in aimed.items()
    }
    return {one.kind: one for one in progress(others, definition, least)}


def _forecast(track: Track, definition: Definition, year: int, least: int) -> Derived | None:
    found = [one for one in forecasts(track, definition, least) if one.period.year == year]
    return found[0] if found else None


def _light(
    at: Observation | None,
    definition: Definition,
    target: Decimal | None,
    derived: Mapping[str, Derived],
    bounds: Bounds,
) -> Light:
    if target is None:
        return Light.NO_TARGET
    if at is None or at.value is None:
        return Light.UNKNOWN
    falls = definition.direction is Direction.DOWN
    if definition.kind is not Kind.FLOW:
        reached = at.value <= target if falls else at.value >= target
        return Light.DONE if reached else Light.SHORT
    time = derived.get("seasonal_progress") or derived.get("time_progress")
    if time is None or not time.value:
        return Light.UNKNOWN
    share = at.value / target * PERCENT
    return _limit(share, time) if falls else _pace(share, time, bounds)


def _pace(share: Decimal, time: Derived, bounds: Bounds) -> Light:
    if share >= PERCENT:
        return Light.DONE
    pace = share / Decimal(time.value)
    if pace < bounds.far:
        return Light.FAR_BEHIND
    return Light.BEHIND if pace < bounds.behind else Light.ON_TIME


def _limit(share: Decimal, time: Derived) -> Light:
    """Judge what is to stay below its target, such as energy: used up faster than time is bad."""
    if share > PERCENT:
        return Light.FAR_BEHIND
    return Light.BEHIND if share > Decimal(time.value) else Light.ON_TIME
