"""Two sides sample a river: each enters its own, both lock, one is too far off, a browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from openzone.zone.audit.actors import Actor
from openzone.zone.waters.models import Campaign
from openzone.zone.waters.services.campaigns import lock_figures
from tests.www.addresses.waters import _campaigns
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits
from tests.zone.waters.river import FULL, planned, river, sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_sides_sample_one_river(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    now = timezone.now()
    at = river(Actor.system("tests"), zone.charge.unit, now=now)
    found = _campaigns(at, now)[1]
    assert isinstance(found, Campaign)
    row = planned(found)
    sample(at, row, at.theirs, now, on=timezone.localdate(), values=FULL | {"ammonia": "0.60"})
    lock_figures(**at.by(at.theirs, now), campaign=found)
    page = browser_page

    def look(name: str, size: object = DESK) -> None:
        fits(page, shot, f"waters-{name}", assert_accessible)
        page.set_viewport_size(size)  # type: ignore[arg-type]

    page.set_viewport_size(PHONE)
    login_as(page, at.ours)
    page.goto(f"{live_server}/waters/")
    look("overview", PHONE)
    page.goto(f"{live_server}/waters/results/{row.pk}/do/enter/")
    page.locator("#id_laboratory").fill("示例甲站")
    for name, value in FULL.items():
        page.locator(f"#id_{name}").fill(value)
    look("enter", PHONE)
    page.locator("#id_on").fill(str(timezone.localdate()))
    page.get_by_role("main").get_by_role("button", name="保存").click()
    expect(page.get_by_text("0.60")).to_have_count(0)  # the other side's is not shown yet
    look("own", DESK)
    page.goto(f"{live_server}/waters/campaigns/{found.pk}/")
    page.get_by_role("button", name="锁定本方数据").click()
    expect(page.get_by_text("两方偏差超限").first).to_be_visible()
    look("campaign")
    page.get_by_role("main").get_by_role("link", name="示例界河断面").click()
    expect(page.get_by_text("0.60").first).to_be_visible()
    page.locator("summary").filter(has_text="氨氮").click()
    expect(page.get_by_text("Ⅱ类 ≤ 0.5 mg/L").first).to_be_visible()
    page.get_by_role("button", name="要求复采").click()
    page.get_by_role("link", name="第三方复检数据").click()
    page.locator("#id_laboratory").fill("示例丙站")
    page.locator("#id_ammonia").fill("0.31")
    page.get_by_role("main").get_by_role("button", name="保存").click()
    look("result")
    for user in (at.ours, at.theirs):
        login_as(page, user)
        page.goto(f"{live_server}/waters/campaigns/{found.pk}/")
        page.get_by_role("button", name="本方确认").click()
    found.refresh_from_db()
    assert found.state == "approved"
    look("approved", PHONE)
    page.goto(f"{live_server}/waters/sections/{at.border.pk}/")
    look("section")
