"""Needs count whole calendar periods; a cap counts any window; windows are offered as one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.visiting.cadence import (
    Cap,
    Contact,
    Need,
    Per,
    first_day_needed,
    over_cap,
    period_before,
    period_of,
    standing,
    together,
)

DAY = dt.date(2026, 11, 20)
LONG_AGO = dt.date(2020, 1, 1)
VISIT, CALL = Need("visit", 1, Per.MONTH), Need("call", 1, Per.MONTH)
MONTHLY = (VISIT, CALL)
QUARTERLY = (Need("visit", 1, Per.QUARTER),)
days = st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31))


def _on(month, day, kind="visit", year=2026):
    return Contact(dt.date(year, month, day), kind)


@pytest.mark.parametrize(
    ("per", "first", "last"),
    [
        (Per.MONTH, dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
        (Per.QUARTER, dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
        (Per.HALF_YEAR, dt.date(2026, 7, 1), dt.date(2026, 12, 31)),
        (Per.YEAR, dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    ],
)
def test_a_period_is_a_calendar_period(per, first, last):
    period = period_of(DAY, per)
    assert (period.first, period.last) == (first, last)


@given(days, st.sampled_from(Per))
def test_periods_follow_each_other_without_a_gap(day, per):
    period = period_of(day, per)
    assert period.first <= day <= period.last
    assert period_before(period, per).last == period.first - dt.timedelta(days=1)


def test_each_month_one_visit_and_one_call():
    """翼城: at least one visit and one call a month."""
    now = standing(MONTHLY, LONG_AGO, [_on(10, 3), _on(10, 9, "call"), _on(11, 2)], DAY)
    assert now.missed == ()
    assert [(count.need.kind, count.missing) for count in now.due] == [("call", 1)]


def test_what_the_last_whole_month_fell_short_of_is_overdue():
    now = standing(MONTHLY, LONG_AGO, [_on(10, 3), _on(9, 30, "call")], DAY)
    assert [(c.need.kind, c.period.last) for c in now.missed] == [("call", dt.date(2026, 10, 31))]


def test_a_call_is_no_visit():
    """自贡沿滩: one visit a quarter; a call does not stand in for it."""
    now = standing(QUARTERLY, LONG_AGO, [_on(8, 8, "call")], DAY)
    assert [count.had for count in now.missed] == [0]


@pytest.mark.parametrize(
    ("since", "missed"), [(dt.date(2026, 10, 1), 2), (dt.date(2026, 10, 2), 0)]
)
def test_a_period_counts_only_if_somebody_was_responsible_from_its_first_day(since, missed):
    assert len(standing(MONTHLY, since, [], DAY).missed) == missed


def test_contacts_after_the_day_do_not_count_yet():
    assert standing((VISIT,), LONG_AGO, [_on(11, 25)], DAY).due[0].had == 0


@given(st.lists(st.tuples(days, st.sampled_from(["visit", "call"])), max_size=20), days)
def test_more_contacts_never_make_more_overdue(pairs, as_of):
    contacts = [Contact(*pair) for pair in pairs]
    needs = (*MONTHLY, *QUARTERLY)
    fewer = standing(needs, LONG_AGO, contacts[1:], as_of)
    more = standing(needs, LONG_AGO, contacts, as_of)
    assert {c.need for c in more.missed} <= {c.need for c in fewer.missed}
    assert {c.need for c in more.due} <= {c.need for c in fewer.due}


@given(st.lists(st.tuples(days, st.sampled_from(["visit", "call"])), max_size=20), days)
def test_contacts_before_the_first_day_needed_change_nothing(pairs, as_of):
    contacts = [Contact(*pair) for pair in pairs]
    needs = (*MONTHLY, *QUARTERLY)
    late = [one for one in contacts if one.on >= first_day_needed(needs, as_of)]
    assert standing(needs, LONG_AGO, contacts, as_of) == standing(needs, LONG_AGO, late, as_of)


CAP = Cap(2, 30)


@pytest.mark.parametrize(
    ("visited", "full"),
    [
        ([], False),
        ([1], False),
        ([1, 10], True),
        ([-8, 1], False),
        ([-7, 1], True),
        ([28, 30], True),
        ([-5, 50], False),
    ],
)
def test_a_third_visit_within_thirty_days_is_beyond_the_cap(visited, full):
    """Days count from 1 November; the new visit is on the 22nd, so the window reaches to -7."""
    days = [dt.date(2026, 11, 1) + dt.timedelta(days=day - 1) for day in visited]
    assert bool(over_cap(days, dt.date(2026, 11, 22), CAP)) is full


def test_the_refusal_names_the_visits_that_fill_the_window():
    days = [dt.date(2026, 11, 1), dt.date(2026, 11, 10), dt.date(2026, 8, 1)]
    assert over_cap(days, DAY, CAP) == (dt.date(2026, 11, 1), dt.date(2026, 11, 10))


@given(st.lists(days, max_size=12), days, st.integers(1, 4), st.integers(1, 60))
def test_the_cap_says_what_counting_every_window_says(visited, new, visits, length):
    cap = Cap(visits, length)
    starts = [new - dt.timedelta(days=back) for back in range(length)]
    counted = (
        sum(start <= day < start + dt.timedelta(days=length) for day in visited) for start in starts
    )
    assert bool(over_cap(visited, new, cap)) is any(n >= visits for n in counted)


def test_planned_visits_nearby_are_offered_nearest_first():
    planned = [DAY + dt.timedelta(days=n) for n in (-15, -14, 3, 14, 15)]
    assert together(planned, DAY, 14) == (planned[2], planned[1], planned[3])
