"""A firm reports and asks for help, the zone sees both rates, reminds, closes: in a browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Case
from openzone.zone.resumption.models import WorkReport
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits
from tests.zone.resumption import scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_firm_reports_and_the_zone_sees_how_work_resumes(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    actor, now = Actor.system("tests"), timezone.localtime()
    at = scene.scene(actor, now)
    scene.reported(actor, at.idle, "yes", now, staff=90, staff_normal=100)
    scene.powered(actor, at.idle, 40, now=now)
    page, pk = browser_page, at.season.pk

    def look(name: str, size: object = DESK) -> None:
        fits(page, shot, f"resumption-{name}", assert_accessible)
        page.set_viewport_size(size)  # type: ignore[arg-type]

    page.set_viewport_size(PHONE)
    login_as(page, at.speaks)
    page.goto(f"{live_server}/resumption/mine/")
    look("mine", PHONE)
    page.get_by_role("link", name="填报今日").click()
    page.locator("#id_resumed").select_option("partly")
    page.locator("#id_staff").fill("40")
    page.locator("#id_staff_normal").fill("50")
    page.locator("#id_blocker").select_option("labour")
    page.locator("#id_text").fill("缺焊工十二名")
    page.locator("#id_amount").fill("12")
    page.locator("#id_raise_it").check()
    look("report", PHONE)
    page.get_by_role("main").get_by_role("button", name="提交填报").click()
    expect(page.get_by_text("诉求办理中").first).to_be_visible()
    look("member", DESK)
    assert (WorkReport.objects.latest("pk").side, Case.objects.count()) == ("self", 1)

    login_as(page, zone.clerk)
    page.goto(f"{live_server}/resumption/{pk}/")
    expect(page.get_by_text("自报已复工，当日用电仅为基期日均的").first).to_be_visible()
    page.get_by_text("口径").first.click()
    look("day", PHONE)
    look("day-phone", DESK)
    page.get_by_role("button", name="提醒未报").click()
    expect(page.get_by_text("已提醒：1").first).to_be_visible()
    for name in ("trend/", "roster/", "behind/resumed/unknown/", "list/doubts/", "blockers/",
                 "books/"):  # fmt: skip
        page.goto(f"{live_server}/resumption/{pk}/{name}")
        look(name.strip("/").replace("/", "-"))
    page.goto(f"{live_server}/resumption/{pk}/close/")
    page.locator("#id_reason").fill("全面复工")
    page.get_by_role("main").get_by_role("button", name="结束并封存").click()
    expect(page.get_by_text("封存").first).to_be_visible()
    page.goto(f"{live_server}/resumption/")
    look("list", PHONE)
