"""Lists of the record as Excel files."""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from openzone.engines.facts.catalogue import Fact, FactType, Visibility
from openzone.engines.tables.writing import write_table
from openzone.engines.text import Text
from openzone.www.formats import say
from openzone.zone.errors import Refused
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.selectors.columns import columns
from openzone.zone.registry.values import Value

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SAMPLE = "示例"

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
        synthetic=found.filter(synthetic=True).exists() if chosen else in_example_zone(),
    )


def in_example_zone() -> bool:
    """Whether any enterprise of the record is synthetic: then an empty list is an example too."""
    return Enterprise.objects.filter(synthetic=True).exists()


def heading(fact: Fact) -> str:
    """Return the heading of a fact's column, with the unit where there is one to be known."""
    label, unit = say(fact.label), say(fact.unit)
    return f"{label}({unit})" if unit and fact.type is not FactType.RATIO else label


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
    return answer(workbook(table), name, synthetic=table.synthetic)


def answer(content: bytes, name: str, *, synthetic: bool) -> HttpResponse:
    """Answer with an Excel file; its name begins with the same word in both languages."""
    response = HttpResponse(content, content_type=XLSX)
    file_name = f"{SAMPLE}_{name}.xlsx" if synthetic else f"{name}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, file_name)
    return response


def workbook(table: Table) -> bytes:
    """Return the file of one table."""
    buffer = io.BytesIO()
    write_table(
        buffer,
        table.headings,
        table.rows,
        title=_("示例 Example: synthetic data, no real company") if table.synthetic else None,
        note=" · ".join(table.notes),
        sheet=_("Data"),
        yes_no=(_("Yes"), _("No")),
    )
    return buffer.getvalue()
