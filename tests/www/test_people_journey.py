"""An administrator lets somebody in, and out again, in a real browser."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.audit.models import Event
from openzone.zone.people.models import User
from tests.www.conftest import Zone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "right-password-9"


def log_in(page: Page, site: str) -> None:
    page.goto(f"{site}/login/")
    page.get_by_label("账号").fill("li.si")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_somebody_gets_an_account_and_a_role_and_loses_it(
    browser_page: Page,
    live_server: "object",
    zone: Zone,
    admin: User,
    login_as: Callable[[Page, User], None],
    shot: Callable[[Page, str], Path],
    today: date,
    console_errors: list[str],
) -> None:
    site, page = str(live_server), browser_page
    login_as(page, admin)
    page.goto(f"{site}/people/")
    page.get_by_role("link", name="新建用户").click()
    page.get_by_label("账号").fill("li.si")
    page.get_by_label("姓名").fill("示例李四")
    page.get_by_label("新密码", exact=True).fill(PASSWORD)
    page.get_by_label("再次输入新密码").fill(PASSWORD)
    page.get_by_role("button", name="创建账号").click()
    expect(page.get_by_role("status")).to_contain_text("账号已创建")

    page.get_by_role("link", name="授予角色").click()
    page.get_by_label("单位").select_option("office")
    page.get_by_label("角色").select_option("handler")
    expect(page.get_by_label("开始日期")).to_have_value(today.isoformat())
    page.get_by_role("button", name="授予该角色").click()
    expect(page.get_by_role("row").filter(has_text="经办人")).to_contain_text("当前有效")
    shot(page, "people-user")
    his_page = page.url

    their = page.context.browser.new_page(locale="zh-CN")
    log_in(their, site)
    their.goto(f"{site}/enterprises/")
    expect(their.locator("h1")).to_have_text("企业")

    page.get_by_role("link", name="终止 经办人").click()
    page.get_by_label("截止日期").fill((today - timedelta(days=1)).isoformat())
    page.get_by_role("button", name="登记截止日期").click()
    expect(page.locator(".errorlist")).to_contain_text("结束日期早于开始日期")
    shot(page, "people-end-refused")
    page.get_by_label("截止日期").fill(today.isoformat())
    page.get_by_role("button", name="登记截止日期").click()
    expect(page.get_by_role("row").filter(has_text="经办人")).to_contain_text(today.isoformat())
    their.goto(f"{site}/enterprises/")
    expect(their.locator("h1")).to_have_text("企业")  # the last day still counts

    User.objects.get(username="li.si").memberships.update(
        valid_from=today - timedelta(days=1), valid_to=today - timedelta(days=1)
    )  # a day later
    their.goto(f"{site}/enterprises/")
    expect(their.get_by_text("仅限园区工作人员")).to_be_visible()
    page.goto(his_page)
    expect(page.get_by_role("row").filter(has_text="经办人")).to_contain_text("已结束")

    page.get_by_role("link", name="停用账号").click()
    page.get_by_role("button", name="停用账号").click()
    their.goto(f"{site}/enterprises/")
    expect(their.locator("h1")).to_have_text("登录")
    their.close()
    assert Event.objects.filter(action="people.membership.ended").count() == 1
    console_errors.clear()  # 400 is an error to the browser too
