"""Programmes: the list, one with its figures, its tasks, a task list from a spreadsheet."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel, uploads
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.reforms import (
    COLOURS,
    AreaForm,
    ProgrammeForm,
    TaskFilter,
    TaskForm,
    UploadForm,
    light_rules,
)
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.reforms.models import Area, Programme, Step, TaskSheet
from openzone.zone.reforms.packs import pack
from openzone.zone.reforms.permissions import may_manage, may_see
from openzone.zone.reforms.selectors import tasks as selectors
from openzone.zone.reforms.selectors.statistics import by_area, by_unit, overall
from openzone.zone.reforms.selectors.tasks import Line, lines
from openzone.zone.reforms.services import programmes as services
from openzone.zone.reforms.services import sheets
from openzone.zone.registry.permissions import may_export


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the programmes."""
    today = timezone.localdate()
    require(may_see(request.user, today))
    tasks = Count("areas__tasks", distinct=True)
    done = Count("areas__tasks", filter=Q(areas__tasks__done_on__isnull=False), distinct=True)
    context = {
        "programmes": Programme.objects.annotate(tasks=tasks, done=done),
        "may_manage": may_manage(request.user, today).allowed,
    }
    return render(request, "reforms/list.html", context)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show the tasks somebody answers for, and what waits for their check."""
    today = timezone.localdate()
    require(may_see(request.user, today))
    context = {
        "lines": selectors.mine(request.user, today),  # type: ignore[arg-type] # logged in
        "reports": selectors.waiting_reports(),
        "extensions": selectors.waiting_extensions(),
        "today": today,
    }
    return render(request, "reforms/mine.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a programme."""
    require(may_manage(request.user, timezone.localdate()))
    form = ProgrammeForm(posted(request))

    def act() -> str:
        made = services.create_programme(actor=Actor.of(request.user), **form.cleaned_data)
        return reverse("reform_programme", args=[made.pk])

    done = _("Now add areas and tasks.")
    page = FormPage(_("New programme"), _("Prepare"), done, _above())
    return answer(request, page, form, act)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a programme stands: by area, by unit, what is late, what waits."""
    programme, today = _programme(request, pk), timezone.localdate()
    context = {
        "programme": programme,
        "whole": overall(programme, today),
        "areas": by_area(programme, today),
        "units": by_unit(programme, today),
        "colours": COLOURS,
        "overdue": selectors.overdue(programme, today)[:20],
        "reports": selectors.waiting_reports(programme),
        "extensions": selectors.waiting_extensions(programme),
        "moved": selectors.moved(programme).count(),
        "closing": programme.closings.exists(),
        "rules": light_rules(),
        "pack": pack(),
        "may_manage": may_manage(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }
    return render(request, "reforms/programme.html", context)


@require_GET
def tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the tasks of a programme, filtered."""
    programme = _programme(request, pk)
    form = TaskFilter(programme, request.GET)
    context = {
        "programme": programme,
        "form": form,
        "lines": _found(programme, form),
        "colours": COLOURS,
        "may_export": may_export(request.user, timezone.localdate()).allowed,
    }
    status = 200 if form.is_valid() else 400
    return render(request, "reforms/tasks.html", context, status=status)


def _found(programme: Programme, form: TaskFilter) -> list[Line]:
    if not form.is_valid():
        return []
    return lines(programme, timezone.localdate(), form.chosen())


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the filtered tasks; the file can be imported again."""
    programme = _programme(request, pk)
    require(may_export(request.user, timezone.localdate()))
    headings = [
        _("Area"),
        _("Number"),
        _("Task"),
        _("What is to be done"),
        _("Lead unit"),
        _("Assisting units"),
        _("Responsible person"),
        _("Due"),
        _("Weight"),
        _("Sub-tasks and milestones"),
        _("Progress (%)"),
        _("Light"),
        _("Days late"),
        _("Done on"),
        _("Number of its case"),
    ]
    found = _found(programme, TaskFilter(programme, request.POST))
    steps = _steps(programme)
    rows = [_cells(line, steps.get(line.task.pk, "")) for line in found]
    notes = [programme.title, excel.as_of_note(timezone.localdate())]
    table = excel.Table(headings, rows, notes, excel.in_example_zone())
    return send(request, table, what=f"programme:{programme.pk}", name=programme.title)


def _steps(programme: Programme) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for step in Step.objects.filter(task__area__programme=programme):
        found.setdefault(step.task_id, []).append(f"{step.title}|{step.due_on.isoformat()}")
    return {task: "；".join(texts) for task, texts in found.items()}


def _cells(line: Line, steps: str) -> tuple[excel.Cell, ...]:
    task = line.task
    assisting = "、".join(unit.name for unit in task.assisting.all())
    return (
        task.area.title,
        task.number,
        task.title,
        task.content or None,
        task.lead.name,
        assisting or None,
        task.owner.username if task.owner else None,
        task.due_on,
        task.weight,
        steps or None,
        100 if task.done_on else line.percent,
        say(line.light.text),
        line.overdue or None,
        task.done_on,
        task.case.number if task.case else None,
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Add an area or a task."""
    programme = _managed(request, pk)
    actor, now = Actor.of(request.user), timezone.now()

    def area(**given: Any) -> Area:
        return services.add_area(actor=actor, programme=programme, **given)

    def task(**given: Any) -> object:
        return services.add_task(actor=actor, now=now, **given)

    adding: dict[str, tuple[forms.Form, str, Callable[..., object]]] = {
        "area": (AreaForm(posted(request)), _("Add an area"), area),
        "task": (TaskForm(programme, posted(request)), _("Add a task"), task),
    }
    if what not in adding:
        raise Http404
    form, heading, service = adding[what]

    def act() -> str:
        service(**form.cleaned_data)
        return _page_of(programme)

    page_ = FormPage(heading, _("Add"), _("It is added."), _above(programme))
    return answer(request, page_, form, act)


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Give every task to its lead unit."""
    programme = _managed(request, pk)
    try:
        services.begin_programme(
            actor=Actor.of(request.user), programme=programme, now=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect(_page_of(programme))


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a task list and check it; nothing is entered yet."""
    programme = _managed(request, pk)
    form = UploadForm(posted(request), request.FILES or None)
    if form.is_valid() and (sheet := _checked(request, programme, form)):
        return redirect("reform_sheet", sheet.pk)
    context = {
        "programme": programme,
        "form": form,
        "columns": sheets.vocabulary().fields,
        "sheets": page_of(request, programme.sheets.order_by("-pk")),
    }
    status = 400 if form.is_bound else 200
    return render(request, "reforms/sheets.html", context, status=status)


def _checked(request: HttpRequest, programme: Programme, form: UploadForm) -> TaskSheet | None:
    return uploads.checked(
        form,
        lambda name, data: sheets.check_tasks(
            actor=Actor.of(request.user), programme=programme, file_name=name, data=data,
            now=timezone.now(), as_of=timezone.localdate(),
        ),
    )  # fmt: skip


@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a task list would enter, and what is wrong with its other rows."""
    found = _sheet(request, pk)
    context = uploads.shown(found, sheets.vocabulary()) | {"programme": found.programme}
    return render(request, "reforms/sheet.html", context)


@require_POST
def sheet_act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Enter the good rows, or drop the list."""
    found, actor = _sheet(request, pk), Actor.of(request.user)
    uploads.taken(
        request, step,
        apply=lambda: sheets.apply_tasks(actor=actor, sheet=found, now=timezone.now()),
        discard=lambda: sheets.discard_tasks(actor=actor, sheet=found),
    )  # fmt: skip
    return redirect("reform_sheet", found.pk)


def _programme(request: HttpRequest, pk: int) -> Programme:
    programme = get_object_or_404(Programme, pk=pk)
    require(may_see(request.user, timezone.localdate()))
    return programme


def _managed(request: HttpRequest, pk: int) -> Programme:
    programme = get_object_or_404(Programme, pk=pk)
    require(may_manage(request.user, timezone.localdate()))
    return programme


def _sheet(request: HttpRequest, pk: int) -> TaskSheet:
    require(may_manage(request.user, timezone.localdate()))
    return get_object_or_404(TaskSheet.objects.select_related("programme"), pk=pk)


def _page_of(programme: Programme) -> str:
    return reverse("reform_programme", args=[programme.pk])


def _above(programme: Programme | None = None) -> tuple[Crumb, ...]:
    crumbs = (Crumb(reverse("reforms"), _("Reform tasks")),)
    return (*crumbs, Crumb(_page_of(programme), programme.title)) if programme else crumbs
