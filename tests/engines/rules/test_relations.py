"""Relations: what a file may say, what is refused, and which rules that are met they tie."""

import datetime as dt
import pickle
from typing import Any

import pytest

from openzone.engines.rules.columns import Columns
from openzone.engines.rules.match import match
from openzone.engines.rules.problems import PackError
from openzone.engines.rules.relations import in_force
from openzone.engines.rules.single import Known, answer
from tests.engines.rules.related import paying, related_plan, relation, relations_of
from tests.engines.rules.sample import AS_OF, CATALOGUE, clause, rule

PLAIN = rule("test.plain", when=[clause("certified", fact="certified", is_=True)])
RULES = [paying("test.a", "50万"), paying("test.b", "30万"), PLAIN]
BOTH = ["test.a", "test.b"]


def problems(*relations: dict[str, Any]) -> list[str]:
    with pytest.raises(PackError) as refused:
        relations_of(RULES, *relations)
    return [f"{p.line}: {p.path}: {p.reason.en}" for p in refused.value.problems]


def test_every_kind_of_relation_can_be_said() -> None:
    found = relations_of(
        RULES,
        relation("exclusive", of=["test.a", "test.plain"]),
        relation("higher_of", of=BOTH),
        relation("stack_cap", of=BOTH, limit={"mul": ["10%", "revenue_y1"]}),
        relation("total_cap", limit="300万"),
        relation("once_in", of=["test.a"], years=3),
        relation("same_expense", of=BOTH, expense="rd_expense_y1"),
        relation("requires", rule="test.a", of=["test.plain"]),
    )
    assert [one.relation for one in found] == [
        "exclusive", "higher_of", "stack_cap", "total_cap", "once_in", "same_expense", "requires",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"of": ["test.a", "test.bb"]}, "of[1]: there is no rule test.bb; closest: test.b"),
        ({"of": ["test.a"]}, "of: too few items"),
        ({"of": ["test.a", "test.a"]}, "of[1]: test.a is listed twice"),
        ({"relation": "sometimes"}, "must be one of these forms: exclusive, higher_of"),
        ({"limit": 3}, "limit: no such key here"),
        ({"relation": "stack_cap"}, "limit: this key is missing"),
        ({"relation": "stack_cap", "limit": 3}, "limit: must be in yuan and is in a number"),
        ({"relation": "stack_cap", "limit": "employees"}, "limit: must be in yuan"),
        ({"relation": "stack_cap", "limit": "-1万"}, "limit: a limit cannot be negative"),
        ({"relation": "stack_cap", "limit": "sales"}, "limit: the fact catalogue has no sales"),
        ({"relation": "stack_cap", "limit": {"let": "x"}}, "`let` has no x"),
        (
            {"relation": "higher_of", "of": ["test.a", "test.plain"]},
            "of[1]: rule test.plain has no amount to be limited",
        ),
        ({"relation": "same_expense", "expense": "employees"}, "expense: employees is of type"),
        ({"relation": "once_in", "years": 0}, "years: must be at least 1"),
        ({"relation": "requires", "rule": "test.a"}, "test.a is listed twice"),
        ({"verified": "K"}, "verified: verified K needs notes"),
        ({"effective_to": dt.date(2019, 1, 1)}, "effective_to is before effective_from"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(wrong: dict[str, Any], said: str) -> None:
    first, *_ = problems({**relation("exclusive", of=BOTH), **wrong})
    assert said in first
    assert first.partition(": ")[2].startswith("relations[0]")


def test_the_line_is_that_of_the_fault() -> None:
    second = relation("exclusive", id="two", of=["test.a", "test.nobody"])
    (found,) = problems(relation("exclusive", of=BOTH), second)
    lines = 1 + 2 * 13
    assert int(found.partition(":")[0]) in range(lines - 8, lines)


def test_an_id_is_used_once() -> None:
    twice = relation("exclusive", of=BOTH)
    assert "relations[1].id: id exclusive is used twice" in problems(twice, twice)[0]


def test_rules_cannot_need_each_other() -> None:
    one = relation("requires", id="one", rule="test.a", of=["test.b"])
    other = relation("requires", id="other", rule="test.b", of=["test.a"])
    assert "defined in a circle" in problems(one, other)[0]


def test_a_relation_is_in_force_from_its_first_to_its_last_day() -> None:
    dates = {"effective_from": dt.date(2026, 1, 1), "effective_to": dt.date(2026, 12, 31)}
    found = relations_of(RULES, relation("exclusive", of=BOTH, **dates))
    days = [dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 12, 31), dt.date(2027, 1, 1)]
    assert [bool(in_force(found, day)) for day in days] == [False, True, True, False]


# ---- ties in the answers --------------------------------------------------------------------


def ties(*relations: dict[str, Any], **facts: Any) -> dict[str, list[dict[str, Any]]]:
    """The relations of each rule's record, checked to be the same for one enterprise alone."""
    rules = [*RULES[:2], paying("test.c", "1万", when=[clause("c", fact="employees", gte=10)])]
    plan = related_plan(rules, *relations)
    known = {"certified": True} | facts
    columns = Columns.from_values(["e"], {name: [v] for name, v in known.items()}, CATALOGUE)
    found = list(match(plan, columns))
    alone = answer(plan, {name: Known(value) for name, value in known.items()})
    assert [alone.record("e", each) for each in plan.rules] == found
    return {record.rule: record.as_json()["relations"] for record in found}


def test_rules_that_are_met_name_what_ties_them_to_others() -> None:
    all_three = ["test.a", "test.b", "test.c"]
    found = ties(relation("exclusive", of=all_three))
    assert found == {
        "test.a": [{"id": "exclusive", "relation": "exclusive", "with": ["test.b"]}],
        "test.b": [{"id": "exclusive", "relation": "exclusive", "with": ["test.a"]}],
        "test.c": [],
    }
    assert ties(relation("exclusive", of=all_three), employees=10)["test.b"][0]["with"] == [
        "test.a", "test.c",
    ]  # fmt: skip


def test_a_requirement_ties_a_rule_to_what_it_needs_only() -> None:
    found = ties(relation("requires", rule="test.a", of=["test.b", "test.c"]), employees=10)
    assert [found[name][0]["with"] for name in found] == [
        ["test.b", "test.c"],
        ["test.a"],
        ["test.a"],
    ]


def test_a_cap_without_members_ties_all_that_have_an_amount() -> None:
    assert ties(relation("total_cap", limit="60万"))["test.a"][0]["with"] == ["test.b"]


def test_being_had_once_each_ties_nobody() -> None:
    assert ties(relation("once_in", of=BOTH, years=3)) == {"test.a": [], "test.b": [], "test.c": []}


def test_a_plan_of_some_rules_still_knows_the_others_they_are_tied_to() -> None:
    plan = related_plan(RULES, relation("exclusive", of=BOTH)).only(["test.a"])
    columns = Columns.from_values(["e"], {"certified": [True]}, CATALOGUE)
    (record,) = match(plan, columns)
    assert record.relations[0].others == ("test.b",)


def test_relations_are_part_of_the_digest_and_travel_with_the_plan() -> None:
    tied = related_plan(RULES, relation("exclusive", of=BOTH))
    assert tied.digest != related_plan(RULES).digest
    assert pickle.loads(pickle.dumps(tied)).relations[0].id == "exclusive"
    before = relation("exclusive", of=BOTH, effective_from=AS_OF + dt.timedelta(1))
    assert related_plan(RULES, before).digest == related_plan(RULES).digest
