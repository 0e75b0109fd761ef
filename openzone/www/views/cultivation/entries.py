"""One enterprise in a pool: how it stands, who tutors it, what was and is to be done."""

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.packs.cultivation import Pool
from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.cultivation import (
    LeaveForm,
    MaterialsForm,
    TaskForm,
    TutorForm,
    TutoringForm,
)
from openzone.www.views.cultivation.pools import above
from openzone.zone.audit.actors import Actor
from openzone.zone.cultivation.models import Entry, MonthlyFigure, Task
from openzone.zone.cultivation.packs import pack, pool_named
from openzone.zone.cultivation.permissions import (
    may_see_way,
    may_select,
    may_state,
    may_tutor,
)
from openzone.zone.cultivation.selectors.batches import next_batches
from openzone.zone.cultivation.selectors.figures import (
    nearing_of,
    routes_of,
)
from openzone.zone.cultivation.selectors.pools import missing_materials
from openzone.zone.cultivation.selectors.projection import METHOD
from openzone.zone.cultivation.selectors.screening import standing_of
from openzone.zone.cultivation.services import pools as services


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entry, to the zone's people and to the enterprise itself."""
    today = timezone.localdate()
    entry, pool = entry_of(pk)
    require(may_see_way(request.user, entry.enterprise, today))
    running = entry.left_on is None
    context = {
        "notice": pack().notice,
        "entry": entry,
        "pool": pool,
        "candidate": standing_of(pool, entry.enterprise, today),
        "method": METHOD,
        "tutorings": entry.tutorings.all(),
        "tasks": entry.tasks.all(),
        "missing": missing_materials(pool, entry),
        "materials": MaterialsForm(pool, initial={"collected": entry.collected}),
        "batches": next_batches(pool, today),
        "routes": routes_of(pool, entry, today),
        "nearing": nearing_of(pool, entry.enterprise, today),
        "projection": pack().projection,
        "figures": MonthlyFigure.objects.filter(enterprise__root=entry.enterprise.root_id)[:24],
        "may_state": running and may_state(request.user, entry, today).allowed,
        "may_tutor": running and may_tutor(request.user, entry, today).allowed,
        "may_select": running and may_select(request.user, today).allowed,
        "today": today,
    }
    return render(request, "cultivation/entry.html", context)


Act = Callable[[Actor, forms.Form], object]


def _act(
    request: HttpRequest, entry: Entry, form: forms.Form, words: tuple[str, str, str], act: Act
) -> HttpResponse:
    """Show a form of the entry's, or do what it says and go back to the entry."""
    heading, button, done = words
    pool, there = entry_of(entry.pk)[1], page_of_entry(entry)

    def go() -> str:
        act(Actor.of(request.user), form)
        return there

    crumbs = (*above(pool), Crumb(there, entry.enterprise.name))
    return answer(request, FormPage(heading, button, done, crumbs), form, go)


@require_http_methods(["GET", "POST"])
def tutoring(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was done for the enterprise."""
    entry = tutored(request, pk)
    words = (_("Record tutoring"), _("Record"), _("The tutoring is recorded."))

    def act(actor: Actor, form: forms.Form) -> object:
        today = timezone.localdate()
        return services.record_tutoring(actor=actor, entry=entry, today=today, **form.cleaned_data)

    return _act(request, entry, TutoringForm(posted(request)), words, act)


@require_http_methods(["GET", "POST"])
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Set something to be done by a day."""
    entry = tutored(request, pk)
    words = (_("New task"), _("Set the task"), _("The task is set."))

    def act(actor: Actor, form: forms.Form) -> object:
        return services.set_task(actor=actor, entry=entry, **form.cleaned_data)

    return _act(request, entry, TaskForm(posted(request)), words, act)


@require_POST
def task_done(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Note that a task is done."""
    entry = tutored(request, pk)
    found = get_object_or_404(Task.objects.select_related("entry"), pk=row, entry=entry)
    services.finish_task(actor=Actor.of(request.user), task=found, on=timezone.localdate())
    return redirect(page_of_entry(entry))


@require_http_methods(["GET", "POST"])
def materials(request: HttpRequest, pk: int) -> HttpResponse:
    """Note which papers are at hand."""
    entry, pool = tutored(request, pk), entry_of(pk)[1]
    form = MaterialsForm(pool, posted(request), initial={"collected": entry.collected})
    words = (_("Papers at hand"), _("Record"), _("The papers are noted."))

    def act(actor: Actor, form: forms.Form) -> object:
        return services.collect_materials(actor=actor, entry=entry, **form.cleaned_data)

    return _act(request, entry, form, words, act)


@require_http_methods(["GET", "POST"])
def tutor(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who tutors the enterprise."""
    entry = selected(request, pk)
    initial = {
        "unit": entry.unit.code if entry.unit else "",
        "tutor": entry.tutor.username if entry.tutor else "",
    }
    words = (_("Who tutors"), _("Record"), _("The tutor is recorded."))

    def act(actor: Actor, form: forms.Form) -> object:
        return services.assign_tutor(actor=actor, entry=entry, **form.cleaned_data)

    return _act(request, entry, TutorForm(posted(request), initial=initial), words, act)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End the entry, with the reason."""
    entry = selected(request, pk)
    words = (_("Leave the pool"), _("Record"), _("The last day is recorded."))

    def act(actor: Actor, form: forms.Form) -> object:
        return services.leave(actor=actor, entry=entry, **form.cleaned_data)

    return _act(request, entry, LeaveForm(posted(request)), words, act)


def entry_of(pk: int) -> tuple[Entry, Pool]:
    """Return an entry and its pool; one whose pool left the pack is not found."""
    entry = get_object_or_404(
        Entry.objects.select_related("enterprise", "unit", "tutor").filter(choice="accepted"), pk=pk
    )
    pool = pool_named(entry.pool)
    if pool is None:
        raise Http404
    return entry, pool


def tutored(request: HttpRequest, pk: int) -> Entry:
    """Return an entry the person tutors."""
    entry, _pool = entry_of(pk)
    require(may_tutor(request.user, entry, timezone.localdate()))
    return entry


def selected(request: HttpRequest, pk: int) -> Entry:
    """Return an entry the person decides about."""
    entry, _pool = entry_of(pk)
    require(may_select(request.user, timezone.localdate()))
    return entry


def page_of_entry(entry: Entry) -> str:
    """Return the address of an entry."""
    return reverse("cultivation_entry", args=[entry.pk])
