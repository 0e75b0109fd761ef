"""A day at the queue: chosen by keys, shared out, undone, confirmed at once, on desk and phone."""

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.chains.models import Placement, PlacementProposal
from tests.www.addresses import chains_placements
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_firms_are_reviewed_with_the_keyboard(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
    console_errors: list[str],
) -> None:
    made = chains_placements.numbers(zone)
    page = browser_page
    page.set_viewport_size(DESK)
    login_as(page, zone.clerk)
    page.goto(f"{live_server}/chains/placements/queue/?at={made['cp_open']}")
    expect(page.locator(".placing-texts mark").first).to_contain_text("磷酸铁锂")
    fits(page, shot, "chain-queue", assert_accessible)

    page.keyboard.press("2")
    expect(page.locator("#pick-2")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_text("已确认：负极材料")).to_be_visible()
    assert Placement.objects.get(enterprise=made["cp_firm"]).node == "anode"
    page.keyboard.press("u")
    expect(page.get_by_text("已撤销，重新待审")).to_be_visible()
    assert not Placement.objects.filter(enterprise=made["cp_firm"], withdrawn_at=None).exists()

    page.goto(f"{live_server}/chains/placements/queue/?at={made['cp_shared']}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("请选择如何分配份额")
    page.set_viewport_size(PHONE)
    fits(page, shot, "chain-queue-split", assert_accessible)
    page.get_by_label("平均分").check()
    console_errors.clear()  # of the page that said what is missing
    page.locator("[data-key=Enter]").click()
    expect(page.get_by_text("已确认：正极材料")).to_be_visible()
    shared = PlacementProposal.objects.get(pk=made["cp_shared"])
    rows = Placement.objects.filter(enterprise=shared.enterprise, withdrawn_at=None, valid_to=None)
    assert {float(row.share) for row in rows} == {0.5}

    page.set_viewport_size(DESK)
    page.goto(f"{live_server}/chains/placements/firms/{shared.enterprise_id}/")
    fits(page, shot, "chain-firm", assert_accessible)
    for name in ("roles", "figures", "placements"):
        page.goto(f"{live_server}/chains/{name}/")
        fits(page, shot, f"chain-{name}", assert_accessible)
    page.goto(f"{live_server}/enterprises/{shared.enterprise_id}/#chains")
    expect(page.locator("#chains")).to_contain_text("正极材料")
    assert console_errors == []
