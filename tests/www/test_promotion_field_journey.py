"""From a trip to the funnel, to a lead of a supplier, to terms whose incentive waits: a browser."""

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.promotion.models import Supplier, TermLine
from tests.www.addresses import promotion_field
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_firms_are_met_counted_made_leads_and_negotiated_with(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    zone.of_areas.update(promotion_field.numbers(zone))  # type: ignore[arg-type]
    page = browser_page

    def look(name: str) -> None:
        fits(page, shot, f"field-{name}", assert_accessible)

    page.set_viewport_size(PHONE)
    login_as(page, zone.clerk)
    page.goto(f"{live_server}/promotion/trips/{zone.of_areas['f_trip']}/")
    page.get_by_role("link", name="登记对接企业").click()
    page.locator("#id_on").fill("2026-03-02")
    page.locator("#id_firm").fill("示例压铸科技有限公司")
    page.locator("#id_said").fill("意向考察厂房")
    look("meet")
    page.set_viewport_size(PHONE)
    page.get_by_role("main").get_by_role("button", name="保存").click()
    expect(page.get_by_text("示例压铸科技有限公司").first).to_be_visible()
    look("trip")

    page.set_viewport_size(DESK)
    page.goto(f"{live_server}/promotion/funnel/?first=2026-01-01&last=2026-12-31")
    page.get_by_role("link", name="2 对接企业", exact=True).click()
    expect(page.locator("#rows")).to_contain_text("示例压铸科技有限公司")
    look("funnel")
    for name in ("trips", "events", "returns", "suppliers", "terms", "negotiations"):
        page.goto(f"{live_server}/promotion/{name}/")
        look(name)
    page.goto(f"{live_server}/promotion/events/{zone.of_areas['f_event']}/")
    look("event")
    page.goto(f"{live_server}/promotion/negotiations/{zone.of_areas['f_talks']}/")
    look("negotiation")

    page.set_viewport_size(DESK)
    page.goto(f"{live_server}/promotion/suppliers/{zone.of_areas['f_list']}/")
    look("supplier-list")
    page.set_viewport_size(DESK)
    page.get_by_role("link", name="转为线索 示例座椅有限公司").click()
    look("supplier-lead")
    page.set_viewport_size(DESK)
    page.get_by_role("main").get_by_role("button", name="转为线索").click()
    expect(page.get_by_role("link", name="XS2026-0001")).to_be_visible()
    assert Supplier.objects.get(name="示例座椅有限公司").state == "lead"

    page.goto(f"{live_server}/promotion/terms/{zone.of_areas['f_terms']}/")
    expect(page.get_by_text("没有公平竞争审查记录").first).to_be_visible()
    page.get_by_role("link", name="修改条款").click()
    page.locator("#id_total").fill("350000000")
    look("terms-change")
    page.set_viewport_size(DESK)
    page.get_by_role("main").get_by_role("button", name="存为新版本").click()
    page.get_by_role("link", name="比较 2").click()
    expect(page.locator("#difference")).to_contain_text("3.5亿元")
    look("terms-sheet")
    page.set_viewport_size(DESK)
    page.goto(f"{live_server}/promotion/terms/{zone.of_areas['f_terms']}/")
    page.get_by_role("button", name="提请审查 示例厂房补贴").click()
    page.get_by_role("button", name="标为达成一致 示例厂房补贴").click()
    expect(page.get_by_text("不能写入协议").first).to_be_visible()
    assert TermLine.objects.get().agreed_at is None
