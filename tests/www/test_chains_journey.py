"""From the board to a gap, to a what-if that is shared, to a comparison: a browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.chains.models import ChainFocus
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.www.addresses import chains
from tests.www.conftest import Zone
from tests.www.looking import DESK, Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_gap_is_found_reasoned_varied_and_compared(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    office: Unit,
    make_user: Callable[..., User],
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    zone.of_areas.update(chains.numbers(zone))
    page = browser_page

    def look(name: str) -> None:
        fits(page, shot, f"chains-{name}", assert_accessible)

    page.set_viewport_size(DESK)
    login_as(page, make_user("boss", Role.CENTRE, office))
    page.goto(f"{live_server}/chains/")
    page.get_by_role("link", name="确定链长 锂离子电池产业链").click()
    page.locator("#id_head").fill("示例副市长")
    page.locator("#id_unit").select_option("office")
    page.locator("#id_on").fill("2026-03-02")
    look("head")
    page.get_by_role("main").get_by_role("button", name="保存").click()
    expect(page.get_by_text("示例副市长").first).to_be_visible()
    assert ChainFocus.objects.get().unit.code == "office"
    look("report")
    page.goto(f"{live_server}/chains/")
    look("board")

    page.locator("#find").fill("磷酸铁锂")
    page.get_by_role("button", name="查环节").click()
    look("find")
    page.get_by_role("link", name="正极材料").first.click()
    expect(page.get_by_role("note")).to_contain_text("上游有锂盐、前驱体")
    look("node")
    page.get_by_role("link", name="登记线索").click()
    expect(page.locator("#id_node")).to_have_value("cathode")

    page.goto(f"{live_server}/chains/lithium_battery/what-if/")
    page.locator("#id_firm").fill("示例正极新厂")
    page.locator("#id_to").fill("正极材料")
    page.get_by_role("main").get_by_role("button", name="加入推演").click()
    expect(page.locator("#after")).to_contain_text("个百分点")
    assert "add=" in page.url
    look("whatif")

    page.goto(f"{live_server}/chains/zones/")
    look("zones")
    page.get_by_role("link", name="锂离子电池产业链 对照 示例邻区").click()
    expect(page.get_by_text("邻区正极公司")).to_be_visible()
    look("compare")
