"""Sheets as rectangles of cells, with what values alone do not tell."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlwt

from openzone.engines.tables.csvfile import separator_of
from openzone.engines.tables.gate import check
from openzone.engines.tables.kinds import Limits
from openzone.engines.tables.marks import MarkKind, format_mark
from openzone.engines.tables.problems import Refused
from openzone.engines.tables.workbook import Sheet, letter, read_sheets
from tests.engines.tables.builders import csv_text, saved, xls, xlsx


def sheets(name: str, data: bytes, limits: Limits | None = None) -> list[Sheet]:
    return read_sheets(name, data, check(name, data, limits), limits)


def kinds(sheet: Sheet) -> dict[tuple[int, int], MarkKind]:
    return {place: mark.kind for place, mark in sheet.marks.items()}


def test_a_sheet_starts_at_a1_even_when_its_data_does_not() -> None:
    (sheet,) = sheets("a.xlsx", xlsx([], edit=lambda sheet: sheet.cell(3, 2, "x")))
    assert sheet.rows == [[None, None], [None, None], [None, "x"]]


def test_values_keep_their_types() -> None:
    row = ["文", 1.5, True, dt.date(2024, 1, 5), None]
    (sheet,) = sheets("a.xlsx", xlsx([row, ["尾"] * 5]))
    assert sheet.rows[0] == row


def test_merged_cells_repeat_their_value_and_say_so() -> None:
    (sheet,) = sheets("a.xlsx", xlsx([["组", None], [None, None], [1, 2]], merges=["A1:B2"]))
    assert sheet.rows[:2] == [["组", "组"], ["组", "组"]]
    assert sheet.sideways == {(0, 1), (1, 1)}
    assert sheet.tall == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_merged_cells_of_an_old_workbook() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("x")
    sheet.write_merge(0, 1, 0, 1, "组")
    sheet.write(2, 1, "尾")
    (found,) = sheets("a.xls", saved(book))
    assert found.rows[1] == ["组", "组"]


def test_hidden_sheets_are_flagged() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    hidden = book.create_sheet("暗")
    hidden["A1"], hidden.sheet_state = "y", "veryHidden"
    assert [each.hidden for each in sheets("a.xlsx", saved(book))] == [False, True]


def test_formulas_errors_and_formats_are_located() -> None:
    def edit(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["A1"] = "=1+1"
        sheet["B1"], sheet["B1"].number_format = 0.035, "0.00%"
        sheet["C1"] = "#N/A"
        sheet["C1"].data_type = "e"
        sheet["D1"], sheet["D1"].number_format = 32_000_000, '0!.0,"万"'
        sheet["E1"] = "=text"
        sheet["E1"].data_type = "s"
        sheet["F1"], sheet["F1"].number_format = 1, "0%"

    (sheet,) = sheets("a.xlsx", xlsx([], edit=edit))
    assert kinds(sheet) == {
        (0, 0): MarkKind.FORMULA,
        (0, 1): MarkKind.PERCENT,
        (0, 2): MarkKind.ERROR,
        (0, 3): MarkKind.SCALED,
        (0, 5): MarkKind.PERCENT,
    }
    assert sheet.marks[0, 2].text == "#N/A"


def test_every_cell_of_an_array_formula_is_a_formula() -> None:
    def edit(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["A1"] = openpyxl.worksheet.formula.ArrayFormula("A1:A3", "=B1:B3*2")
        for row in (2, 3, 4):
            sheet.cell(row, 1, row)

    (sheet,) = sheets("a.xlsx", xlsx([], edit=edit))
    assert set(kinds(sheet)) == {(0, 0), (1, 0), (2, 0)}


def test_formulas_errors_and_formats_of_an_old_workbook() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("数据")
    percent, scaled = xlwt.easyxf(num_format_str="0.0%"), xlwt.easyxf(num_format_str="0.0,")
    sheet.write(0, 0, xlwt.Formula("1+1"))
    sheet.write(0, 1, 0.035, percent)
    sheet.write(0, 2, 0.05, percent)
    sheet.write(0, 3, 32_000_000, scaled)
    sheet.write(1, 0, 7)
    sheet.row(1).set_cell_error(1, 0x2A)
    (found,) = sheets("a.xls", saved(book))
    assert kinds(found) == {
        (0, 0): MarkKind.FORMULA,
        (0, 1): MarkKind.PERCENT,
        (0, 2): MarkKind.PERCENT,
        (0, 3): MarkKind.SCALED,
        (1, 1): MarkKind.ERROR,
    }


def test_neighbouring_percents_of_an_old_workbook_share_one_record() -> None:
    places = frozenset({(0, 0), (0, 1), (0, 2)})
    (sheet,) = sheets("a.xls", xls([[1, 2, 3]], percent=places))
    assert set(kinds(sheet)) == places


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("0.00%", MarkKind.PERCENT),
        ("0%;[Red]-0%", MarkKind.PERCENT),
        ('0.0"%"', None),
        ("0\\%", None),
        ("#,##0.00", None),
        ("#,##0_);(#,##0)", None),
        ("General", None),
        ("#,##0,", MarkKind.SCALED),
        ("0.00,,", MarkKind.SCALED),
        ("0!.0,", MarkKind.SCALED),
        ('0!.0000"万"', MarkKind.SCALED),
        ("yyyy-mm-dd", None),
    ],
)
def test_number_formats(code: str, kind: MarkKind | None) -> None:
    mark = format_mark(code)
    assert (mark and mark.kind) == kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_csv_in_the_encodings_of_chinese_systems(encoding: str) -> None:
    text = csv_text([["企业名称", "备注"], ["示例囧公司", "，、"]])
    (sheet,) = sheets("企业.csv", text.encode(encoding))
    assert (sheet.name, sheet.rows) == ("企业", [["企业名称", "备注"], ["示例囧公司", "，、"]])


def test_bytes_of_no_known_encoding_are_refused() -> None:
    with pytest.raises(Refused) as caught:
        sheets("a.csv", b"name\r\n\xff\xff\xff\xff\r\n")
    assert caught.value.code == "encoding"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found(separator: str) -> None:
    rows = [["企业名称", "金额", "备注"], ["甲", "1", "x"], ["乙", "2", None]]
    (sheet,) = sheets("a.csv", csv_text(rows, separator).encode())
    assert sheet.rows == rows


def test_commas_inside_text_do_not_outvote_the_separator() -> None:
    assert separator_of("名称;说明\n甲;一,二,三\n乙;四\n") == ";"


def test_the_hint_of_excel_names_the_separator_and_is_no_row() -> None:
    (sheet,) = sheets("a.csv", b"sep=;\r\nname;id\r\nx;1\r\n")
    assert sheet.rows == [[], ["name", "id"], ["x", "1"]]


def test_csv_cells_in_quotes_may_hold_commas_and_lines() -> None:
    (sheet,) = sheets("a.csv", '名称,说明\r\n甲,"一,二\r\n三 ""四"""\r\n'.encode())
    assert sheet.rows[1] == ["甲", '一,二\r\n三 "四"']


def test_guarded_csv_text_is_text_and_other_formulas_are_formulas() -> None:
    (sheet,) = sheets("a.csv", b'id,x,y\r\n"=""007""",=1+1,=\r\n\t0012,a=b,-5\r\n')
    assert sheet.rows[1][0] == "007"
    assert sheet.rows[2][0] == "0012"
    assert kinds(sheet) == {(1, 1): MarkKind.FORMULA}


def test_a_csv_beyond_the_limit_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        sheets("a.csv", b"a,b\r\n" * 100, Limits(max_cells=100))
    assert caught.value.code == "too_many_cells"


def test_a_csv_whose_quote_never_closes_is_refused_by_line() -> None:
    text = 'name\r\n"' + "x" * 200_000
    with pytest.raises(Refused) as caught:
        sheets("a.csv", text.encode())
    assert caught.value.code == "csv_broken"


def parquet(columns: dict[str, object]) -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target)
    return target.getvalue()


def test_parquet_columns_become_rows_below_their_names() -> None:
    data = parquet({"name": ["甲", None], "n": [1, 2], "d": [dt.date(2024, 1, 5), None]})
    (sheet,) = sheets("企业.parquet", data)
    assert sheet.rows == [["name", "n", "d"], ["甲", 1, dt.date(2024, 1, 5)], [None, 2, None]]


def test_parquet_decimals_stay_decimals() -> None:
    (sheet,) = sheets("a.parquet", parquet({"x": [Decimal("1.10")]}))
    assert sheet.rows[1] == [Decimal("1.10")]


def test_parquet_columns_of_lists_are_no_text_and_no_number() -> None:
    (sheet,) = sheets("a.parquet", parquet({"x": [[1, 2]], "y": [{"a": 1}]}))
    assert sheet.rows[1] == [("[1, 2]",), ("{'a': 1}",)]


def test_a_parquet_beyond_the_limit_is_refused() -> None:
    data = parquet({"x": list(range(1000))})
    with pytest.raises(Refused) as caught:
        sheets("a.parquet", data, Limits(max_cells=500))
    assert caught.value.code == "too_many_cells"


def test_a_damaged_parquet_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        sheets("a.parquet", b"PAR1" + b"\x00" * 100 + b"PAR1")
    assert caught.value.code == "damaged"


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (16_383, "XFD")])
def test_column_letters(index: int, name: str) -> None:
    assert letter(index) == name
