"""One question: who asked what, who answers until when, and everything people do about it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.consultations import (
    AgainForm,
    HelpForm,
    InvolveForm,
    LimitForm,
    PartForm,
    PassOnForm,
    PublishForm,
    RateForm,
    ReplyForm,
)
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.people.permissions import may_see_console
from openzone.zone.spokespersons import permissions
from openzone.zone.spokespersons.enums import ConsultationStatus
from openzone.zone.spokespersons.models import Consultation, Part, Reply
from openzone.zone.spokespersons.packs import pack
from openzone.zone.spokespersons.selectors.basis import changed
from openzone.zone.spokespersons.selectors.consultations import DISSATISFIED
from openzone.zone.spokespersons.selectors.register import speaker_of
from openzone.zone.spokespersons.selectors.urgency import count_of, urgency
from openzone.zone.spokespersons.services import answers, consultations
from openzone.zone.spokespersons.services.consultations import label

RELATED = (
    "enterprise",
    "unit",
    "document",
    "item__document",
    "asked_by",
    "recorded_by",
    "case",
)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a question with its answers."""
    today, found = timezone.localdate(), _seen(request, pk)
    waiting = found.status == ConsultationStatus.OPEN
    inside = may_see_console(request.user, today).allowed
    mine = permissions.may_answer(request.user, found, today)
    context = {
        "consultation": found,
        "waiting": waiting,
        "urgency": urgency(found.due_at, timezone.now()) if waiting else None,
        "count": count_of(found),
        "speaker": speaker_of(found.unit, today) if found.unit else None,
        "replies": _replies(request, found),
        # Parts are for the unit that answers: the enterprise reads the answer made of them.
        "parts": _parts(request, found) if inside else [],
        "inside": inside,
        "may_answer": mine,
        "may_route": permissions.may_route(request.user, found, today).allowed,
        "several_limits": len(pack().scheme.limits) > 1,
        "reply_form": ReplyForm(),
        "events": _events(found) if inside else [],
    }
    return render(request, "consultations/page.html", context)


def _replies(request: HttpRequest, found: Consultation) -> list[dict[str, Any]]:
    today = timezone.localdate()
    replies = list(found.replies.select_related("replied_by", "unit", "published_as"))
    for one in replies:
        one.consultation = found
    return [
        {
            "reply": one,
            "changed": changed(one, today),
            "may_rate": one.rating is None
            and permissions.may_rate(request.user, one, today).allowed,
            "may_ask_again": one == replies[-1]
            and found.status == ConsultationStatus.ANSWERED
            and one.rating in DISSATISFIED
            and permissions.may_rate(request.user, one, today).allowed,
            "rate_form": RateForm(),
        }
        for one in replies
    ]


def _parts(request: HttpRequest, found: Consultation) -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [
        {
            "part": part,
            "may_contribute": part.done_at is None
            and permissions.may_contribute(request.user, part, today).allowed,
        }
        for part in found.parts.select_related("unit", "done_by")
    ]


def _events(found: Consultation) -> list[Event]:
    return list(Event.objects.filter(subject=label(found)).order_by("seq"))


Act = Callable[[Actor, forms.Form], object]


def _act(
    request: HttpRequest,
    found: Consultation,
    form: forms.Form,
    words: tuple[str, str, str],
    act: Act,
) -> HttpResponse:
    """Show a form of the question's, or do what it says and go back to the question."""
    heading, button, done = words
    there = reverse("consultation", args=[found.pk])
    above = Crumb(there, _("Question %d") % found.pk)

    def go() -> str:
        act(Actor.of(request.user), form)
        return there

    crumbs = (Crumb(reverse("consultations"), _("Questions")), above)
    return answer(request, FormPage(heading, button, done, crumbs, found.text[:200]), form, go)


@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer, and publish the answer if a question for everybody is given."""
    found = _seen(request, pk)
    require(permissions.may_answer(request.user, found, timezone.localdate()))
    words = (_("Answer a question"), _("Reply"), _("The answer is given."))
    return _act(request, found, ReplyForm(posted(request)), words, _answering(request, found))


def _answering(request: HttpRequest, found: Consultation) -> Act:
    @transaction.atomic
    def act(actor: Actor, form: forms.Form) -> None:
        now, on = timezone.now(), timezone.localdate()
        given = answers.reply(
            actor=actor,
            consultation=found,
            text=form.cleaned_data["text"],
            by=request.user,  # type: ignore[arg-type] # logged in
            now=now,
            on=on,
        )
        if question := form.cleaned_data["published_question"]:
            answers.publish_reply(actor=actor, reply=given, question=question, on=on)

    return act


@require_http_methods(["GET", "POST"])
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the question to where it belongs."""
    found = _seen(request, pk)
    require(permissions.may_route(request.user, found, timezone.localdate()))
    words = (_("Pass the question on"), _("Pass on"), _("The question is passed on."))

    def act(actor: Actor, form: forms.Form) -> object:
        return consultations.pass_on(
            actor=actor, consultation=found, now=timezone.now(), **form.cleaned_data
        )

    return _act(request, found, PassOnForm(posted(request)), words, act)


@require_http_methods(["GET", "POST"])
def involve(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a second unit for its part."""
    found = _seen(request, pk)
    require(permissions.may_route(request.user, found, timezone.localdate()))
    words = (_("Ask another unit"), _("Ask the unit"), _("The unit is asked for its part."))

    def act(actor: Actor, form: forms.Form) -> object:
        return consultations.involve(
            actor=actor, consultation=found, now=timezone.now(), **form.cleaned_data
        )

    return _act(request, found, InvolveForm(posted(request)), words, act)


@require_http_methods(["GET", "POST"])
def contribute(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Add a unit's part."""
    found = _seen(request, pk)
    own = get_object_or_404(Part.objects.select_related("unit", "consultation"), pk=part)
    get_object_or_404(found.parts, pk=part)
    require(permissions.may_contribute(request.user, own, timezone.localdate()))
    words = (_("Add the unit's part"), _("Record"), _("The part is added."))

    def act(actor: Actor, form: forms.Form) -> object:
        return consultations.contribute(
            actor=actor,
            part=own,
            text=form.cleaned_data["text"],
            by=request.user,  # type: ignore[arg-type] # logged in
            now=timezone.now(),
        )

    return _act(request, found, PartForm(posted(request)), words, act)


@require_http_methods(["GET", "POST"])
def limit(request: HttpRequest, pk: int) -> HttpResponse:
    """Measure the question by another promised limit."""
    found = _seen(request, pk)
    require(permissions.may_route(request.user, found, timezone.localdate()))
    words = (_("Choose the time limit"), _("Record"), _("The limit is counted anew."))

    def act(actor: Actor, form: forms.Form) -> object:
        return consultations.set_limit(
            actor=actor, consultation=found, now=timezone.now(), **form.cleaned_data
        )

    return _act(request, found, LimitForm(posted(request)), words, act)


@require_http_methods(["GET", "POST"])
def assist(request: HttpRequest, pk: int) -> HttpResponse:
    """Record how the asker was helped with the application."""
    found = _seen(request, pk)
    require(permissions.may_route(request.user, found, timezone.localdate()))
    words = (_("Help with the application"), _("Record"), _("The help is recorded."))

    def act(actor: Actor, form: forms.Form) -> object:
        on = timezone.localdate()
        return answers.give_help(actor=actor, consultation=found, on=on, **form.cleaned_data)

    return _act(request, found, HelpForm(posted(request)), words, act)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Publish an answer."""
    found, given = _reply(request, pk, row)
    require(permissions.may_route(request.user, found, timezone.localdate()))
    words = (_("Publish the answer"), _("Publish"), _("The answer is published."))

    def act(actor: Actor, form: forms.Form) -> object:
        on = timezone.localdate()
        return answers.publish_reply(actor=actor, reply=given, on=on, **form.cleaned_data)

    return _act(request, found, PublishForm(posted(request)), words, act)


@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Let who asked rate the answer."""
    found, given = _reply(request, pk, row)
    require(permissions.may_rate(request.user, given, timezone.localdate()))
    words = (_("Rate the answer"), _("Rate"), _("Thank you. The rating is recorded."))

    def act(actor: Actor, form: forms.Form) -> object:
        return answers.rate(actor=actor, reply=given, now=timezone.now(), **form.cleaned_data)

    return _act(request, found, RateForm(posted(request)), words, act)


@require_http_methods(["GET", "POST"])
def ask_again(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Open the question again after an answer that did not satisfy."""
    found, given = _reply(request, pk, row)
    require(permissions.may_rate(request.user, given, timezone.localdate()))
    words = (_("Ask again"), _("Ask again"), _("The question is open again, with a new limit."))

    def act(actor: Actor, form: forms.Form) -> object:
        return answers.ask_again(actor=actor, reply=given, now=timezone.now(), **form.cleaned_data)

    return _act(request, found, AgainForm(posted(request)), words, act)


def _seen(request: HttpRequest, pk: int) -> Consultation:
    """Return a question to somebody who may read it."""
    found = get_object_or_404(Consultation.objects.select_related(*RELATED), pk=pk)
    require(permissions.may_see(request.user, found, timezone.localdate()))
    return found


def _reply(request: HttpRequest, pk: int, row: int) -> tuple[Consultation, Reply]:
    found = _seen(request, pk)
    given = get_object_or_404(found.replies, pk=row)
    given.consultation = found
    return found, given
