"""Trips of promotion teams: the list, one trip, what is done with it, the firms met."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms import promotion_field as pages
from openzone.www.forms.projects import several
from openzone.www.hands import Hand, hand
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.www.views.promotion_field import common
from openzone.zone.promotion.enums import TripState
from openzone.zone.promotion.field_packs import channel_label
from openzone.zone.promotion.field_permissions import may_keep, may_list
from openzone.zone.promotion.models import Trip
from openzone.zone.promotion.selectors import field as selectors
from openzone.zone.promotion.services import trips
from openzone.zone.registry.permissions import may_export

Given = dict[str, Any]
ROWS = Trip.objects.select_related("team__unit", "leader", "reported_by")


class Line(NamedTuple):
    """A trip as lists show it."""

    trip: Trip
    channel: str
    cities: list[str]
    met: int
    due: dt.date
    late: bool


def narrowed(form: pages.FunnelForm, user: Any, today: dt.date) -> "QuerySet[Trip]":
    """Return the trips a filter asks for: those that began in its period."""
    found = selectors.trips(user, today)
    if not form.is_valid():
        return found.none()
    asked = form.cleaned_data
    for name, value in (
        ("begins__gte", asked["first"]), ("begins__lte", asked["last"]), ("team", asked["team"]),
        ("cities__name", asked["city"]), ("channel", asked["channel"]),
    ):  # fmt: skip
        if value:
            found = found.filter(**{name: value})
    return found.distinct()


def _line(trip: Trip, today: dt.date) -> Line:
    due = selectors.report_due(trip)
    late = trip.state == TripState.PLANNED and due < today
    met = trip.meetings.values("investor").distinct().count()
    cities = [city.name for city in trip.cities.all()]
    return Line(trip, say(channel_label(trip.channel)), cities, met, due, late)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show trips, the latest first."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    form = pages.FunnelForm(request.GET)
    found = page_of(request, narrowed(form, request.user, today).prefetch_related("cities"))
    context = common.listed(request, "trips", today) | {
        "form": form, "page": found, "lines": [_line(one, today) for one in found],
    }  # fmt: skip
    status = 200 if form.is_valid() else 400
    return render(request, "promotion_field/trips.html", context, status=status)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the filtered trips; the log notes who took them away."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    require(may_export(request.user, today))
    form = pages.FunnelForm(request.POST)
    rows = narrowed(form, request.user, today).prefetch_related("cities", "members__user")
    found = rows[: settings.EXPORT_LIMIT + 1]
    sheet = excel.Table(
        [_("Title"), _("Promotion team"), _("Channel"), _("First day"), _("Last day"), _("Cities"),
         _("Head of the trip"), _("Who goes along"), _("Gaps to fill"), _("Firms met"), _("State"),
         _("What came of it"), _("Cost (yuan)")],
        [_cells(_line(one, today)) for one in found],
        [_("Promotion trips"), excel.as_of_note(today)],
        any(one.synthetic for one in found) or excel.in_example_zone(),
    )  # fmt: skip
    given = {name: str(request.POST[name]) for name in form.fields if request.POST.get(name)}
    return send(request, sheet, what="trips", name=_("Promotion trips"), filters=given)


def _cells(one: Line) -> tuple[excel.Cell, ...]:
    trip = one.trip
    along = "、".join(str(member.user) for member in trip.members.all())
    return (
        trip.title, trip.team.name, one.channel, trip.begins, trip.ends, "、".join(one.cities),
        str(trip.leader), along or None, "、".join(trip.gaps) or None, one.met,
        str(trip.get_state_display()), trip.report or None, trip.cost,
    )  # fmt: skip


@require_GET
def trip(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a trip: its cities, who went, whom they met, what came of it."""
    found, today = common.seen(request, ROWS, pk), timezone.localdate()
    cities = found.cities.annotate(met=Count("meetings__investor", distinct=True))
    context = {
        "trip": found,
        "line": _line(found, today),
        "cities": cities,
        "members": found.members.select_related("user"),
        "meetings": found.meetings.select_related("city", "investor", "lead", "contact"),
        "visits": found.return_visits.select_related("investor"),
        "keeps": may_keep(request.user, found, today).allowed,
        "over": found.ends <= today,
    }
    return render(request, "promotion_field/trip.html", context)


@require_http_methods(["GET", "POST"])
def new_team(request: HttpRequest) -> HttpResponse:
    """Set up a team."""
    common.begins(request)
    who = hand(request)
    form = pages.TeamForm(posted(request), initial=common.own_unit(who))

    def do() -> str:
        common.for_unit(who, form.cleaned_data["unit"])
        trips.open_team(**who.of(), **form.cleaned_data)
        return reverse("trip_new")

    words = common.page(_("New team"), _("Set up"), common.above("trips", _("Promotion trips")))
    return common.whole(request, words, form, do)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a trip."""
    common.begins(request)
    who = hand(request)
    form = pages.TripForm(posted(request), initial=common.own_unit(who))

    def do() -> str:
        common.for_unit(who, form.cleaned_data["team"].unit)
        made = trips.plan_trip(**who.of("now", "user"), **form.given())
        return reverse("trip", args=[made.pk])

    words = common.page(_("New trip"), _("Plan"), common.above("trips", _("Promotion trips")))
    return common.whole(request, words, form, do)


class Act(NamedTuple):
    """A form of a trip, what it is called, and what it does."""

    form: type[forms.Form]
    heading: Promise
    button: Promise
    do: Callable[[Hand, Trip, Given], Any]


def _change(who: Hand, trip: Trip, given: Given) -> object:
    said = {**given, "gaps": several(given["gaps"]), "members": list(given["members"])}
    return trips.change_trip(**who.of(), trip=trip, **said)


def _cancel(who: Hand, trip: Trip, given: Given) -> object:
    return trips.cancel_trip(**who.of(), trip=trip, **given)


def _report(who: Hand, trip: Trip, given: Given) -> object:
    return trips.report_trip(**who.of("now", "user", "today"), trip=trip, **given)


def _meet(who: Hand, trip: Trip, given: Given) -> object:
    firm = common.firm_of(who, given, synthetic=trip.synthetic)
    return trips.meet(**who.of("now", "user"), trip=trip, investor=firm, **given)


ACTS: Mapping[str, Act] = {
    "change": Act(pages.TripFields, gettext_lazy("Change the plan"), gettext_lazy("Save"), _change),
    "cancel": Act(pages.WhyForm, gettext_lazy("Call the trip off"), gettext_lazy("Call off"),
                  _cancel),
    "report": Act(pages.ReportForm, gettext_lazy("Report on the trip"), gettext_lazy("Report"),
                  _report),
    "meet": Act(pages.MeetForm, gettext_lazy("Record a firm met"), gettext_lazy("Record"), _meet),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Show one form of a trip, or do what it says."""
    if what not in ACTS:
        raise Http404
    doing, found, who = ACTS[what], common.kept(request, ROWS, pk), hand(request)
    form = doing.form(posted(request), initial=_initial(what, found))
    common.offer_work(form, who)
    pages.offered(form, city=found.cities.all())
    here = reverse("trip", args=[found.pk])

    def do() -> str:
        doing.do(who, found, dict(form.cleaned_data))
        return here

    crumbs = common.above("trips", _("Promotion trips"), found, here)
    words = common.page(str(doing.heading), str(doing.button), crumbs, str(found))
    return common.whole(request, words, form, do)


def _initial(what: str, trip: Trip) -> dict[str, Any]:
    if what == "meet":
        return {"on": min(trip.ends, max(trip.begins, timezone.localdate()))}
    if what != "change":
        return {}
    return {
        "title": trip.title, "purpose": trip.purpose, "gaps": "\n".join(trip.gaps),
        "stops": pages.shown_stops(list(trip.cities.all())), "leader": trip.leader.username,
        "members": list(trip.members.values_list("user_id", flat=True)),
    }  # fmt: skip
