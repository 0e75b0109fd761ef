"""A firm publishes, invites, the other accepts, both deal; the zone plans an event: a browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from openzone.zone.audit.actors import Actor
from openzone.zone.supply.models import Invitation
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits
from tests.zone.supply import market

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_firms_find_each_other(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    at = market.market(Actor.system("tests"), timezone.now())
    page = browser_page

    def look(name: str, size: object = DESK) -> None:
        fits(page, shot, f"supply-{name}", assert_accessible)
        page.set_viewport_size(size)  # type: ignore[arg-type]

    page.set_viewport_size(PHONE)
    login_as(page, at.buys)
    page.goto(f"{live_server}/supply/new/need/")
    page.locator("#id_title").fill("铝制壳体")
    page.locator("#id_quantity").fill("100")
    page.locator("#id_unit").fill("件")
    look("new", PHONE)
    page.get_by_role("main").get_by_role("button", name="发布").click()
    expect(page.get_by_text("产能可满足100%").first).to_be_visible()
    expect(page.get_by_text("销售李某")).to_have_count(0)
    look("entry", PHONE)
    page.get_by_role("button", name="邀请 示例壳体有限公司").click()
    expect(page.get_by_text("邀请已发出").first).to_be_visible()

    login_as(page, at.sells)
    page.goto(f"{live_server}/supply/mine/")
    look("mine", PHONE)
    page.get_by_role("main").get_by_role("link", name="示例电池有限公司").click()
    page.get_by_role("link", name="接受邀请").click()
    page.get_by_role("main").get_by_role("button", name="接受邀请").click()
    page.get_by_role("link", name="登记成交").click()
    page.locator("#id_amount").fill("88000")
    page.get_by_role("main").get_by_role("button", name="登记成交").click()
    expect(page.get_by_text("88,000").first).to_be_visible()
    look("invitation")
    assert Invitation.objects.get().state == "deal"

    login_as(page, zone.clerk)
    page.goto(f"{live_server}/supply/events/new/")
    page.locator("#id_title").fill("示例对接会")
    page.locator("#id_on").fill("2030-01-04")
    page.get_by_role("main").get_by_role("button", name="计划").click()
    look("event")
    page.get_by_role("button", name="向所选企业发出邀请").click()
    expect(page.get_by_text("已发出邀请").first).to_be_visible()
    for name in ("", "invitations/", "statistics/", "events/", "books/"):
        page.goto(f"{live_server}/supply/{name}")
        look(name.strip("/") or "list")
