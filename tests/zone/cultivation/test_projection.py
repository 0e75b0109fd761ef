"""A straight line through two years, said to be one; and when entries are taken next."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.packs.cultivation import load_cultivation
from openzone.zone.cultivation.selectors.batches import next_batches
from openzone.zone.cultivation.selectors.projection import METHOD, project


def test_eighteen_million_growing_by_four_reaches_twenty_in_six_months():
    found = project(18, 14, 20, 2025)
    assert (found.months, found.month) == (6, dt.date(2026, 6, 1))


@pytest.mark.parametrize(
    ("have", "before", "months", "month"),
    [
        (19, 7, 1, dt.date(2026, 1, 1)),
        (16, 12, 12, dt.date(2026, 12, 1)),
        (16, 15, 48, dt.date(2029, 12, 1)),
        (16, 13, 16, dt.date(2027, 4, 1)),
        (20, 10, 0, dt.date(2025, 12, 1)),
    ],
)
def test_months_are_counted_from_the_end_of_the_last_full_year(have, before, months, month):
    found = project(have, before, 20, 2025)
    assert (found.months, found.month) == (months, month)


@pytest.mark.parametrize("before", [18, 25])
def test_what_does_not_grow_has_no_month(before):
    assert project(18, before, 20, 2025).months is None


def test_a_month_beyond_the_calendar_is_none_rather_than_an_error():
    assert project(1, 1 - 1e-9, 1e9, 2025).month is None


@given(have=st.floats(1, 1e9), growth=st.floats(1, 1e9), missing=st.floats(1, 1e9))
def test_after_the_projected_months_the_line_is_at_the_limit_and_a_month_earlier_below(
    have, growth, missing
):
    found = project(have, have - growth, have + missing, 2025)
    if found.months is None:
        return
    actual = have - (have - growth)  # what floats leave of the growth
    need = (have + missing) - have
    assert found.months * actual / 12 >= need * (1 - 1e-9)
    assert (found.months - 1) * actual / 12 < need * (1 + 1e-9)


def test_the_method_says_that_it_is_no_figure():
    assert "不是实际数" in METHOD.zh
    assert "not a figure" in METHOD.en


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (dt.date(2026, 11, 20), ["2026-12-05", "2026-12-31", "2027-01-31", "2027-10-31"]),
        (dt.date(2026, 12, 5), ["2026-12-05", "2026-12-31", "2027-01-31", "2027-10-31"]),
        (dt.date(2026, 1, 31), ["2026-01-31", "2026-02-05", "2026-10-31", "2026-12-31"]),
    ],
)
def test_entries_close_before_the_fifth_and_with_the_annual_batches(on, expected):
    pool = next(pool for pool in load_cultivation(None).pools if pool.id == "near_scale")
    assert [one.on.isoformat() for one in next_batches(pool, on)] == expected
