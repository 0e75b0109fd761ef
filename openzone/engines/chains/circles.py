"""The ways round in a chain: along inputs, and back along returns (recycling)."""

from collections.abc import Iterable, Iterator, Sequence

MOST = 500
"""Circles listed of one chain: a pack with more ways round is read by its graph, not by a list."""
Pair = tuple[str, str]


def circles(
    nodes: Iterable[str], inputs: Iterable[Pair], returns: Sequence[Pair]
) -> Iterator[tuple[str, ...]]:
    """Return each elementary circle once, from the end of its first return edge on."""
    after: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in inputs:
        after[source].append(target)
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
