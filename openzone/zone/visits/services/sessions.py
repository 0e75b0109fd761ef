"""Sessions on site: planned, held, whom they served."""

import datetime as dt
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Enterprise, Place
from openzone.zone.visits.enums import SessionKind, SessionState
from openzone.zone.visits.models import Guest, SiteSession
from openzone.zone.visits.services.terms import said

_OVER = Text("该场已结束或已取消", "this session is over or was called off")
_NOT_YET = Text("该场尚未开始", "this session has not begun yet")
_ORDER = Text("结束时间应晚于开始时间", "the end must be after the start")
_HOW = Text("请说明人数如何统计", "say how people were counted")


class SessionGiven(TypedDict):
    """What a session is planned with."""

    kind: SessionKind
    title: str
    unit: Unit
    address: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: NotRequired[Place | None]


@transaction.atomic
def plan_session(*, actor: Actor, **given: Unpack[SessionGiven]) -> SiteSession:
    """Plan a clinic or a village meeting."""
    session = SiteSession(**given)
    if session.ends_at <= session.starts_at:
        raise Refused(_ORDER, field="ends_at")
    ensure_valid(session)
    session.save()
    _note("visits.session.planned", actor, session, {"kind": str(session.kind)})
    return session


@transaction.atomic
def hold_session(
    *,
    actor: Actor,
    session: SiteSession,
    now: dt.datetime,
    minutes: str,
    attended: int | None = None,
    counted_how: str = "",
) -> SiteSession:
    """Note how a session went. A count needs to say how people were counted."""
    current = _open(session)
    if now < current.starts_at:
        raise Refused(_NOT_YET)
    if attended is not None and not counted_how.strip():
        raise Refused(_HOW, field="counted_how")
    current.state, current.minutes = SessionState.HELD, said(minutes, "minutes")
    current.attended, current.counted_how = attended, counted_how.strip()
    ensure_valid(current)
    current.save()
    _note("visits.session.held", actor, current, {"attended": attended})
    return current


@transaction.atomic
def cancel_session(*, actor: Actor, session: SiteSession, reason: str) -> SiteSession:
    """Call a session off."""
    current = _open(session)
    current.state, current.cancelled_because = SessionState.CANCELLED, said(reason, "reason")
    ensure_valid(current)
    current.save()
    _note("visits.session.cancelled", actor, current, {"reason": current.cancelled_because})
    return current


@transaction.atomic
def note_guest(
    *, actor: Actor, session: SiteSession, enterprise: Enterprise, now: dt.datetime
) -> Guest:
    """Note an enterprise that a session served; twice changes nothing."""
    current = _begun(session, now)
    guest, created = Guest.objects.get_or_create(
        session=current, enterprise=enterprise.root, defaults={"noted_at": now}
    )
    if created:
        _note("visits.session.served", actor, current, {"enterprise": enterprise.root_id})
    return guest


def _locked(session: SiteSession) -> SiteSession:
    return SiteSession.objects.select_for_update(of=("self",)).get(pk=session.pk)


def _open(session: SiteSession) -> SiteSession:
    current = _locked(session)
    if current.state != SessionState.PLANNED:
        raise Refused(_OVER)
    return current


def _begun(session: SiteSession, now: dt.datetime) -> SiteSession:
    current = _locked(session)
    if current.state == SessionState.CANCELLED:
        raise Refused(_OVER)
    if now < current.starts_at:
        raise Refused(_NOT_YET)
    return current


def _note(action: str, actor: Actor, session: SiteSession, payload: dict[str, JSON]) -> None:
    record(action, actor=actor, subject=f"site_session:{session.pk}", payload=payload)
