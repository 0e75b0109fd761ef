"""Reaching, components and cut nodes against what a person would do by hand."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.chains.graph import Digraph, articulation, closure, components

graphs = st.integers(1, 8).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=20),
    )
)


def reached(pairs: list[tuple[int, int]], start: int, without: int = -1) -> set[int]:
    found, layer = {start}, {start}
    while layer:
        layer = {b for a, b in pairs if a in layer and without not in (a, b)} - found
        found |= layer
    return found


def parts(size: int, pairs: list[tuple[int, int]], without: int = -1) -> int:
    both = pairs + [(b, a) for a, b in pairs]
    left = set(range(size)) - {without}
    return len({frozenset(reached(both, one, without)) for one in left})


@given(graphs)
def test_what_can_be_reached_is_found_forth_and_back(graph: tuple[int, list[tuple[int, int]]]):
    size, pairs = graph
    made = Digraph.of(size, pairs)
    start = np.array([0])
    down = set(np.flatnonzero(made.downstream(start)).tolist())
    up = set(np.flatnonzero(made.upstream(start)).tolist())
    assert down == reached(pairs, 0)
    assert up == reached([(b, a) for a, b in pairs], 0)


@given(graphs)
def test_nodes_of_a_component_reach_each_other_and_nobody_else_does(
    graph: tuple[int, list[tuple[int, int]]],
):
    size, pairs = graph
    found = components(Digraph.of(size, pairs))
    assert sorted(one for part in found for one in part) == list(range(size))
    together = {frozenset(part) for part in found}
    assert together == {
        frozenset(b for b in range(size) if b in reached(pairs, a) and a in reached(pairs, b))
        for a in range(size)
    }


@given(graphs)
def test_a_cut_node_is_one_whose_loss_makes_more_parts(graph: tuple[int, list[tuple[int, int]]]):
    size, pairs = graph
    whole = parts(size, pairs)
    lonely = {n for n in range(size) if all(n not in pair or pair[0] == pair[1] for pair in pairs)}
    assert articulation(Digraph.of(size, pairs)) == [
        n for n in range(size) if n not in lonely and parts(size, pairs, n) > whole
    ]


def test_a_line_deeper_than_the_stack_of_python_is_walked():
    size = 20_000
    line = Digraph.of(size, [(n, n + 1) for n in range(size - 1)])
    assert len(components(line)) == size
    assert len(articulation(line)) == size - 2
    assert closure(line.after, np.array([0]), size).all()
