"""The leaders' summary: every number is the length of the list it leads to."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from openzone.zone.cases.models import Case
from tests.www.addresses.cases import Made

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(zone):
    """Cases of two units: open, accepted, and one past its day."""
    one = Made(zone)
    one.opened("示例甲", unit=one.centre)
    one.act(one.opened("示例乙"), "accept", one.handler)
    late = one.opened("示例丙")
    Case.objects.filter(pk=late.pk).update(due_at=timezone.now() - dt.timedelta(days=2))
    return one


def _rows(client, address):
    page = client.get(address)
    assert page.status_code == 200, address
    return len(page.context["rows"])


def test_every_number_of_cases_is_the_length_of_its_list(visit, made):
    client = visit(made.clerk)
    context = client.get(reverse("overview")).context
    table = context["units"]
    assert len(table.rows) >= 2
    for row in [*table.rows, table.total]:
        for cell in [*row.pressing, *(rate for rate in row.rates if rate.href)]:
            assert _rows(client, cell.href) == cell.number
    open_, late, at_risk, calm = (cell.number for cell in table.total.pressing)
    assert open_ == late + at_risk + calm == Case.objects.filter(closed=False).count()
    assert late >= 1


def test_every_number_of_a_topic_is_the_length_of_its_list(visit, made):
    client = visit(made.clerk)
    topics = client.get(reverse("overview")).context["topics"]
    assert topics
    for row in topics:
        assert client.get(row.total.href).context["page"].paginator.count == row.total.number
        assert client.get(row.closed.href).context["page"].paginator.count == row.closed.number


def test_the_units_add_up_to_the_total(visit, made):
    table = visit(made.clerk).get(reverse("overview")).context["units"]
    for place, cell in enumerate(table.total.pressing):
        assert sum(row.pressing[place].number for row in table.rows) == cell.number


def test_no_share_stands_without_what_it_is_a_share_of(visit, made):
    page = visit(made.clerk).get(reverse("overview")).content.decode()
    shares = re.findall(r'<td class="num rate">(.*?)</td>', page, re.DOTALL)
    assert shares
    assert all(re.search(r"\d+ / \d+", share) for share in shares)


def test_who_does_not_work_for_the_zone_sees_nothing_of_it(visit, made, owner, stranger):
    for user in (owner, stranger):
        for name in ("overview", "overview_cases", "overview_promises"):
            assert visit(user).get(reverse(name)).status_code == 403


def test_people_of_a_unit_complained_about_do_not_find_the_complaint_in_its_numbers(visit, made):
    before = visit(made.clerk).get(reverse("overview")).context["units"].total.pressing[0].number
    Case.objects.filter(title="示例甲").update(about_unit=made.clerk.memberships.get().unit)
    client = visit(made.clerk)
    after = client.get(reverse("overview")).context["units"].total.pressing[0]
    assert after.number == before - 1 == _rows(client, after.href)
