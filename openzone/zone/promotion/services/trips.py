"""Trips of promotion teams: planned by city and day, firms met, reported on after the return."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.promotion.enums import TripState
from openzone.zone.promotion.field_packs import channel_by
from openzone.zone.promotion.models import (
    Contact,
    FieldTeam,
    Investor,
    Lead,
    Trip,
    TripCity,
    TripMeeting,
    TripMember,
)
from openzone.zone.promotion.services.field_links import ensure_of, spoken
from openzone.zone.promotion.services.writing import (
    ensure_come,
    ensure_said,
    locked_investor,
    note,
)

NO_CITY = Text("请至少写明一个城市及日期", "name at least one city with its days")
CITY_TWICE = Text("城市“{city}”列了两次", "the city “{city}” is named twice")
BACKWARDS = Text("{city}：结束日期早于开始日期", "{city}: the last day is before the first")
CLOSED = Text("该小分队已于 {day} 撤销", "this team was closed on {day}")
REPORTED = Text("已由{who}于{at}填报结果", "already reported by {who} at {at}")
CALLED_OFF = Text("该行程已取消：{reason}", "this trip was called off: {reason}")
MET = Text(
    "该行程已对接企业，不能取消；请填报结果", "firms were met on this trip: report on it instead"
)
CITY_MET = Text("在“{city}”已对接企业，不能删除", "firms were met in “{city}”: it stays")
NOT_THERE = Text("{day} 不在“{city}”的行程日期内", "on {day} the trip was not in “{city}”")
FOREIGN = Text("该城市不属于本行程", "this city belongs to another trip")
TWICE = Text("当日已记录对接“{name}”", "“{name}” was recorded on this day already")
NOT_OVER = Text("行程到 {day} 才结束", "the trip ends on {day}")


class Stop(NamedTuple):
    """A city, from a day to a day."""

    city: str
    begins: dt.date
    ends: dt.date


@transaction.atomic
def open_team(*, actor: Actor, name: str, unit: Unit, synthetic: bool = False) -> FieldTeam:
    """Set up a team that travels."""
    team = FieldTeam(name=name.strip(), unit=unit, synthetic=synthetic)
    ensure_valid(team)
    team.save()
    note(action="team.opened", actor=actor, subject=f"field_team:{team.pk}",
         payload={"name": team.name})  # fmt: skip
    return team


@transaction.atomic
def close_team(*, actor: Actor, team: FieldTeam, on: dt.date) -> FieldTeam:
    """Close a team; its trips stay."""
    fresh = FieldTeam.objects.select_for_update().get(pk=team.pk)
    if fresh.closed_on is not None:
        raise Refused(CLOSED.format(day=fresh.closed_on))
    fresh.closed_on = on
    fresh.save(update_fields=["closed_on"])
    note(action="team.closed", actor=actor, subject=f"field_team:{team.pk}",
         payload={"on": on.isoformat()})  # fmt: skip
    return fresh


@transaction.atomic
def plan_trip(
    *, actor: Actor, team: FieldTeam, title: str, channel: str, purpose: str,
    stops: Sequence[Stop], leader: User, now: dt.datetime, gaps: Sequence[str] = (),
    members: Iterable[User] = (), user: User | None = None, synthetic: bool = False,
) -> Trip:  # fmt: skip
    """Plan a trip by city and day; its own days are those of its cities."""
    _ensure_stops(stops)
    if team.closed_on is not None:
        raise Refused(CLOSED.format(day=team.closed_on), field="team")
    trip = Trip(
        team=team, title=title.strip(), channel=channel_by(channel, "trip").id,
        purpose=purpose.strip(), gaps=_lines(gaps), leader=leader, planned_by=user,
        begins=min(one.begins for one in stops), ends=max(one.ends for one in stops),
        planned_at=now, synthetic=synthetic,
    )  # fmt: skip
    ensure_valid(trip)
    trip.save()
    _set_cities(trip, stops)
    _set_members(trip, members)
    _note("trip.planned", actor, trip, cities=[one.city for one in stops])
    return trip


@transaction.atomic
def change_trip(
    *, actor: Actor, trip: Trip, title: str, purpose: str, stops: Sequence[Stop], leader: User,
    gaps: Sequence[str] = (), members: Iterable[User] = (),
) -> Trip:  # fmt: skip
    """Plan a trip anew before it is reported on; a city where firms were met stays."""
    fresh = _planned(trip)
    _ensure_stops(stops)
    fresh.title, fresh.purpose, fresh.leader = title.strip(), purpose.strip(), leader
    fresh.gaps = _lines(gaps)
    fresh.begins, fresh.ends = (
        min(one.begins for one in stops), max(one.ends for one in stops)
    )  # fmt: skip
    ensure_valid(fresh)
    fresh.save()
    _set_cities(fresh, stops)
    _set_members(fresh, members)
    _note("trip.changed", actor, fresh, cities=[one.city for one in stops])
    return fresh


@transaction.atomic
def cancel_trip(*, actor: Actor, trip: Trip, reason: str) -> Trip:
    """Call a trip off on which nobody was met."""
    fresh = _planned(trip)
    if fresh.meetings.exists():
        raise Refused(MET)
    fresh.state, fresh.reason = TripState.CANCELLED, ensure_said(reason)
    ensure_valid(fresh)
    fresh.save(update_fields=["state", "reason"])
    _note("trip.cancelled", actor, fresh, reason=fresh.reason)
    return fresh


@transaction.atomic
def meet(
    *, actor: Actor, trip: Trip, city: TripCity, investor: Investor, on: dt.date, said: str,
    now: dt.datetime, contact: Contact | None = None, lead: Lead | None = None,
    user: User | None = None,
) -> TripMeeting:  # fmt: skip
    """Record a firm met on a day of a trip; with a lead, it is an interaction of it as well."""
    fresh = _going(trip)
    firm = locked_investor(investor)
    _ensure_there(fresh, city, on)
    ensure_come(on, now)
    ensure_of(firm, contact=contact, lead=lead)
    if fresh.meetings.filter(investor=firm, on=on).exists():
        raise Refused(TWICE.format(name=firm.name), field="investor")
    made = TripMeeting(
        trip=fresh, city=city, investor=firm, on=on, said=said.strip(), contact=contact,
        lead=lead, recorded_by=user, recorded_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.interaction = spoken(
        actor=actor, channel=fresh.channel, lead=lead, on=on, said=made.said, contact=contact,
        user=user, now=now,
    )  # fmt: skip
    made.save()
    _note("trip.met", actor, fresh, investor=firm.pk, city=city.name, on=on.isoformat())
    return made


@transaction.atomic
def report_trip(
    *, actor: Actor, trip: Trip, report: str, user: User, now: dt.datetime, today: dt.date,
    cost: Decimal | None = None,
) -> Trip:  # fmt: skip
    """Say what came of a trip once it is over."""
    fresh = _planned(trip)
    if fresh.ends > today:
        raise Refused(NOT_OVER.format(day=fresh.ends))
    fresh.report, fresh.cost = report.strip(), cost
    fresh.state, fresh.reported_by, fresh.reported_at = TripState.REPORTED, user, now
    ensure_valid(fresh)
    fresh.save()
    _note("trip.reported", actor, fresh, met=fresh.meetings.count())
    return fresh


def _going(trip: Trip) -> Trip:
    fresh = Trip.objects.select_for_update(of=("self",)).select_related("team").get(pk=trip.pk)
    if fresh.state == TripState.CANCELLED:
        raise Refused(CALLED_OFF.format(reason=fresh.reason))
    return fresh


def _planned(trip: Trip) -> Trip:
    fresh = _going(trip)
    if fresh.state == TripState.REPORTED and fresh.reported_at is not None:
        at = f"{timezone.localtime(fresh.reported_at):%Y-%m-%d %H:%M}"
        raise Refused(REPORTED.format(who=str(fresh.reported_by), at=at))
    return fresh


def _ensure_stops(stops: Sequence[Stop]) -> None:
    if not stops:
        raise Refused(NO_CITY, field="stops")
    names: set[str] = set()
    for one in stops:
        if one.ends < one.begins:
            raise Refused(BACKWARDS.format(city=one.city), field="stops")
        if one.city.strip() in names:
            raise Refused(CITY_TWICE.format(city=one.city), field="stops")
        names.add(one.city.strip())


def _ensure_there(trip: Trip, city: TripCity, on: dt.date) -> None:
    if city.trip_id != trip.pk:
        raise Refused(FOREIGN, field="city")
    if not city.begins <= on <= city.ends:
        raise Refused(NOT_THERE.format(day=on, city=city.name), field="on")


def _set_cities(trip: Trip, stops: Sequence[Stop]) -> None:
    """Keep the cities that are named again, with new days; drop those where nobody was met."""
    known = {one.name: one for one in trip.cities.all()}
    for one in stops:
        city = known.pop(one.city.strip(), None) or TripCity(trip=trip, name=one.city.strip())
        city.begins, city.ends = one.begins, one.ends
        outside = city.pk and city.meetings.exclude(on__range=(one.begins, one.ends)).first()
        if outside:
            raise Refused(NOT_THERE.format(day=outside.on, city=city.name), field="stops")
        ensure_valid(city)
        city.save()
    for city in known.values():
        if city.meetings.exists():
            raise Refused(CITY_MET.format(city=city.name), field="stops")
        city.delete()


def _set_members(trip: Trip, members: Iterable[User]) -> None:
    wanted = {one.pk for one in members} - {trip.leader_id}
    trip.members.exclude(user__in=wanted).delete()
    known = set(trip.members.values_list("user_id", flat=True))
    TripMember.objects.bulk_create(TripMember(trip=trip, user_id=pk) for pk in wanted - known)


def _lines(given: Sequence[str]) -> list[str]:
    return [one.strip()[:100] for one in given if one.strip()]


def _note(action: str, actor: Actor, trip: Trip, **payload: Any) -> None:
    note(action=action, actor=actor, subject=f"trip:{trip.pk}", payload=payload)
