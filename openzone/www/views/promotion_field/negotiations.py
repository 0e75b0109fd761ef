"""Negotiations: the list, one with its points, recording, settling."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms import promotion_terms as pages
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.www.views.promotion_field import common
from openzone.zone.people.permissions import Decision, allow
from openzone.zone.promotion.enums import PointState
from openzone.zone.promotion.field_packs import channel_label, platform_label
from openzone.zone.promotion.field_permissions import may_keep, may_list
from openzone.zone.promotion.models import Negotiation, NegotiationPoint
from openzone.zone.promotion.selectors import field as selectors
from openzone.zone.promotion.services import negotiations
from openzone.zone.promotion.services.negotiations import Point

ROWS = Negotiation.objects.select_related("investor", "lead", "project", "unit", "recorded_by")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show negotiations, the latest first, with what is open of each."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    rows = page_of(request, selectors.negotiations(request.user, today).prefetch_related("points"))
    context = common.listed(request, "negotiations", today) | {
        "page": rows, "lines": [_line(one, today) for one in rows],
    }  # fmt: skip
    return render(request, "promotion_field/negotiations.html", context)


def _line(one: Negotiation, today: Any) -> tuple[Negotiation, str, int, bool]:
    open_ = [point for point in one.points.all() if point.state == PointState.OPEN]
    late = any(point.due is not None and point.due < today for point in open_)
    return one, say(platform_label(one.platform)), len(open_), late


@require_GET
def negotiation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a negotiation: both sides, what was agreed, what is open and whose."""
    found, today = common.seen(request, ROWS, pk), timezone.localdate()
    points = list(found.points.select_related("owner", "settled_by"))
    keeps = may_keep(request.user, found, today).allowed
    context = {
        "negotiation": found,
        "platform": say(platform_label(found.platform)),
        "channel": say(channel_label(found.channel)),
        "ours": found.ours.all(),
        "agreed": [one for one in points if one.state == PointState.AGREED],
        "others": [(one, keeps or one.owner_id == request.user.pk) for one in points
                   if one.state != PointState.AGREED],
        "keeps": keeps,
        "today": today,
    }  # fmt: skip
    return render(request, "promotion_field/negotiation.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Record a negotiation."""
    common.begins(request)
    who = hand(request)
    initial = common.own_unit(who) | {"ours": [who.user.pk], "lead": request.GET.get("lead", "")}
    form = pages.NegotiationForm(posted(request), initial=initial)
    common.offer_work(form, who)

    def do() -> str:
        given = dict(form.cleaned_data)
        common.for_unit(who, given["unit"])
        firm = common.firm_of(who, given)
        said = {name: given[name] for name in (
            "topic", "at", "minutes", "platform", "channel", "unit", "theirs", "summary", "lead",
            "project")}  # fmt: skip
        made = negotiations.record_negotiation(
            **who.of("now", "user"), investor=firm, ours=list(given["ours"]),
            points=form.points(), **said,
        )  # fmt: skip
        return reverse("negotiation", args=[made.pk])

    crumbs = common.above("negotiations", _("Negotiations"))
    words = common.page(_("Record a negotiation"), _("Record"), crumbs)
    return common.whole(request, words, form, do)


@require_http_methods(["GET", "POST"])
def point(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an open point that came up afterwards."""
    found, who = common.kept(request, ROWS, pk), hand(request)
    form = pages.PointForm(posted(request))
    here = reverse("negotiation", args=[found.pk])

    def do() -> str:
        negotiations.add_point(
            **who.of(), negotiation=found, point=Point(**form.cleaned_data, open=True)
        )
        return here

    crumbs = common.above("negotiations", _("Negotiations"), found, here)
    return common.whole(request, common.page(_("Add an open point"), _("Add"), crumbs), form, do)


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an open point was settled: its owner, or who keeps the record."""
    rows = NegotiationPoint.objects.select_related("negotiation__unit")
    found, who = get_object_or_404(rows, pk=pk), hand(request)
    require(_may_settle(request, found))
    form = pages.SettleForm(posted(request))
    here = reverse("negotiation", args=[found.negotiation_id])

    def do() -> str:
        negotiations.settle_point(**who.of("now", "user"), point=found, **form.cleaned_data)
        return here if may_keep(who.user, found.negotiation, who.today).allowed else _desk()

    crumbs = common.above("negotiations", _("Negotiations"), found.negotiation, here)
    words = common.page(_("How it was settled"), _("Settle"), crumbs, found.text)
    return common.whole(request, words, form, do)


def _may_settle(request: HttpRequest, found: NegotiationPoint) -> Decision:
    if found.owner_id == request.user.pk:
        return allow()
    return may_keep(request.user, found.negotiation, timezone.localdate())


def _desk() -> str:
    return reverse("my_desk")
