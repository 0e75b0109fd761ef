import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.intervals import ALL_DAY
from openzone.engines.worktime.timeline import Tally, Timeline, day_of
from tests.engines.worktime.helpers import at

weekly = st.lists(st.integers(0, 9), min_size=7, max_size=7).filter(any)
dated = st.dictionaries(st.integers(700_000, 700_060), st.integers(0, 9), max_size=8)
ordinals = st.integers(699_900, 700_160)


def value(week, special, ordinal):
    return special.get(ordinal, week[dt.date.fromordinal(ordinal).weekday()])


@given(weekly, dated, ordinals, ordinals)
def test_differences_are_the_plain_sum_of_the_days_between(week, special, first, last):
    first, last = sorted((first, last))
    tally = Tally.of(week, special)
    plain = sum(value(week, special, day) for day in range(first, last))
    assert tally.before(last) - tally.before(first) == plain


@given(weekly, dated, ordinals, st.integers(1, 400))
def test_reaching_finds_the_day_a_walk_would_find(week, special, start, amount):
    tally = Tally.of(week, special)
    day, left = start - 1, amount
    while left > 0:
        day += 1
        left -= value(week, special, day)
    assert tally.reaching(tally.before(start) + amount) == day


def test_far_years_cost_no_table():
    tally = Tally.of([1, 1, 1, 1, 1, 0, 0], {})
    monday = dt.date(2900, 1, 4).toordinal()
    assert dt.date.fromordinal(monday).weekday() == 0
    assert tally.before(monday + 7 * 52 * 100) - tally.before(monday) == 5 * 52 * 100
    assert len(tally.running) == 1


def test_moments_with_a_zone_are_refused():
    timeline = Timeline.of([ALL_DAY] * 7, {})
    with pytest.raises(WorktimeError, match="当地时间"):
        timeline.position(at("2026-09-30T16:30+08:00"))


@pytest.mark.parametrize("ordinal", [0, -5, dt.date.max.toordinal() + 1, 10**12])
def test_days_outside_the_calendar_are_refused_not_wrapped(ordinal):
    with pytest.raises(WorktimeError, match="1—9998"):
        day_of(ordinal)
