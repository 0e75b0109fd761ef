"""Form fields: typed, conditional, and bilingual about what is wrong."""

from typing import Any

import pytest

from openzone.engines.cases.fields import Field, check
from tests.engines.cases.helpers import a_type


def field(kind: str, **more: Any) -> tuple[Field, ...]:
    said = {"label": {"zh": "字段", "en": "Field"}, "kind": kind, **more}
    return a_type(form=[{"id": "f", **said}]).form


CHOICES = [
    {"id": "a", "label": {"zh": "甲", "en": "A"}},
    {"id": "b", "label": {"zh": "乙", "en": "B"}},
]


@pytest.mark.parametrize(
    ("kind", "more", "given", "clean"),
    [
        ("text", {}, "  示例 ", "示例"),
        ("number", {}, "1,200.5", "1200.5"),
        ("number", {"min": 0, "max": 10}, 10, "10"),
        ("money", {}, "12.30", "12.30"),
        ("date", {}, "2026-11-20", "2026-11-20"),
        ("boolean", {}, "on", True),
        ("boolean", {}, False, False),
        ("choice", {"choices": CHOICES}, "a", "a"),
        ("choices", {"choices": CHOICES}, ["b", "a", "b"], ["b", "a"]),
        ("phone", {}, "0571-8888 6666", "0571-8888 6666"),
        ("enterprise", {}, "91330000MA27X00000", "91330000MA27X00000"),
        ("place", {}, {"lon": 120.1, "lat": 30.2}, {"lon": 120.1, "lat": 30.2}),
    ],
)
def test_values_in_their_types(kind, more, given, clean):
    assert check(field(kind, **more), {"f": given}) == ({"f": clean}, ())


@pytest.mark.parametrize(
    ("kind", "more", "given", "reason"),
    [
        ("text", {"max": 2}, "三个字", "should be 2 characters or less"),
        ("text", {}, 3, "should be a text"),
        ("number", {}, "许多", "should be a number"),
        ("number", {}, "NaN", "should be a number"),
        ("number", {}, "1e999999999999", "should be a number"),
        ("money", {}, "1e-999999999999", "should be a number"),
        ("number", {}, True, "should be a number"),
        ("number", {"min": 1}, 0, "should be 1 or more"),
        ("money", {}, "1.234", "at most two decimals"),
        ("date", {}, "2026-02-30", "should be a date"),
        ("boolean", {}, "也许", "should be yes or no"),
        ("choice", {"choices": CHOICES}, "c", "should be one of: A, B"),
        ("choices", {"choices": CHOICES, "max": 1}, ["a", "b"], "should be 1 answers or less"),
        ("phone", {}, "打给我", "should be a telephone number"),
        ("text", {"required": True}, "  ", "is required"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(kind, more, given, reason):
    clean, (problem,) = check(field(kind, **more), {"f": given})
    assert clean == {}
    assert reason in problem.reason.en
    assert problem.text.zh.startswith("字段")
    assert problem.reason.zh != problem.reason.en


def test_a_field_is_asked_only_when_its_condition_holds():
    topic = {"id": "topic", "label": {"zh": "类", "en": "T"}, "kind": "choice", "choices": CHOICES}
    amount = {"id": "n", "label": {"zh": "额", "en": "N"}, "kind": "number", "required": True}
    form = a_type(form=[topic, {**amount, "when": {"topic": ["a"]}}]).form
    assert [one.field for one in check(form, {"topic": "a"})[1]] == ["n"]
    assert check(form, {"topic": "b", "n": "7"}) == ({"topic": "b"}, ())


def test_conditions_on_yes_and_no():
    several = {"id": "s", "label": {"zh": "多", "en": "S"}, "kind": "boolean"}
    which = {"id": "w", "label": {"zh": "哪", "en": "W"}, "kind": "text", "when": {"s": [True]}}
    form = a_type(form=[several, which]).form
    assert check(form, {"s": "yes", "w": "x"})[0] == {"s": True, "w": "x"}
    assert check(form, {"s": "no", "w": "x"})[0] == {"s": False}


def test_a_field_nobody_knows_is_named():
    clean, (problem,) = check(field("text"), {"f": "x", "g": 1})
    assert (clean, problem.field) == ({"f": "x"}, "g")
