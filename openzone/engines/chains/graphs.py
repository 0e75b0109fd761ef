"""What chains ask of a graph, whoever answers: nodes are ``0 … size - 1``, edges have a direction.

Two answer: ``graph.Digraph`` in arrays, for chains of any size, and ``plain.PlainGraph`` in lists,
which says the same in other ways; another (a library, a cluster) need only have these methods.
"""

from collections.abc import Iterable
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.signedinteger]
Flags = npt.NDArray[np.bool_]


class Graph(Protocol):
    """A graph that does not change. An edge given twice is two edges."""

    @property
    def size(self) -> int:
        """How many nodes."""

    @property
    def edges(self) -> int:
        """How many edges."""

    @classmethod
    def of(cls, size: int, pairs: Iterable[tuple[int, int]]) -> Self:
        """Build from edges, ``(from, to)``."""

    def successors(self, node: int) -> list[int]:
        """Return what a node goes into, in the order of the edges."""

    def predecessors(self, node: int) -> list[int]:
        """Return what goes into a node, in the order of the edges."""

    def downstream(self, starts: Ints, hops: int | None = None) -> Flags:
        """Tell which nodes are reached from ``starts`` in so many steps, these included."""

    def upstream(self, starts: Ints, hops: int | None = None) -> Flags:
        """Tell which nodes reach ``starts`` in so many steps, these included."""

    def components(self) -> list[list[int]]:
        """Return the strong components, each in order, one after all those it leads to."""

    def articulation(self) -> list[int]:
        """Return the nodes whose loss leaves more parts than before, direction aside."""

    def beside(self, marked: Flags) -> tuple[Ints, Ints]:
        """Count for each node the edges from marked nodes into it, and from it to marked ones."""
