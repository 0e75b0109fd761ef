"""Pages and their judged facts as programs read them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ninja import Schema

from openzone.www.api.paging import Part


class PageOut(Schema):
    """A page; `state` is waiting, read or failed, `reason` why it failed."""

    id: int
    name: str
    paper: str
    published: dt.date | None
    number: str
    address: str
    state: str
    reason: str
    facts_found: int
    facts_judged: int
    facts_entered: int


class PagePart(Part):
    """A part of the pages."""

    items: list[PageOut]


class KnownOut(Schema):
    """What is known of the same subject, attribute and period."""

    number: float
    unit: str
    period: str
    source: str


class FactOut(Schema):
    """A fact as it stands. `seen` is the last judgement: send it back when judging."""

    id: int
    page: int
    origin: str
    names: bool
    state: str
    changed: bool
    entered: bool
    type: str
    subject: str
    attribute: str
    number: Decimal | None
    text: str
    unit: str
    period: str
    qualifiers: dict[str, Any]
    quote: str
    start: int
    end: int
    headline: str
    rule: str
    confidence: float
    doubts: list[str]
    note: str
    enterprise: int | None
    project: int | None
    document: int | None
    verdict: str
    known: list[KnownOut]
    seen: int


class JudgementOut(Schema):
    """What somebody said of a fact."""

    id: int
    said: str
    what: str
    before: str
    after: str
    reason: str
    undoes: int | None
    by: str
    at: dt.datetime


class BatchOut(Schema):
    """The batch of figures that was made; `left` says why it still waits to be submitted."""

    batch: int
    left: str


class EnteredOut(Schema):
    """How many facts went into the record."""

    facts: int


class HelpOut(Schema):
    """An article sent to a language model."""

    id: int
    page: int
    article: int
    host: str
    model: str
    state: str
    kept: int
    dropped: dict[str, int]


class RuleOut(Schema):
    """What became of the facts of a rule."""

    rule: str
    origin: str
    found: int
    unchanged: int
    changed: int
    rejected: int
    open: int
