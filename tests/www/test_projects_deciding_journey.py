"""A pause is asked for and agreed to, a light set by hand, an entry taken back, pools looked at."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.projects.models import Project, Stay
from openzone.zone.projects.services.amounts import add_paper
from openzone.zone.projects.services.months import report_month
from openzone.zone.projects.services.stages import enter_stage
from tests.www.addresses.projects import numbers
from tests.www.addresses.projects_pools import numbers as pool_numbers
from tests.www.conftest import Zone
from tests.www.looking import DESK, Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME = "示例储能电池项目"


@pytest.fixture
def behind(zone: Zone) -> Project:
    """A project that stands red this month, and entered a stage by mistake."""
    numbers(zone)
    pool_numbers(zone)
    project = Project.objects.get(name=NAME)
    now, today, actor = timezone.now(), timezone.localdate(), Actor.system("tests")
    report_month(
        actor=actor, project=project, month=today.replace(day=1), now=now, today=today,
        planned=Decimal("0.8"), actual=Decimal("0.36"),
    )  # fmt: skip
    add_paper(
        actor=actor, project=project, kind="contact_record", title="洽谈", document_no="1", now=now
    )
    enter_stage(actor=actor, project=project, stage="in_talks", on=today, now=now, today=today)
    return project


def press(page: Page, name: str) -> None:
    """Press the button of the form."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_pause_light_and_mistake_and_the_pools(
    browser_page: Page,
    live_server: object,
    behind: Project,
    colleague: User,
    leader: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
    console_errors: list[str],
) -> None:
    page, home = browser_page, f"{live_server}/projects/{behind.pk}/"
    today = timezone.localdate()
    page.set_viewport_size(DESK)
    login_as(page, colleague)
    page.goto(home)
    light = page.locator("#lights section").filter(has_text="武汉")
    expect(light).to_contain_text("红")

    page.get_by_role("link", name="申请暂停").click()
    page.locator("#id_begins").fill(today.replace(day=1).isoformat())
    page.locator("#id_until").fill((today + dt.timedelta(days=40)).isoformat())
    page.locator("#id_reason").fill("冬季停工（示例）")
    press(page, "提交申请")
    expect(page.locator("#pauses")).to_contain_text("冬季停工")
    expect(light).to_contain_text("红")

    page.get_by_role("link", name="退回", exact=True).click()
    page.locator("#id_to").select_option("reserve")
    page.locator("#id_void").select_option("mistake")
    page.locator("#id_reason").fill("录错了项目（示例）")
    press(page, "退回")
    expect(page.locator("#log")).to_contain_text("误登撤销")
    assert not Stay.objects.filter(project=behind, stage="in_talks").exists()
    page.goto(f"{live_server}/projects/pools/")
    fits(page, shot, "projects-pools", assert_accessible)
    page.goto(f"{live_server}/projects/leadtimes/?start=reserve&end=signed&project={behind.pk}")
    fits(page, shot, "projects-leadtimes", assert_accessible)

    login_as(page, leader)
    page.goto(home)
    page.locator("#pauses").get_by_role("link").last.click()
    page.locator("#id_granted").select_option("yes")
    press(page, "决定")
    expect(light).to_contain_text("批准暂停")
    page.locator("#lights").get_by_role("link", name="人工改灯").click()
    page.locator("#id_colour").select_option("yellow")
    page.locator("#id_until").fill((today - dt.timedelta(days=1)).isoformat())
    page.locator("#id_reason").fill("现场核实后降级（示例）")
    press(page, "设置")
    expect(page.locator(".errorlist")).to_contain_text("到期")
    page.locator("#id_until").fill((today + dt.timedelta(days=20)).isoformat())
    press(page, "设置")
    expect(page.locator("#lights .timeline")).to_contain_text("现场核实后降级")
    fits(page, shot, "projects-decided", assert_accessible)
    assert behind.overrides.get().until == today + dt.timedelta(days=20)
    console_errors[:] = [one for one in console_errors if "400" not in one]
