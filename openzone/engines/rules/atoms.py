"""Steps that test one number or one coded fact: the leaves of the logic.

Every leaf is a bit per enterprise, its **plane**, that only the facts decide: computed from the
columns, from rank codes, or kept in an index. What is met and not met follows from planes alone.
"""

# ruff: noqa: D102 - what the methods of a step do is said once, in steps.Step

import math
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import numpy as np

from openzone.engines.rules.coded import CodedColumn, Span
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
    Truth,
    Values,
    View,
    pack,
    truth,
)


class Leaf(Step):
    """A truth that is not made of truths. ``PLANES`` is how many planes it keeps."""

    PLANES: ClassVar[int] = 1

    @abstractmethod
    def planes(self, values: Values, block: Block) -> tuple[Plane, ...]:
        """Compute the planes of a block."""

    @abstractmethod
    def pair(self, own: Sequence[Bits], of: Callable[[Ref], Pair]) -> Pair:
        """Return met and not met from the planes and the inputs, which ``of`` returns."""

    def batch(self, values: Values, block: Block) -> Truth:
        return self.pair(self.planes(values, block), partial(truth, values))


class Known(Leaf):
    """Whether something is known. Met or not met, never unknown."""

    def pair(self, own: Sequence[Bits], of: Callable[[Ref], Pair]) -> Pair:
        (known,) = own
        return known, ~known


class Test(Leaf):
    """A test of something that the step ``known`` says is known; unknown where it is not."""

    known: int

    def pair(self, own: Sequence[Bits], of: Callable[[Ref], Pair]) -> Pair:
        (met,) = own
        known, _ = of(self.known)
        return met, known ^ met


@dataclass(frozen=True, slots=True)
class Unknown(Leaf):
    """What nobody can tell, such as the answer of a rule that is not in force."""

    about: str

    @property
    def settles(self) -> str:
        return self.about

    def planes(self, values: Values, block: Block) -> tuple[Plane, ...]:
        return (np.zeros((block.rows + 7) // 8, np.uint8),)

    def pair(self, own: Sequence[Bits], of: Callable[[Ref], Pair]) -> Pair:
        (nothing,) = own
        return nothing, nothing

    def single(self, values: Values, row: Row) -> None:
        return None


# ---- numbers ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NumberKnown(Known):
    """Whether a number is known."""

    number: int
    READS = ("number",)
    low: ClassVar[float] = -math.inf
    end: ClassVar[float] = math.inf

    def planes(self, values: Values, block: Block) -> tuple[Plane, ...]:
        return (pack(~np.isnan(values[self.number])),)

    def single(self, values: Values, row: Row) -> bool:
        return not math.isnan(values[self.number])


@dataclass(frozen=True, slots=True)
class Within(Test):
    """A number from ``low`` to just below ``end``, one of which may be infinite."""

    number: int
    known: int
    low: float
    end: float
    READS = ("number", "known")

    def planes(self, values: Values, block: Block) -> tuple[Plane, ...]:
        number = values[self.number]
        met = number >= not_below(self.low, number)
        if self.end < math.inf:
            met &= number < not_below(self.end, number)
        return (pack(met),)

    def single(self, values: Values, row: Row) -> bool | None:
        number = values[self.number]
        return None if math.isnan(number) else self.low <= number < self.end

    def asks(self, view: View, need: Need) -> Asks:
        yield self.number, need


def reaches(number: int, known: int, limit: float) -> Within:
    """At least the limit."""
    return Within(number, known, limit, math.inf)


def exceeds(number: int, known: int, limit: float) -> Within:
    """More than the limit: at least the next float."""
    return Within(number, known, math.nextafter(limit, math.inf), math.inf)


def equals(number: int, known: int, limit: float) -> Within:
    """Exactly the limit."""
    return Within(number, known, limit, math.nextafter(limit, math.inf))


def not_below(limit: float, numbers: Floats) -> Any:
    """Return the limit as the smallest value of the numbers' own type that is not below it."""
    own = numbers.dtype.type(limit)
    return own if float(own) >= limit else np.nextafter(own, numbers.dtype.type(math.inf))


# ---- texts, codes and bools ---------------------------------------------------------------


class CodedFact(Leaf):
    """A test of a text, code or bool."""

    fact: str

    @property
    def settles(self) -> str:
        return self.fact

    @abstractmethod
    def spans(self, column: CodedColumn) -> Sequence[Span]:
        """Return which codes of the column pass."""

    def planes(self, values: Values, block: Block) -> tuple[Plane, ...]:
        column = block.words(self.fact)
        return (column.within(self.spans(column)),)


@dataclass(frozen=True, slots=True)
class WordKnown(CodedFact, Known):
    """Whether the fact is known."""

    fact: str

    def spans(self, column: CodedColumn) -> Sequence[Span]:
        return column.all_codes()

    def single(self, values: Values, row: Row) -> bool:
        return row.word(self.fact) is not None


@dataclass(frozen=True, slots=True)
class FineEnough(CodedFact, Known):
    """Whether a code is known finely enough to tell if it starts with one of ``prefixes``."""

    fact: str
    prefixes: tuple[str, ...]

    def spans(self, column: CodedColumn) -> Sequence[Span]:
        return column.fine_enough(self.prefixes)

    def single(self, values: Values, row: Row) -> bool:
        code = row.word(self.fact)
        if not isinstance(code, str):
            return False
        covered = code.startswith(self.prefixes)
        return covered or not any(prefix.startswith(code) for prefix in self.prefixes)


@dataclass(frozen=True, slots=True)
class Flag(CodedFact, Test):
    """A bool that is true."""

    fact: str
    known: int
    READS = ("known",)

    def spans(self, column: CodedColumn) -> Sequence[Span]:
        return column.among((True,))

    def single(self, values: Values, row: Row) -> bool | None:
        return row.word(self.fact)  # type: ignore[return-value] # a bool fact holds bools


@dataclass(frozen=True, slots=True)
class Listed(CodedFact, Test):
    """A text or code that is one of ``words``."""

    fact: str
    known: int
    words: tuple[str, ...]
    READS = ("known",)

    def spans(self, column: CodedColumn) -> Sequence[Span]:
        return column.among(self.words)

    def single(self, values: Values, row: Row) -> bool | None:
        word = row.word(self.fact)
        return None if word is None else word in self.words


@dataclass(frozen=True, slots=True)
class Prefixed(CodedFact, Test):
    """A code that starts with one of ``prefixes``; unknown if it is too coarse to tell."""

    fact: str
    known: int
    prefixes: tuple[str, ...]
    READS = ("known",)

    def spans(self, column: CodedColumn) -> Sequence[Span]:
        return column.starting(self.prefixes)

    def single(self, values: Values, row: Row) -> bool | None:
        code = row.word(self.fact)
        if not isinstance(code, str):
            return None
        if code.startswith(self.prefixes):
            return True
        return None if any(prefix.startswith(code) for prefix in self.prefixes) else False
