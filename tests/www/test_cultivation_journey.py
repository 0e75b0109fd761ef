"""From a candidate to a tutored enterprise, and the registers, in a browser."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from openzone.engines.cultivation.nearing import shifted
from openzone.zone.audit.actors import Actor
from openzone.zone.cultivation.models import Entry, Recognition
from openzone.zone.cultivation.packs import pool_named
from openzone.zone.cultivation.services.figures import state_month
from openzone.zone.cultivation.services.pools import accept
from openzone.zone.people.models import Unit, User
from openzone.zone.rulebook.selectors import population
from tests.factories import make_enterprise, state
from tests.www.conftest import Zone
from tests.www.looking import DESK, Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHEET = """企业名称,资质名称,级别,认定年度,有效期止
示例临规一厂,专精特新中小企业,省级,2025,2028-06-30
示例临规二厂,宇宙级企业,国家级,2025,
没有这家公司,高新技术企业,国家级,2025,
"""


@pytest.fixture
def factories(zone: Zone, today: dt.date) -> None:
    """Factories around the threshold of twenty million."""
    population._population.cache_clear()
    figures = {"示例临规一厂": (18, 14), "示例临规二厂": (19.5, 19.5), "示例规上三厂": (25, 20)}
    for name, (last, before) in figures.items():
        state(
            make_enterprise(name, synthetic=True),
            today,
            industry="C3841",
            main_business_revenue_y1=round(last * 1_000_000),
            main_business_revenue_y2=round(before * 1_000_000),
        )


def test_a_person_selects_a_candidate_and_tutors_it(
    browser_page: Page,
    live_server: object,
    factories: None,
    office: Unit,
    admin: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page = browser_page
    page.set_viewport_size(DESK)
    login_as(page, admin)
    page.goto(f"{live_server}/cultivation/")
    expect(page.get_by_text("系统绝不生成、修改企业上报的数据")).to_be_visible()
    fits(page, shot, "cultivation", assert_accessible)
    page.get_by_role("link", name="临规企业培育库").click()
    row = page.get_by_role("row").filter(has_text="示例临规一厂")
    expect(row).to_contain_text("90%")
    expect(row).to_contain_text("推算")
    fits(page, shot, "cultivation-pool", assert_accessible)
    row.get_by_role("link", name="决定").click()
    page.get_by_label("决定").select_option("accepted")
    page.get_by_label("原因").fill("研发投入强，主业突出")
    page.get_by_label("辅导单位").select_option("office")
    shot(page, "cultivation-decide")
    page.get_by_role("button", name="决定").click()
    expect(page.locator("h1")).to_have_text("示例临规一厂")

    page.get_by_role("link", name="登记辅导").click()
    page.get_by_label("辅导内容").fill("讲解入库流程")
    page.get_by_role("button", name="保存").click()
    page.get_by_label("营业执照").check()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("还缺 7 项材料").last).to_be_visible()
    fits(page, shot, "cultivation-entry", assert_accessible)
    entry = Entry.objects.get()
    assert (entry.collected, entry.unit) == (["licence"], office)

    page.goto(f"{live_server}/cultivation/ladders/scale/")
    page.locator("#steps tr").filter(has_text="达到“四上”标准").get_by_role("link").click()
    expect(page.get_by_role("link", name="示例规上三厂")).to_be_visible()
    fits(page, shot, "cultivation-ladder", assert_accessible)
    page.get_by_role("link", name="示例规上三厂").click()
    fits(page, shot, "cultivation-way", assert_accessible)


def test_recognitions_come_from_a_spreadsheet_after_a_look(
    browser_page: Page,
    live_server: object,
    factories: None,
    actor: Actor,
    admin: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
    tmp_path: Path,
) -> None:
    page, file = browser_page, tmp_path / "资质.csv"
    file.write_text(SHEET, encoding="utf-8")
    page.set_viewport_size(DESK)
    login_as(page, admin)
    page.goto(f"{live_server}/recognitions/imports/")
    page.get_by_label("表格").set_input_files(file)
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_text("第4行")).to_be_visible()
    assert not Recognition.objects.exists()
    fits(page, shot, "recognitions-import", assert_accessible)
    page.get_by_role("button", name="导入 1 行").click()
    page.goto(f"{live_server}/recognitions/")
    page.get_by_role("row").filter(has_text="专精特新").get_by_role("link", name="1").first.click()
    expect(page.get_by_role("link", name="示例临规一厂")).to_be_visible()
    fits(page, shot, "recognitions", assert_accessible)

    page.goto(f"{live_server}/trusted/new/")
    page.get_by_label("企业", exact=True).fill("示例临规一厂")
    page.get_by_label("文件或名单").fill("示例立信〔2026〕1号")
    page.get_by_label("至", exact=True).fill("2027-12-31")
    page.get_by_role("button", name="列入名单").click()
    fits(page, shot, "trusted", assert_accessible)
    page.get_by_role("link", name="示例临规一厂").click()
    expect(page.get_by_text("行政许可优先")).to_be_visible()


def test_months_routes_publicity_and_honours(
    browser_page: Page,
    live_server: object,
    zone: Zone,
    actor: Actor,
    admin: User,
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page, pool = browser_page, pool_named("near_scale")
    assert pool is not None
    day = dt.date(2026, 11, 20)
    entry = accept(actor=actor, pool=pool, enterprise=zone.near, reason="成长快", on=day)
    for back in range(1, 12):
        state_month(
            actor=actor, enterprise=zone.near, basis="vat", source="示例申报表",
            month=shifted(timezone.localdate().replace(day=1), -back - 1),
            amount=Decimal(1_900_000 - 60_000 * back), now=timezone.now(),
        )  # fmt: skip
    page.set_viewport_size(DESK)
    login_as(page, admin)
    page.goto(f"{live_server}/cultivation/entries/{entry.pk}/")
    expect(page.get_by_text("距达标月数：未知").first).to_be_visible()
    page.get_by_role("link", name="填报月度数据").click()
    last = shifted(timezone.localdate().replace(day=1), -1)
    page.get_by_label("月份").fill(last.isoformat())
    page.get_by_label("当月增值税申报销售额（元）").fill("1900000")
    page.get_by_label("来源").fill("示例申报表")
    page.get_by_role("main").get_by_role("button", name="保存").click()
    expect(page.get_by_text("近12个月已知12个月").first).to_be_visible()
    fits(page, shot, "cultivation-months", assert_accessible)
    page.set_viewport_size(DESK)
    page.get_by_role("link", name="公示", exact=True).click()
    page.get_by_label("公示截止").fill("2030-01-01")
    page.get_by_role("main").get_by_role("button", name="保存").click()
    for name in ("cultivation/publicity/", "cultivation/calendar/",
                 "cultivation/ladders/quality_sme/years/", "cultivation/"):  # fmt: skip
        page.goto(f"{live_server}/{name}")
        fits(page, shot, name.strip("/").replace("/", "-"), assert_accessible)
        page.set_viewport_size(DESK)

    page.goto(f"{live_server}/honours/new/")
    page.locator("#id_kind").select_option("participation")
    page.get_by_label("名称").fill("申报参选产业工人")
    page.get_by_label("日期", exact=True).fill("2026-11-01")
    page.get_by_label("部分数").fill("6")
    page.get_by_label("总数").fill("12")
    page.get_by_label("来源").fill("示例名单")
    page.get_by_role("main").get_by_role("button", name="保存").click()
    expect(page.get_by_text("6 / 12 = 50.0%")).to_be_visible()
    fits(page, shot, "honours", assert_accessible)
