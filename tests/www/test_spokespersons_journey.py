"""A question from an enterprise to its answer, its rating and a second round, in a browser."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.policies.enums import Level
from openzone.zone.policies.services.documents import Issuer, create_document, publish_document
from openzone.zone.spokespersons.models import Consultation
from openzone.zone.spokespersons.services.register import appoint
from tests.www.conftest import LONG_AGO, Zone
from tests.www.looking import DESK, Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def speaker(actor: Actor, office: Unit, zone: Zone, make_user: Any, today: Any) -> User:
    """The spokesperson of the office, which issued a document together with the committee."""
    user: User = make_user("speaker", Role.HANDLER, office)
    appoint(actor=actor, unit=office, user=user, phone="0551-00000001", valid_from=LONG_AGO)
    document = create_document(
        actor=actor,
        code="ten-measures",
        title="示例科技十条",
        level=Level.ZONE,
        issued_on=today,
        issuers=[
            Issuer("示例经济发展局", office, leads=True),
            Issuer("示例园区管委会", office.parent),
        ],
        synthetic=True,
    )
    publish_document(actor=actor, document=document, on=today)
    return user


def test_everybody_finds_whom_to_call_without_a_login(
    browser_page: Page,
    live_server: object,
    speaker: User,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page = browser_page
    page.set_viewport_size(DESK)
    page.goto(f"{live_server}/spokespersons/")
    expect(page.get_by_role("row").filter(has_text="示例经济发展局")).to_contain_text(
        "0551-00000001"
    )
    expect(page.get_by_text("2个工作日")).to_be_visible()
    fits(page, shot, "spokespersons-directory", assert_accessible)
    with page.expect_download() as download:
        page.get_by_role("button", name="导出").click()
    assert "政策发言人" in download.value.suggested_filename


def test_a_question_is_asked_answered_rated_and_asked_again(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    speaker: User,
    enterprise_owner: User,
    admin: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page = browser_page
    page.set_viewport_size(DESK)
    login_as(page, enterprise_owner)
    page.goto(f"{live_server}/consultations/")
    fits(page, shot, "consultations-mine-empty", assert_accessible)
    page.get_by_role("link", name="提问", exact=True).click()
    page.get_by_label("政策文件").select_option("ten-measures")
    page.get_by_label("问题", exact=True).fill("研发补助什么时候可以申请？")
    page.get_by_role("button", name="提交问题").click()
    expect(page.get_by_text("尚未答复")).to_be_visible()
    fits(page, shot, "consultation-asked", assert_accessible)
    asked = page.url

    login_as(page, speaker)
    page.goto(f"{live_server}/consultations/")
    expect(page.get_by_text("由您答复")).to_be_visible()
    fits(page, shot, "consultations-desk", assert_accessible)
    page.goto(asked)
    page.get_by_label("答复", exact=True).fill("每年三月集中申请，见申报指南。")
    page.get_by_label("以此问题公开答复").fill("研发补助何时申请？")
    fits(page, shot, "consultation-answering", assert_accessible)
    page.get_by_role("button", name="答复").click()
    expect(page.get_by_text("每年三月集中申请")).to_be_visible()

    login_as(page, enterprise_owner)
    page.goto(asked)
    page.get_by_label("您对此答复满意吗？").select_option("2")
    page.get_by_role("button", name="评价").click()
    page.get_by_role("link", name="要求重新答复").click()
    page.get_by_label("还需解答什么").fill("需要哪些材料？")
    page.get_by_role("button", name="要求重新答复").click()
    expect(
        page.get_by_text("尚未答复").or_(page.get_by_text("再次提问 1 次")).first
    ).to_be_visible()
    assert Consultation.objects.get().reopened == 1

    page.goto(f"{live_server}/consultations/new/")
    page.get_by_label("问题", exact=True).press_sequentially("请问研发补助什么时候申请")
    expect(page.get_by_text("以前答复过")).to_be_visible()
    page.get_by_text("研发补助何时申请？").click()
    fits(page, shot, "consultation-new", assert_accessible)

    login_as(page, admin)
    page.goto(f"{live_server}/consultations/overview/")
    row = page.get_by_role("row").filter(has_text="示例经济发展局")
    fits(page, shot, "consultations-overview", assert_accessible)
    row.get_by_role("link", name="1 再次提问").click()
    expect(page.get_by_role("link", name="研发补助什么时候可以申请？")).to_be_visible()
    page.goto(f"{live_server}/spokespersons/register/")
    expect(page.get_by_role("heading", name="应有发言人而无人答复的单位")).to_be_visible()
    fits(page, shot, "spokespersons-register", assert_accessible)
    page.get_by_role("link", name="示例经济发展局").click()
    fits(page, shot, "spokespersons-unit", assert_accessible)
