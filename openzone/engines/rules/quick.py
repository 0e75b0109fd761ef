"""The states of all rules for one enterprise, in microseconds.

What a conjunction makes of one fact is two bits: that it fails by it, and that it is open by it.
What a value does to all conjunctions at once is one integer of such bits, found when a value of
its range (the ranges of ``ranks``) is first met, and kept. An enterprise is then one lookup and
one ``|`` per fact; only what no single fact decides is looked at one by one.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple

from openzone.engines.rules.atoms import CodedFact, NumberKnown, Within
from openzone.engines.rules.compiled import Plan, RowValues
from openzone.engines.rules.nodes import And
from openzone.engines.rules.numbers import FactNumber
from openzone.engines.rules.steps import Ref, Row, Step, opposite, position, state

State = bool | None
MOST_KEPT = 4096
"""How many ranges or words of a fact are kept; past that they are found anew."""


class Quick:
    """The conjunctions of a plan: first the rules, then what is inside them.

    Bit ``n`` says that conjunction ``n`` fails, bit ``n + count`` that it is not certain.
    """

    def __init__(self, plan: Plan) -> None:
        self.steps = plan.program.steps
        self.roots = [rule.root for rule in plan.rules]
        self.rules = (1 << len(self.roots)) - 1
        order = plan.program.schedule(frozenset(map(position, self.roots))).order
        inner = [at for at in order if isinstance(self.steps[at], And)]
        self.inner = {at: number for number, at in enumerate(inner, start=len(self.roots))}
        conjunctions = [self._refs(root) for root in [*self.roots, *inner]]
        self.count = len(conjunctions)
        self.sources = _sources(self.steps, conjunctions)
        self.numbers = [(at, s.fact) for at in order if isinstance(s := self.steps[at], FactNumber)]
        self.others = [
            tuple(ref for ref in refs if _key(self.steps[position(ref)]) is None)
            for refs in conjunctions
        ]

    def _refs(self, ref: Ref) -> tuple[Ref, ...]:
        """Return what must hold for a reference to hold: itself, unless it is a conjunction."""
        step = self.steps[position(ref)]
        return step.refs if isinstance(step, And) and ref >= 0 else (ref,)

    def states(self, row: Row) -> list[State]:
        """Return the states of the rules, in the order of the plan."""
        values = self._numbers_of(row)
        bits = 0
        for source in self.sources:
            bits |= source.found(values, row).bits
        found: list[State] = [False] * len(self.roots)
        undecided = ~bits & self.rules
        while undecided:
            number = (undecided & -undecided).bit_length() - 1
            undecided &= undecided - 1
            found[number] = self._conjunction(number, bits, values)
        return found

    def values(self, row: Row) -> RowValues:
        """Return the steps of an enterprise, with the answers of single facts filled in."""
        values = self._numbers_of(row)
        for source in self.sources:
            values.update(source.found(values, row).answers)
        return values

    def _numbers_of(self, row: Row) -> RowValues:
        values = RowValues(self.steps, row)
        for at, fact in self.numbers:
            values[at] = row.number(fact)
        return values

    def _conjunction(self, number: int, bits: int, values: RowValues) -> State:
        if bits >> number & 1:
            return False
        result: State = None if bits >> number + self.count & 1 else True
        for ref in self.others[number]:
            holds = self._state(ref, bits, values)
            if holds is False:
                return False
            if holds is None:
                result = None
        return result

    def _state(self, ref: Ref, bits: int, values: RowValues) -> State:
        inner = self.inner.get(position(ref))
        if inner is None:
            return state(values, ref)
        holds = self._conjunction(inner, bits, values)
        return holds if ref >= 0 else opposite(holds)


class _Found(NamedTuple):
    """What a value does to all conjunctions, and the answers of its tests by their steps."""

    bits: int
    answers: dict[int, State]


class _Source:
    """A number or a coded fact, its tests, and the conjunctions that they are part of."""

    def __init__(self, key: int | str, steps: Sequence[Step], count: int) -> None:
        self.key: Any = key
        self.named = isinstance(key, str)
        self.steps = steps
        self.count = count
        self.uses: list[tuple[Ref, int]] = []
        self.cuts: list[float] = []
        self.kept: dict[Any, _Found] = {}

    def used(self, ref: Ref, number: int) -> None:
        """Note that a test is part of a conjunction."""
        self.uses.append((ref, number))
        step = self.steps[position(ref)]
        if isinstance(step, Within):
            self.cuts = sorted({*self.cuts, step.low, step.end})

    def found(self, values: RowValues, row: Row) -> _Found:
        """Return what the value of an enterprise does; remembered by range or word."""
        if self.named:
            range_or_word: Any = row.word(self.key)
        else:
            number = values[self.key]
            known = number == number  # nan is not
            range_or_word = bisect_right(self.cuts, number) if known else None
        return self.kept.get(range_or_word) or self._found(range_or_word, values, row)

    def _found(self, range_or_word: Any, values: RowValues, row: Row) -> _Found:
        bits = 0
        for ref, number in self.uses:
            holds = state(values, ref)
            bits |= (holds is False) << number | (holds is not True) << number + self.count
        tests = {position(ref) for ref, _ in self.uses}
        found = _Found(bits, {at: values[at] for at in tests})
        if len(self.kept) < MOST_KEPT:
            self.kept[range_or_word] = found
        return found


def _sources(steps: Sequence[Step], conjunctions: Sequence[tuple[Ref, ...]]) -> list[_Source]:
    found: dict[int | str, _Source] = {}
    for number, refs in enumerate(conjunctions):
        for ref in refs:
            key = _key(steps[position(ref)])
            if key is not None:
                if key not in found:
                    found[key] = _Source(key, steps, len(conjunctions))
                found[key].used(ref, number)
    return list(found.values())


def _key(step: Step) -> int | str | None:
    """Return the number or the coded fact that alone decides a test."""
    if isinstance(step, NumberKnown | Within):
        return step.number
    return step.fact if isinstance(step, CodedFact) else None
