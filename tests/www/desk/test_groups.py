"""One area with much in it buries no other."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from openzone.engines.text import Text
from openzone.www.cases.clocks import due_of
from openzone.www.desk.groups import groups
from openzone.www.desk.lines import DeskLine, order
from openzone.zone.cases.packs import notifications
from openzone.zone.people.models import User
from tests.www.addresses.cases import Made
from tests.www.conftest import Zone

Visit = Callable[[User | None], Client]
NOW = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
AGED = NOW - dt.timedelta(days=30)
ASKED, INNER = Text("企业诉求", "Requests"), Text("改革任务", "Reform tasks")


def line(area: Text, days: int | None, *, outside: bool = False) -> DeskLine:
    due = due_of(NOW + dt.timedelta(days=days), NOW) if days is not None else None
    text = Text("示例", "Example")
    return DeskLine("/", "", f"{days}", area, "", text, "flag", "grey", due, "/", text, outside)


def test_what_is_late_for_long_comes_after_what_is_due_soon_and_before_what_has_no_end() -> None:
    found = [line(INNER, days) for days in (-292, None, 5, -2, 1, -31)]
    ranked = sorted(found, key=lambda one: order(one, AGED))
    assert [one.title for one in ranked] == ["-2", "1", "5", "-292", "-31", "None"]


def test_areas_for_which_somebody_outside_waits_come_first_with_their_counts() -> None:
    lines = [line(INNER, -20), line(INNER, -19), line(ASKED, 1, outside=True), line(INNER, None)]
    first, second = groups(lines)
    assert (first.key, first.total, first.late) == ("企业诉求", 1, 0)
    assert (second.key, second.total, second.late) == ("改革任务", 3, 2)


@pytest.mark.django_db
def test_an_area_shows_a_few_lines_and_all_of_them_when_asked(zone: Zone, visit: Visit) -> None:
    made, each = Made(zone), notifications().desk.each
    for number in range(each + 2):
        made.opened(f"示例诉求{number}")
    client = visit(made.handler)
    short = client.get(reverse("my_desk")).content.decode()
    assert short.count('class="desk-line') == each
    assert f"全部{each + 2}件：企业诉求" in short
    whole = client.get(reverse("my_desk"), {"area": "企业诉求"}).content.decode()
    assert whole.count('class="desk-line') == each + 2
    assert client.get(reverse("my_desk"), {"area": "没有"}).status_code == 200
