"""Nothing typed is lost by the size of type or the language; the menu keeps what was opened."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from openzone.www.nav import COOKIE
from openzone.zone.people.models import User
from tests.www.conftest import Zone
from tests.www.looking import Login

pytestmark = pytest.mark.django_db(transaction=True)


def test_large_type_comes_in_place_and_leaves_the_form_as_it_was(
    browser_page: Page, live_server: "object", login_as: Login, admin: User, zone: Zone
) -> None:
    login_as(browser_page, admin)
    browser_page.goto(f"{live_server}{reverse('case_form', args=['enterprise_request'])}")
    browser_page.locator("main [name=title]").fill("示例：填到一半")
    browser_page.get_by_role("button", name="大字版").click()
    expect(browser_page.locator("html")).to_have_class("js large")
    expect(browser_page.locator("main [name=title]")).to_have_value("示例：填到一半")
    usual = browser_page.get_by_role("button", name="标准版")
    expect(usual).to_be_focused()
    browser_page.reload()
    expect(browser_page.locator("html")).to_have_class("large js")


def test_another_language_keeps_what_was_typed_and_what_depends_on_it(
    browser_page: Page, live_server: "object", login_as: Login, admin: User, zone: Zone
) -> None:
    login_as(browser_page, admin)
    browser_page.goto(f"{live_server}{reverse('case_form', args=['enterprise_request'])}")
    browser_page.locator("main [name=title]").fill("示例：填到一半")
    browser_page.locator("main [name=f-topic]").select_option("finance")
    browser_page.locator("main [name=f-amount]").fill("120")
    browser_page.get_by_role("button", name="English").click()
    expect(browser_page.locator("html")).to_have_attribute("lang", "en")
    expect(browser_page.locator("main [name=title]")).to_have_value("示例：填到一半")
    expect(browser_page.locator("main [name=f-amount]")).to_be_visible()
    expect(browser_page.locator("main [name=f-amount]")).to_have_value("120")
    browser_page.reload()
    expect(browser_page.locator("main [name=f-topic]")).to_have_value("")


def test_the_menu_opens_the_section_of_the_page_and_what_was_opened_before(
    browser_page: Page, live_server: "object", login_as: Login, admin: User, zone: Zone
) -> None:
    login_as(browser_page, admin)
    browser_page.goto(f"{live_server}{reverse('cases')}")
    side = browser_page.get_by_role("navigation", name="主菜单")
    expect(side.get_by_role("link", name="诉求事项")).to_be_visible()
    expect(side.get_by_role("link", name="工作日历")).to_be_hidden()
    side.locator("summary", has_text="档案").click()
    expect(side.get_by_role("link", name="工作日历")).to_be_visible()
    browser_page.goto(f"{live_server}{reverse('my_desk')}")
    expect(side.get_by_role("link", name="工作日历")).to_be_visible()


def test_who_speaks_for_no_enterprise_has_no_lines_about_one(
    zone: Zone, visit: Callable[[User | None], Client], make_user: Callable[..., User]
) -> None:
    page = visit(make_user("nobody")).get(reverse("matters")).content.decode()
    for name in ("my_policies", "my_commitments", "cultivation_mine", "my_contacts"):
        assert f'href="{reverse(name)}"' not in page
    assert f'href="{reverse("matters")}"' in page
    assert 'id="as-of"' not in page


def test_a_cookie_of_nonsense_opens_nothing(
    zone: Zone, admin: User, visit: Callable[[User | None], Client]
) -> None:
    client = visit(admin)
    client.cookies[COOKIE] = "<x>.99..-1"
    page = client.get(reverse("my_desk"))
    assert page.status_code == 200
    assert "<x>" not in page.content.decode()
