"""SQL's three-valued logic as an outside oracle: SQLite answers the same conditions.

Unknown is SQL's NULL. Where the rule language differs from SQL on purpose, a test says how.
"""

import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pytest

from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.match import match
from openzone.engines.rules.schema import Rule
from tests.engines.rules.sample import AS_OF, CATALOGUE, clause, rule

ANSWERS = {1: "met", 0: "not_met", None: "unknown"}
Row = dict[str, Any]


class Both(NamedTuple):
    """One condition in SQL and in the rule language."""

    sql: str
    rule: dict[str, Any]


def of_sql(conditions: Sequence[Both], rows: Sequence[Row]) -> list[list[str]]:
    """What SQLite answers: per row, per condition."""
    names = list(rows[0])
    database = sqlite3.connect(":memory:")
    database.execute(f"create table firms (n integer primary key, {', '.join(names)})")
    marks = ", ".join("?" * len(names))
    database.executemany(
        f"insert into firms ({', '.join(names)}) values ({marks})",
        [tuple(row.values()) for row in rows],
    )
    found: list[list[str]] = [[] for _ in rows]
    for start in range(0, len(conditions), 500):
        wanted = ", ".join(f"({each.sql})" for each in conditions[start : start + 500])
        for row, values in zip(
            found, database.execute(f"select {wanted} from firms order by n"), strict=True
        ):
            row += [ANSWERS[value] for value in values]
    return found


def of_rules(conditions: Sequence[Both], rows: Sequence[Row]) -> list[list[str]]:
    """What the engine answers; rules are not checked, as checks refuse what is never met."""
    written = [
        rule(f"test.r{number}", when=[clause("c", **each.rule)])
        for number, each in enumerate(conditions)
    ]
    plan = compile_rules(map(Rule.model_validate, written), CATALOGUE, AS_OF)
    facts = {name: [_typed(name, row[name]) for row in rows] for name in rows[0]}
    columns = Columns.from_values([str(number) for number in range(len(rows))], facts, CATALOGUE)
    outcomes = [record.outcome for record in match(plan, columns)]
    width = len(conditions)
    return [list(outcomes[start : start + width]) for start in range(0, len(outcomes), width)]


def _typed(name: str, value: Any) -> Any:
    return bool(value) if name in ("dishonest", "certified") and value is not None else value


def assert_same(conditions: Sequence[Both], rows: Sequence[Row]) -> None:
    expected, found = of_sql(conditions, rows), of_rules(conditions, rows)
    wrong = [
        (row, each.sql, sql, ours)
        for row, answers, own in zip(rows, expected, found, strict=True)
        for each, sql, ours in zip(conditions, answers, own, strict=True)
        if sql != ours
    ]
    assert wrong == []


def every(**values: Sequence[Any]) -> list[Row]:
    """Every combination of the values, unknown among them."""
    return [
        dict(zip(values, row, strict=True))
        for row in itertools.product(*([*known, None] for known in values.values()))
    ]


# ---- and, or, not ---------------------------------------------------------------------------

P = Both("dishonest", {"fact": "dishonest", "is": True})
Q = Both("certified", {"fact": "certified", "is": True})
N = Both("employees >= 5", {"fact": "employees", "gte": 5})


def deeper(left: Sequence[Both], right: Sequence[Both]) -> Iterator[Both]:
    """NOT of the left, AND and OR of every pair."""
    for one in left:
        yield Both(f"not ({one.sql})", {"not": one.rule})
    for one, other in itertools.product(left, right):
        yield Both(f"({one.sql}) and ({other.sql})", {"all": [one.rule, other.rule]})
        yield Both(f"({one.sql}) or ({other.sql})", {"any": [one.rule, other.rule]})


def test_every_tree_of_depth_two_over_three_kinds_of_comparison() -> None:
    first = [P, Q, N, *deeper([P, Q, N], [P, Q, N])]
    second = list(deeper(first, [P, Q, N]))
    assert_same([*first, *second], every(dishonest=[0, 1], certified=[0, 1], employees=[4, 5]))


def test_trees_of_depth_three() -> None:
    first = [P, Q, *deeper([P], [Q])]
    second = list(deeper(first, first))
    third = list(deeper(second, first))
    assert len(third) > 500
    assert_same(third, every(dishonest=[0, 1], certified=[0, 1]))


# ---- comparisons ----------------------------------------------------------------------------

TESTS = [("gte", ">="), ("gt", ">"), ("lte", "<="), ("lt", "<"), ("eq", "="), ("ne", "<>")]


@pytest.mark.parametrize(("key", "sign"), TESTS)
def test_comparisons_of_a_fact_with_a_limit(key: str, sign: str) -> None:
    rows = every(employees=[-1, 0, 4.999999, 5, 5.000001, 1e15])
    assert_same([Both(f"employees {sign} 5", {"fact": "employees", key: 5})], rows)


@pytest.mark.parametrize(("key", "sign"), TESTS)
def test_comparisons_of_two_facts(key: str, sign: str) -> None:
    """SQL compares two columns; a rule compares their difference with zero."""
    ours = {"number": {"sub": ["employees", "patents"]}, key: 0}
    rows = every(employees=[0, 3, 7], patents=[0, 3, 7])
    assert_same([Both(f"employees {sign} patents", ours)], rows)


def test_between_with_ends_that_may_be_unknown() -> None:
    ours = {
        "all": [
            {"number": {"sub": ["employees", "science_staff"]}, "gte": 0},
            {"number": {"sub": ["employees", "patents"]}, "lte": 0},
        ]
    }
    values = {name: [1, 2, 3] for name in ("employees", "science_staff", "patents")}
    between = Both("employees between science_staff and patents", ours)
    outside = Both("employees not between science_staff and patents", {"not": ours})
    assert_same([between, outside], every(**values))


def test_in_and_not_in() -> None:
    ours = {"fact": "level", "in": ["national", "provincial"]}
    sql = "level in ('national', 'provincial')"
    rows = every(level=["national", "provincial", "none"])
    assert_same([Both(sql, ours), Both(f"not {sql}", {"not": ours})], rows)


def test_in_a_list_with_an_unknown_member() -> None:
    """A rule's list has no NULL; the same question is an `any` of comparisons with facts."""
    members = ("science_staff", "patents")
    ours = {"any": [{"number": {"sub": ["employees", name]}, "eq": 0} for name in members]}
    sql = "employees in (science_staff, patents)"
    rows = every(employees=[1, 2], science_staff=[1, 2], patents=[1, 2])
    assert_same([Both(sql, ours), Both(f"not ({sql})", {"not": ours})], rows)


def test_is_null_is_the_only_two_valued_test() -> None:
    known = Both("level is not null", {"fact": "level", "known": True})
    unknown = Both("level is null", {"fact": "level", "known": False})
    nested = [Both(f"not ({each.sql})", {"not": each.rule}) for each in (known, unknown)]
    rows = every(level=["none"])
    assert_same([known, unknown, *nested], rows)
    assert "unknown" not in itertools.chain(*of_rules([known, unknown, *nested], rows))


# ---- numbers --------------------------------------------------------------------------------


def test_arithmetic_with_an_unknown_member_is_unknown() -> None:
    rows = every(employees=[1, 2], patents=[0, 2])
    for ours, sql in (("sum", "+"), ("sub", "-"), ("mul", "*")):
        number = {"number": {ours: ["employees", "patents"]}, "gte": 2}
        assert_same([Both(f"employees {sql} patents >= 2", number)], rows)


def test_least_and_greatest_are_unknown_with_an_unknown_member() -> None:
    """SQLite's two-argument min() and max() are so too; LEAST of PostgreSQL skips the NULL."""
    rows = every(employees=[1, 3], patents=[1, 3])
    for name in ("min", "max"):
        ours = {"number": {name: ["employees", "patents"]}, "gte": 2}
        assert_same([Both(f"{name}(employees, patents) >= 2", ours)], rows)


def test_a_ratio_to_zero_is_unknown() -> None:
    ours = {"number": {"ratio": ["patents", "employees"]}, "gte": "3%"}
    rows = every(patents=[0, 1, 3], employees=[0, 100])
    assert_same([Both("1.0 * patents / employees >= 0.03", ours)], rows)


# ---- cases ----------------------------------------------------------------------------------


def cases(otherwise: dict[str, Any]) -> dict[str, Any]:
    return {"cases": [{"when": N.rule, "then": P.rule}, {"else": otherwise}]}


def test_cases_are_sql_s_case_where_every_when_is_known() -> None:
    sql = "case when employees >= 5 then dishonest else certified end"
    rows = every(employees=[4, 5], dishonest=[0, 1], certified=[0, 1])
    known = [row for row in rows if row["employees"] is not None]
    assert_same([Both(sql, cases(Q.rule))], known)


def test_where_a_when_is_unknown_sql_takes_the_else_and_a_rule_what_all_agree_on() -> None:
    sql = Both("case when employees >= 5 then dishonest else certified end", cases(Q.rule))
    rows = every(employees=[], dishonest=[0, 1], certified=[0, 1])
    for row, (ours,), (theirs,) in zip(
        rows, of_rules([sql], rows), of_sql([sql], rows), strict=True
    ):
        then, otherwise = ANSWERS[row["dishonest"]], ANSWERS[row["certified"]]
        assert theirs == otherwise
        assert ours == (then if then == otherwise else "unknown")


def test_without_an_else_sql_gives_null_and_a_rule_is_not_met() -> None:
    ours = {"cases": [{"when": N.rule, "then": P.rule}]}
    both = Both("case when employees >= 5 then dishonest end", ours)
    rows = [{"employees": 4, "dishonest": 1}]
    assert of_sql([both], rows) == [["unknown"]]
    assert of_rules([both], rows) == [["not_met"]]
