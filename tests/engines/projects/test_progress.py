"""Work is counted in its own units; what nobody reported is unknown and not nothing."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.projects.progress import (
    Item,
    Point,
    Remedy,
    Standing,
    check_report,
    planned,
    standing,
    whole,
)

NEW_YEAR = dt.date(2022, 1, 1)
END_OF_APRIL = dt.date(2022, 4, 30)
# 遂潼: 160,000 m³ of concrete planned for the first four months; six gates by the end of the month.
CONCRETE = Item(
    "concrete", "m³", Decimal(400_000), NEW_YEAR,
    (Point(END_OF_APRIL, Decimal(160_000)), Point(dt.date(2022, 12, 31), Decimal(400_000))),
    weight=Decimal(3),
)  # fmt: skip
GATES = Item("gates", "孔", Decimal(6), NEW_YEAR, (Point(END_OF_APRIL, Decimal(6)),))


def _told(day, quantity):
    return Point(day, Decimal(quantity))


def test_the_plan_is_read_at_its_points_and_evenly_between():
    assert planned(CONCRETE, END_OF_APRIL) == 160_000
    halfway = NEW_YEAR + (END_OF_APRIL - NEW_YEAR) / 2
    assert planned(CONCRETE, halfway) == pytest.approx(80_000, rel=0.02)


@pytest.mark.parametrize(
    ("day", "quantity"),
    [
        (dt.date(2021, 12, 31), 0),
        (NEW_YEAR, 0),
        (dt.date(2022, 12, 31), 400_000),
        (dt.date(2023, 6, 1), 400_000),
    ],
)
def test_nothing_before_the_beginning_and_no_more_than_all_after_the_end(day, quantity):
    assert planned(CONCRETE, day) == quantity


def test_units_ahead_and_shares():
    stands = standing(CONCRETE, [_told(END_OF_APRIL, 150_000)], END_OF_APRIL)
    assert stands.ahead == -10_000
    assert stands.done_share == Decimal("0.375")
    assert stands.planned_share == Decimal("0.4")


def test_before_the_first_report_it_is_unknown():
    stands = standing(CONCRETE, [], END_OF_APRIL)
    assert (stands.done, stands.ahead, stands.done_share) == (None, None, None)
    assert whole([stands]).done is None


def test_reports_of_later_days_are_not_seen():
    reports = [_told(dt.date(2022, 2, 1), 10), _told(dt.date(2022, 5, 1), 90_000)]
    stands = standing(CONCRETE, reports, END_OF_APRIL)
    assert (stands.done, stands.reported_on) == (10, dt.date(2022, 2, 1))


def test_the_whole_weighs_what_was_reported_and_says_how_much_that_is():
    stands = [
        standing(CONCRETE, [_told(END_OF_APRIL, 200_000)], END_OF_APRIL),
        standing(GATES, [], END_OF_APRIL),
    ]
    of_all = whole(stands)
    assert of_all.done == Decimal("0.5")
    assert of_all.known == Decimal("0.75")
    assert of_all.planned == (3 * Decimal("0.4") + 1) / 4


def test_no_items_make_no_whole():
    assert whole([]).done is None


@pytest.mark.parametrize(
    ("quantity", "remedies"),
    [
        ("-1", [Remedy.NONE, Remedy.EXPLAIN]),
        ("400000.5", [Remedy.NONE]),
        ("11999", [Remedy.EXPLAIN]),
        ("12000", []),
        ("120000", [Remedy.CONFIRM]),
        ("130000", []),
    ],
)
def test_a_report_is_held_against_the_whole_and_the_one_before(quantity, remedies):
    before = [_told(dt.date(2022, 3, 1), 12_000)]
    found = check_report(CONCRETE, before, _told(END_OF_APRIL, quantity))
    assert [fault.remedy for fault in found] == remedies


def test_a_report_for_an_earlier_day_is_held_against_what_was_before_that_day():
    before = [_told(dt.date(2022, 3, 1), 12_000)]
    assert check_report(CONCRETE, before, _told(dt.date(2022, 2, 1), 3)) == []


@given(st.dates(dt.date(2021, 1, 1), dt.date(2024, 1, 1)), st.integers(0, 400))
def test_a_plan_never_falls(day, later):
    assert planned(CONCRETE, day) <= planned(CONCRETE, day + dt.timedelta(days=later))


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 100)), min_size=1, max_size=6))
def test_the_whole_lies_between_its_parts(parts):
    stands = [
        Standing(Item(str(n), "m", Decimal(100), NEW_YEAR, (), Decimal(weight)), Decimal(0),
                 Decimal(done), NEW_YEAR)
        for n, (weight, done) in enumerate(parts)
    ]  # fmt: skip
    shares = [one.done_share for one in stands]
    assert min(shares) <= whole(stands).done + Decimal("1e-20")
    assert whole(stands).done <= max(shares) + Decimal("1e-20")
