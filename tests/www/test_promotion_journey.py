"""From a hint to a talk on a telephone, a grade and a project, in a browser."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from openzone.zone.promotion.models import Contact, Lead
from tests.www.addresses import promotion
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_lead_is_recorded_talked_about_and_becomes_a_project(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
    console_errors: list[str],
) -> None:
    zone.of_areas.update(promotion.numbers(zone))  # type: ignore[arg-type]
    page, today = browser_page, timezone.localdate()
    page.set_viewport_size(DESK)
    login_as(page, zone.clerk)
    page.goto(f"{live_server}/promotion/")
    fits(page, shot, "promotion-board", assert_accessible)

    page.get_by_role("link", name="新增线索").click()
    page.locator("#id_title").fill("示例车载电子项目")
    page.locator("#id_investor_name").fill("宁波恒川电子股份有限公司")
    page.locator("#id_group").fill("示例恒川集团")
    page.locator("#id_wished").fill("3.5")
    page.locator("#id_scale").select_option("100000000")
    page.locator("#id_adviser").select_option("example-guwen")
    page.locator("#id_unit").select_option("office")
    page.get_by_role("button", name="录入").click()
    expect(page.get_by_role("heading", name="示例车载电子项目")).to_be_visible()
    fits(page, shot, "promotion-lead", assert_accessible)

    page.goto(f"{live_server}/promotion/leads/new/")
    page.locator("#id_title").fill("示例又一项目")
    page.locator("#id_investor_name").fill("宁波 恒川电子 股份有限公司")
    page.get_by_role("button", name="录入").click()
    expect(page.get_by_text("请先核对档案中的投资方")).to_be_visible()
    expect(page.get_by_role("alert").get_by_text("example-guwen").first).to_be_visible()
    fits(page, shot, "promotion-alike", assert_accessible)
    console_errors.clear()  # the form was refused, as it should be
    assert not Lead.objects.filter(title="示例又一项目").exists(), "nothing is saved before a look"

    lead = Lead.objects.get(title="示例车载电子项目")
    assert lead.wished == 350_000_000
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server}/promotion/leads/{lead.pk}/")
    page.get_by_role("link", name="登记联系").first.click()
    page.locator("#id_kind").select_option("visit_in")
    page.locator("#id_summary").fill("来园看了两处地块")
    page.locator("#id_next_step").fill("寄送地块资料")
    page.locator("#id_next_on").fill((today + dt.timedelta(days=7)).isoformat())
    fits(page, shot, "promotion-talk", assert_accessible)
    page.set_viewport_size(PHONE)
    page.get_by_role("main").get_by_role("button", name="保存").click()
    expect(page.get_by_text("来园看了两处地块")).to_be_visible()
    page.get_by_role("link", name="评定成熟度").click()
    page.locator("#id_ask-who").select_option("yes")
    page.locator("#id_ask-what").select_option("yes")
    page.get_by_role("main").get_by_role("button", name="保存").click()
    expect(page.get_by_text("D级（线索）").first).to_be_visible()
    fits(page, shot, "promotion-talked", assert_accessible)

    page.set_viewport_size(DESK)
    _people(page, live_server, zone, shot, assert_accessible)
    for name, path in (
        ("table", "leads/"), ("quiet", "leads/quiet/?days=1"), ("referrals", "referrals/"),
        ("investors", "investors/"), ("advisers", "advisers/"),
    ):  # fmt: skip
        page.goto(f"{live_server}/promotion/{path}")
        fits(page, shot, f"promotion-{name}", assert_accessible)

    page.goto(f"{live_server}/promotion/leads/{lead.pk}/")
    page.get_by_role("link", name="转为项目").click()
    page.get_by_role("button", name="转为项目").click()
    expect(page.get_by_text("来源线索")).to_be_visible()
    expect(page.get_by_text("来园看了两处地块")).to_be_visible()
    lead.refresh_from_db()
    assert lead.project is not None
    assert page.url.endswith(f"/projects/{lead.project.pk}/")


def _people(page: Page, live_server: object, zone: Zone, shot: Shot, accessible: Check) -> None:
    """A number is masked, shown by a button, and erased when consent is withdrawn."""
    firm = f"{live_server}/promotion/investors/{zone.of_areas['l_firm']}/"
    page.goto(firm)
    expect(page.get_by_text("138****1234")).to_be_visible()
    fits(page, shot, "promotion-investor", accessible)
    page.get_by_role("button", name="显示联系方式").click()
    expect(page.get_by_text("13800001234")).to_be_visible()
    page.goto(firm)
    page.get_by_role("link", name="撤回同意").click()
    page.get_by_role("button", name="登记并清除联系方式").click()
    expect(page.get_by_text("不得再联系")).to_be_visible()
    assert Contact.objects.get(pk=zone.of_areas["l_person"]).phone == ""
