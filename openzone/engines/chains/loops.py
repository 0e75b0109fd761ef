"""Which loops of recycling are closed, and where the others are open."""

from collections.abc import Iterator
from typing import NamedTuple

from openzone.engines.chains.model import Chain, Relation
from openzone.engines.chains.standing import Standing

MOST = 500
"""Loops listed of one chain: a pack with more ways round is read by its graph, not by a list."""


class Loop(NamedTuple):
    """A way from where recycling enters to where it leaves again; ``missing`` opens it."""

    nodes: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def closed(self) -> bool:
        """Whether every node of it is here."""
        return not self.missing


def loops(standing: Standing) -> list[Loop]:
    """Return the loops of the chain in material, the closed first, then what lacks least."""
    found = [
        Loop(way, tuple(node for node in way if node not in standing.firms))
        for way in _ways(standing.chain)
    ]
    return sorted(found, key=lambda loop: (len(loop.missing), len(loop.nodes)))


def _ways(chain: Chain) -> Iterator[tuple[str, ...]]:
    """Return each elementary circle once, from the end of its first return edge on."""
    after: dict[str, list[str]] = {node: [] for node in chain.ids}
    returns = []
    for edge in chain.edges:
        if edge.relation is Relation.RETURN:
            returns.append((edge.source, edge.target))
        elif edge.relation is Relation.INPUT:
            after[edge.source].append(edge.target)
    found = 0
    for number, (source, target) in enumerate(returns):
        # A circle over several returns is told at the first of them.
        later = set(returns[number + 1 :])
        for way in _paths(after, later, target, source):
            yield way
            found += 1
            if found == MOST:
                return


def _paths(
    after: dict[str, list[str]], returns: set[tuple[str, str]], start: str, goal: str
) -> Iterator[tuple[str, ...]]:
    """Return the simple paths from ``start`` to ``goal``."""
    leads = _leading(after, returns, goal)
    stack: list[tuple[str, ...]] = [(start,)] if start in leads else []
    while stack:
        path = stack.pop()
        if path[-1] == goal:
            yield path
            continue
        ends = [*after[path[-1]], *(end for source, end in returns if source == path[-1])]
        stack.extend((*path, end) for end in reversed(ends) if end in leads and end not in path)


def _leading(after: dict[str, list[str]], returns: set[tuple[str, str]], goal: str) -> set[str]:
    """Return what leads to ``goal``: no path is followed that cannot arrive."""
    before: dict[str, set[str]] = {}
    pairs = [(source, end) for source, ends in after.items() for end in ends]
    for source, end in (*pairs, *returns):
        before.setdefault(end, set()).add(source)
    found, layer = {goal}, {goal}
    while layer:
        layer = {one for end in layer for one in before.get(end, ())} - found
        found |= layer
    return found
