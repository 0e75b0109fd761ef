"""Reform tasks: programmes, tasks with owner and due date, progress with evidence, checks."""

import datetime as dt
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Schema

from openzone.engines.text import Text
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, Part, latest, slice_of
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.common import CaseRef, PersonOut, UnitOut, Words
from openzone.www.api.values import Id, Line
from openzone.www.forms import reforms as page
from openzone.zone.people.enums import KeyArea
from openzone.zone.reforms import permissions
from openzone.zone.reforms.models import Extension, Programme, Report, Step, Task
from openzone.zone.reforms.selectors import tasks as selectors
from openzone.zone.reforms.selectors.statistics import by_area, by_unit, overall
from openzone.zone.reforms.services import extensions, programmes, progress

desk = Desk(KeyArea.REFORMS)


class AreaOut(Schema):
    """An area of a programme."""

    id: int
    title: str


class ProgrammeOut(Schema):
    """A programme."""

    id: int
    title: str
    document: str
    first_on: dt.date
    last_on: dt.date
    state: str
    synthetic: bool


class ScoreOut(Schema):
    """How an area or unit stands."""

    key: str
    name: str
    total: int
    by_light: dict[str, int]
    reported: int
    points: float
    done_in_time: int


class ProgrammeDetail(ProgrammeOut):
    """A programme with how it stands, by area and by unit."""

    areas: list[AreaOut]
    whole: ScoreOut | None = None
    area_scores: list[ScoreOut] = []
    unit_scores: list[ScoreOut] = []


class ProgrammePart(Part):
    """A part of the programmes."""

    items: list[ProgrammeOut]


class TaskOut(Schema):
    """A task as lists show it, with its light and why."""

    id: int
    number: str
    title: str
    area: AreaOut
    lead: UnitOut
    owner: PersonOut | None
    due_on: dt.date
    done_on: dt.date | None
    weight: float
    case: CaseRef | None
    percent: int | None = None
    light: str = ""
    light_reason: Words | None = None
    overdue_days: int = 0


class TaskPart(Part):
    """A part of the tasks."""

    items: list[TaskOut]


class StepOut(Schema):
    """A step of a task."""

    id: int
    title: str
    unit: UnitOut | None
    due_on: dt.date
    done_on: dt.date | None
    proof: str


class ReportOut(Schema):
    """A report on a task; ``passed`` is null until somebody else checked it."""

    id: int
    percent: int
    text: str
    evidence: str
    reported_by: PersonOut
    reported_at: dt.datetime
    passed: bool | None
    remark: str

    @staticmethod
    def resolve_passed(row: Any) -> bool | None:
        """Return what the check found."""
        return getattr(getattr(row, "check_result", None), "passed", None)

    @staticmethod
    def resolve_remark(row: Any) -> str:
        """Return what the check said."""
        return str(getattr(getattr(row, "check_result", None), "remark", ""))


class ExtensionOut(Schema):
    """More time, asked for; ``granted`` is null until somebody else decided."""

    id: int
    from_on: dt.date
    to_on: dt.date
    reason: str
    granted: bool | None

    @staticmethod
    def resolve_granted(row: Any) -> bool | None:
        """Return what was decided."""
        return getattr(getattr(row, "ruling", None), "granted", None)


class TaskDetail(TaskOut):
    """A task with everything that was ever reported on it."""

    content: str
    assisting: list[UnitOut]
    steps: list[StepOut]
    reports: list[ReportOut]
    extensions: list[ExtensionOut]


@desk.read("/reforms", Text("改革方案", "Programmes"), ProgrammePart)
def list_programmes(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Programmes, the latest first."""
    require(permissions.may_see(asked.user, asked.on))
    return latest(Programme.objects.all(), after, limit)


@desk.read("/reforms/mine", Text("我的改革任务", "My tasks"), list[TaskOut])
def my_tasks(asked: Asked) -> Any:
    """The tasks the caller answers for."""
    require(permissions.may_see(asked.user, asked.on))
    return [_lit(line) for line in selectors.mine(asked.user, asked.on)]


@desk.read("/reforms/{pk}", Text("方案进展", "How a programme stands"), ProgrammeDetail)
def get_programme(asked: Asked, pk: Id) -> Any:
    """How a programme stands: as a whole, by area, by unit."""
    found = _programme(asked, pk)
    row: Any = found
    row.whole = overall(found, asked.on)
    row.area_scores, row.unit_scores = by_area(found, asked.on), by_unit(found, asked.on)
    return row


@desk.read("/reforms/{pk}/tasks", Text("任务清单", "Tasks of a programme"), TaskPart)
def list_tasks(
    asked: Asked, pk: Id, area: Id | None = None, unit: Line = "", light: Line = "",
    text: Line = "", after: After = 0, limit: Limit = 50,
) -> Any:  # fmt: skip
    """Tasks with their light and why; `light` is a colour."""
    chosen = selectors.Filter(area=area, unit=unit, light=light, text=text)
    lines = selectors.lines(_programme(asked, pk), asked.on, chosen)
    part = slice_of(lines, lambda line: line.task.pk, after, limit)
    return {**part, "items": [_lit(line) for line in part["items"]]}


@desk.read("/reforms/tasks/{pk}", Text("任务详情", "One task"), TaskDetail)
def get_task(asked: Asked, pk: Id) -> Any:
    """A task with its steps, reports, checks and more time."""
    require(permissions.may_see(asked.user, asked.on))
    return _shown(asked, pk)


@desk.act("/reforms", Text("制定方案", "Prepare a programme"), page.ProgrammeForm,
          ProgrammeDetail, status=201)  # fmt: skip
def prepare(asked: Asked, sent: Sent) -> Any:
    """Prepare a programme; areas and tasks follow."""
    require(permissions.may_manage(asked.user, asked.on))
    return programmes.create_programme(actor=asked.actor, **sent.given())


@desk.act("/reforms/{pk}/areas", Text("增加领域", "Add an area"), page.AreaForm, AreaOut,
          status=201)  # fmt: skip
def add_area(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Add an area to a programme."""
    found = _managed(asked, pk)
    return programmes.add_area(actor=asked.actor, programme=found, **sent.given())


@desk.act("/reforms/{pk}/tasks", Text("分解任务", "Add a task"), page.TaskForm, TaskDetail,
          status=201)  # fmt: skip
def add_task(asked: Asked, sent: Sent, pk: Id) -> Any:
    """A task with its lead unit, owner, weight and due date."""
    given = sent.given(_managed(asked, pk))
    made = programmes.add_task(actor=asked.actor, now=asked.now, **given)
    return _shown(asked, made.pk)


@desk.act("/reforms/{pk}/begin", Text("下达任务", "Begin a programme"), None, ProgrammeDetail)
def begin(asked: Asked, sent: Body, pk: Id) -> Any:
    """Every task goes to its lead unit, as a case."""
    found = _managed(asked, pk)
    return programmes.begin_programme(actor=asked.actor, programme=found, now=asked.now)


@desk.act("/reforms/tasks/{pk}/reports", Text("报告进展", "Report progress"), page.ReportForm,
          ReportOut, status=201)  # fmt: skip
def report_progress(asked: Asked, sent: Sent, pk: Id) -> Any:
    """How far a task is, with the evidence; somebody else checks it."""
    task = _reported(asked, pk)
    return progress.report(
        actor=asked.actor, by=asked.user, task=task, now=asked.now, **sent.given()
    )


class CheckIn(Body):
    """Confirm or return."""

    passed: bool
    remark: Line = ""


class RuleIn(Body):
    """Grant or refuse."""

    granted: bool
    remark: Line = ""


@desk.act("/reforms/reports/{pk}/check", Text("核验进展", "Check a report"), CheckIn, ReportOut)
def check_progress(asked: Asked, sent: CheckIn, pk: Id) -> Any:
    """Confirm a report or return it; never one's own."""
    require(permissions.may_see(asked.user, asked.on))
    rows = Report.objects.select_related("task__area__programme", "task__lead")
    found = get_object_or_404(rows, pk=pk)
    require(permissions.may_check(asked.user, found, asked.on))
    progress.check_report(
        actor=asked.actor, by=asked.user, report=found, passed=sent.passed, remark=sent.remark,
        now=asked.now, on=asked.on,
    )  # fmt: skip
    return rows.get(pk=pk)


@desk.act("/reforms/tasks/{pk}/extensions", Text("申请延期", "Ask for more time"),
          page.ExtensionForm, ExtensionOut, status=201)  # fmt: skip
def ask_extension(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Ask for more time; somebody else decides."""
    task = _reported(asked, pk)
    return extensions.ask_extension(
        actor=asked.actor, by=asked.user, task=task, now=asked.now, on=asked.on, **sent.given()
    )


@desk.act("/reforms/extensions/{pk}/rule", Text("批准或不批准延期", "Rule on more time"), RuleIn,
          ExtensionOut)  # fmt: skip
def rule(asked: Asked, sent: RuleIn, pk: Id) -> Any:
    """Grant or refuse more time; never one's own."""
    require(permissions.may_see(asked.user, asked.on))
    rows = Extension.objects.select_related("task__area__programme", "task__lead")
    found = get_object_or_404(rows, pk=pk)
    require(permissions.may_rule(asked.user, found, asked.on))
    extensions.rule_extension(
        actor=asked.actor, by=asked.user, extension=found, granted=sent.granted,
        remark=sent.remark, now=asked.now,
    )  # fmt: skip
    return rows.get(pk=pk)


@desk.act("/reforms/tasks/{pk}/steps", Text("分解步骤", "Add a step"), page.StepForm, TaskDetail,
          status=201)  # fmt: skip
def add_step(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Break a task down."""
    programmes.add_step(actor=asked.actor, task=_stepped(asked, pk), **sent.given())
    return _shown(asked, pk)


@desk.act("/reforms/steps/{pk}/done", Text("步骤完成", "Step done"), page.StepDoneForm, TaskDetail)
def step_done(asked: Asked, sent: Sent, pk: Id) -> Any:
    """A step is done, with its proof."""
    require(permissions.may_see(asked.user, asked.on))
    found = get_object_or_404(Step, pk=pk)
    _stepped(asked, found.task_id)
    programmes.finish_step(actor=asked.actor, step=found, on=asked.on, **sent.given())
    return _shown(asked, found.task_id)


@desk.act("/reforms/tasks/{pk}/owner", Text("明确责任人", "Name who is responsible"),
          page.OwnerForm, TaskDetail)  # fmt: skip
def name_owner(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Say who is responsible for a task."""
    require(permissions.may_manage(asked.user, asked.on))
    task = _task(pk)
    programmes.name_owner(actor=asked.actor, task=task, now=asked.now, **sent.given(task))
    return _shown(asked, pk)


def _programme(asked: Asked, pk: int) -> Programme:
    require(permissions.may_see(asked.user, asked.on))
    return get_object_or_404(Programme, pk=pk)


def _managed(asked: Asked, pk: int) -> Programme:
    require(permissions.may_manage(asked.user, asked.on))
    return get_object_or_404(Programme, pk=pk)


def _task(pk: int) -> Task:
    related = Task.objects.select_related("area__programme", "lead", "owner", "case")
    return get_object_or_404(related, pk=pk)


def _shown(asked: Asked, pk: int) -> Any:
    task = _task(pk)
    line = selectors.one(task, asked.on)
    for name, value in _facts(line).items():
        setattr(task, name, value)
    return task


def _lit(line: selectors.Line) -> Any:
    for name, value in _facts(line).items():
        setattr(line.task, name, value)
    return line.task


def _facts(line: selectors.Line) -> dict[str, Any]:
    return {
        "percent": line.percent,
        "light": line.light.colour,
        "light_reason": Words.of(line.light.text),
        "overdue_days": line.overdue,
    }


def _reported(asked: Asked, pk: int) -> Task:
    require(permissions.may_see(asked.user, asked.on))
    task = _task(pk)
    require(permissions.may_report(asked.user, task, asked.on))
    return task


def _stepped(asked: Asked, pk: int) -> Task:
    """Return a task to who breaks it down: its lead unit, and who keeps the programme."""
    if permissions.may_manage(asked.user, asked.on).allowed:
        return _task(pk)
    return _reported(asked, pk)
