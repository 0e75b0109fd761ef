"""The same graph in lists, by the plainest ways known: what the fast one is checked against.

Strong components by two walks (Kosaraju, Sharir), cut nodes by ears (Schmidt 2013).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Self

import numpy as np

from openzone.engines.chains.graphs import Flags, Ints

Lists = Sequence[Sequence[int]]


class PlainGraph:
    """See ``graphs.Graph``."""

    def __init__(self, size: int, pairs: Iterable[tuple[int, int]]) -> None:
        self._after: list[list[int]] = [[] for _ in range(size)]
        self._before: list[list[int]] = [[] for _ in range(size)]
        for source, target in pairs:
            self._after[source].append(target)
            self._before[target].append(source)

    @classmethod
    def of(cls, size: int, pairs: Iterable[tuple[int, int]]) -> Self:
        """Build from pairs."""
        return cls(size, pairs)

    @property
    def size(self) -> int:
        """How many nodes."""
        return len(self._after)

    @property
    def edges(self) -> int:
        """How many edges."""
        return sum(map(len, self._after))

    def successors(self, node: int) -> list[int]:
        """Return what a node goes into."""
        return list(self._after[node])

    def predecessors(self, node: int) -> list[int]:
        """Return what goes into a node."""
        return list(self._before[node])

    def downstream(self, starts: Ints, hops: int | None = None) -> Flags:
        """Tell which nodes ``starts`` lead to, themselves included."""
        return _reached(self._after, starts, hops)

    def upstream(self, starts: Ints, hops: int | None = None) -> Flags:
        """Tell which nodes lead to ``starts``, themselves included."""
        return _reached(self._before, starts, hops)

    def components(self) -> list[list[int]]:
        """Return the strongly connected components, a component after all it leads to."""
        left = list(_finished(self._before))
        found, seen = [], set[int]()
        for root in reversed(left):
            if root not in seen:
                found.append(sorted(_walk(self._after, root, seen)))
        return found

    def articulation(self) -> list[int]:
        """Return the nodes without which the graph falls apart."""
        return sorted(_cuts(self._around))

    def beside(self, marked: Flags) -> tuple[Ints, Ints]:
        """Count the marked nodes before and after each node."""
        return _counted(self._before, marked), _counted(self._after, marked)

    @cached_property
    def _around(self) -> list[list[int]]:
        """Each neighbour once, whichever way the edge points."""
        both = zip(self._after, self._before, strict=True)
        return [sorted({*after, *before} - {node}) for node, (after, before) in enumerate(both)]


def _reached(lists: Lists, starts: Ints, hops: int | None) -> Flags:
    seen = {int(one) for one in starts}
    layer = set(seen)
    while layer and hops != 0:
        layer = {end for node in layer for end in lists[node]} - seen
        seen |= layer
        hops = None if hops is None else hops - 1
    found = np.zeros(len(lists), dtype=np.bool_)
    found[list(seen)] = True
    return found


def _counted(lists: Lists, marked: Flags) -> Ints:
    return np.array([sum(bool(marked[end]) for end in ends) for ends in lists], dtype=np.int64)


def _walk(lists: Lists, root: int, seen: set[int]) -> Iterator[int]:
    """Yield what is reached and was not seen before."""
    waiting = [root]
    seen.add(root)
    while waiting:
        node = waiting.pop()
        yield node
        for end in lists[node]:
            if end not in seen:
                seen.add(end)
                waiting.append(end)


def _finished(lists: Lists) -> Iterator[int]:
    """Yield each node after all that it leads to and was not seen before it."""
    seen = set[int]()
    for root in range(len(lists)):
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(lists[root]))]
        while stack:
            _, ends = stack[-1]
            end = next((one for one in ends if one not in seen), None)
            if end is None:
                yield stack.pop()[0]
            else:
                seen.add(end)
                stack.append((end, iter(lists[end])))


def _cuts(around: Lists) -> set[int]:
    """Return the cut nodes, part by part."""
    found, seen = set[int](), set[int]()
    for root in range(len(around)):
        if root not in seen:
            parents = _tree(around, root)
            seen |= parents.keys()
            found.update(_cuts_of(around, parents))
    return found


def _tree(around: Lists, root: int) -> dict[int, int]:
    """Return the parent of each node in a depth-first tree, in the order of the walk."""
    parents = {root: root}
    stack = [(root, iter(around[root]))]
    while stack:
        node, ends = stack[-1]
        end = next((one for one in ends if one not in parents), None)
        if end is None:
            stack.pop()
        else:
            parents[end] = node
            stack.append((end, iter(around[end])))
    return parents


def _cuts_of(around: Lists, parents: Mapping[int, int]) -> Iterator[int]:
    """Yield where a later ear closes on itself, and where an edge on no ear ends beside others."""
    on_ear = set[tuple[int, int]]()
    for number, ear in enumerate(_ears(around, parents)):
        on_ear |= {(min(pair), max(pair)) for pair in pairwise(ear)}
        if number and ear[0] == ear[-1]:
            yield ear[0]
    for node in parents:
        ends = around[node]
        if len(ends) > 1 and any((min(node, end), max(node, end)) not in on_ear for end in ends):
            yield node


def _ears(around: Lists, parents: Mapping[int, int]) -> Iterator[list[int]]:
    """Follow each edge outside the tree, and then the tree up to a node followed before."""
    place = {node: number for number, node in enumerate(parents)}
    followed = set[int]()
    for node in parents:
        for end in around[node]:
            if place[end] < place[node] or parents[end] == node:
                continue
            ear = [node, end]
            followed.add(node)
            while ear[-1] not in followed:
                followed.add(ear[-1])
                ear.append(parents[ear[-1]])
            yield ear
