import datetime as dt

import pytest

from openzone.engines.worktime.errors import WorktimeError
from openzone.engines.worktime.localtime import to_aware, to_local
from tests.engines.worktime.helpers import at


def test_stored_moments_become_wall_clock_time_of_the_zone():
    assert to_local(at("2026-09-30T08:30+00:00")) == at("2026-09-30T16:30")


def test_there_and_back_is_the_same_moment():
    moment = at("2026-12-31T23:59+00:00")
    assert to_aware(to_local(moment)) == moment


def test_wall_clock_time_is_eight_hours_ahead_in_winter_and_summer():
    for text in ("2026-01-15T12:00", "2026-07-15T12:00"):
        assert to_aware(at(text)).utcoffset() == dt.timedelta(hours=8)


def test_a_moment_without_zone_cannot_be_converted():
    with pytest.raises(WorktimeError, match="缺少时区"):
        to_local(at("2026-09-30T16:30"))


def test_an_aware_moment_is_not_made_aware_twice():
    with pytest.raises(WorktimeError, match="当地时间"):
        to_aware(at("2026-09-30T16:30+08:00"))
