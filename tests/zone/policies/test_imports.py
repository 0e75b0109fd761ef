"""Documents and items from a spreadsheet and from a pasted text."""

import datetime as dt
from typing import Any

import pytest

from openzone.engines.reading.policy_text import read_policy
from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit
from openzone.zone.policies.enums import DocumentStatus, ImportStatus
from openzone.zone.policies.models import Document, Item, LibraryImport
from openzone.zone.policies.services.documents import Issuer, edit_document
from openzone.zone.policies.services.imports import (
    apply_library_import,
    discard_library_import,
    receive_library_import,
)
from openzone.zone.policies.services.items import edit_item
from openzone.zone.policies.services.pasting import create_from_text
from openzone.zone.policies.sheet import (
    issuers_text,
    papers_text,
    read_issuers,
    read_papers,
)
from openzone.zone.registry.imports.problems import from_json
from tests.engines.reading.samples import MEASURES
from tests.factories import TESTS
from tests.www.workbooks import library_sheet

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)


def document_row(**given: object) -> list[object]:
    names = ["code", "title", "title_en", "number", "level", "category", "issuers", "adopted_on",
             "issued_on", "effective_from", "effective_to", "supersedes", "url",
             "publish"]  # fmt: skip
    row: dict[str, object] = {"code": "a-1", "title": "示例措施", "level": "园区级",
                              "issuers": "office", "issued_on": "2026-03-01"}  # fmt: skip
    return [(row | given).get(name, "") for name in names]


def item_row(**given: object) -> list[object]:
    names = ["code", "document", "title", "title_en", "clause", "kind", "mode", "rule_id", "owner",
             "region", "window_from", "window_to", "budget", "materials", "publish"]  # fmt: skip
    row: dict[str, object] = {"code": "a-1-1", "document": "a-1", "title": "示例奖励",
                              "kind": "奖补", "mode": "快申快享", "clause": "第一条"}  # fmt: skip
    return [(row | given).get(name, "") for name in names]


def receive(documents: list[Any] | None = None, items: list[Any] | None = None) -> LibraryImport:
    sheets = {"文件": documents or [document_row()], "事项": items or [item_row()]}
    return receive_library_import(
        actor=TESTS, file_name="台账.xlsx", data=library_sheet(**sheets), as_of=TODAY
    )


def apply(*args: Any, **given: Any) -> LibraryImport:
    return apply_library_import(actor=TESTS, batch=receive(*args, **given))


def test_the_dry_run_says_what_would_happen_and_writes_nothing(office: Unit):
    batch = receive()
    assert batch.result["counts"] == {
        "create": 2, "update": 0, "same": 0, "bad": 0, "kept": 0, "errors": 0
    }  # fmt: skip
    assert not Document.objects.exists()
    assert not Event.objects.filter(action="policies.document.created").exists()


def test_applying_writes_documents_and_items(office: Unit):
    batch = apply(
        [document_row(publish="是")],
        [item_row(owner=office.name, materials="审计报告 | revenue_y1；承诺书 ?", publish="是")],
    )
    assert batch.status == ImportStatus.APPLIED
    document, item = Document.objects.get(code="a-1"), Item.objects.get(code="a-1-1")
    assert document.status == DocumentStatus.PUBLISHED
    assert (document.level, document.issuers.get().unit) == ("zone", office)
    assert (item.kind, item.mode, item.owner) == ("subsidise", "fast", office)
    assert [(one.name, one.series, one.required) for one in item.materials.all()] == [
        ("审计报告", "revenue_y1", True),
        ("承诺书", "", False),
    ]


def test_one_faulty_row_keeps_everything_out_and_is_named(office: Unit):
    batch = receive(
        [document_row(), document_row(code="a-2", issued_on="2026-02-30")],
        [
            item_row(),
            item_row(code="a-1-2", document="nowhere"),
            item_row(code="a-1-3", rule_id="x.y"),
        ],
    )
    problems = [from_json(one) for one in batch.result["problems"]]
    places = [(one.sheet, one.row, one.header) for one in problems]
    assert places[0][:2] == ("文件", 3)
    assert ("事项", 3, "文件编号") in [(s, r, "文件编号") for s, r, _ in places]
    reasons = " ".join(str(one.reason) for one in problems)
    assert "没有编号为“nowhere”的文件" in reasons
    assert "the rulebook has no “x.y”" in reasons
    with pytest.raises(Refused, match="nothing was written"):
        apply_library_import(actor=TESTS, batch=batch)
    assert not Document.objects.exists()
    assert LibraryImport.objects.get().status == ImportStatus.CHECKED


def test_a_second_import_of_the_same_file_changes_nothing(office: Unit):
    apply()
    counts = apply().result["counts"]
    assert (counts["same"], counts["update"], counts["create"]) == (2, 0, 0)


def test_what_the_file_says_anew_is_taken_over(office: Unit):
    apply()
    batch = apply([document_row(title="新名称")])
    row = batch.result["rows"][0]
    assert (row["action"], row["changed"]) == ("update", {"title": ["示例措施", "新名称"]})
    assert Document.objects.get(code="a-1").title == "新名称"


def test_what_was_edited_by_hand_survives_and_is_listed_as_kept(office: Unit):
    apply()
    document, item = Document.objects.get(code="a-1"), Item.objects.get(code="a-1-1")
    edit_document(actor=TESTS, document=document, title="人工标题")
    edit_item(actor=TESTS, item=item, window_to=dt.date(2026, 12, 31))
    for _ in range(2):  # and again the next time
        batch = apply(
            [document_row(title="文件标题", number="示例发〔2026〕1号")],
            [item_row(window_to="2026-10-01")],
        )
        rows = batch.result["rows"]
        assert rows[0]["kept"] == {"title": ["人工标题", "文件标题"]}
        assert rows[1]["kept"] == {"window_to": ["2026-12-31", "2026-10-01"]}
    document.refresh_from_db()
    assert (document.title, document.number) == ("人工标题", "示例发〔2026〕1号")
    assert document.imported["title"] == "文件标题"


def test_what_was_cleared_by_hand_stays_clear(office: Unit):
    apply([document_row(number="示例发〔2026〕1号")])
    document = Document.objects.get(code="a-1")
    edit_document(actor=TESTS, document=document, number="")
    batch = apply([document_row(number="示例发〔2026〕1号")])
    assert batch.result["rows"][0]["kept"] == {"number": ["", "示例发〔2026〕1号"]}


def test_an_empty_cell_says_nothing(office: Unit):
    apply([document_row(number="示例发〔2026〕1号")])
    counts = apply([document_row()]).result["counts"]
    assert (counts["update"], counts["kept"]) == (0, 0)
    assert Document.objects.get(code="a-1").number == "示例发〔2026〕1号"


def test_an_item_does_not_move_to_another_document(office: Unit):
    apply()
    batch = receive([document_row(code="a-2")], [item_row(document="a-2")])
    (problem,) = [from_json(one) for one in batch.result["problems"]]
    assert "belongs to the document “a-1”" in problem.reason.en


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"<html>"])
def test_what_is_no_spreadsheet_is_refused_at_the_door(data: bytes):
    with pytest.raises(Refused) as refusal:
        receive_library_import(actor=TESTS, file_name="x.xlsx", data=data, as_of=TODAY)
    assert refusal.value.field == "file"
    assert not LibraryImport.objects.exists()


def test_a_file_is_dealt_with_once(office: Unit):
    batch = receive()
    discard_library_import(actor=TESTS, batch=batch)
    for act in (discard_library_import, apply_library_import):
        with pytest.raises(Refused, match="already"):
            act(actor=TESTS, batch=batch)


def test_papers_and_issuers_are_written_the_way_they_are_read(office: Unit):
    text = "审计报告 | revenue_y1 | 加盖公章\n承诺书 ?\n营业执照"
    assert papers_text(read_papers(text)) == text
    issuers = read_issuers("office、示例财政厅")
    assert issuers[0] == Issuer(office.name, office, True)
    assert issuers_text(read_issuers(issuers_text(issuers))) == issuers_text(issuers)


def test_a_pasted_text_becomes_a_draft_with_suggestions(office: Unit):
    found = read_policy(MEASURES)
    document = create_from_text(
        actor=TESTS,
        issuers=[Issuer(office.name, office)],
        suggestions=found.suggestions,
        title=found.title,
        level="zone",
        effective_from=found.effective_from,
    )
    assert document.status == DocumentStatus.DRAFT
    items = list(document.items.order_by("pk"))
    assert [one.clause for one in items] == ["第二条", "第三条", "第三条", "第四条", "第五条"]
    assert all(one.suggested and one.excerpt for one in items)
    assert items[0].mode == "expert"  # the way that promises least, until somebody says more
    assert items[1].mode == "no_application"


def test_a_pasted_text_is_entered_whole_or_not_at_all(office: Unit):
    found = read_policy(MEASURES)
    with pytest.raises(Refused):
        create_from_text(
            actor=TESTS, issuers=[], suggestions=found.suggestions, title="示例", level="moon"
        )
    assert not Document.objects.exists()
