"""What follows from published figures: worked examples of the press, and what must not follow."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.series.model import Direction, Kind, State, Status
from openzone.packs.series import load_checks
from tests.engines.series.figures import LIMITS, answered, defined, flags, obs, one, values

FULL = [("2024", "100"), ("2025", "120")]


def test_a_month_follows_from_two_cumulative_figures():
    found = answered(obs("2022年1-4月", "58.4"), obs("2022年1-5月", "77.7"))
    assert values(found, "month") == {"2022-05": Decimal("19.3")}
    assert one(found, "month").formula.zh == "本期累计 − 上期累计"
    assert [str(each.period) for each in one(found, "month").of] == [
        "2022-01/2022-05",
        "2022-01/2022-04",
    ]


def test_january_and_february_come_together_and_no_february_follows():
    found = answered(obs("2026年1-2月", "10"), obs("2026年1-3月", "16"))
    assert values(found, "month") == {"2026-03": Decimal(6)}


def test_a_gap_in_the_cumulative_figures_gives_a_part_of_the_year_not_a_month():
    found = answered(obs("2026年1-3月", "16"), obs("2026年1-6月", "40"))
    assert values(found, "month") == {}
    assert values(found, "part") == {"2026-04/2026-06": Decimal(24)}


def test_the_years_do_not_run_into_each_other():
    found = answered(obs("2025", "100"), obs("2026年1-2月", "10"))
    assert values(found, "month") == values(found, "part") == {}


def test_where_the_identity_breaks_both_figures_are_kept():
    found = answered(obs("2026年1-4月", "50"), obs("2026年1-5月", "62"), obs("2026年5月", "11"))
    assert flags(found) == {"identity_breaks": ["2026-05"]}
    assert values(found, "month") == {"2026-05": Decimal(12)}
    kept = {str(period): each.value for reading in found.readings.values()
            for period, each in reading.track.items()}  # fmt: skip
    assert kept["2026-05"] == 11


def test_rounding_alone_does_not_break_the_identity():
    rounded = {"step": "0.1"}
    found = answered(
        obs("2026年1-4月", "58.4", **rounded), obs("2026年1-5月", "77.6", **rounded),
        obs("2026年5月", "19.3", **rounded),
    )  # fmt: skip
    assert flags(found) == {}


def test_a_cumulative_figure_that_falls_is_asked_about():
    found = answered(obs("2026年1-4月", "50"), obs("2026年1-5月", "49"))
    assert flags(found) == {"decreasing_cumulative": ["2026-01/2026-05"]}


def test_growth_of_232_percent_is_a_factor_of_3_32():
    found = answered(obs("2023年1-5月", "108.2", growth="2.32"))
    assert values(found, "growth") == {"2023-01/2023-05": Decimal("232.00")}
    assert values(found, "multiple") == {"2023-01/2023-05": Decimal("3.32")}
    assert values(found, "implied_base") == {"2022-01/2022-05": Decimal("32.59")}


def test_no_level_follows_from_growth_at_comparable_prices():
    found = answered(obs("2022年上半年", "108.8", growth="0.03"), of=(defined(nominal=False),))
    assert values(found, "growth") == {"2022-01/2022-06": Decimal("3.00")}
    assert values(found, "implied_base") == {}


def test_published_growth_is_never_computed_anew_from_levels():
    found = answered(
        obs("2025", "100"), obs("2026", "150", growth="0.08"), of=(defined(comparable=True),)
    )
    assert values(found, "growth") == {"2026": Decimal("8.00")}
    assert values(found, "level_growth") == {}
    assert flags(found) == {"growth_against_level": ["2026"]}


def test_levels_of_two_scopes_are_not_set_against_each_other():
    found = answered(obs("2025", "100"), obs("2026", "150"))
    assert values(found, "level_growth") == {}
    found = answered(obs("2025", "100"), obs("2026", "150", growth="0.08"))
    assert flags(found) == {}


def test_levels_of_one_scope_are():
    found = answered(obs("2025", "100"), obs("2026", "150"), of=(defined(comparable=True),))
    assert values(found, "level_growth") == {"2026": Decimal("50.00")}
    found = answered(obs("2025", "100"), obs("2026", "150", growth="0.08", same_scope=True))
    assert flags(found) == {"growth_against_level": ["2026"]}


@pytest.mark.parametrize("base", ["0", "-5"])
def test_without_a_positive_base_there_is_no_growth(base):
    found = answered(obs("2025", base), obs("2026", "150"), of=(defined(comparable=True),))
    assert values(found, "level_growth") == {}
    assert "no_growth" in flags(found)


def test_a_rate_changes_by_percentage_points():
    found = answered(obs("2025", "0.40"), obs("2026", "0.452"), of=(defined(kind=Kind.RATE),))
    assert one(found, "change").value == Decimal("5.20")
    assert one(found, "change").unit == "个百分点"


def test_baoji_both_targets_are_over_half():
    found = answered(
        obs("2022年上半年", "157.6", target="284", series="funds"),
        obs("2022年上半年", "1590", target="700", series="fdi"),
    )  # fmt: skip
    assert values(found, "completion", "funds") == {"2022-01/2022-06": Decimal("55.49")}
    assert values(found, "completion", "fdi") == {"2022-01/2022-06": Decimal("227.14")}
    assert [(each.kind, each.value) for each in found.together] == [("all_over_half", True)]


@pytest.mark.parametrize(("value", "over"), [("49.99", False), ("50", True)])
def test_half_is_half(value, over):
    found = answered(obs("2026年上半年", value, target="100"))
    assert values(found, "over_half") == {"2026-01/2026-06": over}


def test_what_is_left_of_the_year_has_to_bring_the_rest():
    found = answered(obs("2026年1-9月", "60", target="100"))
    assert values(found, "time_progress") == {"2026-01/2026-09": Decimal("75.00")}
    assert values(found, "gap") == {"2026-01/2026-09": Decimal("-15.00")}
    assert one(found, "required_per_month").value == Decimal("13.33")
    assert one(found, "pace").value == Decimal("6.67")


def test_the_own_seasons_count_once_two_whole_years_are_known():
    years = [
        obs(f"{year}年上半年", half) for year, half in ((2024, 30), (2025, 40))
    ] + [obs(str(year), 100) for year in (2024, 2025)]  # fmt: skip
    found = answered(*years, obs("2026年上半年", "42", target="120"))
    assert values(found, "seasonal_progress") == {"2026-01/2026-06": Decimal("35.00")}
    assert values(found, "seasonal_gap") == {"2026-01/2026-06": Decimal("0.00")}
    past = ["2024-01/2024-06", "2024", "2025-01/2025-06", "2025"]
    assert [str(each.period) for each in one(found, "seasonal_progress").of] == past
    assert [str(each.period) for each in one(found, "seasonal_gap").of] == [
        "2026-01/2026-06", *past,
    ]  # fmt: skip
    without = answered(*years[:1], *years[2:3], obs("2026年上半年", "42", target="120"))
    assert values(without, "seasonal_progress") == {}


def test_a_forecast_has_an_interval_and_its_past_errors_and_is_labelled():
    years = [obs(f"{year}年上半年", half) for year, half in ((2023, 50), (2024, 40), (2025, 45))]
    years += [obs(str(year), 100) for year in (2023, 2024, 2025)]
    forecast = one(answered(*years, obs("2026年上半年", "90")), "forecast_year")
    assert (str(forecast.period), forecast.value) == ("2026", Decimal("200.00"))
    assert forecast.more["forecast"] is True
    assert {each.period.year for each in forecast.of} == {2023, 2024, 2025, 2026}
    assert "预测" in forecast.formula.zh
    assert forecast.more["past_errors"] == {
        2023: Decimal("17.65"), 2024: Decimal("-15.79"), 2025: Decimal("0.00"),
    }  # fmt: skip
    low, high = forecast.more["low"], forecast.more["high"]
    assert low < forecast.value < high  # type: ignore[operator]
    assert "2026" not in {str(period) for reading in answered(*years).readings.values()
                          for period in reading.track}  # fmt: skip


def test_parts_have_shares_and_contributions():
    whole = defined("all", comparable=True)
    part = defined("part", whole="all", comparable=True)
    rows = [
        obs("2025", "100", series="all"), obs("2026", "120", series="all"),
        obs("2025", "30", series="part"), obs("2026", "45", series="part"),
    ]  # fmt: skip
    found = answered(*rows, of=(whole, part))
    assert values(found, "share", "part")["2026"] == Decimal("37.50")
    assert values(found, "contribution", "part") == {"2026": Decimal("75.00")}
    assert values(found, "pull", "part") == {"2026": Decimal("15.00")}


def test_what_a_part_added_is_told_on_one_scope_only():
    known = (defined("all", comparable=True), defined("part", whole="all"))
    before = [obs("2025", "100", series="all"), obs("2025", "30", series="part")]
    found = answered(
        *before, obs("2026", "120", series="all"), obs("2026", "45", series="part"), of=known
    )
    assert values(found, "contribution", "part") == values(found, "pull", "part") == {}
    same = {"same_scope": True}
    found = answered(
        *before, obs("2026", "120", series="all", **same), obs("2026", "45", series="part", **same),
        of=known,
    )  # fmt: skip
    assert values(found, "contribution", "part") == {"2026": Decimal("75.00")}


def test_a_part_above_its_whole_is_asked_about():
    found = answered(
        obs("2026", "100", series="all"), obs("2026", "101", series="part"),
        of=(defined("all"), defined("part", whole="all")),
    )  # fmt: skip
    assert flags(found) == {"part_above_whole": ["2026"]}


def test_equal_figures_share_a_place_and_nobody_without_a_figure_has_one():
    rows = [obs("2026", value, subject=name) for name, value in
            (("甲", 9), ("乙", 7), ("丙", 7), ("丁", 5), ("戊", None))]  # fmt: skip
    found = answered(*rows)
    places = {line.subject: (each.value, each.more["group"], each.more["ties"])
              for line, reading in found.readings.items() for each in reading.derived
              if each.kind == "rank"}  # fmt: skip
    assert places == {"甲": (1, 4, 0), "乙": (2, 4, 1), "丙": (2, 4, 1), "丁": (4, 4, 0)}
    lowest = answered(*rows, of=(defined(direction=Direction.DOWN),))
    assert lowest.readings[rows[3].line].derived[-1].value == 1


def test_ten_periods_in_a_row_among_the_first_ten():
    rows = [obs(f"2026-{number:02}", "88", rank=rank, series="credit")
            for number, rank in enumerate([12, 4, 3, 5, 9, 10, 8, 7, 6, 4, 4], 1)]  # fmt: skip
    found = answered(*rows, of=(defined("credit", Kind.RATE),))
    assert values(found, "streak_top10", "credit") == {"2026-11": 10}
    assert one(found, "streak_top10").more == {"since": "2026-02"}
    without = answered(*rows[:5], *rows[6:], of=(defined("credit", Kind.RATE),))
    assert values(without, "streak_top10", "credit") == {"2026-11": 5}


def test_a_place_among_others_begins_a_new_row():
    among = ("全市", "全市", "全国", "全市", "全市", "全市")
    rows = [obs(str(2017 + at), "88", rank=1, among=one) for at, one in enumerate(among)]
    found = answered(*rows)
    assert values(found, "streak_first") == {"2022": 3}
    assert one(found, "streak_first").more == {"since": "2020", "among": "全市"}
    assert values(answered(*rows[:3]), "streak_first") == {}


@pytest.mark.parametrize(
    ("months", "periods"),
    [((1, 2, 3, 4), 4), ((1, 2, 4), None), ((1, 2, 4, 5), 2), ((3, 6, 9), 3), ((3, 6, 12), None)],
)
def test_ends_of_months_or_quarters_follow_each_other_by_the_shortest_step(months, periods):
    rows = [obs(f"2026年{one}月末", "88", rank=4, series="credit") for one in months]
    found = values(answered(*rows, of=(defined("credit", Kind.RATE),)), "streak_top10", "credit")
    assert found == ({f"../2026-{months[-1]:02}": periods} if periods else {})


def test_growth_turns_positive_in_april():
    rows = [obs(f"2022年1-{number}月", number * 10, growth=rate)
            for number, rate in ((2, "-0.08"), (3, "-0.02"), (4, "0.01"), (5, "0.03"))]  # fmt: skip
    assert list(values(answered(*rows), "turns_up")) == ["2022-01/2022-04"]


def test_the_largest_three_of_four_firms():
    rows = [
        obs("2026", value, subject=name)
        for name, value in zip("甲乙丙丁", (50, 30, 15, 5), strict=True)
    ]
    found = {each.kind: each.value for each in answered(*rows).together}
    assert found == {"cr3": Decimal("95.00"), "hhi": Decimal("0.3650")}


def test_two_firms_would_reveal_each_other():
    rows = [obs("2026", value, subject=name) for name, value in (("甲", 50), ("乙", 30))]
    assert answered(*rows).together == ()


def test_output_per_mu():
    land = defined("land", Kind.STOCK)
    found = answered(
        obs("2026", "900", unit="元"), obs("2026", "3", series="land", unit="平方米"),
        of=(defined(per=("land",)), land),
    )  # fmt: skip
    assert (one(found, "per_land").value, one(found, "per_land").unit) == (300, "元/平方米")


def test_every_vintage_is_kept_and_the_last_is_in_force():
    rows = [
        obs("2026年1-6月", "108.8", status=Status.EXPECTED, published=dt.date(2026, 6, 28)),
        obs("2026年1-6月", "106", status=Status.FINAL, published=dt.date(2027, 1, 5)),
        obs("2026年1-6月", "107.2", status=Status.PRELIMINARY, published=dt.date(2026, 7, 20)),
    ]
    [reading] = answered(*rows).readings.values()
    [kept] = reading.vintages.values()
    assert [each.value for each in kept] == [Decimal("108.8"), Decimal("107.2"), 106]
    assert [each.value for each in reading.derived if each.kind == "revision"] == [Decimal("-2.8")]


def test_figures_by_two_definitions_are_two_series():
    found = answered(obs("2025", "100", basis="旧口径"), obs("2026", "150", basis="新口径"),
                     of=(defined(comparable=True),))  # fmt: skip
    assert values(found, "level_growth") == {}
    assert len(found.readings) == 2


@pytest.mark.parametrize("factor", ["10", "10000", "0.0001"])
def test_a_slipped_unit_is_asked_about(factor):
    rows = [obs(f"{year}", 100 + year - 2020) for year in range(2020, 2026)]
    rows.append(obs("2026", Decimal(106) * Decimal(factor)))
    assert flags(answered(*rows)).get("unit_jump") == ["2026"]


def test_a_small_share_may_grow_tenfold_but_not_by_a_hundred():
    rows = [obs("2023", "0.003"), obs("2025", "0.068")]
    assert "unit_jump" not in flags(answered(*rows, of=(defined("output", Kind.RATE),)))
    rows = [obs(f"{year}", "0.068") for year in (2023, 2024)] + [obs("2025", "6.8")]
    assert flags(answered(*rows, of=(defined("output", Kind.RATE),)))["unit_jump"] == ["2025"]


def test_a_year_of_doubling_is_no_slip():
    rows = [obs(f"{year}", 2 ** (year - 2020)) for year in range(2020, 2027)]
    assert flags(answered(*rows)) == {}


def test_one_month_far_from_the_others_is_asked_about():
    rows = [obs(f"2025-{number:02}", 100 + number % 5) for number in range(1, 13)]
    rows.append(obs("2026-01", "190"))
    assert flags(answered(*rows)) == {"outlier": ["2026-01"]}


def test_missing_zero_and_not_applicable_are_three_things():
    found = answered(
        obs("2026年1-4月", None, state=State.MISSING), obs("2026年1-5月", "0"),
        obs("2026年1-6月", None, state=State.NOT_APPLICABLE),
    )  # fmt: skip
    assert values(found, "month") == {}
    [reading] = found.readings.values()
    assert [each.state for each in reading.track.values()] == [
        "missing",
        "reported",
        "not_applicable",
    ]


numbers = st.decimals("0.01", "1000", places=2)


@settings(max_examples=100)
@given(st.lists(numbers, min_size=12, max_size=12))
def test_months_add_up_to_the_cumulative_figures(given_):
    total, rows = Decimal(0), []
    for number, value in enumerate(given_, 1):
        total += value
        rows.append(obs(f"2026-01/2026-{number:02}" if number > 1 else "2026-01", total))
    found = values(answered(*rows), "month")
    assert [found[f"2026-{number:02}"] for number in range(2, 13)] == given_[1:]
    assert "identity_breaks" not in flags(answered(*rows))


@settings(max_examples=100)
@given(st.lists(numbers, min_size=2, max_size=9))
def test_places_count_whoever_is_better(given_):
    rows = [obs("2026", value, subject=str(name)) for name, value in enumerate(given_)]
    found = answered(*rows)
    for row in rows:
        [place] = [each.value for each in found.readings[row.line].derived if each.kind == "rank"]
        assert place == 1 + sum(other.value > row.value for other in rows)  # type: ignore[operator]


def test_the_limits_of_the_tests_are_those_of_the_pack():
    found = load_checks(None).limits
    assert (found.deviations, found.slack, found.least_years) == (
        LIMITS.deviations, LIMITS.slack, LIMITS.least_years,
    )  # fmt: skip


def test_the_largest_figure_over_the_smallest_one_is_still_told() -> None:
    least, most = "0.000000000000001", "999999999999999"
    found = answered(
        obs("2025年1-5月", least), obs("2025年", most), obs("2024年1-5月", least),
        obs("2024年", most), obs("2026年1-5月", most, growth="5", target=least),
        of=(defined(comparable=True),),
    )  # fmt: skip
    completion = values(found, "completion")["2026-01/2026-05"]
    assert completion == Decimal(most) / Decimal(least) * 100
    assert "forecast_year" in {each.kind for each in next(iter(found.readings.values())).derived}
