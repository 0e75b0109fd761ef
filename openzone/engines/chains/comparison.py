"""Two readings of a chain beside each other: two days, two places, our zone and another one.

The two may be read by two versions of the chain, so that a node can be in one of them only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from openzone.engines.chains.loops import Loop
from openzone.engines.chains.report import Report
from openzone.engines.chains.standing import Standing

T = TypeVar("T")
STRONG = "strong"
"""The state of a node that is there and is no gap; the others are the values of ``GapKind``."""


class Moved(NamedTuple):
    """A firm that is in both readings, at other nodes."""

    firm: str
    away: tuple[str, ...]
    to: tuple[str, ...]


class Turned(NamedTuple):
    """A node whose state differs; ``None`` where a version has no such node."""

    node: str
    first: str | None
    second: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the second reading has and the first has not, and the other way round."""

    first: Report
    second: Report
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    came: tuple[str, ...]
    went: tuple[str, ...]
    moved: tuple[Moved, ...]
    turned: tuple[Turned, ...]
    made: tuple[str, ...]
    unmade: tuple[str, ...]
    closed: tuple[Loop, ...]
    reopened: tuple[Loop, ...]


def compare(first: Report, second: Report) -> Comparison:
    """Lay the second reading beside the first."""
    one, other = first.standing, second.standing
    return Comparison(
        first,
        second,
        gained=_beyond(tuple(other.firms), tuple(one.firms)),
        lost=_beyond(tuple(one.firms), tuple(other.firms)),
        came=_beyond(other.names, one.names),
        went=_beyond(one.names, other.names),
        moved=_moved(one, other),
        turned=_turned(first, second),
        made=_beyond(second.local.made, first.local.made),
        unmade=_beyond(first.local.made, second.local.made),
        closed=_beyond(_closed(second), _closed(first)),
        reopened=_beyond(_closed(first), _closed(second)),
    )


def states(found: Report) -> Mapping[str, str]:
    """Return the state of every node of a chain: a kind of gap, or ``STRONG``."""
    kinds = {gap.node: gap.kind.value for gap in found.gaps}
    return {node: kinds.get(node, STRONG) for node in found.standing.chain.ids}


def _beyond(some: tuple[T, ...], others: tuple[T, ...]) -> tuple[T, ...]:
    known = set(others)
    return tuple(one for one in some if one not in known)


def _at(standing: Standing) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in standing.placements:
        found.setdefault(one.firm, set()).add(one.node)
    return found


def _moved(one: Standing, other: Standing) -> tuple[Moved, ...]:
    before, after = _at(one), _at(other)
    return tuple(
        Moved(firm, tuple(sorted(before[firm] - nodes)), tuple(sorted(nodes - before[firm])))
        for firm, nodes in after.items()
        if firm in before and nodes != before[firm]
    )


def _turned(first: Report, second: Report) -> tuple[Turned, ...]:
    before, after = states(first), states(second)
    found = (Turned(node, before.get(node), after.get(node)) for node in {**before, **after})
    return tuple(one for one in found if one.first != one.second)


def _closed(found: Report) -> tuple[Loop, ...]:
    return tuple(loop for loop in found.loops if loop.closed)
