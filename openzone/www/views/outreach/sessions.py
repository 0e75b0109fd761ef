"""Live sessions about policies: announced to everybody, registered for, held."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.access import require
from openzone.www.converters import is_record_number
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.facts import ReasonForm
from openzone.www.forms.outreach import HeldForm, ProgrammeForm, SessionForm
from openzone.www.pages import page_of
from openzone.zone.audit.actors import Actor
from openzone.zone.outreach.models import LiveSession
from openzone.zone.outreach.permissions import may_hold_sessions, may_speak_for
from openzone.zone.outreach.selectors.sessions import answers_of
from openzone.zone.outreach.services import sessions as services
from openzone.zone.policies.selectors.items import published
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.enterprises import spoken_for
from openzone.zone.spokespersons.models import Spokesperson

HELD = ("viewers", "comments", "counted_by", "replay_url")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the sessions, the next ones first."""
    found = LiveSession.objects.select_related("presenter__unit").prefetch_related("items")
    context = {"page": page_of(request, found), "may_hold": _may_hold(request)}
    return render(request, "outreach/sessions.html", context)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one session; people of the zone also see who registered and what was asked."""
    session, today = _session(pk), timezone.localdate()
    own = list(spoken_for(request.user, today)) if request.user.is_authenticated else []
    held = _may_hold(request)
    context = {
        "session": session,
        "may_hold": held,
        "begun": session.starts_at <= timezone.now(),
        "programme": session.programme.all(),
        "answers": answers_of(session, today),
        "own": own,
        "registered": set(session.registrations.values_list("enterprise_id", flat=True)),
        "registrations": session.registrations.select_related("enterprise") if held else (),
        "questions": session.questions.select_related("consultation") if held else (),
    }
    return render(request, "outreach/session.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a session."""
    _require_holding(request)
    form = _form(request)

    def act() -> str:
        made = services.plan_session(actor=Actor.of(request.user), **form.cleaned_data)
        return reverse("session", args=[made.pk])

    return answer(request, _page(_("Plan a session"), _("The session is planned.")), form, act)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a session that was not held yet."""
    _require_holding(request)
    session = _session(pk)
    form = _form(request, session)

    def act() -> str:
        actor = Actor.of(request.user)
        services.edit_session(actor=actor, session=session, **form.cleaned_data)
        return reverse("session", args=[pk])

    return answer(request, _page(_("Change the session"), _("Saved."), session), form, act)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a session off."""
    _require_holding(request)
    session, form = _session(pk), ReasonForm(posted(request))

    def act() -> str:
        reason = form.cleaned_data["reason"]
        services.cancel_session(actor=Actor.of(request.user), session=session, reason=reason)
        return reverse("session", args=[pk])

    done = _("The session is cancelled.")
    return answer(request, _page(_("Cancel the session"), done, session), form, act)


@require_http_methods(["GET", "POST"])
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """Note how a session went."""
    _require_holding(request)
    session = _session(pk)
    known = {name: getattr(session, name) for name in HELD}
    form = HeldForm(posted(request), initial=known)

    def act() -> str:
        actor, now = Actor.of(request.user), timezone.now()
        services.close_session(actor=actor, session=session, now=now, **form.cleaned_data)
        return reverse("session", args=[pk])

    return answer(request, _page(_("After the session"), _("Saved."), session), form, act)


@require_http_methods(["GET", "POST"])
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the session comes to when."""
    _require_holding(request)
    session = _session(pk)
    form = ProgrammeForm(session, posted(request))

    def act() -> str:
        actor, points = Actor.of(request.user), form.cleaned_data["text"]
        services.set_programme(actor=actor, session=session, points=points)
        return reverse("session", args=[pk])

    return answer(request, _page(_("Programme"), _("Saved."), session), form, act)


@require_POST
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Register an enterprise one speaks for."""
    session = _session(pk)
    number = request.POST.get("enterprise", "")
    if not is_record_number(number):
        raise Http404
    enterprise = get_object_or_404(Enterprise, pk=int(number))
    require(may_speak_for(request.user, enterprise, timezone.localdate()))
    user: Any = request.user
    services.register(
        actor=Actor.of(user), session=session, enterprise=enterprise, by=user, now=timezone.now()
    )
    messages.success(request, _("You are registered."))
    return redirect("session", pk)


def _session(pk: int) -> LiveSession:
    return get_object_or_404(LiveSession.objects.select_related("presenter__unit"), pk=pk)


def _may_hold(request: HttpRequest) -> bool:
    return may_hold_sessions(request.user, timezone.localdate()).allowed


def _require_holding(request: HttpRequest) -> None:
    require(may_hold_sessions(request.user, timezone.localdate()))


def _form(request: HttpRequest, session: LiveSession | None = None) -> forms.Form:
    items = published(timezone.localdate()).order_by("title")
    presenters = Spokesperson.objects.select_related("unit").order_by("unit__code", "pk")
    return SessionForm(items, presenters, posted(request), session)


def _page(heading: str, done: str, session: LiveSession | None = None) -> FormPage:
    crumbs = [Crumb(reverse("sessions"), _("Live sessions"))]
    if session is not None:
        crumbs.append(Crumb(reverse("session", args=[session.pk]), session.title))
    return FormPage(heading, _("Save"), done, tuple(crumbs))
