"""Planning field work: teams, trips anew, events, returns, signings, lists; leads of firms met."""

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas.project_work import of
from openzone.www.api.areas.promotion_field import (
    FirmIn,
    event_out,
    firm_given,
    kept,
    seen,
    trip_out,
)
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import promotion_field as shapes
from openzone.www.api.values import Day, Id, Line
from openzone.www.forms import promotion_field as page
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.models import Unit, User
from openzone.zone.projects.selectors.listing import visible as visible_projects
from openzone.zone.promotion.field_permissions import may_keep, may_list, may_work_for
from openzone.zone.promotion.models import (
    EventGuest,
    FieldTeam,
    PromotionEvent,
    ReturnVisit,
    Trip,
    TripMeeting,
)
from openzone.zone.promotion.selectors import field as selectors
from openzone.zone.promotion.services import events, returns, trips
from openzone.zone.promotion.services.field_links import firm_named
from openzone.zone.promotion.services.meeting_leads import lead_of_meeting

desk = Desk(KeyArea.PROMOTION)
TRIPS = Trip.objects.select_related("team", "leader")
EVENTS = PromotionEvent.objects.select_related("unit", "owner")
MET: dict[str, Any] = {
    "trip": (TripMeeting.objects.select_related("trip__team"), "trip"),
    "event": (EventGuest.objects.select_related("event"), "event"),
    "visit": (ReturnVisit.objects.all(), ""),
}


class CloseIn(Body):
    """The day something closes."""

    on: Day


class InviteIn(Body):
    """Firms by name; `sure`: other firms than those alike."""

    firms: list[Line]
    on: Day
    sure: bool = False


class ReturnIn(FirmIn):
    """A firm came to look; `unit` is a code, `host` an account."""

    on: Day
    said: Line
    unit: Line
    host: Line
    people: int | None = None
    trip: Id | None = None
    event: Id | None = None


class SigningIn(FirmIn):
    """Who signed for a project, at an event if at one."""

    project: Id
    event: Id | None = None


@desk.act("/promotion/teams", Text("组建小分队", "Set up a team"), page.TeamForm, shapes.TeamOut,
          status=201)  # fmt: skip
def open_team(asked: Asked, sent: Sent) -> Any:
    """Set up a team of a unit the caller works for."""
    given = sent.given()
    require(may_work_for(asked.user, given["unit"], asked.on))
    return trips.open_team(**of(asked), **given)


@desk.act("/promotion/teams/{pk}/close", Text("撤销小分队", "Close a team"), CloseIn,
          shapes.TeamOut)  # fmt: skip
def close_team(asked: Asked, sent: CloseIn, pk: Id) -> Any:
    """Close a team; its trips stay."""
    require(may_list(asked.user, asked.on))
    team = get_object_or_404(FieldTeam.objects.select_related("unit"), pk=pk)
    require(may_work_for(asked.user, team.unit, asked.on))
    return trips.close_team(**of(asked), team=team, on=sent.on)


@desk.act("/promotion/trips/{pk}/change", Text("调整计划", "Plan a trip anew"), page.TripFields,
          shapes.TripDetail)  # fmt: skip
def change_trip(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Plan a trip anew before it is reported on; a city where firms were met stays."""
    trip = kept(asked, TRIPS, pk)
    return trip_out(trips.change_trip(**of(asked), trip=trip, **sent.form().given()))


@desk.act("/promotion/trips/{pk}/cancel", Text("取消行程", "Call a trip off"), page.WhyForm,
          shapes.TripDetail)  # fmt: skip
def cancel_trip(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Call a trip off on which nobody was met."""
    trip = kept(asked, TRIPS, pk)
    return trip_out(trips.cancel_trip(**of(asked), trip=trip, **sent.given()))


@desk.act("/promotion/met/{kind}/{pk}/lead", Text("转为线索", "Make it a lead"),
          page.MakeLeadForm, shapes.LeadRef, status=201)  # fmt: skip
def meeting_lead(asked: Asked, sent: Sent, kind: Line, pk: Id) -> Any:
    """Make a firm that was met a lead; `kind` is trip, event or visit."""
    require(may_list(asked.user, asked.on))
    rows, of_what = MET.get(kind, (TripMeeting.objects.none(), ""))
    meeting = get_object_or_404(rows, pk=pk)
    work = getattr(meeting, of_what) if of_what else meeting
    require(may_keep(asked.user, work, asked.on))
    return lead_of_meeting(**of(asked, "now", "user"), meeting=meeting, **sent.given())


@desk.act("/promotion/events/{pk}/invite", Text("邀请企业", "Invite firms"), InviteIn,
          shapes.EventDetail, status=201)  # fmt: skip
def invite(asked: Asked, sent: InviteIn, pk: Id) -> Any:
    """Invite firms by name, all or none."""
    event = kept(asked, EVENTS, pk)
    with transaction.atomic():
        firms = [
            firm_named(**of(asked, "now", "user"), name=name, sure=sent.sure) for name in sent.firms
        ]
        events.invite(**of(asked), event=event, investors=firms, on=sent.on)
    return event_out(event)


@desk.act("/promotion/events/{pk}/hold", Text("记录活动", "Record an event"), page.HoldForm,
          shapes.EventDetail)  # fmt: skip
def hold_event(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Record that an event was held, and what came of it."""
    event = kept(asked, EVENTS, pk)
    return event_out(events.hold_event(**of(asked, "today"), event=event, **sent.given()))


@desk.act("/promotion/events/{pk}/cancel", Text("取消活动", "Call an event off"), page.WhyForm,
          shapes.EventDetail)  # fmt: skip
def cancel_event(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Call an event off that nobody came to."""
    event = kept(asked, EVENTS, pk)
    return event_out(events.cancel_event(**of(asked), event=event, **sent.given()))


@desk.read("/promotion/returns", Text("来访考察", "Return visits"), shapes.ReturnPart)
def list_returns(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Firms that came to look, the latest recorded first."""
    require(may_list(asked.user, asked.on))
    rows = selectors.return_visits(asked.user, asked.on).select_related("lead")
    return latest(rows, after, limit)


@desk.act("/promotion/returns", Text("登记来访", "A firm came to look"), ReturnIn,
          shapes.ReturnOut, status=201)  # fmt: skip
def receive(asked: Asked, sent: ReturnIn) -> Any:
    """Record a firm that came to look."""
    require(may_list(asked.user, asked.on))
    unit = get_object_or_404(Unit, code=sent.unit)
    require(may_work_for(asked.user, unit, asked.on))
    host = get_object_or_404(User, username=sent.host, is_active=True)
    trip = seen(asked, TRIPS, sent.trip) if sent.trip else None
    event = seen(asked, EVENTS, sent.event) if sent.event else None
    with transaction.atomic():
        return returns.receive(
            **of(asked, "now", "user"), **firm_given(asked, sent), on=sent.on, said=sent.said,
            unit=unit, host=host, people=sent.people, trip=trip, event=event,
        )  # fmt: skip


@desk.act("/promotion/signings", Text("登记签约方", "Who signed"), SigningIn, shapes.SigningOut,
          status=201)  # fmt: skip
def record_signing(asked: Asked, sent: SigningIn) -> Any:
    """Bind the signing in a project's stage log to who signed; its day is that of the log."""
    require(may_list(asked.user, asked.on))
    project = get_object_or_404(visible_projects(asked.user, asked.on), pk=sent.project)
    require(may_work_for(asked.user, project.lead_unit, asked.on))
    event = seen(asked, EVENTS, sent.event) if sent.event else None
    with transaction.atomic():
        given = firm_given(asked, sent)
        return returns.record_signing(
            **of(asked, "now", "user"), project=project, investor=given["investor"], event=event
        )
