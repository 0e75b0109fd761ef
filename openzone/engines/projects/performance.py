"""Evaluation of posts and units (考核), and how far targets are.

A score is the sum over indicators of weight × reached, each capped as its scheme says, times the
coefficient of the post. Every point can be followed to the figures it comes from; an indicator
without a figure gives no points and is said to be missing, which is not a zero.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from openzone.engines.text import Text

_HALF = Decimal("0.5")
_JUNE = 6
_DIGITS = 4
"""Points are rounded line by line, so that the lines of a score add up to it."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached in a year, in any unit; or in several years, ``first`` to ``last``.

    Without years it is the target of the year it is looked at in. A ``level`` is to be held (a
    rate), not filled bit by bit: no time excuses being below it.
    """

    indicator: str
    amount: Decimal
    first: int | None = None
    last: int | None = None
    level: bool = False

    def years(self, on: dt.date) -> tuple[int, int]:
        """Return the first and the last year, those of a day where none are named."""
        return self.first or on.year, self.last or self.first or on.year


@dataclass(frozen=True, slots=True)
class Completion:
    """How far a target is on a day: shares are 0 to 1 and more.

    ``time`` is the share of its years that has passed (1 for a level), ``gap`` what is missing to
    keep step with it (0 when ahead), ``rate_needed`` what has to be added each month that is left.
    """

    target: Target
    reached: Decimal | None
    share: Decimal | None
    time: Decimal
    gap: Decimal | None
    rate_needed: Decimal | None


def time_share(on: dt.date, first: int | None = None, last: int | None = None) -> Decimal:
    """Return the share of a year, or of several, that has passed at the end of a day: 0 to 1."""
    begins = dt.date(first or on.year, 1, 1)
    whole = (dt.date((last or on.year) + 1, 1, 1) - begins).days
    return Decimal(min(max((on - begins).days + 1, 0), whole)) / whole


def completion(target: Target, reached: Decimal | None, on: dt.date) -> Completion:
    """Hold what was reached against a target.

    Raises:
        ValueError: for a target that is not above zero; no share of it can be said.

    """
    if target.amount <= 0:
        raise ValueError(str(NO_TARGET.format(indicator=target.indicator)))
    first, last = target.years(on)
    time = Decimal(1) if target.level else time_share(on, first, last)
    if reached is None:
        return Completion(target, None, None, time, None, None)
    months = 0 if target.level else _months_left(on, first, last)
    missing = max(target.amount - reached, Decimal(0))
    return Completion(
        target=target,
        reached=reached,
        share=reached / target.amount,
        time=time,
        gap=max(target.amount * time - reached, Decimal(0)),
        rate_needed=missing / months if months else None,
    )


def _months_left(on: dt.date, first: int, last: int) -> int:
    """Whole months after the one of the day, as far as the target reaches."""
    begun = max(on, dt.date(first - 1, 12, 31))
    return max((last - begun.year) * 12 + 12 - begun.month, 0)


NO_TARGET = Text("“{indicator}”的目标必须大于零", "the target of “{indicator}” must be above zero")


def over_half(completions: Sequence[Completion]) -> bool | None:
    """Say whether every target is at least half reached (双过半).

    None when a figure is missing and no known one is below half already: then nobody can know.
    """
    shares = [one.share for one in completions]
    if any(share is not None and share < _HALF for share in shares):
        return False
    return None if not shares or None in shares else True


class Signal(StrEnum):
    """How a completion stands to the time that has passed."""

    DONE = "done"
    ON_TIME = "on_time"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Bounds:
    """When a target is behind: completion as a part of the time that has passed, 0 to 1.

    Under ``behind`` it is behind, under ``far`` far behind; the bound itself is not under it.
    """

    behind: Decimal
    far: Decimal


def signal(found: Completion, bounds: Bounds) -> Signal:
    """Hold a completion against the time; a figure nobody has is unknown, which is not behind."""
    if found.share is None:
        return Signal.UNKNOWN
    if found.share >= 1:
        return Signal.DONE
    if found.share < found.time * bounds.far:
        return Signal.FAR_BEHIND
    return Signal.BEHIND if found.share < found.time * bounds.behind else Signal.ON_TIME


def at_half_year(on: dt.date) -> bool:
    """Say whether over-half is asked about: by the end of June."""
    return on.month <= _JUNE


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of a scheme. ``weight`` in points; ``cap`` is how far above the target still counts.

    A cap of 1.2 gives at most 1.2 × weight. Without one the weight is the most.
    """

    id: str
    label: Text
    weight: Decimal
    cap: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Line:
    """The points of one indicator, and the formula with its figures in it."""

    indicator: Indicator
    target: Decimal
    reached: Decimal | None
    ratio: Decimal | None
    points: Decimal | None
    formula: Text


@dataclass(frozen=True, slots=True)
class Score:
    """A post's score: ``points`` before and ``total`` after its coefficient.

    ``missing`` names the indicators without a figure; the points are then the least it can be.
    """

    lines: tuple[Line, ...]
    coefficient: Decimal
    points: Decimal
    missing: tuple[str, ...]

    @property
    def total(self) -> Decimal:
        """Points times coefficient."""
        return self.points * self.coefficient


FORMULA = Text(
    "{weight} × min({reached} ÷ {target}, {cap}) = {points}",
    "{weight} × min({reached} ÷ {target}, {cap}) = {points}",
)
MISSING = Text("{weight} × （缺实绩） ÷ {target}", "{weight} × (no figure) ÷ {target}")


def score(
    indicators: Iterable[Indicator],
    targets: Mapping[str, Decimal],
    reached: Mapping[str, Decimal | None],
    coefficient: Decimal,
) -> Score:
    """Score a post or unit by the indicators it has a target for."""
    lines = tuple(
        _line(one, targets[one.id], reached.get(one.id)) for one in indicators if one.id in targets
    )
    points = sum((one.points for one in lines if one.points is not None), Decimal(0))
    missing = tuple(one.indicator.id for one in lines if one.points is None)
    return Score(lines, coefficient, points, missing)


def _line(indicator: Indicator, target: Decimal, reached: Decimal | None) -> Line:
    if target <= 0:
        raise ValueError(str(NO_TARGET.format(indicator=indicator.id)))
    told = {"weight": _plain(indicator.weight), "target": _plain(target)}
    if reached is None:
        return Line(indicator, target, None, None, None, MISSING.format(**told))
    ratio = reached / target
    points = round(indicator.weight * min(max(ratio, Decimal(0)), indicator.cap), _DIGITS)
    formula = FORMULA.format(
        reached=_plain(reached), cap=_plain(indicator.cap), points=_plain(points), **told
    )
    return Line(indicator, target, reached, ratio, points, formula)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place among others; those with the same score share it, and the next one is left out."""

    id: str
    place: int
    tied: int


def ranking(totals: Mapping[str, Decimal]) -> list[Ranked]:
    """Rank by score, the highest first: 1, 2, 2, 4."""
    ordered = sorted(totals, key=lambda one: (-totals[one], one))
    values = list(totals.values())
    return [
        Ranked(one, 1 + sum(value > totals[one] for value in values), values.count(totals[one]))
        for one in ordered
    ]
