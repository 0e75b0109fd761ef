"""An enterprise asks on its telephone and hands in one form; offices answer, in a browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.approvals.models import Track
from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from tests.www.addresses import approvals
from tests.www.conftest import Zone
from tests.www.looking import DESK, PHONE, Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer(
    zone: Zone, actor: Actor, committee: Unit, make_user: Callable[..., User]
) -> User:  # fmt: skip
    """Somebody of the service centre, which answers what no unit of the zone does."""
    centre = create_unit(
        actor=actor, code="centre", name="示例服务中心", kind=UnitKind.CENTRE, parent=committee
    )
    zone.of_areas.update(approvals.numbers(zone))  # type: ignore[arg-type]
    return make_user("zhongxin", Role.CENTRE, centre)


def test_from_a_voluntary_request_to_a_permit(
    browser_page: Page, live_server: object, zone: Zone, officer: User, enterprise_owner: User,
    login_as: Login, shot: Shot, assert_accessible: Check, tmp_path: Path,
) -> None:  # fmt: skip
    page, seen = browser_page, assert_accessible
    paper = tmp_path / "示例.pdf"
    paper.write_bytes(approvals.PDF)

    page.set_viewport_size(PHONE)
    login_as(page, enterprise_owner)
    page.goto(f"{live_server}/approvals/mine/")
    page.get_by_role("link", name="申请", exact=False).last.click()
    page.locator("#id_path").select_option("five")
    page.locator("#id_parcel").select_option(index=1)
    page.locator("#id_expected_on").fill("2027-03-01")
    page.locator("#id_applicant").fill("示例经办人")
    page.locator("#id_acknowledged").check()
    fits(page, shot, "approvals-ask", seen)
    page.get_by_role("main").get_by_role("button", name="申请").click()
    expect(page.get_by_text("待服务中心受理")).to_be_visible()
    track = Track.objects.get(path="five")

    login_as(page, officer)
    page.set_viewport_size(DESK)
    page.goto(f"{live_server}/approvals/{track.pk}/")
    page.get_by_role("link", name="受理申请").click()
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("region", name="审批事项", exact=True)).to_be_visible()

    login_as(page, enterprise_owner)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server}/approvals/{track.pk}/bundles/start/")
    for field, value in (("contact", "示例"), ("phone", "0000"), ("floor_area", "42000")):
        page.locator(f"#id_{field}").fill(value)
    for field in page.locator("input[type=file]").all():
        name = str(field.get_attribute("name"))
        if name not in ("paper_builder_contract", "paper_wage_account"):
            field.set_input_files(paper)
    for code in ("builder_contract", "wage_account"):
        page.locator(f"#id_promise_{code}").fill("2027-02-01")
    fits(page, shot, "approvals-bundle", seen)
    page.set_viewport_size(PHONE)
    page.get_by_role("main").get_by_role("button", name="提交").click()
    expect(page.get_by_text("办理中").first).to_be_visible()
    page.set_viewport_size(DESK)
    fits(page, shot, "approvals-track", seen)

    login_as(page, officer)
    page.goto(f"{live_server}/approvals/{track.pk}/")
    page.get_by_role("region", name="审批事项", exact=True).get_by_role(
        "link", name="建设用地规划许可证"
    ).click()
    page.get_by_role("link", name="提交意见").click()
    page.locator("#id_text").fill("示例：同意预审，取得土地后按程序核发")
    page.get_by_role("main").get_by_role("button", name="提交意见").click()
    expect(page.get_by_text("已预审（蓝）").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    assert download.value.suggested_filename.startswith("预审意见")
    fits(page, shot, "approvals-item", seen)

    page.goto(f"{live_server}/approvals/{track.pk}/do/land/")
    page.locator("#id_contract_no").fill("示例出让1号")
    for field in ("contracted_on", "paid_on"):
        page.locator(f"#id_{field}").fill(f"{track.asked_at:%Y-%m-%d}")
    page.locator("#id_file").set_input_files(paper)
    page.get_by_role("main").get_by_role("button", name="保存").click()
    expect(page.get_by_text("合同示例出让1号")).to_be_visible()
    page.locator(".permit-link").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("企业投资项目备案")

    login_as(page, zone.clerk)
    page.goto(f"{live_server}/approvals/items/{zone.of_areas['perm_item']}/")
    page.get_by_role("link", name="正式核发").click()
    page.locator("#id_number").fill("示例备1号")
    page.get_by_role("main").get_by_role("button", name="正式核发").click()
    expect(page.get_by_text("已核发（红）").first).to_be_visible()
    page.goto(f"{live_server}/approvals/")
    fits(page, shot, "approvals-list", seen)
    page.goto(f"{live_server}/approvals/figures/?item=filing")
    fits(page, shot, "approvals-figures", seen)
    page.goto(f"{live_server}/projects/{zone.of_areas['perm_project']}/approvals/")
    fits(page, shot, "approvals-project", seen)
