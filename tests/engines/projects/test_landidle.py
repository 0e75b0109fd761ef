"""Idle land: near a limit, past it, or not known; a cause on the zone's side is always named."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.projects.landidle import IdleState, Site, idleness, years_later
from openzone.packs.land import load_land

RULE = load_land(None).idle.rule
DUE = dt.date(2025, 3, 10)


def _found(on, **known):
    return idleness(RULE, Site(begin_due=DUE, **known), on)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (DUE, IdleState.BEFORE),
        (dt.date(2025, 3, 11), IdleState.LATE),
        (dt.date(2025, 12, 10), IdleState.NEAR),
        (dt.date(2026, 3, 9), IdleState.NEAR),
        (dt.date(2026, 3, 10), IdleState.PAST),
        (dt.date(2027, 3, 9), IdleState.PAST),
        (dt.date(2027, 3, 10), IdleState.PAST_TWICE),
    ],
)
def test_land_not_begun_goes_by_full_years_after_the_agreed_day(on, state):
    assert _found(on).state is state


def test_only_what_is_near_or_past_a_limit_warns():
    assert not _found(dt.date(2025, 6, 1)).warns
    assert _found(dt.date(2026, 3, 1)).warns


def test_no_verdict_is_spoken():
    assert "须由自然资源主管部门调查认定" in _found(dt.date(2026, 3, 10)).reason.zh


def test_without_an_agreed_day_nothing_is_known():
    assert idleness(RULE, Site(), dt.date(2030, 1, 1)).state is IdleState.UNKNOWN


BEGUN = {"begun_on": dt.date(2025, 4, 1), "stopped_on": dt.date(2025, 8, 1)}
LITTLE, ENOUGH = Decimal("0.2"), Decimal("0.5")


def test_work_that_goes_on_is_not_idle():
    assert _found(dt.date(2030, 1, 1), begun_on=BEGUN["begun_on"]).state is IdleState.WORKING


@pytest.mark.parametrize(
    ("area", "invested", "state"),
    [
        (LITTLE, LITTLE, IdleState.PAST),
        (ENOUGH, LITTLE, IdleState.PAST),
        (LITTLE, None, IdleState.PAST),
        (ENOUGH, ENOUGH, IdleState.WORKING),
        (ENOUGH, None, IdleState.UNKNOWN),
        (None, None, IdleState.UNKNOWN),
    ],
)
def test_work_that_stopped_goes_by_what_is_built_or_invested(area, invested, state):
    found = _found(dt.date(2026, 8, 1), **BEGUN, area_share=area, investment_share=invested)
    assert found.state is state


@pytest.mark.parametrize(
    ("on", "state"), [(dt.date(2026, 4, 1), IdleState.LATE), (dt.date(2026, 6, 1), IdleState.NEAR)]
)
def test_work_that_stopped_has_a_year(on, state):
    found = _found(on, **BEGUN, area_share=LITTLE, investment_share=LITTLE)
    assert (found.state, found.limit) == (state, dt.date(2026, 8, 1))


def test_a_third_of_the_land_is_enough():
    site = Site(begin_due=DUE, **BEGUN, area_share=Decimal(1) / 3, investment_share=Decimal("0.25"))
    assert idleness(RULE, site, dt.date(2027, 1, 1)).state is IdleState.WORKING


@pytest.mark.parametrize(
    ("delivered", "said"), [(dt.date(2025, 6, 1), "于 2025-06-01 交付"), (None, "尚未交付")]
)
def test_land_that_came_late_is_looked_into_first(delivered, said):
    found = _found(dt.date(2026, 3, 10), delivery_due=dt.date(2025, 2, 1), delivered_on=delivered)
    assert found.hint is not None
    assert said in found.hint.zh


def test_land_that_came_in_time_is_no_hint():
    day = dt.date(2025, 2, 1)
    assert _found(dt.date(2026, 3, 10), delivery_due=day, delivered_on=day).hint is None


def test_a_year_after_a_leap_day_ends_in_february():
    assert years_later(dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 28)


@settings(max_examples=50)
@given(st.dates(dt.date(2025, 3, 11), dt.date(2031, 1, 1)))
def test_it_never_gets_better_by_waiting(on):
    order = list(IdleState)
    assert order.index(_found(on).state) <= order.index(_found(on + dt.timedelta(days=30)).state)
