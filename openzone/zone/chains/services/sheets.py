"""Workbooks of placements, roles and figures: checked, entered as a whole or not, undone."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, NamedTuple

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from openzone.engines.tables.columns import Vocabulary
from openzone.engines.tables.kinds import Limits
from openzone.engines.tables.marking import mark_workbook
from openzone.engines.tables.messages import Severity
from openzone.engines.tables.problems import Problem
from openzone.engines.tables.problems import Refused as FileRefused
from openzone.engines.tables.reading import TableReading
from openzone.engines.text import Text
from openzone.zone import rowwise
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.enums import ChainSheetKind, ChainSheetState
from openzone.zone.chains.models import ChainRole, ChainSheet, NodeFigure
from openzone.zone.chains.services.figures import withdraw_figure
from openzone.zone.chains.services.placing import WHY, undo
from openzone.zone.chains.services.roles import withdraw_role
from openzone.zone.chains.services.sheet_columns import vocabulary
from openzone.zone.chains.services.sheet_rows import Entering, firm_key, groups
from openzone.zone.chains.services.writing import note
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.registry.imports.problems import as_json, from_json, told
from openzone.zone.rowwise import Values
from openzone.zone.workbooks import plain

DONE = Text("该文件已处理", "this file was dealt with")
NO_ROW = Text("没有可以录入的行", "there is no row to enter")
NOT_ENTERED = Text("只有已录入的文件可以撤销", "only a file that was entered can be undone")
NO_LONGER = Text(
    "第 {row} 行已不能录入：{reason}", "row {row} cannot be entered any more: {reason}"
)
ANOTHER_ROW = Text("该企业的另一行有错误", "another row of this firm has a fault")


class Left(NamedTuple):
    """Something of a workbook that stays although it was undone, and why."""

    what: str
    reason: Text


@transaction.atomic
def check_sheet(
    *, actor: Actor, user: User, kind: str, file_name: str, data: bytes, as_of: dt.date,
    now: dt.datetime, synthetic: bool = False,
) -> ChainSheet:  # fmt: skip
    """Keep a workbook and say row by row what would be entered; nothing is entered yet.

    Raises:
        Refused: where the file as a whole cannot be read.

    """
    words = vocabulary(kind)
    reading = rowwise.read(file_name, data, words, as_of)
    sheet = ChainSheet(
        kind=ChainSheetKind(kind), file_name=PurePath(file_name).name[-255:], as_of=as_of,
        uploaded_by=user, uploaded_at=now, synthetic=synthetic,
    )  # fmt: skip
    name = hashlib.sha256(data).hexdigest()[:32]
    sheet.file.save(f"{name}{PurePath(file_name).suffix[:6]}", ContentFile(data), save=False)
    sheet.save()
    _judge(actor, sheet, reading, words, now)
    sheet.save(update_fields=["rows", "problems"])
    _note("checked", actor, sheet)
    return sheet


@transaction.atomic
def apply_sheet(*, actor: Actor, sheet: ChainSheet, now: dt.datetime) -> ChainSheet:
    """Enter every good row, or none: what became impossible since the check stops it all."""
    current = _in_state(sheet, ChainSheetState.CHECKED, DONE)
    if not current.rows:
        raise Refused(NO_ROW)
    entering = Entering(actor, current, now)
    for group in groups(current.kind, current.rows):
        try:
            entering.enter(group)
        except Refused as refusal:
            raise Refused(_no_longer(group[0]["row"], refusal), field=refusal.field) from None
    current.state = ChainSheetState.APPLIED
    current.save(update_fields=["state"])
    _note("applied", actor, current)
    return current


@transaction.atomic
def discard_sheet(*, actor: Actor, sheet: ChainSheet) -> ChainSheet:
    """Put a checked workbook aside for good."""
    current = _in_state(sheet, ChainSheetState.CHECKED, DONE)
    current.state = ChainSheetState.DISCARDED
    current.save(update_fields=["state"])
    _note("discarded", actor, current)
    return current


@transaction.atomic
def undo_sheet(
    *, actor: Actor, user: User, sheet: ChainSheet, reason: str, now: dt.datetime
) -> list[Left]:
    """Take back what a workbook entered; what was changed since stays, and is returned."""
    if not reason.strip():
        raise Refused(WHY, field="reason")
    current = _in_state(sheet, ChainSheetState.APPLIED, NOT_ENTERED)
    left: list[Left] = []
    for what, act in _steps(actor, user, current, reason, now):
        try:
            with transaction.atomic():
                act()
        except Refused as refusal:
            left.append(Left(what, refusal.reason))
    current.state = ChainSheetState.UNDONE
    current.save(update_fields=["state"])
    note(action="sheet.undone", actor=actor, subject=f"chain_sheet:{current.pk}",
         payload={"reason": reason.strip(), "left": [one.what for one in left]})  # fmt: skip
    return left


def marked(sheet: ChainSheet) -> bytes:
    """Return the workbook with every problem marked in its cell."""
    with sheet.file.open("rb") as stored:
        content = stored.read()
    problems = [from_json(one) for one in sheet.problems]
    try:
        limits = Limits(max_bytes=settings.UPLOAD_LIMIT)
        return mark_workbook(sheet.file_name, content, problems, limits)
    except FileRefused as error:
        raise Refused(error.text, field="file") from None


def _steps(
    actor: Actor, user: User, sheet: ChainSheet, reason: str, now: dt.datetime
) -> Iterator[tuple[str, Any]]:
    """Yield what is taken back, the last first: supporters before the leaders they support."""
    said: dict[str, Any] = {"actor": actor, "user": user, "reason": reason, "now": now}
    for change in sheet.changes.select_related("enterprise").order_by("-pk"):
        yield change.enterprise.name, lambda change=change: undo(**said, change=change)
    for role in ChainRole.objects.filter(sheet=sheet, withdrawn_at__isnull=True).order_by("-pk"):
        yield str(role.enterprise), lambda role=role: withdraw_role(**said, role=role)
    for row in NodeFigure.objects.filter(sheet=sheet, withdrawn_at__isnull=True).order_by("-pk"):
        yield str(row), lambda row=row: withdraw_figure(**said, figure=row)


def _judge(
    actor: Actor, sheet: ChainSheet, reading: TableReading, words: Vocabulary, now: dt.datetime
) -> None:
    """Enter the rows that can be, note what is refused, and take it all back."""
    problems = list(reading.problems)
    good = reading.good_rows
    kept = [
        {name: plain(value) for name, value in rowwise.given(row).items()}
        | {"row": row.number, "sheet": row.sheet}
        for row in good
    ]
    bad = _bad_firms(sheet, reading)
    entering, entered = Entering(actor, sheet, now), list[Values]()
    undone = transaction.savepoint()
    for group in groups(sheet.kind, kept):
        try:
            if firm_key(group[0]) in bad:
                raise Refused(ANOTHER_ROW, field="firm")
            with transaction.atomic():
                entering.enter(group)
            entered += group
        except Refused as refusal:
            problems += [_problem(row, words, refusal) for row in group]
    transaction.savepoint_rollback(undone)
    sheet.rows = sorted(entered, key=lambda row: (row["sheet"], row["row"]))
    sheet.problems = [as_json(one) for one in problems]


def _bad_firms(sheet: ChainSheet, reading: TableReading) -> set[str]:
    """Return the firms of which a row cannot be read: their shares are not whole without it."""
    if sheet.kind != ChainSheetKind.PLACEMENTS:
        return set()
    good = {(row.sheet, row.number) for row in reading.good_rows}
    bad = [row for row in reading.rows if (row.sheet, row.number) not in good]
    return {firm_key(rowwise.given(row)) for row in bad}


def _problem(row: Values, words: Vocabulary, refusal: Refused) -> Problem:
    field = refusal.field
    return told(
        field or "refused", Severity.ERROR, refusal.reason, sheet=row["sheet"], row=row["row"],
        header=words[field].label_zh if field in words else None, value=str(row.get(field) or ""),
    )  # fmt: skip


def _no_longer(row: int, refusal: Refused) -> Text:
    zh = NO_LONGER.zh.format(row=row, reason=refusal.reason.zh)
    return Text(zh, NO_LONGER.en.format(row=row, reason=refusal.reason.en))


def _in_state(sheet: ChainSheet, state: ChainSheetState, refusal: Text) -> ChainSheet:
    current = ChainSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if current.state != state:
        raise Refused(refusal)
    return current


def _note(what: str, actor: Actor, sheet: ChainSheet) -> None:
    payload: dict[str, Any] = {
        "kind": sheet.kind, "file": sheet.file_name, "rows": len(sheet.rows),
        "problems": len(sheet.problems),
    }  # fmt: skip
    note(action=f"sheet.{what}", actor=actor, subject=f"chain_sheet:{sheet.pk}", payload=payload)
