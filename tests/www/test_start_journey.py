"""The pages people start from, in a browser: told, choosing, the desk, the summary."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.cases.models import NoticeChoice
from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from tests.www.addresses.cases import Made
from tests.www.conftest import Zone
from tests.www.looking import Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_somebody_is_told_chooses_what_to_hear_and_sees_how_the_zone_stands(
    browser_page: Page,
    live_server: Any,
    login_as: Login,
    shot: Shot,
    zone: Zone,
    assert_accessible: Check,
    make_user: Callable[..., User],
) -> None:
    made = Made(zone)
    made.opened("示例路灯不亮")
    made.act(made.opened("示例停车难"), "accept", made.handler)
    page = browser_page
    login_as(page, made.handler)
    page.goto(f"{live_server.url}/desk/")
    page.locator(".bell").click()
    expect(page.get_by_role("button", name="标为已读").first).to_be_visible()
    fits(page, shot, "notices", assert_accessible)
    page.locator(".notice-open", has_text="示例停车难").first.click()
    expect(page.get_by_role("heading", name="示例停车难")).to_be_visible()

    page.goto(f"{live_server.url}/notices/choices/")
    expect(page.locator("[name=overdue-in_app]")).to_be_disabled()
    fits(page, shot, "notice-choices", assert_accessible)
    page.locator("[name=assigned-in_app]").uncheck()
    page.get_by_role("button", name="保存设置").click()
    expect(page.get_by_text("设置已保存")).to_be_visible()
    assert not NoticeChoice.objects.get(user=made.handler, kind="assigned").in_app
    assert NoticeChoice.objects.get(user=made.handler, kind="overdue").in_app

    login_as(page, make_user("chief", Role.LEADER, made.office))
    page.goto(f"{live_server.url}/overview/")
    expect(page.locator("[data-chart=pressing] svg")).to_be_visible()
    fits(page, shot, "overview", assert_accessible)
    page.locator("table tbody .num a").first.click()
    expect(page.get_by_text("示例路灯不亮").first).to_be_visible()
    page.goto(f"{live_server.url}/suggestions/implementation/")
    fits(page, shot, "implementation", assert_accessible)
