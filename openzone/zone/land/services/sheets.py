"""Workbooks of parcels as offices keep them: checked row by row, entered as a whole or not."""

import datetime as dt

from django.db import transaction

from openzone.zone import rowwise, workbooks
from openzone.zone.audit.actors import Actor
from openzone.zone.land.enums import SheetState
from openzone.zone.land.models import ParcelSheet
from openzone.zone.land.services.sheet_rows import Entering, vocabulary
from openzone.zone.land.writing import note
from openzone.zone.people.models import User
from openzone.zone.workbooks import in_state


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
        file_name=workbooks.short(file_name), as_of=as_of, uploaded_by=user,
        uploaded_at=now, synthetic=synthetic,
    )  # fmt: skip
    entering = Entering(actor, sheet, now)
    checked = rowwise.check(reading, words, workbooks.stored, entering.enter)
    sheet.rows, sheet.problems = checked.rows, checked.problems
    sheet.created, sheet.changed = entering.created, entering.changed
    workbooks.keep(sheet, data)
    sheet.save()
    _note("checked", actor, sheet)
    return sheet


@transaction.atomic
def apply_sheet(*, actor: Actor, sheet: ParcelSheet, now: dt.datetime) -> ParcelSheet:
    """Enter every good row, or none: what became impossible since the check stops it all."""
    current = in_state(sheet, SheetState.CHECKED)
    entering = Entering(actor, current, now)
    workbooks.enter_all(current, entering.enter)
    current.state = SheetState.APPLIED
    current.created, current.changed = entering.created, entering.changed
    current.save(update_fields=["state", "created", "changed"])
    _note("applied", actor, current)
    return current


@transaction.atomic
def discard_sheet(*, actor: Actor, sheet: ParcelSheet) -> ParcelSheet:
    """Put a checked workbook aside for good."""
    current = in_state(sheet, SheetState.CHECKED)
    current.state = SheetState.DISCARDED
    current.save(update_fields=["state"])
    _note("discarded", actor, current)
    return current


def _note(what: str, actor: Actor, sheet: ParcelSheet) -> None:
    note(f"sheet.{what}", actor, f"parcel_sheet:{sheet.pk}", **workbooks.summary(sheet))
