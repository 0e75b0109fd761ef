"""Every kind of fault of a chain, by its node and its reason."""

from dataclasses import replace

import pytest

from openzone.engines.chains.checking import faults
from openzone.engines.chains.model import Edge, Node, Relation
from openzone.packs.tables import load_industries
from tests.engines.chains.small import EDGES, NODES, STAGES, edge, node


def told(nodes: tuple[Node, ...] = NODES, edges: tuple[Edge, ...] = EDGES) -> list[tuple[str, str]]:
    return [(one.node, one.reason.zh) for one in faults(STAGES, nodes, edges, load_industries())]


def test_a_sound_chain_has_no_fault():
    assert told() == []


CELL = next(one for one in NODES if one.id == "cell")


@pytest.mark.parametrize(
    ("nodes", "edges", "who", "word"),
    [
        ((*NODES, CELL), EDGES, "cell", "重复"),
        ((*NODES, node("new", "sky")), (*EDGES, edge("new", "cell")), "new", "sky"),
        ((*NODES, node("new")), EDGES, "new", "孤立"),
        (NODES, (*EDGES, edge("cell", "nowhere")), "cell→nowhere", "nowhere"),
        (NODES, (*EDGES, edge("cell", "cell")), "cell", "自己"),
        (NODES, (*EDGES, edge("car", "precursor")), "car→precursor", "成环"),
        (NODES, (*EDGES, EDGES[0]), "nickel→precursor", "重复"),
        ((*NODES, node("new", weight=0)), (*EDGES, edge("new", "cell")), "new", "正数"),
        ((*NODES, node("new", parent="lost")), EDGES, "new", "lost"),
        ((*NODES, node("new", parent="new")), EDGES, "new", "成环"),
        ((*NODES, node("new", parent="cell", industries=("3841", "9901"))), EDGES, "new", "9901"),
        ((*NODES, node("new", parent="cell", customs=("28419",))), EDGES, "new", "28419"),
        (NODES, (*EDGES[1:], replace(EDGES[0], cost_share=1.2)), "nickel→precursor", "占比"),
    ],
)
def test_each_fault_names_its_node_and_reason(
    nodes: tuple[Node, ...], edges: tuple[Edge, ...], who: str, word: str
):
    assert [(name, word in reason) for name, reason in told(nodes, edges)] == [(who, True)]


def test_a_circle_of_inputs_is_told_once_with_its_way():
    ((_who, reason),) = told(edges=(*EDGES, edge("car", "precursor")))
    assert "car→precursor→cathode→cell→car" in reason


def test_a_circle_through_recycling_is_none():
    assert told(edges=(*EDGES, edge("car", "precursor", Relation.RETURN))) == []


def test_a_word_of_two_nodes_is_told_however_it_is_written():
    nodes = (*NODES, node("one", parent="cell", keywords=("LFP 电芯",)),
             node("two", parent="cell", aliases=("ｌｆｐ电芯",)))  # fmt: skip
    ((who, reason),) = told(nodes)
    assert (who, "one" in reason, "lfp电芯" in reason) == ("two", True, True)


def test_a_circle_is_told_once_and_a_long_one_by_its_beginning():
    size = 5_000
    ids = [f"n{number}" for number in range(size)]
    after = dict(zip(ids, [*ids[1:], ids[0]], strict=True))
    (parents,) = told(tuple(node(one, parent=other) for one, other in after.items()), ())
    assert parents[0] == "n0"
    assert parents[1].endswith("n11→…→n0")
    (inputs,) = told(
        tuple(node(one) for one in ids), tuple(edge(one, other) for one, other in after.items())
    )
    assert inputs[0] == "n4999→n0"
    assert "n4999→n0→n1" in inputs[1]
    assert len(inputs[1]) < 200


def test_two_circles_of_inputs_are_told_each_by_its_way():
    nodes = tuple(node(one) for one in "abcd")
    edges = (edge("a", "b"), edge("b", "a"), edge("c", "d"), edge("d", "c"), edge("b", "c"))
    assert {(who, said.split("：")[1].split("；")[0]) for who, said in told(nodes, edges)} == {
        ("b→a", "b→a→b"), ("d→c", "d→c→d"),
    }  # fmt: skip
