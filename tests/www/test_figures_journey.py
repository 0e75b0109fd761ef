"""A handler enters a figure with a slip of unit, explains, a statistician approves: a browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.models import Figure
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits
from tests.zone.indicators import figures_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_figure_from_the_document_to_its_series(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    office: Unit,
    make_user: Callable[..., User],
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    actor, page = Actor.system("tests"), browser_page
    chief = make_user("chief", Role.STATISTICS, office)
    here = figures_world.zone(actor, "示例园区（指标）")
    figures_world.recorded(actor, [
        figures_world.row(here, "2024-01/2024-05", "70亿元"),
        figures_world.row(here, "2025-01/2025-04", "72亿元", target="284亿元"),
        figures_world.row(here, "2025-01/2025-05", "77.7亿元", growth="28.5%"),
    ], chief)  # fmt: skip

    def look(name: str, size: object = DESK) -> None:
        fits(page, shot, f"figures-{name}", assert_accessible)
        page.set_viewport_size(size)  # type: ignore[arg-type]

    page.set_viewport_size(PHONE)
    login_as(page, zone.clerk)
    page.goto(f"{live_server}/figures/batches/new/?entity={here.pk}")
    page.locator("#id_title").fill("六月快报")
    page.locator("#id_document").fill("统计月报")
    page.locator("#id_form-0-series").select_option("industrial_output")
    page.locator("#id_form-0-period").fill("2025年1-6月")
    page.locator("#id_form-0-value").fill("90万元")
    look("new", PHONE)
    page.get_by_role("button", name="检查该批次").click()
    expect(page.get_by_text("累计数下降").first).to_be_visible()
    page.get_by_role("button", name="提交审定").click()
    expect(page.get_by_text("第 1 行有须说明的问题").first).to_be_visible()
    look("batch", PHONE)
    page.get_by_role("link", name="更正数据行").click()
    page.locator("#id_form-0-value").fill("90亿元")
    page.get_by_role("button", name="检查该批次").click()
    page.get_by_role("button", name="提交审定").click()
    expect(page.get_by_role("button", name="审定并锁定")).to_have_count(0)

    login_as(page, chief)
    page.goto(f"{live_server}/figures/batches/?state=submitted")
    look("batches")
    page.get_by_role("link", name="六月快报").click()
    page.get_by_role("button", name="审定并锁定").click()
    expect(page.get_by_text("已入档数据：1 条").first).to_be_visible()
    assert Figure.objects.latest("pk").value == 9_000_000_000
    page.goto(f"{live_server}/figures/series/{here.pk}/industrial_output/")
    expect(page.get_by_role("link", name="90亿元").first).to_be_visible()
    look("series", PHONE)
    look("series-phone")
    page.get_by_role("cell", name="77.7亿元").get_by_role("link").first.click()
    look("figure")
    for name in ("", "dictionary/", "dictionary/industrial_output/", "entities/", "books/"):
        page.goto(f"{live_server}/figures/{name}")
        look(name.strip("/").replace("/", "-") or "list")
