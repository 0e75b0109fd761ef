"""Steps that combine truths in three-valued logic (Kleene).

``or`` is ``not and not``; negation is a sign on the reference and costs nothing.
"""

# ruff: noqa: D102 - what the methods of a step do is said once, in steps.Step

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from openzone.engines.rules.steps import (
    Asks,
    Block,
    Derived,
    Need,
    Plane,
    Ref,
    Row,
    Truth,
    Values,
    View,
    position,
    state,
    truth,
)


@dataclass(frozen=True, slots=True)
class Unknown:
    """What nobody can tell, such as the answer of a rule that is not in force."""

    settles: str
    inputs: ClassVar[tuple[int, ...]] = ()

    def batch(self, values: Values, block: Block) -> Truth:
        nothing = np.zeros((block.rows + 7) // 8, np.uint8)
        return nothing, nothing

    def single(self, values: Values, row: Row) -> None:
        return None

    def asks(self, view: View, need: Need) -> Asks:
        yield from ()


@dataclass(frozen=True, slots=True)
class Junction(Derived):
    """A truth made of other truths."""

    refs: tuple[Ref, ...]

    @property
    def inputs(self) -> tuple[int, ...]:
        return tuple(map(position, self.refs))

    def asks(self, view: View, need: Need) -> Asks:
        for ref in self.refs:
            yield position(ref), need & view.unknown(ref)


class And(Junction):
    """Met if all are, not met if one is not. Of two or more truths."""

    def batch(self, values: Values, block: Block) -> Truth:
        (met, not_met), (second_met, second_not_met), *others = (
            truth(values, ref) for ref in self.refs
        )
        met, not_met = met & second_met, not_met | second_not_met
        for other_met, other_not_met in others:
            np.bitwise_and(met, other_met, out=met)
            np.bitwise_or(not_met, other_not_met, out=not_met)
        return met, not_met

    def single(self, values: Values, row: Row) -> bool | None:
        result: bool | None = True
        for ref in self.refs:
            holds = state(values, ref)
            if holds is False:
                return False
            if holds is None:
                result = None
        return result


@dataclass(frozen=True, slots=True)
class Count(Junction):
    """Met if at least ``least`` are."""

    least: int

    def batch(self, values: Values, block: Block) -> Truth:
        met, not_met = zip(*(truth(values, ref) for ref in self.refs), strict=True)
        too_many = len(self.refs) - self.least + 1
        return at_least(self.least, met), at_least(too_many, not_met)

    def single(self, values: Values, row: Row) -> bool | None:
        states = [state(values, ref) for ref in self.refs]
        if states.count(True) >= self.least:
            return True
        return False if states.count(False) > len(states) - self.least else None


@dataclass(frozen=True, slots=True)
class Decided(Derived):
    """One of two truths: ``then`` where ``when`` holds, else ``otherwise``.

    While ``when`` is unknown it is known only where both agree.
    """

    when: Ref
    then: Ref
    otherwise: Ref

    @property
    def inputs(self) -> tuple[int, ...]:
        return tuple(map(position, (self.when, self.then, self.otherwise)))

    def batch(self, values: Values, block: Block) -> Truth:
        holds, fails = truth(values, self.when)
        one, other = (
            (holds & then) | (fails & otherwise) | (then & otherwise)
            for then, otherwise in zip(
                truth(values, self.then), truth(values, self.otherwise), strict=True
            )
        )
        return one, other

    def single(self, values: Values, row: Row) -> bool | None:
        holds = state(values, self.when)
        then, otherwise = state(values, self.then), state(values, self.otherwise)
        if holds is None:
            return then if then is otherwise else None
        return then if holds else otherwise

    def asks(self, view: View, need: Need) -> Asks:
        yield position(self.when), need & view.unknown(self.when)
        for ref, taken in ((self.then, self.when), (self.otherwise, ~self.when)):
            yield position(ref), need & view.possible(taken) & view.unknown(ref)


@dataclass(frozen=True, slots=True)
class Certain(Derived):
    """Whether a truth is known to be met. Never unknown itself."""

    ref: Ref

    @property
    def inputs(self) -> tuple[int, ...]:
        return (position(self.ref),)

    def batch(self, values: Values, block: Block) -> Truth:
        met, _ = truth(values, self.ref)
        return met, ~met

    def single(self, values: Values, row: Row) -> bool:
        return state(values, self.ref) is True

    def asks(self, view: View, need: Need) -> Asks:
        yield from ()


@dataclass(frozen=True, slots=True)
class OneOf(Derived):
    """Whether a value is among ``members``: exactly one of ``members`` and ``others`` is the value.

    Met if there is a value (``applies``) and every other is excluded, even if it is open which
    of the members it is.
    """

    applies: Ref
    members: tuple[Ref, ...]
    others: tuple[Ref, ...]

    @property
    def inputs(self) -> tuple[int, ...]:
        return tuple(map(position, (self.applies, *self.members, *self.others)))

    def batch(self, values: Values, block: Block) -> Truth:
        met = truth(values, self.applies)[0].copy()
        for ref in self.others:
            met &= truth(values, ref)[1]
        first, *rest = (truth(values, ref)[1] for ref in self.members)
        not_met = first.copy()
        for excluded in rest:
            not_met &= excluded
        return met, not_met

    def single(self, values: Values, row: Row) -> bool | None:
        applies = state(values, self.applies) is True
        if applies and all(state(values, ref) is False for ref in self.others):
            return True
        return False if all(state(values, ref) is False for ref in self.members) else None

    def asks(self, view: View, need: Need) -> Asks:
        for ref in (self.applies, *self.members, *self.others):
            yield position(ref), need & view.unknown(ref)


def at_least(least: int, planes: Sequence[Plane]) -> Plane:
    """Return where at least ``least`` (from 1) of the planes are set."""
    reached = [np.zeros_like(planes[0]) for _ in range(least)]
    for plane in planes:
        for level in range(least - 1, 0, -1):
            reached[level] |= reached[level - 1] & plane
        reached[0] |= plane
    return reached[-1]


def exactly_one(planes: Sequence[Plane]) -> Plane:
    """Return where one of the planes is set and no other."""
    once, twice = np.zeros_like(planes[0]), np.zeros_like(planes[0])
    for plane in planes:
        twice |= once & plane
        once |= plane
    return once & ~twice
