"""Standard land (标准地): what was promised with a parcel, held against what was reached.

Set before, promised within, checked after: at completion and again at full output.
"""

from collections.abc import Iterable, Mapping
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
    def sentence(self) -> Text:
        """What came out, for people."""
        told = {
            "label": self.indicator.label, "unit": self.indicator.unit,
            "promised": self.promised, "reached": self.reached, "short": self.short,
        }  # fmt: skip
        which = NO_FIGURE if self.short is None else MISSED if self.short else KEPT
        return Text(
            which.zh.format(**{**told, "label": self.indicator.label.zh}),
            which.en.format(**{**told, "label": self.indicator.label.en}),
        )


NO_FIGURE = Text(
    "{label}：承诺 {promised} {unit}，尚无实际值",
    "{label}: {promised} {unit} promised, no figure yet",
)
KEPT = Text(
    "{label}：承诺 {promised}，实际 {reached} {unit}，达标",
    "{label}: {promised} promised, {reached} {unit} reached: kept",
)
MISSED = Text(
    "{label}：承诺 {promised}，实际 {reached} {unit}，相差 {short}",
    "{label}: {promised} promised, {reached} {unit} reached: off by {short}",
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


def per_mu(amount: Decimal | None, area_m2: Decimal | None) -> Decimal | None:
    """Return an amount per mu (1 mu = 666.667 m², 1/15 of a hectare); None without land."""
    if amount is None or not area_m2 or area_m2 < 0:
        return None
    return amount / (area_m2 * 15 / 10_000)
