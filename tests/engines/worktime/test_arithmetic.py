"""The laws of working time, on arbitrary calendars, against a minute-by-minute reading."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.worktime.arithmetic import add, between, workdays_between
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.durations import Duration, Unit, parse_duration
from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.layers import Layer, Source
from openzone.packs.calendars import national_calendar
from tests.engines.worktime import reference
from tests.engines.worktime.helpers import OFFICE, at, on
from tests.engines.worktime.strategies import (
    calendars,
    closures,
    dates,
    exact_moments,
    layers,
    moments,
    weeks,
)

NATIONAL = national_calendar()
MINUTE = dt.timedelta(minutes=1)
amounts = st.integers(1, 3000)


@given(calendars, moments, moments)
def test_working_time_equals_the_minutes_counted_one_by_one(calendar, one, other):
    start, end = sorted((one, other))
    counted = reference.working_minutes(calendar, start, end)
    assert between(calendar, start, end) == counted * MINUTE
    assert calendar.working_minutes_between(start, end) == counted


@given(calendars, moments, st.integers(1, 240))
def test_adding_ends_where_the_minutes_counted_one_by_one_end(calendar, start, amount):
    due = add(calendar, start, Duration(amount, Unit.WORKING_MINUTE))
    assert due == reference.after(calendar, start, amount)


@given(calendars, exact_moments, amounts)
def test_between_undoes_add(calendar, start, amount):
    due = add(calendar, start, Duration(amount, Unit.WORKING_MINUTE))
    assert between(calendar, start, due) == amount * MINUTE


@given(calendars, exact_moments, exact_moments, exact_moments)
def test_working_time_is_additive_in_any_order(calendar, a, b, c):
    whole, parts = between(calendar, a, c), between(calendar, a, b) + between(calendar, b, c)
    assert whole == parts


@given(calendars, st.lists(exact_moments, min_size=2, max_size=8).map(sorted))
def test_no_whole_minute_is_lost_or_doubled_between_consecutive_events(calendar, events):
    total = sum(calendar.working_minutes_between(a, b) for a, b in pairwise(events))
    assert total == calendar.working_minutes_between(events[0], events[-1])


@given(calendars, exact_moments, exact_moments)
def test_working_time_never_exceeds_the_time_that_passed(calendar, one, other):
    start, end = sorted((one, other))
    assert dt.timedelta() <= between(calendar, start, end) <= end - start


@given(calendars, exact_moments, exact_moments, amounts)
def test_what_comes_in_earlier_is_never_due_later(calendar, one, other, amount):
    limit = Duration(amount, Unit.WORKING_MINUTE)
    earlier, later = sorted((one, other))
    assert add(calendar, earlier, limit) <= add(calendar, later, limit)


@given(calendars, exact_moments, amounts, amounts)
def test_a_longer_limit_is_due_later(calendar, start, one, other):
    short, long = sorted((one, other))
    sooner = add(calendar, start, Duration(short, Unit.WORKING_MINUTE))
    later = add(calendar, start, Duration(long, Unit.WORKING_MINUTE))
    assert (sooner < later) == (short < long)


@given(weeks(), st.lists(layers, max_size=2), closures())
def test_no_working_time_passes_during_a_closure(week, below, closure):
    calendar = WorkCalendar(week, (*below, _only(closure)))
    assert between(calendar, closure.start, closure.end) == dt.timedelta()


@given(calendars, closures(), exact_moments, amounts)
def test_a_closure_never_brings_a_due_moment_forward(calendar, closure, start, amount):
    limit = Duration(amount, Unit.WORKING_MINUTE)
    closed = calendar.with_layers(_only(closure))
    assert add(closed, start, limit) >= add(calendar, start, limit)


@given(calendars, exact_moments)
def test_the_next_working_moment_is_worked_and_nothing_was_worked_before_it(calendar, moment):
    opening = calendar.next_working_moment(moment)
    assert opening >= moment
    assert between(calendar, moment, opening) == dt.timedelta()
    assert between(calendar, opening, opening + dt.timedelta(seconds=1)) > dt.timedelta()


@given(calendars, dates, st.integers(1, 8))
def test_the_nth_workday_is_the_one_a_finger_on_the_calendar_finds(calendar, date, count):
    found = calendar.shift_workdays(date, count)
    assert found == reference.nth_workday(calendar, date, count)
    assert calendar.workdays_between(date, found) == count


@given(calendars, dates, st.integers(1, 12))
def test_going_back_over_workdays_undoes_going_forward(calendar, date, count):
    workday = calendar.shift_workdays(date, 1)
    there = calendar.shift_workdays(workday, count)
    assert calendar.shift_workdays(there, -count) == workday


@given(calendars, dates, dates, dates)
def test_working_days_are_additive(calendar, a, b, c):
    whole = calendar.workdays_between(a, c)
    assert whole == calendar.workdays_between(a, b) + calendar.workdays_between(b, c)


def _only(closure):
    return Layer(Source("示例停办通知"), closures=(closure,))


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        # A lunch break is not worked: one hour from 11:30 takes until 14:00.
        ("2026-09-16T11:30", "1 working hour", "2026-09-16T14:00"),
        ("2026-09-16T12:15", "1 working hour", "2026-09-16T14:30"),
        # Reaching closing time exactly ends then, not at the next opening.
        ("2026-09-16T16:30", "1 working hour", "2026-09-16T17:30"),
        ("2026-09-16T16:30", "61 working minutes", "2026-09-17T09:01"),
        # Friday evening over a make-up Sunday (20 September 2026).
        ("2026-09-18T17:00", "1 working hour", "2026-09-20T09:30"),
        ("2026-09-30T16:30", "3 workdays", "2026-10-10T17:30"),
        # Leap day and the end of February.
        ("2024-02-28T10:00", "1 workday", "2024-02-29T17:30"),
        ("2024-02-28T10:00", "1 day", "2024-02-29T23:59:59"),
        ("2026-02-27T10:00", "1 day", "2026-02-28T23:59:59"),
        ("2026-02-27T10:00", "1 workday", "2026-02-28T17:30"),  # a make-up Saturday
        ("2025-02-28T10:00", "24 hours", "2025-03-01T10:00"),
        ("2026-09-16T11:30:45", "60 minutes", "2026-09-16T12:30:45"),
    ],
)
def test_worked_examples(start, duration, end):
    assert add(NATIONAL, at(start), parse_duration(duration)) == at(end)


def test_working_time_over_the_national_day_weeks_of_2026():
    # 28-30 September and 8-10 October: six working days of 3 + 4 hours.
    worked = between(NATIONAL, at("2026-09-28T00:00"), at("2026-10-11T00:00"))
    assert worked == dt.timedelta(hours=6 * 7)
    assert workdays_between(NATIONAL, at("2026-09-27T10:00"), at("2026-10-11T10:00")) == 6


def test_a_whole_published_year_has_its_number_of_working_days():
    # 2026: 365 days, 104 of them weekend; 19 weekdays off, 6 weekend days worked.
    assert NATIONAL.workdays_between(on("2025-12-31"), on("2026-12-31")) == 365 - 104 - 19 + 6


@pytest.mark.parametrize("unit", list(Unit))
def test_a_limit_beyond_all_calendars_is_refused(unit):
    with pytest.raises(WorktimeError):
        add(WorkCalendar(OFFICE), at("2026-09-30T16:30"), Duration(10**12, unit))


@pytest.mark.parametrize("unit", list(Unit))
def test_moments_with_a_zone_are_refused_by_every_unit(unit):
    with pytest.raises(WorktimeError, match="当地时间"):
        add(NATIONAL, at("2026-09-30T16:30+08:00"), Duration(1, unit))
