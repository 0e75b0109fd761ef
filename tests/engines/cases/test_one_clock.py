"""One clock by itself: the edges of pauses, extensions, priorities and rounds.

November 2026: the 2nd is a Monday; every Monday to Friday is worked, 09:00-12:00, 13:30-17:30.
"""

from dataclasses import replace

import pytest

from openzone.engines.cases import clocks
from openzone.engines.cases.clocks import ClockState, Worktime
from openzone.engines.cases.holding import Span, Stretch, elapsed, minutes
from openzone.engines.worktime.durations import parse_duration
from tests.engines.cases.helpers import WORKTIME, at


def started(limit: str, when: str = "02 09:00") -> ClockState:
    return clocks.start("resolve", parse_duration(limit), at(when), WORKTIME)


def stood(clock: ClockState, first: str, last: str) -> ClockState:
    return clocks.resume(clocks.pause(clock, at(first)), at(last), WORKTIME)


def test_a_priority_that_ends_at_the_same_moment_leaves_the_clock_as_it_is():
    clock = started("2 workdays")
    same = clocks.shorten(clock, parse_duration("1 workday"), at("03 09:00"), WORKTIME)
    assert (same.limit, same.counted_from) == (clock.limit, at("02 09:00"))


def test_what_was_granted_to_the_longer_limit_is_not_added_to_a_priority():
    clock = clocks.extend(started("5 workdays"), 5, WORKTIME)
    shorter = clocks.shorten(clock, parse_duration("2 workdays"), at("03 09:00"), WORKTIME)
    assert (shorter.due, shorter.extended) == (at("05 17:30"), 0)


def test_what_was_granted_does_not_outlast_a_restart():
    clock = clocks.extend(started("2 workdays"), 3, WORKTIME)
    ended = clocks.stop(clock, at("03 10:00"), WORKTIME, with_case=False)
    again = clocks.reopen(ended, at("04 10:00"), WORKTIME, restart=True)
    assert (again.due, again.extended, again.round) == (at("06 17:30"), 0, 2)


class TestPausesBeforeAReplacedLimit:
    """Time that stood still before a limit was replaced is no part of the new one."""

    def clock(self) -> ClockState:
        paused = stood(started("10 working hours"), "02 10:00", "02 11:00")
        limit = parse_duration("2 working hours")
        return clocks.shorten(paused, limit, at("02 13:30"), WORKTIME)

    def test_the_due_moment_is_counted_from_the_replacement(self):
        assert self.clock().due == at("02 15:30")
        days = stood(started("9 workdays"), "02 10:00", "05 10:00")
        limit = parse_duration("2 workdays")
        assert clocks.shorten(days, limit, at("05 14:00"), WORKTIME).due == at("09 17:30")

    def test_half_of_it_is_used_after_half_of_it(self):
        assert clocks.share(self.clock(), at("02 14:30"), WORKTIME) == 0.5
        assert clocks.moment_of(self.clock(), 0.5, WORKTIME) == at("02 14:30")

    def test_a_pause_from_the_very_moment_of_the_start_counts(self):
        clock = stood(started("2 working hours"), "02 09:00", "02 10:00")
        assert (clock.due, clocks.share(clock, at("02 11:00"), WORKTIME)) == (at("02 12:00"), 0.5)


def test_no_share_is_below_zero_or_above_what_was_used():
    clock = started("2 working hours", "02 10:00")
    assert clocks.share(clock, at("02 09:00"), WORKTIME) == 0
    assert clocks.share(clock, at("02 16:00"), WORKTIME) > 1


def test_a_limit_in_days_that_stood_still_for_all_of_its_hours_is_used_up_when_it_is_due():
    clock = started("1 workday")
    for first, last in (("02 09:00", "02 17:30"), ("03 09:00", "03 17:30")):
        clock = stood(clock, first, last)
    assert clock.due == at("03 17:30")
    shares = [clocks.share(clock, at(when), WORKTIME) for when in ("03 17:29", "03 17:30")]
    assert shares == [0, 1]


@pytest.mark.parametrize(
    ("limit", "until", "amount"),
    [
        # Saturday and Sunday, the 7th and 8th, are days and no working days.
        ("4 days", "10 09:00", 4), ("4 workdays", "10 09:00", 2), ("4 days", "06 09:00", 0),
        ("4 days", "05 09:00", -1), ("4 workdays", "05 09:00", -1),
        ("8 working hours", "03 16:30", 300), ("24 hours", "03 10:30", 90),
    ],
)  # fmt: skip
def test_a_later_due_moment_is_later_by_so_many_of_the_clocks_own_days_or_minutes(
    limit, until, amount
):
    clock = started(limit)
    assert clocks.amount_until(clock, at(until), WORKTIME) == amount


def test_an_extension_granted_while_it_stands_still_counts_once_it_runs():
    paused = clocks.pause(started("2 workdays"), at("02 10:00"))
    longer = clocks.extend(paused, 2, WORKTIME)
    assert (longer.due, longer.outcome) == (paused.due, "paused")
    assert clocks.resume(longer, at("03 10:00"), WORKTIME).due == at("09 17:30")


@pytest.mark.parametrize(
    ("limit", "unit", "amount"),
    [
        ("90 minutes", "working hour", None), ("2 working hours", "hour", None),
        ("2 working hours", "working minute", 120), ("2 hours", "minute", 120),
        ("3 workdays", "day", None), ("3 days", "day", 3), ("3 days", "workday", None),
    ],
)  # fmt: skip
def test_an_extension_counts_in_the_kind_of_time_of_its_clock(limit, unit, amount):
    wanted = parse_duration(f"1 {unit}").unit
    assert clocks.amount_of(parse_duration(limit), wanted) == amount


def test_a_pause_that_begins_at_closing_begins_that_day_and_a_minute_later_the_next():
    on_time = stood(started("3 workdays"), "02 17:30", "04 10:00")
    late = stood(started("3 workdays"), "02 17:31", "04 10:00")
    assert (on_time.due, late.due) == (at("09 17:30"), at("06 17:30"))


def test_where_days_have_no_late_hour_a_pause_after_closing_begins_that_day():
    lenient = Worktime(WORKTIME.calendar, replace(WORKTIME.rule, late_units=frozenset()))
    clock = clocks.start("resolve", parse_duration("3 workdays"), at("02 09:00"), lenient)
    paused = clocks.pause(clock, at("02 17:31"))
    assert clocks.resume(paused, at("04 10:00"), lenient).due == at("09 17:30")


def test_a_pause_that_moves_it_into_a_year_without_a_calendar_makes_it_provisional():
    year = 2026
    clock = clocks.start(
        "x", parse_duration("8 working hours"), at(f"{year}-12-30T09:00"), WORKTIME
    )
    assert clock.years == ()
    moved = stood(clock, f"{year}-12-30T10:00", f"{year + 1}-01-06T10:00")
    assert moved.years == (year + 1,)


def test_a_clock_missed_in_any_round_was_missed():
    late = clocks.stop(started("1 workday"), at("05 10:00"), WORKTIME, with_case=False)
    assert (late.outcome, late.ever_missed) == ("missed", True)
    again = clocks.reopen(late, at("06 09:00"), WORKTIME, restart=True)
    met = clocks.stop(again, at("06 10:00"), WORKTIME, with_case=False)
    assert (met.outcome, met.ever_missed) == ("met", True)


def test_a_clock_that_ended_with_its_case_goes_on_as_one_that_did_not():
    ended = clocks.stop(started("5 workdays"), at("03 10:00"), WORKTIME, with_case=True)
    assert (ended.outcome, ended.with_case) == ("stopped", True)
    again = clocks.undo_stop(ended, WORKTIME, at("04 10:00"))
    assert (again.with_case, again.active) == (False, True)
    assert clocks.undo_stop(again, WORKTIME, at("05 10:00")) is again


def test_the_due_moment_itself_is_in_time():
    clock = started("1 working hour")
    assert clocks.stop(clock, clock.due, WORKTIME, with_case=False).outcome == "met"


def test_minutes_asked_for_before_the_last_stretch_began_are_none():
    stretches = [
        Stretch("unit:A", at("02 09:00"), at("02 10:00")),
        Stretch("unit:A", at("02 11:00"), None),
    ]
    assert minutes(stretches, WORKTIME.calendar, at("02 10:30")) == {"unit:A": 60}
    assert minutes(stretches, WORKTIME.calendar, at("02 11:30")) == {"unit:A": 90}
    spans = [Span(at("02 09:00"), at("02 10:00")), Span(at("02 11:00"), None)]
    assert elapsed(spans, WORKTIME.calendar, at("02 10:30")) == 60
    assert elapsed(spans, WORKTIME.calendar, at("02 11:30")) == 90
