"""What the states of a rule's clauses say, found once per pattern of states."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from openzone.engines.rules.steps import Ref, Values

MOST_KEPT = 4096


class Judged(NamedTuple):
    """The state of a rule, the clauses known not to hold, and whether one alone is at fault."""

    holds: bool | None
    failed: tuple[str, ...]
    nearly: bool


class Judge:
    """Judges one rule by its clauses; a rule without clauses by its answer."""

    def __init__(self, names: Sequence[str], refs: Sequence[Ref]) -> None:
        self._names = names
        self._states: Any = itemgetter(*refs, refs[0])  # one more, so that it is always a tuple
        self._kept: dict[tuple[bool | None, ...], Judged] = {}

    def __call__(self, values: Values) -> Judged:
        """Return what the states of one enterprise say."""
        states = self._states(values)
        return self._kept.get(states) or self._judged(states)

    def _judged(self, states: tuple[bool | None, ...]) -> Judged:
        if len(self._kept) == MOST_KEPT:
            self._kept.clear()
        own = states[:-1]
        holds = False if False in own else None if None in own else True
        failed = tuple(
            name for name, state in zip(self._names, own, strict=False) if state is False
        )
        nearly = holds is False and own.count(True) == len(own) - 1
        judged = self._kept[states] = Judged(holds, failed, nearly)
        return judged
