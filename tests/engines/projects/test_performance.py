"""Targets and scores: each point can be followed, and a figure that is missing is no zero."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.projects.performance import (
    Bounds,
    Indicator,
    Signal,
    Target,
    at_half_year,
    completion,
    over_half,
    ranking,
    score,
    signal,
    time_share,
)
from openzone.engines.text import Text

HALF_YEAR = dt.date(2023, 6, 30)
amounts = st.decimals(0, 10_000, places=2)


def _reached(target, reached, on=HALF_YEAR):
    known = None if reached is None else Decimal(reached)
    return completion(Target("x", Decimal(target)), known, on)


def test_baoji_at_half_year():
    """宝鸡: 157.6 of 284 亿元 and 1590 of 700 万美元 are 55.49 % and 227.14 %: over half twice."""
    funds, foreign = _reached(284, "157.6"), _reached(700, 1590)
    assert round(funds.share * 100, 2) == Decimal("55.49")
    assert round(foreign.share * 100, 2) == Decimal("227.14")
    assert over_half([funds, foreign]) is True


@pytest.mark.parametrize(
    ("reached", "expected"),
    [
        (["50", "50"], True),
        (["49.99", "227.14"], False),
        (["49.99", None], False),
        (["55", None], None),
        ([], None),
    ],
)
def test_over_half(reached, expected):
    assert over_half([_reached(100, each) for each in reached]) is expected


def test_over_half_is_asked_until_the_end_of_june():
    assert at_half_year(HALF_YEAR)
    assert not at_half_year(dt.date(2023, 7, 1))


def test_time_is_counted_in_days_of_the_year():
    assert time_share(dt.date(2023, 12, 31)) == 1
    assert time_share(dt.date(2024, 1, 1)) == Decimal(1) / 366
    assert round(time_share(HALF_YEAR), 4) == Decimal("0.4959")


def test_what_is_missing_to_keep_step_and_to_arrive():
    behind = _reached(1200, 300)
    assert behind.rate_needed == 150
    assert round(behind.gap, 1) == Decimal("295.1")
    ahead = _reached(100, 120)
    assert (ahead.gap, ahead.rate_needed) == (0, 0)


def test_in_december_there_is_no_month_left_to_spread_over():
    assert _reached(100, 90, dt.date(2023, 12, 1)).rate_needed is None


def test_a_target_of_several_years_has_the_time_of_them_all():
    """乐山: 500亿元 of new capacity by 2027; of three years a half has passed on 30 June 2026."""
    target = Target("capacity", Decimal(500), 2025, 2027)
    made = completion(target, Decimal(260), dt.date(2026, 6, 30))
    assert made.time == Decimal(365 + 181) / 1095
    assert (made.share, made.rate_needed) == (Decimal("0.52"), Decimal(240) / 18)
    assert completion(target, Decimal(0), dt.date(2024, 12, 31)).time == 0
    assert completion(target, Decimal(0), dt.date(2024, 6, 30)).rate_needed == Decimal(500) / 36
    over = completion(target, Decimal(490), dt.date(2028, 2, 1))
    assert (over.time, over.gap, over.rate_needed) == (1, 10, None)


WUHAN = Bounds(Decimal("0.8"), Decimal("0.6"))


@pytest.mark.parametrize(
    ("target", "reached", "expected"),
    [
        (100, "100", Signal.DONE),
        (100, "80", Signal.ON_TIME),
        (100, "79.99", Signal.BEHIND),
        (100, "60", Signal.BEHIND),
        (100, "59.99", Signal.FAR_BEHIND),
        (100, "0", Signal.FAR_BEHIND),
        (100, None, Signal.UNKNOWN),
    ],
)
def test_what_is_behind_at_the_end_of_its_time(target, reached, expected):
    """Exactly 80 % or 60 % of the time passed is not under it."""
    assert signal(_reached(target, reached, dt.date(2023, 12, 31)), WUHAN) is expected


def test_a_rate_is_held_and_time_excuses_nothing():
    half = Target("landing", Decimal("0.5"), level=True)
    made = completion(half, Decimal("0.2"), dt.date(2023, 1, 31))
    assert (made.gap, made.rate_needed, signal(made, WUHAN)) == (
        Decimal("0.3"), None, Signal.FAR_BEHIND,
    )  # fmt: skip


def test_early_in_the_year_little_is_enough():
    assert signal(_reached(100, "1", dt.date(2023, 1, 2)), WUHAN) is Signal.ON_TIME


def test_points_of_the_lines_add_up_to_the_digit():
    thirds = {name: Decimal(3) for name in TARGETS}
    made = score(SCHEME, thirds, {name: Decimal(1) for name in TARGETS}, Decimal(1))
    assert [line.points for line in made.lines] == [Decimal("13.3333")] * 2 + [Decimal("6.6667")]
    assert made.points == Decimal("33.3333")


def test_a_missing_figure_has_no_share():
    assert _reached(100, None).share is None


def test_a_target_of_zero_is_refused():
    with pytest.raises(ValueError, match="above zero"):
        _reached(0, 5)
    with pytest.raises(ValueError, match="大于零"):
        score(SCHEME, {"landing": Decimal(0)}, {}, Decimal(1))


def _indicator(name, weight, cap="1"):
    return Indicator(name, Text(name, name), Decimal(weight), Decimal(cap))


# 郴州: project tasks, domestic and foreign capital, landing rate; more for key posts.
SCHEME = (_indicator("tasks", 40), _indicator("capital", 40, "1.2"), _indicator("landing", 20))
TARGETS = {"tasks": Decimal(10), "capital": Decimal(5), "landing": Decimal("0.6")}


def test_points_times_the_coefficient_of_the_post():
    reached = {"tasks": Decimal(8), "capital": Decimal(10), "landing": Decimal("0.6")}
    made = score(SCHEME, TARGETS, reached, Decimal("1.1"))
    assert [line.points for line in made.lines] == [32, 48, 20]
    assert made.total == Decimal(110)
    assert made.lines[0].formula.zh == "40 × min(8 ÷ 10, 1) = 32"


def test_without_a_figure_no_points_and_it_is_named():
    made = score(SCHEME, TARGETS, {"tasks": Decimal(10), "landing": None}, Decimal(1))
    assert made.points == 40
    assert made.missing == ("capital", "landing")
    assert "缺实绩" in made.lines[1].formula.zh


def test_what_a_post_has_no_target_for_is_not_asked_of_it():
    made = score(SCHEME, {"tasks": Decimal(10)}, {"tasks": Decimal(10)}, Decimal(1))
    assert [line.indicator.id for line in made.lines] == ["tasks"]


def test_equal_scores_share_a_place():
    totals = {"a": Decimal(90), "b": Decimal(80), "c": Decimal(80), "d": Decimal(70)}
    assert [(one.id, one.place, one.tied) for one in ranking(totals)] == [
        ("a", 1, 1), ("b", 2, 2), ("c", 2, 2), ("d", 4, 1),
    ]  # fmt: skip


@given(st.dictionaries(st.sampled_from(["tasks", "capital", "landing"]), amounts))
def test_no_score_exceeds_the_weights_with_their_caps(reached):
    made = score(SCHEME, TARGETS, reached, Decimal(1))
    assert 0 <= made.points <= 40 + 48 + 20
    assert made.points == sum(line.points or 0 for line in made.lines)


@given(amounts, amounts)
def test_reaching_more_never_gives_less(less, more):
    low, high = sorted((less, more))
    points = [score(SCHEME, TARGETS, {"capital": each}, Decimal(1)).points for each in (low, high)]
    assert points[0] <= points[1]
