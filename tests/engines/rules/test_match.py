"""Records: what failed, what is missing, and how near a near miss is."""

import datetime as dt
import json
from typing import Any

import pytest

from openzone.engines.rules import batch, match
from openzone.engines.rules.batch import evaluate
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.single import Known, answer
from tests.engines.rules.sample import CATALOGUE, LABEL, clause, decide, plan_of, rule

THREE = rule(
    when=[
        clause("size", fact="employees", gte=10),
        clause("share", number={"ratio": ["rd_expense_y1", "revenue_y1"]}, gte="4%"),
        clause("clean", not_={"fact": "dishonest", "is": True}),
    ]
)
GOOD = {"employees": 10, "rd_expense_y1": 4, "revenue_y1": 100, "dishonest": False}


def record(**changes: Any) -> match.Record:
    facts = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return decide(plan_of(THREE), **facts)


def near(*clauses: dict[str, Any], **facts: Any) -> list[dict[str, Any]]:
    """The near miss of a rule, checked to be the same for one enterprise alone."""
    plan = plan_of(rule(when=list(clauses)))
    found = decide(plan, **facts)
    single = answer(plan, {name: Known(value) for name, value in facts.items()})
    assert single.record("e", plan.rules[0]) == found
    return [one.as_json() for one in found.near]


def test_the_record_has_the_fields_of_the_contract() -> None:
    found = record(rd_expense_y1=3).as_json()
    assert json.loads(json.dumps(found)) == {
        "id": "e",
        "rule": "test.rule",
        "version": "1",
        "outcome": "not_met",
        "value": None,
        "failed": ["share"],
        "missing": [],
        "near": [
            {"fact": "ratio(rd_expense_y1, revenue_y1)", "have": 0.03, "need": 0.04, "gap": 0.01}
        ],
        "amount": None,
        "amount_missing": [],
        "relations": [],
    }


def test_what_holds_has_no_reasons() -> None:
    found = record()
    assert (found.outcome, found.failed, found.missing, found.near) == ("met", (), (), ())


def test_all_failing_clauses_are_named_and_two_are_no_near_miss() -> None:
    found = record(rd_expense_y1=3, employees=9)
    assert (found.failed, found.near) == (("size", "share"), ())


def test_an_unknown_clause_beside_a_failing_one_is_no_near_miss() -> None:
    found = record(rd_expense_y1=3, employees=None)
    assert (found.outcome, found.failed, found.missing) == ("not_met", ("share",), ())
    assert found.near == ()


def test_an_unknown_names_the_facts_that_would_settle_it() -> None:
    found = record(rd_expense_y1=None, dishonest=None)
    assert (found.outcome, found.failed) == ("unknown", ())
    assert found.missing == ("dishonest", "rd_expense_y1")


def test_facts_that_no_longer_matter_are_not_asked_for() -> None:
    branches = clause(
        "any",
        any=[
            {"all": [{"fact": "certified", "is": True}, {"fact": "patents", "gte": 5}]},
            {"all": [{"fact": "dishonest", "is": False}, {"fact": "land", "gte": 5}]},
        ],
    )
    plan = plan_of(rule(when=[branches]))
    assert decide(plan, certified=False).missing == ("dishonest", "land")
    assert decide(plan, certified=True).missing == ("dishonest", "land", "patents")
    assert decide(plan, dishonest=False, land=5).missing == ()


def test_a_rule_of_one_condition_is_one_clause() -> None:
    plan = plan_of(rule(when=clause("only", fact="employees", gte=10)))
    found = decide(plan, employees=8)
    assert (found.failed, found.near[0].gap) == (("only",), 2)


def test_no_enterprises_give_no_records() -> None:
    result = evaluate(plan_of(THREE), Columns.from_values([], {"employees": []}, CATALOGUE))
    assert list(result.records()) == []
    assert result["test.rule"].counts() == (0, 0, 0)


def test_records_come_by_enterprise_and_then_by_rule() -> None:
    other = rule("test.other", when=[clause("c", fact="employees", gte=1)])
    plan = plan_of(THREE, other)
    columns = Columns.from_values(["a", "b"], {"employees": [1, 2]}, CATALOGUE)
    assert [(found.id, found.rule) for found in match.match(plan, columns)] == [
        ("a", "test.rule"), ("a", "test.other"), ("b", "test.rule"), ("b", "test.other"),
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [1, 7, 8, 9, 63, 64, 65, 130])
def test_blocks_do_not_change_the_answers(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "employees": [None if n % 5 == 0 else n % 20 for n in range(rows)],
        "rd_expense_y1": [n % 7 for n in range(rows)],
        "revenue_y1": [100 * (n % 3) for n in range(rows)],
        "dishonest": [(True, False, None)[n % 3] for n in range(rows)],
    }
    plan = plan_of(THREE)
    columns = Columns.from_values([str(n) for n in range(rows)], values, CATALOGUE)
    whole = evaluate(plan, columns)
    records = list(whole.records())
    monkeypatch.setattr(batch, "BLOCK", 64)
    monkeypatch.setattr(match, "BLOCK", 8)
    parts = evaluate(plan, columns)
    assert list(parts.records()) == records
    one, other = whole["test.rule"], parts["test.rule"]
    for plane in ("met", "not_met", "near"):
        assert getattr(one, plane).tolist() == getattr(other, plane).tolist()


def test_planes_count_what_the_records_say() -> None:
    values = {"employees": [5, 15, None, 20, 8, 9, 30, 1, 2, 50]}
    plan = plan_of(rule(when=[clause("c", fact="employees", gte=10)]))
    columns = Columns.from_values(list("abcdefghij"), values, CATALOGUE)
    result = evaluate(plan, columns)
    assert result["test.rule"].counts() == (4, 5, 1)
    met = [found.id for found in result.records() if found.outcome == "met"]
    flags = result["test.rule"].flags(result["test.rule"].met)
    assert [name for name, flag in zip("abcdefghij", flags, strict=True) if flag] == met


def test_without_near_the_near_planes_stay_empty() -> None:
    plan = plan_of(THREE)
    facts = {name: [value] for name, value in (GOOD | {"employees": 9}).items()}
    columns = Columns.from_values(["e"], facts, CATALOGUE)
    assert evaluate(plan, columns)["test.rule"].near.any()
    assert not evaluate(plan, columns, near=False)["test.rule"].near.any()


# ---- near misses --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        (
            {"fact": "employees", "gte": 10},
            {"employees": 7},
            {"fact": "employees", "have": 7, "need": 10, "gap": 3},
        ),
        (
            {"fact": "employees", "lte": 10},
            {"employees": 12},
            {"fact": "employees", "have": 12, "need": 10, "gap": 2},
        ),
        (
            {"fact": "employees", "gt": 70},
            {"employees": 70},
            {"fact": "employees", "have": 70, "need": 70, "gap": 0},
        ),
        (
            {"fact": "employees", "gte": 5, "lte": 10},
            {"employees": 12},
            {"fact": "employees", "have": 12, "need": 10, "gap": 2},
        ),
        (
            {"fact": "market_share", "gte": "10%"},
            {"market_share": 0.0905},
            {"fact": "market_share", "have": 0.0905, "need": 0.1, "gap": 0.0095},
        ),
        (
            {"fact": "certified", "is": True},
            {"certified": False},
            {"fact": "certified", "have": False, "need": True, "gap": None},
        ),
        (
            {"not": {"fact": "dishonest", "is": True}},
            {"dishonest": True},
            {"fact": "dishonest", "have": True, "need": False, "gap": None},
        ),
        (
            {"veto": [{"fact": "dishonest", "is": True}, {"fact": "employees", "gt": 5}]},
            {"dishonest": False, "employees": 8},
            {"fact": "employees", "have": 8, "need": 5, "gap": 3},
        ),
        (
            {"fact": "industry", "prefix": ["C38", "C39"]},
            {"industry": "D44"},
            {"fact": "industry", "have": "D44", "need": ["C38", "C39"], "gap": None},
        ),
        (
            {"not": {"fact": "level", "in": ["none"]}},
            {"level": "none"},
            {"fact": "level", "have": "none", "need": {"not": ["none"]}, "gap": None},
        ),
        (
            {"fact": "registered_on", "at_or_before": {"as_of": "-1y"}},
            {"registered_on": dt.date(2025, 7, 10)},
            {"fact": "registered_on", "have": "2025-07-10", "need": "2025-06-30", "gap": 10},
        ),
        (
            {"fact": "valid_to", "known": True},
            {},
            {"fact": "valid_to", "have": None, "need": "known", "gap": None},
        ),
    ],
)
def test_distance_of_a_comparison(
    condition: dict[str, Any], facts: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert near(clause("c", **condition), **facts) == [expected]


def test_inside_any_the_nearest_branch_counts() -> None:
    routes = clause(
        "route",
        any=[
            {"fact": "revenue_y1", "gte": 1000},
            {"fact": "employees", "gte": 10},
            {"all": [{"fact": "patents", "gte": 5}, {"fact": "certified", "is": True}]},
        ],
    )
    facts = {"revenue_y1": 950, "employees": 5, "patents": 4, "certified": False}
    assert [one["fact"] for one in near(routes, **facts)] == ["revenue_y1"]
    facts |= {"revenue_y1": 10, "certified": True}
    assert [one["fact"] for one in near(routes, **facts)] == ["patents"]


def test_a_branch_that_lacks_a_fact_is_further_than_one_that_does_not() -> None:
    routes = clause(
        "route",
        any=[
            {"all": [{"fact": "revenue_y1", "gte": 1000}, {"fact": "certified", "is": True}]},
            {"fact": "employees", "gte": 10},
        ],
    )
    assert [one["fact"] for one in near(routes, revenue_y1=999, employees=1)] == ["employees"]


def test_all_of_a_failing_branch_is_listed() -> None:
    both = clause("both", all=[{"fact": "employees", "gte": 10}, {"fact": "patents", "gte": 5}])
    assert [one["gap"] for one in near(both, employees=9, patents=3)] == [1, 2]


def test_of_what_must_not_all_hold_the_nearest_is_enough() -> None:
    both = {"all": [{"fact": "employees", "gte": 10}, {"fact": "patents", "gte": 10}]}
    found = near(clause("not_both", not_=both), employees=11, patents=20)
    assert [one["fact"] for one in found] == ["employees"]
    neither = {"veto": [{"fact": "employees", "gte": 10}, {"fact": "patents", "gte": 10}]}
    found = near(clause("some", not_=neither), employees=9, patents=1)
    assert [one["fact"] for one in found] == ["employees"]


def test_what_none_may_do_must_be_changed_for_all() -> None:
    two = [{"fact": "employees", "gte": 10}, {"fact": "patents", "gte": 10}]
    found = near(clause("none", veto=two), employees=11, patents=12)
    assert [one["gap"] for one in found] == [1, 2]


def test_of_at_least_the_nearest_members_count() -> None:
    three = [
        {"fact": "employees", "gte": 10},
        {"fact": "patents", "gte": 10},
        {"fact": "land", "gte": 10},
    ]
    two = clause("two", at_least={"n": 2, "of": three})
    found = near(two, employees=10, patents=1, land=8)
    assert [one["fact"] for one in found] == ["land"]


def test_a_score_is_named_and_counts_the_points_still_possible() -> None:
    share = {"of": "market_share", "gte": [["10%", 10]], "else": 0}
    parts = [
        {"id": "share", "bands": share},
        {"id": "staff", "bands": {**share, "of": "employees", "gte": [[10, 10]]}},
    ]
    scores = {"total": {"label": LABEL, "max": 100, "parts": parts}}
    test = clause("c", score="total", gte=15)
    plan = plan_of(rule(scores=scores, when=[test]))
    found = decide(plan, market_share=0.01)
    assert found.outcome == "not_met"
    assert found.near[0].as_json() == {
        "fact": "score:total", "have": 10, "need": 15, "gap": 5,
    }  # fmt: skip


def test_a_named_number_is_called_by_its_name() -> None:
    let = {"share": {"ratio": ["rd_expense_y1", "revenue_y1"]}}
    plan = plan_of(rule(let=let, when=[clause("c", number={"let": "share"}, gte="3%")]))
    found = decide(plan, rd_expense_y1=2, revenue_y1=100)
    assert found.near[0].as_json() == {
        "fact": "number:share", "have": 0.02, "need": 0.03, "gap": 0.01,
    }  # fmt: skip


def test_another_rule_is_named_with_its_answer() -> None:
    base = rule("test.base", when=[clause("c", fact="certified", is_=True)])
    plan = plan_of(base, rule(when=[clause("base", rule="test.base", is_="met")]))
    assert decide(plan, certified=False).near[0].as_json() == {
        "fact": "rule:test.base", "have": "not_met", "need": "met", "gap": None,
    }  # fmt: skip
