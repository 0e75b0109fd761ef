"""What may come in: decided by size and content, before anything parses the file."""

import io
import os
import struct
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlwt

from openzone.engines.tables.gate import FileKind, Limits, check
from openzone.engines.tables.kinds import MEGABYTE
from openzone.engines.tables.problems import Refused
from openzone.engines.tables.refusals import REFUSALS
from openzone.engines.tables.workbook import read_sheets
from tests.engines.tables.builders import csv_text, parts_of, saved, xls, xlsx, zipped

ROWS = [["企业名称", "从业人员"], ["示例甲公司", 12]]


def refused(name: str, data: bytes | Path, limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as caught:
        check(name, data, limits)
    assert caught.value.text.zh != caught.value.text.en
    return caught.value.code


def parquet(rows: int = 3) -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table({"name": [f"示例{number}" for number in range(rows)]}), target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("企业.xlsx", xlsx(ROWS), FileKind.XLSX),
        ("企业.xls", xls(ROWS), FileKind.XLS),
        ("企业.csv", csv_text(ROWS).encode(), FileKind.CSV),
        ("企业.txt", csv_text(ROWS, "\t").encode("gb18030"), FileKind.CSV),
        ("企业.csv", csv_text(ROWS).encode("utf-16"), FileKind.CSV),
        ("企业.parquet", parquet(), FileKind.PARQUET),
    ],
)
def test_tables_come_in(name: str, data: bytes, kind: FileKind) -> None:
    assert check(name, data) is kind


def test_content_decides_not_the_name() -> None:
    assert check("企业.csv", xlsx(ROWS)) is FileKind.XLSX
    assert check("企业.xlsx", xls(ROWS)) is FileKind.XLS


def test_tab_separated_text_called_xls_is_read_as_text() -> None:
    assert check("导出.xls", csv_text(ROWS, "\t").encode("gb18030")) is FileKind.CSV


def test_a_path_is_checked_like_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "企业.xlsx"
    path.write_bytes(xlsx(ROWS))
    assert check(path.name, path) is FileKind.XLSX


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\r\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refused("企业.csv", data) == "empty"


def test_200_mb_are_refused_by_size_without_reading(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "大.xlsx"
    path.touch()
    os.truncate(path, 200 * MEGABYTE)

    def opened(*args: object, **kwargs: object) -> None:
        raise AssertionError("the file was opened")

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(Refused, match=r"200\.0 MB") as caught:
        check(path.name, path, Limits(max_bytes=50 * MEGABYTE))
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("企业.xlsx", b"%PDF-1.7 ...", "PDF"),
        ("企业.xlsx", b"\x89PNG\r\n\x1a\n....", "图片"),
        ("企业.xlsx", b"\xff\xd8\xff\xe0....", "图片"),
        ("企业.xls", b"Rar!\x1a\x07\x00", "压缩包"),
        ("企业.csv", b"MZ\x90\x00\x03\x00", "程序"),
        ("企业.csv", b'{"name": "x"}', "JSON"),
        ("企业.csv", b'<?xml version="1.0"?><a/>', "XML"),
        ("企业.csv", b"{\\rtf1\\ansi", "RTF"),
        ("企业.csv", bytes(range(256)), "无法识别"),
        ("企业.xlsx", "只是文字".encode(), "文本"),
        ("企业.xlsx", zipped({"word/document.xml": b"<w/>"}), "Word"),
        ("企业.xlsx", zipped({"ppt/presentation.xml": b"<p/>"}), "PowerPoint"),
        ("企业.xlsx", zipped({"content.xml": b"<o/>", "mimetype": b"x"}), "OpenDocument"),
        ("企业.xlsx", zipped({"readme.txt": b"x"}), "压缩包"),
    ],
)
def test_something_else_is_refused_by_what_it_is(name: str, data: bytes, found: str) -> None:
    with pytest.raises(Refused, match=found) as caught:
        check(name, data)
    assert caught.value.code == "wrong_type"


@pytest.mark.parametrize(
    "page",
    [
        b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr></tr></table>",
        b"\xef\xbb\xbf\r\n<!DOCTYPE html><table>",
        "<table><tr><td>企业</td></tr></table>".encode("utf-16"),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related",
    ],
)
def test_a_web_page_saved_as_xls_is_told_how_to_become_a_workbook(page: bytes) -> None:
    with pytest.raises(Refused, match="另存为") as caught:
        check("导出.xls", page)
    assert caught.value.code == "html_table"


def test_spreadsheet_xml_2003_is_named() -> None:
    page = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
    assert refused("导出.xls", page) == "xml_spreadsheet"


@pytest.mark.parametrize("head", [b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"])
def test_excel_before_version_5_is_named(head: bytes) -> None:
    assert refused("旧.xls", head + b"\x00\x00\x10\x00" * 20) == "old_excel"


def test_a_binary_workbook_is_named() -> None:
    assert refused("企业.xlsb", zipped({"xl/workbook.bin": b"\x83\x01"})) == "binary_workbook"


def test_a_workbook_cut_short_is_refused() -> None:
    data = xlsx(ROWS)
    assert refused("企业.xlsx", data[: len(data) // 2]) == "truncated"


def test_an_old_workbook_cut_short_is_refused() -> None:
    data = xls([*ROWS, *[[f"示例{number}公司", number] for number in range(2000)]])
    assert refused("企业.xls", data[:600]) == "truncated"


def test_a_parquet_cut_short_is_refused() -> None:
    assert refused("企业.parquet", parquet()[:-4]) == "truncated"


def test_macros_are_refused() -> None:
    parts = parts_of(xlsx(ROWS))
    assert refused("企业.xlsm", zipped({**parts, "xl/vbaProject.bin": b"\xd0\xcf"})) == "macros"


def test_a_macro_enabled_workbook_is_refused_even_without_a_project() -> None:
    parts = parts_of(xlsx(ROWS))
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"spreadsheetml.sheet.main+xml", b"x.sheet.macroEnabled.main+xml"
    )
    assert refused("企业.xlsx", zipped(parts)) == "macros"


def compound(*names: str) -> bytes:
    """A compound file whose directory has these empty streams."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("D0CF11E0A1B11AE1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", header, 44, 1, 1, 0)
    struct.pack_into("<IIIII", header, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entries = b""
    for position, name in enumerate(("Root Entry", *names)):
        text = name.encode("utf-16-le")
        entry = bytearray(128)
        entry[: len(text)] = text
        struct.pack_into("<HB", entry, 64, len(text) + 2, 5 if position == 0 else 2)
        struct.pack_into("<II", entry, 116, 0xFFFFFFFE, 0)
        entries += bytes(entry)
    return bytes(header) + table + entries.ljust(512, b"\x00")


@pytest.mark.parametrize(
    ("streams", "code"),
    [
        (("EncryptionInfo", "EncryptedPackage"), "encrypted"),
        (("Workbook", "_VBA_PROJECT_CUR"), "macros"),
        (("WordDocument",), "wrong_type"),
        (("PowerPoint Document",), "wrong_type"),
        (("Something",), "damaged"),
    ],
)
def test_compound_files_are_known_by_their_streams(streams: tuple[str, ...], code: str) -> None:
    assert refused("企业.xls", compound(*streams)) == code


def test_an_xls_with_a_password_is_refused() -> None:
    data = xls(ROWS)
    # 0x0042 CODEPAGE becomes 0x002F FILEPASS: the record that says the rest is encrypted.
    at = data.index(struct.pack("<HH", 0x0042, 2))
    assert refused("企业.xls", data[:at] + b"\x2f" + data[at + 1 :]) == "encrypted"


def test_an_encrypted_zip_is_refused() -> None:
    data = bytearray(xlsx(ROWS))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refused("企业.xlsx", bytes(data)) == "encrypted"


def test_a_zip_bomb_is_refused_by_its_declared_size() -> None:
    parts = parts_of(xlsx(ROWS))
    bomb = zipped({**parts, "xl/worksheets/sheet9.xml": b"0" * (40 * MEGABYTE)})
    assert len(bomb) < MEGABYTE
    assert refused("企业.xlsx", bomb, Limits(max_unpacked=30 * MEGABYTE)) == "bomb"


def test_a_zip_bomb_is_refused_by_its_ratio() -> None:
    parts = parts_of(xlsx(ROWS))
    bomb = zipped({**parts, "xl/worksheets/sheet9.xml": b"0" * (40 * MEGABYTE)})
    assert refused("企业.xlsx", bomb) == "bomb"


def test_a_zip_that_lies_about_its_size_is_still_refused() -> None:
    parts = parts_of(xlsx(ROWS))
    bomb = bytearray(zipped({**parts, "xl/big.xml": b"0" * (40 * MEGABYTE)}))
    true, small = struct.pack("<I", 40 * MEGABYTE), struct.pack("<I", 1000)
    while (at := bomb.find(true)) >= 0:
        bomb[at : at + 4] = small
    with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as package:
        assert package.getinfo("xl/big.xml").file_size == 1000
    assert refused("企业.xlsx", bytes(bomb)) == "bomb"


def test_too_many_parts_are_refused() -> None:
    parts = parts_of(xlsx(ROWS)) | {f"xl/media/{number}.txt": b"" for number in range(50)}
    assert refused("企业.xlsx", zipped(parts), Limits(max_parts=40)) == "too_many_parts"


def test_an_archive_inside_is_refused_but_a_pasted_document_is_not() -> None:
    parts = parts_of(xlsx(ROWS))
    inner = zipped({"a.txt": b"x"})
    assert refused("企业.xlsx", zipped({**parts, "xl/worksheets/x.xml": inner})) == "nested_archive"
    pasted = zipped({**parts, "xl/embeddings/附件.docx": inner})
    assert check("企业.xlsx", pasted) is FileKind.XLSX


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bombs_are_refused_in_any_encoding(encoding: str) -> None:
    parts = parts_of(xlsx(ROWS))
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'
    parts["xl/sharedStrings.xml"] = text.encode(encoding)
    assert refused("企业.xlsx", zipped(parts)) == "document_type"


def test_two_parts_of_one_name_are_refused() -> None:
    target = io.BytesIO(xlsx(ROWS))
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("XL/workbook.xml", b"<other/>")
    assert refused("企业.xlsx", target.getvalue()) == "damaged"


def test_a_stray_value_in_the_last_cell_is_refused_by_place_not_by_memory() -> None:
    data = xlsx(ROWS, edit=lambda sheet: sheet.cell(1_048_576, 16_384, "x"))
    kind = check("企业.xlsx", data)
    with pytest.raises(Refused, match="XFD1048576") as caught:
        read_sheets("企业.xlsx", data, kind)
    assert caught.value.code == "too_many_cells"


def test_a_stray_value_in_an_old_workbook_is_refused_too() -> None:
    book = xlwt.Workbook()
    book.add_sheet("x").write(65_535, 255, "x")
    data = saved(book)
    with pytest.raises(Refused, match="IV65536"):
        read_sheets("企业.xls", data, check("企业.xls", data))


def test_blank_formatted_cells_far_below_do_no_harm() -> None:
    def far_below(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.cell(1_048_576, 16_000).number_format = "0.00"

    data = xlsx(ROWS, edit=far_below)
    (sheet,) = read_sheets("企业.xlsx", data, check("企业.xlsx", data))
    assert len(sheet.rows) == 2


def test_a_huge_text_repeated_in_every_cell_is_refused() -> None:
    data = xlsx([["长" * 30_000] * 50 for _ in range(10)])
    with pytest.raises(Refused) as caught:
        read_sheets("企业.xlsx", data, check("企业.xlsx", data), Limits(max_text=10 * MEGABYTE))
    assert caught.value.code == "bomb"


def test_one_long_text_among_many_short_ones_is_no_bomb() -> None:
    data = xlsx([["长" * 30_000, *["短"] * 50] for _ in range(100)])
    sheets = read_sheets(
        "企业.xlsx", data, check("企业.xlsx", data), Limits(max_text=20 * MEGABYTE)
    )
    assert sheets[0].rows[99][50] == "短"


def outcome(name: str, data: bytes) -> str:
    """What becomes of a file: its kind, or the code of the refusal."""
    try:
        kind = check(name, data)
        read_sheets(name, data, kind)
    except Refused as refusal:
        return refusal.code
    return str(kind)


def spoilt(data: bytes, start: int) -> bytes:
    """The same file with forty bytes turned over."""
    middle = bytes(byte ^ 0x55 for byte in data[start : start + 40])
    return data[:start] + middle + data[start + 40 :]


@pytest.mark.parametrize("start", range(0, 4600, 97))
def test_damage_anywhere_is_refused_and_never_a_traceback(start: int) -> None:
    assert outcome("企业.xlsx", spoilt(xlsx(ROWS), start)) in REFUSALS.keys() | {"xlsx"}


@pytest.mark.parametrize("start", range(0, 5600, 131))
def test_damage_in_an_old_workbook_is_refused_and_never_a_traceback(start: int) -> None:
    assert outcome("企业.xls", spoilt(xls(ROWS), start)) in REFUSALS.keys() | {"xls"}


def test_a_false_size_in_an_old_workbook_is_refused_before_memory_is_taken() -> None:
    data = bytearray(xls(ROWS))
    at = data.index(struct.pack("<HH", 0x0200, 14)) + 4
    struct.pack_into("<II", data, at, 0, 0xFFFFFF00)
    assert outcome("企业.xls", bytes(data)) == "damaged"
