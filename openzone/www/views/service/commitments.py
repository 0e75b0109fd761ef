"""The desk of commitments: what waits, one commitment, offering one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.engines.service.machines import Machine, State
from openzone.engines.service.machines import steps as following
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.service import AcceptingItemForm, CommitmentFilterForm, LookForm, OfferForm
from openzone.www.pages import page_of
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.catalogue.selectors.items import coverage
from openzone.zone.catalogue.services.looks import log_look
from openzone.zone.commitments.models import Commitment
from openzone.zone.commitments.packs import pack
from openzone.zone.commitments.permissions import may_offer, may_reveal, may_see_commitments
from openzone.zone.commitments.selectors.desk import (
    CommitmentFilter,
    commitments,
    kept_by_kind,
    watch,
)
from openzone.zone.commitments.services.offers import Applicant, Notice, offer, subject


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show what comes due, the list, and how promises were kept."""
    today = timezone.localdate()
    require(may_see_commitments(request.user, today))
    form = CommitmentFilterForm(request.GET)
    valid = form.is_valid()
    found = commitments(form.chosen() if valid else CommitmentFilter())
    context = {
        "form": form,
        "page": page_of(request, found if valid else found.none()),
        "watch": watch(timezone.now(), today),
        "now": timezone.now(),
        "kinds": {kind.id: kind.label for kind in pack().kinds},
        "may_offer": may_offer(request.user, today).allowed,
    }
    return render(request, "service/commitments.html", context, status=200 if valid else 400)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one commitment: what was signed, what is owed, what can follow."""
    today = timezone.localdate()
    require(may_see_commitments(request.user, today))
    found = _found(pk)
    return _shown(request, found, LookForm(), revealed=False)


@require_http_methods(["POST"])
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show identity number and telephone once; the look is logged with its reason."""
    today = timezone.localdate()
    found = _found(pk)
    require(may_reveal(request.user, today))
    form = LookForm(request.POST)
    if form.is_valid():
        log_look(
            actor=Actor.of(request.user),
            subject=subject(found),
            names=["identity", "phone"],
            reason=form.cleaned_data["reason"],
        )
    return _shown(request, found, form, revealed=form.is_valid())


def _shown(
    request: HttpRequest, found: Commitment, form: LookForm, *, revealed: bool
) -> HttpResponse:
    today = timezone.localdate()
    able = may_offer(request.user, today).allowed
    possible = following(Machine(found.machine), State(found.state)) if able else frozenset()
    context = {
        "commitment": found,
        "kind": pack().kind(found.kind),
        "owed": list(found.owed.all()),
        "steps": {step.value for step in possible},
        "events": Event.objects.filter(subject=subject(found)).order_by("seq"),
        "now": timezone.now(),
        "may_reveal": may_reveal(request.user, today).allowed,
        "revealed": revealed,
        "look": form,
    }
    status = 400 if form.is_bound and not revealed else 200
    return render(request, "service/commitment.html", context, status=status)


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the item and the kind."""
    require(may_offer(request.user, timezone.localdate()))
    form = AcceptingItemForm(posted(request))

    def go() -> str:
        item, kind = form.cleaned_data["item"], form.cleaned_data["kind"]
        return reverse("commitment_offer", args=[item.pk, kind])

    done = _("Write down the application next.")
    page_ = FormPage(_("Offer a commitment"), _("Go on"), done, (_desk(),), _voluntary())
    return answer(request, page_, form, go)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Write down an application and offer a commitment for it."""
    require(may_offer(request.user, timezone.localdate()))
    item, chosen = get_object_or_404(ServiceItem, pk=pk), pack().kind(kind)
    if chosen is None:
        raise Http404
    form = OfferForm(item, kind, posted(request))

    def act() -> str:
        given = form.cleaned_data
        who = {name: given[name] for name in ("enterprise", "person", "identity", "phone")}
        made = offer(
            actor=Actor.of(request.user),
            item=item,
            kind=kind,
            applicant=Applicant(**who),
            handler=request.user,  # type: ignore[arg-type] # logged in
            now=timezone.now(),
            notice=Notice(**form.notice()),
        )
        tell_code(request, made.commitment.case.number, made.receipt)
        return reverse("commitment", args=[made.commitment.pk])

    page_ = FormPage(
        f"{item.name} · {say(chosen.label.text)}",
        _("Offer the commitment"),
        _("The commitment is offered; it waits for the signature."),
        (_desk(),),
        _voluntary(),
    )
    return answer(request, page_, form, act)


def tell_code(request: HttpRequest, number: str, receipt: str) -> None:
    """Show the code for the public status, once."""
    said = _("Number %(number)s, code %(code)s. With both the status can be seen; keep the code.")
    messages.info(request, said % {"number": number, "code": receipt})


@require_GET
def templates(request: HttpRequest) -> HttpResponse:
    """Show the templates, the kinds with their machines, and how many items accept which."""
    today = timezone.localdate()
    require(may_see_commitments(request.user, today))
    context = {
        "pack": pack(),
        "coverage": coverage(today),
        "kept": kept_by_kind(),
        "rules": [getattr(pack().rules, name) for name in type(pack().rules).model_fields],
    }
    return render(request, "service/templates.html", context)


def _found(pk: int) -> Commitment:
    rows = Commitment.objects.select_related(
        "item__deciding_unit", "enterprise", "case", "handler", "checked_by", "decided_by"
    )
    return get_object_or_404(rows, pk=pk)


def _desk() -> Crumb:
    return Crumb(reverse("commitments"), _("Commitments"))


def _voluntary() -> str:
    return _("Voluntary: whoever does not wish it goes the ordinary way.")
