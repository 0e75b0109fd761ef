"""Lists of questions: the desk of the zone, the own ones of an enterprise; asking."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.consultations import STATES, AskForm, CallForm, ConsultationFilter, OwnForm
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.permissions import may_see_console
from openzone.zone.policies.models import Document
from openzone.zone.registry.permissions import may_export
from openzone.zone.spokespersons.enums import ConsultationStatus
from openzone.zone.spokespersons.models import Consultation
from openzone.zone.spokespersons.packs import pack
from openzone.zone.spokespersons.permissions import (
    enterprises_of,
    may_answer,
    may_ask,
    may_use_desk,
)
from openzone.zone.spokespersons.selectors.consultations import (
    Filter,
    State,
    consultations,
    parts_waiting,
)
from openzone.zone.spokespersons.selectors.register import speaks_for
from openzone.zone.spokespersons.selectors.similar import similar
from openzone.zone.spokespersons.selectors.urgency import Urgency, urgency
from openzone.zone.spokespersons.services.answers import reply
from openzone.zone.spokespersons.services.consultations import ask


class Row(NamedTuple):
    """A question as a list shows it."""

    consultation: Consultation
    urgency: Urgency | None
    mine: bool


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the desk to who works for the zone, and to others the questions they asked."""
    today = timezone.localdate()
    if not may_see_console(request.user, today).allowed:
        return _own(request, today)
    form = ConsultationFilter(request.GET)
    page = page_of(request, _found(form))
    units = speaks_for(request.user, today)  # type: ignore[arg-type] # logged in
    context = {
        "form": form,
        "page": page,
        "rows": rows(page, units),
        "parts": parts_waiting(units, timezone.now()),
        "mine": consultations(Filter(State.OPEN), timezone.now()).filter(unit__in=units).count(),
        "speaks": bool(units),
        "may_export": may_export(request.user, today).allowed,
    }
    status = 200 if form.is_valid() else 400
    return render(request, "consultations/desk.html", context, status=status)


def _own(request: HttpRequest, today: dt.date) -> HttpResponse:
    """Show the questions of one's own enterprises."""
    own = enterprises_of(request.user, today)
    found = consultations(Filter(), timezone.now())
    roots = [enterprise.root_id for enterprise in own]
    page = page_of(request, found.filter(enterprise__root__in=roots))
    context = {"page": page, "rows": rows(page, frozenset()), "may_ask": bool(own)}
    return render(request, "consultations/mine.html", context)


def rows(shown: Sequence[Consultation], units: frozenset[int]) -> list[Row]:
    """Return the lines of a list; ``units`` are those the reader answers for."""
    now = timezone.now()
    return [
        Row(
            one,
            urgency(one.due_at, now) if one.status == ConsultationStatus.OPEN else None,
            one.unit_id in units,
        )
        for one in shown
    ]


def _found(form: ConsultationFilter) -> QuerySet[Consultation]:
    if not form.is_valid():
        return Consultation.objects.none()
    return consultations(form.chosen(), timezone.now())


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the filtered list; the log notes it."""
    require(may_export(request.user, timezone.localdate()))
    form = ConsultationFilter(request.POST)
    found = list(_found(form))
    table = excel.Table(
        headings=[
            _("Number"),
            _("Asked at"),
            _("Enterprise"),
            _("Question"),
            _("Policy document"),
            _("Responsible unit"),
            _("Due"),
            _("Status"),
            _("Times asked again"),
        ],
        rows=[_cells(one) for one in found],
        notes=[str(STATES[State(request.POST.get("state") or State.ALL)])]
        if form.is_valid()
        else [],
        synthetic=excel.in_example_zone(),
    )
    return send(request, table, what="consultations", name=_("Questions"))


def _cells(one: Consultation) -> tuple[excel.Cell, ...]:
    return (
        one.pk,
        timezone.localtime(one.asked_at).strftime("%Y-%m-%d %H:%M"),
        one.enterprise.name if one.enterprise else one.caller or None,
        one.text,
        one.document.title if one.document else None,
        str(one.unit) if one.unit else _("Service centre"),
        timezone.localtime(one.due_at).strftime("%Y-%m-%d %H:%M"),
        one.get_status_display(),
        one.reopened,
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Put a question; what was answered before is shown while writing."""
    today = timezone.localdate()
    require(may_ask(request.user, today))
    form = _form(request, today)
    asked = _asked(request, form) if form.is_valid() else None
    if asked is not None:
        messages.success(request, _("The question is recorded under number %d.") % asked.pk)
        return redirect("consultation", asked.pk)
    context = {"form": form, "scheme": pack().scheme, "alike": _alike(request, today)}
    return render(request, "consultations/new.html", context, status=400 if form.is_bound else 200)


@require_GET
def alike(request: HttpRequest) -> HttpResponse:
    """Answer what is being written with published answers to questions like it."""
    today = timezone.localdate()
    require(may_ask(request.user, today))
    return render(request, "consultations/alike.html", {"alike": _alike(request, today)})


def _alike(request: HttpRequest, today: dt.date) -> Any:
    given = request.POST or request.GET
    code = given.get("document", "")
    document = Document.objects.filter(code=code).first() if code else None
    text = given.get("text", "")[:2000]
    return similar(text, today, document) if text.strip() else []


def _form(request: HttpRequest, today: dt.date) -> AskForm:
    """Return the form of somebody's own enterprise; staff writes down who called."""
    own = enterprises_of(request.user, today)
    initial = {name: request.GET.get(name, "") for name in ("document", "item", "text")}
    if may_use_desk(request.user, today).allowed:
        return CallForm(today, posted(request), initial=initial)
    return OwnForm(own, today, posted(request), initial=initial | {"enterprise": own[0].pk})


def _asked(request: HttpRequest, form: AskForm) -> Consultation | None:
    try:
        return _put(request, form)
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@transaction.atomic
def _put(request: HttpRequest, form: AskForm) -> Consultation:
    """Record the question and, where it was given on the spot, the answer: both or neither."""
    actor, now, question = Actor.of(request.user), timezone.now(), form.question()
    if isinstance(form, OwnForm):
        who = {"enterprise": form.cleaned_data["enterprise"], "asked_by": request.user}
        return ask(actor=actor, now=now, **question, **who)
    who = {"recorded_by": request.user}
    asked = ask(actor=actor, now=now, **question, **who)
    if text := form.cleaned_data["answer"]:
        _answer_at_once(request, form, asked, text)
    return asked


def _answer_at_once(request: HttpRequest, form: forms.Form, asked: Consultation, text: str) -> None:
    """Answer if it is this person's to answer; else take everything back and say why."""
    decision = may_answer(request.user, asked, timezone.localdate())
    if not decision.allowed:
        raise Refused(decision.reason, field="answer")
    reply(
        actor=Actor.of(request.user),
        consultation=asked,
        text=text,
        by=request.user,  # type: ignore[arg-type] # logged in
        now=timezone.now(),
        on=timezone.localdate(),
        on_the_spot=True,
    )
