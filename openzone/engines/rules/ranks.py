"""Facts reduced to what a plan asks of them: one small integer per enterprise and source.

A source is a number of the program (a fact, a ratio) or a coded fact. Where its tests begin and
end cuts it into ranges; the code of a value is the number of its range, 0 where it is unknown.
Every test is then whether a code lies between two others, on one or two bytes instead of eight.
"""

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from openzone.engines.rules.atoms import CodedFact, NumberKnown, Within, not_below
from openzone.engines.rules.batch import BLOCK, BatchResult, empty_planes, leaf_blocks, result_of
from openzone.engines.rules.circuit import LeafKey
from openzone.engines.rules.coded import CodedColumn, Codes, narrowest
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.kernel import WORD, Kernel, SpanTest, SpanTests, Words, fastest
from openzone.engines.rules.lowered import lower
from openzone.engines.rules.steps import Floats

Ranges = Sequence[tuple[float, float]]
FEW = 64
"""Up to this many limits counting those that are passed is faster than searching."""


class Ranks:
    """The codes of ``columns`` for one plan, to be evaluated again and again."""

    def __init__(self, plan: Plan, columns: Columns) -> None:
        self.plan = plan
        self.columns = columns
        leaves = dict.fromkeys([*lower(plan, True).leaves, *lower(plan, False).leaves])
        self._places = {key: place for place, key in enumerate(leaves)}
        sources = _sources(plan, columns, self._places)
        self._codes = [
            (_coded(plan, columns, of_type, code_type), _tests(of_type))
            for code_type in (np.uint8, np.uint16, np.uint32)
            if (of_type := [source for source in sources if source.code_type is code_type])
        ]
        ranked = {place for source in sources for place in source.ranges}
        self._others = [key for key, place in self._places.items() if place not in ranked]
        self._planes = empty_planes(len(self._others), len(columns))
        for start, planes in leaf_blocks(plan.program, self._others, columns):
            self._planes[:, start // WORD : start // WORD + planes.shape[1]] = planes

    @property
    def nbytes(self) -> int:
        """How much memory the codes take."""
        return self._planes.nbytes + sum(codes.nbytes for codes, _ in self._codes)

    def evaluate(self, *, near: bool = True, kernel: Kernel | None = None) -> BatchResult:
        """Evaluate every rule for every enterprise."""
        kernel = kernel or fastest()
        code = lower(self.plan, near)
        places = np.array([self._places[key] for key in code.leaves], np.intp)
        out = empty_planes(code.outputs, len(self.columns))
        for first in range(0, out.shape[1], kernel.rows // WORD):
            block = slice(first, first + kernel.rows // WORD)
            kernel.run(code, self._leaves(kernel, block), places, out[:, block])
        return result_of(self.plan, self.columns, near, out)

    def _leaves(self, kernel: Kernel, words: slice) -> Words:
        """Compute the planes of some words of rows."""
        rows = slice(words.start * WORD, words.stop * WORD)
        others = self._planes[:, words]
        leaves = np.empty((len(self._places), others.shape[1]), np.uint64)
        for codes, tests in self._codes:
            kernel.test(codes[:, rows], tests, leaves)
        for key, plane in zip(self._others, others, strict=True):
            leaves[self._places[key]] = plane
        return leaves


@dataclass(frozen=True)
class _Source:
    """A number (by its step) or a coded fact (by its name), and the tests of it by leaf."""

    key: int | str
    ranges: dict[int, Ranges] = field(default_factory=dict)

    @cached_property
    def cuts(self) -> list[float]:
        """Where a range begins or ends, in rising order."""
        return sorted({at for ranges in self.ranges.values() for both in ranges for at in both})

    @property
    def code_type(self) -> type[np.unsignedinteger[Any]]:
        """The type that the codes need."""
        return narrowest(len(self.cuts) + 1)

    def code(self, value: float) -> int:
        """Return the code of a known value."""
        return 1 + bisect_right(self.cuts, value)


def _sources(plan: Plan, columns: Columns, places: Mapping[LeafKey, int]) -> list[_Source]:
    """Group the tests of numbers and of coded facts by what they test."""
    found: dict[int | str, _Source] = {}
    for (at, _), place in places.items():
        step = plan.program.steps[at]
        if isinstance(step, NumberKnown | Within):
            source = found.setdefault(step.number, _Source(step.number))
            source.ranges[place] = [(step.low, step.end)]
        elif isinstance(step, CodedFact):
            source = found.setdefault(step.fact, _Source(step.fact))
            source.ranges[place] = step.spans(columns.words(step.fact))
    return list(found.values())


def _tests(sources: Sequence[_Source]) -> SpanTests:
    """Return the tests in terms of codes; the codes of source ``n`` are row ``n``."""
    return SpanTests(
        SpanTest(place, row, [(source.code(low), source.code(end)) for low, end in ranges])
        for row, source in enumerate(sources)
        for place, ranges in source.ranges.items()
    )


def _coded(plan: Plan, columns: Columns, sources: Sequence[_Source], code_type: type[Any]) -> Codes:
    """Return the codes of every source, whole words long; what is past the last row is unknown."""
    rows = len(columns)
    codes = np.zeros((len(sources), -(-rows // WORD) * WORD), code_type)
    numbers = {row: source.key for row, source in enumerate(sources) if isinstance(source.key, int)}
    for row, source in enumerate(sources):
        if isinstance(source.key, str):
            codes[row, :rows] = _of_words(columns.words(source.key), source, code_type)
    for turn, block in enumerate(columns.blocks(BLOCK)):
        values = plan.program.batch(block, numbers.values())
        part = slice(turn * BLOCK, turn * BLOCK + block.rows)
        for row, number in numbers.items():
            codes[row, part] = _of_numbers(values[number], sources[row].cuts, code_type)
    return codes


def _of_words(column: CodedColumn, source: _Source, code_type: type[Any]) -> Codes:
    known = range(1, len(column.words) + 1)
    of_code = np.array([0, *map(source.code, known)], code_type)
    return of_code[column.codes]


def _of_numbers(numbers: Floats, cuts: list[float], code_type: type[Any]) -> Codes:
    limits = [cut for cut in cuts if math.isfinite(cut)]
    below = len(cuts) > 0 and cuts[0] == -math.inf
    if len(limits) > FEW:
        codes = np.searchsorted(limits, numbers, side="right").astype(code_type)
    else:
        codes = np.zeros(len(numbers), code_type)
        for limit in limits:
            codes += numbers >= not_below(limit, numbers)
    codes += code_type(1 + below)
    codes[np.isnan(numbers)] = 0
    return codes
