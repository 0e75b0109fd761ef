"""What the registers give away can come back; what an enterprise sees of itself."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.cultivation.models import Honour, Recognition
from openzone.zone.cultivation.packs import pool_named
from openzone.zone.cultivation.services.books import apply_book, check_book
from openzone.zone.cultivation.services.honours import enter_honour, withdraw_honour
from openzone.zone.cultivation.services.imports import apply_recognitions, check_recognitions
from openzone.zone.cultivation.services.pools import accept
from openzone.zone.cultivation.services.recognitions import (
    enter_recognition,
    withdraw_recognition,
)
from openzone.zone.people.models import User
from tests.www.conftest import Zone

pytestmark = pytest.mark.django_db
Visit = Callable[[User | None], Client]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_exported_register_can_be_imported_again(
    visit: Visit, admin: User, zone: Zone, actor: Actor, today: dt.date, language: str
) -> None:
    entered = enter_recognition(
        actor=actor,
        enterprise=zone.near,
        title="srdi_sme",
        year=2025,
        level="省级",
        document="示例公告1号",
        valid_to=dt.date(2028, 6, 30),
        source="示例名单",
    )
    client = visit(admin)
    client.cookies["django_language"] = language
    sent = client.post("/recognitions/export/")
    assert Event.objects.filter(action="registry.exported").exists()
    withdraw_recognition(actor=actor, recognition=entered, on=today, reason="重新导入")
    batch = check_recognitions(actor=actor, file_name="资质.xlsx", data=sent.content, as_of=today)
    apply_recognitions(actor=actor, batch=batch)
    again = Recognition.objects.get(withdrawn_on__isnull=True)
    for name in ("enterprise_id", "title", "level", "year", "document", "valid_to"):
        assert getattr(again, name) == getattr(entered, name)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_exported_honours_can_be_read_in_again(
    visit: Visit, admin: User, zone: Zone, actor: Actor, today: dt.date, language: str
) -> None:
    given: dict[str, Any] = {"actor": actor, "on": today, "today": today, "source": "示例名单"}
    made = [
        enter_honour(
            kind="craftsman", holder="示例工匠", enterprise=zone.near, level="市级", **given
        ),
        enter_honour(kind="market_rank", holder="装机量", place=2, scope="全国", **given),
        enter_honour(kind="participation", holder="申报参选", part=6, whole=12, **given),
    ]
    client = visit(admin)
    client.cookies["django_language"] = language
    sent = client.post("/honours/export/").content
    for one in made:
        withdraw_honour(actor=actor, honour=one, on=today, reason="重新导入")
    now = timezone.now()
    book = check_book(actor=actor, kind="honours", file_name="荣誉.xlsx", data=sent, now=now)
    assert book.problems == []
    apply_book(actor=actor, book=book, now=now)
    said = (
        "kind",
        "holder",
        "enterprise",
        "level",
        "on",
        "place",
        "scope",
        "part",
        "whole",
        "source",
    )
    rows = Honour.objects.order_by("kind").values_list(*said)
    assert list(rows.filter(withdrawn_on=None)) == list(rows.exclude(withdrawn_on=None))


def test_every_page_about_reported_figures_carries_the_notice(
    visit: Visit, admin: User, enterprise_owner: User, zone: Zone, actor: Actor, today: dt.date
) -> None:
    pool = pool_named("high_tech")
    assert pool is not None
    entry = accept(actor=actor, pool=pool, enterprise=zone.near, reason="研发强", on=today)
    for user, path in (
        (admin, "/cultivation/"),
        (admin, "/cultivation/pools/near_scale/"),
        (admin, "/cultivation/workbooks/months/"),
        (admin, "/cultivation/ladders/scale/"),
        (admin, f"/cultivation/entries/{entry.pk}/"),
        (enterprise_owner, f"/cultivation/entries/{entry.pk}/"),
        (enterprise_owner, f"/cultivation/enterprises/{zone.near.pk}/"),
    ):
        page = visit(user).get(path).content.decode()
        assert "系统绝不生成、修改企业上报的数据" in page, path


def test_an_enterprise_sees_its_own_way_and_cannot_decide(
    visit: Visit, enterprise_owner: User, zone: Zone
) -> None:
    client = visit(enterprise_owner)
    assert client.get("/cultivation/mine/").headers["Location"].endswith(f"/{zone.near.pk}/")
    denied = client.post(
        f"/cultivation/pools/high_tech/{zone.near.pk}/", {"choice": "accepted", "reason": "请收下"}
    )
    assert denied.status_code == 403
