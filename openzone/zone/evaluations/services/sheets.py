"""Workbooks of bureaus: checked row by row, each bureau its own columns, entered as a whole."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from openzone.engines.tables.columns import Field, Vocabulary
from openzone.engines.text import Text
from openzone.zone import rowwise, workbooks
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.evaluations.enums import CycleState
from openzone.zone.evaluations.models import Cycle, DataSheet, Entrant
from openzone.zone.evaluations.selectors.items import items_of
from openzone.zone.evaluations.services.cells import enter_cell
from openzone.zone.evaluations.writing import ensure_said, locked, note
from openzone.zone.people.models import User
from openzone.zone.projects.enums import SheetState
from openzone.zone.rowwise import Values

NOBODY = Text("评价中没有“{name}”", "“{name}” is not in the evaluation")
SEVERAL = Text("有多家叫“{name}”，请填信用代码", "several are called “{name}”: give the code")
TWICE = Text("“{name}”在文件中出现多次", "“{name}” is in the file more than once")
NOTHING = Text("该行没有数据", "there is no figure in the row")


def vocabulary(cycle: Cycle) -> Vocabulary:
    """Return the columns a workbook of a cycle may have."""
    return Vocabulary((
        Field("name", "text", None, "企业名称", "Name",
              ("名称", "企业", "单位名称", "参评对象"), required=True),
        Field("code", "text", None, "统一社会信用代码", "Unified social credit code",
              ("信用代码", "编号", "uscc")),
        Field("reason", "text", None, "更正理由", "Reason", ("理由", "说明")),
        *(one.field for one in items_of(cycle)),
    ))  # fmt: skip


@transaction.atomic
def check_sheet(
    *, actor: Actor, user: User, cycle: Cycle, file_name: str, data: bytes, source: str,
    now: dt.datetime,
) -> DataSheet:  # fmt: skip
    """Keep a workbook and say row by row what would be entered; nothing is entered yet."""
    fresh = locked(cycle, CycleState.GATHERING, CycleState.POSTED)
    said, words = ensure_said(source, "source")[:300], vocabulary(fresh)
    on = timezone.localdate(now)
    reading = rowwise.read(file_name, data, words, on)
    seen: set[int] = set()

    def enter(row: Values) -> None:
        entrant = _entrant(fresh, row)
        if entrant.pk in seen:
            raise Refused(TWICE.format(name=entrant.name), field="name")
        _enter(fresh, entrant, row, actor, user, said, now, None)
        seen.add(entrant.pk)

    checked = rowwise.check(reading, words, workbooks.stored, enter)
    sheet = DataSheet(
        cycle=fresh, source=said, file_name=workbooks.short(file_name), as_of=on,
        rows=checked.rows, problems=checked.problems, uploaded_by=user, uploaded_at=now,
    )  # fmt: skip
    workbooks.keep(sheet, data)
    sheet.save()
    _note("checked", actor, sheet)
    return sheet


@transaction.atomic
def apply_sheet(*, actor: Actor, user: User, sheet: DataSheet, now: dt.datetime) -> DataSheet:
    """Enter every good row; where one has become impossible, none."""
    current = workbooks.in_state(sheet, SheetState.CHECKED)
    cycle = locked(current.cycle, CycleState.GATHERING, CycleState.POSTED)
    workbooks.enter_all(
        current,
        lambda row: _enter(
            cycle, _entrant(cycle, row), row, actor, user, current.source, now, current
        ),
    )
    return _decided(current, SheetState.APPLIED, "applied", actor)


@transaction.atomic
def discard_sheet(*, actor: Actor, sheet: DataSheet) -> DataSheet:
    """Put a checked workbook aside for good."""
    current = workbooks.in_state(sheet, SheetState.CHECKED)
    return _decided(current, SheetState.DISCARDED, "discarded", actor)


def _entrant(cycle: Cycle, row: Values) -> Entrant:
    every = cycle.entrants.select_related("cycle")
    name, code = (row.get("name") or "").strip(), (row.get("code") or "").strip()
    found = list(every.filter(enterprise__cluster__uscc=code.upper())) if code else []
    found = found or list(every.filter(name=name))
    found = found or list(every.filter(enterprise__cluster__names__name=name).distinct())
    if not found:
        raise Refused(NOBODY.format(name=code or name), field="name")
    if len({one.pk for one in found}) > 1:
        raise Refused(SEVERAL.format(name=name), field="name")
    return found[0]


def _enter(
    cycle: Cycle, entrant: Entrant, row: Values, actor: Actor, user: User, source: str,
    now: dt.datetime, sheet: DataSheet | None,
) -> None:  # fmt: skip
    """Enter the figures of a row that differ from those on file."""
    named = [one for one in items_of(cycle) if row.get(one.name) not in (None, "")]
    if not named:
        raise Refused(NOTHING, field="name")
    standing = {c.item: c.value for c in entrant.cells.order_by("seq")}
    for one in named:
        value = Decimal(str(row[one.name])).quantize(Decimal("0.000001"))
        if standing.get(one.name) == value:
            continue
        enter_cell(
            actor=actor, user=user, entrant=entrant, item=one.name, value=value, source=source,
            now=now, reason=row.get("reason") or "", sheet=sheet,
        )  # fmt: skip


def _decided(sheet: DataSheet, state: SheetState, what: str, actor: Actor) -> DataSheet:
    sheet.state = state
    sheet.save(update_fields=["state"])
    _note(what, actor, sheet)
    return sheet


def _note(what: str, actor: Actor, sheet: DataSheet) -> None:
    payload: dict[str, Any] = dict(workbooks.summary(sheet, ()))
    note(f"sheet.{what}", actor, sheet.cycle, sheet=sheet.pk, **payload)
