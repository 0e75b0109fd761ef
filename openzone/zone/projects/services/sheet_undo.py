"""A workbook that was entered is taken back: each project as it was, or kept and named."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import Max

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User
from openzone.zone.projects.enums import AmountKind, SheetState
from openzone.zone.projects.models import Project, ProjectSheet
from openzone.zone.projects.selectors.standing import amount_on
from openzone.zone.projects.services.amounts import state_amount
from openzone.zone.projects.services.projects import change_project
from openzone.zone.projects.services.stages import go_back
from openzone.zone.projects.writing import locked, note
from openzone.zone.registry.models import Place

AMOUNTS: Final = {"total": AmountKind.TOTAL, "fixed": AmountKind.FIXED}
NOT_ENTERED: Final = Text("该文件未导入或已撤销", "this file was not entered, or is undone already")
WHY: Final = Text("请写明撤销原因", "say why it is undone")
NOTHING: Final = Text("没有可以撤销的项目", "there is no project that could be undone")
TOUCHED: Final = Text("导入后又有办理，保持现状", "something was done since; it stays as it is")
NOT_LIVE: Final = Text("已并入另一项目，保持现状", "merged into another one since; it stays")
HAD_LEFT: Final = Text(
    "导入前已退出，阶段须在项目页面更正", "it had left before; correct its stages on its page"
)
FIRST_SAID: Final = Text(
    "导入前未填投资额，金额只能修订不能清空", "no amount was stated before; it can only be revised"
)
REASON: Final = Text("撤销导入“{file}”", "entering “{file}” was undone")


class Undoable(NamedTuple):
    """A project a workbook touched; ``why_not`` is why it stays as it is, None where it need not.

    ``amounts``: kinds that were first stated by the book and stay stated.
    """

    project: Project
    before: Mapping[str, Any]
    why_not: Text | None
    amounts: tuple[str, ...]


def snapshot(project: Project, said: Iterable[str], as_of: dt.date) -> dict[str, Any]:
    """Return what a project was before a row: its fields the row fills, its amounts, its stage."""
    amounts = {name: amount_on(project, kind, as_of) for name, kind in AMOUNTS.items()}
    return {
        "fields": {name: _plain(getattr(project, name)) for name in said},
        "amounts": {name: str(one.value) if one else None for name, one in amounts.items()},
        "stage": project.stage, "left": project.left, "seq": project.last_seq,
    }  # fmt: skip


def with_last_events(touched: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what was touched with the last event of each: a later one forbids undoing."""
    rows = list(touched)
    last = _last_events(one["project"] for one in rows)
    return [{**one, "event": last[one["project"]]} for one in rows]


def undoable(sheet: ProjectSheet) -> list[Undoable]:
    """Return what undoing a workbook would do, project by project, in the order of its rows."""
    touched = {one["project"]: one for one in sheet.touched}
    projects = Project.objects.in_bulk(list(touched))
    last = _last_events(touched)
    return [
        Undoable(
            projects[pk], one, _why_not(projects[pk], one, last.get(pk, 0)),
            tuple(_first_said(projects[pk], one)),
        )
        for pk, one in touched.items()
    ]  # fmt: skip


@transaction.atomic
def undo_sheet(
    *, actor: Actor, sheet: ProjectSheet, reason: str, now: dt.datetime, today: dt.date,
    user: User | None = None,
) -> ProjectSheet:  # fmt: skip
    """Take back what a workbook entered, for projects nobody has worked on since.

    New projects stand in no list any more; known ones are described as before, steps of the book
    are taken back as mistakes, amounts stated again as they were. The log keeps it all. What could
    not be undone is kept with the sheet, each with its reason.
    """
    current = ProjectSheet.objects.select_for_update().get(pk=sheet.pk)
    if current.state != SheetState.APPLIED:
        raise Refused(NOT_ENTERED)
    if not reason.strip():
        raise Refused(WHY, field="reason")
    found = undoable(current)
    free = [one for one in found if one.why_not is None]
    if not free:
        raise Refused(NOTHING)
    hand: dict[str, Any] = {"actor": actor, "now": now, "today": today, "user": user}
    for one in reversed(free):
        _undo(current, one, **hand)
    current.state, current.undone_reason = SheetState.UNDONE, reason.strip()
    current.kept = [told for one in found for told in _kept(one)]
    current.save(update_fields=["state", "undone_reason", "kept"])
    record(
        "projects.sheet.undone", actor=actor, subject=f"project_sheet:{current.pk}",
        payload={"file": current.file_name, "undone": len(free), "kept": len(current.kept),
                 "reason": current.undone_reason},
    )  # fmt: skip
    return current


def _undo(
    sheet: ProjectSheet, one: Undoable, *, actor: Actor, now: dt.datetime, today: dt.date,
    user: User | None,
) -> None:  # fmt: skip
    project, before = locked(one.project), one.before
    reason = REASON.format(file=sheet.file_name).zh
    if before["new"]:
        project.withdrawn_at = now
        project.save(update_fields=["withdrawn_at"])
        note("withdrawn", actor, project, sheet=sheet.pk, reason=reason)
        return
    if project.last_seq != before["seq"]:
        go_back(
            actor=actor, project=project, to=before["stage"], on=today, reason=reason, void=True,
            now=now, today=today, user=user,
        )  # fmt: skip
    for name, value in before["amounts"].items():
        kind = AMOUNTS[name]
        stated = amount_on(project, kind, sheet.as_of)
        if value is not None and stated is not None and stated.value != Decimal(value):
            state_amount(
                actor=actor, project=project, kind=kind, value=Decimal(value), on=sheet.as_of,
                now=now, reason=reason, sure=True, user=user,
            )  # fmt: skip
    fields: dict[str, Any] = {name: _restored(name, v) for name, v in before["fields"].items()}
    change_project(actor=actor, project=project, **fields)


def _why_not(project: Project, before: Mapping[str, Any], last: int) -> Text | None:
    if project.merged_into_id is not None:
        return NOT_LIVE
    if last > before["event"]:
        return TOUCHED
    moved = not before["new"] and project.last_seq != before["seq"]
    return HAD_LEFT if moved and before["left"] else None


def _first_said(project: Project, before: Mapping[str, Any]) -> Iterator[str]:
    for name, value in before.get("amounts", {}).items():
        if value is None and project.amounts.filter(kind=AMOUNTS[name]).exists():
            yield name


def _kept(one: Undoable) -> Iterator[dict[str, Any]]:
    reason = one.why_not or (FIRST_SAID if one.amounts else None)
    if reason is not None:
        yield {
            "project": one.project.pk, "name": one.project.name, "row": one.before["row"],
            "zh": reason.zh, "en": reason.en,
        }  # fmt: skip


def _last_events(projects: Iterable[int]) -> dict[int, int]:
    subjects = [f"project:{pk}" for pk in projects]
    rows = Event.objects.filter(subject__in=subjects).order_by().values("subject")
    found = rows.annotate(last=Max("seq")).values_list("subject", "last")
    return {int(subject.removeprefix("project:")): last for subject, last in found}


def _plain(value: Any) -> Any:
    """A value as it is kept until somebody undoes it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | bool) else value.pk


def _restored(name: str, value: Any) -> Any:
    """A field as it was, from what was kept of it."""
    if value is None:
        return None
    match name:
        case "place":
            return Place.objects.get(pk=value)
        case "lead_unit":
            return Unit.objects.get(pk=value)
        case "planned_start" | "planned_finish":
            return dt.date.fromisoformat(value)
    return value
