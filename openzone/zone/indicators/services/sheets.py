"""Workbooks of figures: checked row by row; the good rows become one batch or nothing does."""

import datetime as dt
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from openzone.engines.tables.rows import Row as TableRow
from openzone.engines.text import Text
from openzone.zone import rowwise, workbooks
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import BatchKind
from openzone.zone.indicators.models import Entity, FigureSheet
from openzone.zone.indicators.permissions import visible
from openzone.zone.indicators.reading import COLUMNS
from openzone.zone.indicators.services.figures import Row, enter_batch
from openzone.zone.indicators.writing import note
from openzone.zone.people.models import User
from openzone.zone.projects.enums import SheetState
from openzone.zone.rowwise import Values

NO_SUBJECT: Final = Text("没有统计对象“{name}”", "there is no subject “{name}”")
SEVERAL: Final = Text(
    "有多个叫“{name}”的统计对象，请写代码", "several subjects are called “{name}”: give the code"
)
MISSING: Final = "—"
SUFFIXES: Final = ("xlsx", "xls", "csv")


@transaction.atomic
def check_sheet(
    *, actor: Actor, file_name: str, data: bytes, now: dt.datetime, user: User | None = None
) -> FigureSheet:
    """Keep a workbook and say row by row what would be entered; nothing is entered yet."""
    today = timezone.localdate(now)
    reading = rowwise.read(file_name, data, COLUMNS, today)
    checked = rowwise.check(
        reading, COLUMNS, lambda row: stored(row, file_name),
        lambda row: _enter([row], file_name, actor, now, user),
    )  # fmt: skip
    sheet = FigureSheet(
        file_name=workbooks.short(file_name), as_of=today, uploaded_by=user, uploaded_at=now,
        rows=checked.rows, problems=checked.problems, created=len(checked.rows),
    )  # fmt: skip
    workbooks.keep(sheet, data)
    sheet.save()
    _note("checked", actor, sheet)
    return sheet


@transaction.atomic
def apply_sheet(
    *, actor: Actor, sheet: FigureSheet, now: dt.datetime, user: User | None = None
) -> FigureSheet:
    """Make one batch of the good rows; where one has become impossible, none."""
    current = workbooks.in_state(sheet, SheetState.CHECKED)
    if not current.rows:
        raise Refused(workbooks.NO_ROW)
    current.batch = _enter(current.rows, current.file_name, actor, now, user)
    current.state = SheetState.APPLIED
    current.save(update_fields=["state", "batch"])
    _note("applied", actor, current)
    return current


@transaction.atomic
def discard_sheet(*, actor: Actor, sheet: FigureSheet) -> FigureSheet:
    """Put a checked workbook aside for good."""
    current = workbooks.in_state(sheet, SheetState.CHECKED)
    current.state = SheetState.DISCARDED
    current.save(update_fields=["state"])
    _note("discarded", actor, current)
    return current


def stored(row: TableRow, file_name: str) -> Values:
    """Return a row in the words of its cells; a period without a value was not reported."""
    said: Values = {}
    for name, value in row.values.items():
        text = value.value.isoformat() if isinstance(value.value, dt.date) else str(value.original)
        said[name] = text.strip()
    said.setdefault("value", MISSING)
    said.setdefault("source", workbooks.short(file_name))
    return said


def _enter(
    rows: list[Values], file_name: str, actor: Actor, now: dt.datetime, user: User | None
) -> Any:
    found = [_row(one, user, timezone.localdate(now)) for one in rows]
    one = {row.entity for row in found}
    return enter_batch(
        actor=actor, kind=BatchKind.TABLE, title=workbooks.short(file_name)[:200], rows=found,
        now=now, user=user, document=workbooks.short(file_name),
        entity=one.pop() if len(one) == 1 else None,
    )  # fmt: skip


def _row(said: Values, user: User | None, today: dt.date) -> Row:
    given = {name: str(value) for name, value in said.items() if name not in ("row", "sheet")}
    return Row(subject_of(given.pop("subject", ""), user, today), given)


def subject_of(name: str, user: User | None, today: dt.date) -> Entity:
    """Return the subject of a name or code, among those the person may read."""
    readable = Entity.objects.all() if user is None else visible(user, today)
    found = list(readable.filter(Q(name=name) | Q(code=name))[:2]) if name else []
    if not found:
        raise Refused(NO_SUBJECT.format(name=name[:60]), field="subject")
    if len(found) > 1:
        raise Refused(SEVERAL.format(name=name[:60]), field="subject")
    return found[0]


def _note(what: str, actor: Actor, sheet: FigureSheet) -> None:
    note(f"sheet.{what}", actor, f"figure_sheet:{sheet.pk}",
         workbooks.summary(sheet, ("created",)))  # fmt: skip
