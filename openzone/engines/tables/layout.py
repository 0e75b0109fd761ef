"""Where the table is: its header rows, the unit above it, the rows that are data."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from openzone.engines.tables.columns import Match, Vocabulary
from openzone.engines.tables.headers import normalise, parse_header, unit_of
from openzone.engines.tables.units import Unit, parse_unit, plain
from openzone.engines.tables.workbook import Cell, Sheet

SEARCHED_ROWS = 40
DEEPEST_HEADER = 3
WIDEST_HEADER = 1024
LONGEST_HEADER = 200

_SERIAL = frozenset({"序号", "序", "行号", "行次", "no", "no.", "#", "№", "seq", "index"})
_UNIT_LINE = re.compile(r"(?:计量|金额|货币|数据)?单位[:：]?\s*([^()（）:：]{1,30})")
_TITLE_YEAR = re.compile(
    r"(?<![\d\-~—至])((?:19|20)\d{2})(?:会计)?年度?(?![-~至—、.]|第?[一二三四1-4]?季|[上下]半|\d{1,2}[-~至—月])"
)
_COLUMN_NUMBERS = re.compile(r"\(?(?:\d{1,3}|[甲乙丙丁戊己庚辛壬癸a-z])\)?(?:[=+*/-].*)?")

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the header: its index, its texts from the top down, what it matched."""

    index: int
    parts: tuple[str, ...]
    match: Match


@dataclass(frozen=True)
class Header:
    """The header of a table: its rows (`top` to `bottom`, from 0) and what stands above it.

    `units` are the kinds of the unit line above, `unit_line` its text when it names several
    units of one kind and so cannot be applied; `titles` are the lines above the header.
    """

    top: int
    bottom: int
    columns: tuple[Column, ...]
    units: dict[str, Unit] = field(default_factory=dict)
    unit_line: str = ""
    titles: tuple[str, ...] = ()
    year: int | None = None

    @property
    def matched(self) -> int:
        """How many different fields were found."""
        return len({each.match.field.name for each in self.columns if each.match.field})

    @property
    def width(self) -> int:
        """Index of the last column with a header, plus one."""
        return max((each.index for each in self.columns), default=-1) + 1


def find_header(sheet: Sheet, vocabulary: Vocabulary, as_of: dt.date) -> Header | None:
    """Find the rows that name the most columns; None where no row names any.

    Blocks of up to three rows are tried from each of the first 40 rows. More fields win, then
    more units and years, then fewer unknown columns, then fewer rows.
    """
    best: tuple[tuple[int, ...], Header] | None = None
    for top in range(min(SEARCHED_ROWS, len(sheet.rows))):
        if _is_unit_line(sheet.rows[top]):
            continue
        for bottom in range(top, min(top + DEEPEST_HEADER, len(sheet.rows))):
            if bottom > top and not _may_continue(sheet, bottom):
                break
            header = _header(sheet, top, bottom, vocabulary, as_of)
            score = _score(header, sheet)
            if header.matched and (best is None or score > best[0]):
                best = score, header
    return best[1] if best else None


def header_at(sheet: Sheet, row: int, vocabulary: Vocabulary, as_of: dt.date) -> Header:
    """Take a row as the header whatever it says, for columns assigned by hand."""
    return _header(sheet, row, row, vocabulary, as_of)


def is_serial(parts: tuple[str, ...]) -> bool:
    """Whether a header is that of a serial-number column."""
    return any(normalise(part) in _SERIAL for part in parts)


def is_column_numbers(cells: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: 甲, 乙, 1, 2, 3 (栏次)."""
    words = [plain(_text(cell)) for cell in cells if cell is not None]
    if len(words) < 3 or not all(_COLUMN_NUMBERS.fullmatch(word) for word in words):
        return False
    numbers = [int(word) for word in words if word.isdigit()]
    return len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _header(sheet: Sheet, top: int, bottom: int, vocabulary: Vocabulary, as_of: dt.date) -> Header:
    titles = tuple(_lines(sheet, top))
    units, conflict = _units_above(titles)
    year = _title_year(titles)
    columns = []
    for index, parts in _columns(sheet, top, bottom):
        serial = is_serial(parts) and vocabulary.match(parts, as_of).field is None
        match = Match() if serial else vocabulary.match(parts, as_of, year)
        columns.append(Column(index, parts, match))
    return Header(top, bottom, tuple(columns), units, conflict, titles, year)


def _columns(sheet: Sheet, top: int, bottom: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The header texts of each column; a cell merged downwards is said once."""
    block = sheet.rows[top : bottom + 1]
    for index in range(min(WIDEST_HEADER, max(len(row) for row in block))):
        parts: list[str] = []
        for row in block:
            text = _text(row[index]) if index < len(row) else ""
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        if parts:
            yield index, tuple(parts)


def _score(header: Header, sheet: Sheet) -> tuple[int, ...]:
    informed = sum(_is_informed(column) for column in header.columns if column.match.field)
    unknown = sum(1 for column in header.columns if column.match.field is None)
    known_years = sum(
        1 for each in header.columns
        if each.match.fault and each.match.fault.code in ("year_missing", "year_unknown")
    )  # fmt: skip
    return header.matched, known_years, informed, -unknown, header.top - header.bottom


def _is_informed(column: Column) -> bool:
    measured = column.match.field is not None and column.match.field.is_measured
    return (measured and bool(column.match.unit)) or any(
        parse_header(part).has_year for part in column.parts
    )


def _may_continue(sheet: Sheet, row: int) -> bool:
    """Whether a row can be a lower line of a header: words, units, years, but no figures."""
    cells = [
        cell
        for index, cell in enumerate(sheet.rows[row])
        if cell is not None and (row, index) not in sheet.tall
    ]
    return bool(cells) and not _is_unit_line(cells) and all(_is_header_word(cell) for cell in cells)


def _is_unit_line(cells: Sequence[Cell]) -> bool:
    """Whether a row says the unit of the whole table, which is never the header of a column."""
    texts = (normalise(cell).lstrip("(") for cell in cells if isinstance(cell, str))
    return any(_UNIT_LINE.match(text) and _units_in(text) for text in texts)


def _is_header_word(cell: Cell) -> bool:
    if isinstance(cell, str):
        word = plain(cell)
        return not word.replace(",", "").replace(".", "").isdigit() or _is_year(word)
    return isinstance(cell, int | float) and _is_year(_text(cell))


def _is_year(word: str) -> bool:
    return word.isdigit() and len(word) == 4 and word[:2] in ("19", "20")


def _lines(sheet: Sheet, top: int) -> Iterator[str]:
    """Every different text above a row."""
    seen = set()
    for row in sheet.rows[:top]:
        for cell in row:
            text = _text(cell)
            if isinstance(cell, str) and text not in seen:
                seen.add(text)
                yield text


def _units_above(titles: Sequence[str]) -> tuple[dict[str, Unit], str]:
    """Units named above the table by kind, and the line that contradicts itself, if any."""
    units: dict[str, Unit] = {}
    for line in titles:
        for unit in _units_in(line):
            if units.setdefault(unit.kind, unit).factor != unit.factor:
                return {}, line
    return units, ""


def _units_in(line: str) -> list[Unit]:
    if (alone := unit_of(line)) is not None:
        return [alone]
    found = []
    for match in _UNIT_LINE.finditer(line):
        words = re.split(r"[、,，;；/\s]+", match[1])
        units = (parse_unit(word.removeprefix("人民币") or word) for word in words)
        found += [unit for unit in units if unit]
    return found


def _title_year(titles: Sequence[str]) -> int | None:
    years = {int(match[1]) for line in titles for match in _TITLE_YEAR.finditer(line)}
    return years.pop() if len(years) == 1 else None


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell)[:LONGEST_HEADER].split())
