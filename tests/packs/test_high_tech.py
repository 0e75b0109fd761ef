"""高新技术企业 国科发火〔2016〕32号: every condition of article 11, from both sides."""

import pytest

from tests.packs.answers import ask, number_of

FIRM: dict[str, object] = {
    "registered_on": "2015-03-01",
    "ip_core_owned": True,
    "supported_field": True,
    "science_staff": 10,
    "employees": 100,
    "sales_y1": 40_000_000,
    "sales_y2": 30_000_000,
    "sales_y3": 30_000_000,
    "rd_expense_y1": 2_000_000,
    "rd_expense_y2": 1_500_000,
    "rd_expense_y3": 1_500_000,
    "rd_expense_domestic_3y": 3_000_000,
    "hightech_income_y1": 24_000_000,
    "total_income_y1": 40_000_000,
    "innovation_score": 71,
    "major_offence_1y": False,
}


def firm(**changes: object) -> dict[str, object]:
    return {**FIRM, **changes}


def with_sales(sales: int, rd: int) -> dict[str, object]:
    """A firm with the same sales and R&D in each of three years, all of it domestic."""
    years = {f"sales_y{back}": sales for back in (1, 2, 3)}
    spent = {f"rd_expense_y{back}": rd for back in (1, 2, 3)}
    return firm(**years, **spent, rd_expense_domestic_3y=3 * rd)


def test_a_firm_that_just_reaches_every_limit_qualifies() -> None:
    answer = ask("cn.high_tech", FIRM)
    assert (answer.outcome, list(answer.failed), list(answer.missing)) == ("met", [], [])


@pytest.mark.parametrize(
    ("clause", "changes"),
    [
        ("age", {"registered_on": "2025-07-01"}),
        ("core_ip", {"ip_core_owned": False}),
        ("field", {"supported_field": False}),
        ("science_staff", {"science_staff": 999, "employees": 10_000}),
        ("rd_share", {"rd_expense_y1": 1_999_999}),
        ("domestic_rd", {"rd_expense_domestic_3y": 2_999_999}),
        ("hightech_income", {"hightech_income_y1": 23_999_999}),
        ("innovation", {"innovation_score": 70}),
        ("no_offence", {"major_offence_1y": True}),
    ],
)
def test_missing_one_limit_fails_that_clause_alone(clause: str, changes: dict[str, object]) -> None:
    answer = ask("cn.high_tech", firm(**changes))
    assert (answer.outcome, list(answer.failed)) == ("not_met", [clause])


@pytest.mark.parametrize(
    ("registered_on", "outcome"), [("2025-06-30", "met"), ("2025-07-01", "not_met")]
)
def test_one_year_is_reached_on_the_day(registered_on: str, outcome: str) -> None:
    facts = firm(registered_on=registered_on, rd_expense_domestic_3y=2_000_000)
    assert ask("cn.high_tech", facts, on="2026-06-30").outcome == outcome


@pytest.mark.parametrize(
    ("sales", "rd", "outcome"),
    [
        (50_000_000, 2_500_000, "met"),
        (50_000_000, 2_499_999, "not_met"),
        (50_000_025, 2_000_001, "met"),
        (50_000_025, 2_000_000, "not_met"),
        (200_000_000, 8_000_000, "met"),
        (200_000_000, 7_999_999, "not_met"),
        (200_000_100, 6_000_003, "met"),
        (200_000_100, 6_000_002, "not_met"),
        (1_000_000, 60_000, "met"),
    ],
)
def test_the_band_of_research_follows_last_years_sales(sales: int, rd: int, outcome: str) -> None:
    answer = ask("cn.high_tech", with_sales(sales, rd))
    assert answer.outcome == outcome
    assert list(answer.failed) == ([] if outcome == "met" else ["rd_share"])


@pytest.mark.parametrize(
    ("sales", "rd", "need"),
    [
        (50_000_000, 2_400_000, 0.05),
        (60_000_000, 2_300_000, 0.04),
        (200_000_000, 7_900_000, 0.04),
        (300_000_000, 8_900_000, 0.03),
    ],
)
def test_a_near_miss_of_research_is_the_share_of_its_band(sales: int, rd: int, need: float) -> None:
    (near,) = ask("cn.high_tech", with_sales(sales, rd)).near
    assert (near.fact, near.need) == ("number:rd_share", need)
    assert near.have == pytest.approx(rd / sales)


def test_three_years_count_together() -> None:
    facts = firm(rd_expense_y1=0, rd_expense_y2=2_500_000, rd_expense_y3=2_500_000)
    assert ask("cn.high_tech", facts).outcome == "met"


@pytest.mark.parametrize(
    ("registered_on", "share"),
    [
        ("2025-06-01", 0.05),  # only 2025 has been an accounting year
        ("2025-01-01", 0.05),
        ("2024-12-31", 0.02),  # 2024 counts as well
        ("2024-01-01", 0.02),
        ("2023-12-31", 0.01),  # all three
    ],
)
def test_a_young_firm_counts_its_actual_years(registered_on: str, share: float) -> None:
    facts = {
        "registered_on": registered_on,
        "rd_expense_y1": 5.0, "rd_expense_y2": -1.0, "rd_expense_y3": -1.0,
        "sales_y1": 100.0, "sales_y2": 100.0, "sales_y3": 100.0,
    }  # fmt: skip
    assert number_of("cn.high_tech", "rd_share", facts, on="2026-06-30") == pytest.approx(share)


def test_a_young_firm_is_not_asked_for_years_before_it_existed() -> None:
    facts = firm(registered_on="2025-03-01", rd_expense_domestic_3y=2_000_000)
    for name in ("sales_y2", "sales_y3", "rd_expense_y2", "rd_expense_y3"):
        del facts[name]
    assert ask("cn.high_tech", facts, on="2026-06-30").outcome == "met"


@pytest.mark.parametrize("name", sorted(FIRM))
def test_one_missing_fact_makes_it_unknown_and_is_named(name: str) -> None:
    answer = ask("cn.high_tech", {key: FIRM[key] for key in FIRM if key != name})
    assert (answer.outcome, list(answer.missing)) == ("unknown", [name])


def test_a_known_failure_decides_whatever_is_missing() -> None:
    answer = ask("cn.high_tech", {"major_offence_1y": True})
    assert (answer.outcome, list(answer.missing)) == ("not_met", [])


@pytest.mark.parametrize("prefix", ["sales", "net_assets"])
@pytest.mark.parametrize(
    ("first", "second", "third", "growth"),
    [
        (100, 120, 150, 0.225),  # (20 % + 25 %) / 2
        (100, 100, 100, 0.0),
        (100, 80, 60, 0.0),  # negative counts as nothing
        (0, 100, 130, 0.30),  # the first year is zero: the last two
        (100, 0, 130, 0.0),  # the second year is zero
        (0, 0, 130, 0.0),
        (100, 200, 100, 0.25),
    ],
)
def test_growth_follows_the_formula_of_the_guideline(
    prefix: str, first: float, second: float, third: float, growth: float
) -> None:
    facts = {f"{prefix}_y3": first, f"{prefix}_y2": second, f"{prefix}_y1": third}
    assert number_of("cn.high_tech", f"{prefix}_growth", facts) == pytest.approx(growth)


def test_growth_without_a_year_is_unknown() -> None:
    assert number_of("cn.high_tech", "sales_growth", {"sales_y1": 1.0, "sales_y2": 1.0}) is None


@pytest.mark.parametrize(("day", "answered"), [("2015-12-31", False), ("2016-01-01", True)])
def test_the_rules_of_2008_are_not_answered_with_those_of_2016(day: str, answered: bool) -> None:
    assert (ask("cn.high_tech", FIRM, on=day) is not None) is answered
