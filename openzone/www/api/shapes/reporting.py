"""Rounds of reports, reports and what they come to, as programs read them."""

import datetime as dt
from decimal import Decimal

from ninja import Schema

from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import Words


class RoundOut(Schema):
    """A round with how far it is; `owed` have handed nothing in."""

    id: int
    form: str
    name: Words
    period: str
    due_on: dt.date
    closed_at: dt.datetime | None
    members: int
    owed: int
    waiting: int
    approved: int
    late: int
    excused: int


class MemberOut(Schema):
    """Who owes a report and how far it is; no figure."""

    id: int
    entity: int
    entity_name: str
    state: str
    late: bool
    submitted_at: dt.datetime | None
    reminded: int


class MemberPart(Part):
    """A part of those who owe a report."""

    items: list[MemberOut]


class QuestionOut(Schema):
    """Something asked about a field; a `hard` one must be mended."""

    kind: str
    reason: Words
    hard: bool


class CellOut(Schema):
    """A field with what was typed and its own past, in the unit of the field."""

    field: str
    label: Words
    indicator: str
    unit: str
    typed: str
    value: Decimal | None
    note: str
    returned: str
    last: Decimal | None
    year_ago: Decimal | None
    change_pct: Decimal | None
    asked: list[QuestionOut]


class ReportLine(Schema):
    """A report one fills in."""

    id: int
    round: int
    form: str
    period: str
    entity: int
    entity_name: str
    due_on: dt.date
    state: str
    late: bool


class ReportPart(Part):
    """A part of one's reports."""

    items: list[ReportLine]


class ReportOut(ReportLine):
    """A report with its cells; send `version` back with every change."""

    version: int
    reason: str
    cells: list[CellOut]


class SumOut(Schema):
    """A sum in the unit of the field. `total` is None where nobody reported or it is `hidden`."""

    place: str
    entity: int | None
    name: str
    total: Decimal | None
    hidden: bool
    reported: int
    members: int
    complete: bool


class SumLine(Schema):
    """A field with its sums."""

    field: str
    label: Words
    indicator: str
    unit: str
    sums: list[SumOut]


class SumsOut(Schema):
    """What the reports of a round come to by a key; `withheld` until the round is closed."""

    key: str
    withheld: bool
    lines: list[SumLine]


class PairOut(Schema):
    """A sum a year before and now, in the unit of the field; `growth_pct` of complete sums only."""

    before: Decimal | None
    now: Decimal | None
    growth_pct: Decimal | None
    hidden: bool
    firms: int
    complete: bool


class ScopeLine(Schema):
    """A field: all on the list of each year, and those on both that reported both times."""

    field: str
    label: Words
    indicator: str
    unit: str
    all: PairOut
    same: PairOut


class ScopeOut(Schema):
    """A round of firms beside the year before. `joined` and `left` are null without their right."""

    earlier: str
    withheld: bool
    joined_count: int
    left_count: int
    stayed_count: int
    joined: list[int] | None
    left: list[int] | None
    lines: list[ScopeLine]
