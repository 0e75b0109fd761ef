"""How near a near miss must be, where the rule says so."""

import datetime as dt
from typing import Any

import pytest

from openzone.engines.rules.batch import evaluate
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.problems import PackError
from openzone.engines.rules.single import Known, answer
from tests.engines.rules.sample import CATALOGUE, clause, load, plan_of, rule

SALES = clause("sales", fact="revenue_y1", gte="2000万")
WITHIN = {"within": "20%"}


def near(condition: dict[str, Any], within: dict[str, Any] = WITHIN, **facts: Any) -> bool:
    """Whether it is a near miss: the same in planes, in records and for one enterprise alone."""
    plan = plan_of(rule(when=[condition], near=within))
    result = evaluate(
        plan, Columns.from_values(["e"], {name: [v] for name, v in facts.items()}, CATALOGUE)
    )
    (record,) = result.records()
    alone = answer(plan, {name: Known(value) for name, value in facts.items()})
    assert alone.record("e", plan.rules[0]) == record
    flag = bool(result["test.rule"].flags(result["test.rule"].near)[0])
    assert bool(record.near) == flag
    return flag


@pytest.mark.parametrize(
    ("revenue", "expected"),
    [(20_000_000, False), (19_999_999, True), (16_000_000, True), (15_999_999, False), (0, False)],
)
def test_from_eighty_per_cent_of_the_limit_it_is_near(revenue: int, expected: bool) -> None:
    assert near(SALES, revenue_y1=revenue) is expected


@pytest.mark.parametrize(
    ("staff", "expected"), [(300, False), (301, True), (360, True), (361, False)]
)
def test_upper_limits_are_eased_upwards(staff: int, expected: bool) -> None:
    assert near(clause("staff", fact="employees", lte=300), employees=staff) is expected


def test_inside_not_and_veto_limits_move_the_other_way() -> None:
    over = clause("few", veto=[{"fact": "employees", "gt": 100}])
    assert near(over, employees=110)
    assert not near(over, employees=130)


def test_days_are_eased_by_a_share_of_a_year() -> None:
    old = clause("old", fact="registered_on", at_or_before=dt.date(2025, 1, 1))
    assert near(old, registered_on=dt.date(2025, 3, 15))
    assert not near(old, registered_on=dt.date(2025, 3, 16))


def test_what_has_no_distance_is_not_near() -> None:
    assert not near(clause("certified", fact="certified", is_=True), certified=False)


def test_what_selects_a_case_is_not_eased() -> None:
    cases = clause(
        "cases",
        cases=[
            {"when": {"fact": "employees", "gte": 100}, "then": {"fact": "patents", "gte": 10}},
            {"else": {"fact": "patents", "gte": 5}},
        ],
    )
    assert near(cases, employees=90, patents=4)
    assert near(cases, employees=100, patents=8)
    assert not near(cases, employees=100, patents=7)


@pytest.mark.parametrize("within", ["0%", "150%", "20万", -1])
def test_a_distance_must_be_a_share(within: Any) -> None:
    with pytest.raises(PackError, match=r"near\.within"):
        load(rule(when=[SALES], near={"within": within}))
