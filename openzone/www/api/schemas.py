"""The shapes of what goes in and out. Moments carry their offset; texts are in both languages."""

import datetime as dt
from typing import Any

from ninja import Schema

from openzone.engines.text import Text
from openzone.www.api.values import Data, Line, Paragraphs


class Words(Schema):
    """A text in both languages."""

    zh: str
    en: str

    @classmethod
    def of(cls, text: Text) -> "Words":
        """Return a text as JSON has it."""
        return cls(zh=text.zh, en=text.en)


class Problem(Schema):
    """Why something was not done; nothing was written. ``field`` is the input at fault."""

    code: str
    zh: str
    en: str
    field: str = ""


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


class Listed(Schema):
    """One page of a list, and how many there are in all."""

    total: int
    page: int
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


class FileIn(Schema):
    """A paper, its content in base64; ``field`` is the form field it answers."""

    name: Line
    content: str
    field: Line = ""


class RequesterIn(Schema):
    """For whom somebody of the zone takes a request down: an enterprise, or a person."""

    enterprise: str = ""
    name: Line = ""
    phone: Line = ""


class OpenIn(Schema):
    """A new case. The same ``request_id`` sent twice opens one case."""

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


class ActIn(Schema):
    """What is said with an action; ``seen`` is the number of the last event the caller knew."""

    data: Data = {}
    seen: int | None = None
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


class StatusIn(Schema):
    """A number with its receipt code."""

    number: Line
    code: Line


class ColumnOut(Schema):
    """A stage of a board."""

    stage: str
    label: Words
    total: int
    cases: list[CaseOut]
