"""A case type gets a shorter limit: written and submitted by one person, published by another."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from openzone.zone.cases.models import TypeDraft
from openzone.zone.cases.selectors.types import latest
from openzone.zone.cases.services.types import in_force
from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from tests.factories import TESTS
from tests.www.addresses.cases import KIND, Made
from tests.www.conftest import Zone
from tests.www.looking import Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_one_person_writes_a_shorter_limit_and_another_puts_it_in_force(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    admin: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page, site, made = browser_page, str(live_server), Made(zone)
    second = made.user("second_admin", Role.ADMIN, made.office)
    before = in_force(actor=TESTS, kind=KIND, now=made.now).version
    case = made.opened("示例老件")

    login_as(page, admin)
    page.goto(site + reverse("type_of_cases", args=[KIND]))
    page.get_by_role("button", name="起草修改").click()
    page.wait_for_url("**/text/")  # what is typed before the scripts are there is not answered
    text = page.get_by_label("文本")
    written = text.input_value()
    limit = "limit: 15 workdays\n"
    assert limit in written
    text.fill(written.replace(limit, "limit: 八个工作日\n", 1))
    found = page.locator("#type-found")
    expect(found).to_contain_text("八个工作日")
    text.fill(written.replace(limit, "limit: 8 workdays\n", 1))
    expect(found).not_to_contain_text("八个工作日")
    page.get_by_label("修改理由").fill("承诺时限压缩至八个工作日")
    fits(page, shot, "type-draft-text", assert_accessible)
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="对照并送审").click()
    page.get_by_role("button", name="送审", exact=True).click()
    expect(page.get_by_role("button", name="发布", exact=True)).to_have_count(0)
    draft = TypeDraft.objects.get()

    login_as(page, second)
    page.goto(site + reverse("type_draft", args=[draft.pk]))
    expect(page.locator("main")).to_contain_text("承诺时限压缩至八个工作日")
    page.get_by_text("逐行对照文件").click()
    fits(page, shot, "type-draft-decide", assert_accessible)
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.locator("main")).to_contain_text(f"第{before + 1}版")

    now = latest(KIND)
    assert now is not None
    assert (now.version, draft.author) == (before + 1, admin)
    case.refresh_from_db()
    assert case.version.version == before, "an open case keeps its version"
    assert made.opened("示例新件").version == now
