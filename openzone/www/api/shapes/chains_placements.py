"""Shapes of who stands where: placements, proposals, roles, figures of links."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ninja import Schema

from openzone.www.api.bodies import Body
from openzone.www.api.paging import Part
from openzone.www.api.values import Day, Line, Whole
from openzone.zone.chains.models import (
    ChainRole,
    NodeFigure,
    Placement,
    PlacementChange,
    PlacementProposal,
)
from openzone.zone.chains.selectors.figures import Line as FigureLine
from openzone.zone.chains.selectors.placements import Act


class PartIn(Schema):
    """A link of a chain with the share of the firm that is there, 0 to 1."""

    chain: Line
    node: Line
    share: Decimal


class StandIn(Body):
    """All links of a firm over all chains from a day on; the shares come to 1."""

    parts: list[PartIn]
    valid_from: Day
    source: Line = ""
    seen: Whole | None = None


class CorrectIn(Body):
    """What is right instead of what is said to hold on a day."""

    parts: list[PartIn]
    on: Day
    reason: Line
    seen: Whole | None = None


class EndIn(Body):
    """The first day on which something no longer holds, and why."""

    on: Day
    reason: Line


class WhyIn(Body):
    """Why something is taken back."""

    reason: Line


class ConfirmIn(Body):
    """All links of the firm over all chains as they are confirmed; the shares come to 1."""

    parts: list[PartIn]
    valid_from: Day | None = None
    seen: Whole | None = None


class RejectIn(Body):
    """Why a firm stands nowhere in a chain, if somebody says."""

    reason: Line = ""


class RunIn(Body):
    """Which chains the firms are read against; none named: all."""

    chains: list[Line] = []
    only_changed: bool = True


class LeaderIn(Body):
    """A leader of a chain, by the document that names it; the firm by code or name."""

    chain: Line
    enterprise: Line
    document_no: Line
    document: Line
    issued_by: Line
    valid_from: Day
    remark: Line = ""


class SupportIn(Body):
    """A firm that supports a leader of a chain; both by code or name."""

    chain: Line
    enterprise: Line
    leader: Line
    valid_from: Day
    remark: Line = ""


class BroughtIn(Body):
    """A lead or a project a leader brought, by its number."""

    lead: Line = ""
    project: Line = ""
    on: Day
    how: Line


class FigureIn(Body):
    """A figure of a link as it was published; unit and qualifier by id or as written."""

    chain: Line
    node: Line
    kind: Line
    value: Decimal
    unit: Line
    period: Line
    source: Line
    published_on: Day
    qualifier: Line = ""
    enterprise: Line = ""


class LaterIn(Body):
    """A later figure of the same thing, and why it takes the place of the other."""

    value: Decimal
    unit: Line
    source: Line
    published_on: Day
    reason: Line
    qualifier: Line = ""


class PlacementOut(Schema):
    """A firm at a link; `evidence` are the words it rests on."""

    firm: int
    name: str
    chain: str
    node: str
    share: Decimal
    valid_from: dt.date
    valid_to: dt.date | None
    method: str
    score: float | None
    evidence: list[dict[str, Any]]
    source: str
    reviewed_by: str
    synthetic: bool

    @staticmethod
    def of(row: Placement) -> "PlacementOut":
        """Return the shape of a placement."""
        firm = row.enterprise.root
        same = ("chain", "node", "share", "valid_from", "valid_to", "method", "score", "evidence",
                "source", "synthetic")  # fmt: skip
        return PlacementOut(
            firm=firm.pk, name=firm.name, reviewed_by=str(row.reviewed_by),
            **{name: getattr(row, name) for name in same},
        )  # fmt: skip


class PlacementsPart(Part):
    """A part of a list of placements."""

    items: list[PlacementOut]


class ChangeOut(Schema):
    """Something done about a firm; `undone` once it was taken back."""

    id: int
    kind: str
    day: dt.date
    reason: str
    by: str
    at: dt.datetime
    undone: bool

    @staticmethod
    def of(change: PlacementChange, undone: bool = False) -> "ChangeOut":
        """Return the shape of a change."""
        return ChangeOut(
            id=change.pk, kind=change.kind, day=change.day, reason=change.reason,
            by=str(change.by), at=change.at, undone=undone,
        )  # fmt: skip


class StandsOut(Schema):
    """Where a firm stands; `seen` of the next request is the `id` of the last change."""

    firm: int
    name: str
    standing: list[PlacementOut]
    changes: list[ChangeOut]

    @staticmethod
    def of(firm: int, name: str, standing: list[Placement], acts: list[Act]) -> "StandsOut":
        """Return the shape of where a firm stands."""
        changes = [ChangeOut.of(one.change, one.undone) for one in acts]
        return StandsOut(
            firm=firm, name=name, standing=[PlacementOut.of(row) for row in standing],
            changes=changes,
        )  # fmt: skip


class ProposalOut(Schema):
    """Where texts put a firm in a chain, with alternatives; it stands once it is confirmed."""

    id: int
    firm: int
    name: str
    chain: str
    node: str
    band: str
    score: float
    evidence: list[dict[str, Any]]
    alternatives: list[dict[str, Any]]
    state: str
    decided_by: str | None
    reason: str

    @staticmethod
    def of(row: PlacementProposal) -> "ProposalOut":
        """Return the shape of a proposal."""
        firm = row.enterprise.root
        same = ("chain", "node", "band", "score", "evidence", "alternatives", "state", "reason")
        return ProposalOut(
            id=row.pk, firm=firm.pk, name=firm.name,
            decided_by=str(row.decided_by) if row.decided_by else None,
            **{name: getattr(row, name) for name in same},
        )  # fmt: skip


class ProposalsPart(Part):
    """A part of a list of proposals."""

    items: list[ProposalOut]


class RunOut(Schema):
    """A reading of the firms; `results` by chain once it has come so far."""

    id: int
    chains: list[str]
    only_changed: bool
    finished_at: dt.datetime | None
    results: dict[str, dict[str, int]]


class RoleOut(Schema):
    """What a firm is to a chain."""

    id: int
    firm: int
    name: str
    chain: str
    kind: str
    leader: int | None
    document_no: str
    document: str
    issued_by: str
    valid_from: dt.date
    valid_to: dt.date | None

    @staticmethod
    def of(row: ChainRole) -> "RoleOut":
        """Return the shape of a role."""
        firm = row.enterprise.root
        same = ("chain", "kind", "document_no", "document", "issued_by", "valid_from", "valid_to")
        return RoleOut(
            id=row.pk, firm=firm.pk, name=firm.name,
            leader=row.leader.root_id if row.leader else None,
            **{name: getattr(row, name) for name in same},
        )  # fmt: skip


class BroughtOut(Schema):
    """Something a leader brought."""

    leader: int
    lead: str | None
    project: str | None
    on: dt.date


class FigureOut(Schema):
    """A figure of a link as published; `contradicts` are ids of those it cannot agree with."""

    id: int
    chain: str
    node: str
    firm: int | None
    kind: str
    value: Decimal
    unit: str
    qualifier: str
    period: str
    source: str
    published_on: dt.date
    contradicts: list[int]
    synthetic: bool

    @staticmethod
    def of(row: NodeFigure, against: list[int] | None = None) -> "FigureOut":
        """Return the shape of a figure."""
        same = ("chain", "node", "kind", "value", "unit", "qualifier", "period", "source",
                "published_on", "synthetic")  # fmt: skip
        return FigureOut(
            id=row.pk, firm=row.enterprise.root_id if row.enterprise else None,
            contradicts=against or [], **{name: getattr(row, name) for name in same},
        )  # fmt: skip

    @staticmethod
    def of_line(line: FigureLine) -> "FigureOut":
        """Return the figure that has the word, with those it cannot agree with."""
        return FigureOut.of(line.figure, [one.pk for one in line.contradicts])
