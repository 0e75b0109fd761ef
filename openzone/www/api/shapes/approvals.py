"""Shapes of building approvals: tracks, their items, steps, papers."""

import datetime as dt
from typing import Any

from ninja import Schema

from openzone.engines.worktime.localtime import to_aware
from openzone.www.api.bodies import Body
from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import PersonOut, UnitOut, Words
from openzone.www.api.values import Day, FileIn, Id
from openzone.www.api.values import Line as Short
from openzone.zone.approvals.packs import pack
from openzone.zone.approvals.selectors.listing import trips_of
from openzone.zone.approvals.selectors.standing import Line


class PathOut(Schema):
    """A path with its items, and what the graph saves in working days."""

    id: str
    label: Words
    items: list[str]
    bundles: list[str]
    serial: int
    parallel: int
    after_land: int


class TrackOut(Schema):
    """What an enterprise asked for, and where it stands."""

    id: int
    number: str
    project: int
    path: str
    label: Words
    state: str
    parcel: str | None
    asked_at: dt.datetime
    expected_on: dt.date | None
    ended_on: dt.date | None
    ended_because: str

    @staticmethod
    def resolve_project(row: Any) -> int:
        """Return the number of the project."""
        return int(row.project_id)

    @staticmethod
    def resolve_label(row: Any) -> Words:
        """Return what the path is called."""
        return Words.of(row.label)

    @staticmethod
    def resolve_parcel(row: Any) -> str | None:
        """Return the number of the parcel."""
        return row.parcel.number if row.parcel else None


class TrackPart(Part):
    """A part of the tracks."""

    items: list[TrackOut]


class LineOut(Schema):
    """An item: `waiting`, `open`, `blue` (an opinion, no permit), `stale`, `red`, `lapsed`."""

    id: int
    code: str
    label: Words
    unit: UnitOut
    state: str
    reason: Words
    due: dt.datetime | None
    late_days: int
    forecast: dt.date | None
    after: list[str]
    bundle: str
    missing: list[str]


class TrackDetail(TrackOut):
    """A track with every item, the forecast of its goal and what decides it."""

    applicant: str
    acknowledged: str
    forecast: dt.date | None
    unknown: Words | None
    chain: list[str]
    lines: list[LineOut]
    trips: dict[str, int]
    trips_limit: int

    @staticmethod
    def resolve_forecast(row: Any) -> dt.date | None:
        """Return the day of the goal."""
        return row.board.forecast.goal  # type: ignore[no-any-return]

    @staticmethod
    def resolve_unknown(row: Any) -> Words | None:
        """Return why nobody can say the day."""
        unknown = row.board.forecast.unknown
        return Words.of(unknown) if unknown else None

    @staticmethod
    def resolve_chain(row: Any) -> list[str]:
        """Return the items that decide the day."""
        return list(row.board.forecast.chain)

    @staticmethod
    def resolve_lines(row: Any) -> list[LineOut]:
        """Return the items in their order."""
        return [line_of(one) for one in row.board.lines]

    @staticmethod
    def resolve_trips(row: Any) -> dict[str, int]:
        """Return how often somebody came, by matter."""
        return {matter: len(rows) for matter, rows in trips_of(row).items()}

    @staticmethod
    def resolve_trips_limit(row: Any) -> int:
        """Return how often somebody may have to come for one matter."""
        return pack().trips.limit


def line_of(one: Line) -> LineOut:
    """Return an item as it stands."""
    return LineOut(
        id=one.item.pk, code=one.item.code, label=Words.of(one.label),
        unit=UnitOut(code=one.item.unit.code, name=one.item.unit.name), state=one.state.value,
        reason=Words.of(one.reason), due=to_aware(one.clock.due) if one.clock else None,
        late_days=one.late_days, forecast=one.by, after=list(one.item.after),
        bundle=one.item.bundle, missing=list(one.missing),
    )  # fmt: skip


class StepOut(Schema):
    """What happened to an item."""

    id: int
    kind: str
    at: dt.datetime
    by: PersonOut
    number: str
    text: str
    until: dt.date | None


class IntakeOut(Schema):
    """What was handed in by one form."""

    id: int
    bundle: str
    items: list[str]
    at: dt.datetime


class TrackPaperOut(Schema):
    """A paper of a track."""

    id: int
    code: str
    name: str
    sha256: str
    at: dt.datetime


class ProofOut(Schema):
    """That the land is the applicant's."""

    contract_no: str
    contracted_on: dt.date
    paid_on: dt.date


class TrackPromiseOut(Schema):
    """What is promised for later, in the words that were signed."""

    kind: str
    code: str
    until: dt.date
    text: str


class TripOut(Schema):
    """That somebody had to come."""

    matter: str
    on: dt.date
    reason: str


class DurationOut(Schema):
    """The answers of one kind to an item: `review`, `formal`, `convert`; in working days."""

    item: str
    label: Words
    kind: str
    answers: int
    median: float
    promised: float
    in_time: int
    tracks: list[str]


class HandInBody(Body):
    """What is handed in: of a bundle, or one item; `field` of a paper is its id in the pack."""

    bundle: Short = ""
    item: Short = ""
    answers: dict[str, Short] = {}
    papers: list[FileIn] = []
    promises: dict[str, Day] = {}


class AskBody(Body):
    """A request; `acknowledged` says that what is told was read."""

    project: Id
    path: Short
    applicant: Short
    acknowledged: bool = False
    parcel: Id | None = None
    expected_on: Day | None = None
