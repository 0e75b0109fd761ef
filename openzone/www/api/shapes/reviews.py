"""Shapes of graded review: meetings, agendas, decisions, task forces, obstacles."""

import datetime as dt
from typing import Any

from ninja import Schema

from openzone.engines.projects.reviews import Why
from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import CaseRef, PersonOut, UnitOut, Words
from openzone.www.api.shapes.projects import ProjectRef


class ForceRef(Schema):
    """A task force."""

    id: int
    name: str


class MeetingOut(Schema):
    """A meeting as the calendar shows it; ``prepared_at`` is when its agenda was frozen."""

    id: int
    tier: str
    title: Words
    force: ForceRef | None
    chief: PersonOut | None
    on: dt.date
    begins: dt.time
    minutes: int
    state: str
    prepared_at: dt.datetime | None


class MatterOut(Schema):
    """A matter of an agenda; ``id`` is null while the agenda is not frozen.

    ``why`` is escalated, turned_red, not_carried_out, obstacle, still_red, turned_yellow,
    promise_missed or promise_due.
    """

    id: int | None
    project: ProjectRef | None
    case_id: int | None
    why: str
    title: str
    said: Words
    due: dt.date | None
    outcome: str
    remark: str


class DecisionOut(Schema):
    """A decision: a task of a unit."""

    id: int
    case: CaseRef
    project: ProjectRef | None
    unit: UnitOut
    due: dt.date
    decided_by: PersonOut
    decided_at: dt.datetime


class AttendedOut(Schema):
    """Who was there: somebody with an account, or a name."""

    user: PersonOut | None
    name: str


class MeetingDetail(MeetingOut):
    """A meeting with its agenda, its decisions, who is to come and who was there."""

    since: dt.date
    minutes_text: str
    settled_by: PersonOut | None
    settled_at: dt.datetime | None
    reason: str
    agenda: list[MatterOut]
    decisions: list[DecisionOut]
    expected: list[PersonOut]
    attendance: list[AttendedOut]


class GroupOut(Schema):
    """A working group with the line of service it looks after."""

    id: int
    name: str
    service_line: str
    unit: UnitOut | None


class ForceMemberOut(Schema):
    """Somebody of a task force; ``duty`` is lead, contact or member."""

    id: int
    user: PersonOut
    group_id: int | None
    duty: str
    valid_from: dt.date
    valid_to: dt.date | None


class ForceProjectOut(Schema):
    """A project in the hands of a task force."""

    id: int
    project: ProjectRef
    valid_from: dt.date
    valid_to: dt.date | None


class ForceOut(ForceRef):
    """A task force as lists show it."""

    lead_unit: UnitOut
    document_no: str
    begun_on: dt.date
    ended_on: dt.date | None


class ForcePart(Part):
    """A part of the task forces."""

    items: list[ForceOut]


class ForceDetail(ForceOut):
    """A task force with its groups, people and projects, those who left as well."""

    groups: list[GroupOut]
    members: list[ForceMemberOut]
    projects: list[ForceProjectOut]

    @staticmethod
    def resolve_groups(force: Any) -> Any:
        """Return the groups."""
        return force.groups.select_related("unit").order_by("pk")

    @staticmethod
    def resolve_members(force: Any) -> Any:
        """Return the members, those who left as well."""
        return force.members.select_related("user").order_by("pk")

    @staticmethod
    def resolve_projects(force: Any) -> Any:
        """Return the projects, those taken back as well."""
        return force.projects.select_related("project").order_by("pk")


class LoadOut(Schema):
    """What somebody carries in all task forces, each thing counted once."""

    user: PersonOut
    forces: int
    projects: int
    obstacles: int


class ObstacleOut(Schema):
    """An obstacle: a case; ``tier`` is who has it, empty when it is closed out."""

    case: CaseRef
    project: ProjectRef
    tier: str
    climbed: int
    raised_by: PersonOut


def why(number: int) -> str:
    """Return why a matter is on an agenda, in a word."""
    return Why(number).name.lower()
