"""创新型中小企业 工信部企业〔2022〕63号: bands, the least of each part, every direct route."""

import pytest

from openzone.packs.loading import NATIONAL
from tests.packs.answers import ask, ask_edited, points_of

FIRM: dict[str, object] = {  # innovation 20 (0 + 20), growth 15 (5 + 10), focus 25 (5 + 20)
    "ip_class1_highvalue": 0,
    "ip_class1_self": 0,
    "ip_class1": 0,
    "ip_class2": 0,
    "rd_expense_y1": 500,
    "revenue_y1": 10_000,
    "main_business_revenue_y1": 9_000,
    "main_business_revenue_y2": 9_000,
    "total_liabilities_y1": 55,
    "total_assets_y1": 100,
    "strategic_emerging": False,
    "science_award_3y": False,
    "hightech_certificate_valid_to": "2020-01-01",
    "innovation_demo_firm": False,
    "rd_institution_level": "none",
    "equity_raised_3y": 0,
}


def firm(**changes: object) -> dict[str, object]:
    return {**FIRM, **changes}


def points(part: str, **facts: object) -> tuple[float, float]:
    return points_of("cn.innovative_sme", f"total.{part}", facts)


def exactly(expected: float) -> tuple[float, float]:
    return expected, expected


def test_sixty_points_with_the_least_of_two_parts_qualify() -> None:
    assert points_of("cn.innovative_sme", "total", FIRM) == (60, 60)
    assert points("innovation", **FIRM) == (20, 20)
    assert points("growth", **FIRM) == (15, 15)
    assert ask("cn.innovative_sme", FIRM).outcome == "met"


def test_fifty_five_points_do_not() -> None:
    facts = firm(main_business_revenue_y1=6_999, main_business_revenue_y2=6_999)
    assert points_of("cn.innovative_sme", "total", facts) == (55, 55)
    assert ask("cn.innovative_sme", facts).outcome == "not_met"


def test_every_part_may_be_at_its_least_if_the_total_is_reached() -> None:
    facts = firm(
        ip_class1_highvalue=1, ip_class1=1, rd_expense_y1=200, main_business_revenue_y1=5_500,
        main_business_revenue_y2=5_500,
    )  # fmt: skip
    assert points("focus", **facts) == points("growth", **facts) == (15, 15)
    assert points_of("cn.innovative_sme", "total", facts) == (60, 60)
    assert ask("cn.innovative_sme", facts).outcome == "met"


@pytest.mark.parametrize(
    ("part", "value", "changes"),
    [
        ("innovation", 15, {"rd_expense_y1": 300, "strategic_emerging": True,
                            "main_business_revenue_y2": 7_000}),
        ("growth", 10, {"total_liabilities_y1": 56, "ip_class1_highvalue": 1, "ip_class1": 1}),
        ("focus", 10, {"main_business_revenue_y1": 5_000, "main_business_revenue_y2": 4_000,
                       "ip_class1_highvalue": 1, "ip_class1": 1}),
    ],
)  # fmt: skip
def test_a_part_below_its_least_fails_whatever_the_total(
    part: str, value: float, changes: dict[str, object]
) -> None:
    facts = firm(**changes)
    assert points_of("cn.innovative_sme", "total", facts)[0] >= 60
    assert points(part, **facts) == exactly(value)
    answer = ask("cn.innovative_sme", facts)
    assert (answer.outcome, list(answer.failed)) == ("not_met", ["score_or_direct"])


SEVENTY_FIVE = {
    "ip_class1_highvalue": 1, "ip_class1": 1, "total_liabilities_y1": 56,
}  # fmt: skip


def test_75_points_with_growth_10_fail_unless_a_direct_route_holds() -> None:
    facts = firm(**SEVENTY_FIVE)
    assert points_of("cn.innovative_sme", "total", facts) == (75, 75)
    assert points("growth", **facts) == (10, 10)
    assert ask("cn.innovative_sme", facts).outcome == "not_met"
    assert ask("cn.innovative_sme", {**facts, "science_award_3y": True}).outcome == "met"


@pytest.mark.parametrize(
    ("highvalue", "own", "class1", "class2", "expected"),
    [(1, 1, 1, 0, 20), (0, 1, 1, 0, 15), (0, 0, 1, 3, 10), (0, 0, 0, 1, 5), (0, 0, 0, 0, 0)],
)
def test_points_for_intellectual_property(
    highvalue: int, own: int, class1: int, class2: int, expected: float
) -> None:
    got = points(
        "ip", ip_class1_highvalue=highvalue, ip_class1_self=own, ip_class1=class1,
        ip_class2=class2,
    )  # fmt: skip
    assert got == exactly(expected)


def test_without_class_one_rights_nobody_asks_who_developed_them() -> None:
    got = points("ip", ip_class1_highvalue=0, ip_class1=0, ip_class2=2)
    assert got == exactly(5)


@pytest.mark.parametrize(
    ("percent", "reached", "next_lower"), [(5, 20, 15), (3, 15, 10), (2, 10, 5), (1, 5, 0)]
)
def test_points_for_research(percent: int, reached: float, next_lower: float) -> None:
    limit = percent * 10_000
    assert points("rd", rd_expense_y1=limit, revenue_y1=1_000_000) == exactly(reached)
    assert points("rd", rd_expense_y1=limit - 1, revenue_y1=1_000_000) == exactly(next_lower)


@pytest.mark.parametrize(
    ("percent", "reached", "next_lower"), [(15, 20, 15), (10, 15, 10), (5, 10, 5), (0, 5, 0)]
)
def test_points_for_growth(percent: int, reached: float, next_lower: float) -> None:
    base, limit = {"main_business_revenue_y2": 1_000_000}, 1_000_000 + percent * 10_000
    assert points("revenue", **base, main_business_revenue_y1=limit) == exactly(reached)
    assert points("revenue", **base, main_business_revenue_y1=limit - 1) == exactly(next_lower)


def test_growth_from_nothing_is_unknown_not_zero() -> None:
    got = points("revenue", main_business_revenue_y1=500, main_business_revenue_y2=0)
    assert got == (0, 20)


@pytest.mark.parametrize(
    ("liabilities", "expected"),
    [(0, 10), (5500, 10), (5501, 5), (7500, 5), (7501, 0), (12000, 0)],
)
def test_points_for_debt_include_55_and_75_percent(liabilities: int, expected: float) -> None:
    got = points("debt", total_liabilities_y1=liabilities, total_assets_y1=10_000)
    assert got == exactly(expected)


def test_a_zone_that_reads_55_percent_as_excluded_edits_one_word() -> None:
    text = (NATIONAL / "rules" / "cn.innovative_sme.yaml").read_text("utf-8")
    edited = text.replace('lte: "55%"}', 'lt: "55%"}')
    assert edited != text
    assert ask_edited(edited, FIRM).outcome == "not_met"  # growth falls from 15 to 10
    assert ask_edited(edited, firm(total_liabilities_y1=54.9)).outcome == "met"


@pytest.mark.parametrize(("emerging", "expected"), [(True, 10), (False, 5)])
def test_points_for_the_field(emerging: bool, expected: float) -> None:
    assert points("field", strategic_emerging=emerging) == exactly(expected)


@pytest.mark.parametrize(
    ("main", "expected"),
    [(7000, 20), (6999, 15), (6000, 15), (5999, 10), (5500, 10), (5499, 5), (5000, 5), (4999, 0)],
)
def test_points_for_main_business(main: int, expected: float) -> None:
    got = points("main_share", main_business_revenue_y1=main, revenue_y1=10_000)
    assert got == exactly(expected)


@pytest.mark.parametrize(
    ("route", "short_of_it"),
    [
        ({"science_award_3y": True}, {"science_award_3y": False}),
        ({"hightech_certificate_valid_to": "2026-06-30"},
         {"hightech_certificate_valid_to": "2026-06-29"}),
        ({"innovation_demo_firm": True}, {"innovation_demo_firm": False}),
        ({"rd_institution_level": "national"}, {"rd_institution_level": "municipal"}),
        ({"rd_institution_level": "provincial"}, {"rd_institution_level": "other"}),
        ({"equity_raised_3y": 5_000_000}, {"equity_raised_3y": 4_999_999}),
    ],
)  # fmt: skip
def test_each_direct_route_from_both_sides(
    route: dict[str, object], short_of_it: dict[str, object]
) -> None:
    poor = firm(rd_expense_y1=0)
    assert ask("cn.innovative_sme", {**poor, **route}, on="2026-06-30").outcome == "met"
    assert ask("cn.innovative_sme", {**poor, **short_of_it}, on="2026-06-30").outcome == "not_met"


@pytest.mark.parametrize(
    "name",
    ["rd_expense_y1", "revenue_y1", "main_business_revenue_y1", "main_business_revenue_y2",
     "total_liabilities_y1", "total_assets_y1"],
)  # fmt: skip
def test_one_missing_fact_makes_it_unknown_and_is_named(name: str) -> None:
    answer = ask("cn.innovative_sme", {key: FIRM[key] for key in FIRM if key != name})
    assert answer.outcome == "unknown"
    assert name in answer.missing


@pytest.mark.parametrize("name", ["science_award_3y", "innovation_demo_firm", "equity_raised_3y"])
def test_an_unknown_route_keeps_a_low_score_open(name: str) -> None:
    poor = firm(rd_expense_y1=0)
    answer = ask("cn.innovative_sme", {key: poor[key] for key in poor if key != name})
    assert (answer.outcome, list(answer.missing)) == ("unknown", [name])


@pytest.mark.parametrize("day", ["2022-08-01", "2026-03-31", "2026-04-01", "2027-01-01"])
def test_it_stays_in_force_until_the_new_numbers_are_read(day: str) -> None:
    facts = firm(hightech_certificate_valid_to="2030-01-01")
    assert ask("cn.innovative_sme", facts, on=day).outcome == "met"


def test_it_says_nothing_before_august_2022() -> None:
    assert ask("cn.innovative_sme", FIRM, on="2022-07-31") is None
