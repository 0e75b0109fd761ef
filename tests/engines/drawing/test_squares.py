"""Areas in a rectangle."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.drawing.squares import Rect, squarified


@settings(max_examples=100)
@given(st.lists(st.floats(0.01, 1000), min_size=1, max_size=30))
def test_areas_are_in_proportion_fill_the_rectangle_and_lie_apart(values: list[float]) -> None:
    into = Rect(10, 20, 400, 300)
    found = squarified(values, into)
    for value, rect in zip(values, found, strict=True):
        assert rect.area == pytest.approx(value / sum(values) * into.area, rel=1e-6)
        assert rect.x >= into.x - 1e-6
        assert rect.y >= into.y - 1e-6
        assert rect.x + rect.width <= into.x + into.width + 1e-6
        assert rect.y + rect.height <= into.y + into.height + 1e-6
    for one, other in combinations(found, 2):
        aside = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
        above = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
        assert aside < 1e-6 or above < 1e-6


def test_the_example_of_the_paper() -> None:
    """Bruls, Huizing and van Wijk (2000), figure 3: 6 6 4 3 2 2 1 into 6 by 4."""
    found = squarified([6, 6, 4, 3, 2, 2, 1], Rect(0, 0, 6, 4))
    assert found[0] == pytest.approx((0, 0, 3, 2))
    assert found[1] == pytest.approx((0, 2, 3, 2))
    assert found[2] == pytest.approx((3, 0, 12 / 7, 7 / 3))
    assert found[3] == pytest.approx((3 + 12 / 7, 0, 9 / 7, 7 / 3))


def test_nothing_to_share_takes_no_room() -> None:
    assert [rect.area for rect in squarified([], Rect(0, 0, 6, 4))] == []
    assert [rect.area for rect in squarified([1.0], Rect(0, 0, 0, 4))] == [0]
