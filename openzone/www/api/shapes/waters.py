"""Sections, campaigns, samples and the common log as programs read them."""

import datetime as dt
from decimal import Decimal

from ninja import Schema

from openzone.www.api.shapes.common import Words


class SectionOut(Schema):
    """A section; `target` is the class it has to have today, null where none is on record."""

    id: int
    code: str
    name: str
    water: str
    body: str
    one: str
    other: str
    target: str | None
    longitude: float | None
    latitude: float | None
    valid_from: dt.date
    valid_to: dt.date | None


class CellOut(Schema):
    """A section in a quarter: `met`, `missed` or `unknown`; `level` the class both found."""

    section: int
    quarter: str
    cell: str
    target: str | None
    level: str | None
    why: Words | None


class SampleOut(Schema):
    """What a side found; `side` null: the third laboratory. What is not in `values` is missing."""

    id: int
    side: str | None
    on: dt.date
    laboratory: str
    values: dict[str, str]
    reason: str
    level: str | None


class DeviationOut(Schema):
    """How far both sides are apart; `absolute`: a plain difference, of pH."""

    item: str
    deviation: Decimal | None
    bound: Decimal
    absolute: bool
    too_far: bool | None


class ResultOut(Schema):
    """A section in a campaign; the other side's sample only once figures are open."""

    id: int
    section: int
    sample_on: dt.date
    target: str | None
    samples: list[SampleOut]
    level: str | None
    deciding: list[str]
    cell: str | None
    deviations: list[DeviationOut]
    case: str | None


class CampaignOut(Schema):
    """A campaign; `locked` and `approved`: the codes of the sides that have."""

    id: int
    quarter: str
    state: str
    one: str
    other: str
    enter_by: dt.date
    revealed: bool
    locked: list[str]
    approved: list[str]
    results: list[ResultOut]


class EntryOut(Schema):
    """An entry of the common log; `case` the number of its case."""

    id: int
    kind: str
    term: str
    on: dt.date
    title: str
    text: str
    water: str
    one: str
    other: str
    state: str
    case: str | None
    casualties: int | None


class CountOut(Schema):
    """How many entries of a kind, and how many the other side confirmed."""

    kind: str
    count: int
    confirmed: int


class CountersOut(Schema):
    """The counters of a period and the sentence for a report."""

    first: dt.date
    last: dt.date
    kinds: list[CountOut]
    campaigns: int
    approved: int
    floods: int
    sentence: Words


class LimitOut(Schema):
    """An item: its limits from class I on, and whether more or less is better."""

    item: str
    label: Words
    unit: str
    direction: str
    limits: list[Decimal]
