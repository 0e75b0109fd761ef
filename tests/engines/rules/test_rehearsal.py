"""Two sets of rules over the same enterprises: who moves where, why, and what it costs."""

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.loading import load_rules
from openzone.engines.rules.match import Record, match
from openzone.engines.rules.rehearsal import MOVES, Cost, Rehearsal, rehearse, total_cost
from openzone.engines.rules.rehearsal_report import (
    as_json,
    change_json,
    changes,
    cost_sentence,
    rule_sentence,
)
from openzone.engines.rules.relations import load_relations
from tests.engines.rules import strategies
from tests.engines.rules.sample import (
    AS_OF,
    CATALOGUE,
    LABEL,
    clause,
    plan_of,
    rule,
    version,
    written,
)
from tests.engines.rules.test_agreement import RULE_SETS, columns_of, compiled

NAME = {"zh": "营收达标", "en": "Revenue"}


def by_revenue(limit: str, more: tuple[dict[str, Any], ...] = (), **parts: Any) -> dict[str, Any]:
    big = {"id": "big", "label": NAME, "fact": "revenue_y1", "gte": limit}
    return rule("test.big", version(when=[big, *more], **parts))


def firms(**facts: list[Any]) -> Columns:
    count = len(next(iter(facts.values())))
    return Columns.from_values([f"E{n}" for n in range(1, count + 1)], facts, CATALOGUE)


def done(
    before: list[Any], after: list[Any], columns: Columns, as_of: dt.date = AS_OF
) -> Rehearsal:
    return rehearse(plan_of(*before, as_of=as_of), plan_of(*after, as_of=as_of), columns)


FIVE = firms(revenue_y1=[30e6, 60e6, 90e6, None, 90e6], employees=[9, 9, 9, 9, None])
STAFF = clause("staff", fact="employees", gte=5)


def ids(rehearsal: Rehearsal, rule_id: str = "test.big") -> dict[str, list[str]]:
    found = rehearsal.by_id[rule_id]
    return {move: rehearsal.ids(rows) for move, rows in found.moves.items() if len(rows)}


# ---- who moves where ----------------------------------------------------------------------


def test_a_lower_limit_gains_and_a_higher_one_loses() -> None:
    low, high = by_revenue("5000万"), by_revenue("8000万")
    assert ids(done([high], [low], FIVE)) == {"gains": ["E2"]}
    assert ids(done([low], [high], FIVE)) == {"loses": ["E2"]}
    found = done([low], [high], FIVE).by_id["test.big"]
    assert (found.unchanged, found.status) == (4, "changed")
    assert (found.before, found.after) == ((3, 1, 1), (2, 2, 1))


def test_a_clause_more_leaves_some_unknown_and_a_clause_less_settles_them() -> None:
    one, two = by_revenue("5000万"), by_revenue("5000万", (STAFF,))
    assert ids(done([one], [two], FIVE)) == {"becomes_unknown": ["E5"]}
    assert ids(done([two], [one], FIVE)) == {"settled": ["E5"]}


def test_the_same_rules_change_nothing() -> None:
    found = done([by_revenue("5000万")], [by_revenue("0.5亿")], FIVE)
    assert ids(found) == {}
    assert found.by_id["test.big"].status == "same"
    assert list(changes(found)) == []
    assert len(found.affected) == 0


def test_a_new_rule_gains_and_a_rule_that_is_gone_loses() -> None:
    new = done([], [by_revenue("5000万")], FIVE)
    assert ids(new) == {"gains": ["E2", "E3", "E5"], "becomes_unknown": ["E4"]}
    assert new.by_id["test.big"].status == "new"
    assert (new.by_id["test.big"].from_version, new.by_id["test.big"].to_version) == (None, "1")
    gone = done([by_revenue("5000万")], [], FIVE)
    assert ids(gone) == {"loses": ["E2", "E3", "E5"], "settled": ["E4"]}
    assert gone.by_id["test.big"].status == "removed"
    assert gone.by_id["test.big"].after == (0, 0, 0)


def test_a_rule_that_rests_on_a_changed_rule_changes_too() -> None:
    other = rule("test.other", when=[clause("c", rule="test.big", is_="met")])
    found = done([by_revenue("8000万"), other], [by_revenue("5000万"), other], FIVE)
    assert ids(found, "test.other") == {"gains": ["E2"]}
    assert found.by_id["test.other"].status == "same"


def test_another_class_is_a_change_though_both_are_answers() -> None:
    def size(limit: int) -> dict[str, Any]:
        row = {"id": "all", "label": LABEL, "when": {"fact": "employees", "known": True}}
        levels = {"levels": ["large", "small"], "labels": {"large": LABEL, "small": LABEL}}
        return rule(
            "test.size", classify=levels | {"rows": [row | {"large": {"employees": limit}}]}
        )

    found = done([size(10)], [size(5)], FIVE)
    assert ids(found, "test.size") == {"changed_value": ["E1", "E2", "E3", "E4"]}
    assert next(changes(found)).value_before == "small"
    assert done([size(10)], [size(10)], FIVE).by_id["test.size"].unchanged == 5


# ---- against the records ------------------------------------------------------------------

NOBODY = Record("", "", "", "not_met", None, (), (), ())


def expected(before: Plan, after: Plan, columns: Columns) -> dict[tuple[str, str], str]:
    """Who moves where, by comparing full records one by one."""
    old = {(r.rule, r.id): r for r in match(before, columns)}
    new = {(r.rule, r.id): r for r in match(after, columns)}
    found = {}
    for key in {**old, **new}:
        was, now = old.get(key, NOBODY), new.get(key, NOBODY)
        pair = (was.outcome, now.outcome)
        if pair == ("not_met", "met"):
            found[key] = "gains"
        elif pair == ("met", "not_met"):
            found[key] = "loses"
        elif now.outcome == "unknown" != was.outcome:
            found[key] = "becomes_unknown"
        elif was.outcome == "unknown" != now.outcome:
            found[key] = "settled"
        elif pair == ("met", "met") and was.value != now.value:
            found[key] = "changed_value"
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    RULE_SETS,
    RULE_SETS,
    st.lists(strategies.rows(), min_size=1, max_size=20),
    st.sets(st.sampled_from(["test.first", "test.second"])),
)
def test_moves_are_those_of_the_full_records(
    one: dict[str, Any], other: dict[str, Any], rows: list[dict[str, Any]], left_out: set[str]
) -> None:
    before = compiled(one, AS_OF)
    after = compiled({name: v for name, v in other.items() if name not in left_out}, AS_OF)
    columns = columns_of(rows)
    found = rehearse(before, after, columns)
    moved = {
        (each.id, identifier): move
        for each in found.rules
        for move in MOVES
        for identifier in found.ids(each.moves[move])
    }
    assert moved == expected(before, after, columns)
    told = {(c.rule, c.id): c.move for c in changes(found) if c.move != "changed_amount"}
    assert told == moved
    assert all(each.unchanged >= 0 for each in found.rules)


# ---- money --------------------------------------------------------------------------------


def paying(limit: str, share: str) -> dict[str, Any]:
    amount = {"number": {"min": [{"mul": [share, "rd_expense_y1"]}, "200万"]}}
    return by_revenue(limit, amount=amount) | {"kind": "subsidise"}


SPENT = firms(
    revenue_y1=[60e6, 60e6, 90e6, 90e6, None],
    rd_expense_y1=[1e6, None, 10e6, 100e6, 1e6],
)


def test_the_cost_is_what_is_paid_to_those_who_meet_the_rule() -> None:
    found = done([paying("8000万", "10%")], [paying("5000万", "15%")], SPENT)
    before = 1e6 + 2e6
    after = 0.15e6 + 1.5e6 + 2e6
    assert found.by_id["test.big"].cost == Cost(before, after, 0, 1)
    assert total_cost(found.rules).difference == after - before
    assert ids(found) == {"gains": ["E1", "E2"]}
    assert found.ids(found.by_id["test.big"].changed_amount) == ["E3"]
    assert found.ids(found.affected) == ["E1", "E2", "E3"]


def test_the_cost_of_a_rule_that_is_new_or_gone_counts_on_one_side() -> None:
    rules = [paying("8000万", "10%")]
    assert done([], rules, SPENT).by_id["test.big"].cost == Cost(0, 3e6)
    assert done(rules, [], SPENT).by_id["test.big"].cost == Cost(3e6, 0)
    assert done([by_revenue("5000万")], [], SPENT).by_id["test.big"].cost is None


def test_fen_add_up_without_rounding() -> None:
    amount = {"number": {"mul": ["rd_expense_y1", "10%"]}}
    rules = [by_revenue("0万", amount=amount) | {"kind": "subsidise"}]
    many = firms(revenue_y1=[1.0] * 1000, rd_expense_y1=[1.1] * 1000)
    assert done([], rules, many).by_id["test.big"].cost == Cost(0, 110.0)


def test_caps_between_rules_are_said_to_be_left_out() -> None:
    texts = {"a": written(paying("8000万", "10%"))}
    rules = load_rules(texts, CATALOGUE)
    cap = {
        "id": "cap", "relation": "total_cap", "limit": "100万", "label": LABEL, "verified": "L",
        "source": {"title": "办法", "number": "1", "issuer": "示例"},
        "effective_from": dt.date(2020, 1, 1),
    }  # fmt: skip
    related = load_relations(written({"relations": [cap]}), "r.yaml", rules, CATALOGUE)
    plan = compile_rules(rules, CATALOGUE, AS_OF, related)
    assert rehearse(plan, plan, SPENT).caps_left_out
    assert as_json(rehearse(plan, plan, SPENT))["notes"][0]["en"].startswith("limits between rules")
    free = compile_rules(rules, CATALOGUE, AS_OF)
    assert as_json(rehearse(free, free, SPENT))["notes"] == []


# ---- reasons and words --------------------------------------------------------------------


def reasons(before: list[Any], after: list[Any]) -> dict[str, tuple[str, tuple[str, ...], str]]:
    found = changes(done(before, after, FIVE))
    return {c.id: (c.move, c.clauses + c.facts, c.reason.en) for c in found}


def test_every_change_names_the_clause_or_the_fact_that_decides() -> None:
    low, high, staff = by_revenue("5000万"), by_revenue("8000万"), by_revenue("5000万", (STAFF,))
    assert reasons([low], [high]) == {"E2": ("loses", ("big",), "not met: Revenue")}
    assert reasons([high], [low]) == {
        "E2": ("gains", ("big",), "was not met, is now or is not asked: Revenue")
    }
    assert reasons([low], [staff]) == {
        "E5": ("becomes_unknown", ("employees",), "missing: employees")
    }
    assert reasons([staff], [low]) == {
        "E5": ("settled", ("employees",), "no longer depends on: employees")
    }


def test_new_rules_and_rules_that_are_gone_are_named_as_such() -> None:
    low = by_revenue("5000万")
    assert reasons([], [low])["E2"] == ("gains", (), "a new rule")
    assert reasons([], [low])["E4"][2] == "a new rule; missing: revenue (last year)"
    assert reasons([low], [])["E2"] == ("loses", (), "the rule is no longer in force")


def test_another_amount_is_told_with_both() -> None:
    (change,) = changes(done([paying("8000万", "10%")], [paying("8000万", "15%")], SPENT))
    assert (change.id, change.move) == ("E3", "changed_amount")
    assert change.reason.en == "1 million yuan becomes 1.5 million yuan"
    assert change_json(change)["amount_after"] == 1_500_000


def test_a_rule_is_told_in_one_sentence() -> None:
    found = done([paying("8000万", "10%")], [paying("5000万", "15%")], SPENT).rules[0]
    assert rule_sentence(found).zh == (
        "新增符合2家，金额改变1家，不变3家，"
        "金额300万元 → 365万元，增加65万元（金额待定未计：之前0家，之后1家）"
    )
    assert (
        cost_sentence(Cost(5e6, 2e6)).en
        == "amounts 5 million yuan → 2 million yuan, 3 million yuan less"
    )


# ---- what differs in the rule -------------------------------------------------------------


def differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    found = done([before], [after], FIVE).rules[0]
    return [f"{d.kind} {d.where}: {d.sentence.en}" for d in found.differences]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            by_revenue("5000万"),
            by_revenue("8000万"),
            [("changed clause:big: Revenue: revenue (last year) is at least 50 million yuan → "
             "revenue (last year) is at least 80 million yuan")],
        ),
        (
            by_revenue("5000万"),
            by_revenue("5000万", (STAFF,)),
            ["added clause:staff: new Clause: employees is at least 5"],
        ),
        (
            by_revenue("5000万", (STAFF,)),
            by_revenue("5000万"),
            ["removed clause:staff: gone Clause: employees is at least 5"],
        ),
        (
            by_revenue("5000万", effective_to=None),
            by_revenue("5000万", effective_to=dt.date(2030, 1, 1)),
            ["changed period: in force: 2020-01-01 onwards → 2020-01-01 to 2030-01-01"],
        ),
        (
            by_revenue("5000万"),
            by_revenue("5000万", notes=[LABEL]),
            [("changed wording: labels, articles or notes: as worded before → "
             "reworded; no condition differs")],
        ),
        (
            paying("5000万", "10%"),
            paying("5000万", "15%"),
            [("changed amount: amount: smallest of (10% × rd expense (last year), 2 million yuan) "
             "→ smallest of (15% × rd expense (last year), 2 million yuan)")],
        ),
        (
            by_revenue("5000万", let={"x": {"sum": ["revenue_y1", "revenue_y2"]}}),
            by_revenue("5000万", let={"x": {"sub": ["revenue_y1", "revenue_y2"]}}),
            [("changed let:x: x: revenue (last year) + revenue (the year before) → "
             "revenue (last year) − revenue (the year before)")],
        ),
    ],
)  # fmt: skip
def test_what_differs_is_said_clause_by_clause(
    before: dict[str, Any], after: dict[str, Any], expected: list[str]
) -> None:
    assert differing(before, after) == expected


def test_bands_that_differ_are_said() -> None:
    def scored(limit: str) -> dict[str, Any]:
        part = {
            "id": "p",
            "label": NAME,
            "bands": {"of": "revenue_y1", "gte": [[limit, 5]], "else": 0},
        }
        scores = {"s": {"label": LABEL, "max": 5, "parts": [part]}}
        return rule("test.big", scores=scores, when=[clause("c", score="s", gte=5)])

    assert differing(scored("5000万"), scored("6000万")) == [
        (
            "changed score:s.p: Revenue: at least 50 million yuan: 5; else 0 → "
            "at least 60 million yuan: 5; else 0"
        )
    ]


# ---- JSON ---------------------------------------------------------------------------------


def test_the_json_is_stable_and_whole() -> None:
    found = done([paying("8000万", "10%")], [paying("5000万", "15%")], SPENT)
    written_out = json.loads(json.dumps(as_json(found)))
    (one,) = written_out["rules"]
    assert list(written_out) == ["as_of", "enterprises", "rules", "totals", "notes"]
    assert one["gains"] == ["E1", "E2"]
    assert (one["from_version"], one["to_version"], one["unchanged"]) == ("1", "1", 3)
    assert one["before"] == {"met": 2, "not_met": 2, "unknown": 1}
    assert one["cost"] == {
        "before": 3_000_000,
        "after": 3_650_000,
        "difference": 650_000,
        "unknown_before": 0,
        "unknown_after": 1,
    }
    assert written_out["totals"]["cost"] == one["cost"]
    assert written_out["totals"]["enterprises_affected"] == 3
    assert written_out["totals"]["rules"] == {"new": 0, "removed": 0, "changed": 1, "same": 0}


def test_nobody_at_all_is_no_error() -> None:
    found = done([by_revenue("5000万")], [by_revenue("8000万")], firms(revenue_y1=[]))
    assert as_json(found)["totals"]["gains"] == 0
