"""What limits the most that can be paid, and the answer, apart from the solver, which loads slowly.

What can be taken is numbered from 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

Choice = Mapping[int, int]
"""What is taken, and how many fen are paid for each: none where a cap leaves nothing."""


@dataclass(frozen=True, slots=True)
class OnePaid:
    """At most one of ``members`` is paid.

    With ``highest`` nobody chooses: a member is paid only if every member of a higher amount
    gives way to something else that is taken and of which it shares being the only one paid.
    """

    members: tuple[int, ...]
    highest: bool = False


@dataclass(frozen=True, slots=True)
class Cap:
    """``members`` together are paid at most ``room`` fen."""

    members: tuple[int, ...]
    room: int


@dataclass(frozen=True)
class Problem:
    """Amounts in fen, each 1 or more, and what limits them."""

    amounts: tuple[int, ...]
    ones: tuple[OnePaid, ...] = ()
    caps: tuple[Cap, ...] = ()

    @cached_property
    def free(self) -> tuple[int, ...]:
        """What nothing limits."""
        limited = [one.members for one in self.ones] + [cap.members for cap in self.caps]
        tied = {member for members in limited for member in members}
        return tuple(item for item in range(len(self.amounts)) if item not in tied)

    def rivals(self, item: int) -> set[int]:
        """Return what shares with ``item`` that only one is paid."""
        shared = (one.members for one in self.ones if item in one.members)
        return {member for members in shared for member in members} - {item}


@dataclass(frozen=True)
class Solution:
    """The highest total and the choices that reach it.

    A choice is listed if nothing can be left out of it without losing money. ``more`` says that
    there are others besides, or that this could not be ruled out; ``proven`` that no total is
    higher.
    """

    total: int
    choices: tuple[Choice, ...]
    more: bool
    proven: bool
