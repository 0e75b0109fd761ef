"""A bureau enters, the centre posts, another locks, a firm objects, a third answers: a browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from openzone.zone.audit.actors import Actor
from openzone.zone.evaluations.models import Cycle
from openzone.zone.evaluations.services import cycles, protests
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits
from tests.zone.evaluations import field as f

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_first_figure_to_an_upheld_objection(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    actor, now = Actor.system("tests"), timezone.now()
    at = f.field(actor, f.days(-14, now), first=zone.near, count=5)
    page, mine = browser_page, at.firm(3)
    base = f"{live_server}/evaluations"

    def look(name: str, size: object = DESK) -> None:
        fits(page, shot, f"evaluations-{name}", assert_accessible)
        page.set_viewport_size(size)  # type: ignore[arg-type]

    page.set_viewport_size(DESK)
    login_as(page, at.taxman)
    page.goto(f"{base}/{at.cycle.pk}/data/")
    expect(page.get_by_role("columnheader", name="用地面积")).to_have_count(0)
    look("data")
    page.goto(f"{base}/of/{mine.pk}/figure/tax/")
    page.locator("#id_value").fill("9")
    page.locator("#id_reason").fill("核定数更正")
    look("cell")
    page.get_by_role("main").get_by_role("button", name="保存").click()
    expect(page.get_by_role("link", name=f"9 {mine.name} 评价税收")).to_be_visible()

    login_as(page, at.opener)
    page.goto(f"{base}/{at.cycle.pk}/")
    look("cycle")
    page.get_by_role("link", name="公示用地面积").click()
    page.get_by_role("main").get_by_role("button", name="公示用地面积").click()
    expect(page.get_by_text("用地面积公示").first).to_be_visible()
    # The days of the posting pass: they were, two weeks ago.
    Cycle.objects.update(post_until=f.days(-1, now).date())

    login_as(page, at.locker)
    page.goto(f"{base}/{at.cycle.pk}/scores/")
    look("scores")
    page.goto(f"{base}/{at.cycle.pk}/do/lock/")
    page.get_by_role("main").get_by_role("button", name="锁定数据").click()
    expect(page.get_by_text("数据已锁定").first).to_be_visible()
    cycles.publish_list(actor=actor, user=at.opener, cycle=at.cycle, now=now)

    page.set_viewport_size(PHONE)
    login_as(page, at.owner)
    page.goto(f"{base}/of/{mine.pk}/")
    expect(page.get_by_text("怎样可以提升类别")).to_be_visible()
    look("own", PHONE)
    page.get_by_role("link", name="提出异议").click()
    page.locator("#id_text").fill("税收漏计一笔")
    look("object", PHONE)
    page.get_by_role("main").get_by_role("button", name="提出异议").click()
    expect(page.get_by_text("待答复").first).to_be_visible()
    page.goto(f"{base}/{at.cycle.pk}/list/")
    look("list")
    f.put(actor, at.taxman, mine, {"tax": 9000 * f.WAN}, now, "补计入库税收")

    login_as(page, at.third)
    page.goto(f"{base}/{at.cycle.pk}/")
    page.get_by_role("link", name=f"答复异议 {mine.name}").click()
    page.locator("#id_text").fill("属实，已更正")
    page.get_by_role("main").get_by_role("button", name="答复异议").click()
    expect(page.get_by_text("成立", exact=True).first).to_be_visible()
    assert protests.latest_run(at.cycle).outcomes.get(entrant=mine).rank == 1  # type: ignore[union-attr]
    for name in ("prices", "what-if", "land", "list", "books"):
        page.goto(f"{base}/{at.cycle.pk}/{name}/")
        look(name)
    for name in ("", "history/", "credit/", "satisfaction/"):
        page.goto(f"{base}/{name}")
        look(name.strip("/") or "all")
