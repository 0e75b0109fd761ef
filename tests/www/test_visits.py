"""What pages of visits and surveys say where a whole journey would be too much."""

import datetime as dt

import pytest
from django.urls import reverse

from openzone.zone.registry.models import PersonInCharge
from openzone.zone.visits.enums import Duty
from openzone.zone.visits.models import GridMembership
from openzone.zone.visits.services.assigning import put_in_grid
from openzone.zone.visits.services.roster import appoint
from tests.factories import make_place

pytestmark = pytest.mark.django_db
SINCE = dt.date(2026, 1, 1)


@pytest.fixture
def grid(zone):
    return make_place("示例网格", "grid", parent=zone.park)


def _shown(client, name):
    return client.get(reverse("visit_orphans")).context[name]


def test_a_proposal_is_entered_as_it_was_shown(visit, admin, zone, grid):
    client = visit(admin)
    shown = _shown(client, "grid_digest")
    client.post(reverse("visit_propose"), {"what": "grids", "shown": shown})
    assert GridMembership.objects.get().enterprise == zone.near


def test_a_proposal_nobody_was_shown_is_not_entered(visit, admin, actor, zone, grid):
    client = visit(admin)
    shown = _shown(client, "grid_digest")
    put_in_grid(actor=actor, enterprise=zone.other, grid=grid, valid_from=SINCE)
    make_place("另一网格", "grid", parent=zone.park, code="a-first")
    answer = client.post(reverse("visit_propose"), {"what": "grids", "shown": shown}, follow=True)
    assert "情况已变化" in answer.content.decode()
    assert not GridMembership.objects.filter(enterprise=zone.near).exists()


def test_orphans_are_given_to_officers_when_a_person_says_so(
    visit, admin, actor, zone, colleague, office
):
    appoint(actor=actor, user=colleague, duty=Duty.SERVICE_OFFICER, unit=office, valid_from=SINCE)
    client = visit(admin)
    shown = _shown(client, "person_digest")
    client.post(reverse("visit_propose"), {"what": "people", "shown": shown})
    given = PersonInCharge.objects.filter(role=Duty.SERVICE_OFFICER)
    assert set(given.values_list("subject", flat=True)) == {
        zone.other.pk
    }  # the first one has a sponsor


def test_somebody_on_the_roster_without_a_role_goes_on_visits(
    visit, make_user, actor, office, zone
):
    officer = make_user("officer")
    assert visit(officer).get(reverse("my_visits")).status_code == 403
    appoint(actor=actor, user=officer, duty=Duty.SERVICE_OFFICER, unit=office, valid_from=SINCE)
    client = visit(officer)
    assert client.get(reverse("my_visits")).status_code == 200
    assert client.get(reverse("visit_contacts", args=[zone.near.pk])).status_code == 200
    assert client.get(reverse("visit_post_new")).status_code == 403


def test_a_plan_near_another_ones_says_whose_it_is_and_offers_to_go_along(
    visit, colleague, leader, office, zone, today
):
    there = reverse("visit_plan", args=[zone.near.pk])
    given = {"planned_on": today.isoformat(), "purpose": "调研"}
    assert visit(colleague).post(there, given | {"unit": "office"}).status_code == 302
    answer = visit(leader).post(there, given | {"unit": "committee"})
    assert answer.status_code == 400
    assert "示例经济发展局已计划" in answer.content.decode()
    assert reverse("visit_join", args=[zone.near.visits.get().pk]) in answer.content.decode()
