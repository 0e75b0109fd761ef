"""Land in a browser: a new parcel, net land handed over, a promise checked and missed."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from openzone.zone.land.models import DeliveryPart, Obligation, Parcel, StandardLand
from openzone.zone.people.models import Unit, User
from tests.files import PDF
from tests.www.addresses.land import numbers
from tests.www.conftest import Zone
from tests.www.looking import DESK, Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "示例记录.pdf"
    path.write_bytes(PDF)
    return path


@pytest.fixture
def furnished(zone: Zone) -> Zone:
    """The example zone with parcels of the handler's office."""
    numbers(zone)
    return zone


def send(page: Page, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def test_from_a_new_parcel_to_a_promise_that_was_missed(
    browser_page: Page,
    live_server: object,
    furnished: Zone,
    colleague: User,
    office: Unit,
    paper: Path,
    console_errors: list[str],
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page = browser_page
    page.set_viewport_size(DESK)
    login_as(page, colleague)
    page.goto(f"{live_server}/land/")
    expect(page.get_by_role("heading", name="闲置预警")).to_be_visible()
    fits(page, shot, "land-table", assert_accessible)
    page.get_by_role("link", name="新增地块").click()
    page.locator("#id_number").fill("示例C07号")
    page.locator("#id_name").fill("示例东侧地")
    page.locator("#id_area").fill("115")
    page.locator("#id_tenure").select_option("flexible")
    page.locator("#id_tenure_years").fill("60")
    fits(page, shot, "land-new", assert_accessible)
    send(page, "保存")
    expect(page.get_by_text("年期应在 20 至 50 年之间")).to_be_visible()
    page.locator("#id_tenure_years").fill("30")
    send(page, "保存")
    expect(page.locator("h1 + .sub")).to_contain_text("115 亩")
    page.get_by_role("link", name="登记状态").click()
    page.locator("#id_state").select_option("cleared")
    page.locator("#id_on").fill("2026-02-01")
    send(page, "登记")
    expect(page.locator("h1 + .sub")).to_contain_text("净地")
    parcel = Parcel.objects.get(number="示例C07号")
    assert (parcel.state, parcel.unit, parcel.tenure_years) == ("cleared", office, 30)

    page.goto(f"{live_server}/land/map/")
    fits(page, shot, "land-map", assert_accessible)
    page.goto(f"{live_server}/land/deliveries/")
    fits(page, shot, "land-deliveries", assert_accessible)
    page.get_by_role("link", name="示例净地任务").click()
    page.get_by_role("link", name="登记交付").click()
    page.locator("#id_on").fill("2026-11-01")
    page.locator("#id_file").set_input_files(paper)
    send(page, "保存")
    expect(page.locator("h1 + .sub")).to_contain_text("按期交付")
    assert DeliveryPart.objects.get().done_on is not None
    fits(page, shot, "land-delivery", assert_accessible)

    signed = StandardLand.objects.get(state="signed")
    page.goto(f"{live_server}/land/standard/{signed.pk}/")
    page.get_by_role("main").get_by_role("link", name="竣工核验").click()
    page.locator("#id_figure_plot_ratio").fill("1.0")
    page.locator("#id_on").fill("2026-11-20")
    page.locator("#id_file").set_input_files(paper)
    fits(page, shot, "land-check", assert_accessible)
    send(page, "登记核验")
    expect(page.get_by_role("row").filter(has_text="容积率")).to_contain_text("未达标")
    found = Obligation.objects.get()
    assert (found.consequence, found.case.lead) == ("rectify", office)
    fits(page, shot, "land-standard", assert_accessible)
    page.goto(f"{live_server}/land/standard/?light=red")
    fits(page, shot, "land-standards", assert_accessible)
    page.goto(f"{live_server}/land/parcels/{signed.parcel_id}/")
    fits(page, shot, "land-parcel", assert_accessible)
    console_errors[:] = [one for one in console_errors if "400" not in one]
