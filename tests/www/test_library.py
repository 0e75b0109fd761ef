"""Who sees what of the library, what leaves it as a file, and what a page says of another day."""

import datetime as dt
import io
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from openzone.zone.jobs.models import Job
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.policies.enums import DraftedBy, MediaKind
from openzone.zone.policies.models import Compendium, Document, Item, LibraryImport
from openzone.zone.policies.selectors.library import deadlines
from openzone.zone.policies.services.answers import answer_question
from openzone.zone.policies.services.compendium import finish_compendium
from openzone.zone.policies.services.documents import (
    Issuer,
    create_document,
    edit_document,
    publish_document,
    withdraw_document,
)
from openzone.zone.policies.services.items import create_item, publish_item
from openzone.zone.policies.services.meaning import FiveFields, write_interpretation
from openzone.zone.policies.services.media import add_file
from tests.factories import TESTS
from tests.files import PDF, png

pytestmark = pytest.mark.django_db

Visit = Callable[[User | None], Client]
DAY = dt.date(2026, 2, 1)


@pytest.fixture
def document(office: Unit) -> Document:
    made = create_document(
        actor=TESTS,
        issuers=[Issuer(office.name, office)],
        title="示例公开措施",
        level="zone",
        issued_on=DAY,
        effective_to=dt.date(2026, 12, 31),
        text="第一条 公开内容。",
    )
    return publish_document(actor=TESTS, document=made, on=DAY)


@pytest.fixture
def draft(office: Unit) -> Document:
    return create_document(
        actor=TESTS,
        issuers=[Issuer(office.name, office)],
        title="示例保密草稿",
        level="zone",
        issued_on=DAY,
        text="保密内容",
    )


def make_item(document: Document, owner: Unit, title: str = "示例公开事项") -> Item:
    return create_item(
        actor=TESTS,
        document=document,
        title=title,
        clause="第一条",
        kind="subsidise",
        mode="fast",
        owner=owner,
    )


@pytest.fixture
def item(document: Document, office: Unit) -> Item:
    return publish_item(actor=TESTS, item=make_item(document, office), on=DAY)


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_everybody_reads_what_is_published(visit: Visit, item: Item, stranger: User):
    for visitor in (None, stranger):
        client = visit(visitor)
        assert "示例公开措施" in text_of(client, "/library/")
        assert "示例公开事项" in text_of(client, "/library/items/")
        assert "公开内容" in text_of(client, f"/library/documents/{item.document_id}/")
        assert "受理中" in text_of(client, f"/library/items/{item.pk}/?as_of=2026-11-20")


def test_a_draft_shows_nowhere_to_people_outside(
    visit: Visit, draft: Document, document: Document, office: Unit, stranger: User
):
    hidden = make_item(document, office, "示例保密事项")
    edit_document(actor=TESTS, document=draft, supersedes=document)
    for visitor in (None, stranger):
        client = visit(visitor)
        for path in (
            "/library/",
            "/library/?q=保密",
            "/library/?status=draft",
            "/library/items/?every=1&q=保密",
            f"/library/documents/{document.pk}/",
        ):
            assert "保密" not in text_of(client, path).replace('value="保密"', "")
        for path in (f"/library/documents/{draft.pk}/", f"/library/items/{hidden.pk}/"):
            assert client.get(path).status_code == 404


def test_a_published_item_of_a_draft_document_is_hidden_too(
    visit: Visit, item: Item, stranger: User
):
    Document.objects.filter(pk=item.document_id).update(status="draft")
    for visitor in (None, stranger):
        assert visit(visitor).get(f"/library/items/{item.pk}/").status_code == 404


def test_what_is_withdrawn_is_for_the_zone_only(visit: Visit, document: Document, colleague: User):
    withdraw_document(actor=TESTS, document=document, on=DAY, reason="误发")
    path = f"/library/documents/{document.pk}/"
    assert visit(None).get(path).status_code == 404
    assert "误发" in text_of(visit(colleague), path)


def test_drafts_of_meaning_stay_inside(visit: Visit, item: Item, colleague: User):
    write_interpretation(
        actor=TESTS,
        document=item.document,
        item=item,
        fields=FiveFields(*["未经审核的说法"] * 5),
        on=DAY,
        drafted_by=DraftedBy.MODEL,
    )
    answer_question(
        actor=TESTS,
        document=item.document,
        item=item,
        question="未经审核的问题？",
        text="未经审核的答复",
        on=DAY,
        drafted_by=DraftedBy.MODEL,
    )
    paths = (f"/library/items/{item.pk}/", f"/library/documents/{item.document_id}/")
    for path in paths:
        assert "未经审核" not in text_of(visit(None), path)
    assert "由模型起草" in text_of(visit(colleague), paths[0])
    assert "未经审核的问题" in text_of(visit(colleague), paths[1])


def test_a_handler_edits_what_the_unit_answers_for_and_nothing_else(
    visit: Visit, document: Document, item: Item, colleague: User, make_user: Callable[..., User]
):
    other = create_unit(actor=TESTS, code="other", name="示例他局", kind=UnitKind.DEPARTMENT)
    elsewhere = make_user("elsewhere", Role.HANDLER, other)
    paths = (f"/library/documents/{document.pk}/edit/", f"/library/items/{item.pk}/edit/")
    for path in paths:
        assert visit(colleague).get(path).status_code == 200
        response = visit(elsewhere).get(path)
        assert response.status_code == 403
        assert "示例经济发展局" in response.content.decode()
    owned = make_item(document, other, "他局的事项")
    assert visit(elsewhere).get(f"/library/items/{owned.pk}/edit/").status_code == 200
    assert visit(colleague).get(f"/library/items/{owned.pk}/edit/").status_code == 403


def test_a_page_speaks_of_the_day_in_its_address(visit: Visit, item: Item):
    path = f"/library/items/{item.pk}/?as_of="
    assert "2026-02-01起施行" in text_of(visit(None), f"{path}2026-01-31")
    assert "2026-12-31到期" in text_of(visit(None), f"{path}2027-01-01")
    assert "示例公开事项" not in text_of(visit(None), "/library/items/?as_of=2027-01-01")


def test_a_file_is_served_so_that_nothing_in_it_runs(visit: Visit, document: Document):
    picture = add_file(
        actor=TESTS,
        document=document,
        kind=MediaKind.GRAPHIC,
        title="图解",
        file_name="图解.html",
        data=png(),
    )
    paper = add_file(
        actor=TESTS,
        document=document,
        kind=MediaKind.PAPER,
        title="附件",
        file_name="附件.pdf",
        data=PDF,
    )
    shown, kept = (visit(None).get(f"/library/media/{one.pk}/") for one in (picture, paper))
    assert b"".join(shown.streaming_content) == png()
    assert shown.headers["Content-Type"] == "image/png"
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert kept.headers["Content-Disposition"].startswith("attachment")
    for response in (shown, kept):
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"].endswith("sandbox")


def test_a_file_beside_a_draft_is_not_served(visit: Visit, draft: Document, colleague: User):
    media = add_file(
        actor=TESTS,
        document=draft,
        kind=MediaKind.GRAPHIC,
        title="图解",
        file_name="x.png",
        data=png(),
    )
    assert visit(None).get(f"/library/media/{media.pk}/").status_code == 404
    assert visit(colleague).get(f"/library/media/{media.pk}/").status_code == 200


def test_a_file_is_added_through_the_form(visit: Visit, document: Document, colleague: User):
    path = f"/library/documents/{document.pk}/media/new/"
    client = visit(colleague)
    bad = SimpleUploadedFile("图.png", b"<svg onload=alert(1)>", "image/png")
    response = client.post(path, {"title": "图", "kind": "graphic", "file": bad})
    assert response.status_code == 400
    assert "可接收：jpg、png" in response.content.decode()
    good = SimpleUploadedFile("图.png", png(), "text/html")
    assert client.post(path, {"title": "图", "kind": "graphic", "file": good}).status_code == 302
    assert document.media.get().content_type == "image/png"


def rows_of(content: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return list(sheet.iter_rows(values_only=True)) if sheet else []


def test_the_ledger_leaves_as_it_is_shown(
    visit: Visit, item: Item, draft: Document, colleague: User
):
    content = visit(colleague).post("/library/export/", {"status": "published"}).content
    lines = [row for row in rows_of(content) if row[1] == "示例公开措施"]
    assert len(lines) == 1
    assert "有效" in lines[0]
    assert not [row for row in rows_of(content) if "示例保密草稿" in row]
    items = rows_of(visit(colleague).post("/library/items/export/", {"every": "1"}).content)
    assert [row[1] for row in items if row[2] == "示例公开措施"] == ["示例公开事项"]


def test_the_template_can_be_imported_as_it_is(visit: Visit, admin: User):
    client = visit(admin)
    sheet = client.get("/library/imports/template/").content
    file = SimpleUploadedFile("模板.xlsx", sheet)
    response = client.post("/library/imports/", {"file": file, "synthetic": "on"})
    assert response.status_code == 302
    assert LibraryImport.objects.get().result["counts"]["errors"] == 0
    assert client.post(f"{response.headers['Location']}apply/").status_code == 302
    assert Document.objects.get(code="example-1").synthetic


def test_addresses_are_asked_once_at_a_time(visit: Visit, document: Document, admin: User):
    client = visit(admin)
    for _ in range(2):
        client.post("/library/reports/links/")
    assert Job.objects.count() == 1
    assert "正在检查" in text_of(client, "/library/reports/")
    Job.objects.update(finished_at=timezone.now(), status="SUCCESSFUL")
    client.post("/library/reports/links/")
    assert Job.objects.count() == 2


def test_a_compendium_is_asked_for_made_and_taken_away(visit: Visit, item: Item, colleague: User):
    client = visit(colleague)
    response = client.post("/library/compendia/", {"as_of": "2026-11-20"})
    page = response.headers["Location"]
    assert "排队等待处理" in text_of(client, page)
    job = Job.objects.get()
    assert job.task.endswith("make_compendium")
    asked = Compendium.objects.get()
    assert client.get(f"{page}pdf/").status_code == 404
    finish_compendium(actor=TESTS, compendium=asked)
    for kind, ending in (("word", ".docx"), ("pdf", ".pdf")):
        file = client.get(f"{page}{kind}/")
        assert ending in file.headers["Content-Disposition"]
        assert len(b"".join(file.streaming_content)) > 1_000


def test_a_missed_deadline_is_shown_on_the_page_and_in_the_report(
    visit: Visit, document: Document, admin: User
):
    assert deadlines(document)[0].overdue(timezone.localdate())
    page = text_of(visit(admin), f"/library/documents/{document.pk}/")
    assert "已超期" in page
    assert "川办函〔2024〕17号" in page
    assert "发布政策事项清单" in text_of(visit(admin), "/library/reports/")


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00&unit=nowhere", "?category=x&force=never", "?page=999", "?as_of=0001-01-01",
        "?q=" + "长" * 5_000, "?unit=%27--",
    ],
)  # fmt: skip
def test_nonsense_in_the_address_of_a_public_list_is_answered(visit: Visit, query: str):
    for path in ("/library/", "/library/items/"):
        assert visit(None).get(path + query).status_code in (200, 400)


def test_an_empty_library_says_what_to_do(visit: Visit, admin: User):
    assert "可以新建文件" in text_of(visit(admin), "/library/")
    assert "尚未发布任何政策" in text_of(visit(None), "/library/")
    assert "没有已发布且有效的政策" in text_of(visit(None), "/library/items/")
