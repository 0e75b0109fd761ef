"""Every page in a real browser: no complaint in the console, accessible, fits a phone."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from openzone.zone.people.models import User
from tests.www.conftest import Zone, furnish
from tests.www.looking import PHONE, Check, Login
from tests.www.pages import ADDRESSES, Address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Downloads, pictures, fragments.
NO_PAGES = {
    "application_file",
    "audit_anchor",
    "case_file",
    "case_sheet_template",
    "check_frame",
    "consultation_alike",
    "enterprises_suggest",
    "facts_suggest",
    "library_compendium_file",
    "library_media",
    "library_template",
    "matter_file",
    "matter_alike",
    "reading_file",
    "release_artefact",
    "suggestion_alike",
    "suggestion_submission_file",
    "agreement_paper",
    "fulfilment_evidence",
    "incentive_paper",
    "project_photo",
    "approval_document",
    "approval_opinion",
    "approval_paper",
    "approval_proof",
    "chain_draft_export",
    "chain_sheet_template",
    "chain_version_file",
    "completion_evidence",
    "cultivation_book_template",
    "delivery_record",
    "land_sheet_marked",
    "lead_sheet_template",
    "project_sheet_template",
    "standard_evidence",
    "standard_paper",
    "water_samples_template",
}
PAGES = [
    address
    for address in ADDRESSES
    if (address.method, address.expected[0]) == ("GET", 200) and address.name not in NO_PAGES
]
DESK = {"width": 1440, "height": 900}


@pytest.fixture
def path_of(live_server: "object", zone: Zone) -> Callable[[Address], str]:
    furnish(zone)
    return lambda address: f"{live_server}{address.path(zone.numbers)}"


def _width(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


# Every page in Chinese, and of the same templates some in English; in parts, for more workers.
PARTS = 4
VISITS = [
    *(("zh-hans", part, PAGES[part::PARTS]) for part in range(PARTS)),
    ("en", 0, PAGES[::6]),
]


@pytest.mark.parametrize(("language", "part", "pages"), VISITS, ids=lambda value: str(value)[:5])
def test_every_page_is_accessible_and_fits_a_phone(
    browser_page: Page,
    login_as: Login,
    admin: User,
    path_of: Callable[[Address], str],
    assert_accessible: Check,
    live_server: object,
    language: str,
    part: int,
    pages: list[Address],
) -> None:
    login_as(browser_page, admin)
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": str(live_server)}
    browser_page.context.add_cookies([cookie])
    wide = {}
    for address in pages:
        browser_page.set_viewport_size(DESK)
        browser_page.goto(path_of(address))
        expect(browser_page.locator("h1")).to_have_count(1)
        expect(browser_page.locator("html")).to_have_attribute("lang", language, ignore_case=True)
        assert_accessible(browser_page)
        browser_page.set_viewport_size(PHONE)
        if (width := _width(browser_page)) > PHONE["width"]:
            browser_page.reload()  # a chart that was drawn for a desk follows a moment later
            width = _width(browser_page)
        if width > PHONE["width"]:
            wide[str(address)] = width
    assert wide == {}


@pytest.mark.parametrize("path", ["/login/", "/no/such/page/"])
def test_pages_outside_the_console_are_accessible(
    browser_page: Page,
    live_server: "object",
    zone: Zone,
    admin: User,
    login_as: Login,
    assert_accessible: Check,
    console_errors: list[str],
    path: str,
) -> None:
    if path != "/login/":
        login_as(browser_page, admin)
    browser_page.goto(f"{live_server}{path}")
    assert_accessible(browser_page)
    console_errors.clear()  # a missing page is an error to the browser too


def test_inline_code_and_styles_are_refused_by_the_browser(
    browser_page: Page, live_server: "object", console_errors: list[str], zone: Zone
) -> None:
    browser_page.goto(f"{live_server}/login/")
    browser_page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "document.body.dataset.injected = 'yes'";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", "<p style='color: red'>x</p>");
        }"""
    )
    expect(browser_page.locator("body")).not_to_have_attribute("data-injected", "yes")
    assert len([error for error in console_errors if "Content Security Policy" in error]) == 2
    console_errors.clear()


def test_everything_can_be_reached_with_the_keyboard(
    browser_page: Page, live_server: "object", login_as: Login, admin: User, zone: Zone
) -> None:
    login_as(browser_page, admin)
    browser_page.goto(f"{live_server}/enterprises/")
    browser_page.keyboard.press("Tab")
    expect(browser_page.locator(".skip-link")).to_be_focused()
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("main")).to_be_focused()

    browser_page.locator("#search").focus()
    browser_page.keyboard.type("hfsljm")
    expect(browser_page.locator("#suggestions a").first).to_be_visible()
    browser_page.keyboard.press("ArrowDown")
    expect(browser_page.locator("#suggestions a").first).to_be_focused()
    browser_page.keyboard.press("Escape")
    expect(browser_page.locator("#suggestions a")).to_have_count(0)
    expect(browser_page.locator("#search")).to_be_focused()

    menu = browser_page.locator("details.menu")
    menu.locator("summary").focus()
    browser_page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    browser_page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_the_menu_of_a_phone_opens_and_leads_on(
    browser_page: Page, live_server: "object", login_as: Login, admin: User, zone: Zone
) -> None:
    login_as(browser_page, admin)
    browser_page.set_viewport_size(PHONE)
    browser_page.goto(f"{live_server}/")
    side = browser_page.get_by_role("navigation", name="主菜单")
    expect(side).to_be_hidden()
    browser_page.get_by_role("button", name="菜单").click()
    side.get_by_role("link", name="企业").click()
    expect(browser_page.locator("h1")).to_have_text("企业")


def test_pages_work_without_scripts(
    browser_page: Page, live_server: "object", login_as: Login, admin: User, zone: Zone
) -> None:
    context = browser_page.context.browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    login_as(page, admin)
    page.goto(f"{live_server}/")
    page.get_by_label("查找企业").fill("hfsljm")
    page.get_by_label("查找企业").press("Enter")
    page.get_by_role("link", name=zone.near.name, exact=True).click()
    page.get_by_label("截至日期").fill("2026-03-31")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_text("回到今天")).to_be_visible()
    page.goto(f"{live_server}/imports/{zone.batch.pk}/")
    expect(page.get_by_text("只写入无误的行")).to_be_visible()
    context.close()
