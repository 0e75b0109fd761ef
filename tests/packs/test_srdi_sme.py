"""专精特新中小企业: the version of 2022, the version of 2026, and the day between them."""

from itertools import pairwise

import pytest

from tests.packs.answers import ask, points_of

LAST_DAY, FIRST_DAY = "2026-03-31", "2026-04-01"

FIRM_2022: dict[str, object] = {
    "niche_years": 2,
    "rd_expense_y1": 1_000_000,
    "rd_expense_y2": 1_000_000,
    "revenue_y1": 10_000_000,
    "equity_raised_2y": 0,
    "srdi_score": 60,
    "science_award_3y": False,
    "science_award_ranked_3y": False,
    "maker_contest_3y": "none",
}
FIRM_2026: dict[str, object] = {
    "tech_sme_valid_to": "2026-04-01",
    "innovative_sme_valid_to": "2020-01-01",
    "niche_years": 3,
    "revenue_y1": 15_000_000,
    "revenue_y2": 15_000_000,
    "equity_raised_2y": 0,
    "main_business_revenue_y1": 12_000_000,
    "total_liabilities_y1": 8_000_000,
    "total_assets_y1": 10_000_000,
    "rd_expense_y1": 1_000_000,
    "rd_expense_y2": 1_000_000,
    "ip_class1_self_applied": 1,
    "market_position": True,
    "srdi_development_score_y1": 50,
    "srdi_development_score_y2": 0,
    "srdi_recheck": False,
    "industry": "C3841",
    "employees": 100,
    "falsified_files": False,
    "major_offence_1y": False,
    "major_data_incident": False,
    "tax_evasion": False,
    "on_abnormal_list": False,
    "on_dishonest_list": False,
    "prohibited_business": False,
}


def in_2022(**changes: object) -> dict[str, object]:
    return {**FIRM_2022, **changes}


def in_2026(**changes: object) -> dict[str, object]:
    return {**FIRM_2026, **changes}


# ---- the version of 2022


def test_2022_just_reaching_every_limit_qualifies() -> None:
    answer = ask("cn.srdi_sme", FIRM_2022, on=LAST_DAY)
    assert (answer.outcome, answer.version) == ("met", "2022")


@pytest.mark.parametrize(
    ("clause", "changes"),
    [
        ("niche", {"niche_years": 1.9}),
        ("rd", {"rd_expense_y1": 999_999}),
        ("rd", {"revenue_y1": 33_333_334}),  # 1 million is just below 3 %
        ("scale", {"revenue_y1": 9_999_999}),
        ("score_or_direct", {"srdi_score": 59}),
    ],
)
def test_2022_missing_one_limit_fails_that_clause_alone(
    clause: str, changes: dict[str, object]
) -> None:
    answer = ask("cn.srdi_sme", in_2022(**changes), on=LAST_DAY)
    assert (answer.outcome, list(answer.failed)) == ("not_met", [clause])


def test_2022_research_of_exactly_three_percent_is_enough() -> None:
    facts = in_2022(rd_expense_y1=1_200_000, revenue_y1=40_000_000)
    assert ask("cn.srdi_sme", facts, on=LAST_DAY).outcome == "met"


@pytest.mark.parametrize(("equity", "outcome"), [(20_000_000, "met"), (19_999_999, "not_met")])
def test_2022_new_equity_stands_in_for_revenue(equity: int, outcome: str) -> None:
    facts = in_2022(revenue_y1=9_999_999, equity_raised_2y=equity)
    assert ask("cn.srdi_sme", facts, on=LAST_DAY).outcome == outcome


@pytest.mark.parametrize(
    ("route", "short_of_it"),
    [
        ({"science_award_3y": True, "science_award_ranked_3y": True},
         {"science_award_3y": True, "science_award_ranked_3y": False}),
        ({"rd_expense_y1": 15_000_000, "rd_expense_y2": 5_000_000},
         {"rd_expense_y1": 15_000_000, "rd_expense_y2": 4_999_998}),
        ({"equity_raised_2y": 60_000_000}, {"equity_raised_2y": 59_999_999}),
        ({"maker_contest_3y": "top500"}, {"maker_contest_3y": "none"}),
        ({"maker_contest_3y": "top50"}, {"maker_contest_3y": "none"}),
    ],
)  # fmt: skip
def test_2022_each_direct_route_from_both_sides(
    route: dict[str, object], short_of_it: dict[str, object]
) -> None:
    poor = in_2022(srdi_score=59)
    assert ask("cn.srdi_sme", {**poor, **route}, on=LAST_DAY).outcome == "met"
    assert ask("cn.srdi_sme", {**poor, **short_of_it}, on=LAST_DAY).outcome == "not_met"


@pytest.mark.parametrize("name", ["niche_years", "rd_expense_y1", "revenue_y1", "srdi_score"])
def test_2022_one_missing_fact_makes_it_unknown_and_is_named(name: str) -> None:
    facts = {key: FIRM_2022[key] for key in FIRM_2022 if key != name}
    answer = ask("cn.srdi_sme", facts, on=LAST_DAY)
    assert (answer.outcome, list(answer.missing)) == ("unknown", [name])


# ---- the self-assessment of 2022: it informs and decides nothing


def points(part: str, **facts: object) -> tuple[float, float]:
    return points_of("cn.srdi_sme", f"self_assessment.{part}", facts, on=LAST_DAY)


WHOLE = 1_000_000
RATIOS = [  # in percent of the whole, from the top
    ("main_share", "main_business_revenue_y1", "revenue_y1", [(80, 5), (70, 3), (60, 1)]),
    ("net_margin", "net_profit_y1", "revenue_y1", [(10, 10), (8, 8), (6, 6), (4, 4), (2, 2)]),
    ("rd_staff", "rd_staff", "employees", [(20, 5), (10, 3), (5, 1)]),
]
LADDERS = [
    (part, above, below, percent * WHOLE // 100, reached, next_lower)
    for part, above, below, steps in RATIOS
    for (percent, reached), (_, next_lower) in pairwise([*steps, (0, 0)])
]


@pytest.mark.parametrize(("part", "above", "below", "limit", "reached", "next_lower"), LADDERS)
def test_self_assessed_points_of_a_ratio(
    part: str, above: str, below: str, limit: int, reached: float, next_lower: float
) -> None:
    assert points(part, **{above: limit, below: WHOLE}) == (reached, reached)
    assert points(part, **{above: limit - 1, below: WHOLE}) == (next_lower, next_lower)


@pytest.mark.parametrize(
    ("percent", "reached", "next_higher"), [(50, 5, 3), (60, 3, 1), (70, 1, 0)]
)
def test_self_assessed_points_of_debt_include_the_limit(
    percent: int, reached: float, next_higher: float
) -> None:
    limit = percent * WHOLE // 100
    at = points("debt", total_liabilities_y1=limit, total_assets_y1=WHOLE)
    over = points("debt", total_liabilities_y1=limit + 1, total_assets_y1=WHOLE)
    assert (at, over) == ((reached, reached), (next_higher, next_higher))


def test_a_loss_gives_no_points() -> None:
    assert points("net_margin", net_profit_y1=-1, revenue_y1=100) == (0, 0)


NUMBERS = [
    ("niche_years", "niche_years",
     [(12, 5), (10, 5), (9.9, 4), (8, 4), (7.9, 3), (6, 3), (5.9, 2),
      (4, 2), (3.9, 1), (2, 1),
      (1.9, 0)]),
    ("digital", "digital_level", [(4, 5), (3, 5), (2, 3), (1, 0)]),
    ("quality", "quality_items", [(3, 5), (2, 5), (1, 3), (0, 0)]),
    ("field", "lead_product_field", [("first", 5), ("second", 3), ("other", 0)]),
    ("rd_institution", "rd_institution_level",
     [("national", 10), ("provincial", 8), ("municipal", 4), ("other", 2), ("none", 0)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "name", "value", "expected"),
    [(part, name, value, expected) for part, name, steps in NUMBERS for value, expected in steps],
)
def test_self_assessed_points_of_a_fact(
    part: str, name: str, value: object, expected: float
) -> None:
    assert points(part, **{name: value}) == (expected, expected)


@pytest.mark.parametrize(
    ("percent", "reached", "next_lower"),
    [(10, 10, 8), (8, 8, 6), (6, 6, 4), (4, 4, 2), (0, 2, 0)],
)
def test_self_assessed_points_of_growth_over_two_years(
    percent: int, reached: float, next_lower: float
) -> None:
    base = {"main_business_revenue_y3": WHOLE, "main_business_revenue_y2": WHOLE}
    limit = WHOLE + 2 * percent * WHOLE // 100  # mean of 0 % and twice the percentage
    assert points("main_growth", **base, main_business_revenue_y1=limit) == (reached, reached)
    below = points("main_growth", **base, main_business_revenue_y1=limit - 2)
    assert below == (next_lower, next_lower)


@pytest.mark.parametrize(
    ("limit", "reached", "next_lower"),
    [(5_000_000, 10, 8), (4_000_000, 8, 6), (3_000_000, 6, 4), (2_000_000, 4, 2),
     (1_000_000, 2, 0)],
)  # fmt: skip
def test_self_assessed_points_of_the_amount_of_research(
    limit: int, reached: float, next_lower: float
) -> None:
    assert points("rd", rd_expense_y1=limit, revenue_y1=1e9) == (reached, reached)
    assert points("rd", rd_expense_y1=limit - 1, revenue_y1=1e9) == (next_lower, next_lower)


@pytest.mark.parametrize(
    ("percent", "reached", "next_lower"),
    [(10, 10, 8), (8, 8, 6), (6, 6, 4), (4, 4, 2), (3, 2, 0)],
)
def test_self_assessed_points_of_the_share_of_research(
    percent: int, reached: float, next_lower: float
) -> None:
    limit = percent * WHOLE // 100
    assert points("rd", rd_expense_y1=limit, revenue_y1=WHOLE) == (reached, reached)
    assert points("rd", rd_expense_y1=limit - 1, revenue_y1=WHOLE) == (next_lower, next_lower)


def test_self_assessed_points_of_research_take_the_better() -> None:
    assert points("rd", rd_expense_y1=2_000_000, revenue_y1=20_000_000) == (10, 10)
    assert points("rd", rd_expense_y1=5_000_000, revenue_y1=1e9) == (10, 10)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"ip_class1_highvalue": 1}, 10),
        ({"ip_class1_highvalue": 0, "ip_class1": 1, "ip_class1_self": 1}, 8),
        ({"ip_class1_highvalue": 0, "ip_class1": 1, "ip_class1_self": 0}, 6),
        ({"ip_class1_highvalue": 0, "ip_class1": 0, "ip_class2": 1}, 2),
        ({"ip_class1_highvalue": 0, "ip_class1": 0, "ip_class2": 0}, 0),
    ],
)
def test_self_assessed_points_of_intellectual_property(
    facts: dict[str, object], expected: float
) -> None:
    assert points("ip", **facts) == (expected, expected)


def test_the_self_assessment_leaves_out_the_provincial_points() -> None:
    assert points_of("cn.srdi_sme", "self_assessment", {}, on=LAST_DAY) == (0, 85)


def test_a_full_self_assessment_does_not_replace_the_score() -> None:
    best = {
        "main_business_revenue_y1": 2e7, "main_business_revenue_y2": 1e7,
        "main_business_revenue_y3": 5e6, "lead_product_field": "first", "digital_level": 4,
        "quality_items": 2, "net_profit_y1": 5e6, "total_liabilities_y1": 1, "total_assets_y1": 9,
        "ip_class1_highvalue": 1, "rd_staff": 50, "employees": 100,
        "rd_institution_level": "national",
    }  # fmt: skip
    facts = in_2022(**best, niche_years=10, rd_expense_y1=5_000_000, revenue_y1=2e7)
    assert points_of("cn.srdi_sme", "self_assessment", facts, on=LAST_DAY) == (85, 85)
    del facts["srdi_score"]
    answer = ask("cn.srdi_sme", facts, on=LAST_DAY)
    assert (answer.outcome, list(answer.missing)) == ("unknown", ["srdi_score"])


# ---- the day between


def test_the_same_firm_passes_on_31_march_and_fails_on_1_april_2026() -> None:
    facts = {**FIRM_2026, **in_2022(revenue_y1=12_000_000)}
    before = ask("cn.srdi_sme", facts, on=LAST_DAY)
    after = ask("cn.srdi_sme", facts, on=FIRST_DAY)
    assert (before.version, before.outcome) == ("2022", "met")
    assert (after.version, after.outcome) == ("2026", "not_met")
    assert {"niche", "scale"} <= set(after.failed)


def test_before_august_2022_there_is_no_answer() -> None:
    assert ask("cn.srdi_sme", FIRM_2022, on="2022-07-31") is None
    assert ask("cn.srdi_sme", FIRM_2022, on="2022-08-01").outcome == "met"


# ---- the version of 2026


def test_2026_just_reaching_every_limit_qualifies() -> None:
    answer = ask("cn.srdi_sme", FIRM_2026, on=FIRST_DAY)
    assert (answer.outcome, answer.version, list(answer.missing)) == ("met", "2026", [])


@pytest.mark.parametrize(
    ("clause", "changes"),
    [
        ("base_tier", {"tech_sme_valid_to": "2026-03-31"}),
        ("niche", {"niche_years": 2.9}),
        ("scale", {"revenue_y1": 14_999_999, "main_business_revenue_y1": 12_000_000}),
        ("main_share", {"main_business_revenue_y1": 11_999_999}),
        ("debt", {"total_liabilities_y1": 8_000_001}),
        ("rd", {"rd_expense_y1": 999_999}),
        ("rd", {"rd_expense_y2": 999_999}),
        ("rd", {"revenue_y2": 33_333_334}),
        ("ip", {"ip_class1_self_applied": 0}),
        ("market_position", {"market_position": False}),
        ("development_score", {"srdi_development_score_y1": 49}),
        ("still_sme", {"employees": 1000, "revenue_y1": 4e8, "main_business_revenue_y1": 4e8,
                       "rd_expense_y1": 2e7}),
        ("no_veto", {"falsified_files": True}),
        ("no_veto", {"major_offence_1y": True}),
        ("no_veto", {"major_data_incident": True}),
        ("no_veto", {"tax_evasion": True}),
        ("no_veto", {"on_abnormal_list": True}),
        ("no_veto", {"on_dishonest_list": True}),
        ("no_veto", {"prohibited_business": True}),
    ],
)  # fmt: skip
def test_2026_missing_one_limit_fails_that_clause_alone(
    clause: str, changes: dict[str, object]
) -> None:
    answer = ask("cn.srdi_sme", in_2026(**changes), on=FIRST_DAY)
    assert (answer.outcome, list(answer.failed)) == ("not_met", [clause])


def test_2026_the_other_base_tier_will_do() -> None:
    facts = in_2026(tech_sme_valid_to="2020-01-01", innovative_sme_valid_to="2026-04-01")
    assert ask("cn.srdi_sme", facts, on=FIRST_DAY).outcome == "met"


@pytest.mark.parametrize("year", ["y1", "y2"])
@pytest.mark.parametrize(("rd", "failed"), [(1_050_000, []), (1_049_999, ["rd"])])
def test_2026_research_is_three_percent_in_each_year(year: str, rd: int, failed: list[str]) -> None:
    facts = in_2026(
        revenue_y1=35_000_000, revenue_y2=35_000_000, main_business_revenue_y1=35_000_000,
        rd_expense_y1=2_000_000, rd_expense_y2=2_000_000,
    )  # fmt: skip
    answer = ask("cn.srdi_sme", {**facts, f"rd_expense_{year}": rd}, on=FIRST_DAY)
    assert list(answer.failed) == failed


@pytest.mark.parametrize(("equity", "outcome"), [(20_000_000, "met"), (19_999_999, "not_met")])
def test_2026_new_equity_stands_in_for_revenue(equity: int, outcome: str) -> None:
    facts = in_2026(revenue_y1=14_999_999, equity_raised_2y=equity)
    assert ask("cn.srdi_sme", facts, on=FIRST_DAY).outcome == outcome


@pytest.mark.parametrize(
    ("recheck", "earlier", "outcome"),
    [(True, 50, "met"), (True, 49, "not_met"), (False, 50, "not_met")],
)
def test_2026_a_recheck_may_use_either_of_two_years(
    recheck: bool, earlier: int, outcome: str
) -> None:
    facts = in_2026(
        srdi_development_score_y1=49, srdi_development_score_y2=earlier, srdi_recheck=recheck
    )
    assert ask("cn.srdi_sme", facts, on=FIRST_DAY).outcome == outcome


OPTIONAL = {"innovative_sme_valid_to", "equity_raised_2y", "srdi_development_score_y2"} | {
    "srdi_recheck"
}


@pytest.mark.parametrize("name", sorted(set(FIRM_2026) - OPTIONAL - {"industry", "employees"}))
def test_2026_one_missing_fact_makes_it_unknown_and_is_named(name: str) -> None:
    facts = {key: FIRM_2026[key] for key in FIRM_2026 if key != name}
    answer = ask("cn.srdi_sme", facts, on=FIRST_DAY)
    assert (answer.outcome, list(answer.missing)) == ("unknown", [name])


@pytest.mark.parametrize("name", sorted(OPTIONAL))
def test_2026_a_route_that_is_not_needed_may_stay_unknown(name: str) -> None:
    facts = {key: FIRM_2026[key] for key in FIRM_2026 if key != name}
    assert ask("cn.srdi_sme", facts, on=FIRST_DAY).outcome == "met"


def test_2026_without_an_industry_nobody_knows_whether_it_is_an_sme() -> None:
    facts = {key: FIRM_2026[key] for key in FIRM_2026 if key != "industry"}
    answer = ask("cn.srdi_sme", facts, on=FIRST_DAY)
    assert answer.outcome == "unknown"
    assert "industry" in answer.missing


def test_2026_low_revenue_alone_shows_that_it_is_not_large() -> None:
    facts = {key: FIRM_2026[key] for key in FIRM_2026 if key != "employees"}
    assert ask("cn.srdi_sme", facts, on=FIRST_DAY).outcome == "met"
