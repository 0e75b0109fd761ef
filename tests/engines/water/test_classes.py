"""Classes of surface water against the standard's own limits and worked examples."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.water.classes import Body, Measured, classify
from openzone.packs.water import water

STANDARD = water(None).standard
LEVELS = [one.id for one in STANDARD.levels]
FULL = {"ph": "7", "bod5": "2", "dissolved_oxygen": "8", "permanganate": "1", "cod": "10",
        "ammonia": "0.1", "phosphorus": "0.01"}  # fmt: skip


def found(body: Body = Body.RIVER, target: str | None = None, **values: str):
    measured = {
        name: Measured(Decimal(value.lstrip("<")), value.startswith("<"))
        for name, value in values.items()
    }
    return classify(STANDARD, body, measured, target)


def test_the_worst_item_decides():
    sample = found(
        dissolved_oxygen="5.5", permanganate="5", cod="14", ammonia="0.6", phosphorus="0.15"
    )
    assert LEVELS[sample.place] == "III"
    assert {one.item.id for one in sample.deciding} == {
        "dissolved_oxygen", "permanganate", "ammonia", "phosphorus",
    }  # fmt: skip
    assert {one.item.id: LEVELS[one.place] for one in sample.judged}["cod"] == "I"


@pytest.mark.parametrize(
    ("item", "value", "level"),
    [
        ("cod", "15", "I"), ("cod", "15.01", "III"), ("cod", "40", "V"), ("cod", "40.1", "worse"),
        ("dissolved_oxygen", "7.5", "I"), ("dissolved_oxygen", "7.49", "II"),
        ("dissolved_oxygen", "2", "V"), ("dissolved_oxygen", "1.99", "worse"),
        ("ph", "6", "I"), ("ph", "9.01", "worse"), ("bod5", "3", "I"), ("bod5", "3.1", "III"),
        ("ammonia", "1.0", "III"), ("ammonia", "1.01", "IV"),
    ],
)  # fmt: skip
def test_a_limit_belongs_to_the_better_class(item: str, value: str, level: str):
    assert LEVELS[found(**{item: value}).place] == level


def test_oxygen_at_nine_tenths_of_saturation_is_the_first_class():
    assert LEVELS[found(dissolved_oxygen="6.8", saturation="90").place] == "I"
    assert LEVELS[found(dissolved_oxygen="6.8", saturation="89.9").place] == "II"


def test_lakes_have_stricter_phosphorus_and_count_nitrogen():
    assert LEVELS[found(phosphorus="0.1").place] == "II"
    assert LEVELS[found(Body.LAKE, phosphorus="0.1").place] == "IV"
    assert found(nitrogen="9").place is None
    assert LEVELS[found(Body.LAKE, nitrogen="9").place] == "worse"


def test_limits_of_lakes_that_nobody_compared_with_the_document_say_so():
    marks = {one.id: (one.mark(Body.RIVER), one.mark(Body.LAKE)) for one in water(None).items}
    assert marks["phosphorus"] == ("V", "K")
    assert marks["nitrogen"] == ("V", "V")


def test_below_detection_half_the_limit_is_taken():
    assert LEVELS[found(ammonia="<0.3").place] == "I"
    assert LEVELS[found(ammonia="0.3").place] == "II"


def test_the_target_is_met_missed_or_not_known():
    assert found(target="III", **FULL).meets is True
    part = {k: v for k, v in FULL.items() if k != "cod"}
    unknown = found(target="III", **part)
    assert (unknown.meets, unknown.missing) == (None, ("cod",))
    missed = found(target="III", **(part | {"ammonia": "1.5"}))
    assert missed.meets is False
    ammonia = next(one for one in missed.judged if one.item.id == "ammonia")
    assert ammonia.over == Decimal("0.5")
    assert found(target="III").meets is None


@given(st.decimals(0, 50, places=3), st.decimals(0, 50, places=3))
def test_more_of_what_is_limited_is_never_better(one: Decimal, other: Decimal):
    low, high = sorted((one, other))
    assert found(cod=str(low)).place <= found(cod=str(high)).place
    assert found(dissolved_oxygen=str(low)).place >= found(dissolved_oxygen=str(high)).place
