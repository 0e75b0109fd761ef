import pytest
from hypothesis import given

from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.intervals import Interval, join, parse_intervals, subtract
from tests.engines.worktime.strategies import intervals

MORNING, AFTERNOON = Interval(9 * 60, 12 * 60), Interval(13 * 60 + 30, 17 * 60 + 30)


@pytest.mark.parametrize(
    "text",
    [
        "09:00-12:00, 13:30-17:30",
        "9:00-12:00;13:30-17:30",
        "13:30-17:30，09:00-12:00",
        "09：00至12：00、13：30至17：30",
        "09:00 – 12:00 / 13:30 ~ 17:30",
    ],
)
def test_intervals_are_read_as_people_write_them(text):
    assert parse_intervals(text) == (MORNING, AFTERNOON)


def test_intervals_may_touch():
    assert join(parse_intervals("12:00-17:30, 09:00-12:00")) == "09:00-12:00, 12:00-17:30"


def test_a_day_may_end_at_twenty_four():
    assert parse_intervals("00:00-24:00") == (Interval(0, 1440),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "未填写时段"),
        ("上午", "不是时段"),
        ("9-12", "不是时段"),
        ("09:00-12:75", "不是时段"),
        ("12:00-09:00", "先开始后结束"),
        ("09:00-09:00", "先开始后结束"),
        ("22:00-25:00", "00:00至24:00"),
        ("09:00-12:00, 11:00-13:00", "重叠"),
    ],
)
def test_what_is_no_interval_is_refused_in_both_languages(text, reason):
    with pytest.raises(WorktimeError) as caught:
        parse_intervals(text)
    assert reason in caught.value.reason.zh
    assert caught.value.reason.en.isascii() or "“" in caught.value.reason.en


def test_the_overlapping_intervals_are_named():
    with pytest.raises(WorktimeError, match="09:00-12:00与11:00-13:00重叠"):
        parse_intervals("11:00-13:00, 09:00-12:00")


@given(intervals())
def test_writing_and_reading_intervals_is_the_identity(some):
    assert parse_intervals(join(some)) == some


@given(intervals(), intervals())
def test_subtracting_leaves_exactly_the_minutes_outside(some, holes):
    def minutes(these):
        return {minute for interval in these for minute in range(interval.start, interval.end)}

    assert minutes(subtract(some, holes)) == minutes(some) - minutes(holes)
