"""What may come in as a page, and what is said of what may not."""

import io
import zipfile

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.jobs.worker import run_pending
from openzone.zone.readings.intake import checked
from openzone.zone.readings.jobs import read_one
from openzone.zone.readings.models import Page
from openzone.zone.readings.services.bringing import retry_page
from tests.zone.readings import newspaper

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00\x00\x00\x01" * 2 + b"\x08" * 5 + b"IEND"


def archive(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "文件是空的"),
        ("a.txt", b" \n ", "文件是空的"),
        ("a.exe", b"MZ\x90\x00", "不支持这种文件"),
        ("a.txt", b"\x00\x01\x02\xff\xfe\xfd", "不是文本|不支持"),
        ("a.pdf", b"%PDF-1.4\n1 0 obj", "不完整或已损坏"),
        ("a.pdf", b"%PDF-1.4\n/Encrypt 3 0 R\n%%EOF", "密码"),
        ("a.pdf", b"%PDF-1.4\n/JavaScript (app.alert)\n%%EOF", "脚本"),
        ("a.docx", archive("word/vbaProject.bin"), "宏|不是可接收"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "不完整或已损坏"),
    ],
)
def test_what_may_not_come_in_is_refused_in_both_languages(name, data, said):
    with pytest.raises(Refused, match=said) as caught:
        checked(name, data)
    assert caught.value.field == "file"
    assert caught.value.reason.en.isascii() or "“" in caught.value.reason.en


def test_a_large_file_is_refused_before_it_is_looked_at():
    with pytest.raises(Refused, match="超过20MB"):
        checked("a.txt", b"a" * (20 * 1024 * 1024 + 1))


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("../../a.txt", "示例".encode(), "txt"),
        ("a.md", "# 示例".encode("gb18030"), "txt"),
        ("a.html", b"<html><p>x</p></html>", "html"),
        ("a.png", PNG, "png"),
    ],
)
def test_a_page_comes_in_by_its_content_with_a_clean_name(name, data, kind):
    found = checked(name, data)
    assert found.kind == kind
    assert "/" not in found.name


@pytest.mark.django_db
def test_a_page_comes_in_once_and_not_from_the_future(actor: Actor):
    newspaper.brought(actor)
    with pytest.raises(Refused, match="这个文件已由"):
        newspaper.brought(actor)
    with pytest.raises(Refused, match="还没有到"):
        newspaper.brought(actor, "另一页", today=newspaper.TODAY.replace(month=1))


def read(page: Page, actor: Actor, times: int) -> Page:
    who = [actor.kind, actor.id, actor.label]
    enqueue_once(read_one, f"t{page.pk}-{times}", page=page.pk, actor=who)
    run_pending()
    return Page.objects.get(pk=page.pk)


@pytest.mark.django_db(transaction=True)
def test_a_page_is_read_in_the_background(actor: Actor):
    page = read(newspaper.brought(actor), actor, 1)
    assert (page.state, page.facts_found, page.date) == ("read", 6, "2026-07")


@pytest.mark.django_db(transaction=True)
def test_a_picture_without_a_reader_says_what_to_install(actor: Actor, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _program: None)
    page = newspaper.brought(actor, name="a.txt")
    page.file.storage.delete(page.file.name)
    page.file.storage.save(page.file.name, io.BytesIO(PNG))
    page = read(page, actor, 1)
    assert (page.state, "tesseract-ocr-chi-sim" in page.reason_zh) == ("failed", True)
    assert retry_page(actor=actor, page=page).state == "waiting"
