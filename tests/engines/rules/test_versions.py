"""Versions in force on a day, and rules that refer to others."""

import datetime as dt
from typing import Any

import pytest

from openzone.engines.rules.compile import compile_rules
from tests.engines.rules.sample import CATALOGUE, clause, decide, load, plan_of, rule, version

OLD = version(
    version="2022",
    effective_from=dt.date(2022, 6, 1),
    effective_to=dt.date(2026, 3, 31),
    when=[clause("niche", fact="patents", gte=2)],
)
NEW = version(
    version="2026",
    effective_from=dt.date(2026, 4, 1),
    when=[clause("niche", fact="patents", gte=3)],
)


def on(day: dt.date, **facts: Any) -> tuple[str, str]:
    record = decide(plan_of(rule("test.rule", OLD, NEW), as_of=day), **facts)
    return record.version, record.outcome


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2022, 6, 1), ("2022", "met")),
        (dt.date(2026, 3, 31), ("2022", "met")),
        (dt.date(2026, 4, 1), ("2026", "not_met")),
    ],
)
def test_first_and_last_day_are_inclusive(day: dt.date, expected: tuple[str, str]) -> None:
    assert on(day, patents=2) == expected


def test_before_the_first_day_there_is_no_answer() -> None:
    plan = plan_of(rule("test.rule", OLD, NEW), as_of=dt.date(2022, 5, 31))
    assert plan.rules == ()


def test_what_refers_to_a_rule_not_in_force_is_unknown_and_says_so() -> None:
    other = rule("test.other", when=[clause("base", rule="test.rule", is_="met")])
    plan = plan_of(rule("test.rule", OLD, NEW), other, as_of=dt.date(2022, 5, 31))
    record = decide(plan, patents=9)
    assert (record.outcome, record.missing) == ("unknown", ("rule:test.rule",))


def test_a_rule_answers_with_another_one_of_the_same_day() -> None:
    met = rule("test.met", when=[clause("base", rule="test.rule", is_="met")])
    plan = plan_of(rule("test.rule", OLD, NEW), met)
    assert decide(plan, patents=3).outcome == "met"
    assert decide(plan, patents=2).outcome == "not_met"
    assert decide(plan).missing == ("patents",)


def test_not_met_is_not_the_same_as_unknown() -> None:
    free = rule("test.free", when=[clause("base", rule="test.rule", is_="not_met")])
    plan = plan_of(rule("test.rule", OLD, NEW), free)
    assert decide(plan, patents=2).outcome == "met"
    assert decide(plan).outcome == "unknown"


def test_the_order_of_files_does_not_matter() -> None:
    base = rule("test.rule", OLD, NEW)
    other = rule("test.other", when=[clause("base", rule="test.rule", is_="met")])
    day = dt.date(2026, 6, 30)
    one = compile_rules([load(base), load(other)], CATALOGUE, day)
    two = compile_rules([load(other), load(base)], CATALOGUE, day)
    assert one.digest == two.digest
    assert decide(two, patents=3).rule == "test.rule"
    assert decide(two, patents=3).outcome == "met"


def test_a_plan_shares_equal_conditions_between_rules() -> None:
    same = {"fact": "employees", "gte": 10}
    one = rule("test.one", when=[clause("a", **same), clause("b", fact="certified", is_=True)])
    two = rule("test.two", when=[clause("b", fact="certified", is_=True), clause("a", **same)])
    plan = plan_of(one, two)
    assert plan.rules[0].root == plan.rules[1].root


def test_opposite_tests_share_a_step() -> None:
    one = rule("test.one", when=[clause("a", fact="employees", gte=10)])
    two = rule("test.two", when=[clause("a", fact="employees", lt=10)])
    plan = plan_of(one, two)
    assert plan.rules[0].root == ~plan.rules[1].root


def test_the_digest_follows_the_rules_and_the_day_and_nothing_else() -> None:
    base = rule("test.rule", OLD, NEW)
    day = dt.date(2026, 6, 30)
    digest = plan_of(base, as_of=day).digest
    assert plan_of(dict(reversed(base.items())), as_of=day).digest == digest
    assert plan_of(base, as_of=dt.date(2026, 6, 29)).digest != digest
    stricter = version(**{**NEW, "when": [clause("niche", fact="patents", gte=4)]})
    assert plan_of(rule("test.rule", OLD, stricter), as_of=day).digest != digest
    older = version(**{**OLD, "when": [clause("niche", fact="patents", gte=9)]})
    assert plan_of(rule("test.rule", older, NEW), as_of=day).digest == digest
