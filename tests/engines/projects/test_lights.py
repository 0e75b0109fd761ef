"""The published rules on lights, with their own numbers and at their very bounds."""

import datetime as dt
from dataclasses import replace

import pytest

from openzone.engines.projects.lights import (
    NOT_YET,
    Carry,
    Colour,
    HistoryError,
    Month,
    Override,
    add_months,
    step,
)
from tests.engines.projects.light_months import (
    BLUE,
    GREEN,
    PAUSED,
    RED,
    UNKNOWN,
    YELLOW,
    colours_of,
    month,
    on,
    progress,
    rule,
    verdicts_of,
)

RATIO, POINTS, TWO = "wuhan.progress_ratio", "yinchuan.progress_points", "haikou.two_yellows"
START, ENTRY, SLIPS = "yinchuan.start_overdue", "yinchuan.statistical_entry", "suqian.slips"
EVERY = (RATIO, POINTS, TWO, START, ENTRY, SLIPS)


@pytest.mark.parametrize(
    ("planned", "actual", "wuhan", "yinchuan"),
    [("50", "35", YELLOW, YELLOW), ("20", "8", RED, YELLOW)],
)
def test_two_places_may_colour_the_same_month_differently(
    planned: str, actual: str, wuhan: str, yinchuan: str
) -> None:
    months = progress([(planned, actual)])
    assert colours_of(RATIO, months) == [wuhan]
    assert colours_of(POINTS, months) == [yinchuan]


@pytest.mark.parametrize(
    ("planned", "actual", "colour"),
    [
        ("50", "29.99", RED),
        ("50", "30", YELLOW),
        ("50", "39.99", YELLOW),
        ("50", "40", GREEN),
        ("30", "17.999999", RED),
        ("30", "18", YELLOW),
        ("0.3", "0.24", GREEN),
        ("100", "120", GREEN),
        ("0", "0", GREEN),
        ("0", "5", GREEN),
        ("10", "0", RED),
    ],
)
def test_the_ratio_is_exact_at_60_and_80_percent(planned: str, actual: str, colour: str) -> None:
    assert colours_of(RATIO, progress([(planned, actual)])) == [colour]


@pytest.mark.parametrize(
    ("planned", "actual", "colour"),
    [
        ("50", "40.01", GREEN),
        ("50", "40", YELLOW),
        ("50", "20", YELLOW),
        ("50", "19.99", RED),
        ("40.1", "30.1", YELLOW),
        ("30", "0", YELLOW),
        ("0", "0", GREEN),
        ("50", "80", GREEN),
    ],
)
def test_ten_and_thirty_points_behind_are_both_yellow(
    planned: str, actual: str, colour: str
) -> None:
    assert colours_of(POINTS, progress([(planned, actual)])) == [colour]


def test_a_ratio_is_cut_off_in_words_and_never_rounded_up_to_its_bound() -> None:
    reason = verdicts_of(RATIO, progress([("30", "17.99999")]))[0].reason
    assert "59.99%" in reason.zh
    assert "59.99%" in reason.en


# ---- two yellows make red -------------------------------------------------------------------


def test_two_yellows_running_make_red() -> None:
    months = progress([("20", "18"), ("40", "35"), ("60", "60"), ("80", "79")])
    assert colours_of(TWO, months) == [YELLOW, RED, GREEN, YELLOW]


def test_red_stays_while_the_delay_goes_on() -> None:
    found = verdicts_of(TWO, progress([("20", "18"), ("40", "35"), ("60", "50")]))
    assert [one.colour.value for one in found] == [YELLOW, RED, RED]
    assert [one.run for one in found] == [1, 2, 3]


def test_expected_late_is_yellow_also_on_plan_and_without_figures() -> None:
    assert colours_of(TWO, progress([("20", "20")], expected_late=True)) == [YELLOW]
    assert colours_of(TWO, [month("2025-01", expected_late=True)]) == [YELLOW]


def test_serious_delay_is_red_at_once_and_yellow_with_an_accepted_reason() -> None:
    assert colours_of(TWO, progress([("20", "5")], serious=True)) == [RED]
    assert colours_of(TWO, progress([("20", "5")], serious=True, reason_accepted=True)) == [YELLOW]


def test_a_month_without_report_between_two_yellows_keeps_them_apart() -> None:
    found = verdicts_of(TWO, progress([("20", "18"), None, ("60", "50"), ("70", "60")]))
    assert [one.colour.value for one in found] == [YELLOW, UNKNOWN, YELLOW, RED]
    assert found[1].missing == ("month",)
    assert "2025-02" in found[2].reason.zh


def test_an_approved_pause_between_two_yellows_does_not_keep_them_apart() -> None:
    months = [
        *progress([("20", "18")]),
        month("2025-02", paused=True, planned="40", actual="18"),
        month("2025-03", planned="60", actual="50"),
    ]
    assert colours_of(TWO, months) == [YELLOW, PAUSED, RED]


# ---- start ----------------------------------------------------------------------------------


def start(*names: str, **more: object) -> list[Month]:
    return [month(name, due_start="2025-03-20", started_on=NOT_YET, **more) for name in names]


def test_the_month_due_is_the_first_of_three_overdue_months() -> None:
    months = start("2025-02", "2025-03", "2025-04", "2025-05", "2025-06")
    assert colours_of(START, months) == [GREEN, YELLOW, YELLOW, RED, RED]


def test_three_overdue_months_with_a_gap_are_not_three_running() -> None:
    months = start("2025-03", "2025-04", "2025-06", "2025-07", "2025-08")
    assert colours_of(START, months) == [YELLOW, YELLOW, UNKNOWN, YELLOW, YELLOW, RED]


def test_a_month_with_an_accepted_reason_is_green_and_starts_the_count_anew() -> None:
    months = [
        *start("2025-03", "2025-04"),
        *start("2025-05", reason_accepted=True),
        *start("2025-06", "2025-07", "2025-08"),
    ]
    assert colours_of(START, months) == [YELLOW, YELLOW, GREEN, YELLOW, YELLOW, RED]


def test_a_paused_project_does_not_turn_red_and_goes_on_where_it_was() -> None:
    months = [
        *start("2025-03", "2025-04"),
        *start("2025-05", "2025-06", paused=True),
        *start("2025-07"),
    ]
    assert colours_of(START, months) == [YELLOW, YELLOW, PAUSED, PAUSED, RED]


def test_a_late_start_ends_the_run_and_an_early_one_is_green() -> None:
    late = [*start("2025-03", "2025-04"), month("2025-05", started_on="2025-05-31")]
    assert colours_of(START, late) == [YELLOW, YELLOW, GREEN]
    early = month("2025-02", due_start="2025-03-20", started_on="2025-02-11")
    found = verdicts_of(START, [early])[0]
    assert found.colour is Colour.GREEN
    assert "2025-03-20" in found.reason.zh


def test_a_start_told_of_later_does_not_recolour_the_months_before() -> None:
    months = [*start("2025-03", "2025-04"), month("2025-05", started_on="2025-03-25")]
    assert colours_of(START, months) == [YELLOW, YELLOW, GREEN]


def test_a_start_after_the_end_of_the_month_has_not_come_in_it() -> None:
    months = [month("2025-03", due_start="2025-03-20", started_on="2025-04-01")]
    assert colours_of(START, months) == [YELLOW]


def test_dates_hold_on_until_others_are_stated() -> None:
    months = [
        month("2025-01", due_start="2025-03-01", started_on=NOT_YET),
        month("2025-02", due_start="2025-04-01"),
        month("2025-03"),
        month("2025-04"),
    ]
    assert colours_of(START, months) == [GREEN, GREEN, GREEN, YELLOW]


def test_what_has_come_is_not_taken_back_by_an_empty_cell() -> None:
    months = [
        month("2025-03", due_start="2025-03-01", started_on="2025-03-05"),
        month("2025-04", started_on=NOT_YET),
    ]
    assert colours_of(START, months) == [GREEN, GREEN]


# ---- entry into the statistics --------------------------------------------------------------


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        ("2025-03-10", [GREEN, YELLOW, RED]),
        ("2025-03-01", [GREEN, YELLOW, RED]),
        ("2025-03-31", [GREEN, YELLOW, YELLOW]),
    ],
)
def test_one_month_after_the_start_is_yellow_and_more_than_two_red(
    started: str, expected: list[str]
) -> None:
    names = ("2025-03", "2025-04", "2025-05")
    months = [month(name, started_on=started, statistics_on=NOT_YET) for name in names]
    assert colours_of(ENTRY, months) == expected


def test_entered_in_the_month_of_the_start_is_green_throughout() -> None:
    months = [
        month("2025-03", started_on="2025-03-10", statistics_on="2025-03-28"),
        month("2025-04"),
        month("2025-09"),
    ]
    assert set(colours_of(ENTRY, months)) == {GREEN, UNKNOWN}  # unknown: not reported
    assert colours_of(ENTRY, months)[-1] == GREEN


def test_what_has_not_started_needs_no_entry() -> None:
    assert colours_of(ENTRY, [month("2025-03", started_on=NOT_YET)]) == [GREEN]


def test_one_month_and_two_months_are_said_as_people_say_them() -> None:
    days = {"started_on": "2025-01-31", "statistics_on": NOT_YET}
    names = ("2025-01", "2025-02", "2025-03", "2025-04")
    first, second, _, fourth = verdicts_of(ENTRY, [month(name, **days) for name in names])
    assert first.reason.en.endswith("less than 1 month ago")
    assert second.reason.en.endswith("after 1 month")
    assert fourth.reason.en.endswith("more than 2 months")


def test_within_the_first_month_nothing_has_to_be_known_of_the_entry() -> None:
    months = [month("2025-03", started_on="2025-03-10"), month("2025-04")]
    found = verdicts_of(ENTRY, months)
    assert [one.colour.value for one in found] == [GREEN, UNKNOWN]
    assert found[1].missing == ("statistics_on",)


# ---- slips ----------------------------------------------------------------------------------


def test_slips_are_blue_before_yellow_behind_and_red_past_the_deadline() -> None:
    open_ = {"due_on": "2025-06-30", "done_on": NOT_YET, "planned": "50"}
    months = [
        month("2025-04", actual="50", **open_),
        month("2025-05", actual="50", **open_),
        month("2025-06", actual="50", **open_),
        month("2025-07", actual="50", **open_),
        month("2025-08", done_on="2025-08-02"),
    ]
    assert colours_of(SLIPS, months) == [GREEN, BLUE, BLUE, RED, GREEN]
    behind = month("2025-04", actual="40", **open_)
    poor = month("2025-04", actual="50", poor_quality=True, **open_)
    assert colours_of(SLIPS, [behind]) == colours_of(SLIPS, [poor]) == [YELLOW]


# ---- what is missing ------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY)
def test_nothing_known_is_unknown_with_what_is_missing_and_never_red(name: str) -> None:
    found = verdicts_of(name, [month("2025-01"), month("2025-02"), month("2025-03")])
    assert {one.colour for one in found} == {Colour.UNKNOWN}
    assert all(set(one.missing) <= set(rule(name).needs) and one.missing for one in found)


def test_a_missing_actual_is_unknown_and_zero_is_not_missing() -> None:
    assert colours_of(RATIO, [month("2025-01", planned="50")]) == [UNKNOWN]
    assert verdicts_of(RATIO, [month("2025-01", planned="50")])[0].missing == ("actual",)
    assert colours_of(RATIO, [month("2025-01", planned="50", actual="0")]) == [RED]


@pytest.mark.parametrize("name", EVERY)
def test_an_approved_pause_is_never_red(name: str) -> None:
    bad = month(
        "2025-09", planned="90", actual="0", due_start="2025-01-01", started_on="2025-01-02",
        statistics_on=NOT_YET, due_on="2025-01-01", done_on=NOT_YET, serious=True, paused=True,
    )  # fmt: skip
    assert colours_of(name, [bad]) == [PAUSED]


# ---- by hand --------------------------------------------------------------------------------

SET = Override(Colour.GREEN, "设备到货延迟，已协调", dt.date(2025, 3, 31))


def test_an_override_wins_while_it_lasts_says_so_and_keeps_what_the_rule_gave() -> None:
    months = progress([("50", "10")] * 4)
    months[1] = replace(months[1], overrides=(SET,))
    found = verdicts_of(RATIO, months)
    assert [one.colour.value for one in found] == [RED, GREEN, GREEN, RED]
    assert [one.raw.value for one in found] == [RED] * 4
    assert SET.reason in found[2].reason.zh
    assert "2025-03-31" in found[2].reason.en
    assert found[3].override is None


@pytest.mark.parametrize("first", [0, 2])
def test_an_override_that_ends_within_a_month_is_over_in_it_and_says_so(first: int) -> None:
    months = progress([("50", "10")] * 4)
    ends = Override(Colour.GREEN, "理由", dt.date(2025, 3, 30))
    months[first] = replace(months[first], overrides=(ends,))
    found = verdicts_of(RATIO, months)
    assert (found[2].colour, found[2].override) == (Colour.RED, None)
    assert "已于2025-03-30到期" in found[2].reason.zh
    assert "green set by hand ended on 2025-03-30" in found[2].reason.en
    assert "2025-03-30" not in found[3].reason.zh


def test_what_was_approved_or_set_by_hand_holds_in_months_nobody_reported() -> None:
    months = progress([("50", "40"), None, None, ("50", "40")])
    paused = Month(on("2025-02"), "P1", paused=True, reported=False)
    by_hand = Month(on("2025-03"), "P1", overrides=(SET,), reported=False)
    assert colours_of(TWO, [*months, paused]) == [YELLOW, PAUSED, UNKNOWN, YELLOW]
    found = verdicts_of(TWO, [*months, by_hand])
    assert [one.colour.value for one in found] == [YELLOW, UNKNOWN, GREEN, YELLOW]
    assert found[2].raw is Colour.UNKNOWN


def test_an_override_of_another_rule_does_not_count() -> None:
    one = Override(Colour.GREEN, "理由", dt.date(2025, 12, 31), rule=POINTS)
    months = [Month(on("2025-01"), overrides=(one,))]
    assert colours_of(RATIO, months) == [UNKNOWN]
    assert colours_of(POINTS, months) == [GREEN]


def test_an_override_hides_a_run_and_does_not_end_it() -> None:
    months = progress([("20", "18"), ("40", "35"), ("60", "50")])
    until = Override(Colour.GREEN, "理由", dt.date(2025, 2, 28))
    months[1] = replace(months[1], overrides=(until,))
    assert colours_of(TWO, months) == [YELLOW, GREEN, RED]


def test_a_pause_is_not_coloured_by_hand() -> None:
    red = Override(Colour.RED, "理由", dt.date(2025, 12, 31))
    assert colours_of(RATIO, [Month(on("2025-01"), paused=True, overrides=(red,))]) == [PAUSED]


# ---- histories ------------------------------------------------------------------------------


def test_a_month_there_twice_is_no_history() -> None:
    with pytest.raises(HistoryError, match="2025-01"):
        colours_of(RATIO, [month("2025-01"), month("2025-01")])


def test_months_may_be_taken_one_by_one_with_what_is_carried() -> None:
    months = progress([("20", "18"), ("40", "35"), ("60", "50")])
    carry = Carry()
    taken = [step(rule(TWO), carry, one) for one in months]
    assert taken == verdicts_of(TWO, months)
    with pytest.raises(HistoryError, match="2025-02"):
        step(rule(TWO), carry, months[1])


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2025-03-10", 2, "2025-05-10"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_one(day: str, months: int, expected: str) -> None:
    assert add_months(on(day), months) == on(expected)
