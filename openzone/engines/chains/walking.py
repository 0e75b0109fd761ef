"""Depth-first walks over rows of neighbours: strong components and cut nodes (Tarjan)."""

from collections.abc import Iterator

from openzone.engines.chains.rows import Rows


def strong_components(after: Rows) -> list[list[int]]:
    """Return the strongly connected components, a component after all it leads to."""
    walk = _Walk(after.size)
    for root in range(after.size):
        if walk.order[root] < 0:
            walk.strong(after, root)
    return walk.found


def cut_nodes(around: Rows) -> list[int]:
    """Return the nodes without which the graph falls apart (Hopcroft, Tarjan 1973)."""
    walk = _Walk(around.size)
    for root in range(around.size):
        if walk.order[root] < 0:
            walk.cut(around, root)
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
