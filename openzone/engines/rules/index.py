"""Planes of leaves that stay: answers to every plan that asks the same tests again.

An index belongs to some enterprises at some moment. What depends on their facts alone, one bit
per enterprise and test, is computed once; an answer is then logic over bits. A plan that differs
in one clause brings one new test. The leaves of all plans live in one program of the index, in
which equal steps are one step whichever plan they came from.
"""

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import numpy as np

from openzone.engines.rules.batch import BatchResult, empty_planes, leaf_blocks, result_of
from openzone.engines.rules.circuit import LeafKey
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import Plan, Program
from openzone.engines.rules.kernel import WORD, Kernel, Places, fastest
from openzone.engines.rules.lowered import lower


class Index:
    """The planes of tests over ``columns``, one bit per enterprise."""

    def __init__(self, columns: Columns, kernel: Kernel | None = None) -> None:
        self.columns = columns
        self._kernel = kernel or fastest()
        self._program = Program()
        self._moved: WeakKeyDictionary[Program, dict[int, int]] = WeakKeyDictionary()
        self._places: dict[LeafKey, int] = {}
        self._planes = empty_planes(0, len(columns))

    @property
    def tests(self) -> int:
        """How many planes it keeps."""
        return len(self._places)

    @property
    def nbytes(self) -> int:
        """How much memory they take."""
        return self._planes[: self.tests].nbytes

    def evaluate(self, plan: Plan, *, near: bool = True) -> BatchResult:
        """Evaluate every rule for every enterprise; tests are computed once, when first asked.

        For some rules alone, give ``plan.only(rules)``.
        """
        code = lower(plan, near)
        places = self._places_of(plan.program, code.leaves)
        out = empty_planes(code.outputs, len(self.columns))
        self._kernel.run(code, self._planes, places, out)
        return result_of(plan, self.columns, near, out)

    def _places_of(self, program: Program, leaves: Sequence[LeafKey]) -> Places:
        moved = self._moved.setdefault(program, {})
        own = [(self._program.adopt(step, program, moved), plane) for step, plane in leaves]
        unseen = [key for key in own if key not in self._places]
        if unseen:
            self._add(unseen)
        return np.array([self._places[key] for key in own], np.intp)

    def _add(self, unseen: Sequence[LeafKey]) -> None:
        """Compute new planes from the columns."""
        first = self.tests
        self._reserve(first + len(unseen))
        for start, planes in leaf_blocks(self._program, unseen, self.columns):
            word = start // WORD
            added = self._planes[first : first + len(unseen), word : word + planes.shape[1]]
            added[:] = planes
        self._places |= {key: place for place, key in enumerate(unseen, start=first)}

    def _reserve(self, count: int) -> None:
        """Make room, and some more than is asked for, so that few additions copy all."""
        if count > len(self._planes):
            larger = empty_planes(count + count // 4 + 8, len(self.columns))
            larger[: self.tests] = self._planes[: self.tests]
            self._planes = larger
