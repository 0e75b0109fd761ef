"""Two graphs that know nothing of each other agree with each other and with networkx."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.chains.gaps import link_rate, missing
from openzone.engines.chains.graph import Digraph
from openzone.engines.chains.graphs import Graph
from openzone.engines.chains.plain import PlainGraph

Pairs = list[tuple[int, int]]
ENGINES: tuple[type[Graph], ...] = (Digraph, PlainGraph)
EACH = pytest.mark.parametrize("engine", ENGINES)
graphs = st.integers(1, 10).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=24),
    )
)
marks = st.lists(st.booleans(), min_size=10, max_size=10)
hops = st.none() | st.integers(0, 4)
few = settings(max_examples=40, deadline=None)


def oracle(size: int, pairs: Pairs) -> "nx.MultiDiGraph":
    found = nx.MultiDiGraph()
    found.add_nodes_from(range(size))
    found.add_edges_from(pairs)
    return found


def told(flags: "np.ndarray") -> set[int]:
    return set(np.flatnonzero(flags).tolist())


@EACH
@few
@given(graphs, hops)
def test_what_is_reached_in_so_many_steps(
    engine: type[Graph], graph: tuple[int, Pairs], hops: int | None
):
    made, known = engine.of(*graph), oracle(*graph)
    start = np.array([0])
    far = nx.single_source_shortest_path_length(known, 0, cutoff=hops)
    near = nx.single_source_shortest_path_length(known.reverse(), 0, cutoff=hops)
    assert told(made.downstream(start, hops)) == set(far)
    assert told(made.upstream(start, hops)) == set(near)
    both = np.arange(min(2, made.size))
    assert told(made.downstream(both)) == set().union(
        *({int(one)} | nx.descendants(known, int(one)) for one in both)
    )


@EACH
@few
@given(graphs)
def test_neighbours_come_in_the_order_of_the_edges(engine: type[Graph], graph: tuple[int, Pairs]):
    size, pairs = graph
    made = engine.of(size, pairs)
    assert (made.size, made.edges) == (size, len(pairs))
    for node in range(size):
        assert made.successors(node) == [b for a, b in pairs if a == node]
        assert made.predecessors(node) == [a for a, b in pairs if b == node]


@EACH
@few
@given(graphs)
def test_nodes_of_a_component_reach_each_other_and_come_after_what_they_lead_to(
    engine: type[Graph], graph: tuple[int, Pairs]
):
    found = engine.of(*graph).components()
    assert {frozenset(part) for part in found} == {
        frozenset(part) for part in nx.strongly_connected_components(oracle(*graph))
    }
    place = {node: number for number, part in enumerate(found) for node in part}
    assert all(place[b] <= place[a] for a, b in graph[1])
    assert all(part == sorted(part) for part in found)


@EACH
@few
@given(graphs)
def test_a_cut_node_is_one_whose_loss_makes_more_parts(
    engine: type[Graph], graph: tuple[int, Pairs]
):
    flat = nx.Graph(oracle(*graph))
    assert engine.of(*graph).articulation() == sorted(nx.articulation_points(flat))


@EACH
@few
@given(graphs, marks)
def test_marked_neighbours_are_counted_edge_by_edge(
    engine: type[Graph], graph: tuple[int, Pairs], marks: list[bool]
):
    size, pairs = graph
    marked = np.array(marks[:size])
    before, after = engine.of(size, pairs).beside(marked)
    assert before.tolist() == [sum(marks[a] for a, b in pairs if b == n) for n in range(size)]
    assert after.tolist() == [sum(marks[b] for a, b in pairs if a == n) for n in range(size)]
    held = sum(marks[a] and marks[b] for a, b in pairs)
    assert link_rate(engine.of(size, pairs), marked) == (held, len(pairs))


@EACH
@few
@given(graphs, marks, st.lists(st.integers(1, 3), min_size=10, max_size=10), st.integers(0, 11))
def test_what_is_missing_comes_breaks_first_then_by_anchors_weight_and_order(
    engine: type[Graph],
    graph: tuple[int, Pairs],
    marks: list[bool],
    weights: list[int],
    most: int,
):
    size, pairs = graph
    found = missing(
        engine.of(size, pairs), np.array(marks[:size]), np.array(weights[:size], float), most
    )

    def pressing(node: int) -> tuple[bool, int, int, int]:
        before = sum(marks[a] for a, b in pairs if b == node)
        after = sum(marks[b] for a, b in pairs if a == node)
        return not (before and after), -before - after, -weights[node], node

    wanted = sorted((node for node in range(size) if not marks[node]), key=pressing)
    assert found.tolist() == wanted[:most]


@EACH
def test_a_line_deeper_than_the_stack_of_python_is_walked(engine: type[Graph]):
    size = 20_000
    line = engine.of(size, [(n, n + 1) for n in range(size - 1)])
    assert len(line.components()) == size
    assert len(line.articulation()) == size - 2
    assert line.downstream(np.array([0])).all()


@EACH
def test_nothing_is_a_graph_too(engine: type[Graph]):
    none = engine.of(0, [])
    assert (none.components(), none.articulation(), none.edges) == ([], [], 0)
    assert missing(none, np.zeros(0, bool), np.zeros(0), 5).tolist() == []
