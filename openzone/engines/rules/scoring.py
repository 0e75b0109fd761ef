"""Steps that give points: a lowest and a highest possible value while facts are missing."""

# ruff: noqa: D102 - what the methods of a step do is said once, in steps.Step

import math
import operator
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from openzone.engines.rules.steps import (
    Asks,
    Block,
    Derived,
    Floats,
    Need,
    Ref,
    Row,
    Truth,
    Values,
    View,
    pack,
    position,
    state,
    truth,
    unpack,
)

Interval = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Banded(Derived):
    """Points by the size of a number.

    ``limits`` rise; ``points`` has one entry more, from the smallest numbers to the largest.
    ``upwards``: a limit belongs to the band above it (``gte``), else to the one below (``lte``).
    """

    number: int
    limits: tuple[float, ...]
    points: tuple[float, ...]
    upwards: bool

    @property
    def inputs(self) -> tuple[int, ...]:
        return (self.number,)

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
class FirstThat(Derived):
    """The points of the first condition that holds, else ``otherwise``."""

    conditions: tuple[Ref, ...]
    points: tuple[float, ...]
    otherwise: float

    @property
    def inputs(self) -> tuple[int, ...]:
        return tuple(map(position, self.conditions))

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
class Together(Derived):
    """The sum of the parts, cut at ``cap``."""

    inputs: tuple[int, ...]
    cap: float = math.inf

    def batch(self, values: Values, block: Block) -> Interval:
        lowest, highest = np.zeros(block.rows), np.zeros(block.rows)
        for part in self.inputs:
            low, high = values[part]
            lowest += low
            highest += high
        return np.minimum(lowest, self.cap), np.minimum(highest, self.cap)

    def single(self, values: Values, row: Row) -> tuple[float, float]:
        lowest, highest = 0.0, 0.0
        for part in self.inputs:
            low, high = values[part]
            lowest += low
            highest += high
        return min(lowest, self.cap), min(highest, self.cap)

    def asks(self, view: View, need: Need) -> Asks:
        for part in self.inputs:
            yield part, need & view.open(part)


@dataclass(frozen=True, slots=True)
class Best(Derived):
    """The highest of the parts."""

    inputs: tuple[int, ...]

    def batch(self, values: Values, block: Block) -> Interval:
        lows, highs = zip(*(values[part] for part in self.inputs), strict=True)
        return np.maximum.reduce(lows), np.maximum.reduce(highs)

    def single(self, values: Values, row: Row) -> tuple[float, float]:
        lows, highs = zip(*(values[part] for part in self.inputs), strict=True)
        return max(lows), max(highs)

    def asks(self, view: View, need: Need) -> Asks:
        for part in self.inputs:
            yield part, need & view.open(part) & view.can_win(part, self.inputs)


@dataclass(frozen=True, slots=True)
class Scored(Derived):
    """Points against a limit: met if even the lowest pass, not met if not even the highest."""

    points: int
    limit: float
    compare: ClassVar[Callable[[Any, Any], Any]]

    @property
    def inputs(self) -> tuple[int, ...]:
        return (self.points,)

    def batch(self, values: Values, block: Block) -> Truth:
        lowest, highest = values[self.points]
        compare = type(self).compare
        return pack(compare(lowest, self.limit)), pack(~compare(highest, self.limit))

    def single(self, values: Values, row: Row) -> bool | None:
        lowest, highest = values[self.points]
        if type(self).compare(lowest, self.limit):
            return True
        return None if type(self).compare(highest, self.limit) else False

    def asks(self, view: View, need: Need) -> Asks:
        yield self.points, need


class ScoreReaches(Scored):
    """At least the limit."""

    compare = operator.ge


class ScoreExceeds(Scored):
    """More than the limit."""

    compare = operator.gt


class ScoreEquals(Scored):
    """Exactly the limit, which is certain only when the points are."""

    def batch(self, values: Values, block: Block) -> Truth:
        lowest, highest = values[self.points]
        met = (lowest == self.limit) & (highest == self.limit)
        return pack(met), pack((lowest > self.limit) | (highest < self.limit))

    def single(self, values: Values, row: Row) -> bool | None:
        lowest, highest = values[self.points]
        if lowest == highest == self.limit:
            return True
        return None if lowest <= self.limit <= highest else False
