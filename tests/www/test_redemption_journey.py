"""From “my policies” to the money on the account, in a real browser with eight people."""

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.audit.actors import Actor
from openzone.zone.ledger.selectors import budget_line
from openzone.zone.people.models import User
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application
from openzone.zone.redemption.services.publicity import end_publicity
from tests.files import PDF
from tests.www.addresses import redemption
from tests.www.conftest import Zone
from tests.www.looking import Check, Login, Shot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def someone(username: str) -> User:
    return User.objects.get(username=username)


@pytest.fixture
def site(live_server: "object", zone: Zone) -> str:
    zone.of_areas.update(redemption.numbers(zone))
    return str(live_server)


def test_from_the_application_to_the_money(
    browser_page: Page,
    site: str,
    zone: Zone,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
    console_errors: list[str],
    tmp_path: Path,
) -> None:
    page = browser_page
    page.set_viewport_size({"width": 1280, "height": 900})
    paper = tmp_path / "说明.pdf"
    paper.write_bytes(PDF)
    program = tmp_path / "木马.pdf"
    program.write_bytes(b"MZ program")

    login_as(page, someone("applicant"))
    page.goto(f"{site}/applications/new/{zone.numbers['free_item']}/")
    shot(page, "redemption-new")
    page.get_by_role("button", name="开始申请").click()
    page.locator("input[type=file]").set_input_files(program)
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_role("alert")).to_contain_text("不是可接收的文件")
    page.locator("input[type=file]").set_input_files(paper)
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_role("link", name="说明.pdf")).to_be_visible()
    page.get_by_role("link", name="提交申请").click()
    page.get_by_role("button", name="提交申请").click()
    console_errors.clear()  # the browser reports every answer of 400
    expect(page.get_by_text("这个字段是必填项").first).to_be_visible()
    page.get_by_label("开户银行").fill("示例银行")
    page.get_by_label("账号").fill("62220000111")
    shot(page, "redemption-submit")
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("申请已提交")).to_be_visible()
    application = Application.objects.latest("pk")
    address = f"{site}/applications/{application.pk}/"

    login_as(page, someone("officer"))
    page.goto(f"{site}/applications/desk/")
    shot(page, "redemption-desk")
    page.get_by_role("link", name=application.number).click()
    page.get_by_role("link", name="予以受理").click()
    page.get_by_role("button", name="予以受理").click()
    page.get_by_role("link", name="征求单位意见").click()
    page.get_by_label(zone.charge.unit.name).check()
    shot(page, "redemption-ask")
    page.get_by_role("button", name="征求单位意见").click()
    page.get_by_role("link", name="出具意见").click()
    page.get_by_role("button", name="提交意见").click()
    page.get_by_role("link", name="拟定金额").click()
    page.get_by_label("金额（元）").fill("2000")
    page.get_by_role("button", name="拟定金额").click()
    expect(page.get_by_text("请写明依据")).to_be_visible()
    console_errors.clear()
    page.get_by_label("理由").fill("按办法第一条")
    page.get_by_role("button", name="拟定金额").click()
    expect(page.locator(".page-head")).to_contain_text("公示中")
    shot(page, "redemption-page")
    assert_accessible(page)

    page.context.clear_cookies()
    page.goto(f"{site}/publicity/")
    expect(page.get_by_role("cell", name="2,000元")).to_be_visible()
    shot(page, "redemption-publicity")
    assert_accessible(page)

    application.refresh_from_db()
    over = application.due_at + dt.timedelta(minutes=1)
    end_publicity(actor=Actor.system("redemption"), application=application, at=over)
    login_as(page, someone("chief"))
    page.goto(address)
    page.get_by_role("link", name="批准").click()
    page.get_by_role("button", name="批准").click()
    expect(page.locator(".page-head")).to_contain_text("待下达拨付")
    login_as(page, someone("cashier"))
    page.goto(f"{site}/fund-orders/")
    page.get_by_label(application.number).check()
    shot(page, "redemption-orders")
    assert_accessible(page)
    page.get_by_role("button", name="制作拨付单").click()
    expect(page.get_by_text("拨付单由本人制作")).to_be_visible()
    login_as(page, someone("treasurer"))
    page.reload()
    shot(page, "redemption-order")
    page.get_by_role("link", name="登记已支付").click()
    page.get_by_label("银行流水号").fill("B-2026-1")
    page.get_by_role("button", name="登记已支付").click()
    expect(page.get_by_text("支付已登记")).to_be_visible()

    login_as(page, someone("applicant"))
    page.goto(address)
    page.get_by_role("link", name="确认到账").click()
    page.get_by_role("button", name="确认到账").click()
    page.get_by_role("link", name="评价", exact=True).click()
    page.get_by_role("button", name="评价").click()
    expect(page.locator(".page-head")).to_contain_text("办结")
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    shot(page, "redemption-page-phone")
    page.goto(f"{site}/applications/")
    shot(page, "redemption-list-phone")
    application.refresh_from_db()
    assert (application.stage, application.rating) == (Stage.CLOSED, 5)
    assert budget_line(application.item.budget).paid == 1_000_00 + 2_000_00


def test_budget_checks_and_effect_lead_down_to_their_rows(
    browser_page: Page, site: str, zone: Zone, login_as: Login, admin: User, shot: Shot,
    assert_accessible: Check,
) -> None:  # fmt: skip
    page = browser_page
    page.set_viewport_size({"width": 1280, "height": 900})
    login_as(page, admin)
    page.goto(f"{site}/budgets/")
    shot(page, "redemption-budgets")
    assert_accessible(page)
    page.locator("tbody").get_by_role("link", name="1,000元").click()
    expect(page.locator("h2")).to_contain_text(["支付明细"])
    shot(page, "redemption-budget")
    page.goto(f"{site}/checks/")
    shot(page, "redemption-checks")
    page.get_by_role("link", name="示例抽查").click()
    shot(page, "redemption-draw")
    assert_accessible(page)
    page.goto(f"{site}/effect/")
    shot(page, "redemption-effect")
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    for name in ("effect", "budgets", "applications/desk", "publicity", "earlier-payments"):
        page.goto(f"{site}/{name}/")
        shot(page, f"redemption-{name.replace('/', '-')}-phone")
