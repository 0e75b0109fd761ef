"""What one enterprise is entitled to, and what the zone counts, from the same record."""

import datetime as dt

import pytest

from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.facts import correct_fact
from openzone.zone.registry.services.merges import merge, unmerge
from openzone.zone.rulebook.selectors.entitlements import Standing, entitlements, proof
from openzone.zone.rulebook.selectors.population import (
    RuleCounts,
    named_records,
    population,
    record_version,
    records,
)
from tests.factories import TESTS, make_enterprise, state

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
SIZE = "cn.size_class"


@pytest.fixture
def factory() -> Enterprise:
    """A medium industrial firm."""
    firm = make_enterprise(external_id="A-1")
    state(firm, DAY, industry="C3841", employees=300, revenue_y1=20_000_000)
    return firm


def standing(firm: Enterprise, rule: str, as_of: dt.date = DAY) -> Standing:
    found = {each.rule.rule: each for each in entitlements(firm, as_of)}
    return found[rule].standing


def value(firm: Enterprise) -> str | None:
    return next(e for e in entitlements(firm, DAY) if e.rule.rule == SIZE).record.value


def test_a_value_on_the_limit_counts(factory: Enterprise) -> None:
    assert value(factory) == "medium"


def test_what_nobody_stated_is_unknown_and_never_no(factory: Enterprise) -> None:
    assert standing(factory, "cn.high_tech") is Standing.UNKNOWN


def test_those_entitled_to_come_first(factory: Enterprise) -> None:
    order = [each.standing for each in entitlements(factory, DAY)]
    assert order == sorted(order, key=list(Standing).index)


def test_a_correction_changes_the_answer_from_the_day_it_became_known(
    factory: Enterprise,
) -> None:
    correct_fact(
        actor=TESTS,
        subject=factory,
        name="employees",
        value=299,
        as_of=DAY,
        known_on=DAY,
        reason="核对社保名册",
    )
    assert value(factory) == "small"


def test_before_anything_was_known_nothing_is_met(factory: Enterprise) -> None:
    before = entitlements(factory, DAY - dt.timedelta(days=1))
    assert {each.record.outcome for each in before} == {"unknown"}


def test_a_day_before_the_first_rule_has_no_answers(factory: Enterprise) -> None:
    early = dt.date(2010, 1, 1)
    assert entitlements(factory, early) == []
    assert population(early).totals() == RuleCounts(0, 0, 0, 0)
    with pytest.raises(KeyError):
        proof(factory, SIZE, early)


def test_a_proof_names_the_source_of_what_it_used(factory: Enterprise) -> None:
    assert "示例台账" in str(proof(factory, SIZE, DAY).as_json())


def test_the_zone_counts_what_each_enterprise_is_told(factory: Enterprise) -> None:
    make_enterprise()
    of_one = {each.rule.rule: each.standing for each in entitlements(factory, DAY)}
    zone = population(DAY)
    for rule, stands in of_one.items():
        assert factory.pk in zone.standing(rule, stands)
        counts = zone.counts()[rule]
        assert counts.met + counts.near + counts.unknown + counts.not_met == 2
    assert zone.by_value(SIZE) == {"large": 0, "medium": 1, "small": 0, "micro": 0}


def test_answers_of_single_enterprises_and_of_the_zone_are_the_same(factory: Enterprise) -> None:
    make_enterprise()
    whole = [record for record in records(DAY) if record.id == str(factory.pk)]
    alone = {each.rule.rule: each.record for each in entitlements(factory, DAY)}
    assert {record.rule: record for record in whole} == alone


def test_a_change_of_the_record_is_seen_at_once(factory: Enterprise) -> None:
    before = record_version()
    assert population(DAY).by_value(SIZE)["medium"] == 1
    state(factory, DAY, employees=1000, revenue_y1=400_000_000)
    assert record_version() != before
    assert population(DAY).by_value(SIZE)["large"] == 1


def test_merged_enterprises_are_one_and_two_again_when_undone(factory: Enterprise) -> None:
    double = make_enterprise()
    done = merge(actor=TESTS, survivor=factory, absorbed=double, reason="同一家")
    assert population(DAY).enterprises.tolist() == [factory.pk]
    unmerge(actor=TESTS, merge=done, reason="误并")
    assert population(DAY).enterprises.tolist() == [factory.pk, double.pk]


def test_people_know_an_enterprise_by_its_own_number(factory: Enterprise) -> None:
    assert {record.id for record in named_records(DAY)} == {"A-1"}
