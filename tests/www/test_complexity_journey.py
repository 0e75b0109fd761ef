"""A table is brought, read beside size, and asked what one city is near to: a browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.www.looking import DESK, Check, Login, Shot, fits
from tests.zone.chains.complexities import TABLE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_table_is_read_in_and_a_city_finds_what_it_is_near_to(
    browser_page: Page,
    live_server: object,
    office: Unit,
    make_user: Callable[..., User],
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page = browser_page

    def look(name: str) -> None:
        fits(page, shot, f"complexity-{name}", assert_accessible)

    page.set_viewport_size(DESK)
    login_as(page, make_user("boss", Role.CENTRE, office))
    page.goto(f"{live_server}/chains/complexity/")
    look("none")
    page.get_by_role("link", name="读入一张表").click()
    page.locator("#id_title").fill("示例各市产值")
    page.locator("#id_source").fill("示例年鉴2025")
    page.locator("#id_as_of").fill("2025-12-31")
    page.locator("#id_unit").fill("亿元")
    page.locator("#id_least_place").fill("1")
    file = {"name": "产值.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.locator("#id_file").set_input_files(file)  # type: ignore[arg-type]
    look("form")
    page.get_by_role("main").get_by_role("button").last.click()
    expect(page.get_by_role("heading", name="示例各市产值")).to_be_visible()
    expect(page.get_by_text("排除：1个地区")).to_be_visible()
    page.locator("#place").select_option("示例甲市")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_role("heading", name="示例甲市的机会")).to_be_visible()
    look("study")
    page.get_by_role("link", name="示例甲市 多样性").click()
    expect(page.get_by_text("示例甲市").first).to_be_visible()
    look("flows")
    page.goto(f"{live_server}/chains/complexity/")
    look("list")
