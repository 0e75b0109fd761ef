"""The registers and figures of the desks in a browser, over the demo's history."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from openzone.demo.people import UNITS
from openzone.demo.scenes.cast import Cast
from openzone.demo.scenes.failing import window
from openzone.demo.scenes.requesting import FIRMS, requests
from openzone.zone.audit.actors import Actor
from openzone.zone.people.services import create_unit
from tests.demo.test_requests import ROLES
from tests.factories import make_enterprise
from tests.www.looking import Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def told(make_user: Any, actor: Actor) -> Cast:
    """The demo's history of requests and of the window, until now."""
    units = {
        code: create_unit(actor=actor, code=code, name=name, kind=kind)
        for code, name, _, kind in UNITS
    }
    users = {name: make_user(name, role, units[unit]) for name, (role, unit) in ROLES.items()}
    users["qiye"] = make_user("qiye")
    firms = [make_enterprise(synthetic=True) for _ in range(FIRMS)]
    today: dt.date = timezone.localdate()
    cast = Cast(Actor.system("demo"), today, users, units, firms[0], users["qiye"])
    requests(cast)
    window(cast)
    return cast


def test_every_figure_opens_its_requests_and_every_root_cause_its_suggestion(
    browser_page: Page,
    live_server: Any,
    login_as: Login,
    shot: Shot,
    told: Cast,
    assert_accessible: Check,
) -> None:
    """Rows SS-04 and SS-07: from a number to its rows, from cases to a change of the rule."""
    page, centre = browser_page, told.users["centre"]
    login_as(page, centre)
    page.goto(f"{live_server.url}/closures/")
    expect(page.get_by_role("link", name="78.57%").first).to_be_visible()
    fits(page, shot, "closures", assert_accessible)
    page.get_by_role("link", name="78.57%").first.click()
    expect(page.get_by_text("33/42")).to_be_visible()
    fits(page, shot, "closure-rows", assert_accessible)
    for name in ("dispatches", "refusals", "rule-changes", "window"):
        page.goto(f"{live_server.url}/{name}/")
        fits(page, shot, name, assert_accessible)
    page.get_by_role("link", name="提出规则修改建议").first.click()
    expect(page.get_by_label("规则或做法")).to_have_value("示例经营场所登记办法")
    page.get_by_label("答复单位").select_option("market")
    page.get_by_label("造成的问题").fill("同一地址的第二家企业都办不成（示例）")
    page.get_by_label("修改建议").fill("允许集群登记（示例）")
    page.get_by_role("button", name="提出").click()
    expect(page.get_by_text("已转答复部门")).to_be_visible()
    fits(page, shot, "rule-change", assert_accessible)
