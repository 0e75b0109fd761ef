"""From an enterprise that asks for a visit to the case it becomes, and its answer, in a browser."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Case
from openzone.zone.people.enums import UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.surveys.models import SurveyResponse
from openzone.zone.surveys.services.asking import open_survey
from openzone.zone.visits.enums import Duty, VisitState
from openzone.zone.visits.models import Visit
from openzone.zone.visits.services.assigning import assign
from openzone.zone.visits.services.roster import appoint
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SINCE = dt.date(2026, 1, 1)


@pytest.fixture
def looked_after(zone: Zone, actor: Actor, colleague: User, office: Unit, committee: Unit) -> None:
    """The first enterprise has a service officer; the zone has a service centre."""
    create_unit(
        actor=actor, code="centre", name="示例服务中心", kind=UnitKind.CENTRE, parent=committee
    )
    post = appoint(
        actor=actor, user=colleague, duty=Duty.SERVICE_OFFICER, unit=office, valid_from=SINCE
    )
    assign(actor=actor, enterprise=zone.near, post=post, valid_from=SINCE)


def test_an_enterprise_asks_somebody_comes_and_what_came_up_is_a_case(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    looked_after: None,
    enterprise_owner: User,
    colleague: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page, day = browser_page, dt.date.today().isoformat()  # noqa: DTZ011 - as the browser has it
    page.set_viewport_size(DESK)
    login_as(page, enterprise_owner)
    page.goto(f"{live_server}/visits/contacts/")
    expect(page.get_by_text("走访是服务，不是检查")).to_be_visible()
    fits(page, shot, "visits-contacts", assert_accessible)
    page.get_by_role("link", name="邀请走访").click()
    page.locator("#id_wish").fill("新线投产，请来看看")
    page.locator("#id_last").fill("2030-01-01")
    page.get_by_role("button", name="提交邀请").click()
    expect(page.get_by_text("新线投产，请来看看")).to_be_visible()

    page.context.clear_cookies()
    login_as(page, colleague)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server}/visits/mine/")
    expect(page.get_by_text("新线投产，请来看看")).to_be_visible()
    fits(page, shot, "visits-mine", assert_accessible)
    page.get_by_role("link", name="计划走访").first.click()
    page.locator("#id_planned_on").fill(day)
    page.locator("#id_purpose").fill("看新生产线")
    page.locator("#id_invitation").select_option(index=1)
    page.get_by_role("button", name="确定计划").click()
    page.get_by_role("button", name="签到").click()
    page.get_by_role("link", name="登记走访").click()
    page.locator("#id_present").fill("示例厂长")
    page.locator("#id_summary").fill("新线用电负荷不足")
    page.get_by_role("main").get_by_role("button", name="保存").click()
    page.get_by_role("link", name="发现的问题").click()
    page.locator("#id_topic").select_option("power")
    page.locator("#id_text").fill("新线用电负荷不足，需增容")
    page.get_by_role("main").get_by_role("button", name="登记").click()
    fits(page, shot, "visits-visit", assert_accessible)
    page.get_by_role("button", name="转为事项").click()
    expect(page.get_by_text("进行中")).to_be_visible()
    visit = Visit.objects.get()
    assert (visit.state, visit.invitation is not None) == (VisitState.DONE, True)
    assert visit.checked_in_at is not None
    assert Case.objects.get().origin == f"visit:{visit.pk}"


def test_an_orphan_is_proposed_and_confirmed(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    looked_after: None,
    admin: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page = browser_page
    page.set_viewport_size(DESK)
    login_as(page, admin)
    page.goto(f"{live_server}/visits/")
    fits(page, shot, "visits", assert_accessible)
    page.get_by_role("link", name="无人服务").first.click()
    expect(page.get_by_role("row").filter(has_text=zone.other.name)).to_contain_text("colleague")
    fits(page, shot, "visits-orphans", assert_accessible)
    page.get_by_role("button", name="交给建议的专员").click()
    expect(page.get_by_text("已分配1家企业")).to_be_visible()
    expect(page.get_by_text("没有遗漏")).to_be_visible()


def test_only_the_enterprise_answers_and_the_zone_sees_no_single_answer(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    looked_after: None,
    actor: Actor,
    enterprise_owner: User,
    admin: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
    today: dt.date,
) -> None:
    survey = open_survey(actor=actor, form="service", day=today, today=today)
    page = browser_page
    page.set_viewport_size(PHONE)
    login_as(page, enterprise_owner)
    page.goto(f"{live_server}/surveys/mine/")
    page.get_by_role("link", name="去评价").click()
    fits(page, shot, "surveys-answer", assert_accessible)
    for name in ("overall", "response", "undisturbed"):
        page.locator(f"input[name={name}][value=very_good]").check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_text("已按您填写的内容保存")).to_be_visible()
    assert SurveyResponse.objects.get().answered_by == enterprise_owner

    page.context.clear_cookies()
    login_as(page, admin)
    page.set_viewport_size(DESK)
    page.goto(f"{live_server}/surveys/{survey.pk}/")
    expect(page.get_by_text("避免有人逐份推知")).to_be_visible()
    expect(page.get_by_text("调查结束后显示")).to_be_visible()
    expect(page.get_by_text("逐题结果")).to_have_count(0)
    fits(page, shot, "surveys-running", assert_accessible)
