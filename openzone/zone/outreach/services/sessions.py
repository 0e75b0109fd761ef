"""Live sessions: planned, registered for, held, and their questions passed on."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, NotRequired, TypedDict, Unpack

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.outreach.enums import SessionState
from openzone.zone.outreach.models import (
    LiveSession,
    ProgrammePoint,
    Registration,
    SessionQuestion,
)
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
_NO_SOURCE = Text(
    "请注明数据来源（如直播平台后台），没有来源的人数不登记",
    "say who counted (the platform's report): a number without a source is not kept",
)
_OUTSIDE = Text("{title}：时间不在直播时段内", "{title}: its time is outside the session")
_TWICE = Text("{title}：同一时间已有一项", "{title}: something else begins at that time")


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
    counted_by: str = "",
    replay_url: str = "",
) -> LiveSession:
    """Note that a session was held, how many watched by whose count, and where it is seen again.

    A number needs its source (``counted_by``); one nobody counted is ``None`` and stays unknown.
    """
    counted = any(number is not None for number in (viewers, comments))
    if counted and not counted_by.strip():
        raise Refused(_NO_SOURCE, field="counted_by")
    current = _locked(session)
    if current.state == SessionState.CANCELLED:
        raise Refused(_OVER)
    if now < current.starts_at:
        raise Refused(_NOT_HELD)
    current.state, current.viewers, current.comments = SessionState.HELD, viewers, comments
    current.replay_url = replay_url
    current.counted_by = counted_by.strip() if counted else ""
    ensure_valid(current)
    current.save()
    numbers = {"viewers": viewers, "comments": comments, "counted_by": current.counted_by}
    _note(actor, current, "outreach.session.held", numbers)
    return current


class Point(NamedTuple):
    """A point of a programme as it is given."""

    at: dt.datetime
    title: str


@transaction.atomic
def set_programme(*, actor: Actor, session: LiveSession, points: Sequence[Point]) -> LiveSession:
    """Say what a session comes to when; what was said before is replaced."""
    current = _locked(session)
    if current.state == SessionState.CANCELLED:
        raise Refused(_OVER)
    known: set[dt.datetime] = set()
    for point in points:
        if not current.starts_at <= point.at < current.ends_at:
            raise Refused(_OUTSIDE.format(title=point.title), field="text")
        if point.at in known:
            raise Refused(_TWICE.format(title=point.title), field="text")
        known.add(point.at)
    current.programme.all().delete()
    rows = [ProgrammePoint(session=current, at=at, title=title) for at, title in points]
    for row in rows:
        ensure_valid(row)
    ProgrammePoint.objects.bulk_create(rows)
    _note(actor, current, "outreach.session.programme", {"points": len(rows)})
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
