"""A report is due on a working day of the zone's calendar."""

import datetime as dt

import pytest

from openzone.engines.reporting.deadline import DueRule, Roll, due_day, opens_on
from openzone.engines.series.periods import Period, read_period
from openzone.packs.calendars import national_calendar

CALENDAR = national_calendar()


def period(text: str) -> Period:
    found = read_period(text)
    assert isinstance(found, Period)
    return found


@pytest.mark.parametrize(
    ("about", "months", "day", "roll", "due"),
    [
        pytest.param("2026-01/2026-05", 1, 10, "next", "2026-06-10", id="a working day"),
        pytest.param("2026-01/2026-09", 1, 5, "next", "2026-10-08", id="after 国庆"),
        pytest.param("2026-01/2026-09", 1, 5, "previous", "2026-09-30", id="before 国庆"),
        pytest.param("2026-01/2026-09", 1, 5, "none", "2026-10-05", id="as written"),
        pytest.param("2025", 2, 31, "none", "2026-02-28", id="a short month"),
        pytest.param("2026-01/2026-11", 1, 10, "next", "2026-12-10", id="over no year's end"),
        pytest.param("2025", 1, 15, "next", "2026-01-15", id="of a year"),
    ],
)
def test_the_day_a_report_is_due(about: str, months: int, day: int, roll: Roll, due: str) -> None:
    found = due_day(period(about), DueRule(months, day, roll), CALENDAR)
    assert found.day == dt.date.fromisoformat(due)
    assert found.note is None


def test_a_make_up_day_is_a_working_day() -> None:
    """Sunday 4 January 2026 is worked for the New Year's bridge."""
    assert CALENDAR.is_workday(dt.date(2026, 1, 4))
    assert due_day(period("2025"), DueRule(1, 4), CALENDAR).day == dt.date(2026, 1, 4)


def test_a_year_without_published_holidays_makes_the_day_provisional() -> None:
    found = due_day(period("2040-01/2040-03"), DueRule(1, 10), CALENDAR)
    assert found.note is not None
    assert "2040" in found.note.zh


def test_nobody_reports_before_a_period_is_over() -> None:
    assert opens_on(period("2026-01/2026-12")) == dt.date(2027, 1, 1)
    assert opens_on(period("2026-05")) == dt.date(2026, 6, 1)
