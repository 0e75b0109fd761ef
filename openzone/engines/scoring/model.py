"""A scheme of evaluation as data: indicators with weight and base, groups, classes."""

import datetime as dt
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
class Cut:
    """A class and where it ends, counted from the best.

    One of: ``until``, a share of the group; ``count``, so many of the group; ``from_score``, the
    least score it asks for.
    """

    id: str
    label: Text
    until: Decimal | None = None
    count: int | None = None
    from_score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Those who are scored alike; ``cap`` and ``floor`` in parts of the weight of an item.

    ``cuts`` are its own classes where they differ from those of the scheme; ``least`` what a
    figure must come to for taking part (3 mu of land, in m²).
    """

    id: str
    label: Text
    indicators: tuple[Indicator, ...]
    cap: Decimal | None = None
    floor: Decimal = Decimal(0)
    cuts: tuple[Cut, ...] | None = None
    least: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """Who is not suitable for evaluation: by years since registration or land, or by industry.

    ``industries`` are divisions of GB/T 4754 (two digits).
    """

    registered_years: int | None = None
    land_years: int | None = None
    industries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scheme:
    """Groups, classes from the best, and what is done at their bounds.

    ``not_suitable`` is the class of who is not evaluated (T), ``treated_as`` the class whose
    treatment they get without being in it.
    """

    groups: Mapping[str, Group]
    land: str = "land"
    cuts: tuple[Cut, ...] = ()
    rounding: Rounding = Rounding.HALF_UP
    ties: Ties = Ties.BETTER
    veto: str | None = None
    scope: Scope = Scope()
    not_suitable: str | None = None
    treated_as: str | None = None

    def cuts_of(self, group: str) -> tuple[Cut, ...]:
        """Return the classes of a group."""
        own = self.groups[group].cuts
        return self.cuts if own is None else own


@dataclass(frozen=True, slots=True)
class Entry:
    """An enterprise with its figures; what is not known is not there.

    Enterprises on one ``parcel`` are evaluated as one and share the result; who ``follows``
    another (a tenant its landlord) gets that one's. ``veto`` and ``unsuitable`` are reasons;
    ``adjust`` points added or taken away by decision.
    """

    id: str
    name: str
    group: str
    values: Mapping[str, Decimal] = field(default_factory=dict)
    parcel: str = ""
    veto: str = ""
    unsuitable: str = ""
    adjust: Decimal = Decimal(0)
    follows: str = ""
    industry: str = ""
    registered: dt.date | None = None
    land_since: dt.date | None = None


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
    """An entry with its points, rank within its group and class; ``reason`` says why not.

    ``treated_as``: the class whose treatment it gets. ``level``: others with the same score
    stand at the bound of its class, so that the class holds more or fewer than its share.
    """

    entry: Entry
    items: tuple[ItemScore, ...] = ()
    score: Decimal | None = None
    rank: int | None = None
    of: int | None = None
    class_: str | None = None
    reason: Text | None = None
    shared_with: tuple[str, ...] = ()
    treated_as: str | None = None
    level: bool = False
