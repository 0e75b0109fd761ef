"""Shapes of visits, sessions on site and challenges."""

import datetime as dt
from typing import Any

from ninja import Schema

from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import CaseRef, FirmOut, PersonOut, UnitOut


class PostOut(Schema):
    """A place on the roster."""

    id: int
    user: PersonOut
    duty: str
    unit: UnitOut
    place: str | None
    phone: str
    valid_from: dt.date
    valid_to: dt.date | None

    @staticmethod
    def resolve_place(post: Any) -> str | None:
        """Return the code of the grid or area."""
        return post.place.code if post.place_id else None


class AssignmentOut(Schema):
    """An enterprise, and who looks after it; empty where nobody does."""

    enterprise: FirmOut
    sponsor: str
    officer: str
    grid: str
    grid_officer: str


class AssignmentPart(Part):
    """A part of the assignments."""

    items: list[AssignmentOut]


class DueOut(AssignmentOut):
    """An enterprise that has to be visited, since when it was not, and until when it should."""

    last_met: dt.date | None
    overdue: bool
    next_due: dt.date | None


class DuePart(Part):
    """A part of what is overdue."""

    items: list[DueOut]


class InvitationOut(Schema):
    """An enterprise asked for a visit."""

    id: int
    wish: str
    first: dt.date
    last: dt.date
    asked_by: str


class PartyOut(Schema):
    """Somebody who goes along, and what for."""

    user: PersonOut
    unit: UnitOut
    purpose: str


class FindingOut(Schema):
    """What came up, what was answered, and the case made of it."""

    id: int
    topic: str
    text: str
    answer: str
    case: CaseRef | None


class EvidenceOut(Schema):
    """A photograph or paper of a visit."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str


class VisitOut(Schema):
    """A visit or call, with everybody who goes together."""

    id: int
    enterprise: FirmOut
    kind: str
    state: str
    planned_on: dt.date | None
    met_on: dt.date | None
    parties: list[PartyOut]


class VisitDetail(VisitOut):
    """A visit with what was said, what was found and what shows it."""

    checked_in_at: dt.datetime | None
    present: str
    summary: str
    condition: str
    apart_because: str
    beyond_cap: str
    cancelled_because: str
    findings: list[FindingOut]
    files: list[EvidenceOut]


class VisitPart(Part):
    """A part of the visits."""

    items: list[VisitOut]


class ContactsOut(Schema):
    """Who looks after an enterprise, what it asked for, and who came."""

    enterprise: FirmOut
    charges: list[dict[str, Any]]
    invitations: list[InvitationOut]
    visits: list[VisitOut]


class SiteSessionOut(Schema):
    """A session on site."""

    id: int
    kind: str
    title: str
    unit: UnitOut
    address: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    state: str
    attended: int | None
    counted_how: str
    minutes: str
    findings: list[FindingOut]


class SiteSessionPart(Part):
    """A part of the sessions on site."""

    items: list[SiteSessionOut]


class ClaimOut(Schema):
    """Who took a challenge on, and what came of it."""

    id: int
    unit: UnitOut
    user: PersonOut
    plan: str
    result: str
    accepted: bool | None
    remark: str


class ChallengeOut(Schema):
    """A problem that waits for somebody to take it on."""

    id: int
    title: str
    problem: str
    wanted: str
    due_on: dt.date
    unit: UnitOut | None
    enterprise: FirmOut | None
    state: str
    claims: list[ClaimOut]


class ChallengePart(Part):
    """A part of the challenges."""

    items: list[ChallengeOut]
