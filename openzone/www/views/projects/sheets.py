"""Workbooks of projects: upload, what is wrong row by row, entering with progress, undoing."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_tasks.base import Task

from openzone.engines.text import Text
from openzone.www import excel, uploads
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms import refusals
from openzone.www.forms.projects_sheets import BookForm, UndoForm
from openzone.www.hands import hand
from openzone.www.importing import RUNNING, WAITING, Work
from openzone.zone import workbooks
from openzone.zone.errors import Refused
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.jobs.models import Job
from openzone.zone.jobs.progress import progress_of
from openzone.zone.projects.enums import SheetState
from openzone.zone.projects.jobs import check_book, enter_book
from openzone.zone.projects.models import ProjectSheet
from openzone.zone.projects.packs import pipeline, pipeline_names
from openzone.zone.projects.permissions import may_tidy
from openzone.zone.projects.services.sheet_columns import STAGE, vocabulary
from openzone.zone.projects.services.sheet_undo import undo_sheet, undoable
from openzone.zone.projects.services.sheets import discard_sheet, receive_sheet
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.registry.services.access import log_export

PROBLEMS, ROWS, BOOKS = 200, 100, 30
STEPS = ("check", "enter", "discard")


def _allow(request: HttpRequest) -> None:
    require(may_tidy(request.user, timezone.localdate()))


@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Show the workbooks so far, and take a new one."""
    _allow(request)
    form = BookForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid() and (sheet := _received(request, form)):
        _start(request, check_book, sheet)
        return redirect("project_sheet", sheet.pk)
    books = ProjectSheet.objects.select_related("uploaded_by").defer("rows", "problems", "touched")
    flows = [(name, say(pipeline(name).label)) for name in pipeline_names()]
    context = {"form": form, "books": books[:BOOKS], "flows": flows}
    status = 400 if form.is_bound else 200
    return render(request, "projects/sheets.html", context, status=status)


def _received(request: HttpRequest, form: BookForm) -> ProjectSheet | None:
    given, who = form.cleaned_data, hand(request)
    try:
        return receive_sheet(
            **who.of("now", "user"), flow=given["pipeline"], file_name=given["file"].name,
            data=bytes(given["file"].read()), as_of=given["as_of"], sure=given["sure"],
            synthetic=given["synthetic"],
        )  # fmt: skip
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


def _start(request: HttpRequest, task: Task[Any, Any], sheet: ProjectSheet) -> None:
    """Queue a job for a workbook; pressing a button twice queues it once."""
    actor = hand(request).actor
    done = _jobs(sheet).exclude(status__in=(WAITING, RUNNING)).count()
    key = f"{_key(sheet)}{task.name}:{done}"
    enqueue_once(task, key, sheet=sheet.pk, actor=[actor.kind, actor.id, actor.label])


def _key(sheet: ProjectSheet) -> str:
    return f"project-sheet:{sheet.pk}:"


def _jobs(sheet: ProjectSheet) -> Any:
    return Job.objects.filter(unique_key__startswith=_key(sheet))


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a workbook is, what its check found, or what it brought."""
    _allow(request)
    sheet = get_object_or_404(ProjectSheet.objects.select_related("uploaded_by"), pk=pk)
    return _page(request, sheet, UndoForm())


def _page(request: HttpRequest, sheet: ProjectSheet, form: UndoForm) -> HttpResponse:
    job = _jobs(sheet).order_by("-pk").first()
    work = Work(job, progress_of(job.pk)) if job else None
    context = {
        "sheet": sheet,
        "work": work,
        "busy": bool(work and work.active),
        "flow": say(pipeline(sheet.pipeline).label),
        "problems": [from_json(one) for one in sheet.problems[:PROBLEMS]],
        "more_problems": max(len(sheet.problems) - PROBLEMS, 0),
        "total": len(sheet.rows),
        "form": form,
        **_shown(sheet),
    }
    part = "#state" if "HX-Request" in request.headers else ""
    status = 400 if form.is_bound else 200
    return render(request, f"projects/sheet.html{part}", context, status=status)


def _shown(sheet: ProjectSheet) -> dict[str, Any]:
    """Return the rows to be entered, or once they are, what undoing would do."""
    if sheet.state != SheetState.APPLIED:
        rows = [_row(sheet, row) for row in sheet.rows[:ROWS]]
        return {"rows": rows, "more_rows": max(len(sheet.rows) - ROWS, 0)}
    found = undoable(sheet)
    return {
        "undoable": found[:ROWS],
        "more_rows": max(len(found) - ROWS, 0),
        "free": sum(one.why_not is None for one in found),
    }


def _row(sheet: ProjectSheet, row: Mapping[str, Any]) -> dict[str, Any]:
    flow = pipeline(sheet.pipeline)
    days = [
        (say(stage.label), row[STAGE + stage.id])
        for stage in flow.stages
        if row.get(STAGE + stage.id)
    ]
    return {"number": row["row"], "name": row["name"], "investor": row.get("investor") or "",
            "total": row.get("total"), "days": days, "unit": row.get("unit") or ""}  # fmt: skip


@require_GET
def template(request: HttpRequest, flow: str) -> HttpResponse:
    """Give an empty workbook with the columns of a pipeline, and what may stand in them."""
    _allow(request)
    if flow not in pipeline_names():
        raise Refused(Text("没有这一项目流程", "there is no such pipeline"), field="pipeline")
    words = vocabulary(pipeline(flow))
    headings = [f"{say(one.label)}{_unit(one.type)}" for one in words.fields]
    notes = [uploads.needed(words.fields), *uploads.lists(words.fields)]
    table = excel.Table(headings, [], notes, synthetic=False)
    return excel.download(table, say(pipeline(flow).label))


def _unit(kind: str) -> str:
    return "(万元)" if kind == "yuan" else ""


@require_POST
def act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Enter a checked workbook, check it again, or put it aside."""
    _allow(request)
    sheet = get_object_or_404(ProjectSheet, pk=pk)
    if step not in STEPS:
        raise Http404
    if step == "discard":
        discard_sheet(actor=hand(request).actor, sheet=sheet)
        messages.success(request, _("The file was discarded. Nothing of it is in the record."))
        return redirect("project_sheets")
    _start(request, enter_book if step == "enter" else check_book, sheet)
    return redirect("project_sheet", pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what a workbook entered."""
    _allow(request)
    sheet, who = get_object_or_404(ProjectSheet, pk=pk), hand(request)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _page(request, sheet, form)
    try:
        undo_sheet(**who.of("now", "today", "user"), sheet=sheet, **form.cleaned_data)
    except Refused as refusal:
        refusals.show(form, refusal)
        return _page(request, sheet, form)
    messages.success(request, _("It is undone; what stays as it is stands below with its reason."))
    return redirect("project_sheet", pk)


@require_POST
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the workbook back with every problem marked in its cell."""
    _allow(request)
    sheet = get_object_or_404(ProjectSheet, pk=pk)
    content = workbooks.marked(sheet)
    log_export(
        actor=hand(request).actor, what=f"project_sheet:{sheet.pk}", count=len(sheet.rows),
        filters={"file": sheet.file_name},
    )  # fmt: skip
    name = _("%(name)s (marked)") % {"name": sheet.file_name.rpartition(".")[0]}
    return excel.answer(content, name, synthetic=sheet.synthetic)
