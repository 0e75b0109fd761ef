"""What a board says of a line: worked examples of the press, and what must not be said."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.series.besides import places, rise, share_of
from openzone.engines.series.due import due_on, last_due
from openzone.engines.series.model import Direction, Kind, Line
from openzone.engines.series.paths import reach, sum_up
from openzone.engines.series.sayings import first_growth, first_growth_said, sayings
from openzone.engines.series.standing import Bounds, Light, standing, supposed
from openzone.engines.text import Text
from tests.engines.series.figures import defined, obs, period

BOUNDS = Bounds(Decimal("0.8"), Decimal("0.6"))
YI = Decimal(10) ** 8


def track(*figures):
    return {one.period: one for one in figures}


def stands(*figures, target=None, year=2026, of=None):
    aimed = None if target is None else Decimal(str(target))
    return standing(track(*figures), of or defined(), year, aimed, BOUNDS, 2)


@pytest.mark.parametrize(
    ("reached", "target", "completion", "over"),
    [("157.6", 284, "55.49", True), (1590, 700, "227.14", True), ("141.99", 284, "50.00", False)],
)
def test_completion_and_over_half_at_mid_year(reached, target, completion, over):
    found = stands(obs("2023年上半年", reached), target=target, year=2023)
    assert found.derived["completion"].value == Decimal(completion)
    assert found.derived["over_half"].value is over


def test_the_light_is_by_completion_over_time_and_the_bounds_themselves_are_not_below():
    lights = {
        reached: stands(obs("2026年1-6月", reached), target=100).light
        for reached in (100, 50, 40, "39.99", 30, "29.99")
    }
    assert list(lights.values()) == [
        Light.DONE, Light.ON_TIME, Light.ON_TIME, Light.BEHIND, Light.BEHIND, Light.FAR_BEHIND,
    ]  # fmt: skip


def test_the_zones_own_season_takes_the_place_of_the_calendar():
    years = [obs(f"{year}年1-6月", 30) for year in (2024, 2025)]
    years += [obs(str(year), 100) for year in (2024, 2025)]
    found = stands(*years, obs("2026年1-6月", 30), target=100)
    assert found.derived["seasonal_progress"].value == Decimal("30.00")
    assert (found.gap, found.light) == (Decimal("0.00"), Light.ON_TIME)
    assert found.derived["gap"].value == Decimal("-20.00")
    assert found.forecast is not None
    assert found.forecast.value == Decimal("100.00")
    assert found.forecast.more["forecast"] is True


def test_without_a_figure_a_target_is_unknown_and_without_a_target_there_is_no_light():
    assert stands(target=10).light is Light.UNKNOWN
    assert stands(obs("2026-05", None), target=10).light is Light.UNKNOWN
    assert stands(obs("2026年1-5月", 3)).light is Light.NO_TARGET


def test_a_level_is_reached_or_not_and_less_may_be_better():
    falling = defined("intensity", Kind.RATE, direction=Direction.DOWN)
    assert stands(obs("2026年6月末", "0.3"), target="0.35", of=falling).light is Light.DONE
    assert stands(obs("2026年6月末", "0.4"), target="0.35", of=falling).light is Light.SHORT


def test_energy_used_up_faster_than_time_is_behind_and_above_the_limit_far_behind():
    energy = defined("energy", direction=Direction.DOWN)
    lights = [stands(obs("2026年1-6月", used), target=100, of=energy).light
              for used in (49, 51, 101)]  # fmt: skip
    assert lights == [Light.ON_TIME, Light.BEHIND, Light.FAR_BEHIND]


def test_the_month_is_the_one_published_else_the_difference_and_says_which():
    both = [obs("2022年1-4月", "58.4"), obs("2022年1-5月", "77.7", growth="0.285")]
    implied = stands(*both, year=2022)
    assert implied.month is not None
    assert (implied.month.value, implied.implied) == (Decimal("19.3"), True)
    published = stands(*both, obs("2022-05", "19.4", growth="0.159"), year=2022)
    assert published.month is not None
    assert (published.month.value, published.implied) == (Decimal("19.4"), False)
    assert published.cumulative is not None
    assert published.cumulative.growth == Decimal("0.285")


def test_a_growth_without_a_level_is_still_the_last_word():
    found = stands(obs("2022年1-5月", None, growth="0.083"), year=2022)
    assert found.latest is not None
    assert found.latest.growth == Decimal("0.083")


def test_what_a_month_supposed_would_come_to_is_labelled():
    found = supposed(obs("2026年1-10月", 80), Decimal(12))
    assert (found.value, found.more["supposed"]) == (Decimal("104.00"), True)


def test_a_thousand_by_2027_asks_for_a_yearly_rate():
    found = reach(track(obs("2024", 640), obs("2025", "810")), 2027, Decimal(1000))
    assert (found.base, found.completion, found.per_year) == (
        2025, Decimal("81.00"), Decimal("11.11"),
    )  # fmt: skip
    assert found.points == {2026: Decimal("905.00"), 2027: Decimal("1000.00")}
    assert found.reached is False
    assert reach({}, 2027, Decimal(1000)).reached is None


def test_new_capacity_adds_up_over_the_years_and_the_year_begun_counts():
    figures = track(obs("2023", 120), obs("2024", 110), obs("2025年1-9月", 70))
    found = sum_up(figures, range(2023, 2028), Decimal(500))
    assert (found.value, found.completion) == (Decimal(300), Decimal("60.00"))
    assert found.per_year == Decimal("66.67")


def test_ten_periods_among_the_first_ten_and_the_place_among_383():
    rows = [obs(f"2023年{month}月末", "88.5", rank=9, group=383) for month in range(1, 10)]
    last = obs("2023年10月末", "88.68", rank=4, group=383)
    said = [text.zh for text, _proof in sayings(track(*rows, last), (3, 10))]
    assert said == ["连续10期进入前10位"]


def test_first_place_five_years_running_is_five_crowns():
    said = list(sayings(track(*(obs(str(year), None, rank=1) for year in range(2018, 2023))),
                        (3, 10)))  # fmt: skip
    assert [text.zh for text, _proof in said] == ["连续5年位居第一（五连冠）"]
    assert said[0][1].more["since"] == "2018"


def test_whom_a_place_is_among_is_said():
    years = [obs(str(year), None, rank=1, among="全市") for year in range(2018, 2023)]
    [(said, _proof)] = sayings(track(*years), (3, 10))
    assert said == Text("连续5年位居全市第一（五连冠）", "first 5 years in a row (全市)")


def test_a_run_that_ended_is_not_spoken_of():
    years = [obs(str(year), None, rank=1) for year in range(2018, 2022)]
    assert list(sayings(track(*years, obs("2022", None, rank=11)), (3, 10))) == []


def test_april_is_the_first_month_of_growth_of_a_year_that_began_below_zero():
    grown = {"2020年1-2月": "-0.181", "2020-03": "-0.02", "2020-04": "0.035", "2020-05": "0.04"}
    months = [obs(when, None, growth=rate) for when, rate in grown.items()]
    found = first_growth(track(*months), 2020)
    assert found is not None
    assert first_growth_said(found).zh == "4月实现今年以来首次正增长"
    assert first_growth(track(*months[1:]), 2020) is None, "January and February are not known"
    assert first_growth(track(months[0], *months[2:]), 2020) is None, "March is not known"


def test_a_year_that_began_with_growth_has_no_first_one():
    assert first_growth(track(obs("2020-01", 5, growth="0.01")), 2020) is None


def test_equal_figures_share_a_place_and_who_reported_nothing_has_none():
    figures = {"甲": obs("2026-05", 3), "乙": obs("2026-05", 5), "丙": obs("2026-05", 3),
               "丁": obs("2026-05", None), "戊": None, "己": obs("2026-05", 1)}  # fmt: skip
    found = {one.subject: (one.place, one.ties, one.group) for one in places(figures, defined())}
    assert found == {"乙": (1, 0, 4), "甲": (2, 1, 4), "丙": (2, 1, 4), "己": (4, 0, 4),
                     "丁": (None, 0, 4), "戊": (None, 0, 4)}  # fmt: skip
    assert [one.subject for one in places(figures, defined())][-2:] == ["丁", "戊"]


def test_places_by_growth_ask_for_the_published_growth():
    figures = {"甲": obs("2026-05", 3, growth="0.2"), "乙": obs("2026-05", 5)}
    assert [(one.subject, one.place, one.group) for one in places(figures, defined(), growth=True)
            ] == [("甲", 1, 1), ("乙", None, 1)]  # fmt: skip


def test_the_share_of_the_nation_rose_from_three_to_sixty_eight_thousandths():
    here = track(obs("2019", "0.9"), obs("2021", "34"))
    nation = track(obs("2019", 300), obs("2020", 400), obs("2021", 500))
    shares = {one.period: Decimal(one.value) for one in share_of(here, nation, Text("全国", "all"))}
    assert shares == {period("2019"): Decimal("0.30"), period("2021"): Decimal("6.80")}
    found = rise(shares, Line("output", "示例区"))
    assert found is not None
    assert (found.value, found.more["multiple"]) == (Decimal("6.50"), Decimal("22.67"))


@pytest.mark.parametrize(
    ("step", "lag", "on", "expected"),
    [
        (1, 20, "2026-06-20", "2026-01/2026-05"),
        (1, 20, "2026-06-19", "2026-01/2026-04"),
        (1, 15, "2026-02-20", "2025"),
        (3, 20, "2026-11-21", "2026-01/2026-09"),
        (12, 60, "2026-02-01", "2024"),
    ],
)
def test_the_last_figure_that_should_be_there(step, lag, on, expected):
    assert str(last_due(step, lag, dt.date.fromisoformat(on))) == expected


@settings(max_examples=50)
@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 90))
def test_what_is_due_was_due_and_the_next_is_not(on, lag):
    found = last_due(3, lag, on)
    assert due_on(found, lag) <= on < due_on(found, lag) + dt.timedelta(days=93)
