"""The workbook that goes back to the person who sent it."""

import io
from typing import Any

import openpyxl
import pytest

from openzone.engines.tables import marking
from openzone.engines.tables.marking import mark_workbook
from openzone.engines.tables.problems import Fault, Problem, Refused, problem
from openzone.engines.tables.workbook import PROBLEM_LIST
from tests.engines.tables.builders import codes, csv_text, read, xls, xlsx

ROWS = [
    ["企业名称", "从业人员", "备注"],
    ["示例甲公司", "很多", "=1+1"],
    ["示例乙公司", "约30", None],
]
RED, YELLOW = "FFC7CE", "FFEB9C"


def marked(data: bytes, name: str = "表.xlsx", problems: list[Problem] | None = None) -> Any:
    found = list(read(data, name).problems) if problems is None else problems
    return openpyxl.load_workbook(io.BytesIO(mark_workbook(name, data, found)))


def colour(cell: Any) -> str | None:
    return cell.fill.fgColor.rgb[2:] if cell.fill.fill_type else None


def test_problem_cells_are_coloured_and_explained_in_both_languages() -> None:
    sheet = marked(xlsx(ROWS))["企业"]
    assert (colour(sheet["B2"]), colour(sheet["B3"]), colour(sheet["A2"])) == (RED, YELLOW, None)
    assert "“很多”不是数字" in sheet["B2"].comment.text
    assert "“很多” is not a number" in sheet["B2"].comment.text
    assert "约数" in sheet["B3"].comment.text


def test_a_problem_of_a_column_marks_its_header() -> None:
    sheet = marked(xlsx(ROWS))["企业"]
    assert colour(sheet["C1"]) == YELLOW
    assert "备注" in sheet["C1"].comment.text


def test_a_problem_of_a_row_marks_its_first_cell() -> None:
    rows = [["企业名称", "从业人员"], ["甲", 3], ["甲", 4]]
    sheet = marked(xlsx(rows))["企业"]
    assert (colour(sheet["A2"]), colour(sheet["A3"])) == (RED, RED)


def test_the_original_keeps_its_cells_formulas_and_formats() -> None:
    def edit(sheet: Any) -> None:
        sheet["A1"].font = openpyxl.styles.Font(bold=True)
        sheet.column_dimensions["A"].width = 33
        sheet.merge_cells("A5:C5")

    sheet = marked(xlsx(ROWS, edit=edit))["企业"]
    assert sheet["C2"].value == "=1+1"
    assert sheet["A1"].font.b
    assert sheet.column_dimensions["A"].width == 33
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A5:C5"]


def test_a_problem_inside_a_merge_marks_its_first_cell() -> None:
    rows = [["企业名称", "从业人员"], ["甲", 12], ["乙", None]]
    sheet = marked(xlsx(rows, merges=["B2:B3"]))["企业"]
    assert colour(sheet["B2"]) == RED


def test_every_problem_is_listed_with_its_place() -> None:
    sheet = marked(xlsx(ROWS))[PROBLEM_LIST]
    rows = list(sheet.values)
    assert rows[0] == marking.LIST_HEADERS
    assert len(rows) == 1 + 3
    by_code = {row[-1]: row for row in rows[1:]}
    assert by_code["number_unreadable"][:6] == ("企业", 2, "B", "从业人员", "很多", "错误 error")
    assert by_code["approximate"][5] == "提醒 warning"


def test_listed_values_are_never_formulas() -> None:
    evil = problem(
        Fault("choice_unknown", {"value": "=1+1", "choices": "x"}),
        sheet="企业", row=2, column="A", header="=2", value="=HYPERLINK(1)\x07",
    )  # fmt: skip
    sheet = marked(xlsx(ROWS), problems=[evil])[PROBLEM_LIST]
    assert [(sheet.cell(2, at).data_type, sheet.cell(2, at).value) for at in (4, 5)] == [
        ("s", "=2"),
        ("s", "=HYPERLINK(1)"),
    ]


def test_a_problem_of_the_whole_file_is_only_listed() -> None:
    found = problem(Fault("sheet_missing", {"value": "x", "sheets": "企业"}))
    book = marked(xlsx(ROWS), problems=[found])
    assert list(book[PROBLEM_LIST].values)[1][-1] == "sheet_missing"


def test_without_problems_the_list_is_empty() -> None:
    assert len(list(marked(xlsx(ROWS), problems=[])[PROBLEM_LIST].values)) == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表.xls", xls([[cell if cell != "=1+1" else "x" for cell in row] for row in ROWS])),
        ("表.csv", csv_text(ROWS).encode("gbk")),
    ],
)
def test_other_formats_come_back_as_a_marked_xlsx(name: str, data: bytes) -> None:
    book = marked(data, name)
    sheet = book.worksheets[0]
    assert sheet["A2"].value == "示例甲公司"
    assert (colour(sheet["B2"]), colour(sheet["B3"])) == (RED, YELLOW)
    assert "不是数字" in sheet["B2"].comment.text
    assert sheet["C2"].data_type == "s"
    assert len(list(book[PROBLEM_LIST].values)) == 4


def test_the_list_is_not_read_as_data_and_is_replaced_the_next_time() -> None:
    first = xlsx(ROWS)
    again = mark_workbook("表.xlsx", first, read(first).problems)
    reading = read(again)
    assert codes(reading) == codes(read(first))
    assert [each.code for each in reading.skipped] == ["sheet_problems"]
    book = marked(again, problems=[each for each in reading.problems if each.row != 3])
    assert book.sheetnames == ["企业", PROBLEM_LIST]
    assert (colour(book["企业"]["B2"]), colour(book["企业"]["B3"])) == (RED, None)
    assert book["企业"]["B3"].comment is None


def test_comments_stop_where_excel_would_choke_but_colours_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(marking, "MOST_COMMENTS", 2)
    rows = [["企业名称", "从业人员"], *[[f"示例{number}公司", "x"] for number in range(5)]]
    sheet = marked(xlsx(rows))["企业"]
    assert sum(sheet.cell(row, 2).comment is not None for row in range(2, 7)) == 2
    assert {colour(sheet.cell(row, 2)) for row in range(2, 7)} == {RED}


def test_a_workbook_openpyxl_cannot_open_comes_back_as_a_copy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def give_up(*args: object) -> None:
        raise KeyError("styles")

    monkeypatch.setattr(openpyxl, "load_workbook", give_up)
    data = mark_workbook("表.xlsx", xlsx(ROWS), read(xlsx(ROWS)).problems)
    monkeypatch.undo()
    sheet = openpyxl.load_workbook(io.BytesIO(data))["企业"]
    assert colour(sheet["B2"]) == RED


def test_a_refused_file_is_not_marked() -> None:
    with pytest.raises(Refused):
        mark_workbook("表.xlsx", b"%PDF-1.7", [])
