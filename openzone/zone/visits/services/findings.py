"""What came up on a visit or at a session: answered there, or made a case."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise
from openzone.zone.visits.enums import SessionState, VisitState
from openzone.zone.visits.models import Finding, SiteSession, Visit
from openzone.zone.visits.packs import pack
from openzone.zone.visits.services.sessions import note_guest
from openzone.zone.visits.services.terms import said

_NOT_MET = Text("请先登记走访", "record the visit first")
_CANCELLED = Text("该场已取消", "this session was called off")
_NOT_YET = Text("该场尚未开始", "this session has not begun yet")


@transaction.atomic
def add_finding(
    *,
    actor: Actor,
    user: User,
    visit: Visit,
    topic: str,
    text: str,
    now: dt.datetime,
    answer: str = "",
) -> Finding:
    """Note what came up on a visit that took place."""
    current = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if current.state != VisitState.DONE:
        raise Refused(_NOT_MET)
    finding = Finding(visit=current, enterprise=current.enterprise, name=current.present[:100])
    return _saved(actor, finding, user, topic, text, answer, now)


@transaction.atomic
def add_question(
    *,
    actor: Actor,
    user: User,
    session: SiteSession,
    topic: str,
    text: str,
    now: dt.datetime,
    answer: str = "",
    enterprise: Enterprise | None = None,
    name: str = "",
    phone: str = "",
) -> Finding:
    """Note what somebody asked or proposed at a session; a name may be left empty."""
    current = SiteSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if current.state == SessionState.CANCELLED:
        raise Refused(_CANCELLED)
    if now < current.starts_at:
        raise Refused(_NOT_YET)
    if enterprise is not None:
        note_guest(actor=actor, session=current, enterprise=enterprise, now=now)
    finding = Finding(
        session=current,
        enterprise=enterprise.root if enterprise else None,
        name=name.strip(),
        phone=phone.strip(),
    )
    return _saved(actor, finding, user, topic, text, answer, now)


def _saved(
    actor: Actor,
    finding: Finding,
    user: User,
    topic: str,
    text: str,
    answer: str,
    now: dt.datetime,
) -> Finding:
    if topic not in {one.id for one in pack().topics}:
        raise Refused(Text("没有这个类别", "there is no such topic"), field="topic")
    finding.topic, finding.text, finding.answer = topic, said(text, "text"), answer.strip()
    finding.recorded_by, finding.recorded_at = user, now
    ensure_valid(finding)
    finding.save()
    record(
        "visits.finding.noted",
        actor=actor,
        subject=finding.origin,
        payload={"finding": finding.pk, "topic": topic, "answered": bool(finding.answer)},
    )
    return finding
