"""Pressure, topics and what went up: numbers that are the length of their lists."""

import pytest

from openzone.zone.cases.models import Case
from openzone.zone.cases.selectors.summary import pressure, together, topics, up_to_leaders
from openzone.zone.cases.services import ticking
from tests.zone.cases.people import DAY, HOUR, NOW, People

pytestmark = pytest.mark.django_db


def test_an_open_case_is_late_at_risk_or_calm_and_never_two_of_them(people: People):
    cases = [people.open().case for _ in range(3)]
    people.do(cases[0], people.handler, "accept")
    people.closed()
    for hours in (0, 0.6, 0.9, 3, 400):
        found = pressure(Case.objects.all(), NOW + hours * HOUR)
        assert set(found) == {people.finance.pk}
        assert sorted(together(found.values()).open) == sorted(case.pk for case in cases)


def test_what_is_past_its_due_moment_is_late(people: People):
    case = people.open().case
    found = pressure(Case.objects.all(), NOW + 2 * HOUR)[people.finance.pk]
    assert (found.late, found.at_risk, found.calm) == ([case.pk], [], [])


def test_topics_count_all_open_and_late(people: People):
    people.open()
    people.closed()
    (topic,) = topics(Case.objects.all(), NOW + 2 * HOUR, 10)
    assert topic == ("finance", 2, 1, 1)
    assert topics(Case.objects.all(), NOW, 0) == []


def test_a_step_to_the_head_of_the_unit_has_not_reached_leaders(people: People):
    case = people.accepted()
    ticking.run(NOW + 8 * DAY)
    case.refresh_from_db()
    assert case.escalated == "head"
    assert not up_to_leaders(Case.objects.all()).exists()
    ticking.run(NOW + 20 * DAY)
    assert list(up_to_leaders(Case.objects.all())) == [case]


def test_pressure_is_one_query(people: People, django_assert_num_queries):
    for _ in range(4):
        people.open()
    with django_assert_num_queries(1):
        pressure(Case.objects.all(), NOW)
