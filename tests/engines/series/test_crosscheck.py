"""Shares, targets and bases, checked on worked examples and on their inverses."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.series.crosscheck import (
    Check,
    Figure,
    FigureSet,
    base_from_growth,
    cross_checks,
    over_half,
    rounded,
    share,
    whole_from_share,
)
from openzone.engines.text import Text

positive = st.decimals("0.01", "1000000", places=2)


def figure(name: str, value: str, unit: str = "个", basis: str | None = None) -> Figure:
    label = Text("示例", "example")
    return Figure(
        name, label, "示例文件", None, None, label, "示例", Decimal(value), unit,
        basis=Text(basis, basis) if basis else None,
    )  # fmt: skip


def computed(check: Check, *figures: Figure) -> object:
    return cross_checks(FigureSet(figures, (check,)))[0].computed


@pytest.mark.parametrize(
    ("shares", "holds"),
    [
        (("0.5549", "2.2714"), True),
        (("0.5", "0.5"), True),
        (("0.4999", "2.2714"), False),
        (("0.9", "0.4999"), False),
    ],
)
def test_over_half_needs_every_share_at_one_half(shares: tuple[str, ...], holds: bool) -> None:
    assert over_half(*map(Decimal, shares)) is holds


def test_growth_of_232_percent_is_a_factor_of_3_32() -> None:
    assert base_from_growth(Decimal("3.32"), Decimal("2.32")) == 1


@pytest.mark.parametrize("growth", ["-1", "-1.5"])
def test_a_fall_to_nothing_has_no_base(growth: str) -> None:
    assert base_from_growth(Decimal(10), Decimal(growth)) is None


def test_a_share_of_nothing_is_undefined() -> None:
    assert share(Decimal(1), Decimal(0)) is None
    assert whole_from_share(Decimal(1), Decimal(0)) is None


@given(part=positive, whole=positive)
def test_the_whole_follows_from_its_share(part: Decimal, whole: Decimal) -> None:
    ratio = share(part, whole)
    assert ratio is not None
    again = whole_from_share(part, ratio)
    assert again is not None
    assert rounded(again, 2) == whole


@given(base=positive, growth=st.decimals("-0.9", "5", places=3))
def test_growing_from_the_base_gives_the_figure_back(base: Decimal, growth: Decimal) -> None:
    assert base_from_growth(base * (1 + growth), growth) == base


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("364.5", 0, "365"), ("1.005", 2, "1.01")],
)
def test_results_are_rounded_half_up(value: str, decimals: int, expected: str) -> None:
    assert rounded(Decimal(value), decimals) == Decimal(expected)


def test_units_are_converted_before_dividing() -> None:
    check = Check("mean", "average", ("money", "count"), Decimal("420.7"), "万元", 1)
    assert computed(check, figure("money", "5.68", "亿元"), figure("count", "135")) == Decimal(
        "420.7"
    )


def test_a_check_can_stand_on_an_earlier_one() -> None:
    checks = (
        Check("target", "whole_from_share", ("done", "rate"), Decimal(284), "亿元", 0),
        Check("again", "share", ("done", "target"), Decimal("55.49"), "%", 2),
    )
    figures = (figure("done", "157.6", "亿元"), figure("rate", "55.49", "%"))
    assert [result.agrees for result in cross_checks(FigureSet(figures, checks))] == [True, True]


def test_a_figure_that_does_not_fit_is_found() -> None:
    check = Check("sum", "total", ("a", "b"), Decimal(10), "个", 0)
    (result,) = cross_checks(FigureSet((figure("a", "4"), figure("b", "5")), (check,)))
    assert (result.computed, result.agrees) == (Decimal(9), False)


def test_an_undefined_result_agrees_with_nothing() -> None:
    check = Check("share", "share", ("a", "b"), Decimal(0), "%", 0)
    (result,) = cross_checks(FigureSet((figure("a", "4"), figure("b", "0")), (check,)))
    assert (result.computed, result.agrees) == (None, False)


def test_two_growth_rates_on_one_definition_are_comparable() -> None:
    check = Check("bases", "bases_differ", ("a", "b"))
    same = figure("a", "28.5", "%", "现价"), figure("b", "8.3", "%", "现价")
    other = figure("a", "28.5", "%", "现价"), figure("b", "8.3", "%", "可比价")
    unsaid = figure("a", "28.5", "%"), figure("b", "8.3", "%", "可比价")
    assert computed(check, *same) is False
    assert computed(check, *other) is True
    assert computed(check, *unsaid) is False


def test_equal_numbers_do_not_differ() -> None:
    check = Check("differ", "values_differ", ("a", "b", "c"))
    assert computed(check, figure("a", "1"), figure("b", "2"), figure("c", "3")) is True
    assert computed(check, figure("a", "1"), figure("b", "2"), figure("c", "1")) is False


def test_a_check_on_a_figure_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="nothing"):
        cross_checks(FigureSet((), (Check("c", "total", ("nothing",), Decimal(1)),)))
