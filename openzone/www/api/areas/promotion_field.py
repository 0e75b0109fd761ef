"""Field work of promotion: the funnel, trips, events, suppliers, term sheets, negotiations."""

import datetime as dt
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas.project_work import of
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import hide, require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import promotion_field as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Day, Id, Line
from openzone.www.forms import promotion_field as page
from openzone.www.forms import promotion_terms as terms_page
from openzone.zone.people.enums import KeyArea
from openzone.zone.promotion.field_packs import field
from openzone.zone.promotion.field_permissions import may_keep, may_list, may_see, may_work_for
from openzone.zone.promotion.models import (
    EventGuest,
    PromotionEvent,
    Supplier,
    SupplierList,
    Trip,
)
from openzone.zone.promotion.permissions import visible as visible_leads
from openzone.zone.promotion.selectors import field as selectors
from openzone.zone.promotion.selectors.funnel import Asked as Period
from openzone.zone.promotion.selectors.funnel import Row, result
from openzone.zone.promotion.selectors.suppliers import coverage, state_of, suppliers
from openzone.zone.promotion.services import (
    events,
    trips,
)
from openzone.zone.promotion.services import suppliers as supplier_services
from openzone.zone.promotion.services.field_links import firm_named

desk = Desk(KeyArea.PROMOTION)
M = TypeVar("M", bound=Model)


class FirmIn(Body):
    """A firm by its name, or the lead it has; `sure`: another firm than those alike."""

    firm: Line = ""
    lead: Id | None = None
    sure: bool = False


class MeetIn(FirmIn):
    """A firm met in a city of a trip."""

    city: Id
    on: Day
    said: Line


class AttendIn(Body):
    """Whether a guest came."""

    attended: bool
    on: Day | None = None
    said: Line = ""


@desk.read("/promotion/funnel", Text("招商漏斗", "The funnel"), shapes.FunnelOut)
def funnel(
    asked: Asked, first: dt.date, last: dt.date, team: Id | None = None, city: Line = "",
    channel: Line = "",
) -> Any:  # fmt: skip
    """Trips, firms met, firms that came to look, firms that signed, each firm once in a step."""
    require(may_list(asked.user, asked.on))
    found = result(Period(first, last, team, city, channel), asked.user, asked.on)
    labels = {one.id: one.label.text for one in field().steps}
    steps = [
        {
            "step": one.step,
            "label": Words.of(labels[one.step]),  # type: ignore[index]
            "count": one.count,
            "conversion": one.conversion,
            "skipped": [int(each) for each in one.skipped],
            "rows": [_row(row) for row in found.behind(one.step)],
        }
        for one in found.steps
    ]
    return {
        "first": first, "last": last, "trips": [trip.pk for trip in found.rows.trips],
        "per_trip": found.per_trip, "steps": steps,
        "frameworks": [_row(row) for row in found.rows.frameworks],
    }  # fmt: skip


def _row(one: Row) -> dict[str, Any]:
    return {
        "investor": one.root, "firm": one.firm, "on": one.on, "kind": one.kind, "id": one.pk,
        "title": one.title, "channel": one.channel, "city": one.city,
    }  # fmt: skip


@desk.read("/promotion/trips", Text("招商行程", "Trips"), shapes.TripPart)
def list_trips(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Trips the caller may see, the latest recorded first."""
    require(may_list(asked.user, asked.on))
    return latest(selectors.trips(asked.user, asked.on), after, limit)


@desk.read("/promotion/trips/{pk}", Text("行程详情", "One trip"), shapes.TripDetail)
def get_trip(asked: Asked, pk: Id) -> Any:
    """A trip with its cities, the firms met, and its report."""
    return trip_out(seen(asked, Trip.objects.select_related("team", "leader"), pk))


@desk.act("/promotion/trips", Text("计划行程", "Plan a trip"), page.TripForm, shapes.TripDetail,
          status=201)  # fmt: skip
def plan_trip(asked: Asked, sent: Sent) -> Any:
    """Plan a trip: a line for every city with its first and last day."""
    given = sent.form().given()
    require(may_work_for(asked.user, given["team"].unit, asked.on))
    return trip_out(trips.plan_trip(**of(asked, "now", "user"), **given))


@desk.act("/promotion/trips/{pk}/meetings", Text("登记对接企业", "Record a firm met"), MeetIn,
          shapes.TripDetail, status=201)  # fmt: skip
def meet(asked: Asked, sent: MeetIn, pk: Id) -> Any:
    """A firm met; with a lead, what was said is an interaction of it as well."""
    trip = kept(asked, Trip.objects.select_related("team", "leader"), pk)
    city = get_object_or_404(trip.cities, pk=sent.city)
    with transaction.atomic():
        given = firm_given(asked, sent)
        trips.meet(
            **of(asked, "now", "user"), trip=trip, city=city, on=sent.on, said=sent.said, **given
        )
    return trip_out(trip)


@desk.act("/promotion/trips/{pk}/report", Text("填报结果", "Report on a trip"), page.ReportForm,
          shapes.TripDetail)  # fmt: skip
def report_trip(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Say what came of a trip once it is over."""
    trip = kept(asked, Trip.objects.select_related("team", "leader"), pk)
    trips.report_trip(**of(asked, "now", "user", "today"), trip=trip, **sent.given())
    return trip_out(Trip.objects.get(pk=trip.pk))


def trip_out(trip: Trip) -> Any:
    """Return a trip as its shape reads it."""
    met = trip.meetings.select_related("investor", "city", "lead")
    return joined(trip, cities=list(trip.cities.all()), meetings=list(met))


class Joined:
    """A record with parts of it read already: what the shape asks for first is here."""

    def __init__(self, record: Any, parts: dict[str, Any]) -> None:
        self._record = record
        self.__dict__.update(parts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._record, name)


def joined(record: Any, **parts: Any) -> Any:
    """Return a record with parts of it read already."""
    return Joined(record, parts)


@desk.read("/promotion/events", Text("招商活动", "Events"), shapes.EventPart)
def list_events(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Events the caller may see, the latest recorded first."""
    require(may_list(asked.user, asked.on))
    return latest(selectors.events(asked.user, asked.on), after, limit)


@desk.act("/promotion/events", Text("计划活动", "Plan an event"), page.EventForm,
          shapes.EventDetail, status=201)  # fmt: skip
def plan_event(asked: Asked, sent: Sent) -> Any:
    """Plan an event of a unit the caller works for."""
    given = sent.given()
    require(may_work_for(asked.user, given["unit"], asked.on))
    return event_out(events.plan_event(**of(asked, "now"), **given))


@desk.read("/promotion/events/{pk}", Text("活动详情", "One event"), shapes.EventDetail)
def get_event(asked: Asked, pk: Id) -> Any:
    """An event with its guests."""
    return event_out(seen(asked, PromotionEvent.objects.select_related("unit", "owner"), pk))


@desk.act("/promotion/guests/{pk}", Text("登记到会", "Did they come?"), AttendIn,
          shapes.EventDetail)  # fmt: skip
def attend(asked: Asked, sent: AttendIn, pk: Id) -> Any:
    """Say whether a guest came, once."""
    guest = get_object_or_404(EventGuest.objects.select_related("event__unit"), pk=pk)
    event = kept(asked, PromotionEvent.objects.select_related("unit", "owner"), guest.event_id)
    events.attend(
        **of(asked, "now", "user"), guest=guest, attended=sent.attended, on=sent.on,
        said=sent.said,
    )  # fmt: skip
    return event_out(event)


def event_out(event: PromotionEvent) -> Any:
    """Return an event as its shape reads it."""
    return joined(event, guests=list(event.guests.select_related("investor", "lead")))


@desk.read("/promotion/suppliers", Text("供应商名单", "Lists of suppliers"), shapes.ListPart)
def list_suppliers(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Lists of the suppliers of leading firms, with how far they came."""
    require(may_list(asked.user, asked.on))
    part = latest(selectors.supplier_lists(asked.user, asked.on), after, limit)
    return {**part, "items": [list_out(one) for one in part["items"]]}


@desk.act("/promotion/suppliers", Text("新建供应商名单", "Begin a list of suppliers"),
          terms_page.SupplierListForm, shapes.ListDetail, status=201)  # fmt: skip
def make_list(asked: Asked, sent: Sent) -> Any:
    """Begin the list of a leader's suppliers, of a unit the caller works for."""
    given = sent.given()
    require(may_work_for(asked.user, given["unit"], asked.on))
    return list_out(supplier_services.make_list(**of(asked, "now", "user"), **given))


@desk.read("/promotion/suppliers/{pk}", Text("名单详情", "One list"), shapes.ListDetail)
def get_list(asked: Asked, pk: Id) -> Any:
    """A list with its suppliers."""
    return list_out(seen(asked, SupplierList.objects.select_related("unit"), pk))


@desk.act("/promotion/suppliers/{pk}/firms", Text("增加供应商", "Add a supplier"),
          terms_page.SupplierForm, shapes.ListDetail, status=201)  # fmt: skip
def add_supplier(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Put a firm into a list."""
    found = kept(asked, SupplierList.objects.select_related("unit"), pk)
    supplier_services.add_supplier(**of(asked), listing=found, **sent.given())
    return list_out(found)


@desk.act("/promotion/supplier-firms/{pk}/mark", Text("标记进展", "How far it has come"),
          terms_page.MarkForm, shapes.ListDetail)  # fmt: skip
def mark_supplier(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Say how far a supplier has come."""
    one = _supplier(asked, pk)
    supplier_services.mark_supplier(**of(asked, "now"), supplier=one, **sent.given())
    return list_out(one.listing)


@desk.act("/promotion/supplier-firms/{pk}/lead", Text("转为线索", "Make it a lead"),
          terms_page.SupplierLeadForm, shapes.ListDetail)  # fmt: skip
def supplier_lead(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Make a supplier a lead of the list's unit, with the reason the list gives."""
    one = _supplier(asked, pk)
    supplier_services.supplier_to_lead(
        **of(asked, "now", "user"), supplier=one, on=asked.on, **sent.given()
    )
    return list_out(one.listing)


def _supplier(asked: Asked, pk: int) -> Supplier:
    found = get_object_or_404(Supplier.objects.select_related("listing__unit"), pk=pk)
    kept(asked, SupplierList.objects.select_related("unit"), found.listing_id)
    return found


def list_out(found: SupplierList) -> Any:
    """Return a list with its suppliers as its shape reads it."""
    rows = list(suppliers(found))
    counted = coverage(rows)
    return joined(
        found, total=counted.total, reached=counted.reached, share=counted.share,
        states=counted.states,
        suppliers=[joined(one, state=state_of(one).value) for one in rows],
    )  # fmt: skip


def seen(asked: Asked, rows: "QuerySet[M]", pk: int) -> M:
    """Return a record the caller may read; another one is not there."""
    found = get_object_or_404(rows, pk=pk)
    hide(may_see(asked.user, found, asked.on))  # type: ignore[arg-type]
    return found


def kept(asked: Asked, rows: "QuerySet[M]", pk: int) -> M:
    """Return a record the caller writes into."""
    found = seen(asked, rows, pk)
    require(may_keep(asked.user, found, asked.on))  # type: ignore[arg-type]
    return found


def firm_given(asked: Asked, sent: FirmIn) -> dict[str, Any]:
    """Return the firm and the lead that were named."""
    mine = visible_leads(asked.user, asked.on).select_related("investor")
    lead = get_object_or_404(mine, pk=sent.lead) if sent.lead else None
    if lead is not None and not sent.firm:
        return {"investor": lead.investor, "lead": lead}
    firm = firm_named(**of(asked, "now", "user"), name=sent.firm, sure=sent.sure)
    return {"investor": firm, "lead": lead}
