"""Live sessions: planned, registered for, held, and their questions passed on."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.outreach.enums import SessionState
from openzone.zone.outreach.models import LiveSession, Registration, SessionQuestion
from openzone.zone.people.models import User
from openzone.zone.policies.models import Item
from openzone.zone.registry.models import Enterprise
from openzone.zone.spokespersons.enums import Channel
from openzone.zone.spokespersons.models import Spokesperson
from openzone.zone.spokespersons.services.consultations import ask

_OVER = Text("直播已结束或已取消", "the session is over or was cancelled")
_NOT_HELD = Text("直播尚未开始", "the session has not begun yet")
_NO_ITEMS = Text("请至少选择一个政策事项", "choose at least one policy item")
_NO_REASON = Text("请说明取消原因", "say why it is cancelled")


class SessionGiven(TypedDict):
    """What a session is planned with."""

    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    presenter: NotRequired[Spokesperson | None]
    url: NotRequired[str]


@transaction.atomic
def plan_session(
    *, actor: Actor, items: Sequence[Item], **given: Unpack[SessionGiven]
) -> LiveSession:
    """Plan a session. ``given`` are its title, times, presenter and address."""
    session = LiveSession(**given)
    return _saved(actor, session, items, "outreach.session.planned")


@transaction.atomic
def edit_session(
    *, actor: Actor, session: LiveSession, items: Sequence[Item], **given: Unpack[SessionGiven]
) -> LiveSession:
    """Change a session that was not held yet."""
    current = _planned(session)
    for name, value in given.items():
        setattr(current, name, value)
    return _saved(actor, current, items, "outreach.session.edited")


@transaction.atomic
def cancel_session(*, actor: Actor, session: LiveSession, reason: str) -> LiveSession:
    """Call a session off; who registered sees why."""
    current = _planned(session)
    if not reason.strip():
        raise Refused(_NO_REASON, field="reason")
    current.state, current.cancelled_because = SessionState.CANCELLED, reason.strip()
    current.save()
    _note(actor, current, "outreach.session.cancelled", {"reason": current.cancelled_because})
    return current


@transaction.atomic
def close_session(
    *,
    actor: Actor,
    session: LiveSession,
    now: dt.datetime,
    viewers: int | None,
    comments: int | None,
    replay_url: str = "",
) -> LiveSession:
    """Note that a session was held, how many watched, and where it can be seen again."""
    current = _locked(session)
    if current.state == SessionState.CANCELLED:
        raise Refused(_OVER)
    if now < current.starts_at:
        raise Refused(_NOT_HELD)
    current.state, current.viewers, current.comments = SessionState.HELD, viewers, comments
    current.replay_url = replay_url
    ensure_valid(current)
    current.save()
    _note(actor, current, "outreach.session.held", {"viewers": viewers, "comments": comments})
    return current


@transaction.atomic
def register(
    *, actor: Actor, session: LiveSession, enterprise: Enterprise, by: User, now: dt.datetime
) -> Registration:
    """Register an enterprise; doing so twice changes nothing."""
    current = _planned(session)
    found, created = Registration.objects.get_or_create(
        session=current,
        enterprise=enterprise.root,
        defaults={"registered_at": now, "registered_by": by},
    )
    if created:
        _note(actor, current, "outreach.session.registered", {"enterprise": enterprise.root_id})
    return found


@transaction.atomic
def pass_on_questions(
    *,
    actor: Actor,
    session: LiveSession,
    questions: Iterable[SessionQuestion],
    by: User,
    now: dt.datetime,
) -> int:
    """Make a consultation of each question that is new; returns how many were.

    The limit for the answer runs from now: whoever passed them on late shows in the log.
    """
    current = _locked(session)
    if now < current.starts_at:
        raise Refused(_NOT_HELD)
    known = set(current.questions.values_list("asked_at", "name", "text"))
    new = [one for one in questions if (one.asked_at, one.name, one.text) not in known]
    for question in new:
        question.session = current
        question.consultation = ask(
            actor=actor,
            text=question.text,
            now=now,
            channel=Channel.LIVE,
            recorded_by=by,
            caller=question.name,
            item=question.item,
        )
        ensure_valid(question)
        question.save()
    if new:
        _note(actor, current, "outreach.session.questions", {"count": len(new)})
    return len(new)


def _saved(actor: Actor, session: LiveSession, items: Sequence[Item], action: str) -> LiveSession:
    if not items:
        raise Refused(_NO_ITEMS, field="items")
    ensure_valid(session)
    session.save()
    session.items.set(items)
    _note(actor, session, action, {"items": [item.code for item in items]})
    return session


def _locked(session: LiveSession) -> LiveSession:
    return LiveSession.objects.select_for_update(of=("self",)).get(pk=session.pk)


def _planned(session: LiveSession) -> LiveSession:
    current = _locked(session)
    if current.state != SessionState.PLANNED:
        raise Refused(_OVER)
    return current


def _note(actor: Actor, session: LiveSession, action: str, payload: Mapping[str, Any]) -> None:
    record(action, actor=actor, subject=f"session:{session.pk}", payload=dict(payload))
