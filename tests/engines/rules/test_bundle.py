"""The best bundle: what is taken, what is left out, and why."""

import datetime as dt
import json

import pytest

from openzone.engines.rules.bundle_text import render_bundle
from tests.engines.rules.related import bundle, paying, related_plan, relation, shares, statuses
from tests.engines.rules.sample import clause, rule

A, B, C = paying("test.a", "50万"), paying("test.b", "30万"), paying("test.c", "40万")
ALL = ["test.a", "test.b", "test.c"]
UNSURE = paying("test.b", {"mul": ["10%", "rd_expense_y1"]})


def test_what_nothing_limits_is_all_taken() -> None:
    found = bundle([A, B])
    assert shares(found) == {"test.a": 500_000, "test.b": 300_000}
    assert (found.total, found.complete, found.proven) == (800_000, True, True)
    assert found["test.a"].text.zh == "可得50万元"


def test_of_two_that_exclude_each_other_the_better_is_chosen() -> None:
    found = bundle([A, B], relation("exclusive", of=["test.a", "test.b"]))
    assert shares(found) == {"test.a": 500_000}
    left = found["test.b"]
    assert (left.status, left.because[0].relation, left.because[0].rules) == (
        "left_out", "exclusive", ("test.a",),
    )  # fmt: skip
    assert left.text.zh == "不列入：与“规则A”只能选一项（条款）"


def test_two_small_ones_can_beat_a_large_one() -> None:
    pairs = [
        relation("exclusive", id="one", of=["test.a", "test.b"]),
        relation("exclusive", id="two", of=["test.a", "test.c"]),
    ]
    found = bundle([A, B, C], *pairs)
    assert shares(found) == {"test.b": 300_000, "test.c": 400_000}
    assert found["test.a"].because[0].rules == ("test.b",)
    assert found["test.a"].because[1].rules == ("test.c",)


def test_the_highest_alone_is_paid_and_nobody_chooses() -> None:
    """A cap on the highest does not make room for a lower one; under `exclusive` it would."""
    cap = relation("stack_cap", of=["test.a", "test.c"], limit="40万")
    of = ["test.a", "test.b"]
    highest = bundle([A, B, C], cap, relation("higher_of", of=of))
    assert highest.total == 400_000
    assert highest["test.b"].status == "left_out"
    assert highest["test.b"].because[0].kind == "higher_of"
    chosen = bundle([A, B, C], cap, relation("exclusive", of=of))
    assert shares(chosen) == {"test.b": 300_000, "test.c": 400_000}


def test_a_lower_one_is_paid_where_the_highest_gives_way_to_a_choice() -> None:
    free = paying("test.d", "45万")
    limits = [
        relation("higher_of", of=["test.a", "test.b"]),
        relation("exclusive", of=["test.a", "test.d"]),
    ]
    assert shares(bundle([A, B, free], *limits)) == {"test.b": 300_000, "test.d": 450_000}


def test_a_cap_on_what_is_paid_together_reduces_the_smaller_amount() -> None:
    found = bundle([A, B], relation("stack_cap", of=["test.a", "test.b"], limit="60万"))
    assert shares(found) == {"test.a": 500_000, "test.b": 100_000}
    assert [item.status for item in found.items] == ["taken", "reduced"]
    assert found["test.b"].text.zh == "原为30万元，减为10万元：合计不超过60万元（条款）"
    assert found["test.b"].because[0].limit == 600_000


def test_what_a_cap_leaves_nothing_for_is_left_out_because_of_it() -> None:
    found = bundle([A, B], relation("stack_cap", of=["test.a", "test.b"], limit="50万"))
    assert shares(found) == {"test.a": 500_000}
    assert found["test.b"].because[0].kind == "stack_cap"


def test_the_cap_of_the_year_counts_what_was_received_in_the_year() -> None:
    cap = relation("total_cap", limit="90万")
    grants = [
        ("test.a", "2026-02-01", 200_000.0),
        ("test.a", "2025-12-31", 900_000.0),
        ("test.a", "2026-07-01", 900_000.0),  # after the day of evaluation
    ]
    found = bundle([A, B], cap, received=grants)
    assert found.total == 700_000
    assert [one.amount for one in found["test.b"].because[0].received] == [200_000]
    assert "2026-02-01 已得“规则A”20万元" in found["test.b"].text.zh


def test_a_cap_that_is_used_up_leaves_nothing() -> None:
    grants = [("test.a", "2026-02-01", 1_000_000.0)]
    found = bundle([A, B], relation("total_cap", limit="90万"), received=grants)
    assert (found.total, found.ties) == (0, ((),))
    assert statuses(found) == {"test.a": "left_out", "test.b": "left_out"}


def test_a_grant_of_unknown_amount_keeps_a_cap_unknown() -> None:
    found = bundle(
        [A], relation("total_cap", limit="90万"), received=[("test.b", "2026-02-01", None)]
    )
    assert (found["test.a"].status, found.total, found.complete) == ("limit_unknown", 0, False)
    assert "金额未知" in found["test.a"].text.zh


def test_a_cap_counts_its_own_members_only() -> None:
    cap = relation("total_cap", of=["test.a"], limit="60万")
    assert bundle([A, B], cap, received=[("test.b", "2026-02-01", 300_000.0)]).total == 800_000


def test_an_unknown_amount_is_told_apart_and_names_its_paper() -> None:
    found = bundle([A, UNSURE])
    assert shares(found) == {"test.a": 500_000}
    assert (found["test.b"].status, found["test.b"].missing) == (
        "amount_unknown",
        ("rd_expense_y1",),
    )
    assert "研发费用(上年度)（研发费用证明）" in found["test.b"].text.zh
    assert not found.complete
    assert bundle([A, UNSURE], rd_expense_y1=8_000_000).total == 1_300_000


def test_an_unknown_cap_is_not_assumed() -> None:
    limit = {"min": [{"mul": ["10%", "revenue_y1"]}, "60万"]}
    cap = relation("stack_cap", of=["test.a", "test.b"], limit=limit)
    found = bundle([A, B, C], cap)
    assert shares(found) == {"test.c": 400_000}
    assert found["test.a"].status == found["test.b"].status == "limit_unknown"
    assert found["test.a"].missing == ("revenue_y1",)
    assert bundle([A, B, C], cap, revenue_y1=5_000_000).total == 900_000


def test_an_undecided_rule_waits_for_its_facts() -> None:
    large = paying("test.b", "30万", when=[clause("size", fact="employees", gte=10)])
    found = bundle([A, large])
    assert (found["test.b"].status, found["test.b"].missing) == ("undecided", ("employees",))
    assert not found.complete
    assert bundle([A, large], employees=3)["test.b"].status == "not_met"


def test_nothing_to_pay_is_not_taken() -> None:
    found = bundle([A, paying("test.b", {"mul": ["10%", "rd_expense_y1"]})], rd_expense_y1=0)
    assert (found["test.b"].status, found["test.b"].amount) == ("zero", 0)
    assert found.complete


def test_what_carries_no_money_is_named_as_such() -> None:
    honour = rule("test.b", when=[clause("certified", fact="certified", is_=True)])
    needs = relation("requires", rule="test.a", of=["test.b"])
    assert bundle([A, honour], needs)["test.b"].status == "no_amount"


def test_what_carries_no_money_and_is_tied_to_nothing_is_not_listed() -> None:
    honour = rule("test.b", when=[clause("size", fact="employees", gte=10)])
    found = bundle([A, honour])
    assert [item.rule for item in found.items] == ["test.a"]
    assert found.complete


@pytest.mark.parametrize(
    ("day", "status"),
    [("2024-01-01", "left_out"), ("2023-12-31", "taken"), ("2026-07-01", "taken")],
)
def test_once_in_three_calendar_years_counts_this_one_and_the_two_before(
    day: str, status: str
) -> None:
    once = relation("once_in", of=["test.a"], years=3)
    found = bundle([A, B], once, received=[("test.a", day, 500_000.0)])
    assert found["test.a"].status == status
    assert found["test.b"].status == "taken"


def test_once_together_bars_all_of_them_and_lets_one_be_taken() -> None:
    once = relation("once_in", of=["test.a", "test.b"], years=3, together=True)
    assert shares(bundle([A, B], once)) == {"test.a": 500_000}
    found = bundle([A, B], once, received=[("test.b", "2025-03-01", None)])
    assert statuses(found) == {"test.a": "left_out", "test.b": "left_out"}
    assert "2025-03-01 已得“规则B”" in found["test.a"].text.zh


def test_each_once_does_not_bar_the_others() -> None:
    once = relation("once_in", of=["test.a", "test.b"], years=3)
    found = bundle([A, B], once, received=[("test.b", "2025-03-01", 1.0)])
    assert statuses(found) == {"test.a": "taken", "test.b": "left_out"}


# ---- one expense ------------------------------------------------------------------------------


def test_supports_of_one_expense_together_never_exceed_it() -> None:
    same = relation("same_expense", of=["test.a", "test.b"], expense="rd_expense_y1")
    found = bundle([A, B], same, rd_expense_y1=600_000)
    assert shares(found) == {"test.a": 500_000, "test.b": 100_000}
    assert found["test.b"].text.zh == "原为30万元，减为10万元：同一费用合计不超过60万元（条款）"
    assert bundle([A, B], same)["test.a"].status == "limit_unknown"
    had = [("test.b", "2026-01-05", 300_000.0)]
    assert bundle([A, B], same, rd_expense_y1=600_000, received=had).total == 300_000


def test_an_expense_can_be_supported_by_one_rule_alone() -> None:
    same = relation("same_expense", of=["test.a", "test.b"], expense="rd_expense_y1", share="once")
    found = bundle([A, B], same)
    assert shares(found) == {"test.a": 500_000}
    assert found["test.b"].text.zh == "不列入：同一费用只支持一次，已选“规则A”（条款）"


# ---- what needs something else ----------------------------------------------------------------

BASE = paying("test.b", "30万", when=[clause("size", fact="employees", gte=10)])
NEEDS = relation("requires", rule="test.a", of=["test.b"])


def test_a_requirement_is_met_on_the_day_or_was_granted_before() -> None:
    assert shares(bundle([A, BASE], NEEDS, employees=10)) == {"test.a": 500_000, "test.b": 300_000}
    lacking = bundle([A, BASE], NEEDS, employees=3)
    assert (lacking["test.a"].status, lacking.total) == ("left_out", 0)
    assert lacking["test.a"].text.zh == "不列入：须先有“规则B”（条款）"
    had = bundle([A, BASE], NEEDS, employees=3, received=[("test.b", "2019-01-01", None)])
    assert shares(had) == {"test.a": 500_000}


def test_an_unknown_requirement_is_not_assumed() -> None:
    found = bundle([A, BASE], NEEDS)
    assert (found["test.a"].status, found["test.a"].missing) == (
        "requirement_unknown", ("employees",),
    )  # fmt: skip


def test_a_chain_of_requirements_fails_at_its_first_link() -> None:
    """C is not met, so B cannot be had although it is met, so A cannot either."""
    unmet = paying("test.c", "1万", when=[clause("size", fact="employees", gte=10)])
    chain = [
        relation("requires", id="one", rule="test.a", of=["test.b"]),
        relation("requires", id="two", rule="test.b", of=["test.c"]),
    ]
    found = bundle([A, B, unmet], *chain, employees=3)
    assert statuses(found) == {"test.a": "left_out", "test.b": "left_out", "test.c": "not_met"}
    assert bundle([A, B, unmet], *chain, employees=10).total == 810_000
    assert bundle([A, B, unmet], *chain)["test.a"].status == "requirement_unknown"


# ---- ties, dates, form ------------------------------------------------------------------------


def test_every_choice_that_pays_the_same_is_shown() -> None:
    same = [paying(name, "30万") for name in ALL]
    found = bundle(same, relation("exclusive", of=ALL))
    assert [[share.rule for share in tie] for tie in found.ties] == [[name] for name in ALL]
    assert not found.more_ties


def test_no_tie_holds_what_could_be_left_out_without_loss() -> None:
    found = bundle([A, B], relation("stack_cap", of=["test.a", "test.b"], limit="50万"))
    assert [[share.rule for share in tie] for tie in found.ties] == [["test.a"]]


def test_more_ties_than_asked_for_are_said_to_exist() -> None:
    same = [paying(name, "30万") for name in ALL]
    found = bundle(same, relation("exclusive", of=ALL), most=2)
    assert (len(found.ties), found.more_ties) == (2, True)


def test_a_relation_counts_only_within_its_dates() -> None:
    ended = relation("exclusive", of=["test.a", "test.b"], effective_to=dt.date(2026, 6, 30))
    assert bundle([A, B], ended, as_of=dt.date(2026, 6, 30)).total == 500_000
    assert bundle([A, B], ended, as_of=dt.date(2026, 7, 1)).total == 800_000


def test_the_order_of_the_rules_changes_nothing_but_their_order() -> None:
    limits = relation("exclusive", of=["test.a", "test.b"]), relation("total_cap", limit="60万")
    one, other = bundle([A, B, C], *limits), bundle([C, B, A], *limits[::-1])
    assert {item.rule: item for item in one.items} == {item.rule: item for item in other.items}
    assert one.digest == other.digest


def test_fen_are_exact() -> None:
    thirds = [paying(name, {"ratio": ["revenue_y1", 3]}) for name in ALL]
    found = bundle(thirds, relation("total_cap", limit="1元"), revenue_y1=2)
    assert shares(found) == {"test.a": 0.67, "test.b": 0.33}
    assert found.total == 1


def test_the_bundle_is_plain_json_and_reads_as_lines() -> None:
    limits = [relation("stack_cap", of=["test.a", "test.b"], limit="60万")]
    found = bundle([A, B], *limits)
    tree = json.loads(json.dumps(found.as_json(), ensure_ascii=False))
    assert tree["total"] == 600_000
    assert tree["items"][1]["because"][0]["kind"] == "stack_cap"
    assert tree["ties"] == [
        [{"rule": "test.a", "paid": 500000}, {"rule": "test.b", "paid": 100000}]
    ]
    text = render_bundle(found, related_plan([A, B], *limits))
    assert text.zh.splitlines() == [
        "✓ 规则A：可得50万元",
        "✓ 规则B：原为30万元，减为10万元：合计不超过60万元（条款）",
        "合计60万元",
    ]
    assert text.en.splitlines()[0] == "✓ Rule A: 500,000 yuan"
