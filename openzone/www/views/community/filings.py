"""Cross-region filings: the list with its two clocks, one filing, and its steps."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.filings import (
    DecisionForm,
    EmptyForm,
    FilingForm,
    LiabilityForm,
    MissingForm,
    ResultForm,
    SendForm,
    TripForm,
)
from openzone.www.forms.neighbourhood import RatingForm
from openzone.www.forms.service import LookForm, WhyForm
from openzone.www.pages import page_of
from openzone.www.views.service.commitments import tell_code
from openzone.zone.audit.actors import Actor
from openzone.zone.catalogue.packs import neighbourhood
from openzone.zone.catalogue.services.looks import log_look
from openzone.zone.community.enums import FilingStatus
from openzone.zone.community.models import Filing
from openzone.zone.community.permissions import (
    may_decide_filing,
    may_handle,
    may_receive,
    may_reveal,
    may_see_filing,
    may_see_service,
)
from openzone.zone.community.selectors.work import filings, late_filings, trips
from openzone.zone.community.services import filings as services
from openzone.zone.community.services.belonging import subject
from openzone.zone.community.services.filings import Person
from openzone.zone.community.services.trips import record_trip
from openzone.zone.errors import Refused
from openzone.zone.people.permissions import Decision
from openzone.zone.people.selectors import memberships_of
from openzone.zone.registry.permissions import may_export

STATUSES = ("open", "all", *FilingStatus.values)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the filings, and those past one of their two clocks."""
    today = timezone.localdate()
    require(may_see_service(request.user, today))
    status = request.GET.get("status", "open")
    known = status in STATUSES
    context = {
        "page": page_of(request, filings(status if known else "open")),
        "status": status if known else "open",
        "statuses": [("open", _("Open")), ("all", _("All")), *FilingStatus.choices],
        "late": late_filings(timezone.now()),
        "pack": neighbourhood().cross_region,
        "trips": trips(),
        "may_receive": may_receive(request.user, today).allowed,
        "now": timezone.now(),
    }
    return render(request, "community/filings.html", context, status=200 if known else 400)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a filing: the two sides, the two clocks, the papers, who answers for what."""
    found = _found(pk)
    require(may_see_filing(request.user, found, timezone.localdate()))
    return _shown(request, found, LookForm(), revealed=False)


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show numbers and address once; the look is logged."""
    found = _found(pk)
    require(may_see_filing(request.user, found, timezone.localdate()))
    require(may_reveal(request.user, timezone.localdate()))
    form = LookForm(request.POST)
    if form.is_valid():
        log_look(
            actor=Actor.of(request.user),
            subject=subject(found),
            names=["identity", "phone", "address"],
            reason=form.cleaned_data["reason"],
        )
    return _shown(request, found, form, revealed=form.is_valid())


def _shown(request: HttpRequest, found: Filing, form: LookForm, *, revealed: bool) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "of": found,
        "filing": found,
        "mode": neighbourhood().mode(found.offer.mode),
        "pack": neighbourhood().cross_region,
        "papers": list(found.papers.all()),
        "hand_overs": found.hand_overs.prefetch_related("papers", "proofs__added_by"),
        "loose": found.proofs.filter(hand_over=None).select_related("added_by"),
        "may_export": may_export(request.user, today).allowed,
        "liabilities": found.liabilities.all(),
        "trips": found.case.trips.all(),
        "steps": [(name, STEPS[name].heading) for name in _steps(request, found)],
        "kind": "filings",
        "now": timezone.now(),
        "may_handle": may_handle(request.user, found, today).allowed,
        "may_reveal": may_reveal(request.user, today).allowed,
        "revealed": revealed,
        "look": form,
    }
    status = 400 if form.is_bound and not revealed else 200
    return render(request, "community/filing.html", context, status=status)


def _steps(request: HttpRequest, found: Filing) -> list[str]:
    today = timezone.localdate()
    names = []
    for name in _FOLLOWING.get(FilingStatus(found.status), ()):
        may = may_decide_filing if name in _DECIDING else may_handle
        decision: Decision = may(request.user, found, today)
        own = name == "rate" and found.received_by_id == request.user.pk
        if (decision.allowed or name == "rate") and not own:
            names.append(name)
    return names


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take a filing in at the counter."""
    today = timezone.localdate()
    require(may_receive(request.user, today))
    form = FilingForm(posted(request))

    def act() -> str:
        given = {**form.cleaned_data}
        post = memberships_of(request.user, today).order_by("pk").first()
        if post is None:
            raise Refused(Text("您不属于任何单位", "you belong to no unit"))
        got = services.receive(
            actor=Actor.of(request.user),
            offer=given.pop("offer"),
            person=Person(**given),
            by=request.user,  # type: ignore[arg-type] # logged in
            unit=post.unit,
            now=timezone.now(),
        )
        tell_code(request, got.filing.case.number, got.receipt)
        return reverse("filing", args=[got.filing.pk])

    page_ = FormPage(
        _("Receive for another region"), _("Receive"), _("Received; check the form next."),
        (_list(),), _("The receiving side checks form and identity and never decides."),
    )  # fmt: skip
    return answer(request, page_, form, act)


class Doing(NamedTuple):
    """A step: its form, its words, and the service."""

    form: type[forms.Form]
    heading: Promise
    done: Promise
    service: Callable[..., Any]


STEPS = {
    "notice": Doing(
        MissingForm,
        gettext_lazy("One-time notice"),
        gettext_lazy("The notice is given."),
        services.notice,
    ),
    "complete": Doing(
        EmptyForm,
        gettext_lazy("Missing papers came"),
        gettext_lazy("Complete; check the form."),
        services.complete,
    ),
    "send": Doing(
        SendForm,
        gettext_lazy("Form checked, send on"),
        gettext_lazy("Sent to the deciding side."),
        services.send,
    ),
    "accept": Doing(
        EmptyForm,
        gettext_lazy("The deciding side has it"),
        gettext_lazy("Its clock runs now."),
        services.accept,
    ),
    "decide": Doing(
        DecisionForm,
        gettext_lazy("Enter the decision"),
        gettext_lazy("The decision is recorded."),
        services.decide,
    ),
    "deliver": Doing(
        ResultForm,
        gettext_lazy("Deliver the result"),
        gettext_lazy("The result is delivered."),
        services.deliver,
    ),
    "rate": Doing(
        RatingForm,
        gettext_lazy("Rate and close"),
        gettext_lazy("The filing is closed."),
        services.rate,
    ),
    "withdraw": Doing(
        WhyForm,
        gettext_lazy("Take the filing back"),
        gettext_lazy("The filing is taken back."),
        services.withdraw,
    ),
}
_FOLLOWING = {
    FilingStatus.RECEIVED: ("send", "notice", "withdraw"),
    FilingStatus.NOTICED: ("complete", "withdraw"),
    FilingStatus.SENT: ("accept", "withdraw"),
    FilingStatus.ACCEPTED: ("decide", "withdraw"),
    FilingStatus.DECIDED: ("deliver",),
    FilingStatus.DELIVERED: ("rate",),
}
_DECIDING = ("accept", "decide")


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take one step; who may is the service's word."""
    require(may_receive(request.user, timezone.localdate()))
    found = _found(pk)
    doing = STEPS.get(name)
    if doing is None:
        raise Http404
    form = doing.form(posted(request))

    def act() -> str:
        doing.service(
            actor=Actor.of(request.user),
            filing=found,
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
        return reverse("filing", args=[pk])

    page_ = FormPage(
        str(doing.heading), _("Record"), str(doing.done), (_list(), _crumb(found)),
        f"{found.receiving_name} → {found.deciding_name}",
    )  # fmt: skip
    return answer(request, page_, form, act)


@require_http_methods(["GET", "POST"])
def liability(request: HttpRequest, pk: int) -> HttpResponse:
    """Record which side answers for what went wrong."""
    found = _handled(request, pk)
    form = LiabilityForm(posted(request))

    def act() -> str:
        services.hold_liable(
            actor=Actor.of(request.user), filing=found, now=timezone.now(), **form.cleaned_data
        )
        return reverse("filing", args=[pk])

    page_ = FormPage(
        _("Record who answers"), _("Record"), _("Recorded for good."), (_list(), _crumb(found))
    )
    return answer(request, page_, form, act)


@require_http_methods(["GET", "POST"])
def trip(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the applicant had to come."""
    found = _handled(request, pk)
    form = TripForm(posted(request))

    def act() -> str:
        record_trip(
            actor=Actor.of(request.user),
            case=found.case,
            item=found.offer.item,
            **form.cleaned_data,
        )
        return reverse("filing", args=[pk])

    above = (_list(), _crumb(found))
    page_ = FormPage(_("Record a trip"), _("Record"), _("The trip is recorded."), above)
    return answer(request, page_, form, act)


def _handled(request: HttpRequest, pk: int) -> Filing:
    found = _found(pk)
    require(may_receive(request.user, timezone.localdate()))
    return found


def _found(pk: int) -> Filing:
    rows = Filing.objects.select_related(
        "case", "offer__item", "receiving_unit", "deciding_unit", "received_by"
    )
    return get_object_or_404(rows, pk=pk)


def _list() -> Crumb:
    return Crumb(reverse("filings"), _("Cross-region service"))


def _crumb(found: Filing) -> Crumb:
    return Crumb(reverse("filing", args=[found.pk]), found.case.number)
