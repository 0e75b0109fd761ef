"""How evenly work is spread, and a proposal for what nobody has yet."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Generic, TypeVar

A = TypeVar("A", bound=Hashable)
T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Balance:
    """How many things each of ``assignees`` people or places looks after."""

    assignees: int
    total: int
    least: int
    most: int
    median: float

    @property
    def mean(self) -> float:
        """The total divided by the assignees."""
        return self.total / self.assignees

    @property
    def spread(self) -> int:
        """The most minus the least."""
        return self.most - self.least


def balance(loads: Mapping[A, int]) -> Balance | None:
    """Measure loads; ``None`` where there is nobody. Who has nothing counts with 0."""
    if not loads:
        return None
    counts = sorted(loads.values())
    return Balance(len(counts), sum(counts), counts[0], counts[-1], float(median(counts)))


@dataclass(frozen=True, slots=True)
class Proposal(Generic[T, A]):
    """Who could look after what, in the order given, and what nobody is there for."""

    pairs: tuple[tuple[T, A], ...]
    nobody: tuple[T, ...]


def propose(
    orphans: Sequence[T], candidates: Mapping[T, Sequence[A]], loads: Mapping[A, int]
) -> Proposal[T, A]:
    """Give each orphan to the least loaded of its candidates; of equals, to the first.

    Those with the fewest candidates choose first: the others have somewhere else to go.
    """
    now = dict(loads)
    chosen: dict[T, A] = {}
    for orphan in sorted(orphans, key=lambda one: len(candidates.get(one, ()))):
        offered = candidates.get(orphan, ())
        if offered:
            best = min(offered, key=lambda who: now.get(who, 0))
            chosen[orphan], now[best] = best, now.get(best, 0) + 1
    pairs = tuple((one, chosen[one]) for one in orphans if one in chosen)
    return Proposal(pairs, tuple(one for one in orphans if one not in chosen))
