"""Figures over time as programs read them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ninja import Schema

from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import Words


class VersionOut(Schema):
    """What an indicator meant from a day to a day, and what changed then."""

    id: str
    effective_from: dt.date | None
    effective_to: dt.date | None
    definition: Words
    differs: Words | None
    source: str
    verified: str


class IndicatorOut(Schema):
    """An indicator of the dictionary."""

    id: str
    name: Words
    unit: str
    kind: str
    direction: str
    frequency: str
    cumulative: bool
    comparable: bool
    nominal: bool
    whole: str
    per: list[str]
    aliases: list[str]
    versions: list[VersionOut]


class SubjectOut(Schema):
    """Whose figures they are."""

    id: int
    kind: str
    name: str
    code: str | None
    parent: int | None
    enterprise: int | None
    synthetic: bool


class SubjectPart(Part):
    """A part of the subjects."""

    items: list[SubjectOut]


class AttributionOut(Schema):
    """The share of a subject that counts somewhere, by one key."""

    id: int
    entity_id: int
    to_id: int
    key: str
    share: Decimal
    valid_from: dt.date
    valid_to: dt.date | None
    document: str


class FigureOut(Schema):
    """A vintage as published. `value` is exact, in the base unit; numbers are text."""

    id: int
    indicator: str
    definition: str
    entity: int
    period: str
    state: str
    value: str | None
    given: str
    unit: str
    base_unit: str
    growth_pct: str | None
    same_scope: bool
    target: str | None
    rank: int | None
    group: int | None
    among: str
    qualifier: str
    basis: str
    status: str
    published: dt.date | None
    known_on: dt.date
    document: str
    page: str
    quote: str
    address: str
    batch: int
    row: int
    synthetic: bool
    withdrawn: str | None


class FigurePart(Part):
    """A part of the figures."""

    items: list[FigureOut]


class BehindOut(Schema):
    """A figure something was derived from; `figure` is its id."""

    indicator: str
    period: str
    value: str
    figure: int | None


class DerivedOut(Schema):
    """What follows, with its formula; a forecast is marked as one and never among figures."""

    kind: str
    period: str
    value: str | bool
    unit: str
    formula: Words
    of: list[BehindOut]
    forecast: bool
    more: dict[str, Any]


class FlagOut(Schema):
    """What is asked about; nothing is changed by it."""

    kind: str
    period: str
    reason: Words


class SeriesOut(Schema):
    """A series: the figures in force, every vintage, and what follows."""

    indicator: str
    entity: int
    basis: str
    bases: list[str]
    in_force: list[FigureOut]
    vintages: list[FigureOut]
    derived: list[DerivedOut]
    forecasts: list[DerivedOut]
    flags: list[FlagOut]


class BatchRowOut(Schema):
    """A row as given, what was asked about it, and what was answered."""

    number: int
    entity: int
    given: dict[str, str]
    flags: list[dict[str, str]]
    explanation: str


class BatchStepOut(Schema):
    """What happened to a batch."""

    state: str
    by: str
    at: dt.datetime
    said: str


class BatchOut(Schema):
    """A batch on its way to the record; `figures` once it is approved."""

    id: int
    title: str
    kind: str
    state: str
    document: str
    reason: str
    rows: list[BatchRowOut]
    steps: list[BatchStepOut]
    figures: list[int]
