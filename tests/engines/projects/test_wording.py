"""Figures and periods as published reports write them."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.engines.projects.wording import MISSING, figure, since, span

TODAY = dt.date(2026, 5, 31)


@pytest.mark.parametrize(
    ("value", "scale", "digits", "written"),
    [
        ("17630000000", "100000000", 2, "176.3"),
        ("4111000000", "100000000", 2, "41.11"),
        ("15900000", "10000", 2, "1590"),
        ("51", "1", 0, "51"),
        ("100", "1", 0, "100"),
        ("0.554929577", "0.01", 2, "55.49"),
        ("2.271428571", "0.01", 2, "227.14"),
        ("0.005", "1", 2, "0.01"),
        ("0", "1", 2, "0"),
    ],
)
def test_figures(value, scale, digits, written):
    assert figure(Decimal(value), Decimal(scale), digits).zh == written


def test_a_missing_figure_is_said_and_is_no_zero():
    assert figure(None) == MISSING


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        ("2026-01-01", "2026-05-31", "1-5月", "January to May"),
        ("2026-05-01", "2026-05-31", "5月", "May"),
        ("2025-01-01", "2025-06-30", "2025年1-6月", "January to June 2025"),
        ("2025-11-01", "2026-01-31", "2025年11月至2026年1月", "November 2025 to January 2026"),
        ("2026-01-05", "2026-03-31", "2026年1月5日至2026年3月31日", "2026-01-05 to 2026-03-31"),
        ("2026-01-01", "2026-03-30", "2026年1月1日至2026年3月30日", "2026-01-01 to 2026-03-30"),
    ],
)
def test_periods(first, last, zh, en):
    named = span(dt.date.fromisoformat(first), dt.date.fromisoformat(last), TODAY)
    assert (named.zh, named.en) == (zh, en)


def test_the_month_under_way_counts_as_a_month():
    today = dt.date(2026, 5, 20)
    assert span(dt.date(2026, 1, 1), today, today).zh == "1-5月"


def test_this_year_so_far():
    assert since(dt.date(2026, 1, 1), TODAY, TODAY).zh == "今年以来"
    assert since(dt.date(2025, 1, 1), dt.date(2025, 5, 31), TODAY).zh == "2025年1-5月"
    assert since(dt.date(2026, 4, 1), TODAY, TODAY).zh == "4-5月"
