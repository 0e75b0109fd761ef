"""Size classes: worked examples of the published method, and certainty with facts missing."""

from typing import Any

import pytest

from tests.engines.rules.sample import LABEL, clause, decide, plan_of, rule

LEVELS = ["large", "medium", "small", "micro"]
INDUSTRY = {
    "id": "industry",
    "label": LABEL,
    "when": {"fact": "industry", "prefix": ["B", "C", "D"]},
    "large": {"employees": 1000, "revenue_y1": "4亿"},
    "medium": {"employees": 300, "revenue_y1": "2000万"},
    "small": {"employees": 20, "revenue_y1": "300万"},
}
CONSTRUCTION = {
    "id": "construction",
    "label": LABEL,
    "when": {"fact": "industry", "prefix": ["E"]},
    "large": {"revenue_y1": "8亿", "assets_y1": "8亿"},
    "medium": {"revenue_y1": "6000万", "assets_y1": "5000万"},
    "small": {"revenue_y1": "300万", "assets_y1": "300万"},
}
CLASSIFY = {
    "levels": LEVELS,
    "labels": dict.fromkeys(LEVELS, LABEL),
    "rows": [INDUSTRY, CONSTRUCTION],
}
SIZE = rule("test.size", classify=CLASSIFY)


def size(**facts: Any) -> tuple[str, str | None]:
    record = decide(plan_of(SIZE), **facts)
    return record.outcome, record.value


@pytest.mark.parametrize(
    ("employees", "revenue", "expected"),
    [
        (1000, 400_000_000, "large"),
        (1000, 399_990_000, "medium"),
        (999, 400_000_000, "medium"),
        (2000, 15_000_000, "small"),
        (20, 3_000_000, "small"),
        (20, 2_999_900, "micro"),
        (19, 50_000_000, "micro"),
    ],
)
def test_industry(employees: int, revenue: int, expected: str) -> None:
    found = size(industry="C3841", employees=employees, revenue_y1=revenue)
    assert found == ("met", expected)


def test_construction_counts_revenue_and_assets() -> None:
    found = size(industry="E4710", revenue_y1=70_000_000, assets_y1=4_000_000)
    assert found == ("met", "small")


def test_no_row_means_not_met() -> None:
    assert size(industry="J66", employees=10) == ("not_met", None)


def test_fifteen_employees_are_micro_whatever_the_revenue() -> None:
    assert size(industry="C3841", employees=15) == ("met", "micro")


def test_an_open_value_is_unknown_and_names_what_settles_it() -> None:
    record = decide(plan_of(SIZE), industry="C3841", employees=500)
    assert (record.outcome, record.value) == ("unknown", None)
    assert record.missing == ("revenue_y1",)


def test_an_unknown_industry_could_be_outside_every_row() -> None:
    record = decide(plan_of(SIZE), employees=5, revenue_y1=1, assets_y1=1)
    assert (record.outcome, record.missing) == ("unknown", ("industry",))


def test_a_classification_has_no_clauses_and_no_near_misses() -> None:
    record = decide(plan_of(SIZE), industry="J66")
    assert (record.failed, record.near) == ((), ())


def sme(**facts: Any) -> str:
    """A rule for small and medium enterprises, by the size class."""
    small = clause("sme", rule="test.size", in_=["medium", "small", "micro"])
    return decide(plan_of(SIZE, rule("test.sme", when=[small])), **facts).outcome


def test_a_rule_may_ask_for_the_value_of_another() -> None:
    assert sme(industry="C38", employees=5) == "met"
    assert sme(industry="C38", employees=1000, revenue_y1=500_000_000) == "not_met"


def test_a_value_is_among_several_though_it_is_open_which_it_is() -> None:
    assert sme(industry="C38", employees=500) == "met"  # medium, small or micro, never large


def test_a_value_that_may_be_outside_the_list_is_unknown() -> None:
    assert sme(industry="C38", employees=1000) == "unknown"
    assert sme(employees=500) == "unknown"  # without an industry there may be no value at all


def test_the_value_of_a_rule_outside_the_plan_is_known_all_the_same() -> None:
    small = clause("sme", rule="test.size", in_=["medium", "small", "micro"])
    plan = plan_of(SIZE, rule("test.sme", when=[small])).only(["test.sme"])
    record = decide(plan, industry="C38", employees=1000, revenue_y1=500_000_000)
    assert record.near[0].as_json() == {
        "fact": "rule:test.size",
        "have": "large",
        "need": ["medium", "small", "micro"],
        "gap": None,
    }  # fmt: skip


def test_no_value_is_not_among_any() -> None:
    assert sme(industry="J66", employees=5) == "not_met"


def test_once_a_row_is_certain_the_others_are_out() -> None:
    certified = {
        "id": "certified",
        "label": LABEL,
        "when": {"fact": "certified", "is": True},
        **{level: {"patents": n} for level, n in (("large", 9), ("medium", 6), ("small", 3))},
    }
    classify = {**CLASSIFY, "rows": [INDUSTRY, certified]}
    record = decide(plan_of(rule(classify=classify)), industry="C38", employees=5)
    assert (record.outcome, record.value) == ("met", "micro")


def test_two_certain_rows_that_disagree_give_no_value() -> None:
    certified = {
        "id": "certified",
        "label": LABEL,
        "when": {"fact": "certified", "is": True},
        **{level: {"patents": n} for level, n in (("large", 9), ("medium", 6), ("small", 3))},
    }
    classify = {**CLASSIFY, "rows": [INDUSTRY, certified]}
    record = decide(
        plan_of(rule(classify=classify)), industry="C38", employees=5, certified=True, patents=9
    )
    assert (record.outcome, record.value) == ("unknown", None)
