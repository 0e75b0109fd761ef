"""A project from its first line in the record to its start, and who came second, in a browser."""

import datetime as dt
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.people.models import Unit, User
from openzone.zone.projects.models import Project
from tests.www.addresses.projects import numbers
from tests.www.conftest import Zone
from tests.www.looking import DESK, Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def furnished(zone: Zone) -> Zone:
    """The example zone with a project of the handler's office."""
    numbers(zone)
    return zone


def settle(page: Page, kind: str, title: str) -> None:
    """Put a paper on file by the link of what is missing."""
    page.locator(f"#next a[href*='kind={kind}']").first.click()
    page.locator("#id_title").fill(title)
    page.locator("#id_document_no").fill("示例〔2026〕1号")
    page.get_by_role("main").get_by_role("button", name="添加").click()


def enter(page: Page, stage: str, day: str) -> None:
    """Let the project come to a stage on a day."""
    page.get_by_role("link", name="进入阶段").click()
    page.locator("#id_stage").select_option(stage)
    page.locator("#id_on").fill(day)
    page.get_by_role("main").get_by_role("button", name="进入").click()


def test_from_a_new_project_to_its_start(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    colleague: User,
    office: Unit,
    console_errors: list[str],
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page = browser_page
    page.set_viewport_size(DESK)
    login_as(page, colleague)
    page.goto(f"{live_server}/projects/new/")
    page.locator("#id_name").fill("示例储能电池项目")
    page.locator("#id_pipeline").select_option("seven_batches")
    page.locator("#id_lead_unit").select_option(office.code)
    page.locator("#id_planned_start").fill("2026-06-01")
    page.get_by_role("main").get_by_role("button", name="录入").click()
    expect(page.get_by_text("缺少“建设内容”")).to_be_visible()
    fits(page, shot, "projects-new-one", assert_accessible)

    page.get_by_role("link", name="缺少“建设内容”").click()
    page.locator("#id_summary").fill("建设两条 15 GWh 储能电池产线")
    page.locator("#id_investor_name").fill("示例投资方")
    page.locator("#id_planned_finish").fill("2027-06-30")
    page.get_by_role("main").get_by_role("button", name="保存").click()
    page.locator("#next a[href*='kind=total']").click()
    page.locator("#id_value").fill("50000")
    page.locator("#id_on").fill("2026-01-05")
    page.get_by_role("main").get_by_role("button", name="填报").click()
    assert Project.objects.get().total == Decimal(500_000_000)
    settle(page, "concept", "项目策划书")
    enter(page, "planned", "2026-01-10")
    settle(page, "formal_contract", "投资合同")
    enter(page, "signed", "2026-03-01")
    expect(page.get_by_text("缺少材料：施工许可证或等效的开工批准")).to_be_visible()
    enter(page, "started", "2026-06-01")  # refused, naming everything that is missing
    expect(page.locator(".errorlist")).to_contain_text("施工许可证")
    expect(page.locator(".errorlist")).to_contain_text("现场照片")
    fits(page, shot, "projects-refused", assert_accessible)
    page.goto(f"{live_server}/projects/{Project.objects.get().pk}/")
    settle(page, "construction_permit", "施工许可证")
    settle(page, "site_photo", "现场照片")
    enter(page, "started", "2026-06-01")
    expect(page.locator("h1 + .sub")).to_contain_text("开工")
    started = Project.objects.get()
    assert (started.stage, started.since) == ("started", dt.date(2026, 6, 1))
    page.goto(
        f"{live_server}/projects/figures/?pipeline=seven_batches&first=2026-01-01&last=2026-12-31"
    )
    row = page.get_by_role("row").filter(has_text="签约").first
    row.get_by_role("link").click()
    expect(page.get_by_role("link", name="示例储能电池项目")).to_be_visible()
    console_errors[:] = [one for one in console_errors if "400" not in one]


def test_of_two_who_move_the_same_card_the_second_is_told_who_was_first(
    browser_page: Page,
    live_server: object,
    furnished: Zone,
    colleague: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
    console_errors: list[str],
) -> None:
    page, project = browser_page, Project.objects.get(name="示例储能电池项目")
    page.set_viewport_size(DESK)
    login_as(page, colleague)
    page.goto(f"{live_server}/projects/")
    fits(page, shot, "projects-board", assert_accessible)
    second = page.context.new_page()
    second.goto(f"{live_server}/projects/")
    for one in (page, second):
        one.get_by_role("link", name="移动 示例储能电池项目").click()
        one.locator("#id_stage").select_option("in_talks")
    page.goto(f"{live_server}/projects/{project.pk}/do/leave/")
    page.locator("#id_reason").select_option("other")
    page.locator("#id_text").fill("投资方暂缓（示例）")
    page.get_by_role("main").get_by_role("button", name="退出").click()
    second.get_by_role("main").get_by_role("button", name="进入").click()
    expect(second.get_by_role("alert")).to_contain_text("已由")
    expect(second.get_by_role("alert")).to_contain_text("colleague")
    expect(second.get_by_role("alert")).to_contain_text("“其他”")
    shot(second, "projects-second")
    project.refresh_from_db()
    assert project.left == "other"
    assert project.log.count() == 2
    second.close()
    console_errors[:] = [one for one in console_errors if "400" not in one]


def test_every_page_of_projects_can_be_read_on_a_phone_and_by_everybody(
    browser_page: Page,
    live_server: object,
    furnished: Zone,
    colleague: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page, project = browser_page, Project.objects.get(name="示例储能电池项目")
    page.set_viewport_size(DESK)
    login_as(page, colleague)
    pages = {
        "project": f"{project.pk}/", "milestones": f"{project.pk}/milestones/",
        "month": f"{project.pk}/do/month/", "table": "list/", "timeline": "timeline/",
        "map": "map/", "figures": "figures/?first=2026-01-01",
    }  # fmt: skip
    for name, path in pages.items():
        page.goto(f"{live_server}/projects/{path}")
        fits(page, shot, f"projects-{name}", assert_accessible)
    page.goto(f"{live_server}/projects/{project.pk}/")
    expect(page.locator("#schedule")).to_contain_text("汛期")
    expect(page.locator("#schedule svg .draw-fixed")).to_have_count(1)
    expect(page.locator("#lights")).to_contain_text("黄灯")
    expect(page.locator("#works")).to_contain_text("160,000 m³")
