"""专精特新“小巨人”: the version of 2022 with its three bands of R&D, and the version of 2026."""

import pytest

from tests.packs.answers import ask

LAST_DAY, FIRST_DAY = "2026-03-31", "2026-04-01"

FIRM_2022: dict[str, object] = {
    "niche_years": 3,
    "revenue_y1": 100_000_000,
    "revenue_y2": 100_000_000,
    "main_business_revenue_y1": 70_000_000,
    "main_business_revenue_y2": 66_666_666,
    "main_business_revenue_y3": 63_492_063,
    "total_liabilities_y1": 70,
    "total_assets_y1": 100,
    "core_processes_on_it": 1,
    "management_certified": True,
    "niche_share": 0.10,
    "rd_expense_y1": 3_000_000,
    "rd_expense_y2": 3_000_000,
    "equity_raised_2y": 0,
    "rd_staff": 10,
    "employees": 100,
    "rd_institution_level": "other",
    "ip_class1": 2,
    "science_award_3y": False,
    "science_award_national_top3_3y": False,
    "maker_contest_3y": "none",
    "chain_key_link": True,
    "key_field": True,
}
FIRM_2026: dict[str, object] = {
    "srdi_sme_valid_to": "2026-04-01",
    "niche_years": 3,
    "revenue_y1": 220_500_000,
    "revenue_y2": 200_000_000,
    "revenue_y3": 200_000_000,
    "main_business_revenue_y1": 198_450_000,
    "little_giant_recheck": False,
    "total_liabilities_y1": 75,
    "total_assets_y1": 100,
    "rd_expense_y1": 6_615_000,
    "rd_expense_y2": 6_000_000,
    "ip_class1": 4,
    "science_award_3y": False,
    "science_award_national_top3_3y": False,
    "niche_share": 0.10,
    "niche_share_international": 0.0,
    "niche_rank_national": 9,
    "key_field": True,
    "srdi_development_score_y1": 60,
}


def in_2022(**changes: object) -> dict[str, object]:
    return {**FIRM_2022, **changes}


def in_2026(**changes: object) -> dict[str, object]:
    return {**FIRM_2026, **changes}


# ---- the version of 2022


def test_2022_just_reaching_every_limit_qualifies() -> None:
    answer = ask("cn.little_giant", FIRM_2022, on=LAST_DAY)
    assert (answer.outcome, answer.version, list(answer.failed)) == ("met", "2022", [])


@pytest.mark.parametrize(
    ("clause", "changes"),
    [
        ("niche", {"niche_years": 2.9}),
        ("main_share", {"revenue_y1": 100_000_001}),
        ("main_growth", {"main_business_revenue_y3": 70_000_000}),
        ("debt", {"total_liabilities_y1": 70.01}),
        ("core_it", {"core_processes_on_it": 0}),
        ("certified", {"management_certified": False}),
        ("niche_share", {"niche_share": 0.0999}),
        ("innovation", {"rd_expense_y1": 2_999_999}),
        ("innovation", {"rd_expense_y2": 2_999_999}),
        ("innovation", {"rd_institution_level": "none"}),
        ("innovation", {"ip_class1": 1}),
        ("chain", {"chain_key_link": False}),
        ("key_field", {"key_field": False}),
    ],
)
def test_2022_missing_one_limit_fails_that_clause_alone(
    clause: str, changes: dict[str, object]
) -> None:
    facts = in_2022(**changes)
    if clause == "main_share":
        facts |= {"rd_expense_y1": 4_000_000}
    answer = ask("cn.little_giant", facts, on=LAST_DAY)
    assert (answer.outcome, list(answer.failed)) == ("not_met", [clause])


@pytest.mark.parametrize(
    ("revenue", "rd", "need"),
    [
        (100_000_000, 2_900_000, 0.03),
        (99_000_000, 5_800_000, 0.06),
        (50_000_000, 2_900_000, 0.06),
    ],
)
def test_2022_a_near_miss_of_innovation_is_the_share_of_its_band(
    revenue: int, rd: int, need: float
) -> None:
    years = {f"revenue_y{back}": revenue for back in (1, 2)}
    spent = {f"rd_expense_y{back}": rd for back in (1, 2)}
    shares = {1: 0.8, 2: 0.7, 3: 0.6}
    main = {f"main_business_revenue_y{back}": revenue * share for back, share in shares.items()}
    facts = in_2022(**years, **spent, **main)
    answer = ask("cn.little_giant", facts, on=LAST_DAY)
    assert [(near.fact, near.need) for near in answer.near] == [
        ("number:rd_share_y1", need), ("number:rd_share_y2", need),
    ]  # fmt: skip


def test_2022_below_50_million_a_near_miss_is_what_that_band_asks() -> None:
    facts = in_2022(
        revenue_y1=40_000_000, revenue_y2=40_000_000, main_business_revenue_y1=30_000_000,
        main_business_revenue_y2=28_000_000, main_business_revenue_y3=26_000_000,
        equity_raised_2y=80_000_000, rd_expense_y1=30_000_000, rd_staff=49,
    )  # fmt: skip
    (near,) = ask("cn.little_giant", facts, on=LAST_DAY).near
    assert (near.fact, near.have, near.need) == ("number:rd_staff_share", 0.49, 0.5)


@pytest.mark.parametrize(
    ("y3", "y2", "y1", "outcome"),
    [
        (100, 105, 110.25, "met"),
        (100, 100, 110, "met"),  # mean of 0 % and 10 %
        (100, 110, 110, "met"),
        (100, 100, 109.999, "not_met"),
        (100, 120, 108, "met"),  # mean of 20 % and -10 %
    ],
)
def test_2022_growth_is_the_mean_of_two_years(
    y3: float, y2: float, y1: float, outcome: str
) -> None:
    facts = in_2022(
        main_business_revenue_y3=y3 * 1e6, main_business_revenue_y2=y2 * 1e6,
        main_business_revenue_y1=y1 * 1e6, revenue_y1=120e6, rd_expense_y1=6e6,
    )  # fmt: skip
    assert ask("cn.little_giant", facts, on=LAST_DAY).outcome == outcome


def with_revenue(revenue: float, share_y1: float, share_y2: float) -> dict[str, object]:
    return in_2022(
        revenue_y1=revenue, revenue_y2=revenue, rd_expense_y1=revenue * share_y1,
        rd_expense_y2=revenue * share_y2, main_business_revenue_y1=revenue,
        main_business_revenue_y2=revenue * 0.95, main_business_revenue_y3=revenue * 0.90,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("revenue", "share_y1", "share_y2", "outcome"),
    [
        (100_000_000, 0.03, 0.03, "met"),
        (100_000_000, 0.0299, 0.03, "not_met"),
        (100_000_000, 0.03, 0.0299, "not_met"),
        (99_999_999, 0.03, 0.03, "not_met"),
        (99_999_999, 0.0601, 0.0601, "met"),
        (60_000_000, 0.06, 0.06, "met"),
        (60_000_000, 0.05999, 0.06, "not_met"),
        (60_000_000, 0.06, 0.05999, "not_met"),
        (50_000_000, 0.06, 0.06, "met"),
        (49_999_999, 0.07, 0.07, "not_met"),
        (49_000_000, 0.06, 0.06, "not_met"),
        (49_000_000, 0.50, 0.50, "not_met"),
    ],
)
def test_2022_research_intensity_by_revenue(
    revenue: float, share_y1: float, share_y2: float, outcome: str
) -> None:
    answer = ask("cn.little_giant", with_revenue(revenue, share_y1, share_y2), on=LAST_DAY)
    assert answer.outcome == outcome
    assert list(answer.failed) == ([] if outcome == "met" else ["innovation"])


SMALL = {
    **with_revenue(49_000_000, 0.06, 0.06),
    "equity_raised_2y": 80_000_000,
    "rd_expense_y1": 30_000_000,
    "rd_staff": 50,
}


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "met"),
        ({"equity_raised_2y": 79_999_999}, "not_met"),
        ({"rd_expense_y1": 29_999_999}, "not_met"),
        ({"rd_expense_y1": 29_999_999, "rd_expense_y2": 29_999_999}, "not_met"),
        ({"rd_staff": 4_999, "employees": 10_000}, "not_met"),
        ({"revenue_y1": 49_999_999}, "met"),
    ],
)
def test_2022_below_50_million_the_equity_route_needs_all_three(
    changes: dict[str, object], outcome: str
) -> None:
    assert ask("cn.little_giant", {**SMALL, **changes}, on=LAST_DAY).outcome == outcome


def test_2022_at_50_million_the_equity_route_is_closed() -> None:
    facts = {**SMALL, **with_revenue(50_000_000, 0.60, 0.01)}
    facts |= {"equity_raised_2y": 80_000_000, "rd_staff": 50}
    assert ask("cn.little_giant", facts, on=LAST_DAY).outcome == "not_met"


@pytest.mark.parametrize(
    ("route", "short_of_it"),
    [
        ({"science_award_3y": True, "science_award_national_top3_3y": True},
         {"science_award_3y": True}),
        ({"maker_contest_3y": "top50"}, {"maker_contest_3y": "top500"}),
    ],
)  # fmt: skip
def test_2022_a_direct_route_replaces_the_general_conditions(
    route: dict[str, object], short_of_it: dict[str, object]
) -> None:
    poor = in_2022(rd_expense_y1=0, rd_institution_level="none", ip_class1=0)
    assert ask("cn.little_giant", {**poor, **route}, on=LAST_DAY).outcome == "met"
    assert ask("cn.little_giant", {**poor, **short_of_it}, on=LAST_DAY).outcome == "not_met"


def test_2022_a_direct_route_does_not_replace_the_other_clauses() -> None:
    facts = in_2022(maker_contest_3y="top50", niche_share=0.09)
    assert list(ask("cn.little_giant", facts, on=LAST_DAY).failed) == ["niche_share"]


@pytest.mark.parametrize("level", ["national", "provincial", "municipal", "other"])
def test_2022_any_research_institution_will_do(level: str) -> None:
    facts = in_2022(rd_institution_level=level)
    assert ask("cn.little_giant", facts, on=LAST_DAY).outcome == "met"


NOT_NEEDED_2022 = {"equity_raised_2y", "rd_staff", "employees"} | {
    "science_award_3y", "science_award_national_top3_3y", "maker_contest_3y",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(FIRM_2022) - NOT_NEEDED_2022))
def test_2022_one_missing_fact_makes_it_unknown_and_is_named(name: str) -> None:
    facts = {key: FIRM_2022[key] for key in FIRM_2022 if key != name}
    answer = ask("cn.little_giant", facts, on=LAST_DAY)
    assert answer.outcome == "unknown"
    assert name in answer.missing


@pytest.mark.parametrize("name", sorted(NOT_NEEDED_2022))
def test_2022_a_route_that_is_not_needed_may_stay_unknown(name: str) -> None:
    facts = {key: FIRM_2022[key] for key in FIRM_2022 if key != name}
    assert ask("cn.little_giant", facts, on=LAST_DAY).outcome == "met"


# ---- the version of 2026


def test_2026_just_reaching_every_limit_qualifies() -> None:
    answer = ask("cn.little_giant", FIRM_2026, on=FIRST_DAY)
    assert (answer.outcome, answer.version, list(answer.failed)) == ("met", "2026", [])


@pytest.mark.parametrize(
    ("clause", "changes"),
    [
        ("srdi_tier", {"srdi_sme_valid_to": "2026-03-31"}),
        ("niche", {"niche_years": 2.9}),
        ("main_share", {"main_business_revenue_y1": 198_449_999}),
        ("growth", {"revenue_y3": 200_000_001}),
        ("debt", {"total_liabilities_y1": 75.01}),
        ("rd", {"rd_expense_y1": 6_614_999}),
        ("rd", {"rd_expense_y2": 5_999_999}),
        ("ip", {"ip_class1": 3}),
        ("market", {"niche_share": 0.0999}),
        ("key_field", {"key_field": False}),
        ("development_score", {"srdi_development_score_y1": 59}),
    ],
)
def test_2026_missing_one_limit_fails_that_clause_alone(
    clause: str, changes: dict[str, object]
) -> None:
    answer = ask("cn.little_giant", in_2026(**changes), on=FIRST_DAY)
    assert (answer.outcome, list(answer.failed)) == ("not_met", [clause])


@pytest.mark.parametrize(("revenue", "failed"), [(50_000_000, []), (49_999_999, ["revenue"])])
def test_2026_revenue_starts_at_50_million(revenue: int, failed: list[str]) -> None:
    facts = in_2026(
        revenue_y1=revenue, main_business_revenue_y1=revenue, revenue_y2=45_000_000,
        revenue_y3=40_000_000,
    )  # fmt: skip
    assert list(ask("cn.little_giant", facts, on=FIRST_DAY).failed) == failed


@pytest.mark.parametrize(("rd_y2", "failed"), [(6_000_000, []), (5_999_999, ["rd"])])
def test_2026_two_years_of_research_reach_12_million(rd_y2: int, failed: list[str]) -> None:
    facts = in_2026(
        revenue_y1=60e6, revenue_y2=50e6, revenue_y3=50e6, main_business_revenue_y1=60e6,
        rd_expense_y1=6_000_000, rd_expense_y2=rd_y2,
    )  # fmt: skip
    assert list(ask("cn.little_giant", facts, on=FIRST_DAY).failed) == failed


def test_2026_growth_is_compound_not_the_mean() -> None:
    level = in_2026(revenue_y2=230_000_000, rd_expense_y2=7_000_000)
    assert ask("cn.little_giant", level, on=FIRST_DAY).outcome == "met"


def test_2026_a_recheck_needs_no_growth() -> None:
    shrunk = in_2026(revenue_y3=300_000_000)
    assert ask("cn.little_giant", shrunk, on=FIRST_DAY).outcome == "not_met"
    again = {**shrunk, "little_giant_recheck": True}
    assert ask("cn.little_giant", again, on=FIRST_DAY).outcome == "met"


def test_2026_a_national_award_waives_the_rights() -> None:
    award = in_2026(ip_class1=0, science_award_3y=True, science_award_national_top3_3y=True)
    assert ask("cn.little_giant", award, on=FIRST_DAY).outcome == "met"
    lesser = {**award, "science_award_national_top3_3y": False}
    assert list(ask("cn.little_giant", lesser, on=FIRST_DAY).failed) == ["ip"]


@pytest.mark.parametrize(
    ("market", "outcome"),
    [
        ({"niche_share_international": 0.10}, "met"),
        ({"niche_share_international": 0.0999}, "not_met"),
        ({"niche_rank_national": 3}, "met"),
        ({"niche_rank_national": 4}, "not_met"),
    ],
)
def test_2026_each_way_to_show_the_market(market: dict[str, object], outcome: str) -> None:
    facts = in_2026(niche_share=0.05, **market)
    assert ask("cn.little_giant", facts, on=FIRST_DAY).outcome == outcome


NOT_NEEDED_2026 = {"little_giant_recheck", "niche_share_international", "niche_rank_national"} | {
    "science_award_3y", "science_award_national_top3_3y",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(FIRM_2026) - NOT_NEEDED_2026))
def test_2026_one_missing_fact_makes_it_unknown_and_is_named(name: str) -> None:
    facts = {key: FIRM_2026[key] for key in FIRM_2026 if key != name}
    answer = ask("cn.little_giant", facts, on=FIRST_DAY)
    assert answer.outcome == "unknown"
    assert name in answer.missing


@pytest.mark.parametrize("name", sorted(NOT_NEEDED_2026))
def test_2026_a_route_that_is_not_needed_may_stay_unknown(name: str) -> None:
    facts = {key: FIRM_2026[key] for key in FIRM_2026 if key != name}
    assert ask("cn.little_giant", facts, on=FIRST_DAY).outcome == "met"


# ---- the day between


def test_the_version_changes_on_1_april_2026() -> None:
    facts = {**FIRM_2026, **FIRM_2022, "srdi_sme_valid_to": "2030-01-01"}
    assert ask("cn.little_giant", facts, on=LAST_DAY).version == "2022"
    assert ask("cn.little_giant", facts, on=FIRST_DAY).version == "2026"
    assert ask("cn.little_giant", facts, on=LAST_DAY).outcome == "met"
    assert "main_share" in ask("cn.little_giant", facts, on=FIRST_DAY).failed


def test_before_august_2022_there_is_no_answer() -> None:
    assert ask("cn.little_giant", FIRM_2022, on="2022-07-31") is None
    assert ask("cn.little_giant", FIRM_2022, on="2022-08-01") is not None
