"""Assisted orders: the list, one order, taking one on, and its steps."""

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
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.filings import TripForm
from openzone.www.forms.neighbourhood import (
    CollectForm,
    DeliverForm,
    OrderForm,
    RatingForm,
    ReviewForm,
    VisitForm,
)
from openzone.www.forms.photos import PhotosForm
from openzone.www.forms.service import WhyForm
from openzone.www.pages import page_of
from openzone.www.views.service.commitments import tell_code
from openzone.zone.audit.actors import Actor
from openzone.zone.community.enums import OrderStatus, PaperHolder, ReviewStep
from openzone.zone.community.models import Agent, Order, Resident
from openzone.zone.community.permissions import (
    agents_of,
    may_review,
    may_see_order,
    may_see_service,
    may_take_order,
)
from openzone.zone.community.selectors.roster import lightest, on_roster
from openzone.zone.community.selectors.work import orders, overdue_custody, trips, unsigned
from openzone.zone.community.services import orders as services
from openzone.zone.community.services.trips import record_trip
from openzone.zone.registry.permissions import may_export

STATUSES = ("open", "all", *OrderStatus.values)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the queue, what is kept too long, and how often people had to come."""
    today = timezone.localdate()
    require(may_see_service(request.user, today))
    status = request.GET.get("status", "open")
    known = status in STATUSES
    context = {
        "page": page_of(request, orders(status if known else "open")),
        "status": status if known else "open",
        "statuses": [("open", _("Open")), ("all", _("All")), *OrderStatus.choices],
        "overdue": overdue_custody(timezone.now()).count(),
        "unsigned": unsigned(timezone.now()).count(),
        "trips": trips(),
        "today": today,
    }
    return render(request, "community/orders.html", context, status=200 if known else 400)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an order: where it stands, its papers, every hand they went through, the reviews."""
    today = timezone.localdate()
    order = _found(pk)
    require(may_see_order(request.user, order, today))
    mine = order.agent.user_id == request.user.pk
    context = {
        "of": order,
        "order": order,
        "papers": list(order.papers.all()),
        "hand_overs": order.hand_overs.prefetch_related("papers", "proofs__added_by"),
        "loose": order.proofs.filter(hand_over=None).select_related("added_by"),
        "may_export": may_export(request.user, today).allowed,
        "reviews": order.reviews.select_related("reviewed_by"),
        "trips": order.case.trips.all(),
        "now": timezone.now(),
        "today": today,
        "mine": mine,
        "steps": _steps(request, order, mine),
        "kind": "orders",
    }
    return render(request, "community/order.html", context)


def _steps(request: HttpRequest, order: Order, mine: bool) -> list[tuple[str, Promise]]:
    """Return the steps this person can take now."""
    today, held = timezone.localdate(), set(order.papers.values_list("holder", flat=True))
    status, found = order.status, []
    if mine:
        found += [
            name
            for name in _OF_AGENT.get(OrderStatus(status), ())
            if name != "visit" or _unvisited(order)
        ]
    for name, step, before, holder in _REVIEWS:
        unit = services.reviewing_unit(order, step)
        able = may_review(request.user, order, unit, today).allowed
        if able and status == before and holder in held:
            found.append(name)
    console = may_see_service(request.user, today).allowed
    if status == OrderStatus.DELIVERED and console and not mine:
        found.append("close")
    return [(name, STEPS[name].heading) for name in found]


def _unvisited(order: Order) -> bool:
    return order.home_visit and order.visited_on is None


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an order on for a resident; the counter is offered who carries least."""
    today = timezone.localdate()
    resident = get_object_or_404(Resident.objects.select_related("community"), pk=pk)
    require(may_take_order(request.user, resident.community, today))
    own = [one.pk for one in agents_of(request.user, today)]
    agents = on_roster(Agent.objects.filter(community=resident.community), day=today)
    if own:
        agents = agents.filter(pk__in=own)
    least = lightest(resident.community, today)
    initial = {"agent": least.code if least else None, "home_visit": bool(resident.vulnerability)}
    form = OrderForm(resident, agents, posted(request), initial=initial)

    def act() -> str:
        taken = services.take_order(
            actor=Actor.of(request.user),
            resident=resident,
            now=timezone.now(),
            by=request.user,  # type: ignore[arg-type] # logged in
            **form.cleaned_data,
        )
        tell_code(request, taken.order.case.number, taken.receipt)
        return reverse("order", args=[taken.order.pk])

    above = (Crumb(reverse("resident", args=[pk]), resident.name),)
    page_ = FormPage(_("Take an order on"), _("Take on"), _("The order is taken on."), above)
    return answer(request, page_, form, act)


class Doing(NamedTuple):
    """A step: its form, its words, and the service."""

    form: type[forms.Form]
    heading: Promise
    done: Promise
    service: Callable[..., Any]


STEPS = {
    "visit": Doing(
        VisitForm,
        gettext_lazy("Home visited"),
        gettext_lazy("The visit is recorded."),
        services.visit,
    ),
    "collect": Doing(
        CollectForm,
        gettext_lazy("Collect papers"),
        gettext_lazy("The papers are with you now."),
        services.collect,
    ),
    "review-community": Doing(
        ReviewForm,
        gettext_lazy("Review of the community"),
        gettext_lazy("The review is recorded."),
        services.review,
    ),
    "review-street": Doing(
        ReviewForm,
        gettext_lazy("Review of the street"),
        gettext_lazy("The review is recorded."),
        services.review,
    ),
    "deliver": Doing(
        DeliverForm,
        gettext_lazy("Deliver the result"),
        gettext_lazy("The result is delivered."),
        services.deliver,
    ),
    "close": Doing(
        RatingForm,
        gettext_lazy("Call back and close"),
        gettext_lazy("The order is closed."),
        services.close,
    ),
    "withdraw": Doing(
        WhyForm,
        gettext_lazy("Take the order back"),
        gettext_lazy("The order is taken back."),
        services.withdraw,
    ),
}
_OF_AGENT = {
    OrderStatus.TAKEN: ("visit", "collect", "withdraw"),
    OrderStatus.COLLECTED: ("visit", "collect", "withdraw"),
    OrderStatus.COMMUNITY: ("withdraw",),
    OrderStatus.STREET: ("deliver",),
}
_REVIEWS = (
    ("review-community", ReviewStep.COMMUNITY, OrderStatus.COLLECTED, PaperHolder.COMMUNITY),
    ("review-street", ReviewStep.STREET, OrderStatus.COMMUNITY, PaperHolder.STREET),
)
_BY_AGENT = ("visit", "collect", "deliver", "withdraw")


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take one step."""
    order = _found(pk)
    require(may_see_order(request.user, order, timezone.localdate()))
    doing = STEPS.get(name)
    if doing is None:
        raise Http404
    if name in _BY_AGENT:
        require(may_take_order(request.user, order.agent.community, timezone.localdate()))
    files = (request.FILES or None,) if issubclass(doing.form, PhotosForm) else ()
    form = doing.form(posted(request), *files)

    def act() -> str:
        doing.service(actor=Actor.of(request.user), order=order, **_given(request, name, form))
        return reverse("order", args=[pk])

    page_ = FormPage(
        str(doing.heading), _("Record"), str(doing.done), (_crumb(order),), str(order.item)
    )
    return answer(request, page_, form, act)


def _given(request: HttpRequest, name: str, form: forms.Form) -> dict[str, Any]:
    photos = {"photos": form.taken(request)} if isinstance(form, PhotosForm) else {}
    given = {**form.cleaned_data, **photos}
    if name == "visit":
        return given | {"now": timezone.now()}
    if isinstance(form, CollectForm):
        given = {"papers": form.specs(), **photos}
    if name.startswith("review-"):
        given["step"] = name.removeprefix("review-")
    return given | {"by": request.user, "now": timezone.now()}


@require_http_methods(["GET", "POST"])
def trip(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the resident had to come."""
    order = _found(pk)
    require(may_see_order(request.user, order, timezone.localdate()))
    form = TripForm(posted(request))

    def act() -> str:
        record_trip(
            actor=Actor.of(request.user), case=order.case, item=order.item, **form.cleaned_data
        )
        return reverse("order", args=[pk])

    page_ = FormPage(_("Record a trip"), _("Record"), _("The trip is recorded."), (_crumb(order),))
    return answer(request, page_, form, act)


def _found(pk: int) -> Order:
    rows = Order.objects.select_related(
        "case", "resident__community", "item", "consent", "duty", "point",
        "agent__community__parent",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def _crumb(order: Order) -> Crumb:
    return Crumb(reverse("order", args=[order.pk]), order.case.number)
