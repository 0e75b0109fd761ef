"""A delay moves what it pushes and nothing else; a plan that is none is told whole."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.projects.schedule import Milestone, ScheduleError, schedule

DAY = dt.timedelta(days=1)
START = dt.date(2026, 1, 1)


def _on(month, day):
    return dt.date(2026, month, day)


# A plant from its land to its first product; two branches meet at the trial run.
PLANT = (
    Milestone("land", planned=_on(1, 10)),
    Milestone("build", planned=_on(4, 20), after=("land",), days=90),
    Milestone("power", planned=_on(3, 1), after=("land",), days=30),
    Milestone("trial", planned=_on(5, 10), after=("build", "power"), days=20),
)


def test_as_planned_the_longest_branch_drives_the_end():
    plan = schedule(PLANT, START)
    assert plan.finish == _on(5, 10)
    assert plan.path == ("land", "build", "trial")
    assert plan["trial"].late == 0
    assert plan["power"].slack == 50


def test_room_swallows_a_delay():
    land_late = (Milestone("land", planned=_on(1, 10), actual=_on(1, 20)), *PLANT[1:])
    plan = schedule(land_late, _on(1, 20))
    assert plan["build"].expected == _on(4, 20)
    assert plan.finish == _on(5, 10)


def test_a_delay_beyond_the_room_moves_the_end():
    land_late = (Milestone("land", planned=_on(1, 10), actual=_on(2, 10)), *PLANT[1:])
    plan = schedule(land_late, _on(2, 10))
    assert plan["build"].expected == _on(5, 11)
    assert plan["trial"].late == 21
    assert plan["build"].critical
    assert not plan["power"].critical


def test_what_is_not_done_lies_no_earlier_than_today():
    plan = schedule(PLANT, _on(3, 1))
    assert plan["land"].expected == _on(3, 1)
    assert plan["land"].late == 50


def test_without_stated_days_the_planned_distance_is_what_it_needs():
    plan = schedule(
        (Milestone("a", _on(1, 1)), Milestone("b", _on(1, 31), after=("a",))), _on(1, 11)
    )
    assert plan["b"].expected == _on(2, 10)


def test_a_day_that_cannot_move_shows_how_much_is_missing():
    """德阳: work under water is done before the flood season, whatever the rest of the plan."""
    flood = _on(5, 1)
    works = (
        Milestone("restart", planned=_on(2, 22), actual=_on(2, 22)),
        Milestone("under_water", planned=_on(4, 20), after=("restart",), days=80, fixed=flood),
        Milestone("bank", planned=_on(9, 1), after=("under_water",), days=60),
    )
    plan = schedule(works, _on(3, 1))
    assert plan["under_water"].expected == _on(5, 13)
    assert plan["under_water"].slack == -12
    assert plan["under_water"].critical
    assert plan["bank"].slack == 0


def test_what_is_done_is_never_critical():
    plan = schedule((Milestone("only", _on(1, 1), actual=_on(1, 5)),), _on(1, 6))
    assert plan["only"].done
    assert not plan["only"].critical
    assert plan.path == ("only",)


@pytest.mark.parametrize(
    ("milestones", "fields"),
    [
        ((), set()),
        ((Milestone("a"), Milestone("a")), {("a", "id")}),
        ((Milestone("a", after=("a",)),), {("a", "after")}),
        ((Milestone("a", after=("nowhere",)),), {("a", "after")}),
        ((Milestone("a", days=-1),), {("a", "days")}),
        ((Milestone("a", actual=_on(2, 1)),), {("a", "actual")}),
        (
            (Milestone("a", _on(1, 9)), Milestone("b", _on(1, 8), after=("a",))),
            {("b", "planned")},
        ),
        (
            (Milestone("a", actual=START), Milestone("b", actual=START - DAY, after=("a",))),
            {("b", "actual")},
        ),
        ((Milestone("a"), Milestone("b", actual=START, after=("a",))), {("b", "actual")}),
    ],
)  # fmt: skip
def test_a_plan_that_is_none_says_where(milestones, fields):
    with pytest.raises(ScheduleError) as error:
        schedule(milestones, START)
    assert {(fault.milestone, fault.field) for fault in error.value.faults} == fields
    assert str(error.value)


def test_a_circle_is_shown_with_its_way_round():
    circle = (Milestone("a", after=("b",)), Milestone("b", after=("a",)))
    with pytest.raises(ScheduleError) as error:
        schedule(circle, START)
    assert "→" in str(error.value.faults[0].reason)


def test_all_faults_are_told_at_once():
    bad = (
        Milestone("a", actual=_on(3, 1)),
        Milestone("b", after=("c",), days=-2),
        Milestone("d", after=("d",)),
    )
    with pytest.raises(ScheduleError) as error:
        schedule(bad, START)
    assert len(error.value.faults) == 4


@st.composite
def plans(draw):
    count = draw(st.integers(1, 8))
    made = []
    for number in range(count):
        after = draw(st.sets(st.integers(0, number - 1), max_size=3)) if number else set()
        made.append(
            Milestone(
                str(number),
                planned=START + DAY * (number * 10 + draw(st.integers(0, 9))),
                after=tuple(str(each) for each in sorted(after)),
                days=draw(st.none() | st.integers(0, 12)),
            )
        )
    return tuple(made)


@given(plans(), st.integers(0, 60))
def test_everything_follows_what_it_waits_for_and_nothing_lies_before_today(plan, later):
    today = START + DAY * later
    made = schedule(plan, today)
    by_id = {one.id: one for one in plan}
    for one in made.placed:
        assert one.expected >= max(today, by_id[one.id].planned)
        assert all(made[each].expected <= one.expected for each in by_id[one.id].after)


@given(plans(), st.integers(1, 30), st.data())
def test_slack_is_exact(plan, days, data):
    """Using it up leaves the end where it is; one day more moves it."""
    free = tuple(Milestone(one.id, None, None, one.after, one.days or 3) for one in plan)
    before = schedule(free, START)
    lost = data.draw(st.sampled_from(before.placed))
    moved = tuple(
        replace(one, planned=lost.expected + DAY * days) if one.id == lost.id else one
        for one in free
    )
    assert (schedule(moved, START).finish > before.finish) == (days > lost.slack)
