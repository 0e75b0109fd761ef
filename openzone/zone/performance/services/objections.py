"""Objections to a score, and what a third says to them."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.performance.enums import RoundState
from openzone.zone.performance.models import Objection, Participant, Reply, Round, Score
from openzone.zone.performance.permissions import may_object, may_reply
from openzone.zone.performance.selectors.scores import as_json, work_out
from openzone.zone.performance.services.rounds import add_score
from openzone.zone.performance.services.writing import locked, note

OPEN = Text("已有一件异议待答复", "there is an objection that waits for its reply")
ONCE = Text("对该得分的异议已经答复", "the objection to this score was answered already")
ANSWERED = Text("已由{who}答复", "answered already by {who}")
UNCHANGED = Text(
    "按现有记录重新计算，得分没有变化；请先更正台账或填报，再支持异议",
    "worked out again the score is the same: correct the record first, then uphold the objection",
)


@transaction.atomic
def object_to(
    *, actor: Actor, user: User, participant: Participant, text: str, now: dt.datetime,
    today: dt.date,
) -> Objection:  # fmt: skip
    """Object to the score that stands, within the days."""
    participant.round = locked(participant.round, RoundState.CONFIRMED)
    _ensure(may_object(user, participant, today))
    score = participant.scores.order_by("-seq").first()
    waiting = Objection.objects.filter(score__participant=participant, reply=None)
    if score is None or waiting.exists() or Objection.objects.filter(score=score).exists():
        raise Refused(OPEN if waiting.exists() else ONCE)
    made = Objection(score=score, text=text.strip(), made_by=user, made_at=now)
    ensure_valid(made)
    made.save(force_insert=True)
    _note("objection_made", actor, participant.round, score=score.pk, text=made.text)
    return made


@transaction.atomic
def reply_to(
    *, actor: Actor, user: User, objection: Objection, upheld: bool, text: str, now: dt.datetime,
    today: dt.date,
) -> Reply:  # fmt: skip
    """Answer an objection, as a third.

    Upheld, the score is worked out again from the record as it has been corrected by then: points
    are never given by hand.
    """
    found = locked(objection.score.participant.round, RoundState.CONFIRMED)
    objection.score.participant.round = found
    given = Reply.objects.select_related("replied_by").filter(objection=objection).first()
    if given is not None:
        who = given.replied_by.display_name or given.replied_by.username
        raise Refused(ANSWERED.format(who=who))
    _ensure(may_reply(user, objection, today))
    made = Reply(
        objection=objection, upheld=upheld, text=text.strip(), replied_by=user, replied_at=now,
        objected_by=objection.made_by,
        score=_again(objection.score, now) if upheld else None,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    _note("objection_answered", actor, found, objection=objection.pk, upheld=upheld)
    return made


def _again(score: Score, now: dt.datetime) -> Score:
    worked = work_out(score.participant)
    if as_json(worked) == score.lines:
        raise Refused(UNCHANGED, field="upheld")
    return add_score(score.participant, worked, now)


def _ensure(decision: tuple[bool, Text]) -> None:
    allowed, reason = decision
    if not allowed:
        raise Refused(reason)


def _note(action: str, actor: Actor, found: Round, **payload: str | int | bool) -> None:
    note(action=action, actor=actor, subject=f"round:{found.pk}", payload=payload)
