"""Shapes of counters of projects with the numbers behind, of pools, funds and merges."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ninja import Schema

from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import Words
from openzone.www.api.shapes.projects import ProjectRef


class MergeOut(Schema):
    """Two projects read as one."""

    id: int
    survivor: ProjectRef
    absorbed: ProjectRef
    reason: str
    merged_at: dt.datetime
    undone_at: dt.datetime | None
    undone_reason: str


class CountersOut(Schema):
    """Rows of counters, as ``openzone projects stats`` prints them (docs/projects-engine.md).

    A row has a value for each name of ``by``, ``labels``, ``count`` (by share of place),
    ``projects``, ``amount`` and ``amount_now`` in yuan (null: nobody stated one),
    ``other_currencies``, ``ids`` (numbers of the projects behind it) and ``amount_unstated``.
    """

    by: list[str]
    overlapping: list[str]
    rows: list[dict[str, Any]]
    frameworks: list[dict[str, Any]]
    left_out: list[dict[str, Any]]


class RateOut(Schema):
    """A rate with the numbers of the projects above and below the line."""

    id: str
    label: Words
    value: float | None
    numerator: int
    denominator: int
    numerator_ids: list[str]
    denominator_ids: list[str]


class UnprovedOut(Schema):
    """An entry without the evidence its stage asks for."""

    id: str
    stage: str
    on: dt.date
    lacking: list[dict[str, Any]]


class ProjectFiguresOut(Schema):
    """What entered the stages of a pipeline in a period, and what stands where at its end."""

    start: dt.date
    end: dt.date
    pipeline: str
    amount: str
    place: str
    entered: CountersOut
    at_end: CountersOut
    rates: list[RateOut]
    without_evidence: list[UnprovedOut]


class PoolSumOut(Schema):
    """How many projects, worth how much in yuan; of ``unstated`` no total is stated in yuan."""

    pool: str
    count: int
    amount: Decimal
    unstated: int


class AssessmentOut(Schema):
    """A grade of the reserve by the answers given; null is “nobody knows”."""

    on: dt.date
    grade: str
    answers: dict[str, bool | None]
    remark: str


class ReservedOut(Schema):
    """A project of the reserve, its grade, and what the next grade still needs."""

    project: ProjectRef
    category: str
    since: dt.date
    assessed: AssessmentOut | None
    grade: str
    to_do: list[Words]
    to_find_out: list[Words]


class MatchOut(Schema):
    """A channel of funds for a project: met, not_met or unknown, and why."""

    channel: str
    title: Words
    outcome: str
    failed: list[Words]
    missing: list[Words]


class FundingOut(Schema):
    """An application to a channel of funds."""

    id: int
    channel: str
    status: str
    amount: Decimal
    granted: Decimal | None
    currency: str
    submitted_on: dt.date | None
    decided_on: dt.date | None
    reason: str


class UpwardOut(Schema):
    """A project of the upward-funding pool, its channels and its applications."""

    project: ProjectRef
    category: str
    since: dt.date
    matches: list[MatchOut]
    applications: list[FundingOut]


class MergePart(Part):
    """A part of the merges."""

    items: list[MergeOut]
