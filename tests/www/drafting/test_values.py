"""What people type beside an operator, and what a rule file says for it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.rules.literals import Quantity
from openzone.www.drafting import facts, values
from openzone.zone.registry.packs import catalogue


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("5000万", "5000万"),
        ("5,000万元", "5000万"),
        ("２亿", "2亿"),
        ("5％", "5%"),
        ("12.5", 12.5),
        ("300", 300),
        ("+3", 3),
        ("800元", "800元"),
        ("很多", "很多"),
        ("", ""),
    ],
)
def test_a_size_is_read_as_people_write_it(typed: str, written: Any) -> None:
    assert values.read("gte", typed, None) == written


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["", "万", "亿", "%", "元"]))
def test_what_is_typed_is_the_number_the_engine_reads(number: Decimal, unit: str) -> None:
    typed = f"{number}{unit}"
    meant = values.as_decimal(typed)
    assert meant is not None
    assert Quantity.parse(values.number(typed)).value == pytest.approx(float(meant))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("2026-01-31", dt.date(2026, 1, 31)),
        ("2026/1/31", "2026/1/31"),
        ("1年前", {"as_of": "-1y"}),
        ("6个月之前", {"as_of": "-6m"}),
        ("30天后", {"as_of": "+30d"}),
        ("-1y", {"as_of": "-1y"}),
        ("评价日", {"as_of": "0d"}),
        ("年初-2", {"year_start": -2}),
        ("年初", {"year_start": 0}),
        ("去年", "去年"),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, written: Any) -> None:
    assert values.read("at_or_before", typed, None) == written


@pytest.mark.parametrize("value", [{"as_of": "-1y"}, {"as_of": "0d"}, {"year_start": -2}])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_day_of_a_file_is_shown_so_that_it_is_read_again(
    value: dict[str, object], language: str
) -> None:
    with translation.override(language):
        assert values.read("before", values.write("before", value, None), None) == value


@pytest.mark.parametrize(("typed", "written"), [("是", True), ("no", False), ("符合", "met")])
def test_a_truth_is_read_as_people_write_it(typed: str, written: Any) -> None:
    assert values.read("is", typed, None) == written


def test_words_are_listed_with_any_comma() -> None:
    assert values.read("prefix", "C38、C39, C40", None) == ["C38", "C39", "C40"]


def test_choices_are_typed_by_their_label() -> None:
    chosen = next(fact for fact in catalogue() if fact.series.choices)
    name, label = next(iter(chosen.series.choices.items()))
    assert values.read("in", label.zh, chosen) == [name]
    with translation.override("zh-hans"):
        assert values.write("in", [name], chosen) == label.zh


def test_operators_are_offered_by_type() -> None:
    assert "gte" in values.operators("fact", catalogue()["employees"])
    assert values.operators("fact", catalogue()["registered_on"])[0] == "at_or_before"
    assert values.operators("fact", catalogue()["in_mainland"]) == ("is", "known")
    assert values.operators("fact", catalogue()["industry"])[0] == "prefix"


def test_no_operator_is_offered_that_the_language_refuses() -> None:
    from openzone.zone.rulebook.selectors.adhoc import adhoc_rule

    samples = {"known": True, "is": True, "in": ["C"], "prefix": ["C38"]}
    for name in ("employees", "revenue_y1", "registered_on", "in_mainland", "industry", "address"):
        for operator in values.operators("fact", catalogue()[name]):
            day = operator in values.DAYS
            value = samples.get(operator, dt.date(2026, 1, 1) if day else 1)
            rule, findings = adhoc_rule([{"fact": name, operator: value}], "all")
            assert rule is not None, (name, operator, findings)


# ---- facts --------------------------------------------------------------------------------


@pytest.mark.parametrize("letters", ["从业人员", "cyry", "congyerenyuan", "employees", "CYRY"])
def test_a_fact_is_found_by_name_pinyin_and_english(letters: str) -> None:
    assert "employees" in [offer.fact.name for offer in facts.suggest(letters)]


@pytest.mark.parametrize("letters", ["", "   ", "没有这样的事实", "\x00"])
def test_nothing_is_found_for_nonsense(letters: str) -> None:
    assert facts.suggest(letters) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_an_input_shows_means_the_same_fact_again(language: str) -> None:
    with translation.override(language):
        for fact in catalogue():
            assert facts.resolve(facts.written(fact)) == fact.name


def test_a_label_alone_is_enough_where_it_is_the_only_one() -> None:
    assert facts.resolve(catalogue()["employees"].label.zh) == "employees"


def test_sensitive_facts_narrow_no_list() -> None:
    assert not facts.may_be_asked(catalogue()["contact_phone"])
    assert facts.may_be_asked(catalogue()["employees"])
