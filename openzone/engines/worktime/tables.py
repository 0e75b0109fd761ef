"""Reading calendar rows from a spreadsheet: the table as cells, header row first."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from openzone.engines.text import Text
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.files import CalendarFile
from openzone.engines.worktime.importing import Imported, read_layer
from openzone.engines.worktime.layers import Source, WeeklyHours
from openzone.engines.worktime.problems import Collector, Row

_COLUMNS = {
    "kind": ("类型", "kind"),
    "date": ("日期", "date"),
    "from": ("起", "起始", "开始", "from"),
    "to": ("止", "截止", "结束", "to"),
    "name": ("名称", "事由", "name", "reason"),
    "name_en": ("英文名称", "英文名", "name_en"),
    "intervals": ("时段", "工作时段", "intervals"),
    "document": ("文件", "文号", "document"),
}
_FIELDS = {heading: name for name, headings in _COLUMNS.items() for heading in headings}
_REQUIRED = ("kind", "name")
Table = Sequence[Sequence[object]]


def parse_rows(
    table: Table,
    file_id: str,
    title: Text,
    source: Source,
    *,
    year: int | None = None,
    region: tuple[str, ...] = (),
    base: WorkCalendar | None = None,
) -> Imported:
    """Read a table (first row: headings in Chinese or English) as one document's days.

    Cells may be text, dates or datetimes; blank rows are passed over. Row numbers in problems
    are those of the spreadsheet. ``base`` as in ``calendar_from_mapping``.
    """
    found = Collector()
    header, *body = table or [()]
    columns = _columns(header, found)
    below = base or WorkCalendar(WeeklyHours.monday_to_friday())
    rows = [] if found.problems else list(_rows(body, columns, found))
    layer = read_layer(rows, source, year, below, found)
    file = CalendarFile(file_id, title, region, year, layers=(layer,))
    return Imported(None if found.problems else file, tuple(found.problems))


def _columns(header: Sequence[object], found: Collector) -> list[str]:
    """Return the field of each column; blank headings give ''."""
    where = Text("第1行", "row 1")
    names: list[str] = []
    for index, cell in enumerate(header):
        heading = unicodedata.normalize("NFKC", str(cell or "")).strip().lower()
        row = Row(Text(f"第1行第{index + 1}列", f"row 1, column {index + 1}"), {"header": cell})
        name = _FIELDS.get(heading, "")
        if heading and not name:
            found.add(row, "header", Text("没有这个列", "there is no such column"))
        if name and name in names:
            found.add(row, "header", Text("列重复", "the column appears twice"))
        names.append(name)
    for name in _REQUIRED:
        if name not in names:
            missing = Text("缺少“{zh}”列", "the column “{en}” is missing")
            found.add(Row(where, {}), name, missing.format(zh=_COLUMNS[name][0], en=name))
    return names


def _rows(body: Table, columns: list[str], found: Collector) -> Iterator[Row]:
    for number, line in enumerate(body, start=2):
        where = Text(f"第{number}行", f"row {number}")
        pairs = zip_longest(columns, line, fillvalue="")
        cells = {str(name): cell for name, cell in pairs if not _is_blank(cell)}
        if "" in cells:
            reason = Text("所在列没有列名", "its column has no heading")
            found.add(Row(where, {"header": cells[""]}), "header", reason)
        elif cells:
            yield Row(where, _joined_name(cells))


def _joined_name(cells: dict[str, object]) -> dict[str, object]:
    english = cells.pop("name_en", None)
    if english is not None and "name" in cells:
        cells["name"] = {"zh": cells["name"], "en": english}
    return cells


def _is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
