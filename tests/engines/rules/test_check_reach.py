"""What can never or always be met: found across clauses, and never a false alarm."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openzone.engines.rules.check import check_version
from openzone.engines.rules.language import Comparison
from openzone.engines.rules.problems import Path
from openzone.engines.rules.reach import Reasoning
from openzone.engines.rules.schema import Rule, Version
from openzone.engines.rules.walk import walk
from tests.engines.rules import strategies
from tests.engines.rules.reference import Interpreter
from tests.engines.rules.sample import CATALOGUE, LABEL, clause, rule, version

NEVER = "these tests contradict: never met"
ALWAYS = "these tests leave nothing out: always met"


def fact(name: str, **tests: Any) -> dict[str, Any]:
    return {"fact": name, **{key.rstrip("_"): value for key, value in tests.items()}}


def staff(**tests: Any) -> dict[str, Any]:
    return fact("employees", **tests)


def industry(**tests: Any) -> dict[str, Any]:
    return fact("industry", **tests)


def registered(**tests: Any) -> dict[str, Any]:
    return fact("registered_on", **tests)


PATENTS = fact("patents", gte=1)
CERTIFIED = fact("certified", is_=True)


def version_of(**parts: Any) -> Version:
    return Rule.model_validate(rule("test.rule", version(**parts))).versions[0]


def found(condition: dict[str, Any], **parts: Any) -> list[tuple[str, str, str]]:
    """The severity, place within the clause and English reason of every finding."""
    checked = version_of(when=[clause("c", **condition)], **parts)
    return [
        (finding.severity, _place(finding.path), finding.reason.en)
        for finding in check_version(checked, CATALOGUE)
    ]


def _place(path: Path) -> str:
    return ".".join(map(str, path[3:]))


def problems(condition: dict[str, Any], **parts: Any) -> list[tuple[str, str]]:
    return [(place, why) for kind, place, why in found(condition, **parts) if kind == "problem"]


def warnings(condition: dict[str, Any], **parts: Any) -> list[tuple[str, str]]:
    assert problems(condition, **parts) == []
    return [(place, why) for kind, place, why in found(condition, **parts) if kind == "warning"]


# ---- never met ----------------------------------------------------------------------------

TWO = " (item 1 and item 2)"


@pytest.mark.parametrize(
    ("condition", "pair"),
    [
        ({"all": [staff(gt=5), staff(lt=3)]}, TWO),
        ({"all": [staff(gte=5), {"number": "employees", "lt": 5}]}, TWO),
        ({"all": [staff(gte=5), {"any": [staff(lt=3), staff(eq=4)]}]}, TWO),
        ({"all": [{"not": staff(lte=5)}, staff(lt=3)]}, TWO),
        ({"all": [{"veto": [staff(gt=2), PATENTS]}, staff(gte=3)]}, TWO),
        ({"all": [{"at_least": {"n": 1, "of": [staff(lt=1), staff(lt=2)]}}, staff(gt=2)]}, TWO),
        ({"all": [staff(known=False), staff(gte=1)]}, TWO),
        (
            {
                "all": [
                    {"any": [staff(eq=1), staff(eq=2)]},
                    {"any": [staff(eq=2), staff(eq=3)]},
                    {"any": [staff(eq=1), staff(eq=3)]},
                ]
            },
            None,
        ),
        (
            {"all": [industry(in_=["C", "D"]), industry(in_=["D", "E"]), industry(in_=["C", "E"])]},
            None,
        ),
        ({"all": [fact("certified", is_=True), fact("certified", is_=False)]}, TWO),
        ({"all": [industry(prefix=["C"]), industry(prefix=["D", "E1"])]}, TWO),
        ({"all": [industry(prefix=["C38"]), industry(in_=["C3", "C39", "D"])]}, TWO),
        ({"all": [industry(in_=["C", "D"]), industry(in_=["E"])]}, TWO),
        ({"all": [industry(prefix=["C38"]), {"not": industry(prefix=["C"])}]}, TWO),
        ({"all": [fact("level", in_=["none"]), fact("level", in_=["national"])]}, TWO),
        ({"all": [{"rule": "test.x", "is": "met"}, {"rule": "test.x", "is": "not_met"}]}, TWO),
        ({"all": [{"rule": "test.x", "in": ["a"]}, {"rule": "test.x", "in": ["b", "c"]}]}, TWO),
    ],
)
def test_clauses_that_exclude_each_other_are_named(
    condition: dict[str, Any], pair: str | None
) -> None:
    ((place, reason),) = problems(condition)
    assert place == ("" if pair is None else "all.1")
    assert reason.startswith(NEVER)
    assert pair is None or reason == NEVER + pair


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"at_or_before": dt.date(2020, 1, 1)}, {"after": dt.date(2020, 1, 1)}),
        ({"before": dt.date(2020, 1, 2)}, {"after": dt.date(2020, 1, 1)}),
        ({"at_or_before": {"as_of": "-3y"}}, {"at_or_after": {"as_of": "-1y"}}),
        ({"at_or_before": {"as_of": "-2y"}}, {"after": {"as_of": "-24m"}}),
        ({"before": {"as_of": "-40d"}}, {"at_or_after": {"as_of": "-1m"}}),
        ({"before": {"year_start": -1}}, {"at_or_after": {"as_of": "-11m"}}),
        ({"at_or_before": dt.date(2019, 1, 1)}, {"at_or_after": {"as_of": "-11m"}}),
        ({"after": {"as_of": "-365d"}}, {"at_or_before": {"as_of": "-1y"}}),  # 365 or 366 days
    ],
)
def test_days_that_exclude_each_other_on_every_day_of_evaluation(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert problems({"all": [registered(**one), registered(**other)]}) == [("all.1", NEVER + TWO)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"at_or_before": dt.date(2020, 1, 1)}, {"at_or_after": dt.date(2020, 1, 1)}),
        ({"at_or_before": {"as_of": "-1m"}}, {"at_or_after": {"as_of": "-31d"}}),
        ({"before": {"as_of": "-28d"}}, {"at_or_after": {"as_of": "-1m"}}),
        ({"before": {"year_start": 0}}, {"at_or_after": {"as_of": "-1m"}}),
        ({"at_or_before": dt.date(2021, 1, 1)}, {"at_or_after": {"as_of": "-11m"}}),
        ({"at_or_after": {"as_of": "-365d"}}, {"at_or_before": {"as_of": "-1y"}}),
    ],
)
def test_days_that_can_both_hold_on_some_day_of_evaluation(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert problems({"all": [registered(**one), registered(**other)]}) == []


def test_a_day_limit_counts_only_while_the_version_is_in_force() -> None:
    condition = {
        "all": [
            registered(at_or_before=dt.date(2021, 6, 1)),
            registered(at_or_after={"as_of": "-1m"}),
        ]
    }
    assert problems(condition, effective_to=dt.date(2021, 6, 30)) == []
    assert problems(condition, effective_from=dt.date(2021, 7, 2)) == [("all.1", NEVER + TWO)]


def test_what_contradicts_in_a_named_number_is_found_behind_its_name() -> None:
    share = {"ratio": ["rd_expense_y1", "revenue_y1"]}
    let = {"share": {"number": share, "label": LABEL}}
    one, other = {"number": {"let": "share"}, "gte": "5%"}, {"number": share, "lt": "3%"}
    assert problems({"all": [one, other]}, let=let) == [("all.1", NEVER + TWO)]


@pytest.mark.parametrize(
    ("number", "tests", "reason"),
    [
        ({"min": ["employees", 100]}, {"gt": 100}, NEVER),
        ({"min": ["employees", 100]}, {"lte": 100}, ALWAYS),
        ({"max": ["employees", {"min": ["patents", 5]}]}, {"gte": 6}, None),
        ({"if": CERTIFIED, "then": 3, "else": {"min": [4, "patents"]}}, {"gt": 4}, NEVER),
        ({"sum": ["employees", 100]}, {"lt": 0}, None),
        (5, {"gte": 5}, ALWAYS),
    ],
)
def test_a_number_that_cannot_reach_its_limit(
    number: Any, tests: dict[str, Any], reason: str | None
) -> None:
    assert problems({"number": number, **tests}) == ([("", reason)] if reason else [])


@pytest.mark.parametrize(
    "condition",
    [
        {"all": [staff(gte=5), fact("science_staff", lt=3)]},
        {"all": [staff(gte=5), {"any": [staff(lt=3), PATENTS]}, staff(ne=7)]},
        {"all": [industry(prefix=["C"]), {"not": industry(in_=["C38"])}]},
        {"all": [industry(in_=["C", "C39"]), {"not": industry(prefix=["C38"])}]},
        {"any": [staff(gte=5), staff(lt=4)]},
        {"any": [staff(gte=5), {"all": [staff(lt=5), PATENTS]}]},
        {"all": [{"rule": "test.x", "is": "met"}, {"rule": "test.x", "in": ["a"]}]},
        {"at_least": {"n": 2, "of": [staff(lt=5), staff(gt=6), PATENTS]}},
    ],
)
def test_what_can_be_met_and_missed_is_no_problem(condition: dict[str, Any]) -> None:
    assert problems(condition) == []


# ---- always met ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "condition",
    [
        {"any": [staff(gte=5), staff(lt=5)]},
        {"any": [staff(gt=3), staff(lt=5)]},
        {"any": [fact("certified", is_=True), fact("certified", is_=False)]},
        {"any": [industry(prefix=["C"]), {"not": industry(prefix=["C"])}]},
        {"any": [registered(before={"as_of": "-1y"}), registered(at_or_after={"as_of": "-12m"})]},
        {"any": [staff(known=True), staff(known=False)]},
        {"veto": [{"all": [staff(gte=5), staff(lt=5)]}]},
    ],
)
def test_clauses_that_leave_nothing_out(condition: dict[str, Any]) -> None:
    ((place, reason),) = problems(condition)
    wanted = NEVER if "veto" in condition else ALWAYS
    assert (place, reason) == ("veto.0.all.1" if "veto" in condition else "", wanted + TWO)


# ---- warnings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "place", "reason"),
    [
        (
            {"all": [staff(gte=5), staff(gte=3)]},
            "all.1",
            "adds nothing: met whenever item 1 is met",
        ),
        (
            {"all": [staff(gte=3), PATENTS, staff(gte=5)]},
            "all.0",
            "adds nothing: met whenever item 3 is met",
        ),
        (
            {"all": [industry(prefix=["C38"]), industry(prefix=["C"])]},
            "all.1",
            "adds nothing: met whenever item 1 is met",
        ),
        (
            {"all": [staff(gte=3), staff(lte=4), staff(gte=3, lte=4)]},
            "all.2",
            "adds nothing: met whenever the other clauses is met",
        ),
        (
            {"any": [staff(gte=5), staff(gte=3)]},
            "any.0",
            "adds nothing: whenever it is met, so is item 2",
        ),
        (
            {"all": [staff(gte=5), {"any": [staff(lt=3), PATENTS]}]},
            "all.1.any.0",
            "contradicts the clauses beside it: never met here",
        ),
    ],
)
def test_what_adds_nothing_is_a_warning(condition: dict[str, Any], place: str, reason: str) -> None:
    assert warnings(condition) == [(place, reason)]


@pytest.mark.parametrize(
    "condition",
    [
        {"all": [staff(gte=5), staff(known=True)]},
        {"all": [staff(gte=5), staff(lt=50)]},
        {"any": [staff(gte=5), {"all": [staff(gte=3), PATENTS]}]},
        {"any": [staff(known=False), staff(gte=3)]},
    ],
)
def test_what_adds_something_is_not_warned_of(condition: dict[str, Any]) -> None:
    adds = [] if "known" not in str(condition) or "any" in condition else ["all.1"]
    assert [place for place, _ in warnings(condition)] == adds


def test_a_case_whose_own_demand_cannot_be_met_is_a_warning() -> None:
    cases = [{"when": staff(lte=5), "then": staff(gte=9)}, {"else": PATENTS}]
    assert warnings({"cases": cases}) == [
        ("cases.0.then", "whoever falls into this case can never meet what it asks")
    ]


# ---- never a false alarm ------------------------------------------------------------------

CONDITIONS = st.recursive(strategies.leaves(), strategies.joined, max_leaves=6)
NARROW = st.recursive(
    strategies.sized(st.just({"fact": "employees"}))
    | st.sampled_from([staff(known=True), staff(known=False), CERTIFIED]),
    strategies.joined,
    max_leaves=6,
)
EVERYDAY: dict[str, Any] = {"suppress_health_check": list(HealthCheck), "deadline": None}


@settings(max_examples=400, **EVERYDAY)
@given(
    CONDITIONS | NARROW,
    st.lists(strategies.rows(), min_size=5, max_size=30),
    st.sampled_from(strategies.AS_OF),
)
def test_what_is_called_impossible_is_never_met_and_the_other_way_round(
    condition: dict[str, Any], rows: list[dict[str, Any]], as_of: dt.date
) -> None:
    written = version(when=[clause("c", **condition)])
    checked = version_of(when=[clause("c", **condition)])
    tests = [node for _, node in walk(checked) if isinstance(node, Comparison)]
    reasoning = Reasoning(checked, CATALOGUE, tests)
    plain = [Interpreter(written, row, as_of) for row in rows]
    for place, raw in conditions_in(written["when"], ()):
        reach = reasoning.of(model_at(checked.when, place))
        states = {interpreter.state(raw) for interpreter in plain}
        assert reach.met is not None or True not in states
        assert reach.failed is not None or False not in states
        assert reach.unknown is not None or None not in states


@settings(max_examples=400, **EVERYDAY)
@given(
    CONDITIONS | NARROW,
    st.lists(strategies.rows(), min_size=5, max_size=30),
    st.sampled_from(strategies.AS_OF),
)
def test_a_condition_without_its_warned_of_parts_answers_the_same(
    condition: dict[str, Any], rows: list[dict[str, Any]], as_of: dt.date
) -> None:
    """What adds nothing can be taken away: whoever is met stays met, and nobody else is."""
    value = {"all": [{"any": [condition, PATENTS]}, condition]}
    findings = check_version(version_of(when=[clause("c", **value)]), CATALOGUE)
    if any(finding.severity == "problem" for finding in findings):
        return
    spare = [f.path[3:] for f in findings if "adds nothing" in f.reason.en]
    spare += [f.path[3:] for f in findings if f.reason.en.endswith("never met here")]
    less = without(value, spare)
    for row in rows:
        interpreter = Interpreter(version(), row, as_of)
        assert (interpreter.state(value) is True) == (interpreter.state(less) is True)


def conditions_in(value: Any, path: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Every condition inside a condition written down, with its path."""
    found = [(path, value)]
    for key in ("all", "any", "veto"):
        for index, member in enumerate(value.get(key, [])):
            found += conditions_in(member, (*path, key, index))
    if "not" in value:
        found += conditions_in(value["not"], (*path, "not"))
    for index, member in enumerate(value.get("at_least", {}).get("of", [])):
        found += conditions_in(member, (*path, "at_least", "of", index))
    for index, case in enumerate(value.get("cases", [])):
        for key in ("when", "then", "else"):
            if key in case:
                found += conditions_in(case[key], (*path, "cases", index, key))
    return found


ATTRIBUTES = {
    "all": "members",
    "any": "members",
    "veto": "members",
    "not": "member",
    "else": "otherwise",
}


def model_at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, ATTRIBUTES.get(step, step))
    return value


def without(value: Any, places: list[Path], path: Path = ()) -> Any:
    """A condition without the members at these places."""
    if isinstance(value, dict):
        return {key: without(each, places, (*path, key)) for key, each in value.items()}
    if isinstance(value, list):
        kept = [(n, each) for n, each in enumerate(value) if (*path, n) not in places]
        return [without(each, places, (*path, n)) for n, each in kept]
    return value
