"""Two readings beside each other, and reasons with names in both languages."""

from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.chains.comparison import STRONG, Moved, Turned, compare, states
from openzone.engines.chains.gaps import GapKind
from openzone.engines.chains.reasons import reason_of
from openzone.engines.chains.report import report
from openzone.engines.text import Text
from tests.engines.chains.small import EDGES, NODES, chain, standing

BEFORE = ("甲:precursor", "乙:cell", "丙:cell", "丁:car", "戊:scrap")
AFTER = ("甲:cathode", "甲:precursor", "乙:cell", "丁:car", "戊:scrap", "新:graphite")


def _compared(first: tuple[str, ...], second: tuple[str, ...]):
    return compare(report(standing(*first)), report(standing(*second)))


def test_what_came_went_moved_and_turned():
    found = _compared(BEFORE, AFTER)
    assert (found.gained, found.lost) == (("cathode", "graphite"), ())
    assert (found.came, found.went) == (("新",), ("丙",))
    assert found.moved == (Moved("甲", (), ("cathode",)),)
    assert Turned("cell", STRONG, "strengthen") in found.turned
    assert Turned("cathode", "fill", "strengthen") in found.turned


def test_a_loop_that_closes_is_told_and_told_the_other_way_round():
    there, back = _compared(BEFORE, AFTER), _compared(AFTER, BEFORE)
    way = ("precursor", "cathode", "cell", "car", "scrap")
    assert [loop.nodes for loop in there.closed] == [way]
    assert (there.reopened, back.closed, back.reopened) == ((), (), there.closed)


def test_a_node_that_a_version_lacks_has_no_state_there():
    smaller = chain(NODES[1:], tuple(e for e in EDGES if "lithium" not in (e.source, e.target)))
    found = compare(report(standing(*BEFORE)), report(standing(*BEFORE, of=smaller)))
    assert Turned("lithium", "apart", None) in found.turned


PAIRS = st.sets(
    st.tuples(st.sampled_from("甲乙丙丁"), st.sampled_from([node.id for node in NODES])),
    max_size=12,
)


@given(PAIRS, PAIRS)
def test_the_other_way_round_says_the_opposite(first, second):
    one, other = ([f"{firm}:{node}" for firm, node in sorted(pairs)] for pairs in (first, second))
    there, back = _compared(tuple(one), tuple(other)), _compared(tuple(other), tuple(one))
    assert (set(there.gained), set(there.lost)) == (set(back.lost), set(back.gained))
    assert (set(there.came), set(there.made)) == (set(back.went), set(back.unmade))
    assert {(t.node, t.second, t.first) for t in there.turned} == set(back.turned)
    assert {m.firm for m in there.moved} == {m.firm for m in back.moved}


def test_a_reading_beside_itself_differs_in_nothing():
    found = _compared(BEFORE, BEFORE)
    assert not any((found.gained, found.lost, found.came, found.moved, found.turned, found.closed))


def test_every_node_has_a_state():
    found = states(report(standing(*BEFORE)))
    assert set(found) == {node.id for node in NODES}
    assert (found["cell"], found["cathode"]) == (STRONG, GapKind.FILL.value)


def test_reasons_name_firms_and_nodes_in_both_languages():
    there = standing("17:precursor", "乙:cell", "丙:cell")
    gaps = {gap.node: gap for gap in report(there).gaps}
    alone = reason_of(gaps["precursor"], there, {"17": "示例前驱体"})
    assert alone == Text("只有一家企业：示例前驱体", "one firm only: 示例前驱体")
    missing = reason_of(gaps["cathode"], there, {})
    assert missing.zh == "缺；上游有precursor，下游有cell"
    assert missing.en == "missing, between precursor before it and cell after it"
    lonely = standing("甲:car")
    gaps = {gap.node: gap for gap in report(lonely).gaps}
    assert reason_of(gaps["nickel"], lonely, {}).zh == "缺；上下游本地都没有"
