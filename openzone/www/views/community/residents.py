"""Residents: consents, duties and orders of one; the homes to visit."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.neighbourhood import (
    ConsentGivenForm,
    DutyForm,
    ProofForm,
    ResidentForm,
    WithdrawConsentForm,
)
from openzone.www.forms.service import LookForm
from openzone.www.pages import page_of
from openzone.zone.audit.actors import Actor
from openzone.zone.catalogue.packs import neighbourhood
from openzone.zone.catalogue.services.looks import log_look
from openzone.zone.community.models import Consent, Resident, ResidentDuty
from openzone.zone.community.permissions import (
    agents_of,
    may_reveal,
    may_see_resident,
    may_see_service,
    may_take_order,
)
from openzone.zone.community.selectors.duties import at_risk, home_visits
from openzone.zone.community.services import residents as services
from openzone.zone.community.services.residents import ResidentValues


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show residents: all to the zone's people, those of the own community to an agent."""
    today = timezone.localdate()
    agents = agents_of(request.user, today)
    if not agents:
        require(may_see_service(request.user, today))
    rows = Resident.objects.select_related("community", "estate").order_by("community", "name")
    if agents and not may_see_service(request.user, today).allowed:
        rows = rows.filter(community__in=[agent.community_id for agent in agents])
    text = request.GET.get("q", "").strip()[:64]
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(identity=text.upper()))
    context = {"page": page_of(request, rows), "q": text, "reasons": _reasons()}
    return render(request, "community/residents.html", context)


@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    """Show the homes to visit, and whose day comes near."""
    today = timezone.localdate()
    require(may_see_service(request.user, today))
    context = {
        "visits": home_visits(today),
        "risks": at_risk(today),
        "reasons": _reasons(),
        "pack": neighbourhood(),
        "today": today,
    }
    return render(request, "community/visits.html", context)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a resident, numbers masked."""
    found = _resident(request, pk)
    return _shown(request, found, LookForm(), revealed=False)


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show identity number, telephone and address once; the look is logged."""
    found = _resident(request, pk)
    require(may_reveal(request.user, timezone.localdate()))
    form = LookForm(request.POST)
    if form.is_valid():
        log_look(
            actor=Actor.of(request.user),
            subject=services.subject(found),
            names=["identity", "phone", "address"],
            reason=form.cleaned_data["reason"],
        )
    return _shown(request, found, form, revealed=form.is_valid())


def _shown(
    request: HttpRequest, found: Resident, form: LookForm, *, revealed: bool
) -> HttpResponse:
    today = timezone.localdate()
    duties = [(duty, neighbourhood().duty(duty.duty)) for duty in found.duties.all()]
    context = {
        "resident": found,
        "consents": found.consents.prefetch_related("items"),
        "duties": duties,
        "orders": found.orders.select_related("item", "case", "agent"),
        "reasons": _reasons(),
        "today": today,
        "may_order": may_take_order(request.user, found.community, today).allowed,
        "may_reveal": may_reveal(request.user, today).allowed,
        "revealed": revealed,
        "look": form,
    }
    status = 400 if form.is_bound and not revealed else 200
    return render(request, "community/resident.html", context, status=status)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter a resident of a community one works for."""
    form = ResidentForm(posted(request))
    if not agents_of(request.user, timezone.localdate()):
        require(may_see_service(request.user, timezone.localdate()))

    def act() -> str:
        values = ResidentValues(**form.cleaned_data)
        require(may_take_order(request.user, values.community, timezone.localdate()))
        made = services.save_resident(actor=Actor.of(request.user), values=values)
        return reverse("resident", args=[made.pk])

    page_ = FormPage(
        _("Enter a resident"), _("Record"), _("The resident is recorded."), (_residents(),)
    )
    return answer(request, page_, form, act)


@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a consent."""
    found = _handled(request, pk)
    form = ConsentGivenForm(posted(request))

    def act() -> str:
        services.give_consent(actor=Actor.of(request.user), resident=found, **form.cleaned_data)
        return reverse("resident", args=[pk])

    page_ = FormPage(
        _("Record a consent"), _("Record"), _("The consent is recorded."), _above(found),
        _("Without a consent in force nothing is filed for anybody."),
    )  # fmt: skip
    return answer(request, page_, form, act)


@require_http_methods(["GET", "POST"])
def consent_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a consent was taken back."""
    row = get_object_or_404(Consent.objects.select_related("resident__community"), pk=pk)
    found = _handled(request, row.resident_id)
    form = WithdrawConsentForm(posted(request))

    def act() -> str:
        services.withdraw_consent(actor=Actor.of(request.user), consent=row, **form.cleaned_data)
        return reverse("resident", args=[found.pk])

    page_ = FormPage(
        _("Consent taken back"), _("Record"), _("Nothing new is begun under it."), _above(found),
        row.document,
    )  # fmt: skip
    return answer(request, page_, form, act)


@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what must be done by a day that an office named."""
    found = _handled(request, pk)
    form = DutyForm(posted(request))

    def act() -> str:
        services.add_duty(actor=Actor.of(request.user), resident=found, **form.cleaned_data)
        return reverse("resident", args=[pk])

    page_ = FormPage(
        _("Record a deadline"), _("Record"), _("The deadline is recorded."), _above(found)
    )
    return answer(request, page_, form, act)


@require_http_methods(["GET", "POST"])
def duty_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a duty was done."""
    row = get_object_or_404(ResidentDuty.objects.select_related("resident__community"), pk=pk)
    found = _handled(request, row.resident_id)
    form = ProofForm(posted(request))

    def act() -> str:
        services.finish_duty(actor=Actor.of(request.user), duty=row, **form.cleaned_data)
        return reverse("resident", args=[found.pk])

    page_ = FormPage(_("Done by the resident"), _("Record"), _("Recorded as done."), _above(found))
    return answer(request, page_, form, act)


def _resident(request: HttpRequest, pk: int) -> Resident:
    found = get_object_or_404(Resident.objects.select_related("community", "estate"), pk=pk)
    require(may_see_resident(request.user, found.community, timezone.localdate()))
    return found


def _handled(request: HttpRequest, pk: int) -> Resident:
    found = get_object_or_404(Resident.objects.select_related("community"), pk=pk)
    require(may_take_order(request.user, found.community, timezone.localdate()))
    return found


def _reasons() -> dict[str, object]:
    return {term.id: term.label for term in neighbourhood().vulnerability.list}


def _residents() -> Crumb:
    return Crumb(reverse("residents"), _("Residents"))


def _above(found: Resident) -> tuple[Crumb, ...]:
    return (_residents(), Crumb(reverse("resident", args=[found.pk]), found.name))
