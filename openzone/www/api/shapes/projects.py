"""Shapes of projects: what they are, their log, money, months, lights, works."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ninja import Schema

from openzone.www.api.shapes.common import FirmOut, PersonOut, UnitOut, Words


class PlaceOut(Schema):
    """A place of the zone."""

    code: str
    name: str


class ProjectRef(Schema):
    """A project, by its number."""

    id: int
    number: str
    name: str

    @staticmethod
    def resolve_id(project: Any) -> int:
        """Return the number of its pages: that of the subject it is."""
        return int(project.pk)


class ProjectOut(ProjectRef):
    """A project as lists show it; ``total`` is in yuan, null where nobody stated it in yuan."""

    pipeline: str
    stage: str
    since: dt.date | None
    left: str
    total: Decimal | None
    size: str
    origin: str
    sector: int | None
    industry: str
    framework: bool
    place: PlaceOut | None
    lead_unit: UnitOut | None
    chief: PersonOut | None


class ProjectPart(Schema):
    """A part of the projects; ``next`` is given as ``after``, null at the end."""

    items: list[ProjectOut]
    next: str | None


class MissingOut(Schema):
    """What a stage still asks for: a field, a paper (any kind of ``options``), or a stage."""

    kind: str
    id: str
    text: Words
    options: list[str]


class NextOut(Schema):
    """A stage that may come next, and what is missing for it."""

    stage: str
    label: Words
    missing: list[MissingOut]


class ShareOut(Schema):
    """A place that shares a project, and its part of the whole (0 to 1)."""

    place: PlaceOut
    share: Decimal


class MemberOut(Schema):
    """Somebody who works on a project."""

    id: int
    user: PersonOut
    role: str
    valid_from: dt.date
    valid_to: dt.date | None


class ProjectDetail(ProjectOut):
    """A project with everything that describes it; ``last_seq`` is its last step (``seen``)."""

    short_name: str
    summary: str
    chain: list[str]
    investor_name: str
    enterprise: FirmOut | None
    phase_of: ProjectRef | None
    phase: int | None
    within_contract: bool
    excluded: str
    merged_into: ProjectRef | None
    planned_start: dt.date | None
    planned_finish: dt.date | None
    last_seq: int
    next: list[NextOut]
    shares: list[ShareOut]
    members: list[MemberOut]
    phases: list[ProjectRef]


class StepOut(Schema):
    """A step of the log: entered, fell_back, voided (taken back as a mistake) or left."""

    seq: int
    kind: str
    stage: str
    on: dt.date
    reason: str
    evidence: list[str]
    by: PersonOut | None
    recorded_at: dt.datetime


class AmountOut(Schema):
    """An amount as stated on a day, in whole units of its currency; earlier ones stay."""

    id: int
    kind: str
    value: Decimal
    currency: str
    on: dt.date
    wording: str
    reason: str


class ArrivalOut(Schema):
    """Funds that arrived; ``corrects`` is the arrival it takes the place of."""

    id: int
    kind: str
    on: dt.date
    amount: Decimal
    currency: str
    foreign: bool
    usd: Decimal | None
    financial: bool
    corrects_id: int | None
    remark: str


class PaperOut(Schema):
    """A paper that proves something."""

    id: int
    kind: str
    title: str
    document_no: str
    dated: dt.date | None
    name: str


class MonthOut(Schema):
    """A month as reported; shares of the whole are 0 to 1, investment is in yuan."""

    month: dt.date
    version: int
    planned: Decimal | None
    actual: Decimal | None
    investment_planned: Decimal | None
    invested: Decimal | None
    due_on: dt.date | None
    done_on: dt.date | None
    statistics_on: dt.date | None
    expected_late: bool | None
    serious: bool | None
    reason: str
    reason_accepted: bool | None
    remark: str
    change_reason: str


class LightOut(Schema):
    """The colour of a month under a rule, with the reason and the colour of the month before."""

    rule: str
    month: dt.date
    colour: str
    before: str
    reason: Words


class OverrideOut(Schema):
    """A light set by hand; ``withdrawn_at`` says when the rule was let speak again."""

    id: int
    rule: str
    colour: str
    reason: str
    begins: dt.date
    until: dt.date
    set_by: PersonOut
    withdrawn_at: dt.datetime | None


class LightsOut(Schema):
    """The lights of a project, the latest first, and those set by hand."""

    lights: list[LightOut]
    overrides: list[OverrideOut]


class PauseOut(Schema):
    """A pause; ``granted`` is null until somebody else decided."""

    id: int
    begins: dt.date
    until: dt.date
    reason: str
    document_no: str
    asked_by: PersonOut
    granted: bool | None
    ruled_by: PersonOut | None
    remark: str


class MilestoneOut(Schema):
    """A milestone; ``expected`` and ``critical`` are worked out from what it waits for."""

    id: int
    code: str
    title: str
    planned: dt.date | None
    actual: dt.date | None
    days: int | None
    after: list[str]
    fixed: dt.date | None
    fixed_reason: str
    expected: dt.date | None = None
    critical: bool | None = None


class WorkReportOut(Schema):
    """How much was done in all by a day."""

    on: dt.date
    quantity: Decimal
    remark: str
    correction: str


class WorkOut(Schema):
    """A piece of work in its own unit, with its plan and what was reported."""

    id: int
    code: str
    title: str
    unit: str
    total: Decimal
    begins: dt.date
    weight: Decimal
    plan: list[dict[str, Any]]
    reports: list[WorkReportOut]

    @staticmethod
    def resolve_plan(item: Any) -> list[dict[str, Any]]:
        """Return the plan by day."""
        return [{"on": one.on, "quantity": one.quantity} for one in item.plan.all()]

    @staticmethod
    def resolve_reports(item: Any) -> list[Any]:
        """Return what was reported, by day."""
        return list(item.reports.all())


class SiteOut(Schema):
    """People and machines on site on a day."""

    on: dt.date
    workers: int | None
    machines: int | None
    remark: str
