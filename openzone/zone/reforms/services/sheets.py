"""The task list from a spreadsheet: checked row by row, then entered as a whole."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from functools import cache, partial

from django.db import transaction

from openzone.engines.tables.columns import Field, Vocabulary
from openzone.engines.tables.rows import Row
from openzone.engines.text import Text
from openzone.zone import rowwise, workbooks
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User
from openzone.zone.reforms.enums import SheetState
from openzone.zone.reforms.models import Area, Programme, Task, TaskSheet
from openzone.zone.reforms.services.programmes import add_area, add_step, add_task
from openzone.zone.rowwise import Values
from openzone.zone.workbooks import NO_ROW, in_state

NO_UNIT = Text("没有单位“{given}”", "there is no unit “{given}”")
NO_PERSON = Text(
    "没有“{given}”，或有多人同名，请填账号",
    "nobody, or several, are called “{given}”: give the account",
)
NO_WEIGHT = Text("权重应为大于0的数", "a weight is a number above 0")
NO_STEP = Text(
    "分解步骤请写成“步骤|2026-06-30”，用分号隔开",
    "write steps as “step|2026-06-30”, apart by semicolons",
)


def _text(name: str, zh: str, en: str, *aliases: str, required: bool = False) -> Field:
    return Field(name, "text", None, zh, en, aliases, required=required)


@cache
def vocabulary() -> Vocabulary:
    """Return the columns a task list may have."""
    return Vocabulary(
        (
            _text("area", "领域", "Area", "方面", "改革领域", required=True),
            _text("number", "编号", "Number", "序号", "任务编号", required=True),
            _text("title", "任务", "Task", "任务名称", "改革任务", "工作任务", required=True),
            _text("content", "具体内容", "What is to be done", "内容", "工作内容", "主要举措"),
            _text("lead", "牵头单位", "Lead unit", "责任单位", required=True),
            _text("assisting", "配合单位", "Assisting units", "协办单位"),
            _text("owner", "责任人", "Responsible person", "经办人"),
            Field("due_on", "date", None, "完成时限", "Due", ("时限", "完成时间"), required=True),
            _text("weight", "权重", "Weight", "分值"),
            _text("steps", "分解步骤", "Sub-tasks and milestones", "里程碑", "阶段目标"),
        )
    )


@transaction.atomic
def check_tasks(
    *,
    actor: Actor,
    programme: Programme,
    file_name: str,
    data: bytes,
    now: dt.datetime,
    as_of: dt.date,
) -> TaskSheet:
    """Read a task list and say row by row what would be entered; nothing of it is yet.

    Raises ``Refused`` where the file as a whole cannot be read.
    """
    reading = rowwise.read(file_name, data, vocabulary(), as_of)
    enter = partial(_enter, actor, programme, now)
    checked = rowwise.check(reading, vocabulary(), _values, enter)
    sheet = TaskSheet.objects.create(
        programme=programme,
        file_name=workbooks.short(file_name),
        rows=checked.rows,
        problems=checked.problems,
        uploaded_by=actor.label[:150],
        uploaded_at=now,
    )
    _note("checked", actor, sheet)
    return sheet


@transaction.atomic
def apply_tasks(*, actor: Actor, sheet: TaskSheet, now: dt.datetime) -> TaskSheet:
    """Enter the good rows of a checked list, all of them or none."""
    current = in_state(sheet, SheetState.CHECKED)
    if not current.rows:
        raise Refused(NO_ROW)
    for row in current.rows:
        _enter(actor, current.programme, now, row)
    return _finish(SheetState.APPLIED, actor, current)


@transaction.atomic
def discard_tasks(*, actor: Actor, sheet: TaskSheet) -> TaskSheet:
    """Drop a checked list."""
    return _finish(SheetState.DISCARDED, actor, in_state(sheet, SheetState.CHECKED))


def _values(row: Row) -> Values:
    """Return a row as it is stored until it is entered."""
    found = rowwise.given(row)
    return found | {"due_on": found["due_on"].isoformat()}


def _enter(actor: Actor, programme: Programme, now: dt.datetime, row: Values) -> Task:
    task = add_task(
        actor=actor,
        area=_area(actor, programme, row["area"]),
        number=row["number"].removesuffix(".0"),
        title=row["title"],
        lead=_unit(row["lead"], "lead"),
        due_on=dt.date.fromisoformat(row["due_on"]),
        now=now,
        content=row.get("content") or "",
        owner=_person(row.get("owner") or ""),
        assisting=[_unit(name, "assisting") for name in _parts(row.get("assisting") or "")],
        weight=_weight(row.get("weight") or "1"),
    )
    for title, day in _steps(row.get("steps") or ""):
        add_step(actor=actor, task=task, title=title, due_on=day)
    return task


def _area(actor: Actor, programme: Programme, title: str) -> Area:
    known = programme.areas.filter(title=title).first()
    return known or add_area(actor=actor, programme=programme, title=title)


def _unit(name: str, field: str) -> Unit:
    found = Unit.objects.filter(name=name).first() or Unit.objects.filter(code=name).first()
    if found is None:
        raise Refused(NO_UNIT.format(given=name), field=field)
    return found


def _person(name: str) -> User | None:
    if not name:
        return None
    active = User.objects.filter(is_active=True)
    called = list(active.filter(username=name) or active.filter(display_name=name)[:2])
    if len(called) != 1:
        raise Refused(NO_PERSON.format(given=name), field="owner")
    return called[0]


def _weight(given: str) -> Decimal:
    try:
        weight = Decimal(given)
    except InvalidOperation:
        raise Refused(NO_WEIGHT, field="weight") from None
    if not (weight.is_finite() and weight > 0):
        raise Refused(NO_WEIGHT, field="weight")
    return weight


def _parts(text: str) -> list[str]:
    return [part for one in re.split(r"[、，,；;\n]", text) if (part := one.strip())]


def _steps(text: str) -> list[tuple[str, dt.date]]:
    """Read steps and their days, apart by semicolons or lines."""
    found = []
    for one in (part.strip() for part in re.split(r"[；;\n]", text)):
        title, _bar, day = (part.strip() for part in one.replace("｜", "|").rpartition("|"))
        if not one:
            continue
        try:
            found.append((title, dt.date.fromisoformat(day)))
        except ValueError:
            raise Refused(NO_STEP, field="steps") from None
    return found


def _finish(state: SheetState, actor: Actor, sheet: TaskSheet) -> TaskSheet:
    sheet.state = state
    sheet.save(update_fields=["state"])
    _note(str(state), actor, sheet)
    return sheet


def _note(action: str, actor: Actor, sheet: TaskSheet) -> None:
    record(
        f"reforms.sheet.{action}",
        actor=actor,
        subject=f"programme:{sheet.programme_id}",
        payload={
            "file": sheet.file_name,
            "good": len(sheet.rows),
            "problems": len(sheet.problems),
        },
    )
