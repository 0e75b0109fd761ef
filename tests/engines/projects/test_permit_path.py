"""Clocks run while somebody owes an answer; the forecast says the day and whom it hangs on."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.projects.permit_path import (
    ClockKind,
    Filed,
    clocks,
    compare,
    forecast,
)
from openzone.engines.projects.permits import PreReview, Track, may_issue
from tests.engines.projects.test_permits import (
    BUILD,
    DAY,
    DRAWINGS,
    ITEMS,
    LABELS,
    LAND_USE,
    PLAN,
    PROPERTY,
    TODAY,
    TRACK,
    WITH_LAND,
    _item,
)

FILING = _item("filing", 1, land=False)
AT = dt.datetime.combine(dt.date(2026, 4, 1), dt.time(9, 30))


def due(start, count):
    """Every day is a working day here."""
    return dt.datetime.combine(start.date() + count * DAY, dt.time(17))


def later(day, count):
    return day + count * DAY


def running(track, items=ITEMS, on=TODAY, **filed):
    return clocks(items, track, filed, on, due)


def test_a_review_runs_from_the_moment_the_papers_came():
    clock = running(TRACK, drawings=Filed(AT))["drawings"]
    assert (clock.kind, clock.start, clock.due) == (ClockKind.REVIEW, AT, due(AT, 10))
    assert not clock.late(due(AT, 10))
    assert clock.late(due(AT, 10) + dt.timedelta(seconds=1))


def test_nothing_runs_that_nobody_handed_in_or_that_was_sent_back():
    assert running(TRACK) == {}
    assert running(TRACK, drawings=Filed(AT, returned=True)) == {}


def test_what_needs_the_land_waits_for_it_and_starts_with_it():
    assert "property" not in running(TRACK, property=Filed(AT))
    track = replace(WITH_LAND, red={"land_use": dt.date(2026, 4, 9)})
    clock = running(track, property=Filed(AT))["property"]
    assert clock.start.date() == dt.date(2026, 4, 9)
    assert clock.kind is ClockKind.FORMAL


def test_an_opinion_is_converted_from_the_day_of_the_land_without_another_hand_in():
    items = (replace(LAND_USE, workdays=5, formal=1), *ITEMS[1:])
    clock = running(WITH_LAND, items)["land_use"]
    assert (clock.kind, clock.due.date()) == (ClockKind.CONVERT, WITH_LAND.obtained + DAY)
    assert "plan" not in running(WITH_LAND, items)  # it follows the permit for the land


def test_an_opinion_that_ended_runs_again_once_papers_come_again():
    track = replace(WITH_LAND, land="enlarged")
    assert "plan" not in running(track, plan=Filed(AT.replace(month=3, day=1)))
    assert running(track, plan=Filed(AT))["plan"].kind is ClockKind.REVIEW


def test_what_needs_no_land_is_decided_before_it():
    items = (FILING, *ITEMS)
    labels = LABELS | {"filing": FILING.label}
    assert running(TRACK, items, filing=Filed(AT))["filing"].kind is ClockKind.FORMAL
    assert may_issue(FILING, TRACK, labels, TODAY) is None
    assert may_issue(PROPERTY, TRACK, labels, TODAY) is not None


@pytest.mark.parametrize(
    ("item", "track", "said"),
    [
        (LAND_USE, replace(WITH_LAND, red={"land_use": TODAY}), "issued on"),
        (LAND_USE, replace(TRACK, lost=TODAY), "nobody owes"),
        (LAND_USE, replace(WITH_LAND, land="other"), "changed"),
        (DRAWINGS, TRACK, "land is obtained"),
        (BUILD, WITH_LAND, "first: plan"),
        (DRAWINGS, WITH_LAND, None),
    ],
)
def test_the_formal_decision_says_why_not(item, track, said):
    answer = may_issue(item, track, LABELS, TODAY)
    assert answer is None if said is None else said in answer.en


def test_serial_against_side_by_side_against_reviewed_ahead():
    quick = tuple(replace(one, formal=1) if one.ahead else one for one in (FILING, *ITEMS))
    found = compare(quick)
    assert found.serial == 1 + 1 + 3 + 2 + 10 + 2
    assert found.parallel == 12
    # With opinions and the land: land use 1 day, then title 2 (plan 1 beside it), build 2.
    assert found.after_land == 5
    assert found.saved == 14


def test_the_forecast_names_the_day_and_what_decides_it():
    found = forecast(ITEMS, WITH_LAND, {}, "build", TODAY, later)
    # Drawings take ten days from today, the permit two more.
    assert found.goal == TODAY + 10 * DAY + 10 * DAY + 2 * DAY
    assert found.chain == ("drawings", "build")


def test_nobody_can_say_before_somebody_says_when_the_land_comes():
    assert forecast(ITEMS, TRACK, {}, "build", TODAY, later).unknown is not None
    far = TODAY + 60 * DAY
    found = forecast(ITEMS, TRACK, {}, "build", TODAY, later, far)
    # Everything is reviewed by then: land use 1, plan 3, build 2.
    assert found.goal == far + 10 * DAY + 2 * DAY
    assert found.unknown is None


def test_what_is_late_moves_the_goal_every_day():
    filed = {"drawings": Filed(AT)}
    late = due(AT, 10).date() + 5 * DAY
    clock = clocks(ITEMS, WITH_LAND, filed, late, due)
    first = forecast(ITEMS, WITH_LAND, clock, "build", late, later)
    second = forecast(ITEMS, WITH_LAND, clock, "build", late + DAY, later)
    assert second.goal == first.goal + DAY
    assert "drawings" in first.chain


def test_when_all_is_issued_the_goal_is_the_day_it_was():
    done = replace(WITH_LAND, red=dict.fromkeys(LABELS, TODAY - DAY))
    found = forecast(ITEMS, done, {}, "build", TODAY, later)
    assert (found.goal, found.chain) == (TODAY - DAY, ())


def test_without_the_land_there_is_no_goal():
    assert forecast(ITEMS, replace(TRACK, lost=TODAY), {}, "build", TODAY, later).goal is None


@settings(max_examples=50)
@given(
    st.sets(st.sampled_from(sorted(LABELS))),
    st.sets(st.sampled_from(["land_use", "plan", "drawings"])),
)
def test_issuing_or_reviewing_more_never_makes_the_goal_later(issued, reviewed):
    until = TODAY + 90 * DAY
    opinions = {name: PreReview(TODAY, until, "parcel-1") for name in reviewed}
    bare = Track(TODAY, "parcel-1", obtained=TODAY)
    rich = replace(bare, blue=opinions, red=dict.fromkeys(issued, TODAY))
    items = tuple(replace(one, formal=1) if one in (LAND_USE, PLAN) else one for one in ITEMS)
    slow, quick = (forecast(items, one, {}, "build", TODAY, later) for one in (bare, rich))
    assert quick.goal <= slow.goal
