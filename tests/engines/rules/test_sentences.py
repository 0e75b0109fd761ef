"""Conditions as sentences in both languages."""

from typing import Any

import pytest

from openzone.engines.rules.sentences import sentence
from openzone.engines.text import Text
from tests.engines.rules.sample import CATALOGUE, LABEL, clause, load, rule

LETS: dict[str, Any] = {
    "total": {"sum": ["revenue_y1", "revenue_y2"]},
    "share": {
        "number": {"ratio": ["rd_expense_y1", {"let": "total"}]},
        "label": {"zh": "研发费用占比", "en": "R&D share"},
    },
}
BONUS = {
    "id": "bonus",
    "label": {"zh": "加分", "en": "Bonus"},
    "points": [{"when": {"fact": "certified", "is": True}, "points": 60}],
    "else": 0,
}
SCORES = {"s": {"label": {"zh": "评价", "en": "Assessment"}, "max": 60, "parts": [BONUS]}}


def said(condition: dict[str, Any]) -> Text:
    found = load(rule(let=LETS, scores=SCORES, when=[clause("c", **condition)]))
    version = found.versions[0]
    assert version.when is not None
    return sentence(version.when, CATALOGUE, version)


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        (
            {"fact": "revenue_y1", "gte": "5000万"},
            "营业收入(上年度)不低于 5,000万元",
            "revenue (last year) is at least 50 million yuan",
        ),
        (
            {"fact": "employees", "gte": 5, "lt": 10},
            "职工人数不低于 5，且低于 10",
            "employees is at least 5 and less than 10",
        ),
        ({"fact": "dishonest", "is": False}, "严重失信：否", "dishonest: no"),
        (
            {"fact": "level", "in": ["national", "provincial"]},
            "机构级别为国家级或省级",
            "level is one of national, provincial",
        ),
        ({"fact": "industry", "prefix": ["C38"]}, "行业代码属于 C38", "industry is within C38"),
        (
            {"fact": "registered_on", "at_or_before": {"as_of": "-1y"}},
            "成立日期不晚于评价日前 1 年",
            "registered on is on or before 1 year before the day of evaluation",
        ),
        (
            {"fact": "valid_to", "after": {"as_of": "0d"}},
            "有效期止晚于评价日",
            "valid to is after the day of evaluation",
        ),
        (
            {"fact": "valid_to", "before": {"as_of": "+6m"}},
            "有效期止早于评价日后 6 个月",
            "valid to is before 6 months after the day of evaluation",
        ),
        (
            {"fact": "valid_to", "before": {"year_start": -2}},
            "有效期止早于评价年度之前第 2 年的 1 月 1 日",
            "valid to is before 1 January of the year 2 before that of evaluation",
        ),
        ({"fact": "land", "known": True}, "用地面积已知", "land is known"),
        (
            {"number": {"let": "share"}, "gte": "4%"},
            "研发费用占比不低于 4%",
            "R&D share is at least 4%",
        ),
        (
            {"number": {"ratio": ["rd_expense_y1", {"let": "total"}]}, "gte": "4%"},
            "研发费用(上年度)÷（营业收入(上年度)＋营业收入(前一年度)）不低于 4%",
            (
                "rd expense (last year) ÷ (revenue (last year) + revenue (the year before))"
                " is at least 4%"
            ),
        ),
        (
            {"number": {"growth": ["revenue_y2", "revenue_y1"]}, "gt": "15%"},
            "增长率（营业收入(前一年度) → 营业收入(上年度)）高于 15%",
            "growth (revenue (the year before) → revenue (last year)) is more than 15%",
        ),
        (
            {"number": {"min": ["employees", 100]}, "lte": 5},
            "最小值（职工人数、100）不高于 5",
            "smallest of (employees, 100) is at most 5",
        ),
        (
            {"number": {"years_since": "registered_on"}, "gte": 2},
            "自成立日期起的整年数不低于 2",
            "completed years since registered on is at least 2",
        ),
        ({"score": "s", "gte": 60}, "评价不低于 60 分", "Assessment is at least 60 points"),
        ({"score": "s.bonus", "gt": 0}, "加分高于 0 分", "Bonus is more than 0 points"),
        (
            {"not": {"fact": "dishonest", "is": True}},
            "不满足（严重失信：是）",
            "not (dishonest: yes)",
        ),
        (
            {"veto": [{"fact": "dishonest", "is": True}, {"fact": "employees", "lt": 1}]},
            "无下列情形：严重失信：是，或职工人数低于 1",
            "none of: dishonest: yes or employees is less than 1",
        ),
        (
            {
                "any": [
                    {"all": [{"fact": "land", "gt": 1}, {"fact": "patents", "gt": 1}]},
                    {"fact": "certified", "is": True},
                ]
            },
            "（用地面积高于 1 平方米，且专利数高于 1），或体系认证：是",
            "(land is more than 1 m² and patents is more than 1) or certified: yes",
        ),
        (
            {"at_least": {"n": 1, "of": [{"fact": "land", "gt": 1}, {"fact": "patents", "gt": 1}]}},
            "下列至少 1 项：用地面积高于 1 平方米；专利数高于 1",
            "at least 1 of: land is more than 1 m²; patents is more than 1",
        ),
    ],
)
def test_conditions_read_as_sentences(condition: dict[str, Any], zh: str, en: str) -> None:
    found = said(condition)
    assert (found.zh, found.en) == (zh, en)


def test_an_undecided_if_says_both_ways() -> None:
    number = {
        "if": {"fact": "certified", "is": True},
        "then": "revenue_y1",
        "else": "revenue_y2",
    }
    assert said({"number": number, "gte": 1}).en == (
        "revenue (last year) if certified: yes, else revenue (the year before) is at least 1 yuan"
    )


def test_a_rule_is_called_by_its_title_where_it_is_given() -> None:
    value = rule(when=[clause("c", rule="test.base", is_="not_met")])
    condition = load_alone(value)
    titles = {"test.base": Text("基础", "Base")}
    assert sentence(condition, CATALOGUE, titles=titles).zh == "“基础”不符合"
    assert sentence(condition, CATALOGUE).en == "“test.base” is not met"


def load_alone(value: dict[str, Any]) -> Any:
    return load(value).versions[0].when


def test_labels_are_not_part_of_the_sentence() -> None:
    assert LABEL["zh"] not in said({"fact": "land", "known": False}).zh
