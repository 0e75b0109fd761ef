"""Papers changing hands, for orders and filings alike; what is kept too long."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.neighbourhood import GiveForm, PapersForm, TakeForm
from openzone.zone.audit.actors import Actor
from openzone.zone.catalogue.packs import neighbourhood
from openzone.zone.community.enums import PaperHolder
from openzone.zone.community.models import Filing, HandOver, Order
from openzone.zone.community.permissions import (
    may_handle,
    may_see_filing,
    may_see_order,
    may_see_service,
)
from openzone.zone.community.selectors.work import overdue_custody, unsigned
from openzone.zone.community.services.belonging import owner_of
from openzone.zone.community.services.custody import (
    Signature,
    chain,
    give,
    sign_for,
    take_back,
    take_in,
)
from openzone.zone.people.permissions import Decision


@require_GET
def custody(request: HttpRequest) -> HttpResponse:
    """Show originals that are kept too long, and hand-overs that one side has signed only."""
    require(may_see_service(request.user, timezone.localdate()))
    now = timezone.now()
    context = {
        "overdue": overdue_custody(now),
        "unsigned": unsigned(now).prefetch_related("papers"),
        "pack": neighbourhood().custody,
        "holders": dict(PaperHolder.choices),
        "now": now,
    }
    return render(request, "community/custody.html", context)


@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest, pk: int) -> HttpResponse:
    """List the papers of a filing."""
    filing = with_papers("filings", pk)
    assert isinstance(filing, Filing)  # noqa: S101 - the word above says so
    require(may_handle(request.user, filing, timezone.localdate()))
    form = PapersForm(posted(request))

    def act() -> str:
        take_in(actor=Actor.of(request.user), of=filing, papers=form.specs(), now=timezone.now())
        return reverse("filing", args=[pk])

    page = FormPage(_("List papers"), _("Record"), _("The papers are listed."), (crumb_of(filing),))
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Hand papers on, or back."""
    of = with_papers(kind, pk)
    require(may_see_papers(request, of))
    form = GiveForm(of.papers.order_by("pk"), posted(request), request.FILES or None)
    links = [holder.value for holder in chain(of)]
    form.fields["taker"].choices = [  # type: ignore[attr-defined]
        choice for choice in PaperHolder.choices if choice[0] in links
    ]

    def act() -> str:
        photos, given = form.taken(request), form.cleaned_data
        give(
            actor=Actor.of(request.user),
            of=of,
            papers=list(given["papers"]),
            taker=given["taker"],
            by=_signature(request, given["name"]),
            now=timezone.now(),
            note=given["note"],
            photos=photos,
        )
        return address_of(of)

    page = FormPage(
        _("Hand papers over"), _("Hand over"), _("The other side signs next."), (crumb_of(of),),
        _("They stay the giver's until the other side signs for them."),
    )  # fmt: skip
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for papers."""
    row = get_object_or_404(HandOver.objects.select_related("order__case", "filing__case"), pk=pk)
    of = owner_of(row)
    require(may_see_papers(request, of))
    form = TakeForm(posted(request), request.FILES or None)

    def act() -> str:
        photos, by = form.taken(request), _signature(request, form.cleaned_data["name"])
        sign_for(
            actor=Actor.of(request.user), hand_over=row, by=by, now=timezone.now(), photos=photos
        )
        return address_of(of)

    names = "、".join(row.papers.values_list("name", flat=True))
    page = FormPage(
        _("Sign for papers"), _("Sign"), _("Signed by both sides."), (crumb_of(of),), names
    )
    return answer(request, page, form, act)


@require_POST
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a hand-over nobody signed for."""
    row = get_object_or_404(HandOver, pk=pk)
    of = owner_of(row)
    require(may_see_papers(request, of))
    take_back(actor=Actor.of(request.user), hand_over=row, now=timezone.now())
    return redirect(address_of(of))


def _signature(request: HttpRequest, name: str) -> Signature:
    """Return who signs: by name where one is given, else the account."""
    if name.strip():
        return Signature(name=name)
    return Signature(request.user)  # type: ignore[arg-type] # logged in


def with_papers(kind: str, pk: int) -> Order | Filing:
    """Return an order or a filing, by the word of its address."""
    if kind == "orders":
        return get_object_or_404(Order.objects.select_related("case", "agent__community"), pk=pk)
    if kind == "filings":
        rows = Filing.objects.select_related("case", "receiving_unit", "deciding_unit")
        return get_object_or_404(rows, pk=pk)
    raise Http404


def may_see_papers(request: HttpRequest, of: Order | Filing) -> Decision:
    """Decide who sees the papers of an order or a filing, and what proves their way."""
    today = timezone.localdate()
    if isinstance(of, Order):
        return may_see_order(request.user, of, today)
    return may_see_filing(request.user, of, today)


def address_of(of: Order | Filing) -> str:
    """Return the address of its page."""
    return reverse("order" if isinstance(of, Order) else "filing", args=[of.pk])


def crumb_of(of: Order | Filing) -> Crumb:
    """Return the crumb of its page."""
    return Crumb(address_of(of), of.case.number)
