"""Policy documents, items, their meaning, compendium."""

import datetime as dt
from typing import TYPE_CHECKING

from openzone.zone.audit.actors import Actor
from openzone.zone.policies.enums import DraftedBy, MediaKind
from openzone.zone.policies.services.answers import answer_question
from openzone.zone.policies.services.compendium import ask_for_compendium
from openzone.zone.policies.services.documents import Issuer, create_document, publish_document
from openzone.zone.policies.services.imports import receive_library_import
from openzone.zone.policies.services.items import Paper, create_item, publish_item
from openzone.zone.policies.services.meaning import (
    FiveFields,
    publish_interpretation,
    write_interpretation,
)
from openzone.zone.policies.services.media import add_file
from openzone.zone.policies.services.tasks import add_task
from tests.files import png
from tests.www.addresses.address import NOWHERE, Address, get, post
from tests.www.workbooks import library_sheet

if TYPE_CHECKING:
    from tests.www.conftest import Zone

TESTS = Actor.system("tests")
DAY = dt.date(2026, 2, 1)
DOCUMENT = {
    "title": "示例新措施",
    "level": "zone",
    "issuers": "office",
    "issued_on": "2026-03-01",
}
ITEM = {"title": "示例新事项", "kind": "subsidise", "mode": "fast", "clause": "第九条"}
FIVE = dict.fromkeys(FiveFields._fields, "示例说明") | {"drafted_by": "person"}


def public(address: str, query: str = "", **kwargs: object) -> Address:
    return Address(address, (200,) * 4, kwargs, query, anonymous=200)


def hidden(address: str, **kwargs: object) -> Address:
    """A draft: others get the same answer as for a page that is not there."""
    return Address(address, (200, 200, 404, 404), kwargs, anonymous=404)


def kept(address: str, status: int = 302, **options: object) -> Address:
    """For the service centre and administrators."""
    return post(address, status, 403, 403, 403, **options)  # type: ignore[arg-type]


ADDRESSES: tuple[Address, ...] = (
    public("library"),
    public("library", "?q=研发&level=zone&category=科技创新&force=in_force"),
    Address("library", (400,) * 4, {}, "?level=moon", anonymous=400),
    public("library_document", pk="{lib_document}"),
    hidden("library_document", pk="{lib_draft_document}"),
    Address("library_document", (404,) * 4, {"pk": NOWHERE}, anonymous=404),
    public("library_items"),
    public("library_items", "?q=研发&kind=subsidise&every=1"),
    public("library_item", pk="{lib_item}"),
    hidden("library_item", pk="{lib_draft_item}"),
    public("library_media", pk="{lib_media}"),
    Address("library_media", (404,) * 4, {"pk": NOWHERE}, anonymous=404),
    post("library_export", 200, 200, 403, 403, data={"q": "研发"}),
    post("library_items_export", 200, 200, 403, 403),
    get("library_document_new", 200, 403, 403, 403),
    kept("library_document_new", data=DOCUMENT),
    kept("library_document_new", 400, data={"title": "没有级别"}),
    get("library_document_edit", 200, 200, 403, 403, pk="{lib_document}"),
    get("library_document_edit", 200, 200, 404, 404, pk="{lib_draft_document}"),
    post("library_document_edit", 302, 302, 403, 403, pk="{lib_document}", data=DOCUMENT),
    post("library_document_edit", 400, 400, 403, 403, pk="{lib_document}", data={
        **DOCUMENT, "issued_on": "2026-03-01", "adopted_on": "2026-04-01"}),
    get("library_document_publish", 200, 200, 404, 404, pk="{lib_draft_document}"),
    post("library_document_publish", 302, 302, 404, 404, pk="{lib_draft_document}"),
    post("library_document_publish", 400, 400, 403, 403, pk="{lib_document}"),
    get("library_document_withdraw", 200, 200, 403, 403, pk="{lib_document}"),
    post("library_document_withdraw", 302, 302, 403, 403, pk="{lib_document}", data={
        "reason": "示例废止"}),
    post("library_document_withdraw", 400, 400, 403, 403, pk="{lib_document}"),
    get("library_history", 200, 200, 403, 403, pk="{lib_document}"),
    get("library_document_explain", 200, 200, 403, 403, pk="{lib_document}"),
    post("library_document_explain", 302, 302, 403, 403, pk="{lib_document}", data=FIVE),
    get("library_item_explain", 200, 200, 403, 403, pk="{lib_item}"),
    post("library_item_explain", 302, 302, 403, 403, pk="{lib_item}", data=FIVE),
    post("library_item_explain", 400, 400, 403, 403, pk="{lib_item}", data={"content": "只有一项"}),
    get("library_interpretation", 200, 200, 403, 403, pk="{lib_version}"),
    post("library_interpretation_act", 302, 302, 403, 403, pk="{lib_version}", action="review"),
    post("library_interpretation_act", 409, 409, 403, 403, pk="{lib_version}", action="publish"),
    post("library_interpretation_act", 302, 302, 403, 403, pk="{lib_version}", action="withdraw",
         data={"reason": "示例"}),
    post("library_interpretation_act", 404, 404, 403, 403, pk="{lib_version}", action="burn"),
    get("library_answer_new", 200, 200, 403, 403, pk="{lib_document}"),
    post("library_answer_new", 302, 302, 403, 403, pk="{lib_document}", data={
        "question": "何时申报？", "text": "全年。", "drafted_by": "person", "publish": "on"}),
    get("library_answer", 200, 200, 403, 403, pk="{lib_answer}"),
    post("library_answer_act", 302, 302, 403, 403, pk="{lib_answer}", action="confirm"),
    post("library_answer_act", 409, 409, 403, 403, pk="{lib_answer}", action="withdraw"),
    get("library_document_media", 200, 200, 403, 403, pk="{lib_document}"),
    post("library_document_media", 302, 302, 403, 403, pk="{lib_document}", data={
        "title": "示例视频", "kind": "video", "url": "https://example.org/v"}),
    post("library_document_media", 400, 400, 403, 403, pk="{lib_document}", data={
        "title": "缺文件", "kind": "paper"}),
    get("library_item_media", 200, 200, 403, 403, pk="{lib_item}"),
    post("library_media_remove", 302, 302, 403, 403, pk="{lib_media}"),
    get("library_item_new", 200, 200, 403, 403, pk="{lib_document}"),
    post("library_item_new", 302, 302, 403, 403, pk="{lib_document}", data=ITEM),
    post("library_item_new", 400, 400, 403, 403, pk="{lib_document}", data={
        **ITEM, "rule_id": "no.such_rule"}),
    get("library_item_edit", 200, 200, 403, 403, pk="{lib_item}"),
    post("library_item_edit", 302, 302, 404, 404, pk="{lib_draft_item}", data=ITEM),
    get("library_item_publish", 200, 200, 404, 404, pk="{lib_draft_item}"),
    post("library_item_publish", 400, 400, 404, 404, pk="{lib_draft_item}"),
    get("library_item_withdraw", 200, 200, 403, 403, pk="{lib_item}"),
    post("library_item_withdraw", 302, 302, 403, 403, pk="{lib_item}", data={"reason": "示例"}),
    get("library_task_new", 200, 200, 403, 403, pk="{lib_document}"),
    post("library_task_new", 302, 302, 403, 403, pk="{lib_document}", data={
        "title": "示例任务", "unit": "office"}),
    get("library_task", 200, 200, 403, 403, pk="{lib_document}", row="{lib_task}"),
    post("library_task", 302, 302, 403, 403, pk="{lib_document}", row="{lib_task}", data={
        "state": "done"}),
    post("library_task", 400, 400, 403, 403, pk="{lib_document}", row="{lib_task}", data={
        "state": "dropped"}),
    get("library_paste", 200, 403, 403, 403),
    kept("library_paste", 200, data={"text": "第一条 对企业给予10万元奖励。"}),
    kept("library_paste", data={
        **DOCUMENT, "text": "第一条 对企业给予10万元奖励。", "confirm": "1", "take": "0"}),
    kept("library_paste", 400),
    get("library_imports", 200, 403, 403, 403),
    kept("library_imports", 400),
    get("library_template", 200, 403, 403, 403),
    get("library_import", 200, 403, 403, 403, pk="{lib_library_import}"),
    kept("library_import_apply", pk="{lib_library_import}"),
    kept("library_import_discard", pk="{lib_library_import}"),
    get("library_compendia", 200, 200, 403, 403),
    post("library_compendia", 302, 302, 403, 403, data={"as_of": "2026-11-20"}),
    post("library_compendia", 400, 400, 403, 403, data={
        "as_of": "2026-11-20", "level": "national"}),
    get("library_compendium", 200, 200, 403, 403, pk="{lib_compendium}"),
    get("library_compendium_file", 404, 404, 403, 403, pk="{lib_compendium}", kind="pdf"),
    get("library_reports", 200, 403, 403, 403),
    kept("library_links"),
    kept("library_reports_export", 200),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, int]:
    """Make the records the addresses need in the example zone, and return their numbers."""
    unit = zone.clerk.memberships.earliest("pk").unit
    issuers = [Issuer(unit.name, unit)]
    document = create_document(
        actor=TESTS,
        issuers=issuers,
        code="lib-1",
        title="示例支持研发若干措施",
        number="示例发〔2026〕1号",
        level="zone",
        category="科技创新",
        issued_on=DAY,
        effective_from=DAY,
        text="第一条 示例。",
        url="https://example.org/1",
        synthetic=True,
    )
    publish_document(actor=TESTS, document=document, on=DAY)
    item = create_item(
        actor=TESTS,
        document=document,
        code="lib-1-1",
        title="示例研发补助",
        clause="第一条",
        kind="subsidise",
        mode="fast",
        owner=unit,
        rule_id="cn.high_tech",
        materials=[Paper("审计报告", series="revenue_y1")],
    )
    publish_item(actor=TESTS, item=item, on=DAY)
    draft_document = create_document(
        actor=TESTS, issuers=issuers, code="lib-2", title="示例草稿", level="zone", issued_on=DAY
    )
    draft_item = create_item(
        actor=TESTS,
        document=document,
        code="lib-1-2",
        title="示例草稿事项",
        clause="第二条",
        kind="entitle",
        mode="instant",
        owner=unit,
        suggested=True,
    )
    fields = FiveFields(*["示例说明"] * 5)
    first = write_interpretation(actor=TESTS, document=document, item=item, fields=fields, on=DAY)
    publish_interpretation(actor=TESTS, interpretation=first, on=DAY)
    version = write_interpretation(
        actor=TESTS,
        document=document,
        item=item,
        fields=fields,
        on=DAY,
        drafted_by=DraftedBy.MODEL,
    )
    answer = answer_question(
        actor=TESTS, document=document, item=item, question="多少？", text="十万元。", on=DAY
    )
    media = add_file(
        actor=TESTS,
        document=document,
        kind=MediaKind.GRAPHIC,
        title="示例图解",
        file_name="图解.png",
        data=png(),
    )
    task = add_task(actor=TESTS, document=document, title="示例任务", unit=unit)
    batch = receive_library_import(
        actor=TESTS, file_name="台账.xlsx", data=library_sheet(), as_of=DAY, synthetic=True
    )
    asked = ask_for_compendium(actor=TESTS, on=dt.date(2026, 11, 20), language="zh-hans")
    records = {
        "lib_document": document,
        "lib_draft_document": draft_document,
        "lib_item": item,
        "lib_draft_item": draft_item,
        "lib_version": version,
        "lib_answer": answer,
        "lib_media": media,
        "lib_task": task,
        "lib_library_import": batch,
        "lib_compendium": asked,
    }
    return {name: record.pk for name, record in records.items()}
