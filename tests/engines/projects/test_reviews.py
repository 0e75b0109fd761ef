"""Three rhythms, each with its days; the agenda begins with what is worst."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.projects.reviews import (
    Cadence,
    Every,
    Matter,
    Tiers,
    Why,
    agenda,
    check,
    occurrences,
    tier_now,
)

MONTHLY = Cadence("leaders", Every.MONTH, (28,))
HALF = Cadence("chief", Every.HALF_MONTH, (15, 30))
WEEKLY = Cadence("force", Every.WEEK, (1,))
YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


class Weekdays:
    """A calendar of weekdays with some more days off."""

    def __init__(self, *off):
        self.off = set(off)

    def is_workday(self, date):
        return date.isoweekday() < 6 and date not in self.off


def _held(cadence, first, last, *off):
    return [one.on for one in occurrences(cadence, first, last, Weekdays(*off))]


def test_half_monthly_is_two_fixed_days_and_the_last_one_in_february():
    held = occurrences(HALF, dt.date(2027, 2, 1), dt.date(2027, 2, 28), Weekdays())
    assert [one.meant for one in held] == [dt.date(2027, 1, 30), dt.date(2027, 2, 15)]
    assert held[0].on == dt.date(2027, 2, 1), "Saturday the 30th is held on Monday"


def test_every_month_has_two_half_monthly_meetings_and_one_of_leaders():
    assert len(occurrences(HALF, *YEAR, Weekdays())) == 24
    assert len(occurrences(MONTHLY, *YEAR, Weekdays())) == 12
    assert len(occurrences(WEEKLY, *YEAR, Weekdays())) == 52


def test_a_meeting_on_a_day_off_is_held_on_the_next_working_day():
    monday = dt.date(2026, 10, 5)
    assert _held(WEEKLY, monday, monday + dt.timedelta(days=6), monday) == [dt.date(2026, 10, 6)]


def test_where_the_next_working_day_lies_in_the_next_period_it_is_held_before():
    monday = dt.date(2026, 10, 5)
    week = [monday + dt.timedelta(days=n) for n in range(5)]
    assert dt.date(2026, 10, 2) in _held(WEEKLY, dt.date(2026, 9, 28), monday, *week)


def test_a_meeting_looks_at_the_time_since_the_one_before():
    held = occurrences(MONTHLY, dt.date(2026, 4, 1), dt.date(2026, 4, 30), Weekdays())
    assert [(one.since, one.meant) for one in held] == [
        (dt.date(2026, 3, 28), dt.date(2026, 4, 28))
    ]


@pytest.mark.parametrize(
    ("cadence", "right"),
    [
        (MONTHLY, True),
        (HALF, True),
        (WEEKLY, True),
        (Cadence("x", Every.HALF_MONTH, (15,)), False),
        (Cadence("x", Every.HALF_MONTH, (30, 15)), False),
        (Cadence("x", Every.MONTH, (32,)), False),
        (Cadence("x", Every.WEEK, (8,)), False),
        (Cadence("x", Every.WEEK, (0,)), False),
    ],
)
def test_a_cadence_has_the_days_its_rhythm_needs(cadence, right):
    assert (check(cadence) is None) is right


def test_the_agenda_begins_with_what_is_worst_and_keeps_projects_together():
    matters = [
        Matter("p3", "promise", Why.PROMISE_DUE, due=dt.date(2026, 5, 1)),
        Matter("p1", "light", Why.TURNED_YELLOW),
        Matter("p2", "light", Why.TURNED_RED),
        Matter("p1", "case 7", Why.ESCALATED),
        Matter("p2", "case 9", Why.OBSTACLE, severity=1),
        Matter("p2", "case 8", Why.OBSTACLE, severity=3),
    ]
    assert [(one.project, one.ref) for one in agenda(matters)] == [
        ("p1", "case 7"), ("p1", "light"),
        ("p2", "light"), ("p2", "case 8"), ("p2", "case 9"),
        ("p3", "promise"),
    ]  # fmt: skip


def test_one_thing_stands_once_for_its_most_pressing_reason():
    twice = [Matter("p", "case 7", Why.OBSTACLE), Matter("p", "case 7", Why.ESCALATED)]
    assert agenda(twice) == [Matter("p", "case 7", Why.ESCALATED)]


LADDER = Tiers(("force", "chief", "leaders"), missed=2)


@pytest.mark.parametrize(
    ("met", "tier"),
    [
        ([], "force"),
        (["force"], "force"),
        (["force", "force"], "chief"),
        (["force", "leaders", "chief"], "force"),
        (["force", "force", "force", "chief"], "chief"),
        (["force", "force", "chief", "chief"], "leaders"),
        (["force"] * 2 + ["chief"] * 2 + ["leaders"] * 9, "leaders"),
    ],
)
def test_what_a_tier_leaves_open_goes_up(met, tier):
    assert tier_now(LADDER, "force", met) == tier


days_off = st.sets(st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 31)), max_size=40)


@given(st.sampled_from([MONTHLY, HALF, WEEKLY]), days_off)
def test_no_meeting_is_lost_or_held_twice_however_many_days_are_off(cadence, off):
    whole = occurrences(cadence, *YEAR, Weekdays(*off))
    parts = [
        one
        for first, last in ((YEAR[0], dt.date(2026, 2, 17)), (dt.date(2026, 2, 18), YEAR[1]))
        for one in occurrences(cadence, first, last, Weekdays(*off))
    ]
    assert sorted(parts, key=lambda one: one.meant) == sorted(whole, key=lambda one: one.meant)
    assert len({one.meant for one in whole}) == len(whole)


@given(st.permutations([
    Matter("a", "1", Why.OBSTACLE, 2), Matter("a", "1", Why.ESCALATED),
    Matter("b", "2", Why.STILL_RED), Matter("c", "3", Why.PROMISE_DUE, due=dt.date(2026, 1, 1)),
    Matter("c", "4", Why.TURNED_RED),
]))  # fmt: skip
def test_the_order_in_which_things_are_found_does_not_matter(matters):
    assert [one.ref for one in agenda(matters)] == ["1", "4", "3", "2"]
