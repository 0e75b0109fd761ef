"""One task: its steps, reports, checks, more time."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.reforms import (
    ExtensionForm,
    OwnerForm,
    ReportForm,
    StepDoneForm,
    StepForm,
    VerdictForm,
)
from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.reforms.models import Extension, Report, Step, Task
from openzone.zone.reforms.permissions import (
    may_check,
    may_manage,
    may_report,
    may_rule,
    may_see,
)
from openzone.zone.reforms.selectors.tasks import one
from openzone.zone.reforms.services import programmes as services
from openzone.zone.reforms.services.extensions import ask_extension, rule_extension
from openzone.zone.reforms.services.progress import check_report, report


class _Hand(NamedTuple):
    actor: Actor
    by: User
    now: dt.datetime


def _hand(request: HttpRequest) -> _Hand:
    user = request.user
    return _Hand(Actor.of(user), user, timezone.now())  # type: ignore[arg-type] # logged in


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a task with everything that was ever reported on it."""
    task, today = _task(pk), timezone.localdate()
    require(may_see(request.user, today))
    user, running = request.user, task.done_on is None
    reports = task.reports.select_related("reported_by", "check_result__checked_by", "task")
    asked = task.extensions.select_related("asked_by", "ruling__ruled_by", "task")
    reporting = running and may_report(user, task, today).allowed
    context = {
        "task": task,
        "goes_on": getattr(task, "carried_to", None),
        "came_from": task.carried_from,
        "programme": task.area.programme,
        "line": one(task, today),
        "steps": task.steps.select_related("unit"),
        "assisting": task.assisting.all(),
        "reports": [
            (r, getattr(r, "check_result", None), may_check(user, r, today))
            for r in reports.order_by("-pk")
        ],
        "extensions": [
            (e, getattr(e, "ruling", None), may_rule(user, e, today)) for e in asked.order_by("-pk")
        ],
        "may_report": reporting,
        "may_manage": running and may_manage(user, today).allowed,
        "may_step": running and (reporting or may_manage(user, today).allowed),
        "today": today,
    }
    return render(request, "reforms/task.html", context)


class _Words(NamedTuple):
    heading: str
    button: str
    done: str
    sub: str = ""


def _form_page(
    request: HttpRequest, task: Task, words: _Words, form: forms.Form, act: Callable[[], object]
) -> HttpResponse:
    there = reverse("reform_task", args=[task.pk])

    def go() -> str:
        act()
        return there

    programme = task.area.programme
    crumbs = (
        Crumb(reverse("reforms"), _("Reform tasks")),
        Crumb(reverse("reform_programme", args=[programme.pk]), programme.title),
        Crumb(there, f"{task.number} {task.title}"),
    )
    return answer(request, FormPage(*words[:3], crumbs, words.sub), form, go)


@require_http_methods(["GET", "POST"])
def make_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Report how far a task is."""
    task = _reported(request, pk)
    form, (actor, by, now) = ReportForm(posted(request)), _hand(request)

    def act() -> object:
        return report(actor=actor, by=by, task=task, now=now, **form.cleaned_data)

    done = _("The report is recorded; somebody else checks it.")
    return _form_page(request, task, _Words(_("Report progress"), _("Report"), done), form, act)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a report or return it."""
    related = Report.objects.select_related("task__area__programme", "task__lead")
    found = get_object_or_404(related, pk=pk)
    today = timezone.localdate()
    require(may_check(request.user, found, today))
    form = VerdictForm(_("Confirm"), _("Return"), posted(request))
    actor, by, now = _hand(request)

    def act() -> object:
        return check_report(
            actor=actor,
            by=by,
            report=found,
            passed=form.cleaned_data["yes"],
            remark=form.cleaned_data["remark"],
            now=now,
            on=today,
        )

    sub = f"{found.percent}% · {found.text[:200]} · {found.evidence[:200]}"
    words = _Words(_("Check a report"), _("Record"), _("The check is recorded."), sub)
    return _form_page(request, found.task, words, form, act)


@require_http_methods(["GET", "POST"])
def extension(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for more time."""
    task = _reported(request, pk)
    form, (actor, by, now) = ExtensionForm(posted(request)), _hand(request)
    today = timezone.localdate()

    def act() -> object:
        return ask_extension(actor=actor, by=by, task=task, now=now, on=today, **form.cleaned_data)

    done = _("It is asked; somebody else decides.")
    words = _Words(_("Ask for more time"), _("Ask"), done, task.due_on.isoformat())
    return _form_page(request, task, words, form, act)


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or refuse more time."""
    related = Extension.objects.select_related("task__area__programme", "task__lead")
    found = get_object_or_404(related, pk=pk)
    require(may_rule(request.user, found, timezone.localdate()))
    form = VerdictForm(_("Grant"), _("Refuse"), posted(request))
    actor, by, now = _hand(request)

    def act() -> object:
        return rule_extension(
            actor=actor,
            by=by,
            extension=found,
            granted=form.cleaned_data["yes"],
            remark=form.cleaned_data["remark"],
            now=now,
        )

    sub = f"{found.from_on} → {found.to_on} · {found.reason[:300]}"
    words = _Words(_("Decide on more time"), _("Record"), _("It is decided."), sub)
    return _form_page(request, found.task, words, form, act)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Break a task down."""
    task = _stepped(request, pk)
    form = StepForm(posted(request))

    def act() -> object:
        return services.add_step(actor=Actor.of(request.user), task=task, **form.cleaned_data)

    words = _Words(_("Add a step"), _("Add"), _("It is added."))
    return _form_page(request, task, words, form, act)


@require_http_methods(["GET", "POST"])
def step_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a step is done."""
    found = get_object_or_404(Step.objects.select_related("task"), pk=pk)
    task = _stepped(request, found.task_id)
    form = StepDoneForm(posted(request))

    def act() -> object:
        return services.finish_step(
            actor=Actor.of(request.user),
            step=found,
            on=timezone.localdate(),
            **form.cleaned_data,
        )

    words = _Words(_("Step done"), _("Record"), _("The step is done."), found.title)
    return _form_page(request, task, words, form, act)


@require_http_methods(["GET", "POST"])
def owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who is responsible."""
    task = _task(pk)
    require(may_manage(request.user, timezone.localdate()))
    form, (actor, _by, now) = OwnerForm(task, posted(request)), _hand(request)

    def act() -> object:
        return services.name_owner(actor=actor, task=task, now=now, **form.cleaned_data)

    words = _Words(_("Responsible person"), _("Record"), _("It is recorded."))
    return _form_page(request, task, words, form, act)


def _task(pk: int) -> Task:
    related = Task.objects.select_related("area__programme", "lead", "owner", "case")
    return get_object_or_404(related, pk=pk)


def _reported(request: HttpRequest, pk: int) -> Task:
    task = _task(pk)
    require(may_report(request.user, task, timezone.localdate()))
    return task


def _stepped(request: HttpRequest, pk: int) -> Task:
    """Return a task to who breaks it down: its lead unit, and who keeps the programme."""
    task, today = _task(pk), timezone.localdate()
    if not may_manage(request.user, today).allowed:
        require(may_report(request.user, task, today))
    return task
