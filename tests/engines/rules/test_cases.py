"""Cases: bands of a document said once, the first that applies decides."""

from itertools import product
from typing import Any

import pytest

from openzone.engines.rules.explain import explain
from openzone.engines.rules.problems import PackError
from openzone.engines.rules.proof import ClauseProof
from openzone.engines.rules.render import render
from openzone.engines.rules.sentences import sentence
from openzone.engines.rules.single import Known
from tests.engines.rules.sample import CATALOGUE, clause, decide, load, outcome, plan_of, rule

SHARE = {"ratio": ["rd_expense_y1", "revenue_y1"]}
BANDS: dict[str, Any] = {
    "cases": [
        {"when": {"fact": "revenue_y1", "lte": 50}, "then": {"number": SHARE, "gte": "5%"}},
        {
            "when": {"fact": "revenue_y1", "lte": 200},
            "label": {"zh": "中档", "en": "Middle"},
            "then": {"number": SHARE, "gte": "4%"},
        },
        {"else": {"number": SHARE, "gte": "3%"}},
    ]
}
CLASSES: dict[str, Any] = {
    "cases": [
        {"when": {"fact": "industry", "prefix": ["C"]}, "then": {"fact": "patents", "gte": 5}},
        {"when": {"fact": "industry", "prefix": ["F5"]}, "then": {"fact": "land", "gte": 9}},
    ]
}


def flags(*cases: dict[str, Any]) -> dict[str, Any]:
    return {"cases": list(cases)}


def is_true(fact: str) -> dict[str, Any]:
    return {"fact": fact, "is": True}


def near(condition: dict[str, Any], **facts: Any) -> list[dict[str, Any]]:
    return [one.as_json() for one in decide(bands_plan(condition), **facts).near]


def bands_plan(condition: dict[str, Any] = BANDS) -> Any:
    return plan_of(rule(when=[clause("c", **condition)]))


# ---- what it means ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("revenue", "rd", "answer"),
    [
        (50, 2.5, "met"),
        (50, 2.4, "not_met"),
        (51, 2.04, "met"),
        (200, 8, "met"),
        (200, 7.9, "not_met"),
        (300, 9, "met"),
        (300, 8.9, "not_met"),
    ],
)
def test_the_first_case_that_applies_decides(revenue: float, rd: float, answer: str) -> None:
    assert outcome(BANDS, revenue_y1=revenue, rd_expense_y1=rd) == answer


def test_where_no_case_applies_it_is_not_met() -> None:
    assert outcome(CLASSES, industry="A01", patents=9, land=9) == "not_met"


@pytest.mark.parametrize(("when", "then", "rest"), list(product([True, False, None], repeat=3)))
def test_an_answer_is_certain_as_soon_as_all_cases_that_can_apply_agree(
    when: bool | None, then: bool | None, rest: bool | None
) -> None:
    condition = flags(
        {"when": is_true("certified"), "then": {"fact": "patents", "gte": 1}},
        {"else": {"fact": "land", "gte": 1}},
    )
    number = {True: 1, False: 0, None: None}
    possible = {then} if when else {rest} if when is False else {then, rest}
    expected = possible.pop() if len(possible) == 1 else None
    assert (
        outcome(condition, certified=when, patents=number[then], land=number[rest])
        == {True: "met", False: "not_met", None: "unknown"}[expected]
    )


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"industry": "C38"}, ("patents",)),
        ({"industry": "F52"}, ("land",)),
        ({"patents": 9, "land": 9}, ("industry",)),
        ({"patents": 9, "land": 1}, ("industry",)),
        ({"patents": 9}, ("industry", "land")),
        ({"industry": "F"}, ("industry", "land")),  # too coarse: F5 or not
    ],
)
def test_only_what_still_matters_is_missing(
    facts: dict[str, Any], missing: tuple[str, ...]
) -> None:
    found = decide(bands_plan(CLASSES), **facts)
    assert (found.outcome, found.missing) == ("unknown", missing)


# ---- near misses --------------------------------------------------------------------------


def test_a_near_miss_is_what_the_case_that_applies_asks() -> None:
    (one,) = near(BANDS, revenue_y1=100, rd_expense_y1=3)
    assert (one["fact"], one["have"], one["need"]) == (
        "ratio(rd_expense_y1, revenue_y1)",
        0.03,
        0.04,
    )


def test_where_no_case_applies_any_of_the_codes_would_do() -> None:
    assert near(CLASSES, industry="A01", patents=9, land=9) == [
        {"fact": "industry", "have": "A01", "need": ["C", "F5"], "gap": None}
    ]


def test_where_no_case_applies_and_they_are_not_codes_the_nearest_is_named() -> None:
    condition = flags(
        {"when": {"fact": "employees", "gte": 100}, "then": {"fact": "patents", "gte": 1}},
        {"when": {"fact": "land", "gte": 10}, "then": {"fact": "patents", "gte": 9}},
    )
    assert [one["fact"] for one in near(condition, employees=99, land=9, patents=5)] == [
        "employees"
    ]


def test_what_must_not_hold_is_undone_in_the_case_that_applies() -> None:
    (one,) = near({"veto": [CLASSES]}, industry="C38", patents=7)
    assert (one["fact"], one["gap"]) == ("patents", 2)


# ---- how it reads -------------------------------------------------------------------------


def test_cases_read_as_the_document_has_them() -> None:
    version = load(rule(when=[clause("c", **BANDS)])).versions[0]
    assert version.when is not None
    said = sentence(version.when, CATALOGUE, version)
    assert said.zh == (
        "营业收入(上年度)不高于 50元的，研发费用(上年度)÷营业收入(上年度)不低于 5%；"
        "营业收入(上年度)不高于 200元的，研发费用(上年度)÷营业收入(上年度)不低于 4%；"
        "其他的，研发费用(上年度)÷营业收入(上年度)不低于 3%"
    )
    assert said.en.startswith("if revenue (last year) is at most 50 yuan: rd expense")
    assert said.en.endswith(
        "; otherwise: rd expense (last year) ÷ revenue (last year) is at least 3%"
    )


def proved(condition: dict[str, Any], **facts: Any) -> tuple[ClauseProof, list[str]]:
    known = {name: Known(value) for name, value in facts.items()}
    proof = explain(bands_plan(condition), "test.rule", known)
    assert proof.when is not None
    return proof.when.children[0], render(proof).zh.splitlines()[3:]


def test_a_proof_shows_the_case_that_applies_and_keeps_the_others_in_the_tree() -> None:
    cases, lines = proved(BANDS, revenue_y1=100, rd_expense_y1=3)
    assert (cases.form, cases.state, [use.fact for use in cases.facts]) == (
        "cases", False, ["revenue_y1"],
    )  # fmt: skip
    assert [(case.form, case.applies, case.state) for case in cases.children] == [
        ("case", False, None), ("case", True, False), ("case", False, None),
    ]  # fmt: skip
    assert [len(case.children) for case in cases.children] == [2, 2, 1]
    assert lines == [
        "✗ 条款",
        "  适用：中档；营业收入(上年度) 100元",
        (
            "  ✗ 研发费用(上年度)÷营业收入(上年度)：3.00%，要求不低于 4%，还差 1.00 个百分点；"
            "研发费用(上年度) 3元"
        ),
    ]


def test_a_case_that_is_the_rest_is_called_so() -> None:
    _, lines = proved(BANDS, revenue_y1=300, rd_expense_y1=30)
    assert lines[1] == "  适用：其他情形；营业收入(上年度) 300元"


def test_cases_that_may_apply_are_all_shown_with_what_would_tell() -> None:
    cases, lines = proved(CLASSES, patents=9)
    assert [(case.applies, case.state) for case in cases.children] == [(None, None)] * 2
    assert lines[:5] == [
        "? 条款；缺行业代码（需要：行业代码证明）",
        "  ? 若：行业代码属于 C",
        "    ✓ 专利数：9，要求不低于 5",
        "  ? 若：行业代码属于 F5",
        "    ? 用地面积：未知，要求不低于 9 平方米；需要：用地面积证明",
    ]


def test_that_no_case_applies_is_said() -> None:
    _, lines = proved(CLASSES, industry="A01")
    assert lines == ["✗ 条款：不属于所列任何情形；行业代码 A01"]


# ---- what is refused ----------------------------------------------------------------------

ANY = {"fact": "patents", "gte": 1}


def size(**tests: Any) -> dict[str, Any]:
    return {"when": {"fact": "employees", **tests}, "then": ANY}


def code(**tests: Any) -> dict[str, Any]:
    return {"when": {"fact": "industry", **tests}, "then": ANY}


@pytest.mark.parametrize(
    ("cases", "index"),
    [
        ([size(lte=20), size(lte=10)], 1),
        ([size(lte=20), size(gt=20), {"else": ANY}], 2),
        ([size(lt=20), size(gte=30), size(gte=20, lt=30)], None),
        ([size(lt=20), size(gt=20), size(eq=20)], None),
        ([size(lte=20), size(gt=20), size(eq=20)], 2),
        ([size(ne=20), size(lt=10)], 1),
        ([size(ne=20), size(lt=30)], None),
        ([code(prefix=["C", "F"]), code(prefix=["C38", "F5"])], 1),
        ([code(prefix=["C"]), code(prefix=["C38", "F5"])], None),
        ([code(prefix=["C38"]), code(prefix=["C"])], None),
        ([code(prefix=["C"]), code(**{"in": ["C38"]})], 1),
        ([code(**{"in": ["C38"]}), code(**{"in": ["C38", "D"]})], None),
        ([{"when": is_true("certified"), "then": ANY}] * 2, 1),
        ([size(lte=20), {"when": {"fact": "land", "lte": 20}, "then": ANY}, {"else": ANY}], None),
    ],
)
def test_a_case_that_is_never_reached_is_refused(cases: list[Any], index: int | None) -> None:
    value = rule(when=[clause("c", cases=cases)])
    if index is None:
        load(value)
        return
    with pytest.raises(PackError) as refused:
        load(value)
    (problem,) = refused.value.problems
    assert problem.path == f"versions[0].when.all[0].cases[{index}]"
    assert "永远轮不到" in problem.reason.zh


@pytest.mark.parametrize(
    ("cases", "path", "reason"),
    [
        ([{"else": ANY}], "cases", "at least one `when`"),
        ([{"else": ANY}, size(lte=1)], "cases", "it comes last"),
        ([{"then": ANY}], "cases[0]", "must be one of these forms: when, else"),
        ([{"when": ANY}], "cases[0].then", "this key is missing"),
        ([{"when": ANY, "then": {"x": 1}}], "cases[0].then", "all, any, not"),
        ([{"when": ANY, "then": ANY}, {"else": {"x": 1}}], "cases[1].else", "all, any, not"),
    ],
)
def test_cases_that_are_not_well_formed_are_refused(cases: Any, path: str, reason: str) -> None:
    with pytest.raises(PackError) as refused:
        load(rule(when=[clause("c", cases=cases)]))
    problem = refused.value.problems[0]
    assert problem.path.startswith(f"versions[0].when.all[0].{path}".removesuffix(".cases"))
    assert reason in problem.reason.en


def test_a_case_can_be_named_and_its_name_is_used_once() -> None:
    first = {"id": "c", **size(lte=1)}
    with pytest.raises(PackError, match="id c is used twice"):
        load(rule(when=[clause("c", cases=[first])]))
