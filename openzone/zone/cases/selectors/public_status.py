"""What a requester sees without logging in: where it is, who has it, what they were told."""

import datetime as dt
from typing import NamedTuple

from openzone.engines.cases.model import Verb
from openzone.engines.text import Text
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.selectors.timeline import Entry, timeline

# Words meant for the requester. Everything else that is written about a case stays inside.
_TO_REQUESTER = frozenset(
    {Verb.ANSWER, Verb.ASK_REQUESTER, Verb.PROPOSE, Verb.LAPSE, Verb.RULE_APPEAL}
)


class Told(NamedTuple):
    """Something the requester was told, with the name of the unit and never of a person."""

    at: dt.datetime
    label: Text
    text: str


class Status(NamedTuple):
    """A case as its requester may see it anywhere."""

    number: str
    kind: Text
    title: str
    stage: Text
    closed: bool
    outcome: Text | None
    unit: str
    opened_at: dt.datetime
    changed_at: dt.datetime
    due_at: dt.datetime | None
    told: list[Told]
    needed: bool


def status(case: Case) -> Status:
    """Return the public status of a case; ``needed``: it waits for the requester."""
    type_ = type_of(case.version)
    told = [
        Told(entry.at, entry.label, _text(entry))
        for entry in timeline(case)
        if type_.actions[entry.action].verb in _TO_REQUESTER
    ]
    return Status(
        case.number,
        type_.label,
        case.title,
        type_.stages[case.stage].public,
        case.closed,
        type_.outcomes.get(case.outcome),
        case.lead.name if case.lead is not None else "",
        case.opened_at,
        case.changed_at,
        case.due_at,
        told,
        case.holder == "requester",
    )


def _text(entry: Entry) -> str:
    value = entry.data.get("what") or entry.data.get("text") or ""
    return str(value)
