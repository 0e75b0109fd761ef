"""A policy from the document to what an enterprise and the public read, in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from openzone.zone.people.models import User
from openzone.zone.policies.models import Compendium, Document, Item
from openzone.zone.policies.services.compendium import finish_compendium
from tests.engines.reading.samples import MEASURES
from tests.factories import TESTS
from tests.files import png
from tests.www.addresses.library import numbers
from tests.www.conftest import Zone
from tests.www.looking import DESK, Check, Login, Shot, fits
from tests.www.workbooks import library_sheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def both(shot: Shot, assert_accessible: Check) -> Callable[[Page, str], None]:
    """A picture on a desk and on a phone, of a page that axe has nothing against."""

    def take(page: Page, name: str) -> None:
        page.set_viewport_size(DESK)
        fits(page, shot, name, assert_accessible)

    return take


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def test_from_a_document_to_what_everybody_reads(
    browser_page: Page,
    live_server: "object",
    zone: Zone,
    admin: User,
    colleague: User,
    enterprise_owner: User,
    login_as: Login,
    both: Callable[[Page, str], None],
    console_errors: list[str],
) -> None:
    site, page = str(live_server), browser_page
    today = timezone.localdate().isoformat()
    login_as(page, admin)
    page.goto(f"{site}/library/")
    both(page, "library-list")
    follow(page, "新建文件")
    page.get_by_label("标题", exact=True).fill("示例促进专精特新若干措施")
    page.get_by_label("文号").fill("示例发〔2026〕9号")
    page.get_by_label("发文单位").fill("示例经济发展局\n示例财政厅")
    page.get_by_label("印发日期").fill(today)
    both(page, "library-document-form")
    press(page, "登记文件")
    expect(page.get_by_text("联合发文，由牵头单位组织解读")).to_be_visible()

    follow(page, "新增事项")
    page.get_by_label("标题", exact=True).fill("专精特新认定奖励")
    page.get_by_label("条款").fill("第三条")
    page.get_by_label("类型").select_option("subsidise")
    page.get_by_label("兑现方式").select_option("fast")
    page.get_by_label("规则").fill("cn.srdi_sme")
    page.get_by_label("申请材料").fill("审计报告 | revenue_y1\n承诺书 ?")
    both(page, "library-item-form")
    press(page, "新增事项")
    expect(page.get_by_text("档案已有“")).to_be_visible()

    follow(page, "撰写")
    for label in ("政策内容", "适用对象", "适用时间", "申报条件", "申请材料"):
        page.get_by_label(label).fill(f"示例{label}说明")
    page.get_by_label("起草").select_option("model")
    press(page, "保存草稿")
    expect(page.get_by_text("请由其他人审核")).to_be_visible()
    both(page, "library-interpretation")
    draft = page.url

    login_as(page, colleague)
    page.goto(draft)
    press(page, "已通读并确认")
    press(page, "发布")
    item = Item.objects.get(title="专精特新认定奖励")

    page.goto(f"{site}/library/items/{item.pk}/publish/")
    press(page, "发布")
    expect(page.get_by_role("alert")).to_contain_text("请先发布所属文件")
    page.goto(f"{site}/library/documents/{item.document_id}/publish/")
    press(page, "发布")
    page.goto(f"{site}/library/items/{item.pk}/publish/")
    press(page, "发布")
    expect(page.get_by_text("受理中")).to_be_visible()
    both(page, "library-item")
    page.goto(f"{site}/library/documents/{item.document_id}/")
    both(page, "library-document")

    login_as(page, enterprise_owner)
    page.goto(f"{site}/library/items/{item.pk}/")
    expect(page.get_by_text("由模型起草")).to_be_visible()
    expect(page.get_by_role("link", name="编辑")).to_have_count(0)

    public = page.context.browser.new_page(locale="zh-CN", viewport=DESK)
    public.goto(f"{site}/library/")
    public.get_by_label("搜索").fill("专精特新认定")
    public.get_by_role("button", name="筛选").click()
    public.get_by_role("link", name="示例促进专精特新若干措施").click()
    public.get_by_role("link", name="专精特新认定奖励").click()
    expect(public.get_by_text("示例政策内容说明")).to_be_visible()
    expect(public.get_by_text("主营业务收入占比80%以上")).to_be_visible()
    both(public, "library-item-public")
    public.close()
    console_errors.clear()  # 400 is an error to the browser too


def test_a_text_is_pasted_and_every_suggestion_confirmed(
    browser_page: Page,
    live_server: "object",
    zone: Zone,
    admin: User,
    login_as: Login,
    both: Callable[[Page, str], None],
) -> None:
    site, page = str(live_server), browser_page
    login_as(page, admin)
    page.goto(f"{site}/library/paste/")
    page.get_by_label("政策全文").fill(MEASURES)
    both(page, "library-paste")
    press(page, "识别文本")
    expect(page.get_by_label("文号")).to_have_value("示例高管〔2026〕12号")
    expect(page.get_by_label("有效期至")).to_have_value("2029-03-31")
    page.get_by_label("列入市级以上重点项目的企业").uncheck()
    both(page, "library-pasted")
    press(page, "存为草稿")
    document = Document.objects.get(number="示例高管〔2026〕12号")
    assert document.items.filter(suggested=True).count() == 4
    page.get_by_role("link", name="系统建议，待确认 研发投入补助").click()
    expect(page.get_by_label("原文")).to_have_value(
        MEASURES.split("研发投入补助。")[1].split("\n")[0]
    )
    both(page, "library-suggestion")
    press(page, "确认并保存")
    assert document.items.filter(suggested=True).count() == 3


def test_a_spreadsheet_is_checked_and_written(
    browser_page: Page,
    live_server: "object",
    zone: Zone,
    admin: User,
    login_as: Login,
    both: Callable[[Page, str], None],
) -> None:
    site, page = str(live_server), browser_page
    login_as(page, admin)
    page.goto(f"{site}/library/imports/")
    both(page, "library-imports")
    for data in (library_sheet(), library_sheet(事项=[["x", "no-such", "示例"]])):
        page.goto(f"{site}/library/imports/")
        file = {"name": "政策台账.xlsx", "mimeType": "application/x", "buffer": data}
        page.get_by_label("电子表格").set_input_files(file)
        press(page, "上传并检查")
    both(page, "library-import-faults")
    expect(page.get_by_text("有错误的行")).to_be_visible()
    page.go_back()
    page.goto(f"{site}/library/imports/")
    page.get_by_role("link", name="政策台账.xlsx").nth(1).click()
    both(page, "library-import")
    press(page, "全部写入")
    expect(page.get_by_role("status")).to_contain_text("全部行已写入")
    assert Document.objects.filter(code="example-1").exists()


def test_the_state_of_the_library_and_its_compendium(
    browser_page: Page,
    live_server: "object",
    zone: Zone,
    admin: User,
    login_as: Login,
    both: Callable[[Page, str], None],
) -> None:
    site, page = str(live_server), browser_page
    numbers(zone)
    login_as(page, admin)
    page.goto(f"{site}/library/reports/")
    both(page, "library-reports")
    page.goto(f"{site}/library/compendia/")
    press(page, "生成汇编")
    expect(page.get_by_text("排队等待处理")).to_be_visible()
    finish_compendium(actor=TESTS, compendium=Compendium.objects.latest("pk"))
    with page.expect_download() as loading:
        page.get_by_role("link", name="PDF").click()
    assert Path(loading.value.path()).read_bytes().startswith(b"%PDF")
    both(page, "library-compendium")


def test_a_picture_stands_beside_a_document(
    browser_page: Page, live_server: "object", zone: Zone, admin: User, login_as: Login, shot: Shot
) -> None:
    site, page = str(live_server), browser_page
    login_as(page, admin)
    page.goto(f"{site}/library/documents/{numbers(zone)['lib_document']}/media/new/")
    page.get_by_label("标题").fill("示例一图读懂")
    page.get_by_label("类型").select_option("graphic")
    file = {"name": "读懂.png", "mimeType": "image/png", "buffer": png(300, 120)}
    page.get_by_label("文件").set_input_files(file)
    press(page, "添加")
    picture = page.get_by_role("img", name="示例一图读懂")
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") == 300
    shot(page, "library-media")
