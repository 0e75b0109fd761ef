"""What is inside a file, where its beginning is that of a kind that may come in."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.files.gate import FileRefusedError, check
from openzone.engines.files.inspecting import ACTIVE, BOMB, CUT_SHORT, HUGE, LOCKED, MACROS
from tests.files import EXCEL, JPEG, PDF, PNG, WORD, archive

TYPE = b"/Type/Catalog"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refusal(data: bytes) -> object:
    with pytest.raises(FileRefusedError) as refused:
        check("证明.pdf", data)
    return refused.value.reason


@pytest.mark.parametrize("data", [PNG, JPEG, PDF, WORD, EXCEL])
def test_a_whole_file_comes_in_and_half_of_it_does_not(data: bytes):
    assert check("证明", data).size == len(data)
    assert refusal(data[: len(data) * 2 // 3]) == CUT_SHORT


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        (b"/JavaScript (x)", ACTIVE),
        (b"/JS (app.alert)", ACTIVE),
        (b"/JS 12 0 R", ACTIVE),
        (b"/XFA [1 0 R]", ACTIVE),
        (b"/Launch", ACTIVE),
        (b"/EmbeddedFile", ACTIVE),
        (b"/RichMedia", ACTIVE),
        (b"/Encrypt 3 0 R", LOCKED),
    ],
)
def test_a_pdf_that_starts_something_or_is_locked_stays_out(inside: bytes, reason: object):
    assert refusal(PDF.replace(TYPE, TYPE + inside)) == reason


@pytest.mark.parametrize("noise", [b"\x9c/JS\x00\xf1", b"/JSON", b"\x01/XFA\xff", b"/Launcher"])
def test_the_noise_of_a_scan_is_no_script(noise: bytes):
    scan = PDF.replace(TYPE, TYPE + b" stream\n" + noise + b"\nendstream")
    assert check("扫描件.pdf", scan).kind == "pdf"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 nothing", CUT_SHORT),
        (archive("word/document.xml", "word/vbaProject.bin"), MACROS),
        (archive("xl/workbook.xml", "xl/VBAproject.BIN"), MACROS),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), LOCKED),
        (archive("word/document.xml", *(f"word/{n}.xml" for n in range(5_001))), BOMB),
    ],
)
def test_office_files_with_macros_a_password_or_far_too_much_stay_out(data: bytes, reason: object):
    assert refusal(data) == reason


def test_a_part_that_is_locked_locks_the_file():
    locked = bytearray(WORD)
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(locked)) == LOCKED


def test_a_picture_of_a_billion_points_stays_out():
    picture = bytearray(PNG)
    picture[16:24] = struct.pack(">II", 40_000, 40_000)
    assert refusal(bytes(picture)) == HUGE


@given(st.sampled_from([PNG, JPEG, PDF, WORD, EXCEL]), st.data())
def test_no_damage_breaks_the_gate(whole: bytes, data: st.DataObject):
    damaged = bytearray(whole)
    places = st.integers(0, len(whole) - 1)
    for place, byte in data.draw(st.dictionaries(places, st.integers(0, 255), max_size=6)).items():
        damaged[place] = byte
    with suppress(FileRefusedError):
        assert check("证明", bytes(damaged)).size == len(whole)


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"%PDF-", b"\xff\xd8\xff", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n"]),
)
def test_no_bytes_break_the_gate(data: bytes, beginning: bytes):
    with suppress(FileRefusedError):
        assert check("证明", beginning + data).size == len(beginning + data)
