"""Rules that are well-formed and still wrong."""

import datetime as dt
from typing import Any

import pytest

from openzone.engines.rules.problems import PackError
from tests.engines.rules.sample import LABEL, clause, load, rule, version

NO_FACT = "fact: the fact catalogue has no"
A_NUMBER = "number / yuan / ratio / area is needed here"
FINE = clause("fine", fact="certified", is_=True)


def reasons(value: dict[str, Any]) -> list[str]:
    """The paths and English reasons for which a rule is refused; none if it is not."""
    try:
        load(value)
    except PackError as error:
        return [f"{problem.path}: {problem.reason.en}" for problem in error.problems]
    return []


def of_clause(**condition: Any) -> list[str]:
    prefix = "versions[0].when.all[0]"
    found = reasons(rule(when=[clause("c", **condition)]))
    assert all(reason.startswith(prefix) for reason in found)
    return [reason.removeprefix(prefix).lstrip(".: ") for reason in found]


def test_a_rule_without_faults_is_accepted() -> None:
    assert reasons(rule(when=[FINE])) == []


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        (
            {"fact": "revenu_y1", "gte": 5},
            f"{NO_FACT} revenu_y1; closest: revenue_y1, revenue_y3, revenue_y2",
        ),
        ({"fact": "zzz", "gte": 5}, f"{NO_FACT} zzz"),
        ({"fact": "employees", "prefix": ["1"]}, "prefix: a number cannot be tested with prefix"),
        ({"fact": "industry", "gte": 5}, "gte: a code cannot be tested with gte"),
        ({"fact": "level", "prefix": ["a"]}, "prefix: a text cannot be tested with prefix"),
        ({"fact": "certified", "in": ["yes"]}, "in: a bool cannot be tested with in"),
        ({"fact": "registered_on", "gte": 5}, "gte: a date cannot be tested with gte"),
        (
            {"fact": "employees", "before": dt.date(2020, 1, 1)},
            "before: a number cannot be tested with before",
        ),
        (
            {"fact": "level", "in": ["city"]},
            "in: level has no choice city: national, provincial, none",
        ),
        ({"fact": "industry", "in": ["C", "D", "C"]}, "in[2]: C is listed twice"),
        ({"score": "total", "gte": 5}, "score: there is no score total"),
        ({"number": {"let": "x"}, "gte": 5}, "number.let: `let` has no x"),
        (
            {"number": {"sum": ["revenue_y1", "zzz"]}, "gte": 5},
            "number.sum[1]: the fact catalogue has no zzz",
        ),
        (
            {"number": {"years_since": "employees"}, "gte": 5},
            "number.years_since: employees is of type number, date is needed here",
        ),
        (
            {"number": {"sum": ["revenue_y1", "level"]}, "gte": 5},
            "number.sum[1]: level is of type text, number / yuan / ratio / area is needed here",
        ),
        (
            {"at_least": {"n": 3, "of": [{"fact": "certified", "is": True}]}},
            "at_least: 3 wanted of 1",
        ),
    ],
)
def test_names_and_types(condition: dict[str, Any], reason: str) -> None:
    assert of_clause(**condition) == [reason]


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        (
            {"fact": "employees", "gte": "5万"},
            "gte: this number is in number, not to be written in yuan",
        ),
        (
            {"fact": "market_share", "lt": "1亿"},
            "lt: this number is in ratio, not to be written in yuan",
        ),
        (
            {"fact": "revenue_y1", "gte": "5%"},
            "gte: this number is in yuan, not to be written in ratio",
        ),
        (
            {"number": {"ratio": ["revenue_y1", "revenue_y2"]}, "gte": "5万"},
            "gte: this number is in ratio, not to be written in yuan",
        ),
        (
            {"number": {"sum": ["revenue_y1", "employees"]}, "gte": 5},
            "number: units differ: yuan and number",
        ),
        (
            {"number": {"growth": ["land", "revenue_y1"]}, "gte": 5},
            "number: units differ: area and yuan",
        ),
        (
            {"number": {"mul": ["revenue_y1", "land"]}, "gte": 5},
            "number: two amounts with units multiplied: yuan, area",
        ),
    ],
)
def test_units(condition: dict[str, Any], reason: str) -> None:
    assert of_clause(**condition) == [reason]


@pytest.mark.parametrize(
    "condition",
    [
        {"fact": "revenue_y1", "gte": "5000万"},
        {"fact": "market_share", "gte": "5%"},
        {"number": {"mul": ["revenue_y1", "market_share"]}, "gte": "5万"},
        {"number": {"mul": ["revenue_y1", "50%"]}, "gte": "5万"},
        {"number": {"ratio": ["revenue_y1", "employees"]}, "gte": "50万"},
        {"number": {"ratio": ["patents", "employees"]}, "gte": "5%"},
        {"number": {"max": ["revenue_y1", "500万"]}, "gte": "600万"},
        {"number": {"sub": [1, {"ratio": ["revenue_y1", "revenue_y2"]}]}, "gte": "5%"},
    ],
)
def test_units_that_go_together(condition: dict[str, Any]) -> None:
    assert of_clause(**condition) == []


NEVER = "these tests contradict: never met"
ALWAYS = "these tests leave nothing out: always met"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"fact": "employees", "gte": 5, "lt": 3}, NEVER),
        ({"fact": "employees", "gte": 5, "lt": 5}, NEVER),
        ({"fact": "employees", "gt": 5, "lte": 5}, NEVER),
        ({"fact": "employees", "eq": 5, "gt": 5}, NEVER),
        ({"fact": "employees", "eq": 5, "ne": 5}, NEVER),
    ],
)
def test_clauses_that_never_or_always_hold(condition: dict[str, Any], expected: str) -> None:
    assert of_clause(**condition) == [expected]


@pytest.mark.parametrize(
    "condition",
    [
        {"fact": "employees", "gte": 5, "lte": 5},
        {"fact": "employees", "gte": 3, "lt": 5},
        {"any": [{"fact": "employees", "gt": 5}, {"fact": "employees", "lt": 5}]},
        {"all": [{"fact": "employees", "gte": 5}, {"fact": "patents", "lt": 3}]},
        {"any": [{"fact": "employees", "gte": 5}, {"fact": "patents", "lt": 5}]},
    ],
)
def test_clauses_that_leave_something(condition: dict[str, Any]) -> None:
    assert of_clause(**condition) == []


def test_top_level_clauses_that_exclude_each_other() -> None:
    both = [clause("a", fact="employees", gt=500), clause("b", fact="employees", lte=300)]
    assert reasons(rule(when=both)) == [f"versions[0].when.all[1]: {NEVER} (“Clause” and “Clause”)"]


def test_top_level_clauses_need_an_id_and_a_label() -> None:
    bare = {"fact": "certified", "is": True}
    needs = "a top-level clause needs an id and a label"
    assert reasons(rule(when=[bare])) == [f"versions[0].when.all[0]: {needs}"]
    assert reasons(rule(when=bare)) == [f"versions[0].when: {needs}"]


def test_ids_are_unique_in_a_version() -> None:
    nested = clause("b", any=[{"id": "a", "fact": "dishonest", "is": False}, FINE])
    assert reasons(rule(when=[clause("a", fact="certified", is_=True), nested])) == [
        "versions[0].when.all[1].any[0].id: id a is used twice"
    ]


# ---- scores -------------------------------------------------------------------------------


def bands(**parts: Any) -> dict[str, Any]:
    return {"id": "part", "bands": {"of": "market_share", "else": 0, **parts}}


def of_score(*parts: dict[str, Any], **more: Any) -> list[str]:
    scores = {"total": {"label": LABEL, "max": 100, "parts": list(parts)} | more}
    prefix = "versions[0].scores.total."
    return [reason.removeprefix(prefix) for reason in reasons(rule(scores=scores, when=[FINE]))]


def test_bands_are_in_order() -> None:
    upwards = of_score(bands(gte=[["10%", 1], ["20%", 2]]))
    assert upwards == [
        "parts[0].bands.gte[1]: bands run from high to low; this one is never reached"
    ]
    downwards = of_score(bands(lte=[["10%", 2], ["10%", 1]]))
    assert downwards == [
        "parts[0].bands.lte[1]: bands run from low to high; this one is never reached"
    ]
    assert of_score(bands(gte=[["20%", 2], ["10%", 1]])) == []


def test_band_limits_have_the_unit_of_their_number() -> None:
    assert of_score(bands(gte=[["10万", 1]])) == [
        "parts[0].bands.gte[0]: this number is in ratio, not to be written in yuan"
    ]


def test_points_do_not_exceed_their_maximum() -> None:
    assert of_score({**bands(gte=[["10%", 11]]), "max": 10}) == [
        "parts[0].max: can give 11 points, over its max 10; write cap: true if it is cut there"
    ]
    assert of_score({**bands(gte=[["10%", 11]]), "max": 10, "cap": True}) == []
    assert of_score({**bands(gte=[["10%", 11]]), "cap": True}) == ["parts[0].cap: cap needs max"]


def test_parts_together_do_not_exceed_the_maximum() -> None:
    found = of_score(bands(gte=[["10%", 60]]), {**bands(gte=[["10%", 60]]), "id": "more"})
    assert found == [
        "max: can give 120 points, over its max 100; write cap: true if it is cut there"
    ]


def test_part_ids_are_unique_in_a_score() -> None:
    assert of_score(bands(gte=[["10%", 1]]), bands(gte=[["10%", 1]])) == [
        "parts[1].id: id part is used twice in this score"
    ]


@pytest.mark.parametrize(
    ("test", "expected"),
    [({"gte": 21}, [NEVER]), ({"gte": 20}, []), ({"gte": 0}, [ALWAYS]), ({"gt": 0}, [])],
)
def test_a_score_limit_is_within_reach(test: dict[str, Any], expected: list[str]) -> None:
    scores = {"total": {"label": LABEL, "max": 100, "parts": [bands(gte=[["10%", 20]])]}}
    found = reasons(rule(scores=scores, when=[clause("c", score="total", **test)]))
    assert found == [f"versions[0].when.all[0]: {reason}" for reason in expected]


def test_lets_and_scores_are_not_defined_by_themselves() -> None:
    let = {"a": {"let": "b"}, "b": {"sum": [1, {"let": "a"}]}}
    found = reasons(rule(let=let, when=[FINE]))
    assert found == ["versions[0].let.a: defined in a circle: a → b → a"]
    choice = {"when": {"score": "total", "gte": 1}, "points": 1}
    scores = {"total": {"label": LABEL, "max": 1, "points": [choice], "else": 0}}
    found = reasons(rule(scores=scores, when=[FINE]))
    assert found == ["versions[0].scores.total: defined in a circle: total → total"]


# ---- classifications ----------------------------------------------------------------------


def row(name: str, **parts: Any) -> dict[str, Any]:
    base = {"id": name, "label": LABEL, "when": {"fact": "industry", "prefix": ["C"]}}
    return base | {"large": {"employees": 100}, "medium": {"employees": 10}} | parts


def of_rows(*rows: dict[str, Any], **more: Any) -> list[str]:
    levels = ["large", "medium", "small"]
    classify = {"levels": levels, "labels": dict.fromkeys(levels, LABEL), "rows": list(rows)} | more
    prefix = "versions[0].classify."
    return [reason.removeprefix(prefix) for reason in reasons(rule(classify=classify))]


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (
            {"small": {"employees": 1}},
            "rows[0]: each level but the last needs limits: large, medium",
        ),
        ({"medium": {"revenue_y1": 1}}, "rows[0]: every level must limit the same facts"),
        (
            {"medium": {"employees": 200}},
            "rows[0].large.employees: the limit of large is below that of medium",
        ),
        (
            {"large": {"land": 9, "level": 9}, "medium": {"land": 1, "level": 1}},
            f"rows[0].large.level: level is of type text, {A_NUMBER}",
        ),
        (
            {"large": {"employees": "10万"}},
            "rows[0].large.employees: this number is in number, not to be written in yuan",
        ),
    ],
)
def test_levels_fit_together(parts: dict[str, Any], reason: str) -> None:
    assert of_rows(row("a", **parts))[0] == reason


def test_labels_name_the_levels() -> None:
    assert of_rows(row("a"), labels={"large": LABEL}) == [
        "labels: labels must name each of the levels"
    ]


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ({"prefix": ["C", "D"]}, {"prefix": ["E", "D4"]}, "D4"),
        ({"prefix": ["C38"]}, {"in": ["C3841"]}, "C3841"),
        ({"in": ["C3841"]}, {"in": ["C3841", "C3842"]}, "C3841"),
    ],
)
def test_rows_do_not_claim_the_same_codes(
    one: dict[str, Any], other: dict[str, Any], shared: str
) -> None:
    found = of_rows(
        row("a", when={"fact": "industry", **one}), row("b", when={"fact": "industry", **other})
    )
    assert found == [f"rows[1].when: overlaps row a: {shared}"]


def test_rows_beside_each_other_are_fine() -> None:
    other = row("b", when={"fact": "industry", "prefix": ["D", "C40"]})
    assert of_rows(row("a", when={"fact": "industry", "prefix": ["C38", "C39"]}), other) == []


# ---- documents and versions ---------------------------------------------------------------


def of_version(**parts: Any) -> list[str]:
    found = reasons(rule("test.rule", version(when=[FINE], **parts)))
    return [reason.removeprefix("versions[0].") for reason in found]


def test_a_document_without_a_number_needs_a_note() -> None:
    source = {"title": "通知", "number": None, "issuer": "示例"}
    assert of_version(source=source) == [
        "source.number: without a document number, notes must say why"
    ]
    assert of_version(source=source, notes=[{"zh": "无文号", "en": "no number"}]) == []


def test_an_unverified_version_needs_a_note() -> None:
    assert of_version(verified="K") == ["verified: verified K needs notes"]


def test_days_run_forwards() -> None:
    found = of_version(effective_to=dt.date(2019, 12, 31))
    assert found == ["effective_to: effective_to is before effective_from"]


@pytest.mark.parametrize("until", [None, dt.date(2026, 1, 1)])
def test_two_versions_are_not_in_force_on_the_same_day(until: dt.date | None) -> None:
    one = version(version="1", effective_to=until, when=[FINE])
    two = version(version="2", effective_from=dt.date(2026, 1, 1), when=[FINE])
    assert reasons(rule("test.rule", one, two)) == [
        "versions[1].effective_from: in force at the same time as 1"
    ]


def test_version_names_are_unique() -> None:
    one = version(effective_to=dt.date(2025, 12, 31), when=[FINE])
    two = version(effective_from=dt.date(2026, 1, 1), when=[FINE])
    assert reasons(rule("test.rule", one, two)) == ["versions[1].version: id 1 is used twice"]


def test_the_kind_says_whether_a_rule_gives_a_value() -> None:
    classified = rule(when=[FINE]) | {"kind": "classify"}
    assert reasons(classified) == ["versions[0]: kind: classify goes with classify:, and only it"]
