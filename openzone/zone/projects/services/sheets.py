"""Workbooks of projects as offices keep them: checked row by row, entered as a whole or not."""

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import PurePath
from typing import Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from openzone.engines.tables.kinds import Limits
from openzone.engines.tables.marking import mark_workbook
from openzone.engines.tables.problems import Refused as FileRefused
from openzone.engines.tables.rows import Row
from openzone.engines.text import Text
from openzone.zone import rowwise
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.projects.enums import SheetState
from openzone.zone.projects.models import ProjectSheet
from openzone.zone.projects.packs import pipeline, pipeline_names
from openzone.zone.projects.services.projects import NO_PIPELINE
from openzone.zone.projects.services.sheet_columns import vocabulary
from openzone.zone.projects.services.sheet_rows import Entering, plain
from openzone.zone.projects.services.sheet_undo import with_last_events
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.registry.imports.progress import WRITING, Progress, silent
from openzone.zone.rowwise import Values

DONE: Final = Text("该文件已处理", "this file was dealt with")
NO_ROW: Final = Text("没有可以录入的行", "there is no row to enter")
CHECKING: Final = Text("正在逐行检查", "checking row by row")
NO_LONGER: Final = Text(
    "第 {row} 行已不能录入：{reason}", "row {row} cannot be entered any more: {reason}"
)


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
        pipeline=flow, file_name=PurePath(file_name).name[-255:], as_of=as_of, sure=sure,
        uploaded_by=user, uploaded_at=now, synthetic=synthetic, state=SheetState.CHECKING,
    )  # fmt: skip
    name = hashlib.sha256(data).hexdigest()[:32]
    sheet.file.save(f"{name}{PurePath(file_name).suffix[:6]}", ContentFile(data), save=False)
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
    current = _locked(sheet, SheetState.CHECKING, SheetState.CHECKED)
    words = vocabulary(pipeline(current.pipeline))
    reading = rowwise.read(current.file_name, _content(current), words, current.as_of)
    entering = Entering(actor, current, now, sure=current.sure)
    counted = Counted(len(list(reading.good_rows)), on_progress, CHECKING)
    checked = rowwise.check(reading, words, _stored, counted.each(entering.enter))
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
    current = _locked(sheet, SheetState.CHECKED)
    if not current.rows:
        raise Refused(NO_ROW)
    entering = Entering(actor, current, now, sure=True)
    enter = Counted(len(current.rows), on_progress, WRITING).each(entering.enter)
    for row in current.rows:
        _enter(enter, row)
    current.state = SheetState.APPLIED
    current.created, current.changed = entering.created, entering.changed
    _note("applied", actor, current)
    current.touched = with_last_events(entering.touched)
    current.save(update_fields=["state", "created", "changed", "touched"])
    return current


@transaction.atomic
def discard_sheet(*, actor: Actor, sheet: ProjectSheet) -> ProjectSheet:
    """Put a workbook aside for good that was not entered."""
    current = _locked(sheet, SheetState.CHECKING, SheetState.CHECKED)
    current.state = SheetState.DISCARDED
    current.save(update_fields=["state"])
    _note("discarded", actor, current)
    return current


def marked(sheet: ProjectSheet) -> bytes:
    """Return the workbook with every problem marked in its cell."""
    problems = [from_json(one) for one in sheet.problems]
    try:
        limits = Limits(max_bytes=settings.UPLOAD_LIMIT)
        return mark_workbook(sheet.file_name, _content(sheet), problems, limits)
    except FileRefused as error:
        raise Refused(error.text, field="file") from None


def _content(sheet: ProjectSheet) -> bytes:
    with sheet.file.open("rb") as stored:
        return bytes(stored.read())


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


def _stored(row: Row) -> Values:
    return {name: plain(value) for name, value in rowwise.given(row).items()}


def _enter(enter: Callable[[Values], object], row: Values) -> None:
    try:
        enter(row)
    except Refused as refusal:
        zh = NO_LONGER.zh.format(row=row["row"], reason=refusal.reason.zh)
        en = NO_LONGER.en.format(row=row["row"], reason=refusal.reason.en)
        raise Refused(Text(zh, en), field=refusal.field) from None


def _locked(sheet: ProjectSheet, *states: SheetState) -> ProjectSheet:
    current = ProjectSheet.objects.select_for_update().get(pk=sheet.pk)
    if current.state not in states:
        raise Refused(DONE)
    return current


def _note(what: str, actor: Actor, sheet: ProjectSheet) -> None:
    record(
        f"projects.sheet.{what}", actor=actor, subject=f"project_sheet:{sheet.pk}",
        payload={
            "file": sheet.file_name, "rows": len(sheet.rows), "problems": len(sheet.problems),
            "created": sheet.created, "changed": sheet.changed,
        },
    )  # fmt: skip
