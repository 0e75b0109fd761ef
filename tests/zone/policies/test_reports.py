"""What is not right with the library, and what a compendium says."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from django.core.files.storage import default_storage

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.policies.compendium.content import Author, items_of
from openzone.zone.policies.compendium.pdf import pdf, unprintable
from openzone.zone.policies.compendium.word import word
from openzone.zone.policies.enums import DraftedBy, MediaKind, WorkStatus
from openzone.zone.policies.models import Item, Media
from openzone.zone.policies.selectors import reports
from openzone.zone.policies.services.compendium import ask_for_compendium, finish_compendium
from openzone.zone.policies.services.documents import withdraw_document
from openzone.zone.policies.services.meaning import (
    FiveFields,
    publish_interpretation,
    review_interpretation,
    write_interpretation,
)
from openzone.zone.policies.services.media import add_file, add_video, remove_media
from tests.factories import TESTS
from tests.files import PDF, png
from tests.zone.policies.conftest import DAY, MakeDocument, MakeItem

pytestmark = pytest.mark.django_db


def explain(item: Item, **given: object) -> None:
    fields = FiveFields("给予奖励", "高新技术企业", "全年", "通过认定", "认定证书")
    draft = write_interpretation(
        actor=TESTS, document=item.document, item=item, fields=fields, on=DAY, **given
    )  # type: ignore[arg-type]
    if not draft.needs_review:
        publish_interpretation(actor=TESTS, interpretation=draft, on=DAY)


def test_the_same_number_in_other_brackets_is_a_double(make_document: MakeDocument):
    one = make_document(number="示例发〔2026〕88号", title="关于人才的若干措施")
    other = make_document(number="示例发[2026] 88号", title="促进低空经济发展办法")
    make_document(number="", title="没有文号的一份")
    make_document(number="", title="另外没有文号的")
    (pair,) = reports.duplicates()
    assert (pair.one, pair.other) == (one, other)
    assert "示例发〔2026〕88号" in pair.reason.zh


def test_nearly_the_same_title_is_a_double_unless_one_replaces_the_other(
    make_document: MakeDocument,
):
    one = make_document(title="关于支持科技创新的若干措施")
    other = make_document(title="关于支持科技创新若干措施")
    (pair,) = reports.duplicates()
    assert "标题相近" in pair.reason.zh
    withdraw_document(actor=TESTS, document=other, on=DAY, reason="重复")
    assert reports.duplicates() == []
    make_document(title="关于支持科技创新的若干措施", supersedes=one)
    assert reports.duplicates() == []


def test_what_ran_out_and_what_soon_will(make_document: MakeDocument, make_item: MakeItem):
    over = make_document(effective_to=dt.date(2026, 3, 31))
    soon = make_document(effective_to=dt.date(2026, 5, 30))
    edge = make_document(effective_to=dt.date(2026, 5, 31))  # 61 days on: not soon yet
    window = make_item(edge, window_to=dt.date(2026, 4, 10))
    on = dt.date(2026, 3, 31)
    assert reports.expired(on) == []
    assert [one.of for one in reports.expiring(on)] == [over, window, soon]
    assert [one.days for one in reports.expiring(on)] == [0, 10, 60]
    (gone,) = reports.expired(dt.date(2026, 4, 2))
    assert (gone.of, gone.days) == (over, -2)


def test_what_an_item_lacks_is_listed(make_item: MakeItem):
    item = make_item(published=False, owner=None)
    for found in (
        reports.without_rule(),
        reports.without_owner(),
        reports.without_interpretation(),
        reports.without_budget(),
    ):
        assert list(found) == [item]
    whole = make_item(rule_id="cn.high_tech", kind="entitle")
    explain(whole)
    for found in (reports.without_rule(), reports.without_interpretation()):
        assert list(found) == [item]
    assert list(reports.unconfirmed()) == []


def test_a_missed_deadline_is_listed_until_it_is_done(
    make_document: MakeDocument, make_item: MakeItem
):
    document = make_document()
    names = [one.deadline.term.label.zh for one in reports.late(dt.date(2026, 6, 1))]
    assert names == ["发布政策事项清单", "发布工作手册和兑现指南"]
    make_item(document)
    names = [one.deadline.term.label.zh for one in reports.late(dt.date(2026, 6, 1))]
    assert names == ["发布工作手册和兑现指南"]
    assert reports.late(DAY) == []


@pytest.fixture
def library(make_document: MakeDocument, make_item: MakeItem) -> Item:
    zone = make_document(level="zone", category="科技创新", title="区级科技措施")
    item = make_item(zone, title="研发补助", clause="第三条")
    explain(item)
    make_item(make_document(level="city", category="人才", title="市级人才办法"), title="安家费")
    make_item(make_document(level="zone", effective_to=dt.date(2026, 3, 5)), title="已过期事项")
    return item


def test_a_compendium_goes_by_level_and_category(library: Item):
    book = Author("zh-hans", dt.date(2026, 4, 1)).book(items_of(dt.date(2026, 4, 1)))
    places = [
        (level.title, category.title, document.title, [item.title for item in document.items])
        for level in book.levels
        for category in level.categories
        for document in category.documents
    ]
    assert places == [
        ("市级", "人才", "市级人才办法", ["安家费"]),
        ("园区级", "科技创新", "区级科技措施", ["研发补助"]),
    ]


def test_an_item_has_its_five_fields_clause_window_and_unit(library: Item):
    book = Author("zh-hans", DAY).book(items_of(DAY, "zone", "科技创新"))
    (entry,) = book.levels[0].categories[0].documents[0].items
    assert dict(entry.fields) == {
        "政策内容": "给予奖励",
        "适用对象": "高新技术企业",
        "适用时间": "全年",
        "申报条件": "通过认定",
        "申请材料": "认定证书",
    }
    facts = dict(entry.facts)
    assert (facts["条款"], facts["受理时间"]) == ("第三条", "常年受理")
    assert facts["责任单位"] == "示例经济发展局"


def test_what_a_model_drafted_is_marked_in_the_book_too(
    make_item: MakeItem, make_user: Callable[..., User]
):
    item = make_item()
    explain(item, drafted_by=DraftedBy.MODEL)
    draft = item.interpretations.get()
    person = Actor.of(make_user("reviewer"))
    review_interpretation(actor=person, interpretation=draft)
    publish_interpretation(actor=person, interpretation=draft, on=DAY)
    book = Author("en", DAY).book(items_of(DAY))
    (entry,) = book.levels[0].categories[0].documents[0].items
    assert entry.mark == "drafted by a language model, reviewed by a person"


def test_both_files_hold_the_words(library: Item):
    book = Author("zh-hans", DAY).book(items_of(DAY))
    file = docx.Document(io.BytesIO(word(book)))
    headings = [one.text for one in file.paragraphs if one.style.name.startswith("Heading")]
    assert headings[:4] == ["市级", "人才", "市级人才办法", "安家费"]
    assert "认定证书" in [cell.text for table in file.tables for cell in table._cells]
    made = pdf(book)
    assert made.startswith(b"%PDF")
    assert b"NotoSansCJK" in made  # the font travels with the file


def test_text_that_looks_like_a_program_is_text(make_item: MakeItem):
    make_item(title='#panic("no") $x$ [*a*] \\ @b <c>')
    assert pdf(Author("zh-hans", DAY).book(items_of(DAY))).startswith(b"%PDF")


def test_a_character_the_font_lacks_is_told(make_item: MakeItem):
    make_item(title="示例𠮷野家奖励")
    assert unprintable(Author("zh-hans", DAY).book(items_of(DAY))) == "𠮷"


def test_an_empty_compendium_is_refused(make_document: MakeDocument):
    make_document()
    with pytest.raises(Refused, match="no published item"):
        ask_for_compendium(actor=TESTS, on=DAY, language="zh-hans")


def test_a_compendium_is_made_once_and_tells_how_far_it_is(library: Item):
    asked = ask_for_compendium(actor=TESTS, on=DAY, language="en", level="zone")
    said: list[tuple[int, int]] = []

    def progress(done: int, total: int, text: Text) -> None:
        said.append((done, total))

    made = finish_compendium(actor=TESTS, compendium=asked, on_progress=progress)
    assert (made.status, made.items) == (WorkStatus.DONE, 2)
    assert said == [(0, 3), (1, 3), (2, 3), (3, 3)]
    again = finish_compendium(actor=TESTS, compendium=asked)
    assert again.pdf.name == made.pdf.name
    with made.pdf.open() as file:
        assert file.read(4) == b"%PDF"


def test_a_file_is_kept_under_its_content_not_its_name(make_document: MakeDocument):
    media = add_file(
        actor=TESTS,
        document=make_document(),
        kind=MediaKind.GRAPHIC,
        title="图解",
        file_name="../../etc/一图 读懂.html",
        data=png(),
    )
    assert (media.content_type, media.file_name) == ("image/png", "一图 读懂.png")
    assert Path(media.file.name or "").suffix == ".png"
    assert default_storage.exists(media.file.name or "")
    remove_media(actor=TESTS, media=media)
    assert Media.objects.get(pk=media.pk).removed
    with pytest.raises(Refused, match="already"):
        remove_media(actor=TESTS, media=media)


@pytest.mark.parametrize(
    ("kind", "data", "field"),
    [
        (MediaKind.PAPER, b"<svg/>", "file"),
        (MediaKind.GRAPHIC, PDF, "file"),
        (MediaKind.VIDEO, png(), "kind"),
    ],
)
def test_what_does_not_fit_its_kind_is_refused(
    make_document: MakeDocument, kind: MediaKind, data: bytes, field: str
):
    with pytest.raises(Refused) as refusal:
        add_file(
            actor=TESTS,
            document=make_document(),
            kind=kind,
            title="示例",
            file_name="x.pdf",
            data=data,
        )
    assert refusal.value.field == field
    assert not Media.objects.exists()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/v", "//example.org"])
def test_the_address_of_a_video_is_a_web_address(make_document: MakeDocument, url: str):
    with pytest.raises(Refused) as refusal:
        add_video(actor=TESTS, document=make_document(), title="示例", url=url)
    assert refusal.value.field == "url"
