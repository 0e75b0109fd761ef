"""Learning a fact may settle an answer of a national rule, and never turns a settled one round."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.facts.catalogue import Fact, FactType
from openzone.packs.loading import national_catalogue
from tests.packs.answers import ask, plan
from tests.packs.test_national_rules import IDS

INDUSTRIES = [
    "A0111",
    "C3841",
    "E4710",
    "F5111",
    "G5910",
    "I6510",
    "K7010",
    "L7211",
    "P8331",
]
YUAN = [0, 1_000_000, 9_999_999, 10_000_000, 49_999_999, 60_000_000, 200_000_000, 500_000_000]
VALUES: dict[FactType, st.SearchStrategy[object]] = {
    FactType.YUAN: st.sampled_from(YUAN) | st.integers(0, 10**9),
    FactType.NUMBER: st.sampled_from([0, 1, 2, 3, 4, 10, 20, 50, 60, 71, 100, 300, 1000]),
    FactType.RATIO: st.sampled_from([0.0, 0.05, 0.0999, 0.1, 0.5]),
    FactType.BOOL: st.booleans(),
    FactType.CODE: st.sampled_from(INDUSTRIES),
    FactType.DATE: st.dates(dt.date(2015, 1, 1), dt.date(2028, 12, 31)),
}
DAYS = st.sampled_from(["2026-03-31", "2026-04-01"])
ASKED = sorted(plan("2026-03-31").facts | plan("2026-04-01").facts)


def values_of(fact: Fact) -> st.SearchStrategy[object]:
    if fact.series.choices:
        return st.sampled_from(sorted(fact.series.choices))
    return VALUES[fact.type]


FIRMS = st.fixed_dictionaries({name: values_of(national_catalogue()[name]) for name in ASKED})


@settings(max_examples=60, deadline=None)
@given(firm=FIRMS, forgotten=st.sets(st.sampled_from(ASKED), min_size=1), on=DAYS)
def test_forgetting_facts_leaves_the_answer_or_makes_it_unknown(
    firm: dict[str, object], forgotten: set[str], on: str
) -> None:
    less = {name: firm[name] for name in firm if name not in forgotten}
    for rule in IDS:
        whole, part = ask(rule, firm, on), ask(rule, less, on)
        assert part.outcome in ("unknown", whole.outcome)
        if part.outcome == "met":
            assert part.value == whole.value
        assert set(part.missing) <= forgotten


@settings(max_examples=60, deadline=None)
@given(firm=FIRMS, forgotten=st.sets(st.sampled_from(ASKED), min_size=1), on=DAYS)
def test_an_answer_lost_with_some_facts_comes_back_with_those_it_names(
    firm: dict[str, object], forgotten: set[str], on: str
) -> None:
    less = {name: firm[name] for name in firm if name not in forgotten}
    for rule in IDS:
        whole, part = ask(rule, firm, on), ask(rule, less, on)
        if part.outcome == "unknown" and whole.outcome != "unknown":
            named = {name: firm[name] for name in part.missing}
            assert named
            assert ask(rule, {**less, **named}, on).outcome == whole.outcome


def test_with_nothing_known_every_rule_is_unknown_and_asks_for_something() -> None:
    for on in ("2026-03-31", "2026-04-01"):
        for rule in IDS:
            answer = ask(rule, {}, on)
            assert answer.outcome == "unknown"
            assert answer.missing
