"""Periods as Chinese tables write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.series.periods import Period, Span, month, period_said, read_period
from openzone.engines.text import Text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026", "2026"), ("2026年", "2026"), ("2026年度", "2026"), ("2026年全年", "2026"),
        ("2026-05", "2026-05"), ("2026年5月", "2026-05"), ("2026年5月份", "2026-05"),
        ("２０２６年５月", "2026-05"), ("202605", "2026-05"), ("2026/5", "2026-05"),
        ("2026.05", "2026-05"), ("2026-01/2026-05", "2026-01/2026-05"),
        ("2026年1-5月", "2026-01/2026-05"), ("2026年1—5月累计", "2026-01/2026-05"),
        ("2026年1至5月", "2026-01/2026-05"), ("2026年前5个月", "2026-01/2026-05"),
        ("2026年1-2月", "2026-01/2026-02"), ("2026Q1", "2026-01/2026-03"),
        ("2026年一季度", "2026-01/2026-03"), ("2026年第二季度", "2026-04/2026-06"),
        ("2026年前三季度", "2026-01/2026-09"), ("2026年上半年", "2026-01/2026-06"),
        ("2026H2", "2026-07/2026-12"), ("2026年末", "../2026-12"), ("2026年底", "../2026-12"),
        ("2026年5月末", "../2026-05"), ("2026-05-31", "../2026-05"), ("../2026-05", "../2026-05"),
        ("2026-01..2026-05", "2026-01/2026-05"), ("2026-M05", "2026-05"),
        ("2026-S2", "2026-07/2026-12"), ("2026-A1", "2026"),
    ],
)  # fmt: skip
def test_a_period_is_read(written, read):
    assert str(read_period(written)) == read


@pytest.mark.parametrize(
    "written",
    ["", "去年", "1-5月", "2026-13", "2026-05/2026-03", "2025-12/2026-02", "26年5月", "2026-05-32",
     "2026年0月", "1026", "2026年五"],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_what_one_may_write(written):
    found = read_period(written)
    assert isinstance(found, Text)
    assert written in found.zh
    assert "2026Q1" in found.en


@given(st.integers(1950, 2090), st.integers(1, 12), st.integers(1, 12), st.booleans())
def test_what_is_written_out_reads_back(year, first, last, point):
    if point:
        first = last
    if first <= last:
        found = Period(year, last, first, point)
        assert read_period(str(found)) == found


def test_january_is_a_month_and_the_first_cumulative():
    assert month(2026, 1).span is Span.MONTH
    assert month(2026, 1).from_january
    assert not month(2026, 2).from_january
    assert read_period("2026年1-2月").span is Span.CUMULATIVE  # type: ignore[union-attr]
    assert not read_period("2026年1月末").from_january  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026", "2026年全年"),
        ("2026-05", "2026年5月"),
        ("2026-01/2026-02", "2026年1-2月"),
        ("2026-01/2026-05", "2026年前5个月"),
        ("2026-01/2026-09", "2026年前三季度"),
        ("2026-04/2026-06", "2026年4-6月"),
        ("../2026-05", "2026年5月末"),
    ],
)
def test_a_period_is_named_as_offices_name_it_and_read_back_the_same(
    written: str, said: str
) -> None:
    period = read_period(written)
    assert period_said(period).zh == said
    assert read_period(said) == period
