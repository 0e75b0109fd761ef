"""Amounts that were revised, units that slipped, funds that arrived, foreign investment."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.engines.projects.money import (
    Arrival,
    Stated,
    foreign_investment,
    funds_in_place,
    growth,
    jump,
    revisions,
    value_at,
)

YI = Decimal(100_000_000)


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def total(value: Decimal | int, day: str | None = None, currency: str = "CNY") -> Stated:
    return Stated("total", Decimal(value), currency, on(day) if day else None)


@pytest.mark.parametrize(
    ("old", "new", "times"),
    [
        ("92030", "920300000", "10,000"),
        ("920300000", "92030", "1/10,000"),
        ("9.2", "920000000", "100,000,000"),
        ("92030", "1500000000", "16,299"),
        ("5000", "50000", "10"),
        ("50000", "5000", "1/10"),
    ],
)
def test_a_slipped_unit_or_digit_is_named_with_both_values(old: str, new: str, times: str) -> None:
    found = jump(Decimal(old), Decimal(new))
    assert found is not None
    for text in (found.zh, found.en):
        assert times in text
        assert f"{Decimal(new):,f}" in text
        assert f"{Decimal(old):,f}" in text


@pytest.mark.parametrize(
    ("old", "new"), [("5", "8"), ("5", "49"), ("5", "51"), ("5", "500"), ("0", "5"), ("5", "0")]
)
def test_a_project_that_grows_is_no_slip(old: str, new: str) -> None:
    assert jump(Decimal(old), Decimal(new)) is None


def test_a_revision_keeps_both_values_and_the_day() -> None:
    amounts = [
        total(8 * YI, "2025-07-10"),
        total(3 * YI, "2025-01-10"),
        total(8 * YI, "2025-09-01"),
    ]
    (found,) = revisions(amounts, "total")
    assert (found.earlier.value, found.later.value) == (3 * YI, 8 * YI)
    assert found.later.on == on("2025-07-10")
    assert (found.change, found.jump) == (5 * YI, None)


def test_a_revision_by_ten_thousand_is_told_and_one_into_another_currency_has_no_change() -> None:
    slipped = revisions([total(30_000, "2025-01-10"), total(3 * YI, "2025-02-10")], "total")
    assert slipped[0].jump is not None
    other = revisions([total(3 * YI), total(42_000_000, "2025-02-10", "USD")], "total")
    assert (other[0].change, other[0].jump) == (None, None)


def test_the_value_of_a_day_is_the_last_one_stated_up_to_it() -> None:
    amounts = [total(3 * YI, "2025-01-10"), total(8 * YI, "2025-07-10"), Stated("fixed", YI)]

    def value(day: str) -> Decimal | None:
        found = value_at(amounts, "total", on(day))
        return found.value if found else None

    assert value("2025-07-09") == 3 * YI
    assert value("2025-07-10") == 8 * YI
    assert value("2024-01-01") == 3 * YI
    assert value_at(amounts, "foreign", on("2025-07-10")) is None


def test_an_undated_amount_is_older_than_every_dated_one() -> None:
    amounts = [total(8 * YI, "2025-07-10"), total(3 * YI)]
    found = value_at(amounts, "total", on("2025-07-09"))
    assert found is not None
    assert found.value == 3 * YI


def test_funds_in_place_are_fixed_and_working_capital_of_the_period() -> None:
    arrivals = [
        Arrival(on("2025-03-01"), Decimal("526.89") * YI, "fixed"),
        Arrival(on("2025-12-31"), Decimal("175.87") * YI, "working"),
        Arrival(on("2026-01-01"), 9 * YI, "working"),
        Arrival(on("2025-05-01"), Decimal(1_000_000), "fixed", "USD"),
    ]
    found = funds_in_place(arrivals, on("2025-01-01"), on("2025-12-31"))
    assert found.total() == Decimal("702.76") * YI
    assert found.by_kind["CNY"] == {
        "fixed": Decimal("526.89") * YI, "working": Decimal("175.87") * YI,
    }  # fmt: skip
    assert found.total("USD") == Decimal(1_000_000)
    assert found.total("EUR") == 0


def test_foreign_investment_is_on_both_bases_and_in_both_currencies() -> None:
    arrivals = [
        Arrival(on("2025-03-01"), Decimal(72), usd=Decimal(10)),
        Arrival(on("2025-04-01"), Decimal(36), usd=Decimal(5), financial=True),
    ]
    found = foreign_investment(arrivals, on("2025-01-01"), on("2025-12-31"))
    assert (found.full.cny, found.full.usd) == (Decimal(108), Decimal(15))
    assert (found.comparable.cny, found.comparable.usd) == (Decimal(72), Decimal(10))


def test_a_sum_with_an_unknown_part_is_unknown() -> None:
    arrivals = [Arrival(on("2025-03-01"), Decimal(10), currency="USD")]
    found = foreign_investment(arrivals, on("2025-01-01"), on("2025-12-31"))
    assert (found.full.cny, found.full.usd) == (None, Decimal(10))


def test_growth_differs_between_yuan_and_dollars_and_needs_a_positive_base() -> None:
    assert growth(Decimal("115.6"), Decimal(100)) == Decimal("0.156")
    assert growth(Decimal("118.9"), Decimal(100)) == Decimal("0.189")
    for base in (None, Decimal(0), Decimal(-1)):
        assert growth(Decimal(1), base) is None
    assert growth(None, Decimal(1)) is None
