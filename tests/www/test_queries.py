"""A list asks the database no more often when it is longer."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openzone.zone.outreach.models import Push
from openzone.zone.people.models import User
from openzone.zone.policies.models import Item
from tests.factories import TESTS
from tests.www.addresses.cases import Made
from tests.www.addresses.redemption import _Made
from tests.www.conftest import AS_OF, Zone

pytestmark = pytest.mark.django_db
Visit = Callable[[User | None], Client]


def add(made: _Made, name: str) -> None:
    """Add an application that waits, its item with a rule, and a push of it."""
    application = made.handed_in(name)
    Item.objects.filter(pk=application.item_id).update(rule_id="cn.tech_sme", owner=None)
    application.item.document.issuers.create(name="示例单位", unit=made.office, leads=True)
    Push.objects.create(
        item=application.item, version=f"1:{name}", channel="site", standings=["met"],
        as_of=AS_OF, state="sent", created_at=timezone.now(), created_by=TESTS.label,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["applications", "desk", "coverage", "pushes"])
def test_a_longer_list_asks_no_more_often(zone: Zone, visit: Visit, name: str) -> None:
    made = _Made(zone)
    client, counts = visit(made.officer), []
    for rows in (["a"], ["b", "c", "d"]):
        for row in rows:
            add(made, row)
        client.get(reverse(name))  # what is kept in the process is read once
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["my_desk", "cases", "board", "home", "matters"])
def test_more_cases_cost_no_more_queries(zone: Zone, visit: Visit, name: str) -> None:
    made = Made(zone)
    client, counts = visit(made.clerk), []
    for titles in (["示例甲"], ["示例乙", "示例丙", "示例丁"]):
        for title in titles:
            made.opened(title, unit=made.centre)
            made.act(made.opened(title), "accept", made.handler)
        client.get(reverse(name))  # what is kept in the process is read once
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_longer_history_costs_its_page_no_more_queries(zone: Zone, visit: Visit) -> None:
    made = Made(zone)
    case = made.act(made.opened("示例甲"), "accept", made.handler)
    client, counts = visit(made.handler), []
    for notes in (1, 5):
        for number in range(notes):
            made.act(case, "note", made.handler, text=f"第{number}次")
        client.get(reverse("case", args=[case.pk]))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("case", args=[case.pk])).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
