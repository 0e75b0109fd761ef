"""Reports by spreadsheet: a template with names and what is known, brought back in as drafts."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from django.db import transaction

from openzone.engines.reporting.cells import read_cell
from openzone.engines.series.table import NO_FIGURE
from openzone.engines.tables.columns import Field, Vocabulary
from openzone.engines.tables.numbers import Quantity, read_quantity
from openzone.engines.tables.reading import TableReading
from openzone.engines.tables.rows import Row
from openzone.engines.tables.units import Unit
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.packs.reports import ReportForm
from openzone.zone import rowwise
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import FILLABLE
from openzone.zone.indicators.models import Report
from openzone.zone.indicators.report_packs import form_of
from openzone.zone.indicators.report_writing import STATES
from openzone.zone.indicators.services.reports import save_report
from openzone.zone.indicators.writing import note

NAME: Final = Text("单位名称", "Reporting unit")
VERSION: Final = Text("版次", "Edition")
UNKNOWN: Final = Text(
    "“{name}”不在您本期应报的单位内", "“{name}” is not among those you report for"
)
TWICE: Final = Text("“{name}”出现两次", "“{name}” stands there twice")
LOCKED: Final = Text("“{name}”的报表{state}，不能填写", "the report of “{name}” is {state}")
STALE: Final = Text(
    "模板下载之后报表已被修改，请重新下载模板",
    "the report changed since: download the template anew",
)
NO_ROWS: Final = Text("文件里没有数据", "the file holds no figures")
MOST_SHOWN: Final = 50


class Fault(NamedTuple):
    """What is wrong in a workbook: row, column and reason."""

    row: int | None
    column: str
    reason: Text


class Broken(Exception):  # noqa: N818 - as Refused
    """A workbook with faults; nothing of it was kept."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults


def words(form: ReportForm) -> Vocabulary:
    """Return the columns of a form's workbook."""
    return Vocabulary((
        Field("entity", "text", None, NAME.zh, NAME.en, ("企业名称", "园区名称", "单位", "名称"),
              required=True),
        Field("edition", "text", None, VERSION.zh, VERSION.en),
        *(Field(one.id, "text", None, one.label.text.zh, one.label.text.en, (), NO_FIGURE,
                open_choices=True)
          for one in form.fields),
    ))  # fmt: skip


@transaction.atomic
def fill_from_sheet(
    *, actor: Actor, reports: Sequence[Report], file_name: str, data: bytes, now: dt.datetime
) -> list[Report]:
    """Keep the rows of a workbook as drafts of reports of one round: all of them, or none.

    Raises:
        Refused: the file as a whole cannot be read.
        Broken: with every fault by row and column.

    """
    form = form_of(reports[0].round.form)
    reading = rowwise.read(file_name, data, words(form), to_local(now).date())
    faults = [Fault(one.row, one.column or "", one.reason) for one in reading.errors]
    mine = {one.entity.name: one for one in reports}
    chosen: dict[int, tuple[Report, dict[str, str]]] = {}
    for row in reading.rows:
        found, wrong = _row(row, form, mine, chosen, _units(reading, row.sheet))
        faults += wrong
        if found is not None:
            chosen[found[0].pk] = found
    if not chosen and not faults:
        raise Refused(NO_ROWS, field="file")
    if faults:
        raise Broken(faults[:MOST_SHOWN])
    kept = [
        save_report(actor=actor, report=one, version=one.version, cells=cells, notes={}, now=now)
        for one, cells in chosen.values()
    ]
    note("report.sheet_read", actor, f"report_round:{reports[0].round_id}",
         {"file": file_name[-100:], "reports": len(kept)})  # fmt: skip
    return kept


def _row(
    row: Row, form: ReportForm, mine: Mapping[str, Report], seen: Mapping[int, object],
    units: Mapping[str, Unit],
) -> tuple[tuple[Report, dict[str, str]] | None, list[Fault]]:  # fmt: skip
    name = row.text("entity")
    if not name:
        return None, []
    report = mine.get(name)
    reason = _unfit(name, report, seen, row.text("edition"))
    if report is None or reason is not None:
        return None, [Fault(row.number, NAME.zh, reason or UNKNOWN.format(name=name[:60]))]
    cells: dict[str, str] = {}
    faults: list[Fault] = []
    for field in form.fields:
        typed = row.text(field.id)
        typed = "不适用" if typed == NO_FIGURE[0].value else typed
        if field.id not in row.values:
            continue
        unit = units.get(field.id)
        if unit is not None and unit.text != field.unit and _is_bare(typed):
            typed = f"{typed}{unit.text}"
        read = read_cell(typed, field.unit)
        if isinstance(read, Text):
            faults.append(Fault(row.number, field.label.text.zh, read))
        cells[field.id] = typed
    return (report, cells), faults


def _unfit(
    name: str, report: Report | None, seen: Mapping[int, object], edition: str
) -> Text | None:
    if report is None:
        return UNKNOWN.format(name=name[:60])
    if report.pk in seen:
        return TWICE.format(name=name[:60])
    if report.state not in FILLABLE:
        state = STATES[report.state]
        return Text(LOCKED.zh.format(name=name[:60], state=state.zh),
                    LOCKED.en.format(name=name[:60], state=state.en))  # fmt: skip
    if edition and edition != str(report.version):
        return STALE
    return None


def _units(reading: TableReading, sheet: str) -> dict[str, Unit]:
    """Return the units that stand in the header of a sheet."""
    return {
        column.field.name: column.unit
        for one in reading.sheets if one.name == sheet
        for column in one.columns if column.unit is not None
    }  # fmt: skip


def _is_bare(typed: str) -> bool:
    found = read_quantity(typed)
    return isinstance(found, Quantity) and found.unit is None and not found.scaled
