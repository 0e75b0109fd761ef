"""A joint meeting on record: who came, what was said, and what each unit does until when."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction

from openzone.engines.cases.model import Verb
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.models import Case
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.merging import named
from openzone.zone.people.models import Unit, User


class Decided(NamedTuple):
    """One decision: what, which unit, until which day."""

    task: str
    owner: Unit
    due: dt.date


@transaction.atomic
def record_meeting(
    *,
    actor: Actor,
    case: Case,
    user: User,
    data: Mapping[str, Any],
    decisions: Sequence[Decided],
    now: dt.datetime,
    seen: int | None = None,
) -> Case:
    """Record a meeting that was held, and give out the tasks decided there; all or nothing."""
    held = act(
        actor=actor, case=case, action=named(case, Verb.HOLD_MEETING), now=now, user=user,
        data=data, seen=seen,
    )  # fmt: skip
    for decision in decisions:
        said = {
            "task": decision.task,
            "owner": decision.owner.code,
            "due": decision.due.isoformat(),
            "meeting": data.get("meeting", ""),
        }
        act(actor=actor, case=held, action=named(held, Verb.DECIDE), now=now, user=user, data=said)
    record(
        "cases.meeting.recorded", actor=actor, subject=case.subject,
        payload={"tasks": len(decisions)},
    )  # fmt: skip
    return held
