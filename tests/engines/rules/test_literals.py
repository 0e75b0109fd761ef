"""How rule files write numbers and days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from openzone.engines.facts.catalogue import FactType
from openzone.engines.rules.literals import Offset, Quantity


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        (5, 5.0, None),
        (0.03, 0.03, None),
        ("5000万", 50_000_000.0, FactType.YUAN),
        ("2亿", 200_000_000.0, FactType.YUAN),
        ("1.5亿", 150_000_000.0, FactType.YUAN),
        ("5%", 0.05, FactType.RATIO),
        ("0.1%", 0.001, FactType.RATIO),
        ("-5%", -0.05, FactType.RATIO),
    ],
)
def test_numbers_are_read_exactly(written: object, value: float, unit: FactType | None) -> None:
    assert Quantity.parse(written) == Quantity(value, unit)


@given(st.integers(-1_000_000, 1_000_000))
def test_a_percentage_is_the_nearest_float_of_its_decimal(hundredths: int) -> None:
    text = f"{hundredths / 100:.2f}%"
    assert Quantity.parse(text).value == float(f"{hundredths}e-4")


@pytest.mark.parametrize(
    "written", ["5000", "5千", "五千万", "5 %", "", True, None, float("nan"), float("inf"), "1e5"]
)
def test_anything_else_is_refused(written: object) -> None:
    with pytest.raises(PydanticCustomError):
        Quantity.parse(written)


@pytest.mark.parametrize(
    ("offset", "day", "expected"),
    [
        ("0d", dt.date(2026, 6, 30), dt.date(2026, 6, 30)),
        ("-1d", dt.date(2026, 3, 1), dt.date(2026, 2, 28)),
        ("-1y", dt.date(2024, 2, 29), dt.date(2023, 2, 28)),
        ("-4y", dt.date(2024, 2, 29), dt.date(2020, 2, 29)),
        ("-1m", dt.date(2026, 3, 31), dt.date(2026, 2, 28)),
        ("-6m", dt.date(2026, 3, 15), dt.date(2025, 9, 15)),
        ("+1m", dt.date(2026, 12, 31), dt.date(2027, 1, 31)),
        ("-14m", dt.date(2026, 1, 31), dt.date(2024, 11, 30)),
    ],
)
def test_an_offset_is_calendar_arithmetic(offset: str, day: dt.date, expected: dt.date) -> None:
    assert Offset.parse(offset).from_day(day) == expected


@pytest.mark.parametrize("written", ["1w", "-y", "1", 1, None, "1.5y"])
def test_anything_else_is_no_offset(written: object) -> None:
    with pytest.raises(PydanticCustomError):
        Offset.parse(written)
