"""A contract from its draft to a promise that both sides say was kept, in a browser."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from openzone.zone.agreements.models import Clause
from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.projects.models import Project
from openzone.zone.projects.services.projects import create_project
from tests.files import PDF
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REWARD, INVEST = "按设备投资额给予奖励", "完成固定资产投资1亿元"


@pytest.fixture
def project(zone: Zone, actor: Actor, office: Unit) -> Project:
    """A project of the first enterprise that the office looks after."""
    return create_project(
        actor=actor, name="示例轴承项目", pipeline="six_batches", on=timezone.localdate(),
        now=timezone.now(), lead_unit=office, enterprise=zone.near, synthetic=True,
    )  # fmt: skip


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Something signed."""
    path = tmp_path / "示例.pdf"
    path.write_bytes(PDF)
    return path


def day(days: int) -> str:
    return (timezone.localdate() + dt.timedelta(days)).isoformat()


def write(page: Page, **values: str) -> None:
    """Fill a form in; a list is chosen from."""
    for name, value in values.items():
        field = page.locator(f"#id_{name}")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def send(page: Page) -> None:
    page.get_by_role("main").locator("form button[type=submit]").click()


def test_a_contract_is_drafted_reviewed_signed_and_kept(
    browser_page: Page,
    live_server: Any,
    project: Project,
    colleague: User,
    enterprise_owner: User,
    office: Unit,
    make_user: Callable[..., User],
    paper: Path,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
    console_errors: list[str],
) -> None:
    page, here = browser_page, f"{live_server}/projects/{project.pk}/agreements/"
    page.set_viewport_size(DESK)
    login_as(page, colleague)
    page.goto(here)
    page.get_by_role("link", name="新建协议").click()
    write(page, kind="contract", number="示例投合〔2026〕1号", title="示例轴承项目投资合同")
    send(page)
    page.get_by_role("link", name="添加承诺").click()
    write(page, side="investor", kind="amount", text=INVEST, quantity="1", scale="100000000",
          begins=day(-90), due=day(90))  # fmt: skip
    fits(page, shot, "agreements-promise", assert_accessible)
    send(page)
    expect(page.get_by_text(INVEST, exact=True)).to_be_visible()

    page.goto(f"{live_server}/projects/{project.pk}/incentives/new/")
    write(page, text=REWARD, kind="general", amount="200", scale="10000")
    send(page)
    expect(page.get_by_text("没有公平竞争审查记录")).to_be_visible()
    incentive = page.url
    fits(page, shot, "agreements-incentive", assert_accessible)
    page.goto(here)
    page.get_by_role("link", name="示例轴承项目投资合同").click()
    contract = page.url
    _grant(page)
    expect(page.get_by_text("没有公平竞争审查记录，不能写入协议").first).to_be_visible()
    fits(page, shot, "agreements-refused", assert_accessible)
    assert Clause.objects.count() == 1
    console_errors.clear()  # the refusal is what was looked for

    login_as(page, make_user("shencha", Role.HANDLER, office))
    page.goto(incentive)
    page.get_by_role("link", name="进行审查").click()
    write(page, conclusion="allowed", basis_kind="open_policy", basis="示例公开政策第三条",
          on=day(-1))  # fmt: skip
    page.locator("#id_file").set_input_files(paper)
    fits(page, shot, "agreements-review", assert_accessible)
    send(page)
    expect(page.get_by_text("示例公开政策第三条")).to_be_visible()

    login_as(page, colleague)
    page.goto(contract)
    _grant(page)
    expect(page.get_by_text("已进行公平竞争审查").first).to_be_visible()
    page.get_by_role("link", name="签订协议").click()
    write(page, on=day(-30))
    page.locator("#id_file").set_input_files(paper)
    send(page)
    fits(page, shot, "agreements-signed", assert_accessible)

    login_as(page, enterprise_owner)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server}/agreements/mine/")
    fits(page, shot, "agreements-mine", assert_accessible)
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="示例轴承项目投资合同").click()
    page.get_by_role("link", name="报告兑现情况").filter(has_text=INVEST).click()
    write(page, on=day(-5), text="设备款已付", quantity="4000", scale="10000")
    page.locator("#id_file").set_input_files(paper)
    fits(page, shot, "agreements-report", assert_accessible)
    send(page)
    expect(page.get_by_text("待另一方确认")).to_be_visible()
    fits(page, shot, "agreements-speaker", assert_accessible)

    login_as(page, colleague)
    page.goto(contract)
    page.get_by_role("link", name="答复").click()
    write(page, confirmed="yes")
    send(page)
    expect(page.get_by_text("40%").first).to_be_visible()
    fits(page, shot, "agreements-kept", assert_accessible)
    page.goto(f"{live_server}/promises/")
    fits(page, shot, "agreements-overview", assert_accessible)


def _grant(page: Page) -> None:
    page.get_by_role("link", name="写入激励事项").click()
    write(page, due=day(120))
    send(page)
