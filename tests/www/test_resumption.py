"""The export of a day comes back as daily reports; lists of members where sources disagree."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.resumption.models import WorkReport
from openzone.zone.resumption.services.sheets import apply_book, check_book
from tests.zone.resumption import scene

pytestmark = pytest.mark.django_db
Visit = Callable[[User | None], Client]
SAID = ("member_id", "on", "resumed", "staff", "staff_normal", "capacity", "planned_on", "remark")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_export_of_a_day_is_read_in_as_daily_reports(
    visit: Visit, admin: User, actor: Actor, language: str
) -> None:
    now = timezone.localtime()
    at = scene.scene(actor, now)
    full = {"staff": 40, "staff_normal": 50, "capacity": 60, "remark": "示例备注"}
    scene.reported(actor, at.works, "yes", now, **full)
    scene.reported(actor, at.idle, "partly", now, planned_on=now.date())
    client = visit(admin)
    client.cookies["django_language"] = language
    sent = client.post(f"/resumption/{at.season.pk}/export/", {"on": now.date().isoformat()})
    before = list(WorkReport.objects.order_by("pk").values_list(*SAID))
    book = check_book(actor=actor, season=at.season, kind="reports", file_name="复工.xlsx",
                      data=sent.content, now=now)  # fmt: skip
    # Who has not reported stands there to be filled in, and is not entered before.
    assert len(book.rows) == 2, book.problems
    apply_book(actor=actor, book=book, now=now)
    again = WorkReport.objects.filter(side="visit").order_by("pk")
    assert list(again.values_list(*SAID)) == before


def test_members_are_listed_with_all_that_disagrees_about_them(
    visit: Visit, admin: User, actor: Actor
) -> None:
    now = timezone.localtime()
    at = scene.scene(actor, now)
    scene.reported(actor, at.idle, "yes", now, staff=0, staff_normal=50)
    scene.powered(actor, at.idle, 40, now=now)
    client = visit(admin)
    there = f"/resumption/{at.season.pk}/list/"
    doubts = client.get(f"{there}doubts/").content.decode()
    assert "当日用电仅为基期日均的" in doubts
    assert "到岗人数为0" in doubts
    assert at.silent.name in client.get(f"{there}silent/").content.decode()
    assert client.get(f"{there}unplanned/").status_code == 200
