"""A case type: form, stages, actions, clocks and the rules a case of it keeps for life."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from openzone.engines.cases.fields import Condition, Field
from openzone.engines.text import Text
from openzone.engines.worktime.durations import Duration


class Verb(StrEnum):
    """What can happen to a case. A type gives each a label, stages and who may do it."""

    OPEN = "open"
    ROUTE = "route"
    ACCEPT = "accept"
    DECLINE = "decline"
    OBJECT = "object"
    RULE_OBJECTION = "rule_objection"
    TRANSFER = "transfer"
    ASK_REQUESTER = "ask_requester"
    SUPPLY = "supply"
    WAIT = "wait"
    RESUME = "resume"
    INVOLVE = "involve"
    CONTRIBUTE = "contribute"
    EXCUSE = "excuse"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    ANSWER = "answer"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    CALL_BACK = "call_back"
    DISSATISFIED = "dissatisfied"
    LAPSE = "lapse"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    RATE = "rate"
    ESCALATE = "escalate"
    SUPERVISE = "supervise"
    CALL_MEETING = "call_meeting"
    HOLD_MEETING = "hold_meeting"
    DECIDE = "decide"
    FINISH_TASK = "finish_task"
    HAND_OVER = "hand_over"
    MERGE = "merge"
    TAKE_IN = "take_in"
    UNMERGE = "unmerge"
    SPLIT = "split"
    NOTE = "note"
    PRIORITISE = "prioritise"
    APPEAL = "appeal"
    RULE_APPEAL = "rule_appeal"


CLOSERS = frozenset(
    {Verb.CONFIRM, Verb.CALL_BACK, Verb.LAPSE, Verb.CLOSE, Verb.WITHDRAW, Verb.MERGE, Verb.SPLIT}
)
"""The verbs that may lead to a closed stage."""
ROLES = (
    "requester",
    "recorder",
    "lead",
    "head",
    "assist",
    "centre",
    "leader",
    "caller",
    "system",
    "owner",
)
UNIT_ROLE = "unit:"
ANYWHERE = "any"
"""Stands for every stage, closed ones too."""


class Kind(StrEnum):
    """What a stage is: worked on, waiting for somebody outside, or over."""

    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


class OnRedo(StrEnum):
    """What a stopped clock does when the requester is not satisfied.

    ``resume``: it runs on with what was left, the requester's time not counted. ``restart``: the
    whole limit again. Either way the first round's result stays.
    """

    NONE = "none"
    RESUME = "resume"
    RESTART = "restart"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage; ``public`` is how the status page words it."""

    id: str
    label: Text
    kind: Kind
    public: Text


@dataclass(frozen=True, slots=True)
class Action:
    """A verb as this type knows it.

    ``start``: the stages it is possible in, empty for every stage that is not closed, ``any`` for
    all. ``to``: the stage after it, ``None`` to stay; ``otherwise``: the stage after a ruling
    that is against, or after opening where a unit has the case at once. ``evidence``: how many
    pieces it takes; with ``documents`` the number of a document is one, else only a file is.
    """

    id: str
    verb: Verb
    label: Text
    start: frozenset[str]
    to: str | None
    otherwise: str | None
    who: tuple[str, ...]
    outcome: str
    evidence: int
    documents: bool
    form: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """By how much a clock may be extended at most each time, how often, and asked how early."""

    limit: Duration
    times: int
    ask_before: Duration | None


@dataclass(frozen=True, slots=True)
class ClockSpec:
    """A limit: what starts and stops it, and how it may be moved.

    ``starts`` and ``stops`` name actions or verbs. ``colours`` and ``reminders`` are shares of
    the limit.
    """

    id: str
    label: Text
    limit: Duration
    starts: frozenset[str]
    stops: frozenset[str]
    when: Condition
    unless: Condition
    priority: Mapping[str, Duration]
    pausable: bool
    repeat: bool
    redo: OnRedo
    extension: ExtensionRule | None
    colours: tuple[tuple[str, float], ...]
    reminders: tuple[float, ...]
    verified: str


@dataclass(frozen=True, slots=True)
class PauseReason:
    """A reason for which clocks may stand still, and whether a document has to show it."""

    id: str
    label: Text
    document: bool


@dataclass(frozen=True, slots=True)
class PauseRule:
    """For which reasons, how long at most, and how often clocks may stand still."""

    reasons: Mapping[str, PauseReason]
    limit: Duration
    times: int


@dataclass(frozen=True, slots=True)
class NoResponse:
    """When a silent requester's case may be closed: after how long, and how many attempts."""

    after: Duration
    attempts: int


@dataclass(frozen=True, slots=True)
class Route:
    """Where cases go that meet a condition; ``centre`` stands for the centre's unit."""

    when: Condition
    unit: str


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing takes.

    ``evidence``: pieces a solution needs. ``requester_word``: the requester confirms, or is
    called back by somebody independent. ``satisfied``: the lowest mark (1 to 5) of satisfaction.
    """

    evidence: int
    requester_word: bool
    satisfied: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """One step of the escalation ladder: after which share of which clock, to whom."""

    clock: str
    after_share: float
    to: str


@dataclass(frozen=True, slots=True)
class Systemic:
    """When many similar cases are one systemic issue."""

    count: int
    days: int


@dataclass(frozen=True, slots=True)
class SimilarRule:
    """From which likeness on (0 to 1) people are warned of a similar case."""

    warn: float
    systemic: Systemic | None


@dataclass(frozen=True)
class CaseType:
    """One version of a case type. ``mapping`` is what it was read from, ``digest`` its SHA-256.

    ``objection``: how long a unit may object to being assigned. ``appeal``: how often a requester
    may appeal. ``bounces``: how often in a row units may decline before the centre decides.
    """

    id: str
    version: int
    label: Text
    scope: str
    series: str
    form: tuple[Field, ...]
    stages: Mapping[str, Stage]
    actions: Mapping[str, Action]
    clocks: Mapping[str, ClockSpec]
    pauses: PauseRule | None
    bounces: int
    objection: Duration | None
    no_response: NoResponse | None
    appeal: int
    routing: tuple[Route, ...]
    closing: Closing
    outcomes: Mapping[str, Text]
    escalation: tuple[Ladder, ...]
    similar: SimilarRule | None
    mapping: Mapping[str, Any] = field(repr=False)
    digest: str

    @cached_property
    def by_verb(self) -> Mapping[Verb, tuple[Action, ...]]:
        """The actions of each verb."""
        found: dict[Verb, tuple[Action, ...]] = {}
        for action in self.actions.values():
            found[action.verb] = (*found.get(action.verb, ()), action)
        return found

    def is_closed(self, stage: str) -> bool:
        """Whether a stage is the end of a case."""
        return self.stages[stage].kind is Kind.CLOSED

    @property
    def source(self) -> Mapping[str, Any]:
        """The document or practice the type is taken from, as the pack states it."""
        found = self.mapping.get("source")
        return found if isinstance(found, Mapping) else {}
