"""Papers go one step forward or any number of steps back; and what is masked."""

import datetime as dt

import pytest

from openzone.engines.service.custody import (
    ASSISTED,
    CROSS_REGION,
    Holder,
    keep_until,
    why_not,
)
from openzone.engines.service.masking import masked_address, masked_name, masked_number
from openzone.engines.worktime.durations import Duration, Unit
from openzone.packs.calendars import national_calendar, zone_receipt_rule


@pytest.mark.parametrize("chain", [ASSISTED, CROSS_REGION])
def test_forward_one_link_at_a_time_and_back_any_number(chain):
    for giver in chain:
        for taker in chain:
            step = chain.index(taker) - chain.index(giver)
            assert (why_not(chain, giver, taker) is None) is (step == 1 or step < 0)


def test_a_stranger_to_the_chain_gets_nothing():
    assert "不在交接链条" in why_not(ASSISTED, Holder.AGENT, Holder.COURIER).zh


def test_an_agent_who_collects_before_a_holiday_gives_on_after_it():
    collected = dt.datetime.combine(dt.date(2026, 9, 30), dt.time(10))
    until = keep_until(
        collected, Duration(1, Unit.WORKDAY), national_calendar(), zone_receipt_rule(None)
    )
    assert until.date() == dt.date(2026, 10, 8)


@pytest.mark.parametrize(
    ("given", "shown"),
    [("13800001234", "138****1234"), ("110101", "******"), ("", "")],
)
def test_the_middle_of_a_number_is_hidden(given, shown):
    assert masked_number(given) == shown


def test_a_name_shows_the_family_and_an_address_no_house():
    assert masked_name("王小明") == "王**"
    assert masked_address("示例路社区12栋301") == "示例路社区1…"
    assert masked_address("") == ""
