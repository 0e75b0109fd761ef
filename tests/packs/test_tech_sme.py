"""科技型中小企业 国科发政〔2017〕115号: conditions, every band of the score, every direct route."""

import pytest

from tests.packs.answers import ask, points_of

FIRM: dict[str, object] = {  # exactly 60 points: staff 20, R&D 40, no intellectual property
    "in_mainland": True,
    "employees": 100,
    "sales_y1": 100_000_000,
    "total_assets_y1": 100_000_000,
    "prohibited_business": False,
    "major_offence_1y": False,
    "on_abnormal_list": False,
    "on_dishonest_list": False,
    "science_staff": 30,
    "rd_expense_y1": 5_000_000,
    "cost_y1": 90_000_000,
    "ip_class1": 0,
    "ip_class2": 0,
    "hightech_certificate_valid_to": "2020-01-01",
    "science_award_national_5y": False,
    "rd_institution_level": "none",
    "led_standard_5y": False,
}
WITHOUT_SCORE = {"science_staff": 0, "rd_expense_y1": 0}


def firm(**changes: object) -> dict[str, object]:
    return {**FIRM, **changes}


def points(part: str, **facts: object) -> tuple[float, float]:
    return points_of("cn.tech_sme", f"total.{part}", facts)


def test_sixty_points_qualify() -> None:
    assert points_of("cn.tech_sme", "total", FIRM) == (60, 60)
    assert ask("cn.tech_sme", FIRM).outcome == "met"


@pytest.mark.parametrize(
    ("clause", "changes"),
    [
        ("resident", {"in_mainland": False}),
        ("size", {"employees": 501, "science_staff": 501}),
        ("size", {"sales_y1": 200_000_001, "rd_expense_y1": 20_000_000}),
        ("size", {"total_assets_y1": 200_000_001}),
        ("permitted_business", {"prohibited_business": True}),
        ("clean_record", {"major_offence_1y": True}),
        ("clean_record", {"on_abnormal_list": True}),
        ("clean_record", {"on_dishonest_list": True}),
        ("score_or_direct", {"science_staff": 29}),
    ],
)
def test_missing_one_condition_fails_that_clause_alone(
    clause: str, changes: dict[str, object]
) -> None:
    answer = ask("cn.tech_sme", firm(**changes))
    assert (answer.outcome, list(answer.failed)) == ("not_met", [clause])


def test_the_limits_of_size_are_included() -> None:
    largest = firm(
        employees=500, science_staff=150, sales_y1=200_000_000, total_assets_y1=200_000_000,
        rd_expense_y1=10_000_000,
    )  # fmt: skip
    assert ask("cn.tech_sme", largest).outcome == "met"


@pytest.mark.parametrize(
    ("staff", "expected"),
    [(3000, 20), (2999, 16), (2500, 16), (2499, 12), (2000, 12), (1999, 8), (1500, 8), (1499, 4),
     (1000, 4), (999, 0), (0, 0)],
)  # fmt: skip
def test_points_for_staff(staff: int, expected: float) -> None:
    assert points("staff", science_staff=staff, employees=10_000) == (expected, expected)


@pytest.mark.parametrize(
    ("percent", "reached", "next_lower"),
    [(6, 50, 40), (5, 40, 30), (4, 30, 20), (3, 20, 10), (2, 10, 0)],
)
def test_points_for_research_against_sales(percent: int, reached: float, next_lower: float) -> None:
    base = {"sales_y1": 1_000_000, "cost_y1": 100_000_000}
    assert points("rd", **base, rd_expense_y1=percent * 10_000) == (reached, reached)
    assert points("rd", **base, rd_expense_y1=percent * 10_000 - 1) == (next_lower, next_lower)


@pytest.mark.parametrize(
    ("percent", "reached", "next_lower"),
    [(30, 50, 40), (25, 40, 30), (20, 30, 20), (15, 20, 10), (10, 10, 0)],
)
def test_points_for_research_against_cost(percent: int, reached: float, next_lower: float) -> None:
    base = {"sales_y1": 100_000_000, "cost_y1": 1_000_000}
    assert points("rd", **base, rd_expense_y1=percent * 10_000) == (reached, reached)
    assert points("rd", **base, rd_expense_y1=percent * 10_000 - 1) == (next_lower, next_lower)


def test_the_better_route_of_research_counts() -> None:
    both = points("rd", rd_expense_y1=40, sales_y1=1000, cost_y1=150)
    assert both == (40, 40)  # 4 % of sales gives 30, 26.7 % of cost gives 40


@pytest.mark.parametrize(
    ("class1", "class2", "expected"),
    [(1, 0, 30), (2, 9, 30), (0, 4, 24), (0, 9, 24), (0, 3, 18), (0, 2, 12), (0, 1, 6), (0, 0, 0)],
)
def test_points_for_intellectual_property(class1: int, class2: int, expected: float) -> None:
    assert points("ip", ip_class1=class1, ip_class2=class2) == (expected, expected)


def test_9_99_percent_staff_fails_even_with_80_points() -> None:
    facts = firm(employees=500, science_staff=49.95, rd_expense_y1=6_000_000, ip_class1=1)
    assert points_of("cn.tech_sme", "total", facts) == (80, 80)
    answer = ask("cn.tech_sme", facts)
    assert (answer.outcome, list(answer.failed)) == ("not_met", ["score_or_direct"])


@pytest.mark.parametrize(
    "route",
    [
        {"hightech_certificate_valid_to": "2026-06-30"},
        {"science_award_national_5y": True},
        {"rd_institution_level": "national"},
        {"rd_institution_level": "provincial"},
        {"led_standard_5y": True},
    ],
)
def test_each_direct_route_replaces_the_score(route: dict[str, object]) -> None:
    assert ask("cn.tech_sme", firm(**WITHOUT_SCORE), on="2026-06-30").outcome == "not_met"
    assert ask("cn.tech_sme", firm(**WITHOUT_SCORE, **route), on="2026-06-30").outcome == "met"


@pytest.mark.parametrize(
    "route",
    [
        {"hightech_certificate_valid_to": "2026-06-29"},
        {"rd_institution_level": "municipal"},
        {"rd_institution_level": "other"},
    ],
)
def test_what_falls_short_of_a_direct_route(route: dict[str, object]) -> None:
    assert ask("cn.tech_sme", firm(**WITHOUT_SCORE, **route), on="2026-06-30").outcome == "not_met"


@pytest.mark.parametrize(
    ("clause", "changes"),
    [
        ("resident", {"in_mainland": False}),
        ("size", {"employees": 501}),
        ("permitted_business", {"prohibited_business": True}),
        ("clean_record", {"on_dishonest_list": True}),
    ],
)
def test_a_direct_route_does_not_replace_the_first_four_conditions(
    clause: str, changes: dict[str, object]
) -> None:
    answer = ask("cn.tech_sme", firm(led_standard_5y=True, **changes))
    assert (answer.outcome, list(answer.failed)) == ("not_met", [clause])


@pytest.mark.parametrize(
    "name",
    ["in_mainland", "employees", "sales_y1", "total_assets_y1", "prohibited_business",
     "major_offence_1y", "on_abnormal_list", "on_dishonest_list", "science_staff",
     "rd_expense_y1"],
)  # fmt: skip
def test_one_missing_fact_makes_it_unknown_and_is_named(name: str) -> None:
    answer = ask("cn.tech_sme", {key: FIRM[key] for key in FIRM if key != name})
    assert answer.outcome == "unknown"
    assert name in answer.missing


@pytest.mark.parametrize("name", ["cost_y1", "ip_class1", "ip_class2", "rd_institution_level"])
def test_a_missing_fact_that_cannot_change_the_answer_is_not_asked_for(name: str) -> None:
    answer = ask("cn.tech_sme", {key: FIRM[key] for key in FIRM if key != name})
    assert (answer.outcome, list(answer.missing)) == ("met", [])


def test_enough_points_even_at_the_worst_decide() -> None:
    facts = firm(ip_class1=1)
    del facts["science_staff"]
    answer = ask("cn.tech_sme", facts)  # 70 points without staff, but staff may give none
    assert (answer.outcome, list(answer.missing)) == ("unknown", ["science_staff"])


def test_too_few_points_even_at_the_best_decide() -> None:
    facts = firm(science_staff=10, rd_expense_y1=0)
    del facts["ip_class1"]
    answer = ask("cn.tech_sme", facts)  # 4 points, and 30 more at most
    assert (answer.outcome, list(answer.failed)) == ("not_met", ["score_or_direct"])


@pytest.mark.parametrize(("day", "answered"), [("2017-05-02", False), ("2017-05-03", True)])
def test_the_method_answers_from_its_first_day(day: str, answered: bool) -> None:
    assert (ask("cn.tech_sme", FIRM, on=day) is not None) is answered
