"""Two laboratories that split a sample: how far apart, and when somebody looks again."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.water.classes import Measured
from openzone.engines.water.deviation import Apart, compare
from openzone.packs.water import water
from openzone.packs.water_monitoring import load_monitoring

ITEMS = water(None).standard.items
BOUNDS = load_monitoring(None).deviation.bounds


def apart(item: str, ours: str, theirs: str) -> Apart:
    [found] = compare(ITEMS, {item: measured(ours)}, {item: measured(theirs)}, BOUNDS)
    return found


def measured(text: str) -> Measured:
    return Measured(Decimal(text.strip("<")), below=text.startswith("<"))


@pytest.mark.parametrize(
    ("item", "ours", "theirs", "deviation", "too_far"),
    [
        ("cod", "14", "14", "0", False), ("cod", "12", "18", "0.2", False),
        ("cod", "12", "18.01", "0.2003", True), ("ammonia", "0.04", "0.07", "0.2727", True),
        ("ammonia", "0.4", "0.6", "0.2", False), ("ammonia", "0.40", "0.61", "0.2079", True),
        ("dissolved_oxygen", "5", "6.2", "0.1071", True), ("ph", "7.2", "7.4", "0.2", False),
        ("ph", "7.2", "7.41", "0.21", True), ("cod", "0", "3", "1", True),
    ],
)  # fmt: skip
def test_the_deviation_and_whether_it_is_too_far(item, ours, theirs, deviation, too_far):
    found = apart(item, ours, theirs)
    assert found.deviation is not None
    assert round(found.deviation, 4) == Decimal(deviation)
    assert found.too_far is too_far


def test_two_that_found_nothing_agree():
    assert apart("ammonia", "<0.025", "<0.05").deviation == 0


def test_of_two_zeros_nothing_can_be_said():
    assert apart("cod", "0", "0").too_far is None


def test_only_what_both_measured_is_compared():
    ours = {"cod": measured("3"), "ph": measured("7")}
    assert [one.item.id for one in compare(ITEMS, ours, {"ph": measured("7")}, BOUNDS)] == ["ph"]


levels = st.decimals("0.001", "100", places=3).map(str)


@given(levels, levels, st.sampled_from(["cod", "ammonia", "phosphorus"]))
def test_it_does_not_matter_who_is_asked_first(ours, theirs, item):
    one, other = apart(item, ours, theirs), apart(item, theirs, ours)
    assert (one.deviation, one.too_far) == (other.deviation, other.too_far)
    assert one.deviation is not None
    assert 0 <= one.deviation <= 1
