"""Steps that compute numbers. An unknown number is nan, which spreads by itself."""

# ruff: noqa: D102 - what the methods of a step do is said once, in steps.Step

import datetime as dt
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from openzone.engines.rules.steps import (
    Asks,
    Block,
    Floats,
    Need,
    Ref,
    Row,
    Step,
    Values,
    View,
    position,
    state,
    truth,
    unpack,
)

EPOCH = dt.date(1970, 1, 1)


def finite(number: Any) -> Any:
    """Turn infinities, which a division by zero or an overflow leaves, into nan.

    Adds zero to what is finite: ``x - x`` is 0 there and nan elsewhere.
    """
    return number + (number - number)


@dataclass(frozen=True, slots=True)
class FactNumber(Step):
    """A numeric fact, or a date as days since 1970-01-01."""

    fact: str

    @property
    def settles(self) -> str:
        return self.fact

    def batch(self, values: Values, block: Block) -> Floats:
        return block.number(self.fact)

    def single(self, values: Values, row: Row) -> float:
        return row.number(self.fact)


@dataclass(frozen=True, slots=True)
class Constant(Step):
    """A literal."""

    value: float

    def batch(self, values: Values, block: Block) -> Floats:
        return np.full(block.rows, self.value)

    def single(self, values: Values, row: Row) -> float:
        return self.value


@dataclass(frozen=True, slots=True)
class Combined(Step):
    """A number of other numbers: known only if all of them are."""

    members: tuple[int, ...]
    READS = ("members",)

    def asks(self, view: View, need: Need) -> Asks:
        for member in self.members:
            yield member, need & view.invalid(member)


def _folded(values: Values, members: tuple[int, ...], how: Callable[[Any, Any], Any]) -> Any:
    return reduce(how, (values[member] for member in members))


class Added(Combined):
    """The sum, from left to right."""

    def batch(self, values: Values, block: Block) -> Floats:
        total: Floats = _folded(values, self.members, operator.add)
        return total

    def single(self, values: Values, row: Row) -> float:
        return float(_folded(values, self.members, operator.add))


class Averaged(Combined):
    """The arithmetic mean."""

    def batch(self, values: Values, block: Block) -> Floats:
        mean: Floats = _folded(values, self.members, operator.add) / len(self.members)
        return mean

    def single(self, values: Values, row: Row) -> float:
        return float(_folded(values, self.members, operator.add) / len(self.members))


class Less(Combined):
    """The first less the second."""

    def batch(self, values: Values, block: Block) -> Floats:
        difference: Floats = _folded(values, self.members, operator.sub)
        return difference

    def single(self, values: Values, row: Row) -> float:
        return float(_folded(values, self.members, operator.sub))


class Multiplied(Combined):
    """The product."""

    def batch(self, values: Values, block: Block) -> Floats:
        product = np.ones(block.rows)
        for member in self.members:
            product *= values[member]
        result: Floats = finite(product)
        return result

    def single(self, values: Values, row: Row) -> float:
        return float(finite(_folded(values, self.members, operator.mul)))


class Smallest(Combined):
    """The minimum; unknown as soon as a member is."""

    def batch(self, values: Values, block: Block) -> Floats:
        smallest: Floats = _folded(values, self.members, np.minimum)
        return smallest

    def single(self, values: Values, row: Row) -> float:
        members = [values[member] for member in self.members]
        return math.nan if any(map(math.isnan, members)) else min(members)


class Largest(Combined):
    """The maximum; unknown as soon as a member is."""

    def batch(self, values: Values, block: Block) -> Floats:
        largest: Floats = _folded(values, self.members, np.maximum)
        return largest

    def single(self, values: Values, row: Row) -> float:
        members = [values[member] for member in self.members]
        return math.nan if any(map(math.isnan, members)) else max(members)


class Divided(Combined):
    """The first divided by the second; unknown where that is zero."""

    def batch(self, values: Values, block: Block) -> Floats:
        top, bottom = self.members
        quotient: Floats = finite(values[top] / values[bottom])
        return quotient

    def single(self, values: Values, row: Row) -> float:
        top, bottom = self.members
        below = values[bottom]
        return float(finite(values[top] / below)) if below else math.nan


class Grown(Combined):
    """``(after - before) / before``: from 100 to 115 is 0.15 to the last bit."""

    def batch(self, values: Values, block: Block) -> Floats:
        before, after = (values[member] for member in self.members)
        growth: Floats = finite((after - before) / before)
        growth[before <= 0] = np.nan
        return growth

    def single(self, values: Values, row: Row) -> float:
        before, after = (values[member] for member in self.members)
        return float(finite((after - before) / before)) if before > 0 else math.nan


@dataclass(frozen=True, slots=True)
class Chosen(Step):
    """One of two numbers; unknown while the condition is."""

    condition: Ref
    then: int
    otherwise: int
    READS = ("condition", "then", "otherwise")

    def batch(self, values: Values, block: Block) -> Floats:
        met, not_met = (unpack(plane, block.rows) for plane in truth(values, self.condition))
        chosen = np.where(met, values[self.then], np.nan)
        np.copyto(chosen, values[self.otherwise], where=not_met)
        return chosen

    def single(self, values: Values, row: Row) -> float:
        holds = state(values, self.condition)
        if holds is None:
            return math.nan
        return float(values[self.then if holds else self.otherwise])

    def asks(self, view: View, need: Need) -> Asks:
        yield position(self.condition), need & view.unknown(self.condition)
        yield self.then, need & view.possible(self.condition) & view.invalid(self.then)
        yield self.otherwise, need & view.possible(~self.condition) & view.invalid(self.otherwise)


@dataclass(frozen=True, slots=True)
class Years(Step):
    """Completed years from a date to the day of evaluation.

    The largest n for which the date is at or before the day n years earlier, so that it never
    disagrees with ``at_or_before: {as_of: -ny}``.
    """

    date: int
    as_of: dt.date
    READS = ("date",)

    def batch(self, values: Values, block: Block) -> Floats:
        known = np.isfinite(values[self.date])
        days = np.where(known, values[self.date], 0).astype(np.int64).astype("datetime64[D]")
        months = days.astype("datetime64[M]")
        month = months.astype(np.int64) % 12 + 1
        day = (days - months).astype(np.int64) + 1
        years = self.as_of.year - (days.astype("datetime64[Y]").astype(np.int64) + 1970)
        not_yet = month * 32 + day > self.as_of.month * 32 + self.as_of.day
        return np.where(known, years - not_yet, np.nan)

    def single(self, values: Values, row: Row) -> float:
        if math.isnan(values[self.date]):
            return math.nan
        date = EPOCH + dt.timedelta(days=int(values[self.date]))
        not_yet = (date.month, date.day) > (self.as_of.month, self.as_of.day)
        return float(self.as_of.year - date.year - not_yet)

    def asks(self, view: View, need: Need) -> Asks:
        yield self.date, need
