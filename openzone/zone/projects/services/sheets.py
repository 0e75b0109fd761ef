"""Workbooks of projects as offices keep them: checked row by row, entered as a whole or not."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone import rowwise, workbooks
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.projects.enums import SheetState
from openzone.zone.projects.models import ProjectSheet
from openzone.zone.projects.packs import pipeline, pipeline_names
from openzone.zone.projects.services.projects import NO_PIPELINE
from openzone.zone.projects.services.sheet_columns import vocabulary
from openzone.zone.projects.services.sheet_rows import Entering
from openzone.zone.projects.services.sheet_undo import with_last_events
from openzone.zone.registry.imports.progress import WRITING, Progress, silent
from openzone.zone.rowwise import Values
from openzone.zone.workbooks import in_state

CHECKING: Final = Text("正在逐行检查", "checking row by row")


@transaction.atomic
def receive_sheet(
    *, actor: Actor, user: User | None, file_name: str, data: bytes, as_of: dt.date,
    now: dt.datetime, flow: str = "six_batches", sure: bool = False, synthetic: bool = False,
) -> ProjectSheet:  # fmt: skip
    """Keep a workbook that can be read; what stands in its rows is looked at by ``judge_sheet``.

    Raises:
        Refused: where the file as a whole cannot be read.

    """
    if flow not in pipeline_names():
        raise Refused(NO_PIPELINE.format(name=flow), field="pipeline")
    rowwise.read(file_name, data, vocabulary(pipeline(flow)), as_of)
    sheet = ProjectSheet(
        pipeline=flow, file_name=workbooks.short(file_name), as_of=as_of, sure=sure,
        uploaded_by=user, uploaded_at=now, synthetic=synthetic, state=SheetState.CHECKING,
    )  # fmt: skip
    workbooks.keep(sheet, data)
    sheet.save()
    _note("received", actor, sheet)
    return sheet


@transaction.atomic
def judge_sheet(
    *, actor: Actor, sheet: ProjectSheet, now: dt.datetime, on_progress: Progress = silent
) -> ProjectSheet:
    """Say row by row what would be entered; nothing is entered yet.

    Amounts that jump by a power of ten against the record are refused unless whoever brought the
    book is sure. A checked book can be judged again: the record may have changed since.
    """
    current = in_state(sheet, SheetState.CHECKING, SheetState.CHECKED)
    words = vocabulary(pipeline(current.pipeline))
    reading = rowwise.read(current.file_name, workbooks.content(current), words, current.as_of)
    entering = Entering(actor, current, now, sure=current.sure)
    counted = Counted(len(list(reading.good_rows)), on_progress, CHECKING)
    checked = rowwise.check(reading, words, workbooks.stored, counted.each(entering.enter))
    current.rows, current.problems = checked.rows, checked.problems
    current.created, current.changed = entering.created, entering.changed
    current.state = SheetState.CHECKED
    current.save(update_fields=["rows", "problems", "created", "changed", "state"])
    _note("checked", actor, current)
    return current


@transaction.atomic
def check_sheet(
    *, actor: Actor, user: User | None, file_name: str, data: bytes, as_of: dt.date,
    now: dt.datetime, flow: str = "six_batches", sure: bool = False, synthetic: bool = False,
) -> ProjectSheet:  # fmt: skip
    """Receive a workbook and judge it at once."""
    sheet = receive_sheet(
        actor=actor, user=user, file_name=file_name, data=data, as_of=as_of, now=now, flow=flow,
        sure=sure, synthetic=synthetic,
    )  # fmt: skip
    return judge_sheet(actor=actor, sheet=sheet, now=now)


@transaction.atomic
def apply_sheet(
    *, actor: Actor, sheet: ProjectSheet, now: dt.datetime, on_progress: Progress = silent
) -> ProjectSheet:
    """Enter every good row, or none: what became impossible since the check stops it all.

    What jumps was asked about when the file was checked.
    """
    current = in_state(sheet, SheetState.CHECKED)
    entering = Entering(actor, current, now, sure=True)
    enter = Counted(len(current.rows), on_progress, WRITING).each(entering.enter)
    workbooks.enter_all(current, enter)
    current.state = SheetState.APPLIED
    current.created, current.changed = entering.created, entering.changed
    _note("applied", actor, current)
    current.touched = with_last_events(entering.touched)
    current.save(update_fields=["state", "created", "changed", "touched"])
    return current


@transaction.atomic
def discard_sheet(*, actor: Actor, sheet: ProjectSheet) -> ProjectSheet:
    """Put a workbook aside for good that was not entered."""
    current = in_state(sheet, SheetState.CHECKING, SheetState.CHECKED)
    current.state = SheetState.DISCARDED
    current.save(update_fields=["state"])
    _note("discarded", actor, current)
    return current


class Counted:
    """Says after every so many rows how far it is."""

    EVERY = 20

    def __init__(self, total: int, on_progress: Progress, text: Text) -> None:
        """Begin with none of the ``total`` rows."""
        self._done, self._total, self._say, self._text = 0, total, on_progress, text

    def each(self, enter: Callable[[Values], object]) -> Callable[[Values], object]:
        """Return the same work, counted."""

        def counted(row: Values) -> object:
            if self._done % self.EVERY == 0:
                self._say(self._done, self._total, self._text)
            self._done += 1
            return enter(row)

        return counted


def _note(what: str, actor: Actor, sheet: ProjectSheet) -> None:
    record(
        f"projects.sheet.{what}",
        actor=actor,
        subject=f"project_sheet:{sheet.pk}",
        payload=workbooks.summary(sheet),
    )
