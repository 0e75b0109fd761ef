"""An index: tests are kept, a plan that differs adds only what is new, answers stay right."""

from typing import Any

import numpy as np
import pytest

from openzone.engines.rules.batch import BatchResult, evaluate
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.index import Index
from openzone.engines.rules.kernel import Kernel
from tests.engines.rules.kernels import KERNELS
from tests.engines.rules.sample import CATALOGUE, clause, plan_of, rule

STAFF = clause("staff", fact="employees", gte=10)
CLEAN = clause("clean", not_={"fact": "dishonest", "is": True})
SHARE = clause("share", number={"ratio": ["rd_expense_y1", "revenue_y1"]}, gte="3%")
CHIPS = clause("chips", fact="industry", prefix=["C397"])
BEFORE = plan_of(
    rule("test.one", when=[STAFF, CLEAN, SHARE]), rule("test.other", when=[STAFF, CHIPS])
)


def some_columns(rows: int = 300) -> Columns:
    facts: dict[str, list[Any]] = {
        "employees": [None if n % 7 == 0 else n % 25 for n in range(rows)],
        "rd_expense_y1": [None if n % 5 == 0 else n % 9 for n in range(rows)],
        "revenue_y1": [100 * (n % 3) for n in range(rows)],
        "dishonest": [(True, False, None)[n % 3] for n in range(rows)],
        "industry": [("C3971", "C39", "C", None, "D44")[n % 5] for n in range(rows)],
    }
    return Columns.from_values([str(n) for n in range(rows)], facts, CATALOGUE)


def same(one: BatchResult, other: BatchResult) -> bool:
    return all(
        np.array_equal(getattr(a, plane), getattr(b, plane))
        for a, b in zip(one.answers, other.answers, strict=True)
        for plane in ("met", "not_met", "near")
    )


@pytest.mark.parametrize("kernel", KERNELS)
def test_asking_again_adds_no_test(kernel: Kernel) -> None:
    index = Index(some_columns(), kernel)
    first = index.evaluate(BEFORE)
    tests = index.tests
    assert same(first, evaluate(BEFORE, some_columns()))
    assert same(index.evaluate(BEFORE), first)
    assert index.tests == tests
    assert index.nbytes == tests * 5 * 8


@pytest.mark.parametrize(
    ("changed", "added"),
    [
        (clause("staff", fact="employees", gte=20), 1),
        (clause("staff", fact="employees", lt=10), 0),
        (clause("staff", fact="employees", known=True), 0),
        (clause("staff", fact="patents", gte=10), 2),
        (clause("staff", number={"ratio": ["rd_expense_y1", "revenue_y1"]}, gte="4%"), 1),
    ],
)
def test_an_edited_clause_adds_only_what_no_plan_asked_before(
    changed: dict[str, Any], added: int
) -> None:
    index = Index(some_columns())
    index.evaluate(BEFORE)
    tests = index.tests
    edited = plan_of(
        rule("test.one", when=[changed, CLEAN, SHARE]), rule("test.other", when=[STAFF, CHIPS])
    )
    assert same(index.evaluate(edited), evaluate(edited, some_columns()))
    assert index.tests == tests + added


def test_equal_tests_of_two_plans_are_one_wherever_they_stand() -> None:
    index = Index(some_columns())
    index.evaluate(BEFORE)
    tests = index.tests
    turned = plan_of(rule("test.x", when=[CHIPS, SHARE]), rule("test.y", when=[CLEAN, STAFF]))
    assert same(index.evaluate(turned), evaluate(turned, some_columns()))
    assert index.tests == tests


def test_one_rule_asks_only_its_own_tests() -> None:
    index = Index(some_columns())
    found = index.evaluate(BEFORE.only(["test.other"]))
    assert [answers.rule.id for answers in found.answers] == ["test.other"]
    assert index.tests == 4  # staff known and enough, industry fine enough and one of them


@pytest.mark.parametrize("rows", [0, 1, 8, 63, 64, 65, 129])
@pytest.mark.parametrize("kernel", KERNELS)
def test_any_number_of_rows(kernel: Kernel, rows: int) -> None:
    columns = some_columns(rows)
    found = Index(columns, kernel).evaluate(BEFORE)
    assert same(found, evaluate(BEFORE, columns))
    for answers in found.answers:
        assert len(answers.met) == (rows + 7) // 8
        assert sum(answers.counts()) == rows


def test_a_rule_on_the_answer_of_another_and_of_none() -> None:
    plan = plan_of(
        rule("test.one", when=[STAFF]),
        rule("test.two", when=[clause("c", rule="test.one", is_="met"), CLEAN]),
    )
    columns = some_columns()
    assert same(Index(columns).evaluate(plan), evaluate(plan, columns))


def test_the_index_of_many_plans_grows_and_stays_right() -> None:
    columns = some_columns()
    index = Index(columns)
    plans: list[Plan] = [
        plan_of(rule(when=[clause("a", fact="employees", gte=n), SHARE])) for n in range(25)
    ]
    for plan in plans:
        index.evaluate(plan)
    assert all(same(index.evaluate(plan), evaluate(plan, columns)) for plan in plans)
