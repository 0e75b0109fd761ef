"""Steps that combine truths in three-valued logic (Kleene).

``or`` is ``not and not``; negation is a sign on the reference and costs nothing. What a step
means is written once, over bits (``steps.Bits``): the same lines compute a block of planes, one
enterprise, and the circuit that the kernels run.
"""

# ruff: noqa: D102 - what the methods of a step do is said once, in steps.Step

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from operator import and_, or_

from openzone.engines.rules.steps import (
    Asks,
    Bits,
    Block,
    Need,
    Pair,
    Ref,
    Row,
    Step,
    Truth,
    Values,
    View,
    bits_of,
    position,
    state,
    state_of,
    truth,
)


class Logic(Step):
    """A truth made of other truths."""

    @abstractmethod
    def pair(self, of: Callable[[Ref], Pair]) -> Pair:
        """Combine the inputs, which ``of`` returns."""

    def batch(self, values: Values, block: Block) -> Truth:
        return self.pair(partial(truth, values))

    def single(self, values: Values, row: Row) -> bool | None:
        return state_of(self.pair(lambda ref: bits_of(state(values, ref))))

    def asks(self, view: View, need: Need) -> Asks:
        for name in self.READS:
            refs = getattr(self, name)
            for ref in refs if isinstance(refs, tuple) else (refs,):
                yield position(ref), need & view.unknown(ref)


@dataclass(frozen=True, slots=True)
class And(Logic):
    """Met if all are, not met if one is not."""

    refs: tuple[Ref, ...]
    READS = ("refs",)

    def pair(self, of: Callable[[Ref], Pair]) -> Pair:
        met, not_met = zip(*map(of, self.refs), strict=True)
        return reduce(and_, met), reduce(or_, not_met)

    def single(self, values: Values, row: Row) -> bool | None:
        """Stop at the first that is not met: most conjunctions fail early."""
        result: bool | None = True
        for ref in self.refs:
            holds = values[ref]  # the values of one enterprise are also kept by references
            if holds is False:
                return False
            if holds is None:
                result = None
        return result


@dataclass(frozen=True, slots=True)
class Count(Logic):
    """Met if at least ``least`` are."""

    refs: tuple[Ref, ...]
    least: int
    READS = ("refs",)

    def pair(self, of: Callable[[Ref], Pair]) -> Pair:
        met, not_met = zip(*map(of, self.refs), strict=True)
        too_many = len(self.refs) - self.least + 1
        return at_least(self.least, met), at_least(too_many, not_met)


@dataclass(frozen=True, slots=True)
class Decided(Logic):
    """One of two truths: ``then`` where ``when`` holds, else ``otherwise``.

    While ``when`` is unknown it is known only where both agree.
    """

    when: Ref
    then: Ref
    otherwise: Ref
    READS = ("when", "then", "otherwise")

    def pair(self, of: Callable[[Ref], Pair]) -> Pair:
        holds, fails = of(self.when)
        met, not_met = (
            (holds & then) | (fails & otherwise) | (then & otherwise)
            for then, otherwise in zip(of(self.then), of(self.otherwise), strict=True)
        )
        return met, not_met

    def asks(self, view: View, need: Need) -> Asks:
        yield position(self.when), need & view.unknown(self.when)
        for ref, taken in ((self.then, self.when), (self.otherwise, ~self.when)):
            yield position(ref), need & view.possible(taken) & view.unknown(ref)


@dataclass(frozen=True, slots=True)
class Certain(Logic):
    """Whether a truth is known to be met. Never unknown itself."""

    ref: Ref
    READS = ("ref",)

    def pair(self, of: Callable[[Ref], Pair]) -> Pair:
        met, _ = of(self.ref)
        return met, ~met

    def asks(self, view: View, need: Need) -> Asks:
        yield from ()


@dataclass(frozen=True, slots=True)
class OneOf(Logic):
    """Whether a value is among ``members``: exactly one of ``members`` and ``others`` is the value.

    Met if there is a value (``applies``) and every other is excluded, even if it is open which
    of the members it is.
    """

    applies: Ref
    members: tuple[Ref, ...]
    others: tuple[Ref, ...]
    READS = ("applies", "members", "others")

    def pair(self, of: Callable[[Ref], Pair]) -> Pair:
        applies, _ = of(self.applies)
        met = reduce(and_, (of(ref)[1] for ref in self.others), applies)
        return met, reduce(and_, (of(ref)[1] for ref in self.members))


def at_least(least: int, members: Sequence[Bits]) -> Bits:
    """Return where at least ``least`` (from 1) of the members are set."""
    first, *others = members
    reached = [first]
    for member in others:
        raised = [member, *(so_far & member for so_far in reached)]
        reached = [*map(or_, reached, raised), raised[-1]][:least]
    return reached[least - 1]


def all_but_one(pairs: Iterable[Pair]) -> Bits:
    """Return where exactly one truth is not met and all others are met."""
    (met, near), *others = pairs
    for holds, fails in others:
        near = (near & holds) | (met & fails)
        met = met & holds
    return near
