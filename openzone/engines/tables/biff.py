"""A look over the records of an xls: formulas, errors, formats and the last cell of every sheet.

[MS-XLS] 2.4: a stream of records, each a type and a length; sheets are substreams of it.
"""

import struct
from collections.abc import Iterator, Mapping

from openzone.engines.tables.compound import CompoundFile
from openzone.engines.tables.marks import FORMULA, CellMark, MarkKind, SheetScan
from openzone.engines.tables.ooxml import marks_of_formats
from openzone.engines.tables.problems import refusal

WORKBOOK_STREAMS = ("workbook", "book")

_BEGIN, _END = 0x0809, 0x000A
_SHEET, _PASSWORD, _FORMAT, _XF = 0x0085, 0x002F, 0x041E, 0x00E0
_FORMULA, _BOOL_OR_ERROR = 0x0006, 0x0205
_ONE_CELL = frozenset({_FORMULA, _BOOL_OR_ERROR, 0x0203, 0x0204, 0x027E, 0x00FD, 0x00D6})
_MANY_CELLS = 0x00BD
_DIMENSIONS, _STRINGS = 0x0200, 0x00FC
_LAST_ROW, _LAST_COLUMN = 65_536, 256
_BIFF8 = 0x0600
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_PERCENT_FORMATS = ("9", "10")

Record = tuple[int, int, int]


def stream_of(data: bytes) -> bytes:
    """The workbook stream of an xls; refuses one that is encrypted, with macros, or no workbook."""
    file = CompoundFile(data)
    if "encryptedpackage" in file.entries:
        raise refusal("encrypted")
    if "_vba_project_cur" in file.entries:
        raise refusal("macros")
    name = next((each for each in WORKBOOK_STREAMS if each in file.entries), None)
    if name is None:
        raise refusal("damaged")
    stream = file.stream(name)
    if any(code == _PASSWORD for code, _, _ in _globals(stream)):
        raise refusal("encrypted")
    return stream


def scan(data: bytes) -> dict[str, SheetScan]:
    """Look over every sheet of an xls, by sheet name."""
    stream = stream_of(data)
    try:
        return _scan(stream)
    except (struct.error, IndexError) as broken:
        raise refusal("truncated") from broken


def _scan(stream: bytes) -> dict[str, SheetScan]:
    starts: dict[str, int] = {}
    used: list[str] = []
    codes: dict[str, str] = {}
    wide = _is_biff8(stream)
    for code, start, length in _globals(stream):
        body = stream[start : start + length]
        if code == _STRINGS and length >= 8 and struct.unpack_from("<I", body, 4)[0] > len(stream):
            raise refusal("damaged")
        if code == _SHEET and length >= 8:
            starts[_short_text(body[6:], wide)] = struct.unpack_from("<I", body)[0]
        elif code == _XF and length >= 4:
            used.append(str(struct.unpack_from("<H", body, 2)[0]))
        elif code == _FORMAT and length > 2:
            codes[str(struct.unpack_from("<H", body)[0])] = _format_code(body, wide)
    styles = marks_of_formats(used, codes, _PERCENT_FORMATS)
    return {name: _scan_sheet(stream, start, styles) for name, start in starts.items()}


def _records(stream: bytes, position: int) -> Iterator[Record]:
    while position + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, position)
        yield code, position + 4, length
        position += 4 + length


def _globals(stream: bytes) -> Iterator[Record]:
    for code, start, length in _records(stream, 0):
        if code == _END:
            return
        yield code, start, length


def _is_biff8(stream: bytes) -> bool:
    return len(stream) >= 6 and bool(struct.unpack_from("<H", stream, 4)[0] == _BIFF8)


def _format_code(body: bytes, wide: bool) -> str:
    """The text of a FORMAT record, whose count is two bytes wide in BIFF8."""
    return _short_text(body[2:3] + body[4:], wide) if wide else _short_text(body[2:], wide)


def _short_text(data: bytes, wide: bool) -> str:
    """A counted string; in BIFF8 a flag says whether its characters take two bytes."""
    if not wide:
        return data[1:].decode("gb18030", "replace")
    two_bytes = len(data) > 1 and data[1] & 1
    return data[2:].decode("utf-16-le" if two_bytes else "latin-1", "replace")


def _scan_sheet(stream: bytes, position: int, styles: Mapping[str, CellMark]) -> SheetScan:
    scan = SheetScan()
    depth = 0
    for code, start, length in _records(stream, position):
        if code == _DIMENSIONS:
            _check_dimensions(stream, start, length)
        elif code in _ONE_CELL and depth == 1 and length >= 6:
            _one_cell(scan, stream, code, start, styles)
        elif code == _MANY_CELLS and depth == 1 and length >= 6:
            _many_cells(scan, stream, start, length, styles)
        elif code == _BEGIN:
            depth += 1
        elif code == _END:
            depth -= 1
            if depth == 0:
                break
    return scan


def _check_dimensions(stream: bytes, start: int, length: int) -> None:
    """The value reader reserves what this record claims, so that a false one ends the process."""
    layout, size = ("<IIHH", 12) if length >= 12 else ("<HHHH", 8)
    if length >= size:
        first_row, last_row, first_column, last_column = struct.unpack_from(layout, stream, start)
        if not (first_row <= last_row <= _LAST_ROW and first_column <= last_column <= _LAST_COLUMN):
            raise refusal("damaged")


def _one_cell(
    scan: SheetScan, stream: bytes, code: int, start: int, styles: Mapping[str, CellMark]
) -> None:
    row, column, style = struct.unpack_from("<HHH", stream, start)
    scan.saw(row, column)
    if code == _FORMULA:
        scan.marks[row, column] = FORMULA
    elif code == _BOOL_OR_ERROR and stream[start + 7]:
        text = _ERRORS.get(stream[start + 6], "#N/A")
        scan.marks[row, column] = CellMark(MarkKind.ERROR, text)
    elif mark := styles.get(str(style)):
        scan.marks[row, column] = mark


def _many_cells(
    scan: SheetScan, stream: bytes, start: int, length: int, styles: Mapping[str, CellMark]
) -> None:
    """MULRK: a row, its first column, then a style and a number for each cell."""
    row, column = struct.unpack_from("<HH", stream, start)
    for offset in range(start + 4, start + length - 2, 6):
        scan.saw(row, column)
        if mark := styles.get(str(struct.unpack_from("<H", stream, offset)[0])):
            scan.marks[row, column] = mark
        column += 1
