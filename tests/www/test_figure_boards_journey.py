"""From the board to a source; a target set; the papers of a meeting kept: a browser."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.models import FigureTarget, MeetingPack
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits
from tests.zone.indicators import boards_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ON = "as_of=2026-06-30"


def test_from_the_board_to_the_papers_of_a_meeting(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    office: Unit,
    make_user: Callable[..., User],
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    at = boards_world.world(Actor.system("tests"), zone.clerk, timezone.localdate(), "·行")
    page, root = browser_page, f"{live_server}/figures/board"
    here = f"{ON}&zone={at.zone.pk}"

    def look(name: str, size: object = DESK) -> None:
        fits(page, shot, f"figure-board-{name}", assert_accessible)
        page.set_viewport_size(size)  # type: ignore[arg-type]

    login_as(page, make_user("board-stats", Role.STATISTICS, office))
    page.goto(f"{root}/?{here}")
    look("today")
    page.get_by_role("link", name="55.49% 到位资金").click()
    expect(page.get_by_text("累计 ÷ 年度目标").first).to_be_visible()
    look("cell")
    page.get_by_role("link", name="157.6亿元").first.click()
    expect(page.get_by_text("统计月报").first).to_be_visible()

    page.goto(f"{root}/targets/?{here}")
    look("targets", PHONE)
    page.goto(f"{root}/targets/new/")
    page.locator("#id_indicator").select_option("tax")
    page.locator("#id_entity").select_option(str(at.zone.pk))
    page.locator("#id_amount").fill("30亿元")
    page.locator("#id_document").fill("示例年度任务")
    look("target-new", PHONE)
    page.get_by_role("main").get_by_role("button", name="设置").click()
    assert FigureTarget.objects.filter(indicator="tax").exists()

    page.set_viewport_size(DESK)
    page.goto(f"{root}/peers/?{here}&indicator=industrial_output")
    expect(page.get_by_text("2/2").first).to_be_visible()
    look("peers")
    page.goto(f"{root}/chains/?{here}&chain=lithium_battery")
    look("chains")
    page.goto(f"{root}/parks/?{here}&period=2026-01/2026-05")
    expect(page.get_by_text("300").first).to_be_visible()
    look("parks")

    page.goto(f"{root}/packs/new/?{here}&period=2026-01/2026-05&indicators=industrial_output")
    expect(page.get_by_text("前5个月").first).to_be_visible()
    look("pack-new")
    page.get_by_role("button", name="保存这份材料").click()
    look("pack", PHONE)
    made = MeetingPack.objects.latest("pk")
    assert made.as_of.isoformat() == "2026-06-30"
    page.set_viewport_size(DESK)
    page.goto(f"{root}/packs/{made.pk}/compare/?as_of=2026-06-30")
    look("compare")
