"""From an obstacle to a meeting that decides and is recorded on a telephone, in a browser."""

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import UnitKind
from openzone.zone.people.models import Unit
from openzone.zone.people.services import create_unit
from openzone.zone.reviews.models import Decision, Meeting
from tests.www.addresses import reviews
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(zone: Zone, actor: Actor, committee: Unit) -> Meeting:
    """A meeting of today of the task force that the clerk leads; the zone has a centre."""
    create_unit(
        actor=actor, code="centre", name="示例服务中心", kind=UnitKind.CENTRE, parent=committee
    )
    zone.of_areas.update(reviews.numbers(zone))  # type: ignore[arg-type]
    return Meeting.objects.get()


def test_an_obstacle_is_raised_reviewed_decided_and_recorded(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    meeting: Meeting,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page = browser_page
    page.set_viewport_size(DESK)
    login_as(page, zone.clerk)
    page.goto(f"{live_server}/reviews/projects/{zone.of_areas['v_project']}/")
    page.get_by_role("link", name="提出问题").click()
    page.locator("#id_topic").select_option("land")
    page.locator("#id_severity").select_option("3")
    page.locator("#id_title").fill("北侧八亩净地未交付")
    page.locator("#id_text").fill("影响桩基施工")
    page.locator("#id_unit").select_option("office")
    fits(page, shot, "reviews-raise", assert_accessible)
    page.get_by_role("button", name="提出").click()
    expect(page.get_by_role("link", name="北侧八亩净地未交付")).to_be_visible()
    fits(page, shot, "reviews-project", assert_accessible)
    page.goto(f"{live_server}/reviews/obstacles/")
    fits(page, shot, "reviews-obstacles", assert_accessible)

    page.goto(f"{live_server}/reviews/")
    fits(page, shot, "reviews-calendar", assert_accessible)
    page.get_by_role("main").get_by_role("link", name="专班周调度").first.click()
    page.get_by_role("button", name="重新生成议程").click()
    expect(page.get_by_text("未解决的问题").first).to_be_visible()
    fits(page, shot, "reviews-meeting", assert_accessible)

    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="决定 北侧八亩净地未交付").click()
    page.locator("#id_title").fill("十日内完成净地交付")
    page.locator("#id_unit").select_option("office")
    page.locator("#id_due").fill("2030-01-01")
    fits(page, shot, "reviews-decide", assert_accessible)
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="交办").click()
    expect(page.get_by_role("link", name="十日内完成净地交付")).to_be_visible()
    page.get_by_role("link", name="记录会议").click()
    page.get_by_label(str(zone.clerk)).check()
    page.locator("#id_minutes").fill("逐项听取，明确时限")
    fits(page, shot, "reviews-hold", assert_accessible)
    page.set_viewport_size(PHONE)
    page.get_by_role("main").get_by_role("button", name="保存").click()
    expect(page.get_by_text("逐项听取，明确时限")).to_be_visible()
    fits(page, shot, "reviews-held", assert_accessible)
    assert Decision.objects.get().project_id == zone.of_areas["v_project"]

    page.goto(f"{live_server}/reviews/forces/{zone.of_areas['v_force']}/")
    fits(page, shot, "reviews-force", assert_accessible)
    page.goto(f"{live_server}/reviews/forces/")
    fits(page, shot, "reviews-forces", assert_accessible)
    page.goto(f"{live_server}/reviews/calendars/new/")
    page.locator("#id_label").fill("手机")
    page.get_by_role("button", name="生成地址").click()
    expect(page.get_by_text(".ics")).to_be_visible()
    fits(page, shot, "reviews-feed", assert_accessible)
