"""One enterprise quickly: what is remembered never changes an answer."""

from typing import Any

import pytest

from openzone.engines.rules import patterns, quick
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.single import Known, answer, states
from openzone.engines.rules.values import ColumnsError
from tests.engines.rules.sample import clause, plan_of, rule

STAFF = clause("staff", fact="employees", gte=10, lt=50)
CLEAN = clause("clean", not_={"fact": "dishonest", "is": True})
FIELD = clause("field", fact="industry", prefix=["C39", "I65"])
CERTIFIED = {"fact": "certified", "is": True}
EITHER = clause("either", any=[{"fact": "patents", "gte": 5}, {"all": [STAFF, CERTIFIED]}])
PLAN = plan_of(
    rule("test.a", when=[STAFF, CLEAN]),
    rule("test.b", when=[CLEAN, FIELD, EITHER]),
    rule("test.c", when={"any": [FIELD, STAFF]} | {"id": "c", "label": {"zh": "或", "en": "or"}}),
    rule("test.d", when=[clause("a", rule="test.a", is_="met"), CLEAN]),
    rule("test.e", when=[STAFF, CLEAN]),
)


def found(plan: Plan, **facts: Any) -> list[bool | None]:
    known = {name: Known(value) for name, value in facts.items()}
    answers = answer(plan, known)
    quickly = states(plan, known)
    assert quickly == [answers.state(rule.root) for rule in plan.rules]
    for rule_ in plan.rules:
        assert answers.record("e", rule_).outcome == answers.outcome(rule_)
    return quickly


def test_the_states_of_all_rules() -> None:
    assert found(PLAN) == [None] * 5
    assert found(PLAN, employees=20) == [None, None, True, None, None]
    assert found(PLAN, employees=50) == [False, None, None, False, False]
    assert found(PLAN, employees=20, dishonest=False) == [True, None, True, True, True]
    assert found(PLAN, industry="C3971", dishonest=False, patents=5) == [
        None, True, True, None, None,
    ]  # fmt: skip
    assert found(PLAN, dishonest=True) == [False, False, None, False, False]


@pytest.mark.parametrize("employees", [9, 9.999, 10, 49.999, 50, None])
@pytest.mark.parametrize("turn", [1, 2])
def test_a_remembered_range_ends_where_the_test_does(employees: Any, turn: int) -> None:
    expected = None if employees is None else 10 <= employees < 50
    assert found(PLAN, employees=employees, dishonest=False)[0] is expected


def test_more_words_than_are_kept_are_answered_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick, "MOST_KEPT", 3)
    monkeypatch.setattr(patterns, "MOST_KEPT", 1)
    plan = plan_of(rule(when=[FIELD, CLEAN]))
    for number in range(20):
        code = f"C{number + 30}"
        assert found(plan, industry=code, dishonest=False) == [code == "C39"]
        assert found(plan, industry="C3", dishonest=False) == [None]


def test_more_cases_than_calls_can_nest() -> None:
    cases: list[dict[str, Any]] = [
        {"when": {"fact": "employees", "eq": n}, "then": {"fact": "patents", "gte": n}}
        for n in range(600)
    ]
    plan = plan_of(rule(when=[clause("c", cases=[*cases, {"else": CERTIFIED}])]))
    assert found(plan, employees=599, patents=599) == [True]
    assert found(plan, employees=599, patents=598) == [False]
    assert found(plan, employees=1000, certified=True) == [True]
    assert found(plan) == [None]


@pytest.mark.parametrize(
    ("fact", "value"),
    [("employees", float("nan")), ("employees", "5"), ("nothing", 1), ("industry", "")],
)
def test_what_cannot_be_a_value_is_refused_here_too(fact: str, value: Any) -> None:
    with pytest.raises(ColumnsError, match=fact):
        states(PLAN, {fact: Known(value)})
