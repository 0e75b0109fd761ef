"""A request on a phone, from the first step to the word of who asked; and a visitor's receipt."""

import re
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from openzone.zone.cases.models import Case
from openzone.zone.people.models import User
from openzone.zone.registry.enums import StaffRole
from tests.factories import make_staff
from tests.files import PDF
from tests.www.addresses.cases import Made
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def made(zone: Zone) -> Made:
    cache.clear()
    return Made(zone)


def step(page: Page, name: str) -> None:
    page.locator(".step:visible").get_by_role("button", name=name).click()


def test_a_request_is_done_again_until_the_enterprise_is_satisfied(
    browser_page: Page,
    live_server: object,
    made: Made,
    owner: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
    tmp_path: Path,
) -> None:
    page, site = browser_page, str(live_server)
    make_staff(owner, made.zone.near, StaffRole.OWNER)
    proof = tmp_path / "照片.pdf"
    proof.write_bytes(PDF)

    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    login_as(page, owner)
    page.goto(f"{site}/matters/")
    page.get_by_role("link", name="我要提诉求").click()
    page.get_by_role("link", name="企业诉求").click()
    page.get_by_label("一句话说明").fill("示例北门路灯不亮")
    shot(page, "matter-step-1-phone")
    step(page, "下一步")
    expect(page.get_by_label("具体位置")).to_be_hidden()
    page.get_by_label("诉求类别").select_option(label="市政")
    page.get_by_label("具体位置").fill("北门")
    shot(page, "matter-step-2-phone")
    assert_accessible(page)
    step(page, "下一步")
    expect(page.locator(".step-summary")).to_contain_text("示例北门路灯不亮")
    expect(page.get_by_text("没有相似的在办事项")).to_be_visible()
    shot(page, "matter-step-3-phone")
    assert_accessible(page)
    step(page, "提交")
    expect(page.get_by_role("alert").or_(page.locator(".alert"))).to_contain_text("已收到")
    case = Case.objects.get()
    console = f"{site}/cases/{case.pk}/"

    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    login_as(page, made.clerk)
    page.goto(f"{site}/desk/")
    shot(page, "my-desk")
    page.get_by_role("link", name="示例北门路灯不亮", exact=True).click()
    page.locator("#actions").get_by_role("link", name="派单", exact=True).click()
    page.get_by_label("交给哪个部门").select_option(label=made.office.name)
    page.get_by_role("button", name="派单").click()

    login_as(page, made.handler)
    for attempt in ("换了灯泡", "换了线路"):
        page.goto(console)
        if attempt == "换了灯泡":
            page.locator("#actions").get_by_role("link", name="受理", exact=True).click()
            page.get_by_role("button", name="受理").click()
        page.locator("#actions").get_by_role("link", name="办结：已解决").click()
        page.get_by_label("办理结果").fill(attempt)
        page.get_by_label("佐证材料").set_input_files(proof)
        page.get_by_role("button", name="办结：已解决").click()
        expect(page.locator(".page-head")).to_contain_text("待确认评价")
        if attempt == "换了灯泡":
            assert_accessible(page)
            shot(page, "case-page")
            login_as(page, owner)
            page.goto(f"{site}/matters/{case.pk}/")
            page.get_by_role("link", name="不满意，退回重办").click()
            page.get_by_label("哪里不满意").fill("晚上还是不亮")
            page.get_by_role("button", name="不满意，退回重办").click()
            expect(page.locator(".where")).to_contain_text("办理中")
            login_as(page, made.handler)

    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    login_as(page, owner)
    page.goto(f"{site}/matters/{case.pk}/")
    shot(page, "matter-page-phone")
    page.get_by_role("link", name="确认满意").click()
    page.get_by_label("5 ★★★★★").check()
    page.get_by_role("button", name="确认满意").click()
    expect(page.locator(".where")).to_contain_text("已办结")
    assert_accessible(page)
    case.refresh_from_db()
    assert (case.closed, case.outcome, case.redo, case.satisfaction) == (True, "solved", 1, 5)


def test_a_visitor_reports_in_large_type_and_looks_with_the_code(
    browser_page: Page, live_server: object, made: Made, shot: Shot, assert_accessible: Check
) -> None:
    page, site = browser_page, str(live_server)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{site}/matters/new/public_report/")
    page.get_by_role("button", name="大字版").click()
    expect(page.locator("html")).to_have_class(re.compile(r"\blarge\b"))
    page.get_by_label("一句话说明").fill("示例路面坑洼")
    step(page, "下一步")
    page.get_by_label("市政及绿化管养").check()
    step(page, "下一步")
    shot(page, "public-report-large-phone")
    assert_accessible(page)
    step(page, "提交")
    code = page.locator(".receipt-code").inner_text()
    shot(page, "receipt-phone")
    assert_accessible(page)
    page.get_by_role("link", name="查看进度").click()
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("heading", name=Case.objects.get().number)).to_be_visible()
    assert_accessible(page)


def test_the_loser_of_a_race_sees_who_was_quicker(
    browser_page: Page,
    live_server: object,
    made: Made,
    login_as: Login,
    console_errors: list[str],
    shot: Shot,
) -> None:
    page, site = browser_page, str(live_server)
    case = made.opened("示例谁先受理")
    login_as(page, made.handler)
    page.goto(f"{site}/cases/{case.pk}/do/accept/")
    second = User.objects.get(username="clerk")  # of the same office
    made.act(case, "accept", second)
    page.get_by_role("button", name="受理").click()
    expect(page.get_by_role("alert")).to_contain_text("已由clerk于")
    console_errors.clear()  # the browser reports every answer of 409
    shot(page, "case-already-done")
    page.get_by_role("link", name="查看现在的情况").click()
    expect(page.locator(".page-head")).to_contain_text("办理中")
