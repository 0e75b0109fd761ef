"""Directed graphs in compressed rows: as fast for a million nodes as clear for twenty."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """The neighbours of node ``n`` are ``ends[starts[n]:starts[n + 1]]``."""

    starts: Ints
    ends: Ints

    @classmethod
    def of(cls, size: int, keys: Ints, ends: Ints) -> Self:
        """Put the edges of each node side by side, in the order they came in."""
        starts = np.zeros(size + 1, dtype=np.int64)
        np.cumsum(np.bincount(keys, minlength=size), out=starts[1:])
        return cls(starts, ends[np.argsort(keys, kind="stable")])

    def of_node(self, node: int) -> Ints:
        """Return the neighbours of one node."""
        return self.ends[self.starts[node] : self.starts[node + 1]]

    def of_nodes(self, nodes: Ints) -> Ints:
        """Return the neighbours of several nodes, one after the other."""
        first, length = self.starts[nodes], self.starts[nodes + 1] - self.starts[nodes]
        skipped = np.repeat(first - np.concatenate(([0], np.cumsum(length)[:-1])), length)
        found: Ints = self.ends[skipped + np.arange(len(skipped))]
        return found


@dataclass(frozen=True)
class Digraph:
    """Nodes ``0 … size - 1`` and edges ``source[i] → target[i]``."""

    size: int
    source: Ints
    target: Ints

    @classmethod
    def of(cls, size: int, pairs: Iterable[tuple[int, int]]) -> Self:
        """Build from pairs."""
        found = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
        return cls(size, np.ascontiguousarray(found[:, 0]), np.ascontiguousarray(found[:, 1]))

    @cached_property
    def after(self) -> Rows:
        """What each node goes into."""
        return Rows.of(self.size, self.source, self.target)

    @cached_property
    def before(self) -> Rows:
        """What goes into each node."""
        return Rows.of(self.size, self.target, self.source)

    @cached_property
    def around(self) -> Rows:
        """The neighbours of each node, whichever way the edge points."""
        keys = np.concatenate((self.source, self.target))
        return Rows.of(self.size, keys, np.concatenate((self.target, self.source)))

    def within(self, kept: Flags) -> "Digraph":
        """Return the same nodes with the edges between those that are kept."""
        inside = kept[self.source] & kept[self.target]
        return Digraph(self.size, self.source[inside], self.target[inside])

    def upstream(self, starts: Ints) -> Flags:
        """Tell which nodes lead to ``starts``, themselves included."""
        return closure(self.before, starts, self.size)

    def downstream(self, starts: Ints) -> Flags:
        """Tell which nodes ``starts`` lead to, themselves included."""
        return closure(self.after, starts, self.size)


def closure(rows: Rows, starts: Ints, size: int) -> Flags:
    """Return what can be reached, a whole layer at a time."""
    seen = np.zeros(size, dtype=np.bool_)
    layer = np.unique(starts)
    seen[layer] = True
    while len(layer):
        reached = np.zeros(size, dtype=np.bool_) if len(layer) * 8 > size else None
        ends = rows.of_nodes(layer)
        new = ends[~seen[ends]]
        seen[new] = True
        layer = _distinct(new, reached)
    return seen


def _distinct(nodes: Ints, marks: Flags | None) -> Ints:
    """Return each node once: by marking where they are many, by sorting where they are few."""
    if marks is None:
        return np.unique(nodes)
    marks[nodes] = True
    return np.flatnonzero(marks)


def components(graph: Digraph) -> list[list[int]]:
    """Return the strongly connected components, a component after all it leads to (Tarjan)."""
    walk = _Walk(graph.size)
    for root in range(graph.size):
        if walk.order[root] < 0:
            walk.strong(graph.after, root)
    return walk.found


def articulation(graph: Digraph) -> list[int]:
    """Return the nodes without which the chain falls apart, direction aside (Hopcroft, Tarjan)."""
    walk = _Walk(graph.size)
    for root in range(graph.size):
        if walk.order[root] < 0:
            walk.cut(graph.around, root)
    return sorted(walk.cuts)


class _Walk:
    """A depth-first walk with its own stack: a chain may be deeper than Python's."""

    def __init__(self, size: int) -> None:
        self.order = [-1] * size
        self.low = [0] * size
        self.time = 0
        self.found: list[list[int]] = []
        self.cuts: set[int] = set()

    def _enter(self, node: int) -> None:
        self.order[node] = self.low[node] = self.time
        self.time += 1

    def strong(self, rows: Rows, root: int) -> None:
        """Collect the components that ``root`` leads to and no walk has seen."""
        open_: list[int] = []
        is_open = set[int]()
        stack: list[tuple[int, Iterator[int]]] = []

        def enter(node: int) -> None:
            self._enter(node)
            open_.append(node)
            is_open.add(node)
            stack.append((node, iter(rows.of_node(node).tolist())))

        enter(root)
        while stack:
            node, ends = stack[-1]
            for end in ends:
                if self.order[end] < 0:
                    enter(end)
                    break
                if end in is_open:
                    self.low[node] = min(self.low[node], self.order[end])
            else:
                stack.pop()
                if stack:
                    parent = stack[-1][0]
                    self.low[parent] = min(self.low[parent], self.low[node])
                if self.low[node] == self.order[node]:
                    self.found.append(_taken(open_, node))
                    is_open.difference_update(self.found[-1])

    def cut(self, rows: Rows, root: int) -> None:
        """Collect the cut nodes of the part of the graph that holds ``root``."""
        self._enter(root)
        stack = [(root, -1, iter(rows.of_node(root).tolist()))]
        branches = 0
        while stack:
            node, parent, ends = stack[-1]
            for end in ends:
                if end == parent:
                    continue
                if self.order[end] < 0:
                    self._enter(end)
                    branches += node == root
                    stack.append((end, node, iter(rows.of_node(end).tolist())))
                    break
                self.low[node] = min(self.low[node], self.order[end])
            else:
                stack.pop()
                if parent >= 0:
                    self.low[parent] = min(self.low[parent], self.low[node])
                    if parent != root and self.low[node] >= self.order[parent]:
                        self.cuts.add(parent)
        if branches > 1:
            self.cuts.add(root)


def _taken(stack: list[int], node: int) -> list[int]:
    """Take everything above ``node`` off the stack, and ``node`` itself."""
    taken = [stack.pop()]
    while taken[-1] != node:
        taken.append(stack.pop())
    return sorted(taken)
