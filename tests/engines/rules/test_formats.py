"""Values as people write them, and never rounded across a limit."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.facts.catalogue import FactType
from openzone.engines.rules.formats import gap_text, limit_text, money, percent, size, value_text
from tests.engines.rules.sample import CATALOGUE


@pytest.mark.parametrize(
    ("yuan", "zh", "en"),
    [
        (0, "0元", "0 yuan"),
        (9_999, "9,999元", "9,999 yuan"),
        (50_000, "5万元", "50,000 yuan"),
        (50_000_000, "5,000万元", "50 million yuan"),
        (399_990_000, "3.9999亿元", "399.99 million yuan"),
        (123_456_789, "12,345.6789万元", "123,456,789 yuan"),
        (400_000_001, "40,000.0001万元", "400,000,001 yuan"),
        (12_345.67, "12,345.67元", "12,345.67 yuan"),
        (10_000_000 / 3, "3,333,333.33元", "3,333,333.33 yuan"),
        (-2_500_000, "-250万元", "-2.5 million yuan"),
    ],
)
def test_money_in_the_unit_that_reads_best(yuan: float, zh: str, en: str) -> None:
    assert (money(yuan).zh, money(yuan).en) == (zh, en)


def test_percentages_have_two_decimals_and_limits_as_many_as_they_need() -> None:
    assert percent(0.032).zh == "3.20%"
    assert limit_text(0.04, FactType.RATIO).zh == "4%"
    assert limit_text(0.125, FactType.RATIO).zh == "12.5%"
    assert gap_text(0.008, FactType.RATIO).zh == "0.80 个百分点"
    assert gap_text(0.008, FactType.RATIO).en == "0.80 percentage points"


def test_a_limit_is_written_with_all_its_decimals() -> None:
    assert limit_text(1.1025, FactType.NUMBER).zh == "1.1025"
    assert percent(0.12345).zh == "12.345%"
    assert percent(1 / 3).zh == "33.33%"


@given(st.integers(-(10**13), 10**13))
def test_an_amount_is_exact_to_the_yuan(yuan: int) -> None:
    for text, units in (
        (money(yuan).zh, {"亿元": 10**8, "万元": 10**4, "元": 1}),
        (money(yuan).en, {" million yuan": 10**6, " yuan": 1}),
    ):
        unit = next(unit for unit in units if text.endswith(unit))
        assert Decimal(text.removesuffix(unit).replace(",", "")) * units[unit] == yuan


def test_what_falls_just_short_is_not_rounded_to_the_limit() -> None:
    assert percent(0.0499999, 0.05).zh == "4.99999%"
    assert money(49_999_999, 50_000_000).zh == "4,999.9999万元"
    assert size(9.9999, FactType.NUMBER, 10).zh == "9.9999"


@given(st.floats(0.0001, 1), st.integers(1, 100))
def test_a_value_never_reads_as_a_limit_it_misses_visibly(value: float, hundredths: int) -> None:
    limit = hundredths / 100
    if abs(value - limit) > 1e-9:
        assert percent(value, limit).zh != percent(limit).zh


@pytest.mark.parametrize(
    ("fact", "value", "zh", "en"),
    [
        ("certified", True, "是", "yes"),
        ("certified", False, "否", "no"),
        ("level", "national", "国家级", "national"),
        ("industry", "C38", "C38", "C38"),
        ("registered_on", dt.date(2020, 2, 29), "2020-02-29", "2020-02-29"),
        ("employees", 1200, "1,200", "1,200"),
        ("land", 666.667, "666.667 平方米", "666.667 m²"),
    ],
)
def test_values_of_facts(fact: str, value: Any, zh: str, en: str) -> None:
    text = value_text(value, CATALOGUE[fact].series)
    assert (text.zh, text.en) == (zh, en)


def test_money_beyond_all_sense_is_still_written() -> None:
    assert money(-1e308).en.startswith("-100,000,000,")
    assert money(1e30).zh.endswith("亿元")
