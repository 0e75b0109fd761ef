"""One canonical text per value: what is stored is exact and always written the same way."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.facts.catalogue import FactType
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.values import InvalidValueError, canonical, typed

SERIES = catalogue().series_by_name


@pytest.mark.parametrize(
    ("series", "given_value", "stored"),
    [
        ("revenue", Decimal("12000000.50"), "12000000.5"),
        ("revenue", "1E+7", "10000000"),
        ("revenue", 0, "0"),
        ("revenue", Decimal("-0.0"), "0"),
        ("revenue", "-300", "-300"),
        ("niche_share", "0.030", "0.03"),
        ("registered_on", dt.date(2019, 5, 6), "2019-05-06"),
        ("registered_on", dt.datetime(2019, 5, 6, 8, tzinfo=dt.UTC), "2019-05-06"),
        ("ip_core_owned", True, "true"),
        ("ip_core_owned", "False", "false"),
        ("industry", " C3841 ", "C3841"),
        ("industry", "3841", "C3841"),
        ("industry", "批发业", "F51"),
        ("employees", "0", "0"),
        ("rd_institution_level", "national", "national"),
    ],
)
def test_a_value_is_stored_in_one_canonical_way(
    series: str, given_value: object, stored: str
) -> None:
    assert canonical(SERIES[series], given_value) == stored


@pytest.mark.parametrize(
    ("series", "given_value"),
    [
        ("revenue", "很多"),
        ("revenue", ""),
        ("revenue", True),
        ("revenue", float("nan")),
        ("revenue", "Infinity"),
        ("revenue", "1E+999999"),
        ("revenue", "1E-999999"),
        ("registered_on", "2019年"),
        ("registered_on", "2019-02-30"),
        ("ip_core_owned", "1"),
        ("industry", "  "),
        ("industry", "C38\x0041"),
        ("industry", "D3841"),
        ("registered_in", "亚特兰蒂斯"),
        ("employees", "-1"),
        ("land_area", "-0.5"),
        ("business_scope", "长" * 4_001),
        ("rd_institution_level", "galactic"),
    ],
)
def test_what_is_not_a_value_of_the_series_is_refused_in_both_languages(
    series: str, given_value: object
) -> None:
    with pytest.raises(InvalidValueError) as refused:
        canonical(SERIES[series], given_value)
    assert refused.value.reason.zh
    assert refused.value.reason.en


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=4
    )
)
def test_numbers_come_back_exactly_as_they_went_in(number: Decimal) -> None:
    stored = canonical(SERIES["revenue"], number)
    assert typed(FactType.YUAN, stored) == number
    assert canonical(SERIES["revenue"], stored) == stored


@given(st.dates())
def test_dates_come_back_as_they_went_in(day: dt.date) -> None:
    assert typed(FactType.DATE, canonical(SERIES["registered_on"], day)) == day
