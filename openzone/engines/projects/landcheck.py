"""Standard land (标准地): what was promised with a parcel, held against what was reached.

Set before, promised within, checked after: at completion and again at full output.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from openzone.engines.text import Text


class Direction(StrEnum):
    """Whether a promise is to be reached or not to be exceeded."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Stage(StrEnum):
    """When an indicator is checked."""

    COMPLETION = "completion"
    FULL_OUTPUT = "full_output"


class Light(StrEnum):
    """A promise at a glance: kept, missed within what is tolerated, missed, or not known."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LandIndicator:
    """An indicator of a parcel, such as investment per mu, tax per mu or plot ratio.

    ``tolerance`` is the share of the promise that a deviation may be before it obliges.
    """

    id: str
    label: Text
    unit: str
    direction: Direction
    stage: Stage
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Deviation:
    """How an indicator came out. ``short`` is by how much the promise was missed, 0 when kept.

    ``share`` is that as a part of the promise. Without a figure nothing is said, and the check is
    open.
    """

    indicator: LandIndicator
    promised: Decimal
    reached: Decimal | None
    short: Decimal | None
    share: Decimal | None

    @property
    def obliges(self) -> bool:
        """Whether it is missed by more than is tolerated."""
        if self.short is None or not self.short:
            return False
        return self.share is None or self.share > self.indicator.tolerance

    @property
    def light(self) -> Light:
        """The promise at a glance."""
        if self.short is None:
            return Light.UNKNOWN
        if not self.short:
            return Light.GREEN
        return Light.RED if self.obliges else Light.YELLOW

    @property
    def sentence(self) -> Text:
        """What came out, for people."""
        told = {
            "unit": f" {self.indicator.unit}" if self.indicator.unit else "",
            "promised": self.promised, "reached": self.reached, "short": self.short,
        }  # fmt: skip
        which = NO_FIGURE if self.short is None else MISSED if self.short else KEPT
        return Text(
            which.zh.format(**{**told, "label": self.indicator.label.zh}),
            which.en.format(**{**told, "label": self.indicator.label.en}),
        )


NO_FIGURE = Text(
    "{label}：承诺 {promised}{unit}，尚无实际值",
    "{label}: {promised}{unit} promised, no figure yet",
)
KEPT = Text(
    "{label}：承诺 {promised}，实际 {reached}{unit}，达标",
    "{label}: {promised} promised, {reached}{unit} reached: kept",
)
MISSED = Text(
    "{label}：承诺 {promised}，实际 {reached}{unit}，相差 {short}",
    "{label}: {promised} promised, {reached}{unit} reached: off by {short}",
)


def deviations(
    indicators: Iterable[LandIndicator],
    promised: Mapping[str, Decimal],
    reached: Mapping[str, Decimal | None],
    stage: Stage,
) -> list[Deviation]:
    """Hold what was reached against what was promised, for the indicators of a stage."""
    return [
        _deviation(one, promised[one.id], reached.get(one.id))
        for one in indicators
        if one.stage is stage and one.id in promised
    ]


def _deviation(indicator: LandIndicator, promised: Decimal, reached: Decimal | None) -> Deviation:
    if reached is None:
        return Deviation(indicator, promised, None, None, None)
    off = promised - reached if indicator.direction is Direction.AT_LEAST else reached - promised
    short = max(off, Decimal(0))
    share = short / abs(promised) if promised else (None if short else Decimal(0))
    return Deviation(indicator, promised, reached, short, share)


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a missed promise leads to, such as to rectify, to pay, to be taken back.

    It follows a deviation ``over`` a share of the promise in at least the ``missed``-th check that
    found the promise missed.
    """

    id: str
    label: Text
    over: Decimal = Decimal(0)
    missed: int = 1


def consequence_of(
    found: Deviation, missed: int, ladder: Sequence[Consequence]
) -> Consequence | None:
    """Return the last rung of a ladder that a deviation reaches; None where it does not oblige.

    ``missed`` counts the checks that found this promise missed, this one included. Where nothing
    was promised to be used (a share cannot be told) only the number of checks counts.
    """
    if not found.obliges:
        return None
    reached = [
        rung
        for rung in ladder
        if missed >= rung.missed and (rung.over == 0 or (found.share or Decimal(0)) > rung.over)
    ]
    return reached[-1] if reached else None


class CheckState(StrEnum):
    """Where a check stands before it is held, and once it was."""

    NOT_SET = "not_set"
    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    OPEN = "open"
    HELD = "held"


def check_state(
    due: dt.date | None, soon_days: int, as_of: dt.date, results: Sequence[Deviation] | None
) -> CheckState:
    """Return where a check stands; ``results`` of the last one, None where none was held.

    A check whose figures are not all known stays open.
    """
    if results is not None:
        open_still = any(one.short is None for one in results)
        return CheckState.OPEN if open_still else CheckState.HELD
    if due is None:
        return CheckState.NOT_SET
    left = (due - as_of).days
    if left < 0:
        return CheckState.OVERDUE
    return CheckState.DUE_SOON if left <= soon_days else CheckState.NOT_DUE


def per_mu(amount: Decimal | None, area_m2: Decimal | None) -> Decimal | None:
    """Return an amount per mu (1 mu = 666.667 m², 1/15 of a hectare); None without land."""
    if amount is None or not area_m2 or area_m2 < 0:
        return None
    return amount / (area_m2 * 15 / 10_000)
