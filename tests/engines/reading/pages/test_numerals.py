"""Numbers in digits, in characters and in both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.reading.pages.numerals import number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200.5", 1200.5),
        ("三千二百万", 32_000_000),
        ("二〇二三", 2023),
        ("千亿", 10**11),
        ("一亿二千万", 120_000_000),
        ("万亿", 10**12),
        ("一点五", 1.5),
        ("一百零五", 105),
        ("三千五", 3500),
        ("两", 2),
        ("十五", 15),
        ("百分", None),
        ("", None),
        ("一点百", None),
    ],
)
def test_numerals_have_their_value(text: str, value: float | None) -> None:
    assert number(text) == value


@given(st.integers(0, 10**9))
def test_digits_with_commas_are_the_same_number(value: int) -> None:
    assert number(f"{value:,}") == number(str(value)) == value
