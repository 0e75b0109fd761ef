"""Questions from before questions were cases: each gets its number and its history.

Who held a question before it was passed on is in the log only; its case begins with the unit that
had it last. The clock is that of the limit's name in today's promise, none if it is gone; the due
moment of the question stays as it was promised.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from django.db import transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.people.models import Unit
from openzone.zone.spokespersons.enums import ConsultationStatus
from openzone.zone.spokespersons.models import Consultation, Part, Reply
from openzone.zone.spokespersons.selectors.consultations import DISSATISFIED
from openzone.zone.spokespersons.services import casework

_SYSTEM = Actor.system("spokespersons")


class _Step(NamedTuple):
    at: dt.datetime
    do: Callable[[], object]


def adopt_all() -> int:
    """Open the cases that are missing; returns how many were. A second call does nothing."""
    waiting = Consultation.objects.filter(case__isnull=True).order_by("asked_at", "pk")
    if not waiting.exists() or not Unit.objects.exists():
        return 0
    found = list(waiting.select_related("unit", "document", "item", "enterprise"))
    for consultation in found:
        adopt(actor=_SYSTEM, consultation=consultation)
    return len(found)


@transaction.atomic
def adopt(*, actor: Actor, consultation: Consultation) -> Consultation:
    """Open the case of a question and write down what happened with it since."""
    consultation.case = casework.begin(consultation, actor)
    consultation.save(update_fields=["case"])
    for part in consultation.parts.select_related("unit"):
        casework.involve(consultation, actor, part.unit, part.asks, consultation.asked_at)
    for step in sorted(_steps(consultation, actor), key=lambda one: one.at):
        step.do()
    record(
        "spokespersons.consultation.adopted",
        actor=actor,
        subject=f"consultation:{consultation.pk}",
        payload={"case": casework.case_of(consultation).number},
    )
    return consultation


def _steps(consultation: Consultation, actor: Actor) -> Iterator[_Step]:
    for part in consultation.parts.select_related("unit", "done_by"):
        if part.done_at is not None:
            yield _Step(part.done_at, _contributing(consultation, part))
    replies = list(consultation.replies.select_related("replied_by").order_by("pk"))
    for reply, following in zip_longest(replies, replies[1:]):
        yield _Step(reply.replied_at, _replying(consultation, reply))
        again = _asked_again_at(consultation, following)
        if again is not None:
            yield _Step(again, _asking_again(consultation, actor, reply, again))
        elif reply.rating is not None and reply.rating not in DISSATISFIED:
            rated_at = reply.rated_at or reply.replied_at
            yield _Step(rated_at, _confirming(consultation, actor, reply, rated_at))


def _asked_again_at(consultation: Consultation, following: Reply | None) -> dt.datetime | None:
    """Return when a question was asked again after an answer, ``None`` if it was not."""
    if following is not None:
        return following.opened_at
    is_open = consultation.status == ConsultationStatus.OPEN
    return consultation.opened_at if is_open else None


def _contributing(consultation: Consultation, part: Part) -> Callable[[], object]:
    who = Actor.of(part.done_by) if part.done_by else _SYSTEM
    at = part.done_at or consultation.asked_at
    return lambda: casework.contribute(consultation, who, part.unit, part.text, at)


def _replying(consultation: Consultation, reply: Reply) -> Callable[[], object]:
    who = Actor.of(reply.replied_by)
    return lambda: casework.reply(consultation, who, reply.text, reply.replied_at)


def _asking_again(
    consultation: Consultation, actor: Actor, reply: Reply, at: dt.datetime
) -> Callable[[], object]:
    said = {"reason": reply.remark or "不满意", "satisfied": reply.rating}
    return lambda: casework.step(consultation, actor, "ask_again", at, said)


def _confirming(
    consultation: Consultation, actor: Actor, reply: Reply, at: dt.datetime
) -> Callable[[], object]:
    said = {"satisfied": reply.rating, "remark": reply.remark}
    return lambda: casework.step(consultation, actor, "confirm", at, said)
