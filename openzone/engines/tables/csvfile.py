"""csv and tab-separated text → rows, whatever its encoding and separator."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from openzone.engines.tables.kinds import Limits
from openzone.engines.tables.marks import FORMULA, CellMark
from openzone.engines.tables.problems import refusal

Row = list[str | None]

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SEPARATORS = ",;\t"
_SAMPLE_LINES = 60
_HINT = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
# ="0123" is how systems keep leading zeros through Excel; the rest after "=" would be computed.
_GUARDED = re.compile(r'="([^"]*)"')
_FORMULA = re.compile(r"=\s*[-+(\w$\"'@]")


def encoding_of(head: bytes, *, complete: bool = True) -> str:
    """The encoding of a text from its first bytes: by mark, else UTF-8, else GB 18030.

    With `complete=False` the head may end inside a character. Raises `Refused("encoding")`.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    for encoding in ("utf-8", "gb18030"):
        try:
            head.decode(encoding)
        except UnicodeDecodeError as wrong:
            if complete or wrong.start < len(head) - 4:
                continue
        return encoding
    raise refusal("encoding")


def read(data: bytes, limits: Limits) -> tuple[list[Row], dict[tuple[int, int], CellMark]]:
    """Split a csv into rows; blank cells are None. Raises `Refused` where that is impossible."""
    text = decoded(data)
    separator = separator_of(text)
    rows: list[Row] = []
    marks: dict[tuple[int, int], CellMark] = {}
    cells = 0
    for number, raw in enumerate(_raw_rows(text, separator)):
        row = [_cell(value) for value in raw]
        cells += len(row)
        if cells > limits.max_cells:
            last = f"{number + 1}"
            raise refusal(
                "too_many_cells", sheet="csv", last=last, count=cells, limit=limits.max_cells
            )
        if any(value and value[0] == "=" for value in row):
            marks |= {(number, at): FORMULA for at, value in enumerate(row) if _computed(value)}
        rows.append(row)
    return _without_hint(rows, text), marks


def separator_of(text: str) -> str:
    """The separator of a csv: comma, semicolon or tab, whichever splits its lines most evenly."""
    if hint := _HINT.match(text):
        return hint[1]
    sample = io.StringIO(text[:200_000], newline="")
    lines = [line for _, line in zip(range(_SAMPLE_LINES), sample, strict=False) if line.strip()]
    return max(_SEPARATORS, key=lambda separator: _evenness(lines, separator))


def _evenness(lines: list[str], separator: str) -> tuple[int, int]:
    """How many sample lines agree on a width above one, and that width."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator))
    except csv.Error:
        return 0, 0
    agreeing = [(count, width) for width, count in widths.items() if width > 1]
    return max(agreeing, default=(0, 0))


def decoded(data: bytes) -> str:
    """Read a text in its encoding. Raises `Refused("encoding")` where that cannot be told."""
    try:
        return data.decode(encoding_of(data))
    except UnicodeDecodeError as wrong:
        raise refusal("encoding") from wrong


def _raw_rows(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    try:
        yield from reader
    except csv.Error as broken:
        raise refusal("csv_broken", row=reader.line_num) from broken


def _cell(value: str) -> str | None:
    if value[:1] == "=" and (guarded := _GUARDED.fullmatch(value.strip())):
        value = guarded[1]
    return value.strip("\t") or None


def _computed(value: str | None) -> bool:
    return bool(value and _FORMULA.match(value))


def _without_hint(rows: list[Row], text: str) -> list[Row]:
    """Blank the line `sep=;` that tells Excel the separator, keeping the row numbers."""
    if _HINT.match(text) and rows:
        rows[0] = []
    return rows
