"""Promotion events with their guests, firms that came to look, signings, leads of firms met."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms import promotion_field as pages
from openzone.www.hands import Hand, hand
from openzone.www.pages import page_of
from openzone.www.views.promotion_field import common
from openzone.zone.promotion.field_packs import channel_label
from openzone.zone.promotion.field_permissions import may_keep, may_list
from openzone.zone.promotion.models import (
    EventGuest,
    PromotionEvent,
    ReturnVisit,
    Signing,
    TripMeeting,
)
from openzone.zone.promotion.selectors import field as selectors
from openzone.zone.promotion.services import events, returns
from openzone.zone.promotion.services.field_links import firm_named
from openzone.zone.promotion.services.meeting_leads import lead_of_meeting

Given = dict[str, Any]
ROWS = PromotionEvent.objects.select_related("unit", "team", "owner")
_COUNTS = {
    "invited": Count("guests", distinct=True),
    "came": Count("guests", filter=Q(guests__attended=True), distinct=True),
    "leads": Count("guests", filter=Q(guests__lead__isnull=False), distinct=True),
}


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show events, the latest first, with how many were invited, came, became leads."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    form = pages.FunnelForm(request.GET)
    found = selectors.events(request.user, today)
    if form.is_valid():
        asked = form.cleaned_data
        chosen = {"begins__gte": asked["first"], "begins__lte": asked["last"],
                  "team": asked["team"], "city": asked["city"],
                  "channel": asked["channel"]}  # fmt: skip
        found = found.filter(**{name: value for name, value in chosen.items() if value})
    rows = page_of(
        request,
        found.annotate(**_COUNTS).order_by("-begins", "-pk") if form.is_valid() else found.none(),
    )
    context = common.listed(request, "promo_events", today) | {
        "form": form, "page": rows,
        "lines": [(one, say(channel_label(one.channel))) for one in rows],
    }  # fmt: skip
    status = 200 if form.is_valid() else 400
    return render(request, "promotion_field/events.html", context, status=status)


@require_GET
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an event with its guests."""
    found, today = common.seen(request, ROWS, pk), timezone.localdate()
    guests = list(found.guests.select_related("investor", "lead", "contact"))
    context = {
        "event": found,
        "channel": say(channel_label(found.channel)),
        "guests": guests,
        "came": sum(one.attended is True for one in guests),
        "leads": sum(one.lead_id is not None for one in guests),
        "signings": found.signings.select_related("project", "investor", "entry"),
        "keeps": may_keep(request.user, found, today).allowed,
        "begun": found.begins <= today,
    }
    return render(request, "promotion_field/event.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan an event."""
    common.begins(request)
    who = hand(request)
    form = pages.EventForm(posted(request), initial=common.own_unit(who))

    def do() -> str:
        common.for_unit(who, form.cleaned_data["unit"])
        made = events.plan_event(**who.of("now"), **form.cleaned_data)
        return reverse("promo_event", args=[made.pk])

    words = common.page(
        _("New event"), _("Plan"), common.above("promo_events", _("Promotion events"))
    )
    return common.whole(request, words, form, do)


class Act(NamedTuple):
    """A form of an event, what it is called, and what it does."""

    form: type[forms.Form]
    heading: Promise
    button: Promise
    do: Callable[[Hand, PromotionEvent, Any], Any]


def _invite(who: Hand, event: PromotionEvent, form: Any) -> object:
    sure = form.cleaned_data["sure"]
    firms = [
        firm_named(**who.of("now", "user"), name=name, sure=sure, synthetic=event.synthetic)
        for name in form.named()
    ]
    on = form.cleaned_data["on"]
    return events.invite(**who.of(), event=event, investors=firms, on=on)


def _hold(who: Hand, event: PromotionEvent, form: Any) -> object:
    return events.hold_event(**who.of("today"), event=event, **form.cleaned_data)


def _cancel(who: Hand, event: PromotionEvent, form: Any) -> object:
    return events.cancel_event(**who.of(), event=event, **form.cleaned_data)


ACTS: Mapping[str, Act] = {
    "invite": Act(pages.InviteForm, gettext_lazy("Invite firms"), gettext_lazy("Invite"), _invite),
    "hold": Act(pages.HoldForm, gettext_lazy("Record the event"), gettext_lazy("Record"), _hold),
    "cancel": Act(
        pages.WhyForm, gettext_lazy("Call the event off"), gettext_lazy("Call off"), _cancel
    ),
}


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Show one form of an event, or do what it says."""
    if what not in ACTS:
        raise Http404
    doing, found, who = ACTS[what], common.kept(request, ROWS, pk), hand(request)
    form = doing.form(posted(request), initial={"on": who.today})
    here = reverse("promo_event", args=[found.pk])

    def do() -> str:
        doing.do(who, found, form)
        return here

    crumbs = common.above("promo_events", _("Promotion events"), found, here)
    words = common.page(str(doing.heading), str(doing.button), crumbs, str(found))
    return common.whole(request, words, form, do)


@require_http_methods(["GET", "POST"])
def attend(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a guest came."""
    guest = get_object_or_404(EventGuest.objects.select_related("event__unit", "investor"), pk=pk)
    found, who = common.kept(request, ROWS, guest.event_id), hand(request)
    form = pages.AttendForm(posted(request))
    common.offer_work(form, who)
    here = reverse("promo_event", args=[found.pk])

    def do() -> str:
        events.attend(**who.of("now", "user"), guest=guest, **form.cleaned_data)
        return here

    crumbs = common.above("promo_events", _("Promotion events"), found, here)
    words = common.page(_("Did they come?"), _("Record"), crumbs, guest.investor.name)
    return common.whole(request, words, form, do)


@require_GET
def return_visits(request: HttpRequest) -> HttpResponse:
    """Show firms that came to look, and who signed."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    rows = page_of(request, selectors.return_visits(request.user, today).select_related("lead"))
    context = common.listed(request, "return_visits", today) | {
        "page": rows,
        "signings": _signings(request, today),
    }
    return render(request, "promotion_field/returns.html", context)


def _signings(request: HttpRequest, today: dt.date) -> list[tuple[Signing, bool]]:
    """Return the last signings, each with whether its project opens."""
    mine = common.projects_of(hand(request))
    rows = list(selectors.signings(request.user, today)[:100])
    opens = set(mine.filter(pk__in=[one.project_id for one in rows]).values_list("pk", flat=True))
    return [(one, one.project_id in opens) for one in rows]


@require_http_methods(["GET", "POST"])
def return_new(request: HttpRequest) -> HttpResponse:
    """Record a firm that came to look."""
    common.begins(request)
    who = hand(request)
    form = pages.ReturnForm(posted(request), initial=common.own_unit(who))
    common.offer_work(form, who)

    def do() -> str:
        given = dict(form.cleaned_data)
        common.for_unit(who, given["unit"])
        firm = common.firm_of(who, given)
        returns.receive(**who.of("now", "user"), investor=firm, **given)
        return reverse("return_visits")

    crumbs = common.above("return_visits", _("Return visits"))
    words = common.page(_("A firm came to look"), _("Record"), crumbs)
    return common.whole(request, words, form, do)


@require_http_methods(["GET", "POST"])
def signing_new(request: HttpRequest) -> HttpResponse:
    """Bind a signing of a project to who signed."""
    common.begins(request)
    who = hand(request)
    form = pages.SigningForm(posted(request))
    common.offer_work(form, who)
    pages.offered(form, project=common.projects_of(who).filter(signing=None).order_by("-pk"))

    def do() -> str:
        given = dict(form.cleaned_data)
        common.for_unit(who, given["project"].lead_unit)
        firm = common.firm_of(who, given)
        given.pop("lead")
        returns.record_signing(**who.of("now", "user"), investor=firm, **given)
        return reverse("return_visits") + "#signings"

    crumbs = common.above("return_visits", _("Return visits"))
    sub = _("The day is that of the stage log of the project.")
    return common.whole(request, common.page(_("Who signed"), _("Record"), crumbs, sub), form, do)


_MET: Mapping[str, Any] = {
    "trip": (TripMeeting.objects.select_related("trip__team", "investor"), "trip"),
    "event": (EventGuest.objects.select_related("event", "investor"), "event"),
    "visit": (ReturnVisit.objects.select_related("investor", "unit"), ""),
}


@require_http_methods(["GET", "POST"])
def meeting_lead(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Make a lead of a firm that was met."""
    if kind not in _MET:
        raise Http404
    rows, of = _MET[kind]
    meeting = get_object_or_404(rows, pk=pk)
    work = getattr(meeting, of) if of else meeting
    require(may_keep(request.user, work, timezone.localdate()))
    who = hand(request)
    form = pages.MakeLeadForm(posted(request), initial={"title": meeting.investor.name})

    def do() -> str:
        made = lead_of_meeting(**who.of("now", "user"), meeting=meeting, **form.cleaned_data)
        return reverse("lead", args=[made.pk])

    crumbs = common.above("promotion_funnel", _("Funnel"))
    words = common.page(_("Make it a lead"), _("Record"), crumbs, meeting.investor.name)
    return common.whole(request, words, form, do)
