"""Whom to invite into a chain, as programs read it."""

import datetime as dt
from typing import Any

from ninja import Schema

from openzone.www.api.shapes.common import Words


class TermOut(Schema):
    """A term of a score; no value where nothing is known, and then it adds nothing."""

    name: str
    value: float | None
    standard: float | None
    weight: float
    adds: float


class CandidateOut(Schema):
    """A firm at a gap it could fill. `source`, `id` and `node` name it for a lead."""

    rank: int
    source: str
    id: int
    node: str
    name: str
    uscc: str
    city: str
    gap: str
    why: Words
    score: float
    terms: list[TermOut]
    unknown: list[str]
    lead: str | None


class ExcludedOut(Schema):
    """A firm that was left out, and why."""

    name: str
    why: Words


class RankingOut(Schema):
    """The candidates of a chain; `count` is how many are asked for, of which some are listed."""

    chain: str
    on: dt.date
    source: Words
    verified: str
    weights: dict[str, float]
    adopted: dt.date | None
    count: int
    candidates: list[CandidateOut]
    excluded: list[ExcludedOut]


class CityOut(Schema):
    """A city with its candidates by the link they could stand at."""

    city: str
    firms: int
    score: float
    nodes: dict[str, int]
    longitude: float | None
    latitude: float | None


class LeadOut(Schema):
    """The lead a candidate became."""

    id: int
    number: str
    gap: str
    gap_reason: str


class TripOut(Schema):
    """The trip a plan became."""

    id: int
    title: str
    begins: dt.date
    ends: dt.date
    cities: list[str]


class CandidateListOut(Schema):
    """A list of outside firms: good rows, and what is wrong with the others."""

    id: int
    name: str
    source: str
    as_of: dt.date
    state: str
    rows: int
    problems: list[Any]
