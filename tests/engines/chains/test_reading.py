"""Coverage, gaps, N-1, loops, what can be made here, and what a change would do."""

import pytest

from openzone.engines.chains.critical import articulation_nodes, concentration
from openzone.engines.chains.gaps import GapKind
from openzone.engines.chains.model import Need, Relation
from openzone.engines.chains.report import report
from openzone.engines.chains.standing import At, InvalidPlacements, Standing
from openzone.engines.chains.whatif import EVERYWHERE, Change, what_if
from tests.engines.chains.small import chain, edge, node, standing

HERE = ("甲:precursor", "乙:cell", "丙:cell", "丁:car", "戊:scrap", "己:lithium", "庚:nickel")


def test_coverage_is_by_weight_and_links_need_both_ends():
    found = report(standing(*HERE))
    assert found.coverage == pytest.approx(6 / 11)  # cathode weighs two
    assert found.links == (4, 10)
    assert report(standing()).coverage == 0


def test_a_break_in_a_line_comes_before_its_ends():
    found = report(standing(*HERE))
    told = [(gap.node, gap.kind, gap.anchors) for gap in found.gaps]
    assert told[0] == ("cathode", GapKind.FILL, 3)
    assert {one for one in told if one[1] is GapKind.EXTEND} == {
        ("graphite", GapKind.EXTEND, 1), ("silicon", GapKind.EXTEND, 1),
        ("coater", GapKind.EXTEND, 1),
    }  # fmt: skip
    assert {one[0] for one in told if one[1] is GapKind.STRENGTHEN} == {
        "precursor", "car", "scrap", "lithium", "nickel",
    }  # fmt: skip
    assert "precursor" in found.gaps[0].reason.zh
    assert "cell" in found.gaps[0].reason.zh


def test_a_place_below_the_nation_is_weak_though_several_firms_are_there():
    two = standing("乙:cell", "丙:cell")
    assert "cell" not in [g.node for g in report(two).gaps if g.kind is GapKind.STRENGTHEN]
    weak = [g for g in report(two, {"cell": 0.4}).gaps if g.kind is GapKind.STRENGTHEN]
    assert [g.node for g in weak] == ["cell"]
    assert "0.40" in weak[0].reason.zh


def test_a_missing_node_with_nothing_beside_it_is_apart():
    kinds = {gap.node: gap.kind for gap in report(standing("丁:car")).gaps}
    assert kinds["nickel"] is GapKind.APART
    assert kinds["cell"] is GapKind.EXTEND


def test_the_firm_alone_at_a_node_is_critical_most_links_first():
    found = report(standing(*HERE)).critical
    assert [one.firm for one in found][:2] == ["甲", "丁"]
    assert found[0].links_lost == 2
    assert not {"乙", "丙"} & {one.firm for one in found}
    both = report(standing("乙:cell", "乙:car")).critical
    assert [(one.firm, one.nodes) for one in both] == [("乙", ("cell", "car"))]


def test_cut_nodes_are_those_of_the_pack():
    assert articulation_nodes(chain()) == ["precursor", "cathode", "cell"]


def test_a_loop_names_what_opens_it_and_closes_when_it_comes():
    (loop,) = report(standing(*HERE)).loops
    assert loop.nodes == ("precursor", "cathode", "cell", "car", "scrap")
    assert (loop.closed, loop.missing) == (False, ("cathode",))
    (closed,) = report(standing(*HERE, "辛:cathode")).loops
    assert closed.closed


def test_two_ways_back_are_two_loops_and_a_circle_of_both_is_told_once():
    edges = (
        edge("a", "b"), edge("b", "c"),
        edge("c", "a", Relation.RETURN), edge("b", "a", Relation.RETURN),
    )  # fmt: skip
    made = chain((node("a"), node("b"), node("c")), edges)
    ways = {loop.nodes for loop in report(standing("x:a", of=made)).loops}
    assert ways == {("a", "b", "c"), ("a", "b")}


def test_inputs_are_all_needed_and_substitutes_one_of_them():
    base = ("a:nickel", "b:lithium", "c:precursor", "d:cathode", "e:cell")
    without = report(standing(*base)).local
    assert without.made == ("lithium", "nickel", "precursor", "cathode")
    assert without.waits["cell"] == (("graphite", "silicon"),)
    assert "cell" in report(standing(*base, "f:silicon")).local.made
    assert "car" not in report(standing(*base, "f:silicon")).local.made  # nobody is there


def test_two_that_only_feed_each_other_do_not_vouch_for_each_other():
    edges = (edge("a", "b"), edge("b", "a", Relation.RETURN, Need.REQUIRED))
    both = chain((node("a"), node("b")), edges)
    assert report(standing("x:a", "y:b", of=both)).local.made == ()


def test_a_newcomer_changes_every_figure():
    found = what_if(standing(*HERE), [Change("辛", to="cathode")])
    assert found.filled == ("cathode",)
    assert (found.before.links, found.after.links) == ((4, 10), (7, 10))
    assert found.made == ("cathode",)
    assert [loop.closed for loop in found.after.loops] == [True]


def test_a_firm_moves_or_leaves_altogether():
    moved = what_if(standing("甲:cell", "甲:car"), [Change("甲", away="car", to="scrap")])
    assert (moved.filled, moved.opened) == (("scrap",), ("car",))
    left = what_if(standing("甲:cell", "甲:car"), [Change("甲", away=EVERYWHERE)])
    assert left.opened == ("cell", "car")


@pytest.mark.parametrize(
    "change", [Change("甲", away="car"), Change("没有", away=EVERYWHERE), Change("甲", to="cell")]
)
def test_a_change_that_cannot_be_says_so(change: Change):
    with pytest.raises(InvalidPlacements):
        what_if(standing("甲:cell"), [change])


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([At("甲", "nowhere")], "nowhere"),
        ([At("甲", "cell"), At("甲", "cell")], "两次"),
        ([At("甲", "cell", 0.7), At("甲", "car", 0.4)], "超过1"),
        ([At("甲", "cell", 0.0)], "份额"),
        ([At(" ", "cell")], "没有企业名称"),
    ],
)
def test_a_row_that_cannot_be_is_named(rows: list[At], word: str):
    with pytest.raises(InvalidPlacements) as refused:
        Standing.of(chain(), rows)
    assert word in refused.value.reasons[0].zh


def test_concentration_is_of_outputs_and_unknown_where_one_is():
    known = Standing.of(chain(), [At("甲", "cell", None, 60), At("乙", "cell", None, 40)])
    assert concentration(known, "cell") == pytest.approx(0.52)
    part = Standing.of(chain(), [At("甲", "cell", None, 60), At("乙", "cell")])
    assert concentration(part, "cell") is None
