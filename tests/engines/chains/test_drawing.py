"""Chains as graphs: what stands where, and where lines run."""

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.chains.drawing import (
    MOST_BOXES,
    OF_VERSIONS,
    STATE_WORDS,
    Arrow,
    Box,
    Facts,
    Firm,
    NotDrawable,
    State,
    arrows_of,
    boxes_of,
    ensure_drawable,
)
from openzone.engines.chains.graphing import HEIGHT, WIDTH, graph, layout
from openzone.engines.chains.layering import bands
from openzone.engines.chains.report import report
from openzone.engines.drawing.scene import SIGNS, STATES, Scene
from openzone.engines.text import Text
from openzone.packs.chains import chain_files, chain_pack
from tests.engines.chains.paths import points
from tests.engines.chains.small import chain, standing

STAGES = ("a", "b", "c")
SHIPPED = sorted(chain_files(None))


def box(name: str, stage: str = "a") -> Box:
    return Box(name, Text(name, name), stage)


@st.composite
def drawings(draw: st.DrawFn) -> tuple[list[Box], list[Arrow]]:
    """Any links from lower to higher numbers, in any stages, and returns any way."""
    count = draw(st.integers(1, 24))
    boxes = [box(str(one), draw(st.sampled_from(STAGES))) for one in range(count)]
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    onward = {(a, b) for a, b in draw(st.lists(ends, max_size=40)) if a < b}
    back = draw(st.lists(ends, max_size=4, unique=True))
    links = [Arrow(str(a), str(b)) for a, b in sorted(onward)]
    return boxes, [*links, *(Arrow(str(a), str(b), returns=True) for a, b in back)]


def crosses(scene: Scene, path: str, besides: tuple[int, int]) -> list[int]:
    """Return the boxes a path goes through, those it joins aside."""
    return [
        mark.row
        for mark in scene.marks
        if mark.row not in besides
        and any(
            mark.x < x < mark.x + mark.width and mark.y < y < mark.y + mark.height
            for x, y in points(path)
        )
    ]


@settings(max_examples=60, deadline=None)
@given(drawings())
def test_boxes_stand_apart_and_links_go_right_between_them(
    drawn: tuple[list[Box], list[Arrow]],
) -> None:
    boxes, arrows = drawn
    scene = graph(boxes, arrows, STAGES)
    at = {mark.row: mark for mark in scene.marks}
    assert sorted(at) == list(range(len(boxes)))
    for one, other in combinations(scene.marks, 2):
        apart = abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT
        assert apart, (one.name, other.name)
    for stroke in scene.strokes:
        assert stroke.ends
        if stroke.look != "return":
            assert at[stroke.ends[0]].x + WIDTH < at[stroke.ends[1]].x
        assert crosses(scene, stroke.d, stroke.ends) == []


@settings(max_examples=60, deadline=None)
@given(drawings())
def test_returns_run_below_all_boxes_each_in_a_lane_of_its_own(
    drawn: tuple[list[Box], list[Arrow]],
) -> None:
    scene = graph(*drawn, STAGES)
    floor = max(mark.y + mark.height for mark in scene.marks)
    lanes = []
    for stroke in scene.strokes:
        lowest = max(y for _x, y in points(stroke.d))
        if stroke.look == "return":
            assert floor < lowest < scene.height
            along = [x for x, y in points(stroke.d) if y == lowest]
            lanes.append((lowest, min(along), max(along)))
        else:
            assert lowest <= floor + HEIGHT
    for (one, left, right), (other, start, end) in combinations(lanes, 2):
        assert one != other or right < start or end < left


@settings(max_examples=40, deadline=None)
@given(drawings(), st.integers())
def test_the_same_chain_is_the_same_picture_whatever_the_order_of_its_links(
    drawn: tuple[list[Box], list[Arrow]], seed: int
) -> None:
    boxes, arrows = drawn
    shuffled = random.Random(seed).sample(arrows, len(arrows))
    assert layout(boxes, arrows, STAGES).bands == layout(boxes, arrows, STAGES).bands
    places = layout(boxes, arrows, STAGES).grid.places
    assert {node: place.column for node, place in places.items()} == {
        node: place.column for node, place in layout(boxes, shuffled, STAGES).grid.places.items()
    }


@pytest.mark.parametrize("name", SHIPPED)
def test_every_stage_of_a_shipped_chain_is_one_band(name: str) -> None:
    found = chain_pack(name, None).as_chain
    laid = layout(boxes_of(found), arrows_of(found), found.stages)
    stages = [band.stage for band in laid.bands]
    assert sorted(stages) == sorted({node.stage for node in found.nodes.values()})


def test_stages_keep_the_order_of_the_pack_except_where_a_link_would_go_left() -> None:
    stage_of = {"ore": "raw", "cell": "cells", "coater": "tools", "foil": "materials"}
    pairs = [("ore", "foil"), ("foil", "cell"), ("coater", "foil")]
    order = bands(stage_of, pairs, ("raw", "materials", "tools", "cells"), 10)
    assert [band.stage for band in order] == ["raw", "tools", "materials", "cells"]


def test_stages_that_need_each_other_are_continued() -> None:
    stage_of = {"steel": "materials", "mill": "tools", "foil": "materials"}
    found = bands(stage_of, [("steel", "mill"), ("mill", "foil")], ("materials", "tools"), 10)
    assert [(band.stage, band.again) for band in found] == [
        ("materials", False),
        ("tools", False),
        ("materials", True),
    ]


def test_a_draft_with_a_circle_is_drawn_with_the_link_that_closes_it_below() -> None:
    boxes = [box("a"), box("b"), box("c")]
    scene = graph(boxes, [Arrow("a", "b"), Arrow("b", "c"), Arrow("c", "a")], STAGES)
    floor = max(mark.y + mark.height for mark in scene.marks)
    below = [one.ends for one in scene.strokes if max(y for _x, y in points(one.d)) > floor]
    assert below == [(2, 0)]


def test_columns_are_ordered_so_that_parallel_links_do_not_cross() -> None:
    boxes = [box(name, "a") for name in "pqrs"] + [box(name, "b") for name in "srqp".upper()]
    arrows = [Arrow(name, name.upper()) for name in "pqrs"]
    places = layout(boxes, arrows, STAGES).grid.places
    assert all(places[name].y == places[name.upper()].y for name in "pqrs")


def test_a_stage_of_many_nodes_is_cut_into_columns() -> None:
    [band] = bands({str(one): "a" for one in range(25)}, [], ("a",), 10)
    assert [len(column) for column in band.columns] == [9, 9, 7]


def test_states_come_from_the_gaps_of_the_report() -> None:
    found = report(standing("甲:lithium", "乙:cathode", "丙:car", "丁:car"))
    states = {one.id: one.state for one in boxes_of(found)}
    assert states["cell"] is State.MISSING  # 补链: between cathode and car
    assert states["scrap"] is State.EXTENDABLE
    assert states["cathode"] is State.WEAK  # one firm
    assert states["car"] is State.STRONG
    assert {one.state for one in boxes_of(chain())} == {State.PLAIN}


def test_firms_of_the_report_stand_where_nothing_else_is_told() -> None:
    found = report(standing("甲:cell", "乙:car"))
    told = {"car": Facts([Firm("丙", "/3")], more=4)}
    boxes = {one.id: one for one in boxes_of(found, told)}
    assert [firm.name for firm in boxes["cell"].facts.firms] == ["甲"]
    assert boxes["car"].facts.count == 5


@pytest.mark.parametrize("states", [set(State) - OF_VERSIONS - {State.PLAIN}, OF_VERSIONS])
def test_no_two_states_of_a_picture_share_a_sign_a_word_or_a_border(states: set[State]) -> None:
    assert len({SIGNS[state] for state in states}) == len(states)
    assert len({STATE_WORDS[state] for state in states}) == len(states)
    assert len({(STATES[state].dashes, STATES[state].pattern) for state in states}) == len(states)


def test_a_box_says_its_state_its_firms_its_day_and_its_source() -> None:
    one = Box("cell", Text("电芯", "Cells"), "a", State.WEAK, facts=Facts([Firm("甲")], more=2))
    [mark] = graph([one], [], STAGES).marks
    assert mark.name == Text("电芯，a，弱 · 3家", "Cells, a, Weak · 3 firms")
    known = replace(one, facts=Facts(source="名录", badge="+1"))
    [mark] = graph([known], [], STAGES).marks
    assert [label.text.zh for label in mark.labels] == ["电芯", "弱 · 无企业", "名录"]
    assert mark.badge == "+1"


@pytest.mark.parametrize(
    ("boxes", "arrows", "reason"),
    [
        ([box("a"), box("a")], [], "出现两次"),
        ([box("a")], [Arrow("a", "b")], "“b”"),
        ([box(str(one)) for one in range(MOST_BOXES + 1)], [], "2001"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_reason(
    boxes: list[Box], arrows: list[Arrow], reason: str
) -> None:
    with pytest.raises(NotDrawable) as refused:
        ensure_drawable(boxes, arrows)
    assert reason in refused.value.reason.zh


def test_a_chain_without_nodes_is_an_empty_picture() -> None:
    scene = graph([], [], STAGES)
    assert not scene.marks
    assert scene.width > 0
    assert scene.height > 0
