"""A list comes in, its firms are ranked, one becomes a lead, a city becomes a trip: a browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.audit.actors import Actor
from openzone.zone.promotion.models import Lead, Trip
from openzone.zone.promotion.services.trips import open_team
from tests.www.conftest import Zone
from tests.www.looking import DESK, Check, Login, Shot, fits
from tests.zone.chains import inviting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS = inviting.ROWS.replace("2026-06-01", "2026-01-05")


def test_a_list_becomes_a_lead_and_a_trip(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
    tmp_path: Path,
) -> None:
    actor = Actor.system("tests")
    inviting.zone(actor, zone.clerk)
    open_team(actor=actor, name="示例小分队", unit=zone.charge.unit)
    file = tmp_path / "名录.csv"
    file.write_text(inviting.HEADER + ROWS + "示例错行有限公司,,,,,,,,,,,,\n", encoding="utf-8")
    page = browser_page

    def look(name: str) -> None:
        fits(page, shot, f"invite-{name}", assert_accessible)
        page.set_viewport_size(DESK)

    page.set_viewport_size(DESK)
    login_as(page, zone.clerk)
    page.goto(f"{live_server}/chains/candidates/")
    page.locator("#id_name").fill("示例名录")
    page.locator("#id_source").fill("示例协会")
    page.locator("#id_file").set_input_files(file)
    look("lists")
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_text("主要产品和经营范围都没有填").first).to_be_visible()
    look("checked")
    page.get_by_role("main").get_by_role("button", name="导入 3 行").click()

    page.goto(f"{live_server}/chains/{inviting.CHAIN}/invite/?node=cathode&source=list")
    page.get_by_text("评分明细").first.click()
    expect(page.get_by_role("row", name="距离").last).to_contain_text("尚未掌握")
    look("ranking")
    page.get_by_role("link", name="转为线索 江苏示例正极材料有限公司 正极材料").click()
    look("lead")
    page.get_by_role("main").get_by_role("button", name="转为线索").click()
    lead = Lead.objects.get()
    assert "供应示例电芯股份有限公司" in lead.gap_reason

    page.goto(f"{live_server}/chains/{inviting.CHAIN}/invite/cities/")
    page.get_by_role("checkbox", name="宁波").check()
    look("cities")
    page.get_by_role("button", name="按所选城市排行程").click()
    look("plan")
    page.get_by_role("link", name="转为招商行程").click()
    page.get_by_role("main").get_by_role("button", name="计划").click()
    expect(page.get_by_text("宁波示例石墨有限公司（负极材料）").first).to_be_visible()
    assert [one.name for one in Trip.objects.get().cities.all()] == ["宁波"]
    page.goto(f"{live_server}/chains/{inviting.CHAIN}/invite/weights/")
    look("weights")
