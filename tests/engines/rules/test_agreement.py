"""Random rules on random enterprises: every way to an answer gives the same.

The ways: columns, rank codes and an index, each with numpy and numba; one enterprise; and the
plain interpreter, which shares no code with the engine.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openzone.engines.rules.batch import BatchResult, evaluate
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.index import Index
from openzone.engines.rules.kernel import Kernel
from openzone.engines.rules.match import Record
from openzone.engines.rules.ranks import Ranks
from openzone.engines.rules.schema import Rule
from openzone.engines.rules.single import Known, answer, states
from tests.engines.rules import strategies
from tests.engines.rules.kernels import KERNELS
from tests.engines.rules.reference import Interpreter
from tests.engines.rules.sample import CATALOGUE, rule, version

NAMES = ("test.size", "test.first", "test.second")


RULE_SETS = st.tuples(
    strategies.classifications(),
    strategies.versions(("test.size", "test.nowhere")),
    strategies.versions(("test.size", "test.first", "test.nowhere")),
).map(lambda found: dict(zip(NAMES, (version(**parts) for parts in found), strict=True)))
ROWS = st.lists(strategies.rows(), min_size=1, max_size=10)


def compiled(versions: dict[str, dict[str, Any]], as_of: dt.date) -> Plan:
    rules = []
    for name, value in versions.items():
        written = rule(name, value) | {"kind": "classify" if "classify" in value else "qualify"}
        rules.append(Rule.model_validate(written))
    return compile_rules(rules, CATALOGUE, as_of)


def columns_of(rows: list[dict[str, Any]]) -> Columns:
    names = sorted({name for row in rows for name in row})
    facts = {name: [row.get(name) for row in rows] for name in names}
    return Columns.from_values([str(index) for index in range(len(rows))], facts, CATALOGUE)


def single_records(plan: Plan, rows: list[dict[str, Any]]) -> list[Record]:
    found = []
    for index, row in enumerate(rows):
        facts = {name: Known(value) for name, value in row.items()}
        answers = answer(plan, facts)
        found += [answers.record(str(index), rule_) for rule_ in plan.rules]
        assert states(plan, facts) == [answers.state(rule_.root) for rule_ in plan.rules]
    return found


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    RULE_SETS,
    ROWS,
    st.sampled_from(strategies.AS_OF),
)
def test_batch_single_and_plain_interpreter_agree(
    versions: dict[str, dict[str, Any]], rows: list[dict[str, Any]], as_of: dt.date
) -> None:
    plan = compiled(versions, as_of)
    result = evaluate(plan, columns_of(rows))
    records = list(result.records())
    assert records == single_records(plan, rows)
    for record in records:
        plain = Interpreter(versions[record.rule], rows[int(record.id)], as_of, versions)
        expected = {True: "met", False: "not_met", None: "unknown"}[plain.answer()]
        assert record.outcome == expected
        assert record.value == plain.value()
        assert record.failed == plain.failed()
        assert set(record.missing) == plain.missing()
        assert record.amount == plain.amount()
        assert set(record.amount_missing) == plain.amount_missing()
        flags = result[record.rule].flags(result[record.rule].near)
        assert flags[int(record.id)] == plain.is_near_miss()
        assert bool(record.near) <= plain.is_near_miss()


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(RULE_SETS, ROWS)
def test_points_agree_with_the_plain_interpreter(
    versions: dict[str, dict[str, Any]], rows: list[dict[str, Any]]
) -> None:
    as_of = strategies.AS_OF[0]
    result = evaluate(compiled(versions, as_of), columns_of(rows))
    lowest, highest = result.points("test.first", "s")
    for index, row in enumerate(rows):
        plain = Interpreter(versions["test.first"], row, as_of, versions)
        assert (lowest[index], highest[index]) == plain.named_points("s")


def planes(result: BatchResult) -> list[Any]:
    """All that a result says, rule by rule."""
    return [
        [plane.tolist() for plane in (found.met, found.not_met, found.near, found.value)
         if plane is not None]
        for found in result.answers
    ]  # fmt: skip


def ways(plan: Plan, columns: Columns, kernel: Kernel, near: bool) -> Iterator[BatchResult]:
    """Every way to the answers of many enterprises."""
    yield evaluate(plan, columns, near=near, kernel=kernel)
    yield Ranks(plan, columns).evaluate(near=near, kernel=kernel)
    index = Index(columns, kernel)
    for rule_ in plan.rules:  # tests are added as they are asked for
        index.evaluate(plan.only([rule_.id]), near=not near)
    yield index.evaluate(plan, near=near)


@pytest.mark.parametrize("kernel", KERNELS)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(RULE_SETS, ROWS, st.sampled_from([1, 7, 64]), st.booleans())
def test_every_way_to_many_answers_is_the_same(
    kernel: Kernel,
    versions: dict[str, dict[str, Any]],
    rows: list[dict[str, Any]],
    times: int,
    near: bool,
) -> None:
    plan, columns = compiled(versions, strategies.AS_OF[0]), columns_of(rows * times)
    expected = planes(evaluate(plan, columns, near=near))
    for result in ways(plan, columns, kernel, near):
        assert planes(result) == expected


@pytest.mark.parametrize("kernel", KERNELS)
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(RULE_SETS, RULE_SETS, ROWS)
def test_an_index_of_one_plan_answers_another(
    kernel: Kernel,
    before: dict[str, dict[str, Any]],
    after: dict[str, dict[str, Any]],
    rows: list[dict[str, Any]],
) -> None:
    first, second = (compiled(versions, strategies.AS_OF[0]) for versions in (before, after))
    columns = columns_of(rows)
    index = Index(columns, kernel)
    index.evaluate(first)
    assert planes(index.evaluate(second)) == planes(evaluate(second, columns))
    assert planes(index.evaluate(first)) == planes(evaluate(first, columns))
