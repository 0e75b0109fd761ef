"""Shapes of cases."""

import datetime as dt
from typing import Any

from ninja import Schema
from pydantic import Field

from openzone.www.api.bodies import Body
from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Data, FileIn, Line, Paragraphs, Whole


class FieldOut(Schema):
    """One field of a form."""

    id: str
    kind: str
    label: Words
    required: bool
    choices: list[dict[str, Any]]
    when: list[Any]
    sensitive: bool


class KindOut(Schema):
    """A type of case that the caller may open."""

    id: str
    version: int
    label: Words
    form: list[FieldOut]


class CaseOut(Schema):
    """A case as lists show it."""

    number: str
    kind: str
    title: str
    stage: str
    stage_label: Words
    closed: bool
    outcome: str
    holder: str
    lead: str | None
    topic: str
    priority: str
    opened_at: dt.datetime
    due_at: dt.datetime | None
    due_clock: str
    changed_at: dt.datetime
    closed_at: dt.datetime | None
    satisfaction: int | None
    redo: int
    last_seq: int


class CaseDetail(CaseOut):
    """A case with its clocks and who held it for how long, in working minutes."""

    text: str
    fields: dict[str, Any]
    requester: dict[str, Any]
    clocks: list[dict[str, Any]]
    minutes: dict[str, int]
    elapsed_minutes: int


class ContactOut(Schema):
    """How to reach who asked."""

    phone: str
    email: str


class CasePart(Part):
    """A part of the cases."""

    items: list[CaseOut]


class OfferOut(Schema):
    """An action, whether it is possible now, why not, and what it asks for."""

    action: str
    verb: str
    label: Words
    allowed: bool
    reason: Words
    form: list[FieldOut]
    evidence: int


class NeedOut(Schema):
    """A case that waits for the caller, and what for."""

    what: str
    due: dt.datetime | None
    own: bool
    case: CaseOut


class RequesterIn(Body):
    """For whom somebody of the zone takes a request down: an enterprise, or a person."""

    enterprise: Line = Field("", description="统一社会信用代码 / credit code")
    name: Line = ""
    phone: Line = ""


class OpenIn(Body):
    """A new case. The same ``request_id`` (or ``Idempotency-Key``) sent twice opens one case."""

    kind: Line
    title: Line
    text: Paragraphs = ""
    fields: Data = {}
    topic: Line = ""
    place: Line = ""
    request_id: Line = ""
    requester: RequesterIn | None = None
    channel: Line = "api"
    files: list[FileIn] = []


class Opened(Schema):
    """The number for life, and the code its status is seen with; the code is shown once."""

    number: str
    receipt: str
    case: CaseOut


class ActIn(Body):
    """What is said with an action; ``seen`` is the number of the last event the caller knew."""

    data: Data = {}
    seen: Whole | None = None
    files: list[FileIn] = []


class EventOut(Schema):
    """Something that happened."""

    seq: int
    at: dt.datetime
    action: str
    label: Words
    by: str
    unit: str
    data: dict[str, Any]


class ToldOut(Schema):
    """Something the requester was told."""

    at: dt.datetime
    label: Words
    text: str


class StatusOut(Schema):
    """What a requester sees without a login."""

    number: str
    kind: Words
    title: str
    stage: Words
    closed: bool
    outcome: Words | None
    unit: str
    opened_at: dt.datetime
    due_at: dt.datetime | None
    needed: bool
    told: list[ToldOut]


class StatusIn(Body):
    """A number with its receipt code."""

    number: Line
    code: Line


class ColumnOut(Schema):
    """A stage of a board."""

    stage: str
    label: Words
    total: int
    cases: list[CaseOut]


class PaperOut(Schema):
    """A paper of a case."""

    id: int
    seq: int
    field: str
    name: str
    kind: str
    size: int
    sha256: str
    added_at: dt.datetime


class AlikeIn(Body):
    """What a case would say."""

    kind: Line
    text: Paragraphs
    topic: Line = ""


class AlikeOut(Schema):
    """A case like it, and why it looks so."""

    number: str
    title: str
    score: float
    shared: list[str]


class MergeIn(Body):
    """Into which case, and why."""

    into: Line
    reason: Line


class ReasonIn(Body):
    """Why."""

    reason: Line


class PieceIn(Body):
    """A part of a case."""

    title: Line
    text: Paragraphs = ""
    topic: Line = ""
    unit: Line = ""
    fields: Data = {}


class SplitIn(Body):
    """The parts, and why."""

    pieces: list[PieceIn]
    reason: Line


class DecidedIn(Body):
    """A task that a meeting gave."""

    task: Line
    owner: Line
    due: dt.date


class MinutesIn(Body):
    """The minutes of a meeting, and the tasks it gave."""

    data: Data
    decisions: list[DecidedIn] = []
    seen: Whole | None = None


class IssueIn(Body):
    """A systemic issue, and the cases behind it by their numbers."""

    cases: list[Line]
    title: Line
    text: Paragraphs = ""
    unit: Line = ""


class SuspectOut(Schema):
    """Cases that look like one systemic issue."""

    kind: str
    shared: list[str]
    cases: list[CaseOut]
