"""The funnel of promotion: trips, firms met, firms that came to look, firms that signed.

Every row is read once. What was said with a lead on a trip is an interaction of the lead too, and
that interaction is no second contact. A firm is its root: firms read as one count once.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils import timezone

from openzone.engines.projects.funnel import Step, Touch, funnel
from openzone.zone.projects.models import Project
from openzone.zone.projects.permissions import Visitor
from openzone.zone.projects.selectors.listing import visible as visible_projects
from openzone.zone.promotion.enums import EventState, TripState
from openzone.zone.promotion.field_packs import field as field_pack
from openzone.zone.promotion.models import (
    EventGuest,
    Interaction,
    Lead,
    Negotiation,
    ReturnVisit,
    Trip,
    TripMeeting,
)
from openzone.zone.promotion.packs import pack
from openzone.zone.promotion.permissions import visible as visible_leads
from openzone.zone.promotion.selectors import field as seen
from openzone.zone.promotion.selectors.alike import root_of
from openzone.zone.promotion.selectors.signings import signed_on

_LINKS = ("trip_meeting", "event_guest", "return_visit", "negotiation")
CONTACT, RETURN, SIGNED = "contact", "return_visit", "signing"


@dataclass(frozen=True, slots=True)
class Asked:
    """A period, both days included, and what narrows it; empty does not narrow."""

    first: dt.date
    last: dt.date
    team: int | None = None
    city: str = ""
    channel: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether only some ways of meeting firms are asked for."""
        return bool(self.team or self.city or self.channel)


class Row(NamedTuple):
    """A firm in a step on a day; ``kind`` and ``pk`` say which record it is."""

    step: str
    root: int
    firm: str
    on: dt.date
    kind: str
    pk: int
    title: str
    channel: str = ""
    team: int | None = None
    city: str = ""
    framework: bool = False


@dataclass(frozen=True)
class Rows:
    """Everything of a period that somebody may see."""

    trips: list[Trip]
    contacts: list[Row]
    visits: list[Row]
    signings: list[Row]
    frameworks: list[Row] = field(default_factory=list)


class Result(NamedTuple):
    """A funnel with the rows behind it. ``per_trip`` are firms met for every trip."""

    asked: Asked
    rows: Rows
    steps: list[Step]
    per_trip: Decimal | None

    def behind(self, step: str) -> list[Row]:
        """Return the rows behind a number."""
        rows = {CONTACT: self.rows.contacts, RETURN: self.rows.visits, SIGNED: self.rows.signings}
        return rows.get(step, [])


class Part(NamedTuple):
    """The funnel of a team, city or channel."""

    key: str
    label: Any
    result: Result


def result(asked: Asked, user: Visitor, on: dt.date) -> Result:
    """Return the funnel of a period as somebody may see it."""
    return counted(asked, rows_of(asked.first, min(asked.last, on), user, on))


def counted(asked: Asked, every: Rows) -> Result:
    """Count the rows of a period, narrowed to what is asked for.

    With a team, city or channel the return visits and signings are those of the firms met there.
    """
    rows = _narrowed(asked, every) if asked.is_narrow else every
    touches = [
        Touch(str(one.root), one.step, one.on)
        for one in (*rows.contacts, *rows.visits, *rows.signings)
    ]
    steps = funnel((CONTACT, RETURN, SIGNED), touches, asked.first, asked.last)
    met = len({one.root for one in rows.contacts if one.kind == "trip"})
    return Result(asked, rows, steps, Decimal(met) / len(rows.trips) if rows.trips else None)


def parts(whole: Result, every: Rows, by: str, labels: Callable[[str], Any]) -> list[Part]:
    """Return the funnel by team, city or channel; a firm met by two of them is in both."""
    keys = {str(getattr(one, by) or "") for one in every.contacts} - {""}
    keys |= {_key(trip, by) for trip in every.trips if by != "city"}
    keys |= {city.name for trip in every.trips for city in trip.cities.all() if by == "city"}
    found = []
    for key in sorted(keys):
        value: Any = int(key) if by == "team" else key
        asked = replace(whole.asked, **{by: value})
        found.append(Part(key, labels(key), counted(asked, every)))
    return found


def rows_of(first: dt.date, last: dt.date, user: Visitor, on: dt.date) -> Rows:
    """Return the rows of a period that somebody may see, each once."""
    period = (first, last)
    trips = seen.trips(user, on).exclude(state=TripState.CANCELLED).filter(begins__range=period)
    signed = list(_signings(period, user, on))
    return Rows(
        list(trips.prefetch_related("cities")),
        [*_trip_rows(period, user, on), *_event_rows(period, user, on),
         *_talk_rows(period, user, on), *_interactions(CONTACT, period, user, on)],
        [*_visit_rows(period, user, on), *_interactions(RETURN, period, user, on)],
        [one for one in signed if not one.framework],
        [one for one in signed if one.framework],
    )  # fmt: skip


def _narrowed(asked: Asked, every: Rows) -> Rows:
    contacts = [one for one in every.contacts if _fits(asked, one)]
    roots = {one.root for one in contacts}
    return Rows(
        [trip for trip in every.trips if _trip_fits(asked, trip)],
        contacts,
        [one for one in every.visits if one.root in roots],
        [one for one in every.signings if one.root in roots],
        [one for one in every.frameworks if one.root in roots],
    )


def _fits(asked: Asked, one: Row) -> bool:
    return (
        asked.team in (None, one.team)
        and asked.city in ("", one.city)
        and asked.channel in ("", one.channel)
    )


def _trip_fits(asked: Asked, trip: Trip) -> bool:
    there = not asked.city or any(city.name == asked.city for city in trip.cities.all())
    return (
        there and asked.team in (None, trip.team_id) and asked.channel in ("", trip.channel)
    )  # fmt: skip


def _key(trip: Trip, by: str) -> str:
    return str(trip.team_id) if by == "team" else trip.channel


Period = tuple[dt.date, dt.date]


def _trip_rows(period: Period, user: Visitor, on: dt.date) -> Iterable[Row]:
    met = TripMeeting.objects.filter(on__range=period, trip__in=seen.trips(user, on).values("pk"))
    for one in met.select_related("trip", "city", "investor"):
        trip = one.trip
        yield Row(CONTACT, root_of(one.investor), one.investor.name, one.on, "trip", trip.pk,
                  trip.title, trip.channel, trip.team_id, one.city.name)  # fmt: skip


def _event_rows(period: Period, user: Visitor, on: dt.date) -> Iterable[Row]:
    held = seen.events(user, on).exclude(state=EventState.CANCELLED).values("pk")
    came = EventGuest.objects.filter(attended=True, on__range=period, event__in=held)
    for one in came.select_related("event", "investor"):
        event = one.event
        yield Row(CONTACT, root_of(one.investor), one.investor.name, one.on or event.begins,
                  "event", event.pk, event.title, event.channel, event.team_id,
                  event.city)  # fmt: skip


def _talk_rows(period: Period, user: Visitor, on: dt.date) -> Iterable[Row]:
    for one in _dated(seen.negotiations(user, on), period):
        day = timezone.localdate(one.at)
        yield Row(CONTACT, root_of(one.investor), one.investor.name, day, "talks",
                  one.pk, one.topic, one.channel)  # fmt: skip


def _dated(found: Any, period: Period) -> Iterable[Negotiation]:
    first, last = period
    rows: Iterable[Negotiation] = found.filter(at__date__gte=first, at__date__lte=last)
    return rows


def _visit_rows(period: Period, user: Visitor, on: dt.date) -> Iterable[Row]:
    rows: Iterable[ReturnVisit] = seen.return_visits(user, on).filter(on__range=period)
    for one in rows:
        yield Row(RETURN, root_of(one.investor), one.investor.name, one.on, "visit", one.pk,
                  one.said)  # fmt: skip


def _interactions(step: str, period: Period, user: Visitor, on: dt.date) -> Iterable[Row]:
    """Return talks of leads that no field work is behind."""
    kinds = [one.id for one in pack().interactions if one.step == step]
    of_field_work = [*_LINKS, *(f"corrects__{name}" for name in _LINKS), "corrected_by"]
    alone = {f"{name}__isnull": True for name in of_field_work}
    found = Interaction.objects.filter(
        corrected_by=None,
        kind__in=kinds,
        on__range=period,
        lead__in=visible_leads(user, on).values("pk"),
        **alone,
    )
    for one in found.select_related("lead__investor"):
        lead = one.lead
        yield Row(step, root_of(lead.investor), lead.investor.name, one.on, "lead", lead.pk,
                  lead.title)  # fmt: skip


def _signings(period: Period, user: Visitor, on: dt.date) -> Iterable[Row]:
    """Return who signed: by a signing on record, or by the lead a project came of."""
    mine = set(visible_projects(user, on).order_by().values_list("pk", flat=True))
    came_of = Lead.objects.filter(project__in=mine).select_related("investor")
    firms = {one.project_id: one.investor for one in came_of}
    firms |= {one.project_id: one.investor for one in seen.signings(user, on)}
    projects = Project.objects.filter(pk__in=firms).prefetch_related("log")
    days = signed_on(projects)
    for project in projects:
        day = days.get(project.pk)
        if day is not None and period[0] <= day <= period[1]:
            firm = firms[project.pk]
            kind = "project" if project.pk in mine else "signing"
            yield Row(SIGNED, root_of(firm), firm.name, day, kind, project.pk, project.name,
                      framework=project.framework)  # fmt: skip


def steps_of_pack() -> list[tuple[str, Any]]:
    """Return the steps and what they are called."""
    return [(one.id, one.label.text) for one in field_pack().steps]
