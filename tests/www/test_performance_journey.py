"""Targets, a report confirmed by another, an evaluation with an objection, in a browser."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.audit.models import Event
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.performance.models import Answer, Completion, Round, Target
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits
from tests.zone.performance.conftest import TODAY, arrived
from tests.zone.performance.conftest import ledger as ledger  # noqa: PLC0414
from tests.zone.performance.conftest import signed as signed  # noqa: PLC0414

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


class People(NamedTuple):
    """Who runs it, who is evaluated, a leader of the zone, a third."""

    keeper: User
    worker: User
    leader: User
    third: User


@pytest.fixture
def people(
    zone: Zone, actor: Any, committee: Unit, office: Unit, make_user: Callable[..., User]
) -> People:
    centre = create_unit(
        actor=actor, code="centre", name="示例服务中心", kind=UnitKind.CENTRE, parent=committee
    )
    return People(
        make_user("zhongxin", Role.CENTRE, centre), make_user("zhaoshang", Role.HANDLER, office),
        make_user("lingdao", Role.LEADER, committee), make_user("fuhe", Role.CENTRE, centre),
    )  # fmt: skip


def _set(page: Page, base: object, indicator: str, amount: str, **chosen: str) -> None:
    page.goto(f"{base}/performance/targets/new/")
    page.locator("#id_indicator").select_option(indicator)
    page.locator("#id_amount").fill(amount)
    page.locator("#id_document").fill("示例〔2026〕1号")
    for name, value in chosen.items():
        page.locator(f"#id_{name}").select_option(value)
    page.get_by_role("button", name="下达目标").click()


def test_targets_reports_and_an_evaluation_from_opening_to_the_reply(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    people: People,
    signed: Callable[..., Any],
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page, base = browser_page, f"{live_server}/performance"
    plant = signed("工厂", 12, sector=2, industry="C384", chief=people.worker)
    arrived(plant, "157.6")
    page.set_viewport_size(DESK)

    login_as(page, people.keeper)
    _set(page, live_server, "funds_in_place", "284", scope="zone")
    expect(page.get_by_text("55.49%")).to_be_visible()
    fits(page, shot, "performance-target", assert_accessible)
    page.get_by_role("main").get_by_role("link", name="157.6").click()
    expect(page.get_by_role("link", name="示例工厂")).to_be_visible()
    fits(page, shot, "performance-rows", assert_accessible)
    _set(page, live_server, "park_revenue", "10", scope="unit", unit="office")
    _set(page, live_server, "signed_projects", "2", scope="person", person="zhaoshang")
    page.goto(f"{base}/targets/")
    fits(page, shot, "performance-targets", assert_accessible)
    page.goto(f"{base}/over-half/")
    expect(page.get_by_text("尚不能判断")).to_be_visible()
    fits(page, shot, "performance-half", assert_accessible)
    page.goto(f"{base}/rounds/new/")
    page.locator("#id_title").fill("示例半年考核")
    page.get_by_role("button", name="开展考核").click()
    page.get_by_role("link", name="添加", exact=True).click()
    page.locator("#id_person").select_option("zhaoshang")
    page.get_by_role("button", name="添加", exact=True).click()
    page.get_by_role("button", name="模拟并显示得分").click()
    expect(page.get_by_role("link", name="zhaoshang").first).to_be_visible()
    fits(page, shot, "performance-round", assert_accessible)
    page.goto(f"{base}/rounds/{Round.objects.get().pk}/do/close/")
    page.get_by_role("button", name="锁定得分").click()

    page.set_viewport_size(PHONE)
    login_as(page, people.worker)
    page.goto(f"{base}/targets/{Target.objects.get(indicator='park_revenue').pk}/report/")
    page.locator("#id_value").fill("4")
    page.locator("#id_text").fill("园区统计报表")
    page.locator("#id_file").set_input_files(
        {"name": "报表.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    fits(page, shot, "performance-report-form", assert_accessible)
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="填报完成情况").click()
    expect(page.get_by_text("待他人确认")).to_be_visible()

    login_as(page, people.leader)
    page.goto(f"{base}/completions/{Completion.objects.get().pk}/")
    page.get_by_role("button", name="确认或退回").click()
    expect(page.get_by_text("园区统计报表")).to_be_visible()
    assert Answer.objects.get().confirmed
    page.goto(f"{base}/rounds/{Round.objects.get().pk}/do/confirm/")
    page.get_by_role("button", name="确认结果").click()

    login_as(page, people.worker)
    page.goto(f"{base}/rounds/")
    page.get_by_role("main").get_by_role("link", name="示例半年考核 · zhaoshang").click()
    expect(page.get_by_text("30 × min(1 ÷ 2, 1.2) = 15")).to_be_visible()
    fits(page, shot, "performance-score", assert_accessible)
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="提出异议").click()
    page.locator("#id_text").fill("少计一个项目")
    page.get_by_role("button", name="提出异议").click()
    expect(page.get_by_text("待第三人答复")).to_be_visible()
    assert not Event.objects.filter(action="performance.scores_read", actor_id=people.worker.pk)

    login_as(page, people.third)
    signed("第二工厂", 3, chief=people.worker, on=TODAY)
    page.goto(f"{base}/rounds/{Round.objects.get().pk}/")
    page.get_by_role("link", name="zhaoshang").click()
    page.get_by_role("button", name="显示得分").click()
    page.get_by_role("link", name="答复异议").click()
    page.locator("#id_text").fill("已补登记")
    page.get_by_role("button", name="答复异议").click()
    page.get_by_role("link", name="zhaoshang").click()
    page.get_by_role("button", name="显示得分").click()
    expect(page.get_by_text("30 × min(2 ÷ 2, 1.2) = 30")).to_be_visible()


def test_the_report_and_the_page_for_leaders(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    people: People,
    signed: Callable[..., Any],
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page = browser_page
    for n in range(3):
        signed(f"工厂{n}", 12 - n * 6, sector=2)
    page.set_viewport_size(DESK)
    login_as(page, people.leader)
    page.goto(f"{live_server}/performance/report/?first=2026-01-01&last=2026-05-31")
    expect(page.get_by_text("亿元以上招商引资项目")).to_be_visible()
    fits(page, shot, "performance-report", assert_accessible)
    with page.expect_download() as download:
        page.get_by_role("button", name="Word").click()
    assert download.value.suggested_filename.endswith(".docx")
    page.get_by_role("main").locator("p").get_by_role("link", name="18", exact=True).first.click()
    expect(page.get_by_role("link", name="示例工厂0")).to_be_visible()
    page.goto(f"{live_server}/performance/")
    expect(page.get_by_role("heading", name="项目工作一页图")).to_be_visible()
    fits(page, shot, "performance-board", assert_accessible)
