"""Tables as Excel files: every cell is data, never a formula or a link."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from openzone.engines.facts.catalogue import Fact, Visibility
from openzone.engines.text import Text
from openzone.www.formats import say
from openzone.zone.errors import Refused
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.selectors.columns import columns
from openzone.zone.registry.values import Value

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 18
EXCEL_DIGITS = 15
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

Cell = Value | int | None


@dataclass(frozen=True, slots=True)
class Table:
    """What goes into a sheet. ``notes`` stand above the header, ``synthetic`` marks the file."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str]
    synthetic: bool


def record_table(found: QuerySet[Enterprise], as_of: dt.date) -> Table:
    """Return enterprises with every fact that is not sensitive, under the catalogue's labels.

    The file can be corrected and imported again: headings carry the unit, values are exact.
    """
    chosen = list(found.values_list("pk", flat=True)[: settings.EXPORT_LIMIT + 1])
    ensure_exportable(len(chosen))
    facts = [fact for fact in catalogue() if fact.series.visible is not Visibility.SENSITIVE]
    values = columns(as_of, [fact.name for fact in facts], chosen).values
    filled = [fact for fact in facts if any(value is not None for value in values[fact.name])]
    return Table(
        headings=[heading(fact) for fact in filled],
        rows=list(zip(*(values[fact.name] for fact in filled), strict=True)),
        notes=[as_of_note(as_of)],
        synthetic=Enterprise.objects.filter(pk__in=chosen[:1], synthetic=True).exists(),
    )


def heading(fact: Fact) -> str:
    """Return the heading of a fact's column, with the unit where there is one."""
    label, unit = say(fact.label), say(fact.unit)
    return f"{label}({unit})" if unit else label


def as_of_note(as_of: dt.date) -> str:
    """Return the line that says which day the file speaks of."""
    return _("As of %(day)s") % {"day": as_of.isoformat()}


def ensure_exportable(count: int) -> None:
    """Refuse a list that would not fit a file people can work with."""
    if count > settings.EXPORT_LIMIT:
        raise Refused(
            Text(
                "一次最多导出 {limit} 行，请先缩小筛选范围",
                "at most {limit} rows fit one export: narrow the filters first",
            ).format(limit=settings.EXPORT_LIMIT)
        )


def download(table: Table, name: str) -> HttpResponse:
    """Answer with the table as a file, whose name says so if the data is synthetic."""
    mark = _("Example") + "_" if table.synthetic else ""
    return answer(workbook(table), mark + name)


def answer(content: bytes, name: str) -> HttpResponse:
    """Answer with an Excel file."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    return response


def workbook(table: Table) -> bytes:
    """Return the file of one table."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    notes = [*_marks(table), *table.notes]
    for line, note in enumerate(notes):
        sheet.write_string(line, 0, note)
    bold = book.add_format({"bold": True})
    for column, head in enumerate(table.headings):
        sheet.write_string(len(notes), column, head, bold)
    sheet.set_column(0, max(len(table.headings) - 1, 0), WIDTH)
    sheet.freeze_panes(len(notes) + 1, 0)
    _Writer(book, sheet).fill(table.rows, len(notes) + 1)
    book.close()
    return buffer.getvalue()


def _marks(table: Table) -> list[str]:
    return [_("Example: synthetic data, no real company")] if table.synthetic else []


class _Writer:
    """Writes typed cells; text stays text, whatever it looks like."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.date = book.add_format({"num_format": "yyyy-mm-dd"})
        # Excel keeps such a cell as text even after somebody edits it.
        self.quoted = book.add_format({"quote_prefix": True})

    def fill(self, rows: Iterable[Sequence[Cell]], start: int) -> None:
        for line, row in enumerate(rows, start):
            for column, value in enumerate(row):
                if value is not None:
                    self._write(line, column, value)

    def _write(self, line: int, column: int, value: Value | int) -> None:
        if isinstance(value, bool):
            self.sheet.write_string(line, column, _("Yes") if value else _("No"))
        elif isinstance(value, dt.date):
            self.sheet.write_datetime(line, column, value, self.date)
        elif isinstance(value, int) or (isinstance(value, Decimal) and _fits(value)):
            self.sheet.write_number(line, column, value)
        else:
            text = str(value)
            risky = text.startswith(FORMULA_STARTS)
            self.sheet.write_string(line, column, text, self.quoted if risky else None)


def _fits(value: Decimal) -> bool:
    """Whether Excel can hold the number without rounding it."""
    return len(value.as_tuple().digits) <= EXCEL_DIGITS
