"""What differs between two versions of a chain, and what it does to the figures."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.chains.diff import (
    EdgeKey,
    FieldChange,
    Fields,
    Kind,
    Parts,
    StageChange,
    diff,
)
from openzone.engines.chains.effect import GapChange, effect
from openzone.engines.chains.gaps import GapKind
from openzone.engines.chains.model import Relation
from openzone.engines.chains.standing import At, Standing
from tests.engines.chains.small import EDGES, NODES, chain, edge, node, standing

INPUT = EdgeKey("ore", "metal", "input")
ORE: Fields = {"stage": "up", "weight": 1.0, "keywords": ("矿", "砂")}
METAL: Fields = {"stage": "mid", "keywords": ("锭",)}
BEFORE = Parts(
    head={"version": "1"},
    stages=("up", "mid", "down"),
    nodes={"ore": ORE, "metal": METAL},
    edges={INPUT: {"need": "required"}},
    rules={"head_final": True},
)


def test_nothing_differs_from_itself() -> None:
    assert len(diff(BEFORE, BEFORE)) == 0


def test_a_field_is_told_with_both_values_and_lists_with_what_came_and_went() -> None:
    ore: Fields = {"stage": "up", "weight": 2.0, "keywords": ("砂", "精矿"), "parent": "metal"}
    found = diff(BEFORE, replace(BEFORE, nodes={**BEFORE.nodes, "ore": ore}))
    (change,) = found.nodes
    assert (change.id, change.kind) == ("ore", Kind.CHANGED)
    fields = {one.field: one for one in change.fields}
    assert fields["weight"] == FieldChange("weight", 1.0, 2.0)
    assert fields["parent"] == FieldChange("parent", None, "metal")
    assert (fields["keywords"].gained, fields["keywords"].lost) == (("精矿",), ("矿",))
    assert [(one.word, one.before, one.after) for one in found.words] == [
        ("精矿", (), ("ore",)), ("矿", ("ore",), ())
    ]  # fmt: skip


def test_a_word_that_changes_its_node_is_one_change_of_words() -> None:
    nodes: dict[str, Fields] = {
        "ore": {"stage": "up", "weight": 1.0, "keywords": ("矿",)},
        "metal": {"stage": "mid", "keywords": ("锭", "砂")},
    }
    (word,) = diff(BEFORE, replace(BEFORE, nodes=nodes)).words
    assert (word.word, word.before, word.after) == ("砂", ("ore",), ("metal",))


def test_nodes_and_edges_come_and_go() -> None:
    back = EdgeKey("scrap", "metal", "return")
    after = replace(
        BEFORE, nodes={"metal": BEFORE.nodes["metal"], "scrap": {"stage": "mid"}}, edges={back: {}}
    )
    found = diff(BEFORE, after)
    assert [(one.id, one.kind) for one in found.nodes] == [
        ("scrap", Kind.ADDED), ("ore", Kind.REMOVED)
    ]  # fmt: skip
    assert [(one.key, one.kind) for one in found.edges] == [
        (back, Kind.ADDED), (INPUT, Kind.REMOVED)
    ]  # fmt: skip
    assert [one.id for one in found.of_kind(Kind.ADDED)] == ["scrap"]


def test_a_node_that_takes_over_alone_is_the_same_node_with_another_id() -> None:
    nodes = {"ore": BEFORE.nodes["ore"], "ingot": BEFORE.nodes["metal"]}
    after = replace(
        BEFORE, nodes=nodes, edges={INPUT._replace(target="ingot"): {"need": "required"}}
    )
    found = diff(BEFORE, after, {"metal": "ingot"})
    assert [(one.id, one.kind, one.fields) for one in found.nodes] == [
        ("ingot", Kind.CHANGED, (FieldChange("id", "metal", "ingot"),))
    ]
    assert (found.edges, found.words) == ((), ())


def test_a_node_that_takes_over_from_two_is_a_new_one() -> None:
    after = replace(BEFORE, nodes={"all": {"stage": "up"}}, edges={})
    kinds = {one.id: one.kind for one in diff(BEFORE, after, {"ore": "all", "metal": "all"}).nodes}
    assert kinds == {"all": Kind.ADDED, "ore": Kind.REMOVED, "metal": Kind.REMOVED}


@pytest.mark.parametrize(
    ("after", "changes"),
    [
        (("up", "down", "mid"), 1),
        (("mid", "up", "down"), 1),
        (("up", "mid", "new", "down"), 1),
        (("up", "down"), 1),
        (("down", "mid", "up"), 2),
    ],
)
def test_as_few_stages_as_possible_are_said_to_move(after: tuple[str, ...], changes: int) -> None:
    assert len(diff(BEFORE, replace(BEFORE, stages=after)).stages) == changes


def test_a_stage_is_told_with_its_places() -> None:
    found = diff(BEFORE, replace(BEFORE, stages=("mid", "down", "up", "end"))).stages
    assert found == (StageChange("up", 1, 3), StageChange("end", None, 4))


names = st.sampled_from(["a", "b", "c", "d"])
fields = st.dictionaries(
    st.sampled_from(["weight", "keywords", "stage"]),
    st.one_of(st.floats(0, 9), st.lists(names, max_size=3).map(tuple)), max_size=3,
)  # fmt: skip
all_parts = st.builds(
    Parts,
    head=fields,
    stages=st.lists(names, unique=True, max_size=4).map(tuple),
    nodes=st.dictionaries(names, fields, max_size=4),
    edges=st.dictionaries(st.builds(EdgeKey, names, names, st.just("input")), fields, max_size=4),
    rules=fields,
)


@given(all_parts, all_parts)
def test_the_way_back_says_the_same_with_both_sides_changed(one: Parts, other: Parts) -> None:
    there, back = diff(one, other), diff(other, one)
    assert len(there.nodes) == len(back.nodes)
    assert {n.id for n in there.of_kind(Kind.ADDED)} == {n.id for n in back.of_kind(Kind.REMOVED)}
    assert {(w.field, w.word, w.before, w.after) for w in there.words} == {
        (w.field, w.word, w.after, w.before) for w in back.words
    }
    assert (one == other) == (len(there) == 0) or list(one.stages) != list(other.stages)


def test_a_node_that_goes_takes_its_firm_out_of_the_figures() -> None:
    before = standing("甲:cathode", "乙:cell", "丙:precursor")
    nodes = tuple(one for one in NODES if one.id != "cathode")
    edges = tuple(one for one in EDGES if "cathode" not in (one.source, one.target))
    found = effect(before, chain(nodes, edges))
    assert found.homeless == (At("甲", "cathode"),)
    assert found.before.links == (2, 10)
    assert found.after.links == (0, 7)


def test_a_node_that_takes_over_keeps_the_firms_each_once_with_their_shares() -> None:
    before = Standing.of(
        chain(), [At("甲", "graphite", 0.25, 3.0), At("甲", "silicon", 0.5, 1.0), At("乙", "cell")]
    )
    nodes = tuple(one for one in NODES if one.id not in ("graphite", "silicon"))
    edges = tuple(one for one in EDGES if one.group is None)
    after = chain((*nodes, node("anode")), (*edges, edge("anode", "cell")))
    found = effect(before, after, {"graphite": "anode", "silicon": "anode"})
    assert found.homeless == ()
    assert found.after.standing.placements == (At("甲", "anode", 0.75), At("乙", "cell"))


def test_a_gap_that_a_new_edge_turns_into_another_kind_is_told() -> None:
    before = standing("甲:cathode", "乙:car")
    found = effect(before, chain(NODES, (*EDGES, edge("car", "graphite", Relation.RETURN))))
    assert GapChange("graphite", GapKind.APART, GapKind.EXTEND) in found.gaps
    assert GapChange("cell", GapKind.FILL, GapKind.FILL) not in found.gaps


def test_a_node_with_another_id_keeps_its_gap() -> None:
    nodes = tuple(replace(one, id="active") if one.id == "cathode" else one for one in NODES)
    edges = tuple(
        replace(
            one,
            source="active" if one.source == "cathode" else one.source,
            target="active" if one.target == "cathode" else one.target,
        )
        for one in EDGES
    )
    found = effect(standing("甲:cathode", "乙:cell"), chain(nodes, edges), {"cathode": "active"})
    assert (found.gaps, found.homeless) == ((), ())
