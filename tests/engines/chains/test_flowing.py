"""Chains as flows and as areas."""

import math

import pytest

from openzone.engines.chains.drawing import (
    Arrow,
    Box,
    Facts,
    Firm,
    NotDrawable,
    arrows_of,
    boxes_of,
)
from openzone.engines.chains.flowing import LEAST, flow
from openzone.engines.chains.structuring import Measure, parts_of, structure
from openzone.engines.text import Text
from openzone.packs.chains import chain_files, chain_pack
from tests.engines.chains.paths import points

STAGES = ("a", "b")


def box(name: str, stage: str = "a", **facts: object) -> Box:
    return Box(name, Text(name, name), stage, facts=Facts(**facts))  # type: ignore[arg-type]


BOXES = [box("ore"), box("salt", "b"), box("scrap", "b")]


@pytest.mark.parametrize("name", sorted(chain_files(None)))
def test_a_chain_with_recycling_is_drawn_and_its_returns_lie_below(name: str) -> None:
    found = chain_pack(name, None).as_chain
    arrows = arrows_of(found)
    scene = flow(boxes_of(found), arrows, found.stages)
    floor = max(mark.y + mark.height for mark in scene.marks)
    below = [one for one in scene.strokes if max(y for _x, y in points(one.d)) > floor]
    assert len(scene.strokes) == len(arrows)
    assert len(below) == sum(arrow.returns for arrow in arrows)
    assert {one.look for one in below} <= {"back"}


def test_bars_and_ribbons_are_as_high_as_what_flows() -> None:
    arrows = [Arrow("ore", "salt", value=30), Arrow("ore", "scrap", value=10)]
    scene = flow(BOXES, arrows, STAGES)
    ore, salt, scrap = (mark.height for mark in scene.marks)
    assert ore == pytest.approx(salt + scrap)
    assert salt == pytest.approx(3 * scrap)
    wide = [at for _x, at in points(scene.strokes[0].d)]
    assert max(wide) - min(wide) >= salt - 1e-6


def test_a_link_of_unknown_amount_is_thin_where_others_are_known() -> None:
    arrows = [Arrow("ore", "salt", value=30), Arrow("ore", "scrap")]
    scene = flow(BOXES, arrows, STAGES)
    assert [one.look for one in scene.strokes] == ["flow", "thin"]
    assert scene.strokes[1].title == Text("ore → scrap：数量未知", "ore → scrap: amount not known")
    assert scene.marks[2].height == LEAST


def test_where_no_amount_is_known_all_links_are_alike() -> None:
    scene = flow(BOXES, [Arrow("ore", "salt"), Arrow("ore", "scrap")], STAGES)
    assert {one.look for one in scene.strokes} == {"flow"}
    assert scene.marks[1].height == scene.marks[2].height


@pytest.mark.parametrize("value", [-1.0, math.nan, math.inf])
def test_an_amount_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(NotDrawable) as refused:
        flow(BOXES, [Arrow("ore", "salt", value=value)], STAGES)
    assert "ore→salt" in refused.value.reason.en


def test_areas_are_in_proportion_to_firms() -> None:
    boxes = [
        box("ore", firms=[Firm("甲")]),
        box("salt", firms=[Firm("乙")], more=2),
        box("scrap", "b"),
    ]
    scene = structure(boxes, Measure.COUNT, STAGES)
    assert [mark.row for mark in scene.marks] == [0, 1]  # scrap has no firm, so no area
    assert [len(mark.parts) for mark in scene.marks] == [1, 2]
    one, rest = scene.marks[1].parts
    assert rest.title == Text("另有2家", "and 2 more")
    assert rest.width * rest.height == pytest.approx(2 * one.width * one.height)
    areas = [mark.width * mark.height for mark in scene.marks]
    assert areas[1] == pytest.approx(3 * areas[0])


def test_output_counts_only_where_it_is_known() -> None:
    firms = [Firm("甲", output=30.0), Firm("乙"), Firm("丙", output=10.0), Firm("丁", output=0.0)]
    parts = parts_of(box("ore", firms=firms), Measure.OUTPUT)
    assert [(part.name.zh, part.value) for part in parts] == [("甲", 30.0), ("丙", 10.0)]


def test_an_output_below_nothing_is_refused() -> None:
    with pytest.raises(NotDrawable) as refused:
        structure([box("ore", firms=[Firm("甲", output=-1.0)])], Measure.OUTPUT, STAGES)
    assert "甲" in refused.value.reason.zh
