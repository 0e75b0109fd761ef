"""What may stand beside a policy, told by content and never by name."""

import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.reading.attachments import (
    ACTIVE,
    BOMB,
    CUT_SHORT,
    EMPTY,
    HUGE,
    LOCKED,
    MACROS,
    NOT_WORD,
    UNKNOWN,
    NotAccepted,
    Paper,
    check,
)
from tests.files import png

LIMIT = 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 40 + b"\xff\xd9"


def docx(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "paper"),
    [
        (png(), Paper.PNG),
        (JPEG, Paper.JPEG),
        (PDF, Paper.PDF),
        (docx("word/document.xml"), Paper.DOCX),
    ],
)
def test_four_kinds_come_in(data: bytes, paper: Paper):
    found = check(data, max_bytes=LIMIT)
    assert (found.paper, found.size) == (paper, len(data))
    assert paper.is_image == paper.content_type.startswith("image/")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", EMPTY),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", UNKNOWN),
        (b"<html><script>alert(1)</script>", UNKNOWN),
        (b"GIF89a" + b"\x00" * 40, UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, UNKNOWN),  # an old doc
        (b"MZ\x90\x00", UNKNOWN),
        (png()[:-12], CUT_SHORT),
        (JPEG[:-2], CUT_SHORT),
        (PDF[:-6], CUT_SHORT),
        (PDF.replace(b"/Type", b"/JavaScript (x) /Type"), ACTIVE),
        (PDF.replace(b"/Type", b"/Launch /Type"), ACTIVE),
        (PDF.replace(b"/Type", b"/Encrypt 3 0 R /Type"), LOCKED),
        (docx("xl/workbook.xml"), NOT_WORD),
        (docx("word/document.xml", "word/vbaProject.bin"), MACROS),
        (b"PK\x03\x04 nothing", CUT_SHORT),
        (docx("word/document.xml", *(f"word/{n}.xml" for n in range(2_001))), BOMB),
    ],
)
def test_the_others_stay_out_and_are_told_why(data: bytes, reason: object):
    with pytest.raises(NotAccepted) as refused:
        check(data, max_bytes=LIMIT)
    assert refused.value.reason == reason


def test_a_picture_of_a_billion_points_stays_out():
    picture = bytearray(png())
    picture[16:24] = struct.pack(">II", 40_000, 40_000)
    with pytest.raises(NotAccepted) as refused:
        check(bytes(picture), max_bytes=LIMIT)
    assert refused.value.reason == HUGE


def test_the_size_is_looked_at_first():
    with pytest.raises(NotAccepted, match="more than"):
        check(PDF, max_bytes=len(PDF) - 1)
    assert check(PDF, max_bytes=len(PDF)).size == len(PDF)


@given(
    st.binary(max_size=200), st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n"])
)
def test_no_bytes_break_the_gate(data: bytes, beginning: bytes):
    with suppress(NotAccepted):
        assert check(beginning + data, max_bytes=LIMIT).size == len(beginning + data)
