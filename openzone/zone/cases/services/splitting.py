"""Splitting a case that asks for several things: parts under its number, ``-1``, ``-2``."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from openzone.engines.cases.model import Verb
from openzone.engines.cases.numbering import part_number
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import LinkKind
from openzone.zone.cases.models import Case, Link
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.intake import Child, Requester, open_case
from openzone.zone.cases.services.merging import named
from openzone.zone.cases.writing import locked
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing a case asks for; answers of the form it lacks are those of the whole."""

    title: str
    text: str = ""
    topic: str = ""
    unit: Unit | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def split(
    *,
    actor: Actor,
    case: Case,
    pieces: Sequence[Piece],
    reason: str,
    now: dt.datetime,
    user: User | None = None,
) -> list[Case]:
    """Let a case go on in two or more parts of the same requester; return them.

    The parts are opened when it is split, and their clocks run from then on: the time before
    stays with the whole.
    """
    if len(pieces) < 2:
        raise Refused(Text("至少拆成两件", "split into two or more"), field="pieces")
    whole = locked(case)
    numbers = [part_number(whole.number, place) for place in range(1, len(pieces) + 1)]
    made = act(
        actor=actor, case=whole, action=named(whole, Verb.SPLIT), now=now, user=user,
        data={"children": numbers, "reason": reason},
    )  # fmt: skip
    parts = [
        _opened(made, piece, number, actor=actor, now=now, user=user)
        for piece, number in zip(pieces, numbers, strict=True)
    ]
    Link.objects.bulk_create(
        Link(kind=LinkKind.SPLIT, source=part, target=made, made_at=now, made_by=actor.label)
        for part in parts
    )
    record("cases.was_split", actor=actor, subject=case.subject, payload={"children": numbers})
    return parts


def requester_of(case: Case) -> Requester:
    """Return who asked."""
    return Requester(
        case.requester_kind,
        enterprise=case.enterprise,
        user=case.requester_user,
        unit=case.requester_unit,
        name=case.requester_name,
        phone=case.requester_phone,
        email=case.requester_email,
    )


def _opened(
    whole: Case,
    piece: Piece,
    number: str,
    *,
    actor: Actor,
    now: dt.datetime,
    user: User | None,
) -> Case:
    topic = piece.topic or whole.topic
    answers = {**whole.fields, **({"topic": topic} if "topic" in whole.fields else {})}
    return open_case(
        actor=actor,
        kind=whole.kind,
        title=piece.title,
        text=piece.text or whole.text,
        now=now,
        channel=whole.channel,
        requester=requester_of(whole),
        fields={**answers, **piece.fields},
        topic=topic,
        place=whole.place,
        unit=piece.unit,
        about_unit=whole.about_unit,
        origin=whole.subject,
        priority=whole.priority,
        recorded_by=user,
        child=Child(number, whole),
    ).case
