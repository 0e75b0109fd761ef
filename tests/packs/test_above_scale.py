"""“四上”单位(2023): each class with its threshold, from both sides."""

import pytest

from tests.packs.answers import ask

MAIN, REVENUE = "main_business_revenue_y1", "revenue_y1"
THRESHOLDS = [
    ("B0610", MAIN, 2000),
    ("C3841", MAIN, 2000),
    ("D4411", MAIN, 2000),
    ("F5111", MAIN, 2000),
    ("F5211", MAIN, 500),
    ("H6110", MAIN, 200),
    ("H6210", MAIN, 200),
    ("G5411", REVENUE, 2000),
    ("G5910", REVENUE, 2000),
    ("G6010", REVENUE, 2000),
    ("I6510", REVENUE, 2000),
    ("N7711", REVENUE, 2000),
    ("Q8411", REVENUE, 2000),
    ("L7211", REVENUE, 1000),
    ("M7340", REVENUE, 1000),
    ("P8331", REVENUE, 1000),
    ("K7020", REVENUE, 1000),
    ("K7030", REVENUE, 1000),
    ("K7040", REVENUE, 1000),
    ("K7090", REVENUE, 1000),
    ("O8111", REVENUE, 500),
    ("R8810", REVENUE, 500),
    ("Q8511", REVENUE, 500),
]


@pytest.mark.parametrize(("industry", "fact", "limit"), THRESHOLDS)
def test_reaching_the_threshold_is_enough(industry: str, fact: str, limit: int) -> None:
    assert ask("cn.above_scale", {"industry": industry, fact: limit * 10_000}).outcome == "met"


@pytest.mark.parametrize(("industry", "fact", "limit"), THRESHOLDS)
def test_one_yuan_below_is_not(industry: str, fact: str, limit: int) -> None:
    answer = ask("cn.above_scale", {"industry": industry, fact: limit * 10_000 - 1})
    assert (answer.outcome, list(answer.failed)) == ("not_met", ["class_standard"])


@pytest.mark.parametrize(
    ("industry", "fact"),
    [("E4710", "construction_qualification"), ("K7010", "real_estate_active")],
)
@pytest.mark.parametrize(("holds", "outcome"), [(True, "met"), (False, "not_met")])
def test_builders_need_a_qualification_and_developers_activity_but_no_revenue(
    industry: str, fact: str, holds: bool, outcome: str
) -> None:
    assert ask("cn.above_scale", {"industry": industry, fact: holds}).outcome == outcome


@pytest.mark.parametrize(("industry", "fact", "limit"), THRESHOLDS)
def test_a_near_miss_is_the_threshold_of_its_own_class(
    industry: str, fact: str, limit: int
) -> None:
    (near,) = ask("cn.above_scale", {"industry": industry, fact: limit * 10_000 - 1}).near
    assert (near.fact, near.need, near.gap) == (fact, limit * 10_000, 1)


@pytest.mark.parametrize("industry", ["A0111", "J6621", "S9111", "T9700"])
def test_other_industries_are_outside_the_four_classes(industry: str) -> None:
    facts = {"industry": industry, MAIN: 1e9, REVENUE: 1e9}
    assert ask("cn.above_scale", facts).outcome == "not_met"


def test_fifty_employees_no_longer_help_a_service_firm() -> None:
    facts = {"industry": "M7340", REVENUE: 9_999_999, "employees": 500}
    assert ask("cn.above_scale", facts).outcome == "not_met"


def test_industry_is_measured_by_main_business_revenue_only() -> None:
    facts = {"industry": "C3841", REVENUE: 30_000_000, MAIN: 19_999_999}
    assert ask("cn.above_scale", facts).outcome == "not_met"


@pytest.mark.parametrize(
    ("industry", "missing"),
    [
        ("C3841", MAIN),
        ("E4710", "construction_qualification"),
        ("K7010", "real_estate_active"),
        ("M7340", REVENUE),
    ],
)
def test_only_the_fact_that_still_matters_is_missing(industry: str, missing: str) -> None:
    answer = ask("cn.above_scale", {"industry": industry})
    assert (answer.outcome, list(answer.missing)) == ("unknown", [missing])


def test_without_an_industry_nothing_is_decided() -> None:
    answer = ask("cn.above_scale", {MAIN: 1e9, REVENUE: 1e9})
    assert answer.outcome == "unknown"
    assert "industry" in answer.missing


@pytest.mark.parametrize(("day", "answered"), [("2022-12-31", False), ("2023-01-01", True)])
def test_before_2023_this_standard_says_nothing(day: str, answered: bool) -> None:
    answer = ask("cn.above_scale", {"industry": "C3841", MAIN: 3e7}, on=day)
    assert (answer is not None) is answered
