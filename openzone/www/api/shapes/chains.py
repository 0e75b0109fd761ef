"""Shapes of chains. Rates are 0 to 1, null is not known; a firm is called by its key."""

import datetime as dt
from typing import Any

from ninja import Schema

from openzone.engines.chains.answers import report_answer
from openzone.www.api.shapes.common import UnitOut, Words
from openzone.zone.chains.models import ChainFocus
from openzone.zone.chains.selectors.board import Line
from openzone.zone.chains.selectors.reading import Reading


class HeadOut(Schema):
    """Who heads a chain (链长), since when, under which office."""

    head: str
    unit: UnitOut
    force: str
    valid_from: dt.date
    valid_to: dt.date | None


class ChainOut(Schema):
    """A chain on the board; `release` is null where the packs' file is in force."""

    id: str
    name: Words
    version: str
    release: int | None
    coverage: float | None
    link_rate: float | None
    firms: int
    leaders: list[str]
    gaps: dict[str, int]
    loops_closed: int
    loops: int
    untouched: list[str]
    head: HeadOut | None


class HitOut(Schema):
    """A link that a word may mean; `rank` 0 is the same word, 3 is only within what was asked."""

    chain: str
    node: str
    name: Words
    word: str
    rank: int


class PlacedOut(Schema):
    """A firm at a link: the part of it that is there, since when, and its roles."""

    firm: str
    name: str
    share: float | None
    since: dt.date | None
    roles: list[str]


class FigureOut(Schema):
    """A figure of a link as it was published; `firm` is null for the whole link."""

    kind: str
    value: float
    unit: str
    qualifier: str
    period: str
    source: str
    published_on: dt.date
    firm: str | None


class NodeOut(Schema):
    """A link of a chain."""

    chain: str
    node: str
    name: Words
    stage: str
    state: str
    reason: Words | None
    firms: list[PlacedOut]
    before: list[str]
    after: list[str]
    waits: list[list[str]]
    figures: list[FigureOut]
    leads: list[str]
    projects: list[str]


class GapOut(Schema):
    """A gap with its reason, its neighbours that are there, and who works on it."""

    node: str
    name: Words
    kind: str
    reason: Words
    before: list[str]
    after: list[str]
    weight: float
    leads: list[str]
    projects: list[str]


class PeerOut(Schema):
    """A list of another zone's firms in a chain."""

    id: int
    peer: str
    region: str
    chain: str
    source: str
    as_of: dt.date
    rows: int


def head_out(focus: ChainFocus) -> HeadOut:
    """Return who heads a chain."""
    unit = UnitOut(code=focus.unit.code, name=focus.unit.name)
    return HeadOut(
        head=focus.head, unit=unit, force=focus.force, valid_from=focus.valid_from,
        valid_to=focus.valid_to,
    )  # fmt: skip


def chain_out(line: Line) -> ChainOut:
    """Return a chain on the board."""
    reading = line.reading
    closed, loops = line.loops
    return ChainOut(
        id=reading.chain.id, name=Words.of(reading.chain.name), version=reading.chain.version,
        release=line.release.number if line.release else None,
        coverage=reading.report.coverage, link_rate=reading.report.link_rate,
        firms=len(reading.names), leaders=line.leaders, gaps=dict(line.kinds),
        loops_closed=closed, loops=loops, untouched=line.untouched,
        head=head_out(line.focus) if line.focus else None,
    )  # fmt: skip


def report_out(reading: Reading) -> dict[str, Any]:
    """Return a report with the keys of the command, and what the firms are called."""
    return {**report_answer(reading.told), "names": dict(reading.names)}
