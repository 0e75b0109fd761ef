"""What a desk does with a case stands on its page, for who may do it and while it makes sense."""

import pytest
from django.urls import reverse
from django.utils import timezone

from openzone.zone.cases.models import Case
from openzone.zone.cases.services.acting import act
from openzone.zone.people.enums import Role
from tests.www.addresses.desks import numbers

pytestmark = pytest.mark.django_db


def _page(visit, user, pk: int) -> str:
    return str(visit(user).get(reverse("case", args=[pk])).content.decode())


def test_a_power_cut_offers_a_dispatch_to_its_unit_only(visit, zone, colleague, admin):
    made = numbers(zone)
    link = reverse("dispatch_new", args=[made["urgent"]])
    assert link in _page(visit, colleague, made["urgent"])
    assert link not in _page(visit, admin, made["urgent"])


def test_conduct_is_referred_by_the_centre_while_the_cause_is_sought(
    visit, zone, make_user, colleague, actor
):
    made = numbers(zone)
    case = Case.objects.select_related("lead").get(pk=made["failed"])
    clerk = make_user("window-clerk", Role.CENTRE, case.lead)
    link = reverse("window_refer", args=[case.pk])
    assert link not in _page(visit, clerk, case.pk), "nobody has taken it up yet"
    act(actor=actor, case=case, action="accept", now=timezone.now(), user=clerk)
    assert link in _page(visit, clerk, case.pk)
    assert link not in _page(visit, colleague, case.pk)
