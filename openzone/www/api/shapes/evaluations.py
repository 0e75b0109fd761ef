"""Evaluations as programs read them."""

import datetime as dt
from decimal import Decimal

from ninja import Schema

from openzone.www.api.shapes.common import Words


class CycleOut(Schema):
    """An evaluation: how far it is, until when one may object."""

    id: int
    kind: str
    scheme: str
    year: int
    title: str
    state: str
    data_on: dt.date | None
    post_until: dt.date | None
    objections_until: dt.date | None


class FigureCellOut(Schema):
    """A figure that stands, in the base unit of its item, with its source."""

    item: str
    value: Decimal
    source: str


class DataRowOut(Schema):
    """One of those evaluated with the columns the caller reads."""

    entrant: int
    name: str
    group: str
    figures: list[FigureCellOut]
    missing: list[str]


class CellOut(Schema):
    """A figure as it was entered."""

    id: int
    entrant: int
    item: str
    seq: int
    value: Decimal | None
    source: str
    reason: str


class ListRowOut(Schema):
    """A line of the published list: no figures of a firm."""

    entrant: int
    name: str
    group: str
    rank: int | None
    of: int | None
    grade: str
    shared_with: list[str]
    level: bool
    reason: Words | None


class ItemOut(Schema):
    """An item of a result with the formula of its points."""

    label: Words
    unit: str
    weight: Decimal
    value: Decimal | None
    base: Decimal | None
    points: Decimal | None
    formula: Words


class StepOut(Schema):
    """An item raised alone to what the next class needs; none: it is not enough alone."""

    item: str
    now: Decimal | None
    needed: Decimal | None


class ProtestOut(Schema):
    """An objection and what a third said."""

    id: int
    about: str
    text: str
    upheld: bool | None
    reply: str | None


class EntrantOut(Schema):
    """One's own result: every item, rank, class, what would lift it, objections."""

    id: int
    cycle: int
    name: str
    group: str
    score: Decimal | None
    rank: int | None
    of: int | None
    grade: str | None
    veto: str
    reason: Words | None
    items: list[ItemOut]
    next_class: str | None
    points_missing: Decimal | None
    steps: list[StepOut]
    protests: list[ProtestOut]
