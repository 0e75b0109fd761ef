"""What is unknown and why: the facts that would settle an answer."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from openzone.engines.rules.compiled import Program
from openzone.engines.rules.steps import (
    Need,
    Plane,
    Ref,
    Values,
    View,
    pack,
    position,
    state,
    truth,
)


class BlockView:
    """What is unknown in a block, as bit planes."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._invalid: dict[int, Plane] = {}

    def unknown(self, ref: Ref) -> Plane:
        """Where a truth is unknown."""
        met, not_met = truth(self._values, ref)
        return ~(met | not_met)

    def possible(self, ref: Ref) -> Plane:
        """Where a truth is met or unknown."""
        return ~truth(self._values, ref)[1]

    def invalid(self, number: int) -> Plane:
        """Where a number is unknown."""
        if number not in self._invalid:
            self._invalid[number] = pack(np.isnan(self._values[number]))
        return self._invalid[number]

    def open(self, points: int) -> Plane:
        """Where the lowest and the highest points differ."""
        lowest, highest = self._values[points]
        return pack(lowest < highest)

    def can_win(self, points: int, rivals: Sequence[int]) -> Plane:
        """Where the highest points exceed the lowest of every rival."""
        floor = np.maximum.reduce([self._values[rival][0] for rival in rivals])
        return pack(self._values[points][1] > floor)


class RowView:
    """What is unknown of one enterprise, as bools."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def unknown(self, ref: Ref) -> bool:
        """Whether a truth is unknown."""
        return state(self._values, ref) is None

    def possible(self, ref: Ref) -> bool:
        """Whether a truth is met or unknown."""
        return state(self._values, ref) is not False

    def invalid(self, number: int) -> bool:
        """Whether a number is unknown."""
        return math.isnan(self._values[number])

    def open(self, points: int) -> bool:
        """Whether the lowest and the highest points differ."""
        lowest, highest = self._values[points]
        return bool(lowest < highest)

    def can_win(self, points: int, rivals: Sequence[int]) -> bool:
        """Whether the highest points exceed the lowest of every rival."""
        floor = max(self._values[rival][0] for rival in rivals)
        return bool(self._values[points][1] > floor)


def settling_facts(
    program: Program, start: int, view: View, need: Need
) -> Iterator[tuple[str, Need]]:
    """Yield the facts that keep step ``start`` unknown, and where, given it is (``need``).

    Only facts that still matter: a member of an ``any`` is asked for while it could hold, a part
    of a score while its points are open, and so on.
    """
    needs: dict[int, Any] = {start: need}
    for index in reversed(program.schedule(frozenset((start,))).order):
        wanted = needs.pop(index, None)
        if wanted is None or not _anywhere(wanted):
            continue
        step = program.steps[index]
        if step.settles is not None:
            yield step.settles, wanted
        for source, asked in step.asks(view, wanted):
            needs[source] = needs[source] | asked if source in needs else asked


def _anywhere(need: Need) -> bool:
    return need if isinstance(need, bool) else bool(np.any(need))


def missing_of(program: Program, ref: Ref, values: Values) -> tuple[str, ...]:
    """Return the facts that keep a truth of one enterprise unknown, in alphabetical order."""
    view = RowView(values)
    if not view.unknown(ref):
        return ()
    return _names(program, position(ref), view)


def number_missing(program: Program, number: int, values: Values) -> tuple[str, ...]:
    """Return the facts that keep a number of one enterprise unknown, in alphabetical order."""
    view = RowView(values)
    return _names(program, number, view) if view.invalid(number) else ()


def _names(program: Program, start: int, view: RowView) -> tuple[str, ...]:
    return tuple(sorted({name for name, _ in settling_facts(program, start, view, True)}))
