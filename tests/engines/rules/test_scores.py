"""Scores: bands, the best of several, caps, and intervals while facts are missing."""

from typing import Any

import pytest

from openzone.engines.rules.batch import evaluate
from openzone.engines.rules.columns import Columns
from tests.engines.rules.sample import CATALOGUE, LABEL, clause, decide, plan_of, rule

STAFF = {
    "id": "staff",
    "max": 20,
    "bands": {
        "of": {"ratio": ["science_staff", "employees"]},
        "gte": [["30%", 20], ["25%", 16], ["10%", 4]],
        "else": 0,
    },
}
DEBT = {
    "id": "debt",
    "max": 10,
    "bands": {"of": "market_share", "lte": [["55%", 10], ["75%", 5]], "else": 0},
}
FIELD = {
    "id": "field",
    "points": [
        {"when": {"fact": "level", "in": ["national"]}, "points": 10},
        {"when": {"fact": "certified", "is": True}, "points": 5},
    ],
    "else": 1,
}


def score(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"total": {"label": LABEL, "max": 100, "parts": list(parts)} | more}


def points(scores: dict[str, Any], **facts: Any) -> tuple[float, float]:
    plan = plan_of(rule(scores=scores, when=[clause("c", fact="certified", known=True)]))
    columns = Columns.from_values(["e"], {name: [v] for name, v in facts.items()}, CATALOGUE)
    lowest, highest = evaluate(plan, columns).points("test.rule", "total")
    return float(lowest[0]), float(highest[0])


@pytest.mark.parametrize(
    ("staff", "expected"), [(31, 20), (30, 20), (29, 16), (25, 16), (10, 4), (9, 0), (0, 0)]
)
def test_lower_ends_belong_to_their_band(staff: int, expected: float) -> None:
    assert points(score(STAFF), science_staff=staff, employees=100) == (expected, expected)


@pytest.mark.parametrize(("share", "expected"), [(0.5, 10), (0.55, 10), (0.56, 5), (0.76, 0)])
def test_upper_ends_belong_to_their_band_where_less_is_better(
    share: float, expected: float
) -> None:
    assert points(score(DEBT), market_share=share) == (expected, expected)


def test_an_unknown_number_can_still_be_in_any_band() -> None:
    assert points(score(STAFF)) == (0, 20)
    assert points(score(STAFF), science_staff=0, employees=0) == (0, 20)
    assert points(score(STAFF, DEBT), market_share=0.6) == (5, 25)


def test_the_first_condition_that_holds_gives_the_points() -> None:
    assert points(score(FIELD), level="national", certified=True) == (10, 10)
    assert points(score(FIELD), level="none", certified=True) == (5, 5)
    assert points(score(FIELD), level="none", certified=False) == (1, 1)


def test_unknown_conditions_leave_the_points_they_could_give() -> None:
    assert points(score(FIELD), certified=False) == (1, 10)
    assert points(score(FIELD), certified=True) == (5, 10)
    assert points(score(FIELD), level="none") == (1, 5)
    assert points(score(FIELD), level="national") == (10, 10)


def test_the_best_of_several_counts() -> None:
    best = {"total": {"label": LABEL, "max": 100, "best_of": [STAFF, DEBT]}}
    assert points(best, science_staff=25, employees=100, market_share=0.5) == (16, 16)
    assert points(best, market_share=0.5) == (10, 20)


def test_parts_may_have_parts_and_a_test_may_name_any_of_them() -> None:
    nested = score({"id": "group", "parts": [STAFF, DEBT]})
    in_group = clause("g", score="total.group", gte=20)
    in_staff = clause("s", score="total.staff", gte=16)
    plan = plan_of(rule(scores=nested, when=[in_group, in_staff]))
    facts = {"science_staff": 25, "employees": 100}
    assert decide(plan, market_share=0.6, **facts).outcome == "met"
    assert decide(plan, market_share=0.8, **facts).failed == ("g",)


def test_a_cap_cuts_the_lowest_and_the_highest() -> None:
    capped = score({"id": "group", "max": 12, "cap": True, "parts": [STAFF, DEBT]})
    assert points(capped, science_staff=25, employees=100, market_share=0.5) == (12, 12)
    assert points(capped, market_share=0.5) == (10, 12)


@pytest.mark.parametrize(
    ("limit", "facts", "expected"),
    [
        (5, {"market_share": 0.6}, "met"),  # even the lowest total, 5, reaches it
        (26, {"market_share": 0.6}, "not_met"),  # not even the highest, 25, does
        (10, {"market_share": 0.6}, "unknown"),
        (10, {"market_share": 0.5}, "met"),
    ],
)
def test_a_score_decides_early(limit: int, facts: dict[str, Any], expected: str) -> None:
    test = clause("c", score="total", gte=limit)
    record = decide(plan_of(rule(scores=score(STAFF, DEBT), when=[test])), **facts)
    assert record.outcome == expected


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ({"gt": 4}, "met"),
        ({"gt": 5}, "unknown"),
        ({"gt": 25}, "not_met"),
        ({"lte": 25}, "met"),
        ({"lt": 25}, "unknown"),
        ({"lt": 5}, "not_met"),
        ({"eq": 4}, "not_met"),
        ({"eq": 7}, "unknown"),
        ({"ne": 26}, "met"),
    ],
)
def test_an_open_total_between_5_and_25(test: dict[str, Any], expected: str) -> None:
    wide = {"scores": score(STAFF, DEBT, {"id": "bonus", "points": FIELD["points"], "else": 0})}
    plan = plan_of(rule(when=[clause("c", score="total", **test)], **wide))
    facts = {"market_share": 0.6, "level": "none", "certified": False}
    assert decide(plan, **facts).outcome == expected


def test_only_parts_that_are_still_open_are_asked_for() -> None:
    test = clause("c", score="total", gte=25)
    plan = plan_of(rule(scores=score(STAFF, DEBT, FIELD), when=[test]))
    record = decide(plan, market_share=0.5, level="national")
    assert record.missing == ("employees", "science_staff")


def test_conditions_after_one_that_holds_are_not_asked_for() -> None:
    choices = [*FIELD["points"], {"when": {"fact": "dishonest", "is": False}, "points": 3}]
    field = {**FIELD, "points": choices}
    test = clause("c", score="total", gte=6)
    plan = plan_of(rule(scores=score(field), when=[test]))
    assert decide(plan).missing == ("certified", "dishonest", "level")
    assert decide(plan, certified=True).missing == ("level",)


def test_a_branch_of_best_of_that_cannot_win_is_not_asked_for() -> None:
    small = {"bands": {"of": "patents", "gte": [[1, 5]], "else": 0}}
    best = {"id": "rd", "best_of": [STAFF, DEBT, small]}
    test = clause("c", score="total", gte=18)
    plan = plan_of(rule(scores=score(best), when=[test]))
    assert decide(plan).missing == ("employees", "market_share", "patents", "science_staff")
    assert decide(plan, market_share=0.7).missing == ("employees", "science_staff")


def test_the_best_is_certain_once_the_others_cannot_exceed_it() -> None:
    best = {"id": "rd", "best_of": [STAFF, DEBT]}
    test = clause("c", score="total", gte=18)
    plan = plan_of(rule(scores=score(best), when=[test]))
    record = decide(plan, science_staff=25, employees=100)
    assert (record.outcome, record.missing) == ("not_met", ())
