"""Finding enterprises: by a rule in force or by conditions, over columns that are resident."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openzone.engines.rules.schema import Rule
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.enterprises import Filter
from openzone.zone.rulebook.models import RuleDraft, RuleRelease
from openzone.zone.rulebook.packs import in_force
from openzone.zone.rulebook.selectors.adhoc import adhoc_rule
from openzone.zone.rulebook.selectors.entitlements import Standing
from openzone.zone.rulebook.selectors.population import population
from openzone.zone.rulebook.selectors.screening import (
    Spec,
    Tally,
    found,
    resident,
    screen,
    screened,
)
from openzone.zone.rulebook.services.drafts import create_rule
from openzone.zone.rulebook.services.publishing import publish
from tests.factories import make_enterprise, make_place, state
from tests.zone.rulebook.conftest import DAY, RENT, new_draft, published, rent_rule, submitted

pytestmark = pytest.mark.django_db
Firms = dict[str, Enterprise]


def asked(*conditions: dict[str, Any], join: str = "all") -> Rule:
    rule, findings = adhoc_rule(conditions, join)  # type: ignore[arg-type]
    assert rule is not None, findings
    return rule


STAFF = {"fact": "employees", "gte": 100}


@pytest.mark.parametrize(
    ("standing", "who"),
    [(Standing.MET, "甲"), (Standing.NEAR, "乙"), (Standing.UNKNOWN, "丙")],
)
def test_conditions_find_who_stands_how(firms: Firms, standing: Standing, who: str) -> None:
    assert found(Spec(conditions=asked(STAFF)), DAY, standing) == [firms[who].pk]


def test_any_of_the_conditions_is_enough_where_that_is_asked(firms: Firms) -> None:
    rich = {"fact": "revenue_y1", "gte": "1000万"}
    both = found(Spec(conditions=asked(STAFF, rich)), DAY, Standing.MET)
    either = found(Spec(conditions=asked(STAFF, rich, join="any")), DAY, Standing.MET)
    assert both == []
    assert either == sorted([firms["甲"].pk, firms["乙"].pk])


def test_a_rule_in_force_finds_the_same_as_the_whole_zone(firms: Firms) -> None:
    whole = population(DAY)
    for rule in in_force().rules:
        if rule.version_on(DAY):
            for standing in Standing:
                mine = found(Spec(rule_id=rule.rule), DAY, standing)
                assert mine == whole.standing(rule.rule, standing)


def test_a_place_narrows_what_is_found(firms: Firms) -> None:
    park = make_place("示例二园")
    inside = make_enterprise(place=park)
    state(inside, DAY, employees=500)
    spec = Spec(conditions=asked(STAFF), where=Filter(place=park))
    assert found(spec, DAY, Standing.MET) == [inside.pk]


def test_a_rule_nobody_knows_finds_nobody(firms: Firms) -> None:
    assert found(Spec(rule_id="zone.none"), DAY, Standing.MET) == []


def test_conditions_that_make_no_sense_are_told_by_their_place() -> None:
    rule, findings = adhoc_rule([STAFF, {"fact": "employees", "gte": "很多"}], "all")
    assert rule is None
    assert findings[0].path[:5] == ("versions", 0, "when", "all", 1)


def test_the_money_is_added_up_and_the_unknown_amounts_are_counted(
    firms: Firms, draft: RuleDraft, approver: User
) -> None:
    nameless = make_enterprise()
    state(nameless, DAY, employees=100)
    published(draft, approver)
    answers = screened(Spec(rule_id=RENT), DAY)
    assert answers is not None
    assert answers.money == (100_000.0, 1)


def test_each_clause_says_how_many_it_keeps(firms: Firms) -> None:
    answers = screen(asked(STAFF, {"fact": "revenue_y1", "lt": "1亿"}), in_force(), DAY)
    assert answers is not None
    assert answers.clauses == {"c1": Tally(1, 1, 1), "c2": Tally(2, 1, 0)}


def test_an_edit_reads_nothing_again_and_a_new_fact_one_column(firms: Firms) -> None:
    day = resident(DAY)
    day.columns(["employees"])
    with CaptureQueriesContext(connection) as queries:
        day.columns(["employees"])
    assert len(queries) == 0
    day.columns(["employees", "revenue_y1"])
    assert resident(DAY) is day


def test_what_is_resident_follows_the_record(firms: Firms) -> None:
    before = found(Spec(conditions=asked(STAFF)), DAY, Standing.MET)
    state(firms["乙"], DAY, employees=100)
    assert found(Spec(conditions=asked(STAFF)), DAY, Standing.MET) == [
        *before,
        firms["乙"].pk,
    ]


def test_a_fact_that_no_catalogue_knows_any_more_is_unknown_everywhere(firms: Firms) -> None:
    assert len(resident(DAY).columns(["employees", "no_such_fact"])) == len(firms)


def test_a_day_without_a_version_has_no_answer(
    firms: Firms, draft: RuleDraft, approver: User
) -> None:
    published(draft, approver)
    assert screened(Spec(rule_id=RENT), dt.date(2025, 12, 31)) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_drafts_approved_at_the_same_time_one_wins(
    author: User,
    approver: User,
    at_the_same_time: Callable[[int, Callable[[], Any]], list[Any]],
) -> None:
    other = rent_rule()
    other["rule"] = "zone.other"
    by = {"actor": Actor.of(author), "by": author}
    second = create_rule(**by, rule_id="zone.other", title="另一草案", document=other)  # type: ignore[arg-type]
    ready = [submitted(new_draft(author)), submitted(second)]

    def approve() -> str:
        try:
            publish(
                actor=Actor.of(approver),
                by=approver,
                draft=ready.pop(),
                seen_release=0,
                today=DAY,
            )
        except Refused as refusal:
            return refusal.reason.zh
        return "published"

    answers = sorted(at_the_same_time(2, approve))
    assert answers[0] == "published"
    assert "第 1 次发布" in answers[1]
    assert RuleRelease.objects.count() == 1
