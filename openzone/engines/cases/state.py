"""What is so in a case after its events."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict

from openzone.engines.cases.clocks import ClockState
from openzone.engines.cases.events import Json, Party
from openzone.engines.cases.holding import Span, Stretch

REQUESTER = "requester"
THIRD = "third:"
UNIT = "unit:"


def unit_holder(code: str) -> str:
    """Return the holder a unit is."""
    return UNIT + code


@dataclass(frozen=True, slots=True)
class Part:
    """What an assisting unit was asked, and its own answer."""

    asks: str
    asked_at: dt.datetime
    answer: str = ""
    answered_at: dt.datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """A stay with the requester or a third party.

    ``stops_clocks``: whether pausable clocks stood still; they do not once the allowed number is
    used up. ``until``: when the case comes back by itself. ``capped``: whether it did.
    """

    reason: str
    document: str
    holder: str
    back: str
    by: str
    started: dt.datetime
    stops_clocks: bool
    until: dt.datetime | None = None
    ended: dt.datetime | None = None
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Objection:
    """A unit's objection to its assignment; ``upheld`` is ``None`` until it is decided."""

    unit: str
    reason: str
    by: str
    at: dt.datetime
    upheld: bool | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """An extension asked for: ``amount`` in the clock's days or minutes."""

    clock: str
    amount: int
    reason: str
    by: str
    at: dt.datetime
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """How the lead unit says the case ended; it is over only when somebody else says so too."""

    outcome: str
    text: str
    by: str
    unit: str | None
    at: dt.datetime
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal, and where the case stood; ``upheld`` is ``None`` until it is decided."""

    reason: str
    at: dt.datetime
    stage: str
    holder: str | None
    closed: bool
    outcome: str
    number: int = 1
    upheld: bool | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A joint meeting, called and then held."""

    id: str
    called_at: dt.datetime
    at: dt.datetime
    units: tuple[str, ...]
    held_at: dt.datetime | None = None
    attended: tuple[str, ...] = ()
    minutes: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A decision somebody has to carry out by a day."""

    id: str
    what: str
    owner: str
    due: str
    meeting: str = ""
    finished_at: dt.datetime | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Escalation:
    """A step up the ladder: the level and the leader named."""

    level: str
    leader: str
    clock: str
    share: float | None
    at: dt.datetime


class Changes(TypedDict, total=False):
    """What an action changes; the fold does holders' stretches, clocks and closing."""

    stage: str
    holder: str | None
    lead: str | None
    handler: str | None
    accepted_at: dt.datetime | None
    assigned_at: dt.datetime | None
    objection_until: dt.datetime | None
    outcome: str
    parts: Mapping[str, Part]
    clocks: Mapping[str, ClockState]
    pause: Pause | None
    bounces: int
    bounces_in_row: int
    redo: int
    objections: tuple[Objection, ...]
    extensions: tuple[Asked, ...]
    appeal: Appeal | None
    meetings: tuple[Meeting, ...]
    tasks: tuple[Task, ...]
    escalations: tuple[Escalation, ...]
    supervisions: tuple[str, ...]
    proposal: Proposal | None
    satisfaction: int | None
    word_by: str
    lapse_from: dt.datetime | None
    priority: str
    merged_into: str | None
    merged_from: tuple[str, str] | None
    taken_in: tuple[str, ...]
    children: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """The fold. ``holder`` is ``unit:CODE``, ``requester`` or ``third:NAME``; none when closed.

    ``word_by``: how it was closed: ``requester``, ``call_back``, ``lapse``, ``close`` or
    ``withdraw``. ``objection_until`` and ``lapse_from``: from the type's limits.
    """

    number: str
    type: str
    version: int
    title: str
    opened_at: dt.datetime
    last_at: dt.datetime
    last_seq: int
    stage: str
    requester: Party
    centre: str
    holder: str | None
    held_since: dt.datetime
    lead: str | None = None
    handler: str | None = None
    about_unit: str | None = None
    channel: str = ""
    topic: str = ""
    place: Json = None
    origin: str = ""
    priority: str = ""
    fields: Mapping[str, Json] = field(default_factory=dict)
    closed: bool = False
    closed_at: dt.datetime | None = None
    outcome: str = ""
    assigned_at: dt.datetime | None = None
    objection_until: dt.datetime | None = None
    accepted_at: dt.datetime | None = None
    stretches: tuple[Stretch, ...] = ()
    spans: tuple[Span, ...] = ()
    clocks: Mapping[str, ClockState] = field(default_factory=dict)
    pause: Pause | None = None
    pauses: tuple[Pause, ...] = ()
    parts: Mapping[str, Part] = field(default_factory=dict)
    bounces: int = 0
    bounces_in_row: int = 0
    redo: int = 0
    objections: tuple[Objection, ...] = ()
    extensions: tuple[Asked, ...] = ()
    appeal: Appeal | None = None
    meetings: tuple[Meeting, ...] = ()
    tasks: tuple[Task, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    supervisions: tuple[str, ...] = ()
    proposal: Proposal | None = None
    satisfaction: int | None = None
    word_by: str = ""
    lapse_from: dt.datetime | None = None
    merged_into: str | None = None
    merged_from: tuple[str, str] | None = None
    taken_in: tuple[str, ...] = ()
    children: tuple[str, ...] = ()

    def having(self, changes: Mapping[str, Any]) -> "State":
        """Return the state with some fields changed.

        ``dataclasses.replace`` would set all fields again for every event of every case.
        """
        new = object.__new__(State)
        new.__dict__.update(self.__dict__)
        new.__dict__.update(changes)
        return new

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The assisting units that still owe their answer."""
        return tuple(code for code, part in self.parts.items() if part.answered_at is None)
