"""Durations between stages, their spread, and one project against the zone."""

import datetime as dt
import statistics
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.projects.leadtimes import against, lead_times, spread, whole_months


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2025-01-15", "2025-09-15", 8),
        ("2025-01-15", "2025-09-14", 7),
        ("2025-03-15", "2025-06-15", 3),
        ("2025-01-31", "2025-02-28", 1),
        ("2025-01-31", "2025-02-27", 0),
        ("2025-06-15", "2025-03-15", -3),
        ("2025-03-01", "2025-03-01", 0),
    ],
)
def test_months_are_whole_months(start: str, end: str, months: int) -> None:
    assert whole_months(on(start), on(end)) == months


def test_durations_open_ones_and_ones_that_cannot_be_are_told_apart() -> None:
    projects = {
        "A": {"signed": on("2025-01-01"), "landed": on("2025-01-11")},
        "B": {"signed": on("2025-01-01"), "landed": on("2025-01-31")},
        "C": {"signed": on("2025-01-01")},
        "D": {"landed": on("2025-01-01")},
        "E": {"signed": on("2025-03-01"), "landed": on("2025-02-01")},
    }
    found = lead_times(projects, "signed", "landed")
    assert [(one.project, one.days) for one in found.done] == [("A", 10), ("B", 30)]
    assert found.open == ("C",)
    assert [one.project for one in found.backwards] == ["E"]
    assert found.spread is not None
    assert (found.spread.count, found.spread.median) == (2, Decimal(20))


def test_one_project_is_compared_with_the_median() -> None:
    zone = spread([60, 90, 120, 300])
    assert zone is not None
    assert (zone.lower, zone.median, zone.upper) == (Decimal("82.5"), Decimal(105), Decimal(165))
    assert against(90, zone) == Decimal(-15)


def test_nothing_has_no_spread() -> None:
    assert spread([]) is None
    assert lead_times({}, "signed", "landed").spread is None


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=40))
def test_quartiles_are_those_of_the_inclusive_method(days: list[int]) -> None:
    found = spread(days)
    assert found is not None
    expected = statistics.quantiles(days, n=4, method="inclusive")
    assert [float(found.lower), float(found.median), float(found.upper)] == expected
