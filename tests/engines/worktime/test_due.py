"""When things are due: the cases people argue about, each counted by hand from the notices."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.text import Text
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.due import due, due_moment
from openzone.engines.worktime.durations import Duration, Unit, parse_duration
from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.intervals import ALL_DAY
from openzone.engines.worktime.layers import WeeklyHours
from openzone.engines.worktime.receipt import DayEnd, ReceiptRule
from openzone.packs.calendars import default_receipt_rule, national_calendar
from tests.engines.worktime.helpers import at, closed, hours, layer, makeup, on
from tests.engines.worktime.strategies import calendars, exact_moments

NATIONAL = national_calendar()
RULE = default_receipt_rule()


def count(received, clock, calendar=NATIONAL, rule=RULE):
    return due(at(received), parse_duration(clock), calendar, rule)


def counted(result):
    return [step.date.isoformat() for step in result.steps if step.counted]


def reasons(result, date):
    return next(step.reason.zh for step in result.steps if step.date == on(date))


def rule(**changes):
    usual = {
        "id": "示例",
        "title": Text("示例规则", "sample rule"),
        "late_units": frozenset({Unit.WORKDAY}),
        "workday_ends": DayEnd.CLOSING,
        "day_ends": DayEnd.MIDNIGHT,
        "rest_day_extends": True,
    }
    return ReceiptRule(**{**usual, **changes})


# Working days.


def test_three_workdays_from_the_afternoon_before_national_day_2026():
    result = count("2026-09-30T16:30", "3 workdays")
    assert result.due == at("2026-10-10T17:30")
    assert counted(result) == ["2026-10-08", "2026-10-09", "2026-10-10"]
    assert not result.provisional
    assert reasons(result, "2026-09-30").endswith("收到当日，不计入")
    assert reasons(result, "2026-10-01") == "国庆节放假"
    assert reasons(result, "2026-10-10") == "国庆节调休上班"


@pytest.mark.parametrize(
    ("received", "due_date"),
    [
        ("2025-10-10T16:00", "2025-10-11"),  # Saturday worked for National Day 2025
        ("2026-02-27T16:00", "2026-02-28"),  # Saturday worked for Spring Festival 2026
        ("2026-05-08T16:00", "2026-05-09"),  # Saturday worked for Labour Day 2026
    ],
)
def test_received_friday_at_four_before_a_make_up_saturday(received, due_date):
    result = count(received, "1 workday")
    assert result.due == at(f"{due_date}T17:30")
    assert "调休上班" in reasons(result, due_date)


def test_received_friday_at_four_before_an_ordinary_weekend():
    assert count("2026-09-11T16:00", "1 workday").due == at("2026-09-14T17:30")


def test_over_national_day_and_mid_autumn_2025_eight_days_count_nothing():
    # 国办发明电〔2024〕12号: off 1-8 October; 28 September and 11 October are worked.
    result = count("2025-09-26T10:00", "5 workdays")
    assert counted(result) == ["2025-09-28", "2025-09-29", "2025-09-30", "2025-10-09", "2025-10-10"]
    assert result.due == at("2025-10-10T17:30")


def test_over_mid_autumn_and_national_day_2026():
    # 国办发明电〔2025〕7号: off 25-27 September and 1-7 October; 10 October is worked.
    result = count("2026-09-24T10:00", "5 workdays")
    assert counted(result) == ["2026-09-28", "2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09"]


def test_over_the_extended_spring_festival_of_2020():
    result = count("2020-01-23T10:00", "2 workdays")
    assert counted(result) == ["2020-02-03", "2020-02-04"]
    assert "春节（延长）放假" in reasons(result, "2020-02-01")


def test_received_after_hours_counts_as_received_the_next_workday():
    result = count("2026-09-16T17:31", "1 workday")
    assert result.started == at("2026-09-17T09:00")
    assert result.due == at("2026-09-18T17:30")
    assert "视为下一工作日收到" in reasons(result, "2026-09-16")
    assert "收到当日，不计入" in reasons(result, "2026-09-17")


@pytest.mark.parametrize("clock", ["17:30", "12:30", "07:00", "00:00"])
def test_received_at_closing_during_lunch_or_before_opening_counts_as_that_day(clock):
    result = count(f"2026-09-16T{clock}", "1 workday")
    assert result.started == result.received
    assert result.due == at("2026-09-17T17:30")


def test_received_on_a_day_of_rest_counts_as_received_the_next_workday():
    result = count("2026-09-12T10:00", "1 workday")
    assert result.started == at("2026-09-14T09:00")
    assert result.due == at("2026-09-15T17:30")
    assert [step.counted for step in result.steps] == [False, False, False, True]


def test_received_on_a_make_up_sunday_is_received_that_day():
    result = count("2026-09-20T10:00", "1 workday")
    assert result.started == at("2026-09-20T10:00")
    assert result.due == at("2026-09-21T17:30")


def test_where_late_receipt_makes_no_difference_the_next_workday_is_day_one():
    plain = rule(late_units=frozenset())
    assert count("2026-09-12T10:00", "1 workday", rule=plain).due == at("2026-09-14T17:30")
    assert count("2026-09-16T18:00", "1 workday", rule=plain).due == at("2026-09-17T17:30")


def test_a_rule_may_let_working_days_end_at_midnight():
    result = count("2026-09-16T10:00", "1 workday", rule=rule(workday_ends=DayEnd.MIDNIGHT))
    assert result.due == at("2026-09-17T23:59:59")


def test_february_and_the_leap_day():
    assert count("2024-02-28T10:00", "2 workdays").due == at("2024-03-01T17:30")
    assert counted(count("2024-02-28T10:00", "2 workdays")) == ["2024-02-29", "2024-03-01"]
    # 28 February 2026 is a make-up Saturday.
    assert count("2026-02-27T10:00", "2 workdays").due == at("2026-03-02T17:30")


def test_received_on_the_leap_day():
    assert count("2024-02-29T18:00", "1 workday").due == at("2024-03-04T17:30")


# Years without a notice.


def test_a_year_without_calendar_is_counted_monday_to_friday_and_marked_provisional():
    result = count("2027-09-30T10:00", "3 workdays")
    assert result.provisional
    assert result.unpublished_years == (2027,)
    assert counted(result) == ["2027-10-01", "2027-10-04", "2027-10-05"]
    assert "尚未公布" in reasons(result, "2027-10-01")


def test_crossing_into_an_unpublished_year_is_provisional():
    result = count("2026-12-30T10:00", "3 workdays")
    assert result.unpublished_years == (2027,)
    assert counted(result) == ["2026-12-31", "2027-01-01", "2027-01-04"]


def test_ending_before_the_unpublished_year_is_not_provisional_but_warns_of_its_new_year():
    result = count("2026-12-28T10:00", "3 workdays")
    assert result.due == at("2026-12-31T17:30")
    assert not result.provisional
    assert "2027年放假安排尚未公布" in result.notes[0].zh
    assert "last days of 2026" in result.notes[0].en


@pytest.mark.parametrize(
    "received", ["2026-12-21T10:00", "2025-12-28T10:00", "2026-06-01T10:00", "2027-12-28T10:00"]
)
def test_no_warning_where_no_coming_notice_can_change_the_day(received):
    assert count(received, "3 workdays").notes == ()


def test_received_late_on_the_last_day_of_the_year_rests_on_the_next_calendar():
    result = count("2026-12-31T18:00", "1 workday")
    assert result.started == at("2027-01-01T09:00")
    assert result.provisional


def test_what_was_provisional_becomes_firm_once_the_notice_is_known():
    known = NATIONAL.as_known_on(on("2025-10-01"))
    before = count("2025-12-30T10:00", "3 workdays", known)
    after = count("2025-12-30T10:00", "3 workdays")
    assert (before.provisional, before.due) == (True, at("2026-01-02T17:30"))
    assert (after.provisional, after.due) == (False, at("2026-01-05T17:30"))


def test_clock_time_is_never_provisional():
    assert not count("2027-09-30T10:00", "24 hours").provisional


# Working hours.


def test_one_working_hour_starts_at_the_next_opening():
    result = count("2026-09-12T22:00", "1 working hour")
    assert result.started == at("2026-09-14T09:00")
    assert result.due == at("2026-09-14T10:00")


def test_the_lunch_break_is_not_counted():
    assert count("2026-09-16T11:30", "1 working hour").due == at("2026-09-16T14:00")
    assert count("2026-09-16T12:10", "1 working hour").started == at("2026-09-16T13:30")


def test_working_hours_show_the_minutes_of_each_day():
    result = count("2026-09-18T16:30", "2 working hours")
    assert [(step.date.day, step.amount, step.total) for step in result.steps] == [
        (18, 60, 60),
        (19, 0, 60),
        (20, 60, 120),
    ]
    assert result.due == at("2026-09-20T10:00")


def test_a_closed_afternoon_stops_the_clock_and_says_why():
    storm = NATIONAL.with_layers(layer(closed("2026-07-20T13:30", "2026-07-20T17:30")))
    result = count("2026-07-20T11:00", "2 working hours", storm)
    assert result.due == at("2026-07-21T10:00")
    assert "暴雨红色预警" in reasons(result, "2026-07-20")


def test_received_during_the_closed_afternoon_counts_as_received_the_next_workday():
    storm = NATIONAL.with_layers(layer(closed("2026-07-20T13:30", "2026-07-20T17:30")))
    assert count("2026-07-20T14:00", "1 workday", storm).due == at("2026-07-22T17:30")


def test_a_wholly_closed_day_is_skipped_in_working_days():
    storm = NATIONAL.with_layers(layer(closed("2026-07-21T00:00", "2026-07-22T00:00")))
    result = count("2026-07-20T11:00", "1 workday", storm)
    assert counted(result) == ["2026-07-22"]
    assert "停办" in reasons(result, "2026-07-21")


def test_a_half_day_counts_as_a_day_and_ends_at_its_own_closing_time():
    half = NATIONAL.with_layers(layer(hours("2026-03-09", "09:00-12:00", name="妇女节补休")))
    assert count("2026-03-06T10:00", "1 workday", half).due == at("2026-03-09T12:00")
    assert count("2026-03-09T11:30", "1 working hour", half).due == at("2026-03-10T09:30")


def test_a_local_make_up_workday_counts_from_its_own_hours():
    local = NATIONAL.with_layers(layer(makeup("2026-09-12", "10:00-12:00", name="抢险")))
    assert count("2026-09-11T17:00", "1 working hour", local).due == at("2026-09-12T10:30")


# Calendar days and clock time.


def test_calendar_days_ending_on_a_holiday_run_on_to_the_next_workday():
    result = count("2026-09-28T10:00", "7 days")
    assert result.due == at("2026-10-08T23:59:59")
    assert len(counted(result)) == 7
    assert counted(result)[-1] == "2026-10-05"
    assert reasons(result, "2026-10-08").endswith("期间最后一日为休息日，顺延")


def test_calendar_days_ending_on_a_weekend_run_on_but_not_past_a_make_up_workday():
    assert count("2026-09-12T10:00", "7 days").due == at("2026-09-20T23:59:59")


def test_without_extension_calendar_days_end_where_they_end():
    result = count("2026-09-28T10:00", "7 days", rule=rule(rest_day_extends=False))
    assert result.due == at("2026-10-05T23:59:59")
    assert not result.provisional


def test_calendar_days_do_not_care_about_late_receipt():
    assert count("2026-09-14T23:00", "2 days").due == at("2026-09-16T23:59:59")


def test_calendar_days_may_end_with_business_hours():
    result = count("2026-09-14T10:00", "2 days", rule=rule(day_ends=DayEnd.CLOSING))
    assert result.due == at("2026-09-16T17:30")


def test_calendar_days_are_provisional_only_if_the_last_day_rests_on_an_unpublished_year():
    assert count("2026-12-20T10:00", "30 days").provisional
    never = rule(rest_day_extends=False)
    assert not count("2026-12-20T10:00", "30 days", rule=never).provisional
    assert not count("2026-12-01T10:00", "10 days").provisional
    assert not count("2019-12-20T10:00", "30 days").provisional


def test_twenty_four_hours_run_through_the_night_and_the_holiday():
    result = count("2026-10-01T22:15:30", "24 hours")
    assert result.due == at("2026-10-02T22:15:30")
    assert result.steps[-1].total == 24 * 60


@pytest.mark.parametrize(
    ("received", "clock", "expected"),
    [
        ("2026-10-01T22:00", "2 workdays", "2026-10-03T23:59:59"),
        ("2026-10-01T22:00", "2 working hours", "2026-10-02T00:00:00"),
        ("2026-10-01T22:00", "2 hours", "2026-10-02T00:00:00"),
        ("2026-10-01T23:59:59.500", "1 workday", "2026-10-02T23:59:59"),
    ],
)
def test_a_desk_that_never_closes_counts_every_day_once(received, clock, expected):
    never_closed = WorkCalendar(WeeklyHours((ALL_DAY,) * 7, ALL_DAY), ())
    result = count(received, clock, never_closed)
    assert result.due == at(expected)
    assert result.steps[-1].total == (result.clock.minutes or result.clock.amount)
    assert result.steps[-1].counted


def test_sixty_minutes_run_through_lunch():
    assert count("2026-09-16T11:30", "60 minutes").due == at("2026-09-16T12:30")


# The answer as data, and as a law.


def test_the_answer_is_json_with_every_day_in_both_languages():
    data = json.loads(json.dumps(count("2026-12-30T10:00", "3 workdays").to_data()))
    assert data["due"] == "2027-01-04T17:30:00"
    assert data["clock"] == {"unit": "workday", "amount": 3}
    assert data["provisional"] is True
    assert data["unpublished_years"] == [2027]
    assert data["steps"][1]["counted"] is True
    assert data["steps"][1]["reason"] == {"zh": "周四，工作日", "en": "Thursday, working day"}


def test_moments_with_a_zone_are_refused():
    with pytest.raises(WorktimeError, match="当地时间"):
        count("2026-09-30T16:30+08:00", "3 workdays")


@given(
    calendars,
    exact_moments,
    st.builds(Duration, st.integers(1, 40), st.sampled_from(Unit)),
    st.builds(
        rule,
        late_units=st.frozensets(st.sampled_from([Unit.WORKDAY, Unit.DAY])),
        workday_ends=st.sampled_from(DayEnd),
        day_ends=st.sampled_from(DayEnd),
        rest_day_extends=st.booleans(),
    ),
)
def test_the_days_shown_add_up_to_the_limit(calendar, received, clock, chosen):
    result = due(received, clock, calendar, chosen)
    expected = clock.minutes or clock.amount
    assert sum(step.amount for step in result.steps) == result.steps[-1].total == expected
    assert result.steps[0].date == received.date()
    assert result.steps[-1].date == (result.due - dt.timedelta(microseconds=1)).date()
    assert received <= result.started <= result.due
    assert due_moment(received, clock, calendar, chosen) == result.due


@given(calendars, exact_moments, exact_moments, st.integers(1, 20))
def test_what_comes_in_earlier_is_never_due_later(calendar, one, other, amount):
    earlier, later = sorted((one, other))
    for unit in Unit:
        limit = Duration(amount, unit)
        assert due_moment(earlier, limit, calendar, RULE) <= due_moment(
            later, limit, calendar, RULE
        )


@given(exact_moments, st.integers(1, 20))
def test_knowing_the_notices_only_ever_removes_doubt(received, amount):
    limit = Duration(amount, Unit.WORKDAY)
    assert not due(received, limit, NATIONAL, RULE).provisional
    bare = WorkCalendar(NATIONAL.hours)
    assert due(received, limit, bare, RULE).unpublished_years == (2026,)
    assert dt.date(2026, 9, 21) <= received.date()
