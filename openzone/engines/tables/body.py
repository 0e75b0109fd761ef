"""Which rows below the header are data; every other row is named and left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openzone.engines.tables.headers import normalise
from openzone.engines.tables.layout import Header, is_column_numbers, is_serial
from openzone.engines.tables.refusals import SKIPS
from openzone.engines.tables.units import plain
from openzone.engines.tables.workbook import Cell, Sheet
from openzone.engines.text import Text

MOST_OF = 0.8  # of a row's cells repeat the header: a page break, not data

_TOTAL_WORDS = (
    r"(?:本页|本表|全区|全部|全市|全县|各项)?(?:合计|总计|小计|共计|累计|汇总|总和|平均值?|均值"
    r"|total|subtotal|grandtotal|sum)(?:[:(].*)?"
)
_NOTE_WORDS = (
    r"[*※]?(?:注|备注|说明|附注|附|填[表报]说明|指标解释|填[表报](?:人|单位|日期|时间)|制表人?|审核人?|复核人?"
    r"|(?:单位|统计|部门)?负责人|经办人|联系(?:人|电话|方式)|(?:报[出送]|制表|打印|导出)(?:日期|时间)"
    r"|(?:数据|资料)来源|单位\(?(?:盖章|公章)\)?)(?:\d{0,2}[:、.(].*|)"
)
LEFT_OUT = f"{_TOTAL_WORDS}|{_NOTE_WORDS}"  # leads of rows that are no data; plain form
_TOTAL = re.compile(_TOTAL_WORDS)
_NOTE = re.compile(_NOTE_WORDS)
_SECTION = re.compile(
    r"(?:\(?[一二三四五六七八九十]{1,3}[、).]|第[一二三四五六七八九十]{1,3}[类批组部]).*"
)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row or a whole sheet left out on purpose, with the reason."""

    sheet: str
    row: int | None
    code: str
    reason: Text


def skipped(sheet: str, row: int | None, code: str) -> Skipped:
    """A row left out, by its code in `SKIPS`; rows count from 1."""
    return Skipped(sheet, row, code, SKIPS[code])


def data_rows(sheet: Sheet, header: Header) -> Iterator[tuple[int, str | None]]:
    """Every row below the header that is not blank: its index, and why it is left out if it is."""
    judge = _Judge(sheet, header)
    for index in range(header.bottom + 1, len(sheet.rows)):
        code = judge.judge(index)
        if code != "blank":
            yield index, code


class _Judge:
    """Judges rows from the top down; some verdicts depend on the row before."""

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self.sheet = sheet
        self.serial = {each.index for each in header.columns if is_serial(each.parts)}
        self.titles = {normalise(line) for line in header.titles}
        self.headers = [
            [normalise(str(cell)) if cell is not None else "" for cell in row]
            for row in sheet.rows[header.top : header.bottom + 1]
        ]
        self.after_header = True
        self.after_note = False

    def judge(self, index: int) -> str | None:
        row = self.sheet.rows[index]
        code = self._judge(index, row)
        self.after_header = code == "header_repeat"
        self.after_note = code == "note" or (self.after_note and code == "blank")
        return code

    def _judge(self, index: int, row: Sequence[Cell]) -> str | None:
        cells = self._cells(index, row)
        if not cells:
            return "blank"
        lead = _lead(cells)
        if lead and (_TOTAL.fullmatch(lead) or _NOTE.fullmatch(lead)):
            return "total" if _TOTAL.fullmatch(lead) else "note"
        if len(cells) == 1:
            return self._lonely(index, cells[0][0], lead)
        if self.after_header and is_column_numbers(row):
            return "column_numbers"
        return "header_repeat" if self._repeats_header(cells) else None

    def _cells(self, index: int, row: Sequence[Cell]) -> list[tuple[int, Cell]]:
        """Cells with content of their own; a serial number alone does not make a row."""
        sideways = self.sheet.sideways
        cells: list[tuple[int, Cell]] = [
            (at, cell)
            for at, cell in enumerate(row)
            if cell is not None and not (isinstance(cell, str) and not cell.strip())
        ]
        if sideways:
            cells = [(at, cell) for at, cell in cells if (index, at) not in sideways]
        if all(at in self.serial and _is_number(cell) for at, cell in cells):
            return []
        return cells

    def _lonely(self, index: int, at: int, lead: str) -> str | None:
        """A row of one cell: a heading, a title again, or more of a note, rather than data."""
        if lead in self.titles:
            return "title_repeat"
        if self.after_note:
            return "note"
        spread = (index, at + 1) in self.sheet.sideways and (index, at + 2) in self.sheet.sideways
        return "section" if lead and (spread or _SECTION.fullmatch(lead)) else None

    def _repeats_header(self, cells: list[tuple[int, Cell]]) -> bool:
        at, first = cells[0]
        words = normalise(str(first)) if isinstance(first, str) else ""
        if not any(at < len(line) and line[at] == words for line in self.headers):
            return False
        return any(self._share(cells, line) >= MOST_OF for line in self.headers)

    @staticmethod
    def _share(cells: list[tuple[int, Cell]], line: list[str]) -> float:
        same = sum(at < len(line) and normalise(str(cell)) == line[at] for at, cell in cells)
        return same / len(cells)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip().isdigit())


def _lead(cells: list[tuple[int, Cell]]) -> str:
    """The first words of a row, in plain form."""
    for _, cell in cells[:3]:
        if isinstance(cell, str) and not cell.strip().isdigit():
            return plain(cell)
    return ""
