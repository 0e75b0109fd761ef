"""What was promised with a parcel is kept, missed or not known; a tolerance is no promise."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.projects.landcheck import (
    Consequence,
    Direction,
    LandIndicator,
    Stage,
    check_state,
    consequence_of,
    deviations,
    per_mu,
)
from openzone.engines.text import Text

INVESTMENT = LandIndicator(
    "investment_per_mu", Text("亩均固定资产投资", "Fixed investment per mu"), "万元/亩",
    Direction.AT_LEAST, Stage.COMPLETION, Decimal("0.1"),
)  # fmt: skip
TAX = LandIndicator(
    "tax_per_mu", Text("亩均税收", "Tax per mu"), "万元/亩",
    Direction.AT_LEAST, Stage.FULL_OUTPUT,
)  # fmt: skip
ENERGY = LandIndicator(
    "energy", Text("单位能耗", "Energy intensity"), "tce/万元",
    Direction.AT_MOST, Stage.FULL_OUTPUT,
)  # fmt: skip
ALL = (INVESTMENT, TAX, ENERGY)
PROMISED = {"investment_per_mu": Decimal(300), "tax_per_mu": Decimal(20), "energy": Decimal("0.5")}
numbers = st.decimals(-1000, 1000, places=2)


def _check(stage, **reached):
    given_ = {name: None if value is None else Decimal(value) for name, value in reached.items()}
    return deviations(ALL, PROMISED, given_, stage)


@pytest.mark.parametrize(
    ("reached", "short", "obliges"),
    [("300", 0, False), ("310", 0, False), ("270", 30, False), ("269.99", "30.01", True)],
)
def test_missed_by_more_than_is_tolerated_obliges(reached, short, obliges):
    (one,) = _check(Stage.COMPLETION, investment_per_mu=reached)
    assert (one.short, one.obliges) == (Decimal(short), obliges)


def test_at_full_output_other_indicators_are_checked():
    tax, energy = _check(Stage.FULL_OUTPUT, tax_per_mu="25", energy="0.6")
    assert not tax.obliges
    assert energy.obliges
    assert energy.short == Decimal("0.1")
    assert "相差 0.1" in energy.sentence.zh


def test_without_a_figure_nothing_is_said():
    tax, energy = _check(Stage.FULL_OUTPUT, tax_per_mu=None)
    assert (tax.short, tax.obliges, energy.obliges) == (None, False, False)
    assert "尚无" in tax.sentence.zh


def test_what_was_not_promised_is_not_checked():
    assert deviations(ALL, {}, {"tax_per_mu": Decimal(1)}, Stage.FULL_OUTPUT) == []


def test_a_promise_of_nothing_is_missed_by_anything_more():
    (one,) = deviations([ENERGY], {"energy": Decimal(0)}, {"energy": Decimal(1)}, Stage.FULL_OUTPUT)
    assert one.obliges
    assert one.share is None


def test_an_amount_per_mu():
    assert round(per_mu(Decimal(1000), Decimal("666.667")), 2) == Decimal("1000.00")
    assert per_mu(Decimal(1000), Decimal(0)) is None
    assert per_mu(None, Decimal(100)) is None
    assert per_mu(Decimal(1000), None) is None


@given(numbers, numbers)
def test_a_kept_promise_never_obliges_and_a_missed_one_is_never_kept(promised, reached):
    (one,) = deviations([TAX], {"tax_per_mu": promised}, {"tax_per_mu": reached}, Stage.FULL_OUTPUT)
    assert one.obliges is (reached < promised)


@pytest.mark.parametrize(
    ("reached", "light"),
    [("300", "green"), ("280", "yellow"), ("200", "red"), (None, "unknown")],
)
def test_a_promise_at_a_glance(reached, light):
    (one,) = _check(Stage.COMPLETION, investment_per_mu=reached)
    assert one.light == light


LADDER = (
    Consequence("rectify", Text("限期整改", "Rectify")),
    Consequence("pay", Text("支付违约金", "Pay"), missed=2),
    Consequence("take_back", Text("收回", "Taken back"), Decimal("0.5"), 3),
)


@pytest.mark.parametrize(
    ("reached", "missed", "follows"),
    [
        ("200", 1, "rectify"),
        ("200", 2, "pay"),
        ("200", 3, "pay"),
        ("100", 3, "take_back"),
        ("100", 2, "pay"),
        ("150", 3, "pay"),
    ],
)
def test_what_follows_goes_by_how_much_and_how_often_a_promise_was_missed(reached, missed, follows):
    (one,) = _check(Stage.COMPLETION, investment_per_mu=reached)
    found = consequence_of(one, missed, LADDER)
    assert found is not None
    assert found.id == follows


@pytest.mark.parametrize("reached", ["300", "280", None])
def test_nothing_follows_where_nothing_obliges(reached):
    (one,) = _check(Stage.COMPLETION, investment_per_mu=reached)
    assert consequence_of(one, 5, LADDER) is None


DAY = dt.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("left", "state"), [(91, "not_due"), (90, "due_soon"), (0, "due_soon"), (-1, "overdue")]
)
def test_a_check_is_announced_before_it_is_due(left, state):
    assert check_state(DAY + dt.timedelta(days=left), 90, DAY, None) == state


def test_a_check_without_a_day_is_not_due():
    assert check_state(None, 90, DAY, None) == "not_set"


def test_a_check_without_all_its_figures_stays_open():
    tax_only = _check(Stage.FULL_OUTPUT, tax_per_mu="25")
    both = _check(Stage.FULL_OUTPUT, tax_per_mu="25", energy="0.6")
    assert check_state(DAY, 90, DAY, tax_only) == "open"
    assert check_state(DAY, 90, DAY, both) == "held"
