"""Case numbers and their check character (ISO/IEC 7064 MOD 37,36)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.cases.numbering import (
    ALPHABET,
    case_number,
    check_character,
    is_number,
    part_number,
)

DAY = dt.date(2026, 11, 20)


def test_the_published_example_of_the_standards_first_user():
    """The Global Release Identifier A1-2425G-ABC1234002-M uses the same system."""
    assert check_character("A12425GABC1234002") == "M"


def test_a_number_names_scope_type_day_and_count():
    number = case_number("OZ", "QY", DAY, 42)
    assert number == "OZ-QY-20261120-0042-V"
    assert is_number(number)
    assert is_number(part_number(number, 2))
    assert is_number(number.lower())


@given(st.integers(1, 99_999), st.integers(0, 15), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(count, place, wrong):
    body, check = case_number("OZ", "QY", DAY, count).replace("-", "")[:-1], None
    check = check_character(body)
    place %= len(body)
    changed = body[:place] + wrong + body[place + 1 :]
    assert (check_character(changed) == check) == (changed == body)


@pytest.mark.parametrize(
    "text", ["", "OZ-QY-20261120-0042", "OZ-QY-20261120-0042-W", "OZ-QY-20261120-0024-V", "12345"]
)
def test_what_is_no_number(text):
    assert not is_number(text)
