"""The steps of a compiled program: what every kind of step can do.

A program is a list of steps in which every step comes after its inputs. A step gives

* a **number**: a float, nan where it is unknown;
* **points**: a lowest and a highest possible float;
* a **truth**: met, not met or unknown.

``batch`` computes a step for a block of enterprises: numbers are float arrays, points pairs of
them, truths pairs of packed bit planes (met, not met), bit order little. Bits past the last row
are undefined. ``single`` computes it for one enterprise: float, pair of floats, bool or None.

A reference to a truth is the position of its step, or ``~position`` for its negation.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Protocol, Self

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.floating[Any]]
Bits = Any
"""What ``&``, ``|``, ``^`` and ``~`` combine: a plane of a block, a signal of a circuit, or 0 and
-1 for one enterprise. So the logic of a step is written once for all of them."""
Pair = tuple[Bits, Bits]
"""Met, and not met."""
Truth = tuple[Plane, Plane]
Ref = int
Need = Any
"""Where something is needed: a plane for a block, a bool for one enterprise."""
Asks = Iterator[tuple[int, Need]]


class Values(Protocol):
    """What steps gave, by their positions."""

    def __getitem__(self, at: int, /) -> Any:
        """Return what a step gave."""


class Block(Protocol):
    """The facts of a block of enterprises."""

    @property
    def rows(self) -> int:
        """How many."""

    def number(self, fact: str) -> Floats:
        """Return numbers, or days since 1970-01-01; nan where unknown."""

    def words(self, fact: str) -> Any:
        """Return the coded column of a text, code or bool."""


class Row(Protocol):
    """The facts of one enterprise."""

    def number(self, fact: str) -> float:
        """Return a number, or days since 1970-01-01; nan where unknown."""

    def word(self, fact: str) -> str | bool | None:
        """Return a text, code or bool; None where unknown."""


class View(Protocol):
    """What is unknown, of a block or of one enterprise; combined with ``&`` and ``|``."""

    def unknown(self, ref: Ref) -> Need:
        """Where a truth is unknown."""

    def possible(self, ref: Ref) -> Need:
        """Where a truth is met or unknown."""

    def invalid(self, number: int) -> Need:
        """Where a number is unknown."""

    def open(self, points: int) -> Need:
        """Where the lowest and the highest points differ."""

    def can_win(self, points: int, rivals: Sequence[int]) -> Need:
        """Where the highest points exceed the lowest of every rival."""


class Step(ABC):
    """One step. Equal steps are one step: all steps are frozen and hashable.

    ``READS`` names the fields that hold references or positions of other steps.
    """

    READS: ClassVar[tuple[str, ...]] = ()

    @property
    def inputs(self) -> tuple[int, ...]:
        """The positions this step reads."""
        return tuple(position(ref) for name in self.READS for ref in _several(getattr(self, name)))

    @property
    def settles(self) -> str | None:
        """The fact to ask for where this step itself is unknown."""
        return None

    def moved(self, to: Callable[[Ref], Ref]) -> Self:
        """Return the same step for a program where its inputs have other positions."""
        read = {name: getattr(self, name) for name in self.READS}
        return replace(self, **{name: _moved(value, to) for name, value in read.items()})  # type: ignore[type-var]

    @abstractmethod
    def batch(self, values: Values, block: Block) -> Any:
        """Compute the step for a block."""

    @abstractmethod
    def single(self, values: Values, row: Row) -> Any:
        """Compute the step for one enterprise."""

    def asks(self, view: View, need: Need) -> Asks:
        """Yield which inputs keep this step unknown, where it is (``need``)."""
        yield from ()


def _several(read: Ref | tuple[Ref, ...]) -> tuple[Ref, ...]:
    return read if isinstance(read, tuple) else (read,)


def _moved(read: Ref | tuple[Ref, ...], to: Callable[[Ref], Ref]) -> Ref | tuple[Ref, ...]:
    return tuple(map(to, read)) if isinstance(read, tuple) else to(read)


def position(ref: Ref) -> int:
    """Return the step a reference points to."""
    return ref if ref >= 0 else ~ref


def pack(flags: npt.NDArray[np.bool_]) -> Plane:
    """Pack one flag per row into a bit plane."""
    return np.packbits(flags, bitorder="little")


def unpack(plane: Plane, rows: int) -> npt.NDArray[np.bool_]:
    """Return one flag per row of a bit plane."""
    return np.unpackbits(plane, count=rows, bitorder="little").view(np.bool_)


def truth(values: Values, ref: Ref) -> Truth:
    """Return the planes (met, not met) of a reference."""
    if ref >= 0:
        planes: Truth = values[ref]
        return planes
    met, not_met = values[~ref]
    return not_met, met


def state(values: Values, ref: Ref) -> bool | None:
    """Return the state of a reference for one enterprise."""
    if ref >= 0:
        known: bool | None = values[ref]
        return known
    return opposite(values[~ref])


def bits_of(holds: bool | None) -> Pair:
    """Return a state as bits."""
    return -(holds is True), -(holds is False)


def state_of(pair: Pair) -> bool | None:
    """Return the state that bits stand for."""
    met, not_met = pair
    return True if met else False if not_met else None


def both(one: bool | None, other: bool | None) -> bool | None:
    """Return the conjunction of two states."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def opposite(holds: bool | None) -> bool | None:
    """Return the negation of a state."""
    return None if holds is None else not holds
