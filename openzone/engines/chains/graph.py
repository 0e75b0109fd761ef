"""A directed graph in arrays: as fast for a million nodes as clear for twenty."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from openzone.engines.chains.graphs import Flags, Ints
from openzone.engines.chains.rows import Rows
from openzone.engines.chains.walking import cut_nodes, strong_components


@dataclass(frozen=True)
class Digraph:
    """Nodes ``0 … size - 1`` and edges ``source[i] → target[i]``; see ``graphs.Graph``."""

    size: int
    source: Ints
    target: Ints

    @classmethod
    def of(cls, size: int, pairs: Iterable[tuple[int, int]]) -> Self:
        """Build from pairs."""
        found = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
        return cls(size, np.ascontiguousarray(found[:, 0]), np.ascontiguousarray(found[:, 1]))

    @property
    def edges(self) -> int:
        """How many edges."""
        return len(self.source)

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

    def successors(self, node: int) -> list[int]:
        """Return what a node goes into."""
        return list(map(int, self.after.of_node(node)))

    def predecessors(self, node: int) -> list[int]:
        """Return what goes into a node."""
        return list(map(int, self.before.of_node(node)))

    def downstream(self, starts: Ints, hops: int | None = None) -> Flags:
        """Tell which nodes ``starts`` lead to, themselves included."""
        return self.after.reached(starts, hops)

    def upstream(self, starts: Ints, hops: int | None = None) -> Flags:
        """Tell which nodes lead to ``starts``, themselves included."""
        return self.before.reached(starts, hops)

    def components(self) -> list[list[int]]:
        """Return the strongly connected components, a component after all it leads to."""
        return strong_components(self.after)

    def articulation(self) -> list[int]:
        """Return the nodes without which the chain falls apart, direction aside."""
        return cut_nodes(self.around)

    def beside(self, marked: Flags) -> tuple[Ints, Ints]:
        """Count the marked nodes before and after each node."""
        return self.before.marked(marked), self.after.marked(marked)
