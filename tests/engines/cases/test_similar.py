"""Likeness of matters, and many of them as one systemic issue."""

import pytest

from openzone.engines.cases.similar import Matter, clusters, likeness, nearest
from tests.engines.cases.helpers import at

LIGHTS = "园区三号路路灯不亮，员工夜间下班不安全"
SAME = "三号路的路灯坏了，员工夜班下班不安全"
LOAN = "企业流动资金不足，希望协调银行续贷"


def test_the_same_matter_in_other_words_is_alike_and_says_why():
    found = likeness(LIGHTS, SAME)
    assert found.score > 0.6
    assert "三号路" in found.shared
    assert "下班不安全" in found.shared


def test_another_matter_is_not():
    assert likeness(LIGHTS, LOAN).score < 0.2


@pytest.mark.parametrize("text", [LIGHTS, "Street light", "路"])
def test_a_text_is_wholly_like_itself(text):
    assert likeness(text, f" {text}！").score == 1


def test_nothing_is_like_an_empty_text():
    assert likeness("", "").score == 0
    assert likeness("！！", LIGHTS).score == 0


def test_likeness_does_not_depend_on_the_order():
    assert likeness(LIGHTS, SAME).score == likeness(SAME, LIGHTS).score


def test_the_nearest_first_and_only_those_alike_enough():
    others = {"A": LOAN, "B": SAME, "C": LIGHTS}
    assert [one.number for one in nearest(LIGHTS, others, 0.5)] == ["C", "B"]
    assert nearest(LIGHTS, others, 0.5, most=1)[0].number == "C"


def test_many_alike_are_one_issue_with_the_cases_behind_it():
    matters = [
        Matter(f"N{day}", f"{day}号楼停车位不足，员工停车难", at(f"{day:02d} 10:00"))
        for day in range(2, 8)
    ]
    matters.append(Matter("X", LOAN, at("03 10:00")))
    (cluster,) = clusters(matters, 0.6, count=5, days=90)
    assert cluster.numbers == ("N2", "N3", "N4", "N5", "N6", "N7")
    assert any("停车位不足" in passage for passage in cluster.shared)
    assert (cluster.first, cluster.last) == (at("02 10:00"), at("07 10:00"))


def test_too_few_or_too_far_apart_is_none():
    matters = [Matter(f"N{i}", SAME, at(f"2026-{i:02d}-01T09:00")) for i in range(1, 6)]
    assert clusters(matters, 0.6, count=6, days=400) == ()
    assert clusters(matters, 0.6, count=5, days=20) == ()
    assert len(clusters(matters, 0.6, count=5, days=31)) == 1
