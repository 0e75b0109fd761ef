"""Three-valued logic: the truth tables, every combination, in batch and single."""

import itertools
from typing import Any

import pytest

from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.match import match
from openzone.engines.rules.schema import Rule
from openzone.engines.rules.single import Known, answer
from tests.engines.rules.sample import AS_OF, CATALOGUE, clause, outcome, rule

T, F, U = True, False, None
STATES = (T, F, U)
NAMES = {T: "met", F: "not_met", U: "unknown"}
FACTS = ("dishonest", "certified", "employees")
ATOMS = (
    {"fact": "dishonest", "is": True},
    {"fact": "certified", "is": True},
    {"fact": "employees", "gte": 1},
)


def facts_for(states: tuple[bool | None, ...]) -> dict[str, Any]:
    values = dict(zip(FACTS, states, strict=False))
    if values.get("employees") is not None:
        values["employees"] = int(values["employees"])
    return values


def outcomes(condition: dict[str, Any], size: int) -> dict[tuple[bool | None, ...], str]:
    """The outcome for every combination of states, checked to be the same in single."""
    written = rule(when=[clause("c", **condition)])  # a check would refuse what is always met
    plan = compile_rules([Rule.model_validate(written)], CATALOGUE, AS_OF)
    rows = list(itertools.product(STATES, repeat=size))
    facts = [facts_for(row) for row in rows]
    columns = Columns.from_values(
        [str(row) for row in rows],
        {name: [fact[name] for fact in facts] for name in FACTS[:size]},
        CATALOGUE,
    )
    batch = [record.outcome for record in match(plan, columns)]
    single = [
        answer(plan, {k: Known(v) for k, v in fact.items()}).outcome(plan.rules[0])
        for fact in facts
    ]
    assert batch == single
    return dict(zip(rows, batch, strict=True))


def test_all_is_the_least_of_its_members() -> None:
    found = outcomes({"all": list(ATOMS)}, 3)
    for row, result in found.items():
        expected = F if F in row else U if U in row else T
        assert result == NAMES[expected]


def test_any_is_the_greatest_of_its_members() -> None:
    found = outcomes({"any": list(ATOMS)}, 3)
    for row, result in found.items():
        expected = T if T in row else U if U in row else F
        assert result == NAMES[expected]


def test_not_swaps_met_and_not_met_and_leaves_unknown() -> None:
    found = outcomes({"not": ATOMS[0]}, 1)
    assert found == {(T,): "not_met", (F,): "met", (U,): "unknown"}


def test_veto_is_not_any() -> None:
    assert outcomes({"veto": list(ATOMS)}, 3) == outcomes({"not": {"any": list(ATOMS)}}, 3)


@pytest.mark.parametrize("least", [1, 2, 3])
def test_at_least_counts_what_holds_and_what_still_could(least: int) -> None:
    found = outcomes({"at_least": {"n": least, "of": list(ATOMS)}}, 3)
    for row, result in found.items():
        possible = row.count(T) + row.count(U)
        expected = T if row.count(T) >= least else F if possible < least else U
        assert result == NAMES[expected]


def test_a_condition_or_its_contrary_is_not_certain_while_unknown() -> None:
    either = {"any": [ATOMS[0], {"not": ATOMS[0]}]}
    assert outcomes(either, 1) == {(T,): "met", (F,): "met", (U,): "unknown"}


def test_known_is_the_only_two_valued_test() -> None:
    assert outcome({"fact": "employees", "known": True}) == "not_met"
    assert outcome({"fact": "employees", "known": False}) == "met"
    assert outcome({"fact": "industry", "known": True}, industry="C38") == "met"
    assert outcome({"fact": "registered_on", "known": False}) == "met"


def test_several_tests_must_all_hold() -> None:
    between = {"fact": "employees", "gte": 5, "lt": 10}
    assert [outcome(between, employees=n) for n in (4, 5, 9, 10)] == [
        "not_met", "met", "met", "not_met",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("test", "below", "at", "above"),
    [
        ("gte", "not_met", "met", "met"),
        ("gt", "not_met", "not_met", "met"),
        ("lte", "met", "met", "not_met"),
        ("lt", "met", "not_met", "not_met"),
        ("eq", "not_met", "met", "not_met"),
        ("ne", "met", "not_met", "met"),
    ],
)
def test_ends_belong_where_the_language_says(test: str, below: str, at: str, above: str) -> None:
    found = [outcome({"fact": "employees", test: 10}, employees=n) for n in (9, 10, 11)]
    assert found == [below, at, above]
    assert outcome({"fact": "employees", test: 10}) == "unknown"


def test_a_missing_fact_in_a_list_is_unknown_and_not_absent_from_it() -> None:
    test = {"fact": "level", "in": ["national", "provincial"]}
    assert outcome(test, level="national") == "met"
    assert outcome(test, level="none") == "not_met"
    assert outcome(test) == "unknown"
    assert outcome({"not": test}) == "unknown"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("C3841", "met"),
        ("C38", "met"),
        ("C39", "not_met"),
        ("D3841", "not_met"),
        ("C3", "unknown"),
        ("C", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_prefix_covers_finer_codes_and_coarser_ones_are_unknown(
    code: str | None, expected: str
) -> None:
    assert outcome({"fact": "industry", "prefix": ["C38"]}, industry=code) == expected


def test_a_code_that_one_prefix_covers_is_met_though_too_coarse_for_another() -> None:
    test = {"fact": "industry", "prefix": ["C3", "C384"]}
    assert outcome(test, industry="C38") == "met"
