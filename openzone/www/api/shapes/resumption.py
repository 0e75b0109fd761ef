"""Seasons, rates, members and reports of resumption of work as programs read them."""

import datetime as dt
from decimal import Decimal

from ninja import Schema

from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import Words


class SeasonOut(Schema):
    """A season; nothing is written into one with `closed_on`."""

    id: int
    title: str
    kind: str
    first_on: dt.date
    last_on: dt.date
    base_month: dt.date
    document: str
    closed_on: dt.date | None


class RateOut(Schema):
    """A measure of a class: `part` of `whole`; members of a count, sums or a mean otherwise.

    The members not known stay in the denominator of a count; `value` is null of nobody.
    """

    klass: str
    measure: str
    family: str
    kind: str
    label: Words
    definition: Words
    part: Decimal
    whole: Decimal
    value: Decimal | None
    yes: list[int]
    no: list[int]
    unknown: list[int]
    outside: list[int]


class DoubtOut(Schema):
    """Where sources disagree about a member."""

    member: int
    kind: str
    said: Words


class DayOut(Schema):
    """A season on a day; lists are ids of members."""

    season: int
    on: dt.date
    rates: list[RateOut]
    doubts: list[DoubtOut]
    silent: list[int]
    unplanned: list[int]


class PointOut(Schema):
    """A measure of a class on a day; the class is empty for everybody."""

    on: dt.date
    klass: str
    measure: str
    part: Decimal
    whole: Decimal
    unknown: int
    percent: Decimal | None


class PlaceOut(Schema):
    """A place on the roster, both days included."""

    klass: str
    first_on: dt.date
    because: str
    last_on: dt.date | None
    left_because: str


class MemberOut(Schema):
    """A member of a roster."""

    id: int
    name: str
    enterprise: int | None
    project: int | None
    unplanned_from: dt.date | None
    unplanned_because: str
    places: list[PlaceOut]


class MemberPart(Part):
    """A part of a roster."""

    items: list[MemberOut]


class ReportOut(Schema):
    """A report for a day; of several for one day the latest counts. Capacity in per cent."""

    id: int
    on: dt.date
    resumed: str
    staff: int | None
    staff_normal: int | None
    capacity: Decimal | None
    planned_on: dt.date | None
    remark: str
    side: str
    by: str


class InspectionOut(Schema):
    """What visitors found."""

    id: int
    on: dt.date
    resumed: str
    found: str
    visitors: str


class BlockerOut(Schema):
    """What is in the way, and the case it became."""

    id: int
    member: int
    kind: str
    text: str
    amount: Decimal | None
    first_on: dt.date
    case: int | None
    is_open: bool


class RemindedOut(Schema):
    """How many members were reminded."""

    reminded: int


class ReadingOut(Schema):
    """Electricity of an account on a day."""

    id: int
    account: str
    on: dt.date
    kwh: Decimal
