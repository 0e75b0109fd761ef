"""Neighbours of nodes side by side in one array: fast for a million nodes."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from openzone.engines.chains.graphs import Flags, Ints


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

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return len(self.starts) - 1

    def marked(self, marks: Flags) -> Ints:
        """Return how many neighbours of each node are marked."""
        sums = np.zeros(len(self.ends) + 1, dtype=np.int32)
        np.cumsum(marks[self.ends], out=sums[1:])
        return np.diff(sums[self.starts])

    def reached(self, starts: Ints, hops: int | None = None) -> Flags:
        """Return what can be reached in so many steps, a whole layer at a time."""
        seen = np.zeros(self.size, dtype=np.bool_)
        layer = np.unique(starts)
        seen[layer] = True
        while len(layer) and hops != 0:
            many = len(layer) * 8 > self.size
            ends = self.of_nodes(layer)
            new = ends[~seen[ends]]
            seen[new] = True
            layer = _marked(new, self.size) if many else np.unique(new)
            hops = None if hops is None else hops - 1
        return seen


def _marked(nodes: Ints, size: int) -> Ints:
    """Return each node once, by marking: quicker than sorting where they are many."""
    marks = np.zeros(size, dtype=np.bool_)
    marks[nodes] = True
    return np.flatnonzero(marks)
