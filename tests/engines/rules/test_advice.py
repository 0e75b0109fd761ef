"""What would settle an unknown, and the least that would turn a "not met" into "met"."""

import datetime as dt
from itertools import combinations
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.advice import Change, Settling, cheapest_change, settling
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.explain import explain
from openzone.engines.rules.render import render
from openzone.engines.rules.schema import Rule
from openzone.engines.rules.single import Known, answer
from tests.engines.rules import strategies
from tests.engines.rules.sample import AS_OF, CATALOGUE, clause, rule, version

FIXED = ("revenue", "registered_on", "industry")
OPEN = Catalogue(
    tuple(s.model_copy(update={"changeable": s.name not in FIXED}) for s in CATALOGUE.series)
)


def plan(*clauses: dict[str, Any], **parts: Any) -> Plan:
    return planned(rule(when=list(clauses), **parts))


def planned(value: dict[str, Any], as_of: dt.date = AS_OF) -> Plan:
    return compile_rules([Rule.model_validate(value)], OPEN, as_of)


def change(of: Plan, **facts: Any) -> dict[str, tuple[object, object]]:
    answers = answer(of, {name: Known(value) for name, value in facts.items()})
    return {c.fact: (c.old, c.new) for c in cheapest_change(answers, of.rules[0])}


def settle(of: Plan, **facts: Any) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    answers = answer(of, {name: Known(value) for name, value in facts.items()})
    return [(each.facts, each.outcomes) for each in settling(answers, of.rules[0])]


STAFF = clause("staff", fact="employees", gte=100)
PATENTS = clause("patents", fact="patents", gte=5)
CLEAN = clause("clean", fact="certified", is_=True)


def test_one_limit_is_reached_exactly() -> None:
    assert change(plan(STAFF), employees=80) == {"employees": (80, 100)}


def test_several_clauses_can_be_turned_at_once_unlike_a_near_miss() -> None:
    found = change(plan(STAFF, PATENTS, CLEAN), employees=80, patents=5, certified=False)
    assert found == {"employees": (80, 100), "certified": (False, True)}


def test_fewer_changes_beat_smaller_ones() -> None:
    routes = clause("routes", any=[{"all": [STAFF, PATENTS]}, {"fact": "certified", "is": True}])
    assert change(plan(routes), employees=99, patents=4, certified=False) == {
        "certified": (False, True)
    }


def test_of_equally_many_the_nearer_is_chosen() -> None:
    routes = clause("routes", any=[STAFF, PATENTS])
    assert change(plan(routes), employees=99, patents=1) == {"employees": (99, 100)}
    assert change(plan(routes), employees=50, patents=4) == {"patents": (4, 5)}


def test_only_what_can_be_changed_is_changed() -> None:
    sales = clause("sales", fact="revenue_y1", gte=100)
    assert change(plan(sales), revenue_y1=99) == {}
    assert change(plan(clause("x", any=[sales, PATENTS])), revenue_y1=99, patents=0) == {
        "patents": (0, 5)
    }


def test_a_share_is_reached_through_the_fact_that_can_change() -> None:
    share = clause("share", number={"ratio": ["rd_expense_y1", "revenue_y1"]}, gte="3%")
    found = change(plan(share), rd_expense_y1=2_000_000, revenue_y1=100_000_000)
    assert found == {"rd_expense_y1": (2_000_000, 3_000_000)}


def test_an_excluded_limit_is_passed_by_the_smallest_step() -> None:
    assert change(plan(clause("few", fact="employees", lt=100)), employees=120) == {
        "employees": (120, 99)
    }


def test_a_score_is_raised_where_points_are_cheapest() -> None:
    bands = {"of": "patents", "gte": [[10, 20], [5, 10]], "else": 0}
    parts = [{"id": "p", "label": clause("p")["label"], "max": 20, "bands": bands}]
    scores = {"total": {"label": clause("t")["label"], "max": 20, "parts": parts}}
    assert change(plan(clause("s", score="total", gte=10), scores=scores), patents=2) == {
        "patents": (2, 5)
    }


def test_nothing_is_advised_where_the_rule_is_met_or_open() -> None:
    assert change(plan(STAFF), employees=100) == {}
    assert change(plan(STAFF)) == {}


def test_one_fact_can_deny_and_both_are_needed_to_grant() -> None:
    assert settle(plan(STAFF, PATENTS)) == [
        (("employees",), ("not_met",)),
        (("patents",), ("not_met",)),
        (("employees", "patents"), ("met",)),
    ]


def test_either_of_two_ways_settles_it() -> None:
    found = settle(plan(clause("x", any=[STAFF, PATENTS])))
    assert found[0] == (("employees",), ("met",))
    assert found[2] == (("employees", "patents"), ("not_met",))


def test_one_fact_that_settles_both_ways_comes_alone() -> None:
    assert settle(plan(STAFF)) == [(("employees",), ("met", "not_met"))]
    assert settle(plan(STAFF, PATENTS), patents=9) == [(("employees",), ("met", "not_met"))]


def test_nothing_settles_what_is_decided() -> None:
    assert settle(plan(STAFF), employees=3) == []


def test_the_proof_says_it_in_words_with_the_paper() -> None:
    of = plan(STAFF, PATENTS)
    proof = explain(of, "test.rule", {"patents": Known(4)}, advise=True)
    assert proof.settle == ()
    assert [(each.fact, each.old, each.new) for each in proof.change] == [
        ("employees", None, 100), ("patents", 4, 5),
    ]  # fmt: skip
    open_ = explain(of, "test.rule", {"patents": Known(9)}, advise=True)
    assert open_.settle[0].sentence.zh == "有职工人数（职工人数证明），可判定为符合或不符合"
    turned = explain(of, "test.rule", {"employees": Known(80), "patents": Known(9)}, advise=True)
    assert turned.change[0].sentence.zh == "职工人数由80变为100"
    assert "最少改变以下各项即可符合：\n- 职工人数由80变为100" in render(turned).zh
    assert explain(of, "test.rule", {"employees": Known(80)}).change == ()


# ---- what is said has been tried -----------------------------------------------------------

VERSIONS = strategies.versions(("test.nowhere",))
CASES = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def state_with(of: Plan, row: dict[str, Any], changed: dict[str, Any]) -> bool | None:
    facts = {name: Known(value) for name, value in {**row, **changed}.items()}
    return answer(of, facts).state(of.rules[0].root)


@CASES
@given(VERSIONS, strategies.rows(), st.sampled_from(strategies.AS_OF))
def test_the_changes_turn_the_answer_and_none_can_be_left_out(
    parts: dict[str, Any], row: dict[str, Any], as_of: dt.date
) -> None:
    of = planned(rule("test.rule", version(**parts)), as_of)
    answers = answer(of, {name: Known(value) for name, value in row.items()})
    found: tuple[Change, ...] = cheapest_change(answers, of.rules[0])
    new = {each.fact: each.new for each in found}
    if not found:
        return
    assert answers.outcome(of.rules[0]) == "not_met"
    assert all(OPEN[name].series.changeable for name in new)
    assert state_with(of, row, new) is True
    for count in range(len(new)):
        for names in combinations(new, count):
            assert state_with(of, row, {name: new[name] for name in names}) is not True


@CASES
@given(VERSIONS, strategies.rows(), st.sampled_from(strategies.AS_OF))
def test_the_settling_facts_settle_the_answer_for_some_values(
    parts: dict[str, Any], row: dict[str, Any], as_of: dt.date
) -> None:
    of = planned(rule("test.rule", version(**parts)), as_of)
    answers = answer(of, {name: Known(value) for name, value in row.items()})
    found: tuple[Settling, ...] = settling(answers, of.rules[0])
    assert [len(each.facts) for each in found] == sorted(len(each.facts) for each in found)
    for each in found:
        assert set(each.facts) - set(row) <= set(answers.missing(of.rules[0]))
        for outcome, values in zip(each.outcomes, each.examples, strict=True):
            assert state_with(of, row, dict(values)) is (outcome == "met")
