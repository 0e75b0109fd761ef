"""Sessions on site: clinics for enterprises, village meetings; what came up becomes cases."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.facts import ReasonForm
from openzone.www.forms.sites import GuestForm, QuestionForm, SiteHeldForm, SiteSessionForm
from openzone.www.pages import page_of
from openzone.www.views.visits.common import person, topic_words, visitor
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.visits.enums import SessionKind
from openzone.zone.visits.models import Finding, SiteSession
from openzone.zone.visits.permissions import may_hold, may_host, may_record
from openzone.zone.visits.selectors.sessions import served, totals
from openzone.zone.visits.selectors.visits import units_of
from openzone.zone.visits.services import sessions as services
from openzone.zone.visits.services.cases import make_case
from openzone.zone.visits.services.findings import add_question


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the sessions, the next ones first, and what all of them came to."""
    visitor(request)
    kind = request.GET.get("kind", "")
    found = SiteSession.objects.select_related("unit", "place")
    if kind in SessionKind.values:
        found = found.filter(kind=kind)
    context = {
        "page": page_of(request, served(found)),
        "kinds": SessionKind.choices,
        "kind": kind,
        "totals": totals(timezone.localdate().year),
    }
    return render(request, "visits/sessions.html", context)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one session: whom it served, what came up, and what came of that."""
    visitor(request)
    session = _session(pk)
    context = {
        "session": session,
        "may_hold": may_hold(request.user, session, timezone.localdate()).allowed,
        "begun": session.starts_at <= timezone.now(),
        "guests": session.guests.select_related("enterprise"),
        "findings": session.findings.select_related("case", "enterprise", "recorded_by"),
        "topics": topic_words(),
    }
    return render(request, "visits/session.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a session."""
    user, today = visitor(request), timezone.localdate()
    require(may_host(user, today))
    form = SiteSessionForm(units_of(user, today), posted(request))

    def act() -> str:
        made = services.plan_session(actor=Actor.of(user), **form.cleaned_data)
        return reverse("site_session", args=[made.pk])

    form_page = FormPage(
        _("Plan a session on site"), _("Plan it"), _("The session is planned."), _above()
    )
    return answer(request, form_page, form, act)


@require_http_methods(["GET", "POST"])
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """Note how a session went."""
    (user, session), form = _holding(request, pk), SiteHeldForm(posted(request))

    def act() -> str:
        services.hold_session(
            actor=Actor.of(user), session=session, now=timezone.now(), **form.cleaned_data
        )
        return reverse("site_session", args=[pk])

    return answer(request, _page(_("After the session"), _("Saved."), session), form, act)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a session off."""
    (user, session), form = _holding(request, pk), ReasonForm(posted(request))

    def act() -> str:
        reason = form.cleaned_data["reason"]
        services.cancel_session(actor=Actor.of(user), session=session, reason=reason)
        return reverse("site_session", args=[pk])

    done = _("The session is called off.")
    return answer(request, _page(_("Call the session off"), done, session), form, act)


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what somebody asked."""
    (user, session), form = _holding(request, pk), QuestionForm(posted(request))

    def act() -> str:
        add_question(
            actor=Actor.of(user),
            user=user,
            session=session,
            now=timezone.now(),
            **form.cleaned_data,
        )
        return reverse("site_session", args=[pk])

    return answer(request, _page(_("What came up"), _("It is noted."), session), form, act)


@require_http_methods(["GET", "POST"])
def guest(request: HttpRequest, pk: int) -> HttpResponse:
    """Note an enterprise that was served."""
    (user, session), form = _holding(request, pk), GuestForm(posted(request))

    def act() -> str:
        services.note_guest(
            actor=Actor.of(user), session=session, now=timezone.now(), **form.cleaned_data
        )
        return reverse("site_session", args=[pk])

    return answer(request, _page(_("A served enterprise"), _("It is noted."), session), form, act)


@require_POST
def to_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a case of a finding."""
    user, today = visitor(request), timezone.localdate()
    rows = Finding.objects.select_related("visit", "session")
    finding = get_object_or_404(rows, pk=pk)
    if finding.visit is not None:
        require(may_record(user, finding.visit, today))
    elif finding.session is not None:
        require(may_hold(user, finding.session, today))
    try:
        case = make_case(actor=Actor.of(user), user=user, finding=finding, now=timezone.now())
        messages.success(request, _("It is case %(number)s now.") % {"number": case.number})
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    if finding.visit_id:
        return redirect("visit", finding.visit_id)
    return redirect("site_session", finding.session_id)


def _session(pk: int) -> SiteSession:
    return get_object_or_404(SiteSession.objects.select_related("unit", "place"), pk=pk)


def _holding(request: HttpRequest, pk: int) -> tuple[User, SiteSession]:
    visitor(request)
    session = _session(pk)
    require(may_hold(request.user, session, timezone.localdate()))
    return person(request), session


def _above() -> tuple[Crumb, ...]:
    return (Crumb(reverse("site_sessions"), _("Sessions on site")),)


def _page(heading: str, done: str, session: SiteSession) -> FormPage:
    crumbs = (*_above(), Crumb(reverse("site_session", args=[session.pk]), session.title))
    return FormPage(heading, _("Record"), done, crumbs, session.title)
