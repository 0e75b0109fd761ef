"""What people come for, done in a real browser from beginning to end."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from openzone.zone.audit.models import Event
from openzone.zone.jobs.worker import run_pending
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise, ImportBatch
from tests.www.conftest import Zone
from tests.www.looking import Login, Shot
from tests.www.workbooks import NAMES, nasty

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def site(live_server: "object", zone: Zone) -> str:
    return str(live_server)


def heading(page: Page) -> "object":
    return page.locator("h1")


def test_log_in_and_out(browser_page: Page, site: str, admin: User, shot: Shot) -> None:
    admin.set_password("right-password-9")
    admin.save()
    browser_page.goto(f"{site}/rules/")
    browser_page.get_by_label("账号").fill("admin")
    browser_page.get_by_label("密码").fill("wrong")
    browser_page.get_by_role("button", name="登录").click()
    expect(browser_page.get_by_role("alert")).to_contain_text("账号或密码不正确")
    shot(browser_page, "login-wrong")
    browser_page.get_by_label("密码").fill("right-password-9")
    browser_page.get_by_role("button", name="登录").click()
    expect(browser_page.locator("h1")).to_have_text("政策与规则")
    browser_page.locator("details.menu summary").click()
    browser_page.get_by_role("button", name="退出登录").click()
    expect(browser_page.locator("h1")).to_have_text("登录")


def test_five_wrong_passwords_lock_the_account_in_clear_words(
    browser_page: Page, site: str, admin: User, shot: Shot, console_errors: list[str]
) -> None:
    admin.set_password("right-password-9")
    admin.save()
    for _ in range(5):
        browser_page.goto(f"{site}/login/")
        browser_page.get_by_label("账号").fill("admin")
        browser_page.get_by_label("密码").fill("wrong")
        browser_page.get_by_role("button", name="登录").click()
    expect(browser_page.locator("h1")).to_have_text("登录暂时锁定")
    expect(browser_page.get_by_text("15 分钟后再试")).to_be_visible()
    shot(browser_page, "login-locked")
    browser_page.goto(f"{site}/login/")
    browser_page.get_by_label("账号").fill("admin")
    browser_page.get_by_label("密码").fill("right-password-9")
    browser_page.get_by_role("button", name="登录").click()
    expect(browser_page.locator("h1")).to_have_text("登录暂时锁定")
    console_errors.clear()  # 429 is an error to the browser too


def test_find_an_enterprise_by_pinyin_and_read_a_proof(
    browser_page: Page, site: str, colleague: User, login_as: Login, zone: Zone, shot: Shot
) -> None:
    login_as(browser_page, colleague)
    browser_page.goto(site)
    shot(browser_page, "home")
    browser_page.get_by_label("查找企业").press_sequentially("hfsljmjxyx")
    browser_page.locator("#suggestions a", has_text=zone.near.name).click()
    expect(browser_page.locator("h1")).to_have_text(zone.near.name)
    shot(browser_page, "enterprise")
    row = browser_page.get_by_role("row").filter(has_text="科技型中小企业评价")
    expect(row).to_contain_text("不符合")
    row.get_by_role("link", name="依据").click()
    expect(browser_page.locator("h1")).to_have_text("科技型中小企业评价")
    failing = browser_page.locator("li.clause").filter(has_text="资产总额(上年度)不高于 2亿元").last
    expect(failing).to_contain_text("不符合")
    expect(failing).to_contain_text("实际 2.5亿元")
    expect(failing).to_contain_text("示例年报.xlsx")
    expect(failing).to_contain_text("超出 5,000万元")
    shot(browser_page, "proof")


def test_another_day_shows_another_law(
    browser_page: Page, site: str, colleague: User, login_as: Login, shot: Shot
) -> None:
    login_as(browser_page, colleague)
    browser_page.goto(f"{site}/rules/cn.srdi_sme/")
    expect(browser_page.locator(".version").first).to_contain_text("当日生效")
    browser_page.get_by_label("截至日期").fill("2026-03-31")
    expect(browser_page.get_by_role("button", name="回到今天")).to_be_visible()
    expect(browser_page.locator(".version", has_text="当日生效")).to_contain_text("2022 版")
    browser_page.goto(f"{site}/rules/cn.srdi_sme/?as_of=2026-04-01")
    expect(browser_page.locator(".version", has_text="当日生效")).to_contain_text("2026 版")
    shot(browser_page, "rule")


def test_correct_a_fact_and_see_its_history(
    browser_page: Page,
    site: str,
    colleague: User,
    login_as: Login,
    zone: Zone,
    shot: Shot,
    console_errors: list[str],
) -> None:
    login_as(browser_page, colleague)
    browser_page.goto(f"{site}/enterprises/{zone.near.pk}/")
    browser_page.get_by_role("link", name="300", exact=True).click()
    browser_page.get_by_label("新的数值").fill("很多")
    browser_page.get_by_label("理由或依据").fill("电话核实")
    browser_page.get_by_role("button", name="保存更正").click()
    expect(browser_page.locator(".errorlist")).to_contain_text("应为数字")
    console_errors.clear()  # 400 is an error to the browser too
    browser_page.get_by_label("新的数值").fill("312")
    browser_page.get_by_role("button", name="保存更正").click()
    expect(browser_page.get_by_role("status")).to_contain_text("已记录")
    rows = browser_page.locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("312")
    expect(rows.first).to_contain_text("当前采用")
    shot(browser_page, "fact")


def test_a_sensitive_value_is_shown_for_a_reason_and_the_look_is_logged(
    browser_page: Page, site: str, colleague: User, login_as: Login, zone: Zone, shot: Shot
) -> None:
    login_as(browser_page, colleague)
    browser_page.goto(f"{site}/enterprises/{zone.near.pk}/")
    expect(browser_page.get_by_text("0551-00000000")).to_have_count(0)
    browser_page.get_by_role("row").filter(has_text="联系电话").get_by_role("link").click()
    expect(browser_page.get_by_text("0551-00000000")).to_have_count(0)
    browser_page.get_by_label("原因").fill("通知企业补充材料")
    browser_page.get_by_role("button", name="查看数据并记录本次查看").click()
    expect(browser_page.get_by_text("0551-00000000").first).to_be_visible()
    shot(browser_page, "sensitive")
    event = Event.objects.get(action="registry.sensitive.revealed")
    assert event.details["reason"] == "通知企业补充材料"
    browser_page.goto(browser_page.url.removesuffix("reveal/"))
    expect(browser_page.get_by_text("0551-00000000")).to_have_count(0)


def test_upload_a_nasty_workbook_mend_it_and_apply_the_good_rows(
    browser_page: Page, site: str, admin: User, login_as: Login, shot: Shot, tmp_path: Path
) -> None:
    cache.clear()  # how far jobs of the same numbers were in other tests
    login_as(browser_page, admin)
    browser_page.goto(f"{site}/imports/")
    file = {"name": "某区企业表.xlsx", "mimeType": XLSX, "buffer": nasty()}
    browser_page.get_by_label("表格文件").set_input_files(file)
    browser_page.get_by_label("数据截至").fill("2026-11-20")
    browser_page.get_by_role("button", name="上传并检查").click()
    expect(browser_page.get_by_text("排队等待处理").first).to_be_visible()
    shot(browser_page, "import-waiting")
    run_pending()
    expect(browser_page.get_by_text("尚未写入档案")).to_be_visible()  # without a reload
    expect(browser_page.get_by_text("没有写年份")).to_be_visible()
    bad = browser_page.get_by_role("row").filter(has_text="很多")
    expect(bad).to_contain_text(NAMES[2])
    expect(bad).to_contain_text("不是数字")
    shot(browser_page, "import-checked")

    browser_page.get_by_label("读作 D").fill("营业收入(上年度)")
    browser_page.get_by_role("button", name="按此读取各列并重新检查").click()
    run_pending()
    expect(browser_page.get_by_text("没有写年份")).to_have_count(0)

    with browser_page.expect_download() as download:
        browser_page.get_by_role("button", name="下载标注问题的表格").click()
    marked = tmp_path / "marked.xlsx"
    download.value.save_as(marked)
    book = openpyxl.load_workbook(marked)
    comments = [c.comment.text for s in book for r in s.iter_rows() for c in r if c.comment]
    assert any("不是数字" in comment for comment in comments)

    browser_page.get_by_role("button", name="只写入无误的行").click()
    run_pending()
    expect(browser_page.get_by_text("部分写入")).to_be_visible()
    shot(browser_page, "import-applied")
    assert Enterprise.objects.filter(name=NAMES[0]).exists()
    assert not Enterprise.objects.filter(name=NAMES[2]).exists()
    browser_page.get_by_role("link", name="正常").click()
    browser_page.get_by_role("link", name=NAMES[0]).click()
    expect(browser_page.get_by_text("3,500万元").first).to_be_visible()


def test_discard_a_checked_file(
    browser_page: Page, site: str, admin: User, login_as: Login, zone: Zone
) -> None:
    login_as(browser_page, admin)
    browser_page.goto(f"{site}/imports/{zone.batch.pk}/")
    browser_page.get_by_role("button", name="放弃该文件").click()
    expect(browser_page.get_by_role("status")).to_contain_text("已放弃该文件")
    assert ImportBatch.objects.get(pk=zone.batch.pk).status == "discarded"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xlsx", b"", "空"),
        ("a.exe", b"MZ" + bytes(100), "不支持"),
        ("a.xlsx", b"%PDF-1.7 not a workbook", "a.xlsx"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_with_a_reason(
    browser_page: Page,
    site: str,
    admin: User,
    login_as: Login,
    shot: Shot,
    console_errors: list[str],
    name: str,
    content: bytes,
    reason: str,
) -> None:
    login_as(browser_page, admin)
    browser_page.goto(f"{site}/imports/")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    browser_page.get_by_label("表格文件").set_input_files(file)
    browser_page.get_by_role("button", name="上传并检查").click()
    expect(browser_page.locator(".errorlist")).not_to_be_empty()
    shot(browser_page, "import-refused")
    assert ImportBatch.objects.count() == 2  # those of the zone
    console_errors.clear()  # 400 is an error to the browser too


def test_a_file_above_the_limit_is_refused_before_and_after_the_transfer(
    browser_page: Page,
    site: str,
    admin: User,
    login_as: Login,
    shot: Shot,
    settings: "object",
    console_errors: list[str],
) -> None:
    settings.UPLOAD_LIMIT = 1024**2
    login_as(browser_page, admin)
    browser_page.goto(f"{site}/imports/")
    file = {"name": "big.xlsx", "mimeType": XLSX, "buffer": bytes(3 * 1024**2)}
    upload = browser_page.get_by_label("表格文件")
    upload.set_input_files(file)
    assert upload.evaluate("input => input.validationMessage") == "文件过大"
    upload.evaluate("input => input.setCustomValidity('')")
    browser_page.get_by_role("button", name="上传并检查").click()
    expect(browser_page.locator("h1")).to_have_text("文件过大")
    expect(browser_page.get_by_text("不能超过 1 MB")).to_be_visible()
    shot(browser_page, "too-large")
    console_errors.clear()  # 413 is an error to the browser too


def test_export_a_list(
    browser_page: Page, site: str, colleague: User, login_as: Login, zone: Zone, tmp_path: Path
) -> None:
    login_as(browser_page, colleague)
    browser_page.goto(f"{site}/enterprises/?q=有限公司")
    with browser_page.expect_download() as download:
        browser_page.get_by_role("button", name="导出 Excel").click()
    assert download.value.suggested_filename == "示例_企业.xlsx"
    saved = tmp_path / "export.xlsx"
    download.value.save_as(saved)
    sheet = openpyxl.load_workbook(io.BytesIO(saved.read_bytes())).worksheets[0]
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert zone.near.name in values
    assert zone.other.name not in values
    assert Event.objects.get(action="registry.exported").details["q"] == "有限公司"


def test_export_the_enterprises_a_rule_finds(
    browser_page: Page, site: str, colleague: User, login_as: Login, zone: Zone, tmp_path: Path
) -> None:
    login_as(browser_page, colleague)
    browser_page.goto(f"{site}/rules/cn.tech_sme/?standing=not_met")
    with browser_page.expect_download() as download:
        browser_page.get_by_role("button", name="导出 Excel").click()
    saved = tmp_path / "export.xlsx"
    download.value.save_as(saved)
    rows = list(openpyxl.load_workbook(saved).worksheets[0].iter_rows(values_only=True))
    found = next(row for row in rows if row[0] == zone.near.name)
    assert found[3] == "不符合"
    assert "2亿元" in str(found[5])


def test_merge_two_records_and_undo_it(
    browser_page: Page, site: str, admin: User, login_as: Login, zone: Zone, shot: Shot
) -> None:
    login_as(browser_page, admin)
    browser_page.goto(f"{site}/enterprises/{zone.near.pk}/")
    browser_page.get_by_role("link", name="合并重复企业").click()
    browser_page.get_by_label("搜索").fill("合肥示例")
    browser_page.get_by_role("button", name="搜索").click()
    browser_page.get_by_role("link", name=f"预览 {zone.other.name}").click()
    expect(browser_page.locator("h1")).to_have_text("合并预览")
    shot(browser_page, "merge-preview")
    browser_page.get_by_label("原因").fill("同一家企业登记了两次")
    browser_page.get_by_role("button", name="合并", exact=True).click()
    expect(browser_page.get_by_role("status")).to_contain_text("已合并")
    browser_page.goto(f"{site}/enterprises/{zone.other.pk}/")
    expect(browser_page.locator("h1")).to_have_text(zone.near.name)
    shot(browser_page, "merged")
    merge = browser_page.locator(".timeline li").filter(has_text="同一家企业登记了两次")
    merge.get_by_label("原因").fill("其实是两家")
    merge.get_by_role("button", name="撤销合并").click()
    expect(browser_page.get_by_role("status")).to_contain_text("已撤销合并")
    browser_page.goto(f"{site}/enterprises/{zone.other.pk}/")
    expect(browser_page.locator("h1")).to_have_text(zone.other.name)


def test_enterprise_people_land_on_their_own_page_and_nowhere_else(
    browser_page: Page,
    site: str,
    enterprise_owner: User,
    login_as: Login,
    zone: Zone,
    shot: Shot,
    console_errors: list[str],
) -> None:
    login_as(browser_page, enterprise_owner)
    browser_page.goto(site)
    expect(browser_page.locator("h1")).to_have_text(zone.near.name)
    expect(browser_page.get_by_text("0551-00000000")).to_be_visible()  # their own telephone
    expect(browser_page.get_by_label("查找企业")).to_have_count(0)  # there is nothing to search
    shot(browser_page, "own-enterprise")
    browser_page.goto(f"{site}/enterprises/{zone.other.pk}/")
    expect(browser_page.locator("h1")).to_have_text("您无权查看")
    expect(browser_page.get_by_text("仅限园区工作人员和本企业人员")).to_be_visible()
    shot(browser_page, "forbidden")
    console_errors.clear()  # 403 is an error to the browser too
