"""The class of a sample of surface water by its worst single item (GB 3838-2002).

Every item gets the best class whose limit it meets, so a value at a limit that two classes share
gets the better one. What was not measured is named: the class is then at best what is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from openzone.engines.text import Text


class Body(StrEnum):
    """Rivers and lakes have other limits of phosphorus; nitrogen counts in lakes only."""

    RIVER = "river"
    LAKE = "lake"


class Direction(StrEnum):
    """Whether a limit is reached from below or from above; within: the same bounds for all."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the standard; ``limits`` from class I on, ``WITHIN``: lowest and highest.

    ``counts``: whether it counts for the class of this kind of water. ``instead``: another
    measurement with which class I is met as well (saturation of oxygen), and its limit.
    """

    id: str
    label: Text
    unit: str
    direction: Direction
    limits: Mapping[Body, tuple[Decimal, ...]]
    counts: frozenset[Body]
    instead: tuple[str, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A class of the standard, with what it is called."""

    id: str
    label: Text
    quality: Text


@dataclass(frozen=True, slots=True)
class Standard:
    """Levels from the best; the last is worse than every limit."""

    levels: tuple[Level, ...]
    items: tuple[Item, ...]
    required: tuple[str, ...]

    def place(self, level: str) -> int:
        """The rank of a level, 0 the best; raises ``KeyError``."""
        found = [n for n, one in enumerate(self.levels) if one.id == level]
        if not found:
            raise KeyError(level)
        return found[0]


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of an item; ``below``: it is under the limit of detection that ``value`` gives."""

    value: Decimal
    below: bool = False

    @property
    def taken(self) -> Decimal:
        """The value to compare: half the limit of detection where nothing was found."""
        return self.value / 2 if self.below else self.value


@dataclass(frozen=True, slots=True)
class Judged:
    """An item with its rank (0 the best) and, against a target, how far it is over.

    ``over``: (value − limit) / limit for what must not be exceeded; for oxygen and pH ``None``.
    """

    item: Item
    value: Decimal
    place: int
    meets: bool | None = None
    over: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """What was found in one sample, against the class it should have."""

    place: int | None
    judged: tuple[Judged, ...]
    missing: tuple[str, ...]
    meets: bool | None

    @property
    def deciding(self) -> tuple[Judged, ...]:
        """The items that make the class what it is."""
        return tuple(one for one in self.judged if one.place == self.place)


def classify(
    standard: Standard,
    body: Body,
    values: Mapping[str, Measured],
    target: str | None = None,
) -> Sample:
    """Return the class of a sample, by the worst item.

    Meeting the target is unknown while a required item is missing, unless one fails already.
    """
    goal = standard.place(target) if target else None
    judged = tuple(
        _judged(item, body, values, goal)
        for item in standard.items
        if body in item.counts and item.id in values
    )
    counted = {item.id for item in standard.items if body in item.counts}
    missing = tuple(n for n in standard.required if n in counted and n not in values)
    worst = max((one.place for one in judged), default=None)
    return Sample(worst, judged, missing, _meets(worst, goal, missing))


def _meets(worst: int | None, goal: int | None, missing: Sequence[str]) -> bool | None:
    if goal is None or worst is None:
        return None
    if worst > goal:
        return False
    return None if missing else True


def _judged(item: Item, body: Body, values: Mapping[str, Measured], goal: int | None) -> Judged:
    value, limits = values[item.id].taken, item.limits[body]
    place = _place(item, value, limits, values)
    if goal is None:
        return Judged(item, value, place)
    return Judged(item, value, place, place <= goal, _over(item, value, limits, goal))


def _place(
    item: Item, value: Decimal, limits: Sequence[Decimal], values: Mapping[str, Measured]
) -> int:
    if item.direction is Direction.WITHIN:
        return 0 if limits[0] <= value <= limits[1] else CLASSES
    if item.instead and _reached(item.instead, values):
        return 0
    if item.direction is Direction.AT_LEAST:
        met = (n for n, limit in enumerate(limits) if value >= limit)
    else:
        met = (n for n, limit in enumerate(limits) if value <= limit)
    return next(met, CLASSES)


def _reached(instead: tuple[str, Decimal], values: Mapping[str, Measured]) -> bool:
    name, limit = instead
    return name in values and values[name].taken >= limit


CLASSES = 5
"""I to V; what meets none of them is worse than V."""


def _over(item: Item, value: Decimal, limits: Sequence[Decimal], goal: int) -> Decimal | None:
    if item.direction is not Direction.AT_MOST or goal >= CLASSES:
        return None
    limit = limits[goal]
    return (value - limit) / limit if value > limit else Decimal(0)
