"""Everything that happened to a case, in plain words, as its reader may see it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.engines.cases.model import CaseType, Verb
from openzone.www.cases.holders import unit_names
from openzone.www.cases.words import outcome_word
from openzone.www.formats import say
from openzone.zone.cases.models import Attachment, CaseEvent
from openzone.zone.people.models import User

LOOKS: Mapping[Verb, tuple[str, str]] = {
    Verb.OPEN: ("plus", "now"),
    Verb.ROUTE: ("arrow-right", ""),
    Verb.ACCEPT: ("check", "done"),
    Verb.DECLINE: ("arrow-back-up", "warn"),
    Verb.OBJECT: ("flag", "warn"),
    Verb.TRANSFER: ("arrow-right", "warn"),
    Verb.ASK_REQUESTER: ("message", "warn"),
    Verb.SUPPLY: ("paperclip", "now"),
    Verb.WAIT: ("player-pause", "warn"),
    Verb.INVOLVE: ("users", ""),
    Verb.CONTRIBUTE: ("message", "done"),
    Verb.ANSWER: ("message", "done"),
    Verb.PROPOSE: ("circle-check", "done"),
    Verb.CONFIRM: ("star", "done"),
    Verb.CALL_BACK: ("phone", "done"),
    Verb.DISSATISFIED: ("circle-x", "bad"),
    Verb.WITHDRAW: ("x", ""),
    Verb.RATE: ("star", "done"),
    Verb.ESCALATE: ("alert-triangle", "bad"),
    Verb.SUPERVISE: ("alarm", "bad"),
    Verb.CALL_MEETING: ("calendar-event", ""),
    Verb.HOLD_MEETING: ("users", "done"),
    Verb.DECIDE: ("list-check", ""),
    Verb.FINISH_TASK: ("check", "done"),
    Verb.HAND_OVER: ("user-check", ""),
    Verb.MERGE: ("git-merge", ""),
    Verb.TAKE_IN: ("git-merge", ""),
    Verb.SPLIT: ("arrows-split", ""),
    Verb.APPEAL: ("flag", "warn"),
    Verb.PRIORITISE: ("flag", "now"),
}
# What the zone's people say to each other is not told to who asked.
INSIDE = frozenset(
    {
        Verb.NOTE, Verb.ESCALATE, Verb.SUPERVISE, Verb.CALL_MEETING, Verb.HOLD_MEETING,
        Verb.DECIDE, Verb.FINISH_TASK, Verb.HAND_OVER, Verb.PRIORITISE, Verb.TAKE_IN,
        Verb.INVOLVE, Verb.CONTRIBUTE, Verb.EXCUSE, Verb.ASK_EXTENSION, Verb.REFUSE_EXTENSION,
    }
)  # fmt: skip
WORDLESS = frozenset(
    {Verb.DECLINE, Verb.OBJECT, Verb.RULE_OBJECTION, Verb.TRANSFER, Verb.ROUTE, Verb.CALL_BACK}
)
LABELS: Mapping[str, Promise] = {
    "unit": _("Unit"), "to": _("To"), "reason": _("Reason"), "text": _("What was said"),
    "what": _("What is asked"), "document": _("Document"), "until": _("Until"),
    "third": _("Waits for"), "asks": _("What is asked"), "clock": _("Clock"),
    "outcome": _("Outcome"),
    "satisfied": _("Satisfaction"), "remark": _("Remark"), "attempts": _("Attempts"),
    "level": _("Level"), "leader": _("Leader"), "order": _("Order"), "at": _("Time"),
    "units": _("Called"), "attended": _("Attended"), "minutes": _("Minutes"),
    "agenda": _("Agenda"), "task": _("Task"), "owner": _("Unit"), "due": _("Due"),
    "upheld": _("Upheld"), "into": _("Into"), "number": _("Number"), "children": _("Parts"),
    "note": _("Note"),
}  # fmt: skip
UNITS = frozenset({"unit", "owner", "units", "attended"})
PEOPLE = frozenset({"to", "leader"})


class EventLine(NamedTuple):
    """One thing that happened. ``lines`` are pairs of what and value."""

    word: str
    at: dt.datetime
    who: str
    icon: str
    look: str
    lines: list[tuple[str, str]]
    files: list[Attachment]


class Teller:
    """Tells events in words; ``inside`` for people of the zone, else for who asked."""

    def __init__(self, type_: CaseType, events: Sequence[CaseEvent], *, inside: bool) -> None:
        self.type, self.events, self.inside = type_, events, inside
        self.units = unit_names()
        ids = {str(e.data.get(name, "")) for e in events for name in PEOPLE}
        people = User.objects.filter(pk__in=[int(one) for one in ids if one.isdecimal()])
        self.people = {str(user.pk): str(user) for user in people}
        given = [e.data.get("task", "") for e in events if self._verb(e) is Verb.DECIDE]
        self.tasks = {f"T{number}": str(what) for number, what in enumerate(given, 1)}

    def lines(self, files: Iterable[Attachment]) -> list[EventLine]:
        """Return the events, the last one first."""
        papers: dict[int, list[Attachment]] = {}
        for file in files:
            papers.setdefault(file.seq, []).append(file)
        return [self._line(one, papers.get(one.seq, [])) for one in self._shown()]

    def _shown(self) -> Iterator[CaseEvent]:
        for event in reversed(self.events):
            own = event.by_kind == "requester"
            if self.inside or own or self._verb(event) not in INSIDE:
                yield event

    def _verb(self, event: CaseEvent) -> Verb:
        return self.type.actions[event.action].verb

    def _line(self, event: CaseEvent, files: list[Attachment]) -> EventLine:
        verb = self._verb(event)
        icon, look = LOOKS.get(verb, ("circle-dashed", ""))
        lines = [] if verb is Verb.OPEN else list(self._said(event, verb))
        word = say(self.type.actions[event.action].label)
        return EventLine(word, event.at, self._who(event), icon, look, lines, files)

    def _who(self, event: CaseEvent) -> str:
        """Write who did it; who asked learns the unit, not the name of the official."""
        unit = self.units.get(event.by_unit, event.by_unit)
        if event.by_kind == "system":
            done_by = event.data.get("done_by") if self.inside else None
            if isinstance(done_by, str) and done_by:
                return gettext("%(who)s, written by the system") % {"who": done_by}
            return gettext("the system")
        if event.by_kind == "user" and not self.inside:
            return unit or gettext("the zone")
        return f"{event.by_label}（{unit}）" if unit else event.by_label

    def _said(self, event: CaseEvent, verb: Verb) -> Iterator[tuple[str, str]]:
        if not self.inside and verb in WORDLESS:
            return
        own = {field.id: say(field.label) for field in self.type.actions[event.action].form}
        for name, value in event.data.items():
            label = own.get(name) or (str(LABELS[name]) if name in LABELS else "")
            if label and value not in (None, "", []):
                yield label, self._value(name, value)

    def _value(self, name: str, value: Any) -> str:
        if isinstance(value, list):
            return "、".join(self._value(name, one) for one in value)
        if isinstance(value, bool):
            return gettext("Yes") if value else gettext("No")
        text = str(value)
        if name in UNITS:
            return self.units.get(text, text)
        if name in PEOPLE:
            return self.people.get(text, text)
        if name == "task":
            return self.tasks.get(text, text)
        if name == "clock" and text in self.type.clocks:
            return say(self.type.clocks[text].label)
        if name == "outcome":
            return outcome_word(self.type, text)
        reasons = self.type.pauses.reasons if self.type.pauses else {}
        if name == "reason" and text in reasons:
            return say(reasons[text].label)
        return text.replace("T", " ")[:16] if name in ("until", "at") else text
