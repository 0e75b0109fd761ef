"""Answers in words: how far a near miss is away, which papers would settle the rest."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from openzone.engines.rules.near import Near
from openzone.engines.rules.single import Known, answer
from openzone.www import answers
from openzone.zone.rulebook.packs import FROM_PACKS, release_plan
from openzone.zone.rulebook.selectors.entitlements import Entitlement

DAY = dt.date(2026, 11, 20)
INDUSTRY = {"industry": "C3841", "registered_on": dt.date(2012, 5, 6)}


def entitlement(rule_id: str, **facts: object) -> Entitlement:
    plan = release_plan(FROM_PACKS, DAY)
    known = {name: Known(value) for name, value in facts.items()}
    rule = plan.by_id[rule_id]
    return Entitlement(rule.rule, rule.version, answer(plan, known).record("1", rule))


def sentences(found: Entitlement, language: str = "zh-hans") -> list[str]:
    with translation.override(language):
        away = answers.distances(found.record, found.rule, found.version)
        return [answers.sentence(distance) for distance in away]


def test_a_near_miss_by_one_yuan_is_not_rounded_away() -> None:
    found = entitlement("cn.above_scale", main_business_revenue_y1=Decimal(19_999_999), **INDUSTRY)
    assert found.standing == "near"
    (said,) = sentences(found)
    assert "现有 1,999.9999万元" in said
    assert "要求 2,000万元" in said
    assert "还差 1元" in said
    (english,) = sentences(found, "en")
    assert "1 yuan short" in english


def test_the_nearest_miss_has_the_smallest_distance() -> None:
    revenues = (19_999_999, 15_000_000, 1_000)
    found = [
        entitlement("cn.above_scale", main_business_revenue_y1=Decimal(revenue), **INDUSTRY)
        for revenue in revenues
    ]
    far = [answers.farness(one.record) for one in found]
    assert far == sorted(far)
    assert far[0] < 0.001 < 0.9 < far[2] <= 1


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"employees": 1000, "revenue_y1": Decimal(400_000_000)}, "大型"),
        ({"employees": 15}, "微型"),  # certain, whatever the revenue
        ({}, "待核实"),
    ],
)
def test_a_classification_answers_with_the_class(facts: dict[str, object], word: str) -> None:
    with translation.override("zh-hans"):
        assert answers.said(entitlement("cn.size_class", **INDUSTRY, **facts)) == word


def test_an_industry_without_classes_is_told_so() -> None:
    found = entitlement("cn.size_class", industry="J6620", employees=10)
    with translation.override("zh-hans"):
        assert answers.said(found) == "不适用"
    with translation.override("en"):
        assert answers.said(found) == "Does not apply"


def test_missing_facts_are_grouped_by_the_paper_that_settles_them() -> None:
    found = entitlement("cn.high_tech", **INDUSTRY)
    with translation.override("zh-hans"):
        papers = answers.papers(answers.missing(found.record))
    assert len(papers) < len(answers.missing(found.record))
    assert [len(paper.facts) for paper in papers] == sorted(
        (len(paper.facts) for paper in papers), reverse=True
    )
    assert "年度审计报告" in [paper.title for paper in papers]


def test_what_failed_is_said_with_the_labels_of_the_rule() -> None:
    found = entitlement("cn.tech_sme", employees=501, **INDUSTRY)
    with translation.override("zh-hans"):
        assert answers.failed(found.record, found.version) == [
            "职工不超过500人、年销售收入和资产总额均不超过2亿元"
        ]


def test_codes_of_a_fact_are_said_in_its_words() -> None:
    found = entitlement("cn.high_tech")
    near = Near("rd_institution_level", "none", ["national", "municipal"], None)
    (said,) = sentences(replace(found, record=found.record._replace(near=(near,))))
    assert "现有 无" in said
    assert "要求 国家级或市级" in said
