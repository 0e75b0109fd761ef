import pytest

from openzone.engines.files.gate import (
    MEDIA_TYPES,
    PICTURES,
    FileRefusedError,
    Kind,
    check,
    clean_name,
)
from tests.files import EXCEL, JPEG, PDF, PNG, WORD, archive


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, Kind.PDF),
        (PNG, Kind.PNG),
        (JPEG, Kind.JPEG),
        (WORD, Kind.WORD),
        (EXCEL, Kind.EXCEL),
    ],
)
def test_a_file_is_what_its_content_is_whatever_it_is_called(data, kind):
    found = check("证明.exe", data)
    assert found.kind is kind
    assert found.name == f"证明.{kind}"
    assert found.media_type == MEDIA_TYPES[kind]


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00 a program called report.pdf",
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + bytes(40),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),  # an old doc
        archive("readme.txt"),
        b" %PDF-1.7 behind a space",
    ],
)
def test_what_could_run_or_cannot_be_told_is_refused_by_its_content(data):
    with pytest.raises(FileRefusedError, match="可接收"):
        check("report.pdf", data)


def test_a_video_is_a_paper_nowhere_and_a_medium_where_it_is_allowed():
    video = b"\x00\x00\x00\x18ftypmp42"
    assert check("直播.mp4", video, allowed=frozenset({Kind.MP4})).kind is Kind.MP4
    with pytest.raises(FileRefusedError):
        check("直播.mp4", video)


def test_empty_and_too_large_files_are_refused_with_their_limit():
    with pytest.raises(FileRefusedError, match="是空的"):
        check("a.pdf", b"")
    with pytest.raises(FileRefusedError, match=r"has 1\.5 MB, more than 1\.0 MB"):
        check("a.pdf", PDF + b"0" * 1536 * 1024, largest=1024 * 1024)
    assert check("a.pdf", PDF, largest=len(PDF)).size == len(PDF)


def test_a_place_takes_only_the_kinds_it_allows():
    assert check("图解", PNG, allowed=PICTURES).name == "图解.png"
    with pytest.raises(FileRefusedError, match="可接收：jpg、png"):
        check("图解", PDF, allowed=PICTURES)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\张三\\审计报告.PDF", "审计报告.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie x.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("长" * 300 + ".pdf", "长" * 120 + ".pdf"),
    ],
)
def test_a_name_keeps_only_what_is_a_name(sent, kept):
    assert clean_name(sent, Kind.PDF) == kept


def test_the_name_on_the_disk_owes_nothing_to_the_sender():
    stored = check("../x.pdf", PDF).stored_name
    assert stored == check("y.pdf", PDF).stored_name
    assert "/" not in stored
