"""Steps that test one number or one coded fact."""

# ruff: noqa: D102 - what the methods of a step do is said once, in steps.Step

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from openzone.engines.rules.steps import (
    Asks,
    Block,
    Derived,
    Need,
    Row,
    Truth,
    Values,
    View,
    pack,
)


@dataclass(frozen=True, slots=True)
class NumberKnown(Derived):
    """Whether a number is known. Met or not met, never unknown."""

    number: int

    @property
    def inputs(self) -> tuple[int, ...]:
        return (self.number,)

    def batch(self, values: Values, block: Block) -> Truth:
        known = pack(~np.isnan(values[self.number]))
        return known, ~known

    def single(self, values: Values, row: Row) -> bool:
        return not math.isnan(values[self.number])

    def asks(self, view: View, need: Need) -> Asks:
        yield from ()


@dataclass(frozen=True, slots=True)
class Size(Derived):
    """A number against a limit. ``known`` is the step that says where the number is known."""

    number: int
    known: int
    limit: float
    compare: ClassVar[Callable[[Any, Any], Any]]

    @property
    def inputs(self) -> tuple[int, ...]:
        return self.number, self.known

    def batch(self, values: Values, block: Block) -> Truth:
        met = pack(type(self).compare(values[self.number], self.limit))
        return met, values[self.known][0] & ~met

    def single(self, values: Values, row: Row) -> bool | None:
        number = values[self.number]
        return None if math.isnan(number) else type(self).compare(number, self.limit)

    def asks(self, view: View, need: Need) -> Asks:
        yield self.number, need


class Reaches(Size):
    """At least the limit."""

    compare = operator.ge


class Exceeds(Size):
    """More than the limit."""

    compare = operator.gt


class Equals(Size):
    """Exactly the limit."""

    compare = operator.eq


@dataclass(frozen=True, slots=True)
class CodedFact:
    """A test of a text, code or bool fact."""

    fact: str
    inputs: ClassVar[tuple[int, ...]] = ()

    @property
    def settles(self) -> str:
        return self.fact

    def asks(self, view: View, need: Need) -> Asks:
        yield from ()


class WordKnown(CodedFact):
    """Whether the fact is known. Met or not met, never unknown."""

    def batch(self, values: Values, block: Block) -> Truth:
        known = block.words(self.fact).known()
        return known, ~known

    def single(self, values: Values, row: Row) -> bool:
        return row.word(self.fact) is not None


class Flag(CodedFact):
    """A bool that is true."""

    def batch(self, values: Values, block: Block) -> Truth:
        column = block.words(self.fact)
        met = column.among((True,))
        return met, column.known() & ~met

    def single(self, values: Values, row: Row) -> bool | None:
        return row.word(self.fact)  # type: ignore[return-value] # a bool fact holds bools


@dataclass(frozen=True, slots=True)
class Listed(CodedFact):
    """A text or code that is one of ``words``."""

    words: tuple[str, ...]

    def batch(self, values: Values, block: Block) -> Truth:
        column = block.words(self.fact)
        met = column.among(self.words)
        return met, column.known() & ~met

    def single(self, values: Values, row: Row) -> bool | None:
        word = row.word(self.fact)
        return None if word is None else word in self.words


@dataclass(frozen=True, slots=True)
class Prefixed(CodedFact):
    """A code that starts with one of ``prefixes``; unknown if it is too coarse to tell."""

    prefixes: tuple[str, ...]

    def batch(self, values: Values, block: Block) -> Truth:
        column = block.words(self.fact)
        met = column.starting(self.prefixes)
        return met, column.known() & ~met & ~column.coarser(self.prefixes)

    def single(self, values: Values, row: Row) -> bool | None:
        code = row.word(self.fact)
        if not isinstance(code, str):
            return None
        if code.startswith(self.prefixes):
            return True
        return None if any(prefix.startswith(code) for prefix in self.prefixes) else False
