"""Who reaches a service point in five minutes, and who nobody knows about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.service.walking import Neighbourhood, Pace, Spot, metres, minutes, reach

PACE = Pace(metres_a_minute=80, detour=1.3)


def test_what_is_unknown_is_an_interval_not_a_no():
    found = reach(
        [
            Neighbourhood("甲", 600, 4.5),
            Neighbourhood("乙", 200, 9.0),
            Neighbourhood("丙", 200, None),
            Neighbourhood("丁", None, 2.0),
        ],
        5,
    )
    assert (found.within, found.beyond, found.unknown) == (600, 200, 200)
    assert found.uncounted == ("丁",)
    assert (found.least, found.most) == (0.6, 0.8)


def test_exactly_five_minutes_is_within_five_minutes():
    assert reach([Neighbourhood("甲", 10, 5.0)], 5).within == 10


def test_without_anybody_counted_there_is_no_share():
    found = reach([Neighbourhood("甲", None, 2.0)], 5)
    assert found.least is None
    assert found.most is None


def test_one_degree_of_latitude_is_about_111_kilometres():
    assert metres(Spot(118.2, 24.0), Spot(118.2, 25.0)) == pytest.approx(111_195, rel=0.001)


def test_a_walk_is_longer_than_the_straight_line():
    here, there = Spot(118.2, 24.6), Spot(118.2, 24.6 + 308 / 111_195)
    assert minutes(here, there, PACE) == pytest.approx(308 * 1.3 / 80, rel=0.01)


NEIGHBOURHOODS = st.builds(
    Neighbourhood,
    st.just("x"),
    st.none() | st.integers(0, 5000),
    st.none() | st.floats(0, 60),
)


@given(st.lists(NEIGHBOURHOODS))
def test_everybody_is_counted_once_and_the_share_lies_between(found):
    result = reach(found, 5)
    assert result.total == sum(one.residents or 0 for one in found)
    assert len(result.uncounted) == sum(one.residents is None for one in found)
    if result.total:
        assert 0 <= result.least <= result.most <= 1
