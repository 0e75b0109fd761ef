"""The enterprises of one person, read without the rest of the zone."""

import datetime as dt

import pytest

from openzone.zone.registry.enums import ChargeRole
from openzone.zone.registry.services.people import assign_person_in_charge
from openzone.zone.visits.enums import Duty
from openzone.zone.visits.selectors.due import lines, of_person
from openzone.zone.visits.selectors.network import Network
from openzone.zone.visits.selectors.waiting import own_lines
from openzone.zone.visits.services.assigning import put_in_grid
from tests.zone.visits.conftest import DAY, LONG_AGO

pytestmark = pytest.mark.django_db


@pytest.fixture
def officers(actor, area, firm, post, office):
    """Li has one enterprise as its sponsor and two in a grid; Wang has another grid."""
    li, wang = post("li", Duty.GRID, area.one).user, post("wang", Duty.GRID, area.three).user
    post("li", Duty.SPONSOR)
    firms = [firm(name) for name in "甲乙丙丁"]
    for one, grid in zip(firms[:3], (area.one, area.one, area.three), strict=True):
        put_in_grid(actor=actor, enterprise=one, grid=grid, valid_from=LONG_AGO)
    assign_person_in_charge(
        actor=actor, subject=firms[3], role=ChargeRole.SPONSOR, valid_from=LONG_AGO, user=li,
        unit=office,
    )  # fmt: skip
    return li, wang


def test_the_short_way_says_what_the_whole_network_says(officers, area):
    whole = lines(Network(DAY))
    li, wang = officers
    assert own_lines(li, DAY) == of_person(whole, li.pk, [area.one.pk])
    assert own_lines(wang, DAY) == of_person(whole, wang.pk, [area.three.pk])
    assert len(own_lines(li, DAY)) == 3


def test_who_looks_after_nobody_asks_for_nothing_more(make_user, django_assert_num_queries):
    nobody = make_user("nobody")
    with django_assert_num_queries(2):
        assert own_lines(nobody, DAY) == []


def test_who_was_not_met_is_overdue(officers):
    li, _ = officers
    assert all(line.is_overdue for line in own_lines(li, DAY))
    assert not any(line.is_overdue for line in own_lines(li, LONG_AGO + dt.timedelta(days=5)))
