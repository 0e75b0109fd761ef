"""Workbooks of parcels as offices keep them: checked row by row, entered as a whole or not."""

import datetime as dt
import hashlib
from pathlib import PurePath
from typing import Any, Final

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
from openzone.zone.errors import Refused
from openzone.zone.land.enums import SheetState
from openzone.zone.land.models import ParcelSheet
from openzone.zone.land.services.sheet_rows import Entering, vocabulary
from openzone.zone.land.writing import note
from openzone.zone.people.models import User
from openzone.zone.projects.services.sheet_rows import plain
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.rowwise import Values

DONE: Final = Text("该文件已处理", "this file was dealt with")
NO_ROW: Final = Text("没有可以录入的行", "there is no row to enter")
NO_LONGER: Final = Text(
    "第 {row} 行已不能录入：{reason}", "row {row} cannot be entered any more: {reason}"
)


@transaction.atomic
def check_sheet(
    *, actor: Actor, user: User | None, file_name: str, data: bytes, as_of: dt.date,
    now: dt.datetime, synthetic: bool = False,
) -> ParcelSheet:  # fmt: skip
    """Keep a workbook and say row by row what would be entered; nothing is entered yet.

    Raises:
        Refused: where the file as a whole cannot be read.

    """
    words = vocabulary()
    reading = rowwise.read(file_name, data, words, as_of)
    sheet = ParcelSheet(
        file_name=PurePath(file_name).name[-255:], as_of=as_of, uploaded_by=user,
        uploaded_at=now, synthetic=synthetic,
    )  # fmt: skip
    entering = Entering(actor, sheet, now)
    checked = rowwise.check(reading, words, _stored, entering.enter)
    sheet.rows, sheet.problems = checked.rows, checked.problems
    sheet.created, sheet.changed = entering.created, entering.changed
    name = hashlib.sha256(data).hexdigest()[:32]
    sheet.file.save(f"{name}{PurePath(file_name).suffix[:6]}", ContentFile(data), save=False)
    sheet.save()
    _note("checked", actor, sheet)
    return sheet


@transaction.atomic
def apply_sheet(*, actor: Actor, sheet: ParcelSheet, now: dt.datetime) -> ParcelSheet:
    """Enter every good row, or none: what became impossible since the check stops it all."""
    current = _checked(sheet)
    if not current.rows:
        raise Refused(NO_ROW)
    entering = Entering(actor, current, now)
    for row in current.rows:
        _enter(entering, row)
    current.state = SheetState.APPLIED
    current.created, current.changed = entering.created, entering.changed
    current.save(update_fields=["state", "created", "changed"])
    _note("applied", actor, current)
    return current


@transaction.atomic
def discard_sheet(*, actor: Actor, sheet: ParcelSheet) -> ParcelSheet:
    """Put a checked workbook aside for good."""
    current = _checked(sheet)
    current.state = SheetState.DISCARDED
    current.save(update_fields=["state"])
    _note("discarded", actor, current)
    return current


def marked(sheet: ParcelSheet) -> bytes:
    """Return the workbook with every problem marked in its cell."""
    with sheet.file.open("rb") as stored:
        content = stored.read()
    problems = [from_json(one) for one in sheet.problems]
    try:
        limits = Limits(max_bytes=settings.UPLOAD_LIMIT)
        return mark_workbook(sheet.file_name, content, problems, limits)
    except FileRefused as error:
        raise Refused(error.text, field="file") from None


def _stored(row: Row) -> Values:
    return {name: plain(value) for name, value in rowwise.given(row).items()}


def _enter(entering: Entering, row: Any) -> None:
    try:
        entering.enter(row)
    except Refused as refusal:
        zh = NO_LONGER.zh.format(row=row["row"], reason=refusal.reason.zh)
        en = NO_LONGER.en.format(row=row["row"], reason=refusal.reason.en)
        raise Refused(Text(zh, en), field=refusal.field) from None


def _checked(sheet: ParcelSheet) -> ParcelSheet:
    current = ParcelSheet.objects.select_for_update().get(pk=sheet.pk)
    if current.state != SheetState.CHECKED:
        raise Refused(DONE)
    return current


def _note(what: str, actor: Actor, sheet: ParcelSheet) -> None:
    note(
        f"sheet.{what}", actor, f"parcel_sheet:{sheet.pk}", file=sheet.file_name,
        rows=len(sheet.rows), problems=len(sheet.problems), created=sheet.created,
        changed=sheet.changed,
    )  # fmt: skip
