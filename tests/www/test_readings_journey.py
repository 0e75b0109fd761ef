"""A page judged with the keyboard alone, a fact added from a selection, figures handed on."""

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import Batch
from openzone.zone.indicators.services.entities import add_entity
from openzone.zone.readings.models import JudgedFact
from openzone.zone.readings.services.judging import accept_fact
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits
from tests.zone.readings import newspaper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SELECT = """() => {
  const piece = [...document.querySelectorAll("[data-at]")].find(
    (one) => one.textContent.includes("总投资176.3亿元"));
  const node = piece.firstChild, at = node.data.indexOf("总投资");
  const range = document.createRange();
  range.setStart(node, at); range.setEnd(node, at + "总投资176.3亿元".length);
  getSelection().removeAllRanges(); getSelection().addRange(range);
}"""


def prepared(zone: Zone) -> int:
    """A page of which another page said otherwise."""
    actor = Actor.system("tests")
    add_entity(actor=actor, kind=EntityKind.ZONE, name="示例高新区", synthetic=True)
    other = newspaper.read(actor, newspaper.TEXT.replace("8.2亿元", "9.9亿元"))
    said = newspaper.fact(other, "fixed_asset_investment")
    accept_fact(actor=actor, user=zone.clerk, judged=said, now=newspaper.NOW)
    return newspaper.read(actor).pk


def test_a_page_is_judged_with_the_keyboard(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
    console_errors: list[str],
) -> None:
    pk, page = prepared(zone), browser_page
    page.set_viewport_size(DESK)
    login_as(page, zone.clerk)
    page.goto(f"{live_server}/readings/{pk}/")
    first = page.locator("[data-fact]").first
    expect(first).to_contain_text("固定资产投资")  # what contradicts comes first
    expect(first).to_contain_text("9.9亿元")
    page.keyboard.press("j")
    expect(first).to_have_attribute("aria-current", "true")
    expect(page.locator("mark.lit")).to_have_text("完成固定资产投资8.2亿元")
    fits(page, shot, "reading", assert_accessible)

    page.keyboard.press("x")
    expect(page.get_by_label("原因")).to_be_focused()
    page.keyboard.type("主体不对")
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("data-state", "rejected")
    page.keyboard.press("z")
    expect(first).to_have_attribute("data-state", "open")
    page.keyboard.press("s")
    expect(page.get_by_label("其他名称")).to_be_visible()
    shot(page, "reading-subject")
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    expect(page.get_by_label("应为")).to_be_focused()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(page.get_by_text("引文中读不到这个数").first).to_be_visible()
    console_errors.clear()  # of the form that came back
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("data-state", "accepted")
    expect(page.locator("[data-fact][aria-current]")).to_contain_text("规上工业总产值")
    page.keyboard.press("p")
    expect(page.get_by_label("应为")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("2026-06")
    page.keyboard.press("Enter")
    expect(page.locator(".reading-act")).to_have_count(0)
    expect(page.locator("[data-fact][aria-current]")).to_contain_text("更正")
    page.keyboard.press("Enter")
    page.keyboard.press("?")
    expect(page.locator("#reading-help")).to_be_visible()
    page.keyboard.press("?")

    page.locator("mark", has_text="新增企业120家").hover()
    expect(page.locator(".reading-fact.lit")).to_contain_text("企业数")
    page.evaluate(SELECT)
    page.get_by_role("link", name="用选中文字补充事实").click()
    expect(page.get_by_label("原文引文")).to_have_value("总投资176.3亿元")
    fits(page, shot, "reading-add", assert_accessible)
    page.get_by_label("主体").fill("示例高新区")
    page.get_by_label("属性").select_option("signed_amount")
    page.get_by_label("值", exact=True).fill("176.3")
    page.get_by_label("单位").fill("亿元")
    page.get_by_role("button", name="添加").click()
    expect(page.locator("[data-fact][aria-current]")).to_contain_text("人工补充")
    accepted = JudgedFact.objects.filter(page=pk, state="accepted")
    assert {one.attribute for one in accepted} == {
        "fixed_asset_investment", "industrial_output", "signed_amount",
    }  # fmt: skip

    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="采纳", exact=False).last.click()
    page.set_viewport_size(DESK)
    page.goto(f"{live_server}/readings/{pk}/enter/")
    fits(page, shot, "reading-enter", assert_accessible)
    page.get_by_role("button", name="提交批次").click()
    expect(page.get_by_text("批次已提交，由他人审定")).to_be_visible()
    batch = Batch.objects.get()
    assert (batch.kind, batch.state, batch.rows.count()) == ("page", "submitted", 1)
    for name in ("readings/", "readings/statistics/", "readings/new/"):
        page.goto(f"{live_server}/{name}")
        fits(page, shot, name.replace("/", "-").strip("-"), assert_accessible)
    assert console_errors == []
