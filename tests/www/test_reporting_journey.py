"""A firm reports on a phone, statistics send it back and approve it, sums open their members."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.models import Figure, Report
from openzone.zone.indicators.report_packs import form_of, last_ended
from openzone.zone.indicators.services.rounds import open_round
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits
from tests.zone.indicators.reports_world import CELLS, firm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_a_draft_to_the_sum(
    browser_page: Page,
    live_server: object,
    make_user: Callable[..., User],
    office: Unit,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    actor, now = Actor.system("tests"), timezone.now()
    owner, clerk = make_user("owner"), make_user("stats", Role.STATISTICS, office)
    firm(actor, "示例电池有限公司", owner)
    today = timezone.localdate(now)
    one = open_round(actor=actor, form="enterprise_monthly", now=now, on=today,
                     period=last_ended(form_of("enterprise_monthly"), today))  # fmt: skip
    report = Report.objects.get(round=one)
    page, at = browser_page, f"{live_server}/figures/reports/"

    def look(name: str, size: object = DESK) -> None:
        fits(page, shot, f"reporting-{name}", assert_accessible)
        page.set_viewport_size(size)  # type: ignore[arg-type]

    page.set_viewport_size(PHONE)
    login_as(page, owner)
    page.goto(at)
    look("mine", PHONE)
    page.get_by_role("main").get_by_role("link", name="示例电池有限公司").first.click()
    for name, value in CELLS.items():
        page.locator(f"[name=cell-{name}]").fill(value)
    page.locator("[name=cell-tax]").fill("约60")
    page.get_by_role("button", name="存草稿并检查").click()
    expect(page.get_by_text("约数").first).to_be_visible()
    look("asked", PHONE)
    page.locator("[name=cell-tax]").fill("60")
    page.get_by_role("button", name="存草稿并检查").click()
    expect(page.get_by_text("草稿已保存").first).to_be_visible()
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.get_by_text("由他人审定").first).to_be_visible()

    page.set_viewport_size(DESK)
    login_as(page, clerk)
    page.goto(f"{at}{report.pk}/")
    page.locator("[name=why-tax]").fill("请核对完税证明")
    look("decide")
    page.get_by_role("button", name="退回").click()
    expect(page.get_by_text("请核对完税证明").first).to_be_visible()

    login_as(page, owner)
    page.goto(f"{at}{report.pk}/")
    page.locator("[name=cell-tax]").fill("61")
    page.get_by_role("button", name="报送", exact=True).click()
    login_as(page, clerk)
    page.goto(f"{at}rounds/{one.pk}/")
    look("round")
    page.get_by_role("link", name="查看并审定 示例电池有限公司").click()
    page.get_by_role("button", name="审定并锁定").click()
    expect(page.get_by_text("已审定锁定").first).to_be_visible()
    assert Figure.objects.get(indicator="tax").value == 610_000
    page.goto(f"{at}rounds/{one.pk}/sums/")
    look("sums")
    page.get_by_role("link", name="同口径增速").click()
    expect(page.get_by_text("新进名单：0家")).to_be_visible()
    look("scope")
    page.goto(f"{at}rounds/{one.pk}/sums/")
    page.get_by_role("link", name="1,200 营业收入").first.click()
    look("members")
    for name in ("forms/", f"rounds/{one.pk}/do/close/", "new/"):
        page.goto(f"{at}{name}")
        look(name.split("/")[0])
