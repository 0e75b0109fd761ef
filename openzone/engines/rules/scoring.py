"""Steps that give points: a lowest and a highest possible value while facts are missing."""

# ruff: noqa: D102 - what the methods of a step do is said once, in steps.Step

import math
from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from openzone.engines.rules.atoms import Leaf
from openzone.engines.rules.steps import (
    Asks,
    Bits,
    Block,
    Floats,
    Need,
    Pair,
    Plane,
    Ref,
    Row,
    Step,
    Values,
    View,
    pack,
    position,
    state,
    state_of,
    truth,
    unpack,
)

Interval = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Banded(Step):
    """Points by the size of a number.

    ``limits`` rise; ``points`` has one entry more, from the smallest numbers to the largest.
    ``upwards``: a limit belongs to the band above it (``gte``), else to the one below (``lte``).
    """

    number: int
    limits: tuple[float, ...]
    points: tuple[float, ...]
    upwards: bool
    READS = ("number",)

    def batch(self, values: Values, block: Block) -> Interval:
        number = values[self.number]
        band = np.searchsorted(self.limits, number, side="right" if self.upwards else "left")
        points = np.array(self.points)[band]
        unknown = np.isnan(number)
        lowest = np.where(unknown, min(self.points), points)
        return lowest, np.where(unknown, max(self.points), points)

    def single(self, values: Values, row: Row) -> tuple[float, float]:
        number = values[self.number]
        if math.isnan(number):
            return min(self.points), max(self.points)
        side = bisect_right if self.upwards else bisect_left
        points = self.points[side(self.limits, number)]
        return points, points

    def asks(self, view: View, need: Need) -> Asks:
        yield self.number, need & view.invalid(self.number)


@dataclass(frozen=True, slots=True)
class FirstThat(Step):
    """The points of the first condition that holds, else ``otherwise``."""

    conditions: tuple[Ref, ...]
    points: tuple[float, ...]
    otherwise: float
    READS = ("conditions",)

    def batch(self, values: Values, block: Block) -> Interval:
        lowest = np.full(block.rows, self.otherwise)
        highest = lowest.copy()
        for ref, points in reversed(list(zip(self.conditions, self.points, strict=True))):
            met, not_met = (unpack(plane, block.rows) for plane in truth(values, ref))
            lowest = np.where(not_met, lowest, np.where(met, points, np.minimum(lowest, points)))
            highest = np.where(not_met, highest, np.where(met, points, np.maximum(highest, points)))
        return lowest, highest

    def single(self, values: Values, row: Row) -> tuple[float, float]:
        lowest = highest = self.otherwise
        for ref, points in reversed(list(zip(self.conditions, self.points, strict=True))):
            holds = state(values, ref)
            if holds is True:
                lowest = highest = points
            elif holds is None:
                lowest, highest = min(lowest, points), max(highest, points)
        return lowest, highest

    def asks(self, view: View, need: Need) -> Asks:
        for ref in self.conditions:
            yield position(ref), need & view.unknown(ref)
            need = need & view.possible(~ref)


@dataclass(frozen=True, slots=True)
class Together(Step):
    """The sum of the parts, cut at ``cap``."""

    members: tuple[int, ...]
    cap: float = math.inf
    READS = ("members",)

    def batch(self, values: Values, block: Block) -> Interval:
        lowest, highest = np.zeros(block.rows), np.zeros(block.rows)
        for part in self.members:
            low, high = values[part]
            lowest += low
            highest += high
        return np.minimum(lowest, self.cap), np.minimum(highest, self.cap)

    def single(self, values: Values, row: Row) -> tuple[float, float]:
        lowest, highest = 0.0, 0.0
        for part in self.members:
            low, high = values[part]
            lowest += low
            highest += high
        return min(lowest, self.cap), min(highest, self.cap)

    def asks(self, view: View, need: Need) -> Asks:
        for part in self.members:
            yield part, need & view.open(part)


@dataclass(frozen=True, slots=True)
class Best(Step):
    """The highest of the parts."""

    members: tuple[int, ...]
    READS = ("members",)

    def batch(self, values: Values, block: Block) -> Interval:
        lows, highs = zip(*(values[part] for part in self.members), strict=True)
        return np.maximum.reduce(lows), np.maximum.reduce(highs)

    def single(self, values: Values, row: Row) -> tuple[float, float]:
        lows, highs = zip(*(values[part] for part in self.members), strict=True)
        return max(lows), max(highs)

    def asks(self, view: View, need: Need) -> Asks:
        for part in self.members:
            yield part, need & view.open(part) & view.can_win(part, self.members)


@dataclass(frozen=True, slots=True)
class Scored(Leaf):
    """Points against a limit: met if even the lowest pass, not met if not even the highest."""

    points: int
    limit: float
    READS = ("points",)
    PLANES = 2

    @abstractmethod
    def sides(self, lowest: Any, highest: Any) -> tuple[Any, Any]:
        """Return whether it is met, and whether not."""

    def planes(self, values: Values, block: Block) -> tuple[Plane, ...]:
        met, not_met = self.sides(*values[self.points])
        return pack(met), pack(not_met)

    def pair(self, own: Sequence[Bits], of: Callable[[Ref], Pair]) -> Pair:
        met, not_met = own
        return met, not_met

    def single(self, values: Values, row: Row) -> bool | None:
        return state_of(self.sides(*values[self.points]))

    def asks(self, view: View, need: Need) -> Asks:
        yield self.points, need


class ScoreReaches(Scored):
    """At least the limit."""

    def sides(self, lowest: Any, highest: Any) -> tuple[Any, Any]:
        return lowest >= self.limit, highest < self.limit


class ScoreExceeds(Scored):
    """More than the limit."""

    def sides(self, lowest: Any, highest: Any) -> tuple[Any, Any]:
        return lowest > self.limit, highest <= self.limit


class ScoreEquals(Scored):
    """Exactly the limit, which is certain only when the points are."""

    def sides(self, lowest: Any, highest: Any) -> tuple[Any, Any]:
        equal = (lowest == self.limit) & (highest == self.limit)
        return equal, (lowest > self.limit) | (highest < self.limit)
