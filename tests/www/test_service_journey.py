"""An agent on a phone: from the resident's consent to papers in hand, in a browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.community.models import Order
from openzone.zone.people.models import User
from tests.www.conftest import Zone
from tests.www.looking import PHONE, Check, Login, Shot, fits_width
from tests.zone.community.town import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_agent_takes_an_order_on_and_collects_papers(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    town, page = build(), browser_page
    page.set_viewport_size(PHONE)
    login_as(page, town.walker)
    page.goto(f"{live_server}/agent/")
    page.get_by_role("link", name="选择居民").click()
    page.get_by_role("link", name="示例老人").click()
    expect(page.get_by_text("139****5678")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="接受代办").click()
    page.get_by_label("政务服务事项").select_option("pension")
    assert_accessible(page)
    page.get_by_role("button", name="接单").click()
    expect(page.get_by_text("查询码")).to_be_visible()
    page.get_by_role("link", name="收取材料").click()
    page.get_by_label("材料", exact=True).fill("身份证*\n照片")
    page.get_by_label("居民已签字交出").check()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("双方已签")).to_be_visible()
    assert_accessible(page)
    shot(page, "agent-order")
    page.goto(f"{live_server}/agent/custody/")
    expect(page.get_by_text("原件", exact=True)).to_be_visible()
    assert_accessible(page)
    fits_width(page, PHONE)
    assert Order.objects.get().papers.filter(holder="agent").count() == 2


def test_an_agent_sees_nothing_of_the_console_nor_of_other_communities(
    zone: Zone, visit: Callable[[User | None], object]
) -> None:
    town = build()
    client = visit(town.walker)
    for path in ("/commitments/", "/neighbourhood/orders/", "/cross-region/"):
        assert client.get(path).status_code == 403  # type: ignore[attr-defined]
    for path in ("/agent/", "/agent/custody/", "/agent/visits/", "/neighbourhood/residents/"):
        assert client.get(path).status_code == 200  # type: ignore[attr-defined]
    other = build("other-")
    there = client.get(f"/neighbourhood/residents/{other.resident.pk}/")  # type: ignore[attr-defined]
    assert there.status_code == 403
