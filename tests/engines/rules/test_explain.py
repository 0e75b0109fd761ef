"""Proofs: every clause with its value, limit, source and age, as a tree and as text."""

import datetime as dt
import json
from typing import Any

import pytest

from openzone.engines.facts.catalogue import NEVER, Period
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.explain import explain
from openzone.engines.rules.proof import ClauseProof, Proof
from openzone.engines.rules.render import render
from openzone.engines.rules.single import Known
from openzone.engines.rules.values import ColumnsError
from tests.engines.rules.sample import LABEL, clause, plan_of, rule

SHARE = clause(
    "share",
    number={"ratio": ["rd_expense_y1", "revenue_y1"]},
    gte="4%",
    label={"zh": "研发费用占比", "en": "R&D share"},
    ref="第一条",
)
STAFF = clause("staff", fact="employees", lte=300, label={"zh": "人数", "en": "Staff"})
CLEAN = clause("clean", veto=[{"fact": "dishonest", "is": True}])
ROUTES = clause(
    "routes",
    any=[
        {"fact": "certified", "is": True},
        {"fact": "registered_on", "at_or_before": {"as_of": "-1y"}},
    ],
)
BANDS = {"of": "market_share", "gte": [["20%", 10], ["10%", 5]], "else": 0}
SCORES = {
    "total": {
        "label": {"zh": "评价", "en": "Assessment"},
        "max": 15,
        "parts": [
            {"id": "share", "label": {"zh": "份额", "en": "Share"}, "max": 10, "bands": BANDS},
            {
                "id": "bonus",
                "points": [{"when": {"fact": "certified", "is": True}, "points": 5}],
                "else": 1,
            },
        ],
    }
}
SCORED = clause("score", score="total", gte=12, label={"zh": "评分", "en": "Score"})
RULE = rule(scores=SCORES, when=[SHARE, STAFF, CLEAN, ROUTES, SCORED])


def report(value: Any) -> Known:
    year = Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    return Known(value, "2025 年度报表", year, dt.date(2026, 3, 2))


FACTS = {
    "rd_expense_y1": report(3_200_000),
    "revenue_y1": report(100_000_000),
    "employees": Known(350),
    "dishonest": Known(False),
    "certified": Known(True),
    "market_share": Known(0.15),
}


def proof(plan: Plan | None = None, **changes: Known | None) -> Proof:
    facts = {name: known for name, known in (FACTS | changes).items() if known is not None}
    return explain(plan or plan_of(RULE), "test.rule", facts)


def clause_named(found: Proof, name: str) -> ClauseProof:
    assert found.when is not None
    return next(child for child in found.when.children if child.id == name)


def test_the_head_says_which_rule_answered_and_from_what() -> None:
    found = proof()
    assert (found.rule, found.version, found.outcome) == ("test.rule", "1", "not_met")
    assert found.source_number == "示例〔2020〕1号"
    assert found.failed == ("share", "staff", "score")
    assert found.digest == plan_of(RULE).digest


def test_a_comparison_has_its_value_limit_gap_and_unit() -> None:
    share = clause_named(proof(), "share")
    assert share.state is False
    assert share.actual == 0.032
    assert share.ref == "第一条"
    (test,) = share.tests
    assert (test.key, test.limit, test.gap) == ("gte", 0.04, 0.008)
    assert test.gap_text is not None
    assert test.gap_text.zh == "0.80 个百分点"


def test_every_fact_has_its_source_period_and_age() -> None:
    rd, revenue = clause_named(proof(), "share").facts
    assert (rd.fact, revenue.fact) == ("rd_expense_y1", "revenue_y1")
    assert (rd.value, rd.source, rd.age_days) == (3_200_000, "2025 年度报表", 120)
    assert rd.period.last == dt.date(2025, 12, 31)
    assert rd.unit.zh == "元"


def test_a_missing_fact_names_the_document_that_settles_it() -> None:
    found = proof(rd_expense_y1=None, employees=Known(10), market_share=Known(0.5))
    assert found.outcome == "unknown"
    assert [(use.fact, use.value, use.proof.zh) for use in found.missing] == [
        ("rd_expense_y1", None, "研发费用证明")
    ]
    assert clause_named(found, "share").actual is None


def test_what_should_not_hold_is_marked() -> None:
    (listed,) = clause_named(proof(), "clean").children
    assert (listed.state, listed.wanted) == (False, False)
    (test,) = listed.tests
    assert test.state is False


def test_days_show_the_day_itself() -> None:
    routes = clause_named(proof(registered_on=Known(dt.date(2025, 7, 10))), "routes")
    young = routes.children[1]
    assert young.actual == dt.date(2025, 7, 10)
    assert young.tests[0].limit == "2025-06-30"
    assert young.tests[0].gap == 10


def test_points_show_their_bands_and_the_one_reached() -> None:
    score = clause_named(proof(), "score").score
    assert score is not None
    assert (score.lowest, score.highest, score.max) == (10, 10, 15)
    share, bonus = score.parts
    assert [(band.points, band.reached) for band in share.bands] == [
        (10, False), (5, True), (0, False),
    ]  # fmt: skip
    assert (share.actual, share.facts[0].fact) == (0.15, "market_share")
    assert [(band.points, band.reached) for band in bonus.bands] == [(5, True), (1, False)]


def test_open_points_show_what_they_could_be() -> None:
    score = clause_named(proof(market_share=None), "score").score
    assert score is not None
    assert (score.lowest, score.highest) == (5, 15)
    assert [band.reached for band in score.parts[0].bands] == [None, None, None]


def test_a_score_that_no_clause_uses_is_shown_all_the_same() -> None:
    found = proof(plan_of(rule(scores=SCORES, when=[SHARE])))
    ((name, score),) = found.scores
    assert (name, score.highest) == ("total", 10)


def test_the_answer_of_another_rule_is_shown() -> None:
    base = rule("test.base", when=[clause("c", fact="certified", is_=True)])
    using = rule(when=[clause("base", rule="test.base", is_="met")])
    plan = plan_of(base, using)
    assert clause_named(proof(plan), "base").actual == "met"
    assert clause_named(proof(plan.only(["test.rule"])), "base").actual == "met"
    assert clause_named(proof(plan, certified=None), "base").actual is None
    assert proof(plan, certified=None).missing[0].fact == "certified"


def test_a_classification_shows_the_row_that_applies() -> None:
    small = {"zh": "小", "en": "small"}
    classify = {
        "levels": ["large", "small"],
        "labels": {"large": {"zh": "大", "en": "large"}, "small": small},
        "rows": [
            {
                "id": "c",
                "label": LABEL,
                "when": {"fact": "industry", "prefix": ["C"]},
                "large": {"employees": 400},
            },
            {
                "id": "d",
                "label": LABEL,
                "when": {"fact": "industry", "prefix": ["D"]},
                "large": {"employees": 100},
            },
        ],
    }
    plan = plan_of(rule(classify=classify))
    found = proof(plan, industry=Known("C38"))
    assert (found.value, found.value_label.zh if found.value_label else "") == ("small", "小")
    (row,) = found.rows
    assert (row.id, row.levels[0].state) == ("c", False)
    assert row.levels[0].limits[0].tests[0].gap == 50
    assert [row.id for row in proof(plan).rows] == ["c", "d"]


def test_the_tree_is_json() -> None:
    found = proof(registered_on=Known(dt.date(2025, 7, 10)))
    tree = json.loads(json.dumps(found.as_json()))
    assert tree["as_of"] == "2026-06-30"
    assert tree["title"] == {"zh": "规则", "en": "Rule"}
    assert tree["when"]["children"][0]["facts"][0]["known_on"] == "2026-03-02"
    assert tree["near"] == []


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"revenue": Known(1)}, "no such column"),
        ({"employees": Known("10")}, "is not a value of type number"),
        ({"employees": Known(float("nan"))}, "not a finite number"),
    ],
)
def test_facts_that_cannot_be_used_are_refused(facts: dict[str, Known], reason: str) -> None:
    with pytest.raises(ColumnsError, match=reason):
        explain(plan_of(RULE), "test.rule", facts)


# ---- as text ------------------------------------------------------------------------------


def test_a_proof_reads_as_an_accountant_would_say_it() -> None:
    assert render(proof()).zh.splitlines() == [
        "规则（1 版）：不符合",
        "依据：办法（示例〔2020〕1号）",
        "评价日：2026-06-30",
        (
            "✗ 研发费用占比（第一条）：3.20%，要求不低于 4%，还差 0.80 个百分点；"
            "研发费用(上年度) 320万元（来源：2025 年度报表，已 120 天）；"
            "营业收入(上年度) 1亿元（来源：2025 年度报表，已 120 天）"
        ),
        "✗ 人数：350，要求不高于 300，超出 50",
        "✓ 条款",
        "  ✓ 严重失信：否，要求为“否”",
        "✓ 条款",
        "  ✓ 体系认证：是，要求为“是”",
        "  ? 成立日期：未知，要求不晚于 2025-06-30；需要：成立日期证明",
        "✗ 评分：10 分（满分 15），要求不低于 12 分，还差 2 分",
        "  - 份额：5 分（满分 10）；市场占有率 15.00%；不低于 10%",
        "  - 5 分；体系认证：是",
    ]


def test_a_proof_reads_in_english_too() -> None:
    lines = render(proof()).en.splitlines()
    assert lines[:2] == ["Rule (1): not met", "Source: 办法 (示例〔2020〕1号)"]
    assert lines[3] == (
        "✗ R&D share (第一条): 3.20%, required: at least 4%, 0.80 percentage points short; "
        "rd expense (last year) 3.2 million yuan (source: 2025 年度报表, 120 days old); "
        "revenue (last year) 100 million yuan (source: 2025 年度报表, 120 days old)"
    )
    assert lines[4] == "✗ Staff: 350, required: at most 300, 50 too much"


def test_an_unknown_ends_with_what_to_bring() -> None:
    found = proof(rd_expense_y1=None, employees=Known(10), market_share=Known(0.5))
    text = render(found)
    assert text.zh.splitlines()[0] == "规则（1 版）：尚不能判定"
    assert text.zh.splitlines()[-2:] == [
        "备齐以下材料即可判定：",
        "- 研发费用证明：研发费用(上年度)",
    ]
    assert text.en.splitlines()[-1] == "- proof of rd_expense: rd expense (last year)"


def test_a_negated_comparison_says_what_must_not_be() -> None:
    big = clause("small", not_={"fact": "employees", "gte": 300}, label={"zh": "小", "en": "Small"})
    lines = render(proof(plan_of(rule(when=[big])))).zh.splitlines()
    assert lines[3:] == ["✗ 小", "  ✗ 职工人数：350，要求低于 300，超出 50"]


def test_a_source_is_given_once_in_a_clause() -> None:
    years = {"ratio": ["rd_expense_y1", "revenue_y1"]}
    both = clause("both", all=[{"number": years, "gte": "1%"}, {"fact": "revenue_y1", "gte": 5}])
    lines = render(proof(plan_of(rule(when=[both, SHARE])))).zh.splitlines()
    assert lines[5] == "  ✓ 营业收入(上年度)：1亿元，要求不低于 5元"
    assert ["2025 年度报表" in line for line in lines[3:]] == [False, True, False, True]


def test_a_certificate_that_there_is_not_has_no_distance() -> None:
    valid = clause("valid", fact="valid_to", at_or_after={"as_of": "0d"})
    lines = render(proof(plan_of(rule(when=[valid])), valid_to=Known(NEVER))).zh.splitlines()
    assert lines[3:] == ["✗ 条款：无，要求不早于 2026-06-30"]


@pytest.mark.parametrize(
    ("kind", "met", "not_met"),
    [("qualify", "符合", "不符合"), ("reduce", "可以享受", "不能享受")],
)
def test_the_outcome_is_said_in_the_words_of_the_kind(kind: str, met: str, not_met: str) -> None:
    plan = plan_of(rule(when=[STAFF]) | {"kind": kind})
    for employees, word in ((1, met), (999, not_met)):
        found = proof(plan, employees=Known(employees))
        assert found.kind == kind
        assert render(found).zh.splitlines()[0] == f"规则（1 版）：{word}"


def size_class() -> Plan:
    label = {"zh": "大型", "en": "Large"}
    small = {"zh": "小型", "en": "Small"}
    row = {"id": "r", "label": LABEL, "when": {"fact": "industry", "prefix": ["C"]}}
    classify = {
        "levels": ["large", "small"],
        "labels": {"large": label, "small": small},
        "rows": [row | {"large": {"employees": 400}}],
    }
    using = rule("test.using", when=[clause("size", rule="test.rule", in_=["large"])])
    return plan_of(rule(classify=classify), using)


@pytest.mark.parametrize(
    ("industry", "head", "english"),
    [
        ("C38", "规则（1 版）结果：小型", "Rule (1) result: Small"),
        ("A01", "规则（1 版）：不适用", "Rule (1): does not apply"),
    ],
)
def test_a_classification_says_its_result(industry: str, head: str, english: str) -> None:
    found = render(proof(size_class(), industry=Known(industry)))
    assert (found.zh.splitlines()[0], found.en.splitlines()[0]) == (head, english)


def test_the_value_of_another_rule_is_called_by_its_label() -> None:
    facts = {"industry": Known("C38"), "employees": Known(1)}
    lines = render(explain(size_class(), "test.using", facts)).zh.splitlines()
    assert lines[3:] == ["✗ 条款：小型，要求为大型"]


@pytest.mark.parametrize(
    ("condition", "facts", "line"),
    [
        (
            {"fact": "industry", "prefix": ["C38"]},
            {"industry": "C3841"},
            "✗ 行业代码：C3841，要求不属于 C38",
        ),
        ({"fact": "land", "known": True}, {"land": 5}, "✗ 用地面积：5 平方米，要求未知"),
        (
            {"fact": "employees", "gte": 5, "lte": 400},
            {},
            "✗ 职工人数：350，不得同时不低于 5，不高于 400",
        ),
        (
            {"fact": "valid_to", "before": {"as_of": "0d"}},
            {"valid_to": dt.date(2026, 6, 20)},
            "✗ 有效期止：2026-06-20，要求不早于 2026-06-30，相差 10 天",
        ),
    ],
)
def test_what_must_not_be_is_said_the_other_way_round(
    condition: dict[str, Any], facts: dict[str, Any], line: str
) -> None:
    found = proof(
        plan_of(rule(when=[clause("c", veto=[condition])])),
        **{name: Known(value) for name, value in facts.items()},
    )
    assert render(found).zh.splitlines()[4] == f"  {line}"


def test_an_if_shows_only_the_way_taken() -> None:
    number = {
        "if": {"fact": "certified", "is": True},
        "then": "revenue_y1",
        "else": "revenue_y2",
    }
    routes = clause("routes", any=[{"number": number, "gte": 1}, {"fact": "land", "gt": 5}])
    lines = render(proof(plan_of(rule(when=[routes])))).zh.splitlines()
    assert lines[4].startswith("  ✓ 营业收入(上年度)：1亿元，要求不低于 1元；")
