"""What a desk does with a case stands on its page, for who may do it and while it makes sense."""

import pytest
from django.urls import reverse
from django.utils import timezone

from openzone.zone.cases.models import Case
from openzone.zone.cases.services.acting import act
from openzone.zone.community.models import Order
from openzone.zone.people.enums import Role
from tests.www.addresses.commitments import numbers as of_commitments
from tests.www.addresses.community import numbers as of_community
from tests.www.addresses.desks import numbers
from tests.zone.community.town import build

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


def test_the_case_of_an_order_leads_to_the_order_and_names_its_item(visit, zone, colleague, admin):
    of_commitments(zone)  # the same town
    taken = of_community(zone)["nb_taken"]
    order = Order.objects.select_related("case", "item").get(pk=taken)
    link = reverse("order", args=[order.pk])
    page = _page(visit, colleague, order.case_id)
    assert link in page
    assert f"<dd>{order.item.name}</dd>" in page


def test_an_agent_starts_at_the_own_orders_and_is_offered_no_closed_page(visit, zone):
    client = visit(build().walker)
    assert client.get(reverse("home")).url == reverse("agent_orders")
    page = client.get(reverse("agent_orders")).content.decode()
    assert f'href="{reverse("challenges")}"' not in page
