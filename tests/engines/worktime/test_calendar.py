"""What a day is, and why: layers of documents over the ordinary week."""

import json

import pytest

from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.days import DayKind
from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.intervals import join, parse_intervals
from openzone.engines.worktime.layers import WeeklyHours
from openzone.packs.calendars import national_calendar
from tests.engines.worktime.helpers import OFFICE, at, closed, holiday, hours, layer, makeup, on

NATIONAL = national_calendar()
PLAIN = WorkCalendar(OFFICE)


@pytest.mark.parametrize(
    ("date", "kind", "zh", "en"),
    [
        ("2026-09-30", DayKind.WEEKDAY, "周三，工作日", "Wednesday, working day"),
        ("2026-09-19", DayKind.WEEKEND, "周六，休息日", "Saturday, day of rest"),
        ("2026-10-01", DayKind.HOLIDAY, "国庆节放假", "holiday: National Day"),
        ("2026-09-20", DayKind.MAKEUP, "国庆节调休上班", "make-up workday for National Day"),
    ],
)
def test_a_day_says_what_it_is_and_why(date, kind, zh, en):
    day = NATIONAL.day(on(date))
    assert (day.kind, day.reason.zh, day.reason.en) == (kind, zh, en)


def test_a_day_names_the_document_that_settles_it():
    assert NATIONAL.day(on("2026-10-01")).documents == ("国办发明电〔2025〕7号",)
    assert NATIONAL.day(on("2026-09-30")).documents == ()


def test_a_day_is_serialisable():
    data = json.loads(json.dumps(NATIONAL.day(on("2026-09-20")).to_data()))
    assert data["kind"] == "makeup"
    assert data["working"] is True
    assert data["intervals"] == ["09:00-12:00", "13:30-17:30"]


def test_the_later_notice_prevails_1_february_2020_became_a_holiday():
    assert NATIONAL.day(on("2020-02-01")).reason.zh == "春节（延长）放假"
    assert NATIONAL.day(on("2020-02-01")).documents == ("国办发明电〔2020〕1号",)


def test_before_the_extension_was_issued_1_february_2020_was_a_make_up_workday():
    before = NATIONAL.as_known_on(on("2020-01-25"))
    assert before.day(on("2020-02-01")).kind is DayKind.MAKEUP
    assert before.is_workday(on("2020-01-31"))


def test_a_year_is_published_only_once_its_notice_is_issued():
    assert NATIONAL.is_published(2026)
    assert not NATIONAL.as_known_on(on("2025-11-03")).is_published(2026)
    assert NATIONAL.as_known_on(on("2025-11-04")).is_published(2026)


def test_a_year_without_notice_falls_back_to_monday_to_friday_and_says_so():
    day = NATIONAL.day(on("2027-10-01"))
    assert not NATIONAL.is_published(2027)
    assert not day.published
    assert day.working
    assert "尚未公布" in day.reason.zh
    assert "not published yet" in day.reason.en
    assert not NATIONAL.is_workday(on("2027-10-02"))


def test_unpublished_years_lists_every_year_touched():
    assert NATIONAL.unpublished_years(on("2019-06-01"), on("2028-01-01")) == (2019, 2027, 2028)
    assert NATIONAL.unpublished_years(on("2020-01-01"), on("2026-12-31")) == ()


def test_a_half_day_stays_a_workday_with_other_hours():
    half = PLAIN.with_layers(layer(hours("2027-03-08", "09:00-12:00", name="妇女节")))
    day = half.day(on("2027-03-08"))
    assert day.working
    assert join(day.intervals) == "09:00-12:00"
    assert "妇女节，工作时间09:00-12:00" in day.reason.zh


def test_other_hours_do_not_turn_a_day_of_rest_into_a_workday():
    sunday = PLAIN.with_layers(layer(hours("2026-03-08", "09:00-12:00")))
    assert not sunday.is_workday(on("2026-03-08"))
    assert sunday.day(on("2026-03-08")).kind is DayKind.WEEKEND
    assert "工作时间" not in sunday.day(on("2026-03-08")).reason.zh


def test_summer_hours_are_one_entry_over_a_range():
    summer = PLAIN.with_layers(layer(hours("2026-06-01", "09:00-12:00, 14:30-18:00", "2026-09-30")))
    assert join(summer.intervals(on("2026-07-15"))) == "09:00-12:00, 14:30-18:00"
    assert summer.intervals(on("2026-07-18")) == ()
    assert join(summer.intervals(on("2026-10-09"))) == "09:00-12:00, 13:30-17:30"


def test_hours_may_differ_from_weekday_to_weekday():
    days = list(OFFICE.days)
    days[4] = parse_intervals("09:00-16:00")
    calendar = WorkCalendar(WeeklyHours(tuple(days), OFFICE.makeup))
    assert calendar.closing(on("2026-09-18")) == at("2026-09-18T16:00")
    assert calendar.closing(on("2026-09-17")) == at("2026-09-17T17:30")


def test_a_make_up_workday_has_its_own_hours_if_the_document_says_so():
    calendar = PLAIN.with_layers(layer(makeup("2026-09-19", "09:00-12:00"), makeup("2026-09-20")))
    assert join(calendar.intervals(on("2026-09-19"))) == "09:00-12:00"
    assert calendar.intervals(on("2026-09-20")) == OFFICE.makeup


def test_closing_an_afternoon_leaves_the_morning():
    calendar = NATIONAL.with_layers(layer(closed("2026-07-20T13:30", "2026-07-20T17:30")))
    day = calendar.day(on("2026-07-20"))
    assert day.working
    assert join(day.intervals) == "09:00-12:00"
    assert day.reason.zh == "周一，工作日；13:30-17:30停办：暴雨红色预警"
    assert day.reason.en == "Monday, working day; closed 13:30-17:30: red rainstorm warning"
    assert day.documents == ("示例〔2026〕1号",)


def test_a_day_closed_from_morning_to_evening_is_no_workday():
    calendar = PLAIN.with_layers(layer(closed("2026-07-20T00:00", "2026-07-21T00:00")))
    assert calendar.day(on("2026-07-20")).kind is DayKind.CLOSED
    assert not calendar.is_workday(on("2026-07-20"))
    assert calendar.is_workday(on("2026-07-21"))
    assert calendar.closing(on("2026-07-20")) is None


def test_a_closure_over_several_days_takes_the_end_of_one_and_the_start_of_another():
    calendar = PLAIN.with_layers(layer(closed("2026-07-20T15:00", "2026-07-22T10:00")))
    assert join(calendar.intervals(on("2026-07-20"))) == "09:00-12:00, 13:30-15:00"
    assert calendar.intervals(on("2026-07-21")) == ()
    assert join(calendar.intervals(on("2026-07-22"))) == "10:00-12:00, 13:30-17:30"


def test_a_closure_on_a_day_of_rest_is_not_mentioned():
    calendar = NATIONAL.with_layers(layer(closed("2026-07-19T09:00", "2026-07-19T17:30")))
    assert calendar.day(on("2026-07-19")).reason.zh == "周日，休息日"
    assert calendar.day(on("2026-07-19")).kind is DayKind.WEEKEND


def test_a_local_notice_lies_over_the_national_one():
    local = NATIONAL.with_layers(
        layer(holiday("2026-07-15", name="泼水节"), makeup("2026-10-07", name="抢险"))
    )
    assert local.day(on("2026-07-15")).reason.zh == "泼水节放假"
    assert local.is_workday(on("2026-10-07"))
    assert not NATIONAL.is_workday(on("2026-10-07"))


def test_shifting_over_workdays_goes_both_ways():
    assert NATIONAL.shift_workdays(on("2026-09-30"), 3) == on("2026-10-10")
    assert NATIONAL.shift_workdays(on("2026-10-10"), -3) == on("2026-09-30")
    assert NATIONAL.shift_workdays(on("2026-10-04"), -1) == on("2026-09-30")
    assert NATIONAL.shift_workdays(on("2026-10-04"), 0) == on("2026-10-04")


def test_equal_documents_make_equal_calendars():
    assert WorkCalendar(OFFICE, (layer(holiday("2026-07-15")),)) == PLAIN.with_layers(
        layer(holiday("2026-07-15"))
    )


def test_a_week_without_work_is_refused():
    with pytest.raises(WorktimeError, match="至少一天上班"):
        WeeklyHours(((),) * 7, OFFICE.makeup)
    with pytest.raises(WorktimeError, match="七天"):
        WeeklyHours((OFFICE.makeup,) * 5, OFFICE.makeup)


def test_negative_working_time_is_refused():
    with pytest.raises(WorktimeError, match="不能为负"):
        PLAIN.after_working_time(at("2026-09-30T16:30"), at("2026-09-30") - at("2026-10-01"))
