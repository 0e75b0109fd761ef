"""Field work that somebody may see: the same rule as ``field_permissions.may_see``, for many."""

import datetime as dt

from django.db.models import Q, QuerySet

from openzone.zone.projects.permissions import Visitor
from openzone.zone.projects.selectors.listing import visible as visible_projects
from openzone.zone.promotion.enums import PointState, TripState
from openzone.zone.promotion.field_packs import field
from openzone.zone.promotion.field_permissions import units_read
from openzone.zone.promotion.models import (
    Negotiation,
    NegotiationPoint,
    PromotionEvent,
    ReturnVisit,
    Signing,
    SupplierList,
    TermSheet,
    Trip,
    TripMeeting,
)


def trips(user: Visitor, on: dt.date) -> QuerySet[Trip]:
    """Return trips, the latest first."""
    units = units_read(user, on)
    every = Trip.objects.select_related("team__unit", "leader")
    if units is None:
        return every
    joined = Trip.objects.filter(members__user=user.pk)
    return every.filter(Q(team__unit__in=units) | Q(leader=user.pk) | Q(pk__in=joined.values("pk")))


def events(user: Visitor, on: dt.date) -> QuerySet[PromotionEvent]:
    """Return events, the latest first."""
    units = units_read(user, on)
    every = PromotionEvent.objects.select_related("unit", "team", "owner")
    return every if units is None else every.filter(Q(unit__in=units) | Q(owner=user.pk))


def return_visits(user: Visitor, on: dt.date) -> QuerySet[ReturnVisit]:
    """Return firms that came to look, the latest first."""
    units = units_read(user, on)
    every = ReturnVisit.objects.select_related("investor", "unit", "host", "trip", "event")
    return every if units is None else every.filter(Q(unit__in=units) | Q(host=user.pk))


def negotiations(user: Visitor, on: dt.date) -> QuerySet[Negotiation]:
    """Return records of negotiations, the latest first."""
    units = units_read(user, on)
    every = Negotiation.objects.select_related("investor", "unit", "lead", "project")
    if units is None:
        return every
    part = Negotiation.ours.through.objects.filter(user=user.pk)
    return every.filter(Q(unit__in=units) | Q(pk__in=part.values("negotiation")))


def supplier_lists(user: Visitor, on: dt.date) -> QuerySet[SupplierList]:
    """Return lists of suppliers, the latest first."""
    units = units_read(user, on)
    every = SupplierList.objects.select_related("unit", "enterprise")
    return every if units is None else every.filter(unit__in=units)


def term_sheets(user: Visitor, on: dt.date) -> QuerySet[TermSheet]:
    """Return term sheets, the latest first."""
    units = units_read(user, on)
    every = TermSheet.objects.select_related("unit", "owner", "lead", "project")
    return every if units is None else every.filter(Q(unit__in=units) | Q(owner=user.pk))


def signings(user: Visitor, on: dt.date) -> QuerySet[Signing]:
    """Return who signed: for projects, at events and of firms met that somebody sees."""
    every = Signing.objects.select_related("project", "investor", "entry", "event")
    if units_read(user, on) is None:
        return every
    met = TripMeeting.objects.filter(trip__in=trips(user, on).values("pk")).values("investor")
    return every.filter(
        Q(project__in=visible_projects(user, on).order_by().values("pk"))
        | Q(event__in=events(user, on).order_by().values("pk"))
        | Q(investor__in=met)
    )


def report_due(trip: Trip) -> dt.date:
    """Return the day by which a trip is reported on."""
    return trip.ends + dt.timedelta(days=field().report_days)


def reports_wanted(user: Visitor, on: dt.date) -> QuerySet[Trip]:
    """Return the trips somebody headed that are over and not reported on, the oldest first."""
    over = Trip.objects.filter(state=TripState.PLANNED, ends__lt=on, leader=user.pk)
    return over.select_related("team").order_by("ends", "pk")


def open_points(user: Visitor, until: dt.date) -> QuerySet[NegotiationPoint]:
    """Return the open points of negotiations that are somebody's and due by a day."""
    found = NegotiationPoint.objects.filter(state=PointState.OPEN, owner=user.pk, due__lte=until)
    return found.select_related("negotiation__investor").order_by("due", "pk")
