"""A rule from the first condition to the release, and the search for enterprises, in a browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.audit.models import Event
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.rulebook.models import RuleDraft, RuleRelease
from tests.www.addresses.rulebook import numbers
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits_width

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server: object, zone: Zone) -> str:
    zone.of_areas.update(numbers(zone))
    return str(live_server)


@pytest.fixture
def centre(make_user: Callable[..., User], office: Unit) -> User:
    return make_user("centre", Role.CENTRE, office)


def test_a_rule_is_written_by_one_and_approved_by_another(
    browser_page: Page,
    site: str,
    centre: User,
    leader: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page = browser_page
    page.set_viewport_size(DESK)
    login_as(page, centre)
    page.goto(f"{site}/drafts/new/")
    page.get_by_label("草案标题").fill("示例稳岗奖励")
    page.get_by_label("规则编号").fill("zone.jobs")
    page.get_by_label("规则名称").fill("示例稳岗奖励")
    page.get_by_label("施行日期").fill("2026-01-01")
    page.get_by_role("button", name="开始起草").click()
    expect(page.locator("#preview")).to_contain_text("解决 1 处问题")

    # A fact by its pinyin, with the keyboard alone.
    fact = page.locator("#subject-when-all-0")
    fact.press_sequentially("cyry")
    page.get_by_role("button", name="从业人员").first.wait_for()
    fact.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(fact).to_have_value("从业人员数 · employees")
    expect(fact).to_be_focused()
    page.locator("#value-when-all-0-0").fill("200")
    expect(page.locator("#preview .meaning")).to_contain_text("符合 1")
    expect(page.locator("#note-when-all-0")).to_contain_text("从业人员数不低于 200")
    expect(page.locator("#value-when-all-0-0")).to_be_focused()

    # What is wrong is told at the condition, in the words of the checks.
    page.locator("#value-when-all-0-0").fill("许多")
    expect(page.locator("#note-when-all-0 .problem")).to_contain_text("不是数字")
    page.locator("#value-when-all-0-0").fill("200")
    page.locator("#part-amount").fill('number: {min: [{mul: ["1%", revenue_y1]}, "50万"]}')
    expect(page.locator("#preview .money")).to_contain_text("合计兑付 50万元")
    assert_accessible(page)
    shot(page, "rulebook-editor")
    page.get_by_role("button", name="保存").first.click()
    expect(page.get_by_text("已保存")).to_be_visible()

    page.get_by_role("link", name="试算与送审").click()
    page.get_by_role("link", name="添加用例").click()
    page.get_by_label("名称").fill("正好二百人")
    page.get_by_label("数据项").or_(page.get_by_label("事实")).first.fill(
        "从业人员数 = 200\nrevenue_y1 = 1亿"
    )
    page.get_by_label("预期结果").select_option("met")
    page.get_by_label("预期金额").fill("50万")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".case-results")).to_contain_text("符合预期")
    assert_accessible(page)
    shot(page, "rulebook-draft")
    page.get_by_role("button", name="送审").click()
    expect(page.get_by_text("四眼原则")).to_be_visible()
    expect(page.get_by_role("button", name="批准并施行")).to_have_count(0)

    login_as(page, leader)
    page.reload()
    page.get_by_role("row", name="示例稳岗奖励").get_by_role("link", name="新增符合").click()
    expect(page.get_by_role("table")).to_contain_text("合肥示例精密机械有限公司")
    page.go_back()
    page.get_by_role("button", name="批准并施行").click()
    expect(page.locator("h1")).to_contain_text("第 2 次发布")
    expect(page.get_by_text("与文件一致")).to_be_visible()
    assert_accessible(page)
    shot(page, "rulebook-release")
    assert RuleRelease.objects.latest("number").cases[0]["name"] == "正好二百人"
    assert Event.objects.filter(action="rulebook.release.published").count() == 1
    page.goto(f"{site}/rules/zone.jobs/")
    expect(page.locator("body")).to_contain_text("第 2 次发布")


def test_the_editor_works_on_a_phone_and_by_steps(
    browser_page: Page,
    site: str,
    admin: User,
    zone: Zone,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page = browser_page
    page.set_viewport_size(PHONE)
    login_as(page, admin)
    page.goto(f"{site}/drafts/{zone.of_areas['draft']}/edit/")
    count = page.locator("#n-when > ol.nodes > li.node").count()
    page.locator(".add").last.get_by_role("button", name="条件").click()
    nodes = page.locator("#n-when > ol.nodes > li.node")
    expect(nodes).to_have_count(count + 1)
    expect(page.locator(f"#subject-when-all-{count}")).to_be_focused()
    expect(page.locator(f"#note-when-all-{count} .problem").first).to_be_visible()
    fits_width(page, PHONE)
    assert_accessible(page)
    shot(page, "rulebook-editor-phone")
    page.locator(f"#n-when-all-{count}").get_by_role("button", name="移除").click()
    expect(page.locator("#n-when > ol.nodes > li.node")).to_have_count(count)


def test_two_people_who_edit_one_draft_lose_nothing(
    browser_page: Page,
    site: str,
    admin: User,
    zone: Zone,
    login_as: Login,
    shot: Shot,
    console_errors: list[str],
) -> None:
    page = browser_page
    login_as(page, admin)
    page.goto(f"{site}/drafts/{zone.of_areas['draft']}/edit/")
    draft = RuleDraft.objects.get(pk=zone.of_areas["draft"])
    RuleDraft.objects.filter(pk=draft.pk).update(
        revision=draft.revision + 1, text=draft.text.replace("科小", "他人的名称")
    )
    page.locator("#title-zh").fill("我的名称")
    expect(page.locator("#preview")).to_contain_text("您输入的内容仍在表单中")
    page.get_by_role("button", name="保存").first.click()
    expect(page.locator("h1")).to_have_text("没有覆盖任何内容")
    assert "我的名称" in page.get_by_label("您输入的内容").input_value()
    assert "他人的名称" in page.get_by_label("已保存的内容").input_value()
    shot(page, "rulebook-conflict")
    page.get_by_role("button", name="保存我输入的内容").click()
    expect(page.get_by_text("已保存")).to_be_visible()
    assert "我的名称" in RuleDraft.objects.get(pk=draft.pk).text
    console_errors[:] = [each for each in console_errors if "409" not in each]


def test_enterprises_are_found_and_the_conditions_become_a_draft(
    browser_page: Page,
    site: str,
    centre: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page = browser_page
    page.set_viewport_size(DESK)
    login_as(page, centre)
    page.goto(f"{site}/screening/")
    page.locator("#c0-fact").press_sequentially("从业人员")
    page.get_by_role("button", name="从业人员数").first.click()
    page.locator("#c0-value").fill("200")
    expect(page.locator("#screened")).to_contain_text("合肥示例精密机械有限公司")
    expect(page.locator("#c0-value")).to_be_focused()
    page.get_by_role("link", name="待核实").click()
    expect(page.locator("#screened")).to_contain_text("合肥示例精密机械公司")
    assert_accessible(page)
    shot(page, "screening")
    page.set_viewport_size(PHONE)
    fits_width(page, PHONE)
    shot(page, "screening-phone")
    page.get_by_role("link", name="存为规则草案").click()
    page.get_by_label("草案标题").fill("示例筛选")
    page.get_by_label("规则编号").fill("zone.found")
    page.get_by_label("规则名称").fill("示例筛选")
    page.get_by_role("button", name="开始起草").click()
    expect(page.locator("#subject-when-all-0")).to_have_value("从业人员数 · employees")


def test_the_editor_works_without_scripts(
    browser_page: Page, site: str, admin: User, zone: Zone, login_as: Login
) -> None:
    browser = browser_page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    login_as(page, admin)
    page.goto(f"{site}/drafts/{zone.of_areas['draft']}/edit/")
    page.locator("#title-zh").fill("没有脚本")
    page.get_by_role("button", name="保存").first.click()
    assert "没有脚本" in RuleDraft.objects.get(pk=zone.of_areas["draft"]).text
    assert page.locator("#preview").inner_text()
    context.close()
