"""A blue stamp is no permit: it turns red only with the land, in time, on the same land."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.projects.permits import (
    GraphError,
    Item,
    PermitState,
    PreReview,
    Track,
    check,
    critical_path,
    may_convert,
    may_review,
    standings,
    trips,
)
from openzone.engines.text import Text

APPLIED, TODAY = dt.date(2026, 3, 2), dt.date(2026, 4, 10)
DAY = dt.timedelta(days=1)


def _item(name, workdays=1, after=(), **more):
    return Item(name, Text(name, name), workdays, tuple(after), **more)


# Four certificates together: land use, building plan, property, construction.
LAND_USE = _item("land_use", 1, ahead=True, bundle="start")
PLAN = _item("plan", 3, ["land_use"], ahead=True, bundle="start", trip=True)
PROPERTY = _item("property", 2, ["land_use"], bundle="start", trip=True)
DRAWINGS = _item("drawings", 10, ahead=True)
BUILD = _item("build", 2, ["plan", "property", "drawings"], bundle="start", trip=True)
ITEMS = (LAND_USE, PLAN, PROPERTY, DRAWINGS, BUILD)
LABELS = {one.id: one.label for one in ITEMS}
BLUE = PreReview(dt.date(2026, 3, 20), dt.date(2026, 9, 20), "parcel-1")
TRACK = Track(APPLIED, "parcel-1", blue={"land_use": BLUE, "plan": BLUE})
WITH_LAND = replace(TRACK, obtained=dt.date(2026, 4, 8))


def _states(track, on=TODAY):
    return {one.item.id: one.state for one in standings(ITEMS, track, on)}


def test_before_the_land_only_what_can_be_reviewed_ahead_is_open():
    assert _states(TRACK) == {
        "land_use": PermitState.BLUE,
        "plan": PermitState.BLUE,
        "property": PermitState.WAITING,
        "drawings": PermitState.OPEN,
        "build": PermitState.WAITING,
    }


def test_an_opinion_is_not_yet_there_on_the_day_before_it_is_given():
    assert _states(TRACK, BLUE.on - DAY)["plan"] is PermitState.OPEN


def test_blue_becomes_red_with_the_land():
    assert may_convert(LAND_USE, WITH_LAND, LABELS, TODAY) is None


@pytest.mark.parametrize(
    ("track", "said"),
    [
        (TRACK, "land is obtained"),
        (replace(WITH_LAND, obtained=TODAY + DAY), "land is obtained"),
        (replace(WITH_LAND, blue={}), "no opinion"),
        (replace(WITH_LAND, land="parcel-1 enlarged"), "changed"),
        (replace(WITH_LAND, blue={"land_use": replace(BLUE, until=TODAY - DAY)}), "ended"),
        (replace(WITH_LAND, blue={"land_use": replace(BLUE, replaced=True)}), "replaced"),
    ],
)
def test_blue_does_not_become_red(track, said):
    assert said in may_convert(LAND_USE, track, LABELS, TODAY).en


def test_an_opinion_is_good_on_its_last_day():
    track = replace(WITH_LAND, blue={"land_use": replace(BLUE, until=TODAY)})
    assert may_convert(LAND_USE, track, LABELS, TODAY) is None


def test_red_keeps_the_order_of_the_law():
    """Statutory steps are not left out: the plan waits for the land-use permit."""
    assert "land_use" in may_convert(PLAN, WITH_LAND, LABELS, TODAY).en
    issued = replace(WITH_LAND, red={"land_use": TODAY})
    assert may_convert(PLAN, issued, LABELS, TODAY) is None
    assert _states(issued)["property"] is PermitState.OPEN


def test_what_may_be_promised_does_not_wait():
    promised = replace(PLAN, committed=True)
    assert may_convert(promised, WITH_LAND, LABELS, TODAY) is None


def test_a_changed_parcel_makes_opinions_stale_and_leaves_permits():
    track = replace(WITH_LAND, land="other", red={"land_use": TODAY})
    assert _states(track)["land_use"] is PermitState.RED
    assert _states(track)["plan"] is PermitState.STALE


def test_without_the_land_everything_lapses_and_nobody_owes_anything():
    lost = replace(TRACK, lost=TODAY)
    assert set(_states(lost).values()) == {PermitState.LAPSED}
    assert set(_states(lost, TODAY - DAY).values()) != {PermitState.LAPSED}
    assert "nobody owes" in may_review(DRAWINGS, lost).en


def test_only_what_the_graph_says_can_be_reviewed_ahead():
    assert may_review(DRAWINGS, TRACK) is None
    assert may_review(PROPERTY, TRACK) is not None


def test_the_path_is_the_longest_branch_and_shrinks_with_what_is_done():
    assert critical_path(ITEMS) == (12, ("drawings", "build"))
    assert critical_path(ITEMS, done=["drawings"]) == (6, ("land_use", "plan", "build"))
    assert critical_path(ITEMS, done=LABELS) == (0, ())
    assert critical_path(()) == (0, ())


def test_promises_shorten_the_path():
    promised = (*ITEMS[:-1], replace(BUILD, committed=True))
    assert critical_path(promised, promised=True) == (10, ("drawings",))
    assert critical_path(promised) == (12, ("drawings", "build"))


def test_a_bundle_is_one_trip():
    assert trips(ITEMS) == 1
    assert trips((*ITEMS, _item("gate", trip=True))) == 2
    assert trips((LAND_USE, DRAWINGS)) == 0


@pytest.mark.parametrize(
    ("items", "where"),
    [
        ((_item("a"), _item("a")), "a"),
        ((_item("a", after=["b"]),), "a"),
        ((_item("a", after=["a"]),), "a"),
        ((_item("a", after=["b"]), _item("b", after=["a"])), "a"),
    ],
)
def test_what_is_no_graph_is_refused_with_its_place(items, where):
    with pytest.raises(GraphError) as error:
        check(items)
    assert where in {item for item, _ in error.value.faults}


def test_the_graph_of_the_four_certificates_is_one():
    check(ITEMS)


@st.composite
def graphs(draw):
    count = draw(st.integers(1, 7))
    return tuple(
        _item(
            str(n), draw(st.integers(0, 9)),
            [str(each) for each in draw(st.sets(st.integers(0, n - 1)) if n else st.just(set()))],
            committed=draw(st.booleans()),
        )
        for n in range(count)
    )  # fmt: skip


@given(graphs(), st.sets(st.integers(0, 6)))
def test_doing_something_or_promising_never_makes_it_longer(items, done):
    ready = [str(each) for each in done if each < len(items)]
    longest = critical_path(items)[0]
    assert critical_path(items, ready)[0] <= longest
    assert critical_path(items, promised=True)[0] <= longest
    assert longest <= sum(one.workdays for one in items)
