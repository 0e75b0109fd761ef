"""What a rule pays: formula, cap, rounding, what is missing, and how it is said."""

import json
from typing import Any

import pytest

from openzone.engines.rules.amounts import rounded_money
from openzone.engines.rules.explain import explain
from openzone.engines.rules.problems import PackError
from openzone.engines.rules.proof import AmountProof
from openzone.engines.rules.render import render
from openzone.engines.rules.single import Known
from tests.engines.rules.related import paying
from tests.engines.rules.sample import LABEL, clause, decide, load, plan_of, rule

SHARE = {"min": [{"mul": ["rd_expense_y1", "10%"]}, "200万"]}


def amount(formula: Any, certified: bool | None = True, **facts: Any) -> float | None:
    plan = plan_of(paying("test.a", formula))
    return decide(plan, certified=certified, **facts).amount


def proof(formula: Any, certified: bool | None = True, **facts: Any) -> AmountProof:
    known = {name: Known(value) for name, value in facts.items()} | {"certified": Known(certified)}
    found = explain(plan_of(paying("test.a", formula)), "test.a", known).amount
    assert found is not None
    return found


def test_a_share_of_an_expense_up_to_a_cap() -> None:
    assert amount(SHARE, rd_expense_y1=8_000_000) == 800_000
    assert amount(SHARE, rd_expense_y1=20_000_000) == 2_000_000
    assert amount(SHARE, rd_expense_y1=90_000_000) == 2_000_000


def test_the_cap_is_not_paid_where_the_base_is_unknown() -> None:
    record = decide(plan_of(paying("test.a", SHARE)), certified=True)
    assert (record.outcome, record.amount, record.amount_missing) == (
        "met", None, ("rd_expense_y1",),
    )  # fmt: skip


def test_nothing_is_paid_where_the_rule_is_not_met_or_open() -> None:
    assert amount(SHARE, certified=False, rd_expense_y1=8_000_000) is None
    assert amount(SHARE, certified=None, rd_expense_y1=8_000_000) is None


def test_a_denominator_of_zero_leaves_the_amount_unknown_and_asks_for_nothing() -> None:
    formula = {"mul": ["10万", {"ratio": ["revenue_y1", "assets_y1"]}]}
    record = decide(plan_of(paying("test.a", formula)), certified=True, revenue_y1=1, assets_y1=0)
    assert (record.amount, record.amount_missing) == (None, ())


def test_below_zero_nothing_is_paid() -> None:
    assert amount({"sub": ["rd_expense_y1", "100万"]}, rd_expense_y1=400_000) == 0


@pytest.mark.parametrize(
    ("to", "mode", "paid"),
    [
        ("1万", "down", 810_000),
        ("1万", "up", 820_000),
        ("1万", "half_up", 820_000),
        (1, "down", 815_000),
        ("100元", "up", 815_000),
    ],
)
def test_rounding_is_data(to: Any, mode: str, paid: float) -> None:
    formula = {"number": {"mul": ["10%", "rd_expense_y1"]}, "round": {"to": to, "mode": mode}}
    assert amount(formula, rd_expense_y1=8_150_000) == paid


@pytest.mark.parametrize(
    ("yuan", "mode", "paid"),
    [
        (0.1 + 0.2, "up", 1.0),
        (3 * 1.1, "down", 3.0),
        (100 * 1.1, "up", 110.0),  # 110.00000000000001
        (0.29 * 100, "down", 29.0),  # 28.999999999999996
        (1.15 * 100 - 114.5, "half_up", 1.0),  # half a yuan less the noise
    ],
)
def test_the_noise_of_doubles_is_no_money(yuan: float, mode: Any, paid: float) -> None:
    assert rounded_money(yuan, 100, mode) == paid


def test_without_a_rule_amounts_end_at_the_fen() -> None:
    assert amount({"ratio": ["rd_expense_y1", 3]}, rd_expense_y1=2) == 0.67


# ---- how it is said ---------------------------------------------------------------------------


def test_the_formula_is_said_step_by_step() -> None:
    found = proof(SHARE, rd_expense_y1=8_000_000)
    assert found.sentence.zh == "研发费用(上年度) 800万元 × 10% = 80万元，封顶200万元"
    assert found.sentence.en == (
        "rd expense (last year) 8 million yuan × 10% = 800,000 yuan, at most 2 million yuan"
    )
    assert (found.value, found.applies) == (800_000, True)
    assert [use.fact for use in found.facts] == ["rd_expense_y1"]


def test_a_cap_that_is_reached_says_so() -> None:
    found = proof(SHARE, rd_expense_y1=90_000_000)
    assert found.sentence.zh.endswith("= 900万元，封顶200万元，取200万元")


def test_rounding_is_said_where_it_changes_something() -> None:
    formula = {
        "number": SHARE,
        "round": {"to": "1万", "mode": "down"},
        "ref": "第三条",
        "label": LABEL,
    }
    assert proof(formula, rd_expense_y1=8_000_000).steps[-1].zh == "封顶200万元"
    assert proof(formula, rd_expense_y1=8_150_000).steps[-1].zh == "按1万元向下取整为81万元"


def test_a_branch_that_is_taken_is_said_alone() -> None:
    tier = {"if": {"fact": "employees", "gte": 100}, "then": "30万", "else": "10万"}
    assert proof(tier, employees=100).sentence.zh == "30万元"
    assert "否则10万元" in proof(tier).sentence.zh


def test_an_unknown_amount_names_the_paper_that_settles_it() -> None:
    found = proof(SHARE)
    assert (found.value, found.text) == (None, None)
    assert found.missing[0].proof.zh == "研发费用证明"
    assert found.sentence.zh == "研发费用(上年度)（未知） × 10% = 未知，封顶200万元"


def test_what_would_be_paid_is_said_where_the_rule_is_not_met() -> None:
    plan = plan_of(paying("test.a", SHARE))
    found = explain(plan, "test.a", {"certified": Known(False), "rd_expense_y1": Known(8e6)})
    assert found.amount is not None
    assert (found.amount.applies, found.amount.value) == (False, 800_000)
    assert "如符合，金额：80万元；" in render(found).zh
    tree = json.loads(json.dumps(found.as_json()))
    assert tree["amount"]["steps"][1] == {"zh": "封顶200万元", "en": "at most 2 million yuan"}


def test_a_rule_without_an_amount_has_none_in_its_proof() -> None:
    plan = plan_of(rule(when=[clause("c", fact="certified", is_=True)]))
    assert explain(plan, "test.rule", {}).amount is None


# ---- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (500, "must be in yuan and is in a number without a unit"),
        ("employees", "must be in yuan and is in number"),
        ({"mul": ["10%", "market_share"]}, "must be in yuan and is in ratio"),
        ({"sum": ["1万", "employees"]}, "units differ"),
        ("sales", "the fact catalogue has no sales"),
        ({"let": "x"}, "`let` has no x"),
        ({"number": "1万", "round": {"to": 0, "mode": "down"}}, "a positive whole number of fen"),
        ({"number": "1万", "round": {"to": 0.001, "mode": "down"}}, "a positive whole number of"),
        ({"number": "1万", "round": {"to": "5%", "mode": "down"}}, "not to be written in ratio"),
        ({"number": "1万", "round": {"to": 1, "mode": "near"}}, "must be one of 'down'"),
    ],
)
def test_what_is_no_amount_of_money_is_refused(formula: Any, said: str) -> None:
    with pytest.raises(PackError) as refused:
        load(paying("test.a", formula))
    first = refused.value.problems[0]
    assert said in first.reason.en
    assert first.path.startswith("versions[0].amount")
    assert first.line > 1


def test_a_qualification_pays_nothing() -> None:
    with pytest.raises(PackError, match="only rules of kind reduce, subsidise, entitle"):
        load(paying("test.a", "1万") | {"kind": "qualify"})
