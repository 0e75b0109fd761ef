"""Where a condition can hold, fail or stay unknown, whatever the facts are.

The answer is a **box**: for some subjects a set of values, for all others anything. It holds at
least everything that is possible, so an empty box is a proof that something cannot be, and never
a false alarm. For conditions over one subject it is exact. Across subjects what hangs together is
lost where alternatives are joined, and numbers computed from the same facts are not connected.
"""

import operator
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import reduce
from itertools import combinations
from math import comb
from typing import NamedTuple

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.cells import Cell, cells_of, holds, subjects_of
from openzone.engines.rules.language import (
    All,
    Any_,
    AtLeast,
    Case,
    Cases,
    Comparison,
    Condition,
    Not,
    Otherwise,
    Veto,
)
from openzone.engines.rules.schema import Version

Box = Mapping[str, int]
"""Masks of cells by subject; a subject that is not named can be anything."""
ANYWHERE: Box = {}
_MOST_CHOICES = 64


class Reach(NamedTuple):
    """Where a condition can be met, not met and unknown; None for nowhere."""

    met: Box | None
    failed: Box | None
    unknown: Box | None

    def opposite(self) -> "Reach":
        """Return the reach of the negation."""
        return Reach(self.failed, self.met, self.unknown)

    @property
    def doubtful(self) -> Box | None:
        """Where it is not certain to be met."""
        return join(self.failed, self.unknown)


def meet(*boxes: Box | None) -> Box | None:
    """Return what lies in all boxes."""
    common: dict[str, int] = {}
    for box in boxes:
        if box is None:
            return None
        for subject, mask in box.items():
            common[subject] = common.get(subject, mask) & mask
            if not common[subject]:
                return None
    return common


def join(*boxes: Box | None) -> Box | None:
    """Return a box around all of them."""
    real = [box for box in boxes if box is not None]
    if not real:
        return None
    shared = set.intersection(*(set(box) for box in real))
    return {name: reduce(operator.or_, (box[name] for box in real)) for name in shared}


class Reasoning:
    """The reach of every condition of one version, which must not refer to itself.

    ``tests`` are all its comparisons. Of conditions in ``faulty`` (by identity) nothing is known.
    """

    def __init__(
        self,
        version: Version,
        catalogue: Catalogue,
        tests: Iterable[Comparison],
        faulty: Collection[int] = (),
    ) -> None:
        self._version = version
        self._catalogue = catalogue
        self._found = dict.fromkeys(faulty, Reach(ANYWHERE, ANYWHERE, ANYWHERE))
        self._tests: dict[str, list[Comparison]] = {}
        self._cells: dict[str, tuple[Cell, ...]] = {}
        for test in tests:
            if id(test) not in self._found:
                for subject in subjects_of(test, version):
                    self._tests.setdefault(subject, []).append(test)

    def cells(self, subject: str) -> tuple[Cell, ...]:
        """Return the values that stand for the cells of a subject."""
        if subject not in self._cells:
            tests = self._tests[subject]
            self._cells[subject] = cells_of(tests, subject, self._version, self._catalogue)
        return self._cells[subject]

    def of(self, condition: Condition) -> Reach:
        """Return the reach of a condition of the version."""
        known = self._found.get(id(condition))
        if known is None:
            known = self._found[id(condition)] = self._reach(condition)
        return known

    def _reach(self, condition: Condition) -> Reach:
        match condition:
            case All():
                return _all(self._each(condition.members))
            case Any_():
                return _any(self._each(condition.members))
            case Veto():
                return _any(self._each(condition.members)).opposite()
            case Not():
                return self.of(condition.member).opposite()
            case AtLeast():
                return _at_least(condition.at_least.n, self._each(condition.at_least.of))
            case Cases():
                return self._decided(condition.cases)
            case _:
                subjects = subjects_of(condition, self._version)
                return _all([self._compared(condition, subject) for subject in subjects])

    def _each(self, members: Iterable[Condition]) -> list[Reach]:
        return [self.of(member) for member in members]

    def _decided(self, cases: Sequence[Case | Otherwise]) -> Reach:
        """Return the reach of the first case that applies, from the last backwards."""
        decided = Reach(None, ANYWHERE, None)  # without an else, none applies
        for case in reversed(cases):
            if isinstance(case, Otherwise):
                decided = self.of(case.otherwise)
            else:
                decided = _decided(self.of(case.when), self.of(case.then), decided)
        return decided

    def _compared(self, test: Comparison, subject: str) -> Reach:
        cells = self.cells(subject)
        if not cells:
            return Reach(ANYWHERE, ANYWHERE, ANYWHERE)
        answer = holds(test, subject, self._catalogue)
        masks: dict[bool | None, int] = {True: 0, False: 0, None: 0}
        for number, cell in enumerate(cells):
            masks[answer(cell)] |= 1 << number
        boxes = {state: {subject: mask} if mask else None for state, mask in masks.items()}
        return Reach(boxes[True], boxes[False], boxes[None])


def _all(members: Sequence[Reach]) -> Reach:
    return Reach(
        meet(*(member.met for member in members)),
        join(*(member.failed for member in members)),
        join(*(member.unknown for member in members)),
    )


def _any(members: Sequence[Reach]) -> Reach:
    return _all([member.opposite() for member in members]).opposite()


def _at_least(least: int, members: Sequence[Reach]) -> Reach:
    most_failing = len(members) - least
    return Reach(
        _several(least, members, lambda member: member.met),
        _several(most_failing + 1, members, lambda member: member.failed),
        join(*(member.unknown for member in members)),
    )


def _several(
    count: int, members: Sequence[Reach], side: Callable[[Reach], Box | None]
) -> Box | None:
    """Return where at least ``count`` of the members are on one side."""
    if count <= 0:
        return ANYWHERE
    able = [box for member in members if (box := side(member)) is not None]
    if len(able) < count:
        return None
    if comb(len(able), count) > _MOST_CHOICES:
        return ANYWHERE
    return join(*(meet(*chosen) for chosen in combinations(able, count)))


def _decided(when: Reach, then: Reach, rest: Reach) -> Reach:
    return Reach(
        join(
            meet(when.met, then.met),
            meet(when.failed, rest.met),
            meet(when.unknown, then.met, rest.met),
        ),
        join(
            meet(when.met, then.failed),
            meet(when.failed, rest.failed),
            meet(when.unknown, then.failed, rest.failed),
        ),
        join(when.unknown, then.unknown, rest.unknown),
    )
