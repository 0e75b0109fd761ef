"""One visit: planned, gone on together, checked in, recorded, with what it found."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.facts import ReasonForm
from openzone.www.forms.visits import (
    ContactForm,
    FileForm,
    FindingForm,
    JoinForm,
    PlanForm,
    RecordForm,
)
from openzone.www.views.visits.common import above, person, topic_words, visitor
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.registry.models import Enterprise
from openzone.zone.visits.models import Invitation, Visit, VisitFile
from openzone.zone.visits.packs import pack
from openzone.zone.visits.permissions import may_record
from openzone.zone.visits.selectors.visits import (
    counted_days,
    open_invitations,
    planned_for,
    units_of,
)
from openzone.zone.visits.services import visits as services
from openzone.zone.visits.services.findings import add_finding


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a visit, and what can be done with it now."""
    user, visit = visitor(request), found(pk)
    parties = list(visit.parties.select_related("user", "unit"))
    context = {
        "notice": pack().notice,
        "visit": visit,
        "parties": parties,
        "files": visit.files.select_related("added_by"),
        "findings": visit.findings.select_related("case", "recorded_by"),
        "topics": topic_words(),
        "goes": any(party.user_id == user.pk for party in parties),
        "may_record": may_record(user, visit, timezone.localdate()).allowed,
        "upload": FileForm(),
    }
    return render(request, "visits/visit.html", context)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a visit; one planned nearby is shown first, so that people go together."""
    user, firm, today = visitor(request), _firm(pk), timezone.localdate()
    invitations = Invitation.objects.filter(pk__in=[i.pk for i in open_invitations(firm, today)])
    form = PlanForm(units_of(user, today), invitations, posted(request))

    def act() -> str:
        made = services.plan_visit(
            actor=Actor.of(user), user=user, enterprise=firm, today=today, **form.cleaned_data
        )
        return reverse("visit", args=[made.pk])

    form_page = FormPage(
        _("Plan a visit"),
        _("Plan it"),
        _("The visit is planned."),
        _of(firm),
        firm.name,
        "visits/plan.html",
    )
    form.beside = _beside(firm)
    return answer(request, form_page, form, act)


@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a call, or a visit nobody planned."""
    user, firm, today = visitor(request), _firm(pk), timezone.localdate()
    invitations = Invitation.objects.filter(pk__in=[i.pk for i in open_invitations(firm, today)])
    chosen = {"kind": request.GET.get("kind", "visit")}
    form = ContactForm(units_of(user, today), invitations, posted(request), initial=chosen)

    def act() -> str:
        made = services.record_contact(
            actor=Actor.of(user),
            user=user,
            enterprise=firm,
            now=timezone.now(),
            today=today,
            **form.cleaned_data,
        )
        return reverse("visit", args=[made.pk])

    form_page = FormPage(
        _("Record a call or a visit"),
        _("Record"),
        _("It is recorded."),
        _of(firm),
        firm.name,
        "visits/plan.html",
    )
    form.beside = _beside(firm)
    return answer(request, form_page, form, act)


def _beside(firm: Enterprise) -> dict[str, object]:
    """Return what somebody should know who goes there: planned visits, and how many there were."""
    return {
        "planned": planned_for(firm),
        "days": sorted(counted_days(firm), reverse=True)[:6],
        "cap": pack().cap,
    }


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Go along on somebody else's visit."""
    user, visit = visitor(request), found(pk)
    form = JoinForm(units_of(user, timezone.localdate()), posted(request))

    def act() -> str:
        services.join_visit(actor=Actor.of(user), visit=visit, user=user, **form.cleaned_data)
        return reverse("visit", args=[pk])

    form_page = _page(_("Go together"), _("Go along"), _("You are going along."), visit)
    return answer(request, form_page, form, act)


@require_POST
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the moment of arrival."""
    visit = _recordable(request, pk)
    try:
        services.check_in(actor=Actor.of(request.user), visit=visit, now=timezone.now())
        messages.success(request, _("You are checked in."))
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("visit", pk)


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record how a planned visit went."""
    visit, form = _recordable(request, pk), RecordForm(posted(request))

    def act() -> str:
        services.record_visit(
            actor=Actor.of(request.user),
            user=person(request),
            visit=visit,
            now=timezone.now(),
            today=timezone.localdate(),
            **form.cleaned_data,
        )
        return reverse("visit", args=[pk])

    form_page = _page(_("Record the visit"), _("Record"), _("The visit is recorded."), visit)
    return answer(request, form_page, form, act)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a visit off."""
    visit, form = _recordable(request, pk), ReasonForm(posted(request))

    def act() -> str:
        reason = form.cleaned_data["reason"]
        services.cancel_visit(actor=Actor.of(request.user), visit=visit, reason=reason)
        return reverse("visit", args=[pk])

    form_page = _page(_("Call the visit off"), _("Call off"), _("The visit is called off."), visit)
    return answer(request, form_page, form, act)


@require_POST
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a photograph or paper."""
    visit, form = _recordable(request, pk), FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a file."))
        return redirect("visit", pk)
    file = form.cleaned_data["file"]
    try:
        services.add_evidence(
            actor=Actor.of(request.user),
            visit=visit,
            user=person(request),
            name=file.name or "",
            data=file.read(),
            now=timezone.now(),
        )
        messages.success(request, _("The file is kept."))
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("visit", pk)


@require_GET
def file(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Give a file out, always to be saved: nothing that was sent in is shown as a page of ours."""
    visitor(request)
    kept = get_object_or_404(VisitFile, pk=row, visit=pk)
    with kept.file.open("rb") as stored:
        content = stored.read()
    response = HttpResponse(content, content_type=kept.media_type)
    response["Content-Disposition"] = content_disposition_header(True, kept.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_http_methods(["GET", "POST"])
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what came up."""
    visit, form = _recordable(request, pk), FindingForm(posted(request))

    def act() -> str:
        add_finding(
            actor=Actor.of(request.user),
            user=person(request),
            visit=visit,
            now=timezone.now(),
            **form.cleaned_data,
        )
        return reverse("visit", args=[pk])

    form_page = _page(_("What came up"), _("Note it"), _("It is noted."), visit)
    return answer(request, form_page, form, act)


def found(pk: int) -> Visit:
    """Return a visit, or answer 404."""
    return get_object_or_404(Visit.objects.select_related("enterprise", "invitation"), pk=pk)


def _recordable(request: HttpRequest, pk: int) -> Visit:
    visitor(request)
    visit = found(pk)
    require(may_record(request.user, visit, timezone.localdate()))
    return visit


def _firm(pk: int) -> Enterprise:
    return get_object_or_404(Enterprise.objects.select_related("root"), pk=pk).root


def _of(firm: Enterprise) -> tuple[Crumb, ...]:
    return (*above(), Crumb(reverse("visit_contacts", args=[firm.pk]), firm.name))


def _page(heading: str, button: str, done: str, visit: Visit) -> FormPage:
    crumbs = (*above(), Crumb(reverse("visit", args=[visit.pk]), visit.enterprise.name))
    return FormPage(heading, button, done, crumbs, visit.enterprise.name)
