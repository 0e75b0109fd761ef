"""The states of all rules for one enterprise, in microseconds.

What a conjunction makes of one fact is two bits: that it fails by it, and that it is open by it.
What a value does to all conjunctions at once is one integer of such bits, found when a value of
its range (the ranges of ``ranks``) is first met, and kept. An enterprise is then one lookup and
one ``|`` per fact; only what no single fact decides is looked at one by one.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from openzone.engines.rules.atoms import CodedFact, NumberKnown, Within
from openzone.engines.rules.compiled import Plan, RowValues
from openzone.engines.rules.nodes import And
from openzone.engines.rules.numbers import FactNumber
from openzone.engines.rules.steps import Ref, Row, Step, position, state

State = bool | None
MOST_KEPT = 4096
"""How many ranges or words of a fact are kept before all are forgotten."""


class ReadRow(Row, Protocol):
    """The facts of one enterprise: numbers and days as floats, None or nothing where unknown."""

    read: Mapping[str, Any]


class Quick:
    """The conjunctions of a plan: first the rules, then what is inside them.

    Bit ``n`` says that conjunction ``n`` fails, bit ``n + count`` that it is not certain.
    """

    def __init__(self, plan: Plan) -> None:
        self._steps = plan.program.steps
        self._roots = [rule.root for rule in plan.rules]
        order = plan.program.schedule(frozenset(map(position, self._roots))).order
        inner = [at for at in order if isinstance(self._steps[at], And)]
        numbers = {at: number for number, at in enumerate(inner, start=len(self._roots))}
        conjunctions = [self._refs(root) for root in [*self._roots, *inner]]
        self._count = len(conjunctions)
        self._sources = _sources(self._steps, conjunctions)
        self._words = [(s.fact, s.bits) for s in self._sources if s.at is None]
        sized = [s for s in self._sources if s.at is not None]
        self._plain = [(s.fact, s.cuts, s.bits) for s in sized if s.fact]
        self._computed = [(s.at or 0, s.cuts, s.bits) for s in sized if not s.fact]
        self._others = [
            [(ref, numbers.get(position(ref))) for ref in refs if not self._is_test(ref)]
            for refs in conjunctions
        ]

    def _is_test(self, ref: Ref) -> bool:
        return _key(self._steps[position(ref)]) is not None

    def _refs(self, ref: Ref) -> tuple[Ref, ...]:
        """Return what must hold for a reference to hold: itself, unless it is a conjunction."""
        step = self._steps[position(ref)]
        return step.refs if isinstance(step, And) and ref >= 0 else (ref,)

    def states(self, row: ReadRow) -> list[State]:
        """Return the states of the rules, in the order of the plan."""
        values = RowValues(self._steps, row)
        bits = self._bits(values, row)
        digits = f"{bits:0{2 * self._count}b}"[::-1]
        found: list[State] = [False] * len(self._roots)
        undecided = ~bits & ((1 << len(self._roots)) - 1)
        while undecided:
            number = undecided.bit_length() - 1
            undecided ^= 1 << number
            found[number] = self._conjunction(number, digits, values)
        return found

    def values(self, row: ReadRow) -> RowValues:
        """Return the steps of an enterprise, with the answers of single facts filled in."""
        values = RowValues(self._steps, row)
        for source in self._sources:
            values.update(source.answers_of(values, row))
        return values

    def _bits(self, values: RowValues, row: ReadRow) -> int:
        try:
            return self._known_bits(values, row)
        except KeyError:  # a range or word that was not met before
            for source in self._sources:
                source.answers_of(values, row)
            return self._known_bits(values, row)

    def _known_bits(self, values: RowValues, row: ReadRow) -> int:
        read, bits = row.read.get, 0
        for fact, kept in self._words:
            bits |= kept[read(fact)]
        for fact, cuts, kept in self._plain:
            number = read(fact)
            bits |= kept[None if number is None else bisect_right(cuts, number)]
        for at, cuts, kept in self._computed:
            number = values[at]
            bits |= kept[bisect_right(cuts, number) if number == number else None]  # not if nan
        return bits

    def _conjunction(self, number: int, digits: str, values: RowValues) -> State:
        if digits[number] == "1":
            return False
        result: State = None if digits[number + self._count] == "1" else True
        for ref, inner in self._others[number]:
            if inner is None:
                holds = state(values, ref)
            else:
                holds = self._conjunction(inner, digits, values)
                holds = not holds if ref < 0 and holds is not None else holds
            if holds is False:
                return False
            if holds is None:
                result = None
        return result


class _Source:
    """A number (``at`` its step) or a coded fact, its tests, and what they are part of."""

    def __init__(self, key: int | str, steps: Sequence[Step], count: int) -> None:
        step = steps[key] if isinstance(key, int) else None
        self.at = key if isinstance(key, int) else None
        self.fact = str(key) if step is None else step.fact if isinstance(step, FactNumber) else ""
        self.cuts: list[float] = []
        self.bits: dict[Any, int] = {}
        self._answers: dict[Any, dict[int, State]] = {}
        self._steps = steps
        self._count = count
        self._uses: list[tuple[Ref, int]] = []

    def used(self, ref: Ref, number: int) -> None:
        """Note that a test is part of a conjunction."""
        self._uses.append((ref, number))
        step = self._steps[position(ref)]
        if isinstance(step, Within):
            self.cuts[:] = sorted({*self.cuts, step.low, step.end})

    def answers_of(self, values: RowValues, row: Row) -> dict[int, State]:
        """Return what its tests say of an enterprise; remembered by range or word."""
        if self.at is None:
            range_or_word: Any = row.word(self.fact)
        else:
            number = values[self.at]
            range_or_word = bisect_right(self.cuts, number) if number == number else None
        known = self._answers.get(range_or_word)
        return self._learned(range_or_word, values) if known is None else known

    def _learned(self, range_or_word: Any, values: RowValues) -> dict[int, State]:
        if len(self.bits) >= MOST_KEPT:
            self.bits.clear()
            self._answers.clear()
        bits = 0
        for ref, number in self._uses:
            holds = state(values, ref)
            bits |= (holds is False) << number | (holds is not True) << number + self._count
        self.bits[range_or_word] = bits
        answers = {ref: state(values, ref) for ref, _ in self._uses}
        self._answers[range_or_word] = answers
        return answers


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
