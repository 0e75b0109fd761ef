"""A scheme of evaluation as data: indicators with weight and base, groups, classes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from openzone.engines.text import Text


class Missing(StrEnum):
    """What an indicator without data gets."""

    AVERAGE = "average"
    """The average score of the others in the group."""
    UNKNOWN = "unknown"
    """No score at all, and with it no total: what is missing is not zero."""


class Rounding(StrEnum):
    """How many a share of a group is where it is no whole number."""

    DOWN = "down"
    HALF_UP = "half_up"
    UP = "up"


class Ties(StrEnum):
    """The class of those who stand level where a class ends."""

    BETTER = "better"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Indicator:
    """``numerator / denominator`` held against a base; without a denominator the value itself.

    ``base`` is in the unit of the pack, after ``scale``; without one the average of the group
    times ``times_average`` is the base.
    """

    id: str
    label: Text
    weight: Decimal
    numerator: str
    denominator: str | None
    base: Decimal | None
    scale: Decimal = Decimal(1)
    times_average: Decimal | None = None
    missing: Missing = Missing.UNKNOWN
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Those who are scored alike; ``cap`` and ``floor`` in parts of the weight of an item."""

    id: str
    label: Text
    indicators: tuple[Indicator, ...]
    cap: Decimal | None = None
    floor: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cut:
    """A class and the share of the group, counted from the best, at which it ends."""

    id: str
    label: Text
    until: Decimal


@dataclass(frozen=True, slots=True)
class Scheme:
    """Groups, classes from the best, and what is done at their bounds."""

    groups: Mapping[str, Group]
    land: str = "land"
    cuts: tuple[Cut, ...] = ()
    rounding: Rounding = Rounding.HALF_UP
    ties: Ties = Ties.BETTER
    veto: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An enterprise with its figures; what is not known is not there.

    Enterprises on one ``parcel`` are evaluated as one and share the result. ``veto`` and
    ``unsuitable`` are reasons; ``adjust`` points added or taken away by decision.
    """

    id: str
    name: str
    group: str
    values: Mapping[str, Decimal] = field(default_factory=dict)
    parcel: str = ""
    veto: str = ""
    unsuitable: str = ""
    adjust: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ItemScore:
    """An indicator of an entry: value, what it is held against, and the points.

    ``averaged``: there was no data, and it got the average of the others.
    """

    indicator: Indicator
    value: Decimal | None
    base: Decimal | None
    points: Decimal | None
    averaged: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """An entry with its points, rank within its group and class; ``reason`` says why not."""

    entry: Entry
    items: tuple[ItemScore, ...] = ()
    score: Decimal | None = None
    rank: int | None = None
    of: int | None = None
    class_: str | None = None
    reason: Text | None = None
    shared_with: tuple[str, ...] = ()
