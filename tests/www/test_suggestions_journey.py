"""A suggestion on its way to answer and paper, and a reform task to its end, in a browser."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.reforms.models import Programme, Task
from openzone.zone.reforms.services import programmes
from openzone.zone.suggestions.models import Campaign, Feedback, Final
from openzone.zone.suggestions.services import campaigns
from openzone.zone.suggestions.services.collecting import Entry, propose
from tests.www.looking import DESK, Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MakeUser = Callable[..., User]


@pytest.fixture
def centre(committee: Unit, actor: Actor) -> Unit:
    return create_unit(
        actor=actor, code="centre", name="示例服务中心", kind=UnitKind.CENTRE, parent=committee
    )


@pytest.fixture
def clerks(centre: Unit, make_user: MakeUser) -> tuple[User, User]:
    """Two people of the centre: one answers, the other checks."""
    first, second = (make_user(name, Role.CENTRE, centre) for name in ("fuwu1", "fuwu2"))
    return first, second


@pytest.fixture
def campaign(actor: Actor, owner: User, clerks: tuple[User, User], today: dt.date) -> Campaign:
    """A campaign that collects, with one member who has a login and one who has none."""
    made = campaigns.create_campaign(
        actor=actor, title="示例建言征集", opens_on=today, closes_on=today, synthetic=True
    )
    topic = campaigns.add_topic(actor=actor, campaign=made, title="营商环境")
    held = campaigns.hold_round(actor=actor, campaign=made, held_on=today, attended=2)
    group = campaigns.add_group(actor=actor, campaign=made, name="一组")
    campaigns.add_facilitator(actor=actor, group=group, name="示例专家", field="公共管理")
    campaigns.add_member(actor=actor, group=group, name="示例成员甲", user=owner)
    other = campaigns.add_member(actor=actor, group=group, name="示例成员乙", contact="0551-0")
    made = campaigns.open_campaign(actor=actor, campaign=made)
    entry = Entry(other, topic, held, "建议设立企业服务专窗，集中办理涉企事项（示例）")
    propose(actor=actor, entry=entry, now=_now())
    return made


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def test_a_suggestion_is_made_merged_answered_and_confirmed(
    browser_page: Page,
    live_server: Any,
    campaign: Campaign,
    owner: User,
    clerks: tuple[User, User],
    leader: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page, here = browser_page, f"{live_server}/suggestions/{campaign.pk}"
    page.set_viewport_size(DESK)
    login_as(page, owner)
    page.goto(f"{live_server}/suggestions/mine/")
    page.get_by_role("link", name="提建议").first.click()
    page.get_by_label("建议", exact=True).press_sequentially("建议开设企业服务专窗集中受理事项")
    expect(page.get_by_text("相同之处")).to_be_visible()
    fits(page, shot, "suggestion-new", assert_accessible)
    page.get_by_role("button", name="提交建议").click()
    expect(page.get_by_text("编号2")).to_be_visible()
    fits(page, shot, "suggestion-original", assert_accessible)

    login_as(page, clerks[0])
    page.goto(f"{here}/merge/")
    page.get_by_role("link", name="选用").first.click()
    expect(page.get_by_label("建议编号")).to_have_value("1、2")
    fits(page, shot, "suggestion-merge", assert_accessible)
    page.get_by_label("标题").fill("设立企业服务专窗")
    page.get_by_label("归并后的建议正文").fill("在政务大厅设企业服务专窗，一窗受理。（示例）")
    page.get_by_role("button", name="合并").click()
    expect(page.get_by_text("示例成员乙")).to_be_visible()
    page.get_by_label("正式答复").fill("采纳，三季度前设立。（示例）")
    page.get_by_role("button", name="决定").click()
    expect(page.get_by_role("button", name="答复合格")).to_have_count(0)
    final = Final.objects.get()

    login_as(page, clerks[1])
    page.goto(f"{here}/checks/")
    fits(page, shot, "suggestion-checks", assert_accessible)
    page.get_by_role("button", name="答复合格").click()
    page.goto(f"{here}/notices/?told=no")
    fits(page, shot, "suggestion-notices", assert_accessible)
    page.get_by_label("告知方式").select_option("phone")
    page.get_by_role("button", name="登记为已告知").click()
    assert not Feedback.objects.filter(told_at__isnull=True).exists()
    page.goto(f"{live_server}/suggestions/finals/{final.pk}/")
    page.get_by_role("link", name="交办").click()
    page.get_by_label("责任单位").select_option("centre")
    page.get_by_role("button", name="交办").click()
    expect(page.get_by_text("OZ-JY-")).to_be_visible()
    fits(page, shot, "suggestion-final", assert_accessible)

    login_as(page, leader)
    page.goto(f"{here}/submit/")
    page.get_by_label("报送单位").fill("示例市委改革办")
    page.get_by_role("button", name="上报").click()
    expect(page.get_by_role("cell", name="示例成员甲")).to_be_visible()
    fits(page, shot, "suggestion-submission", assert_accessible)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").click()
    assert download.value.suggested_filename.endswith(".docx")
    page.goto(f"{here}/")
    expect(page.locator("#funnel")).to_contain_text("2")
    fits(page, shot, "suggestion-campaign", assert_accessible)

    login_as(page, owner)
    page.goto(f"{live_server}/suggestions/mine/")
    fits(page, shot, "suggestions-mine", assert_accessible)
    page.get_by_role("link", name="确认或指出不足").click()
    page.get_by_label("建议人意见").select_option("confirmed")
    page.get_by_role("button", name="保存").click()
    assert Feedback.objects.get(original__number=2).response == "confirmed"


@pytest.fixture
def programme(
    actor: Actor, office: Unit, colleague: User, clerks: tuple[User, User], today: dt.date
) -> Programme:
    """A programme that is prepared, with two tasks of the office."""
    made = programmes.create_programme(
        actor=actor, title="示例营商环境6.0", synthetic=True,
        first_on=today - dt.timedelta(days=100), last_on=today + dt.timedelta(days=200),
    )  # fmt: skip
    area = programmes.add_area(actor=actor, programme=made, title="一网通办")
    for number, ahead in (("1", 30), ("2", -5)):
        programmes.add_task(
            actor=actor, area=area, number=number, title=f"示例任务{number}", lead=office,
            due_on=today + dt.timedelta(days=ahead), now=_now(), owner=colleague,
        )  # fmt: skip
    return made


def test_a_reform_task_is_reported_checked_and_closed(
    browser_page: Page,
    live_server: Any,
    programme: Programme,
    colleague: User,
    clerks: tuple[User, User],
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page = browser_page
    page.set_viewport_size(DESK)
    login_as(page, clerks[0])
    page.goto(f"{live_server}/reforms/{programme.pk}/")
    page.get_by_role("button", name="启动").click()

    login_as(page, colleague)
    page.goto(f"{live_server}/reforms/mine/")
    fits(page, shot, "reforms-mine", assert_accessible)
    page.get_by_role("link", name="示例任务1").click()
    page.get_by_role("link", name="报告进展").click()
    page.get_by_label("进度").fill("100")
    page.get_by_label("完成情况").fill("已全部完成（示例）")
    page.get_by_label("佐证").fill("验收单（示例）")
    page.locator("form.card-body button").click()
    expect(page.get_by_text("待核验")).to_be_visible()

    login_as(page, clerks[1])
    page.goto(f"{live_server}/reforms/{programme.pk}/")
    fits(page, shot, "reform-programme-waiting", assert_accessible)
    page.get_by_role("main").get_by_role("link", name="核查").first.click()
    page.locator("form.card-body button").click()
    expect(page.get_by_text("已完成").first).to_be_visible()
    fits(page, shot, "reform-task", assert_accessible)
    task = Task.objects.select_related("case").get(number="1")
    assert task.case is not None
    assert (task.case.closed, task.done_on is not None) == (True, True)

    page.goto(f"{live_server}/reforms/{programme.pk}/")
    fits(page, shot, "reform-programme", assert_accessible)
    page.goto(f"{live_server}/reforms/{programme.pk}/tasks/?light=red")
    expect(page.get_by_role("link", name="示例任务2")).to_be_visible()
    fits(page, shot, "reform-tasks", assert_accessible)
    with page.expect_download() as download:
        page.get_by_role("button", name="导出").click()
    assert "营商环境" in download.value.suggested_filename
