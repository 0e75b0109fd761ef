"""Field work of promotion as programs read it."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ninja import Schema

from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import PersonOut, UnitOut, Words


class InvestorRef(Schema):
    """A firm."""

    id: int
    name: str


class LeadRef(Schema):
    """A lead."""

    id: int
    number: str
    title: str


class ProjectRef(Schema):
    """A project."""

    id: int
    number: str
    name: str

    @staticmethod
    def resolve_id(row: Any) -> int:
        """Return the number of the record."""
        return int(row.pk)


class RowOut(Schema):
    """A record behind a number of the funnel."""

    investor: int
    firm: str
    on: dt.date
    kind: str
    id: int
    title: str
    channel: str
    city: str


class StepOut(Schema):
    """A step; `conversion` is the share of the step before that is here too."""

    step: str
    label: Words
    count: int
    conversion: Decimal | None
    skipped: list[int]
    rows: list[RowOut]


class FunnelOut(Schema):
    """The funnel of a period; framework agreements stand beside it."""

    first: dt.date
    last: dt.date
    trips: list[int]
    per_trip: Decimal | None
    steps: list[StepOut]
    frameworks: list[RowOut]


class TeamOut(Schema):
    """A team that travels."""

    id: int
    name: str
    unit: UnitOut
    closed_on: dt.date | None


class ReturnOut(Schema):
    """A firm that came to look."""

    id: int
    investor: InvestorRef
    on: dt.date
    people: int | None
    said: str
    unit: UnitOut
    host: PersonOut
    lead: LeadRef | None


class ReturnPart(Part):
    """A part of the return visits."""

    items: list[ReturnOut]


class SigningOut(Schema):
    """A signing of a project; the day is that of its stage log."""

    id: int
    investor: InvestorRef
    project: ProjectRef
    on: dt.date

    @staticmethod
    def resolve_on(row: Any) -> dt.date:
        """Return the day of the entry."""
        found: dt.date = row.entry.on
        return found


class CityOut(Schema):
    """A city of a trip."""

    id: int
    name: str
    begins: dt.date
    ends: dt.date


class MeetingOut(Schema):
    """A firm met."""

    id: int
    investor: InvestorRef
    city: str
    on: dt.date
    said: str
    lead: LeadRef | None

    @staticmethod
    def resolve_city(row: Any) -> str:
        """Return the city's name."""
        return str(row.city.name)


class TripOut(Schema):
    """A trip as lists show it."""

    id: int
    title: str
    team: str
    channel: str
    begins: dt.date
    ends: dt.date
    leader: PersonOut
    state: str
    synthetic: bool

    @staticmethod
    def resolve_team(row: Any) -> str:
        """Return the team's name."""
        return str(row.team.name)


class TripPart(Part):
    """A part of the trips."""

    items: list[TripOut]


class TripDetail(TripOut):
    """A trip with its cities, the firms met, and its report."""

    purpose: str
    gaps: list[str]
    cities: list[CityOut]
    meetings: list[MeetingOut]
    report: str
    cost: Decimal | None


class EventOut(Schema):
    """An event as lists show it."""

    id: int
    title: str
    channel: str
    begins: dt.date
    ends: dt.date
    city: str
    venue: str
    unit: UnitOut
    owner: PersonOut
    state: str
    synthetic: bool


class EventPart(Part):
    """A part of the events."""

    items: list[EventOut]


class GuestOut(Schema):
    """A firm that was invited; `attended` is null while nobody knows."""

    id: int
    investor: InvestorRef
    attended: bool | None
    on: dt.date | None
    said: str
    lead: LeadRef | None


class EventDetail(EventOut):
    """An event with its guests."""

    summary: str
    guests: list[GuestOut]


class ListOut(Schema):
    """A list of suppliers with how far they came."""

    id: int
    leader: str
    chain: str
    source: str
    as_of: dt.date
    unit: UnitOut
    synthetic: bool
    total: int
    reached: int
    share: Decimal | None
    states: dict[str, int]


class ListPart(Part):
    """A part of the lists."""

    items: list[ListOut]


class SupplierOut(Schema):
    """A supplier; its state follows its lead once there is one."""

    id: int
    name: str
    uscc: str
    product: str
    node: str
    region: str
    tier: int | None
    gap: bool
    state: str
    since: dt.date | None
    remark: str
    lead: LeadRef | None


class ListDetail(ListOut):
    """A list with its suppliers."""

    suppliers: list[SupplierOut]


class TermsOut(Schema):
    """A term sheet as lists show it."""

    id: int
    title: str
    template: str
    state: str
    version: int
    lead: LeadRef | None
    project: ProjectRef | None
    unit: UnitOut
    owner: PersonOut
    agreement: str | None
    synthetic: bool


class TermsPart(Part):
    """A part of the term sheets."""

    items: list[TermsOut]


class TermLineOut(Schema):
    """An incentive, and why it cannot be agreed; null where it can."""

    id: int
    text: str
    kind: str
    amount: Decimal | None
    due: dt.date
    incentive: int | None
    reviewed: bool
    why_not: Words | None
    agreed: bool


class VersionOut(Schema):
    """A version: who wrote it and when."""

    seq: int
    by: PersonOut | None
    at: dt.datetime
    note: str


class TermsDetail(TermsOut):
    """A term sheet as it stands, with its incentives and versions."""

    values: dict[str, str]
    missing: list[str]
    lines: list[TermLineOut]
    versions: list[VersionOut]


class ChangeOut(Schema):
    """A field of two versions."""

    field: str
    before: str | None
    after: str | None


class DifferenceOut(Schema):
    """What two versions differ in."""

    changes: list[ChangeOut]
    added: list[str]
    dropped: list[str]


class PointOut(Schema):
    """A point of a negotiation."""

    id: int
    text: str
    state: str
    owner: PersonOut | None
    due: dt.date | None
    outcome: str


class TalksOut(Schema):
    """A negotiation as lists show it."""

    id: int
    topic: str
    investor: InvestorRef
    at: dt.datetime
    platform: str
    channel: str
    unit: UnitOut
    theirs: str
    synthetic: bool


class TalksPart(Part):
    """A part of the negotiations."""

    items: list[TalksOut]


class TalksDetail(TalksOut):
    """A negotiation with both sides and its points."""

    summary: str
    ours: list[PersonOut]
    points: list[PointOut]
