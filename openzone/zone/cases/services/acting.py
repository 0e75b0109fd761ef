"""Doing something with a case: the one way its events are written after the first.

The row of the case is the lock. The events are folded, the engine says whether this can happen, the
event is appended, and everything that follows from it is written in the same transaction.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from openzone.engines.cases.errors import Impossible
from openzone.engines.cases.events import SYSTEM, Event, Party
from openzone.engines.cases.fields import FieldKind, check
from openzone.engines.cases.fold import apply
from openzone.engines.cases.model import Action, CaseType, Verb
from openzone.engines.cases.roles import may_be
from openzone.engines.cases.state import State
from openzone.engines.cases.verbs.proving import EVIDENCE, FILES, PROOF_FIELDS
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.folding import state_of
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import type_of, worktime
from openzone.zone.cases.permissions import hats
from openzone.zone.cases.projection import Units
from openzone.zone.cases.services.attaching import Paper, Upload, checked
from openzone.zone.cases.writing import AtHand, at_hand, described, field_refusal, write
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.statements import together

NOT_SENT = Text("佐证“{name}”没有随件上传文件", "the evidence “{name}” came without its file")
DAY_OVER = Text("完成日期已经过去", "the day it is due is over")
NOT_YET = Text("会议“{id}”的日期还没有到", "the day of the meeting “{id}” has not come")
# What a person writes about who they are to a case, and which unit they name, is looked up here.
_UNIT_FIELDS = ("unit", "owner")


@together()
@transaction.atomic
def act(
    *,
    actor: Actor,
    case: Case,
    action: str,
    now: dt.datetime,
    user: User | None = None,
    data: Mapping[str, Any] | None = None,
    files: Sequence[Upload] = (),
    seen: int | None = None,
    instead: Party | None = None,
) -> Case:
    """Do something with a case; return it as it is afterwards.

    ``user`` is who does it, the system where nobody is named; ``instead`` is the system in the
    name of somebody whom a desk with rules of its own let do it. ``data`` is what the action's verb
    asks for and the answers of its form. ``seen`` is the number of the last event the person saw:
    where somebody was quicker, they are told who and when. The same thing sent twice happens once.
    """
    papers = checked(files)
    hand = at_hand(case, user, timezone.localdate(now))
    current, events = hand.case, hand.events
    type_ = type_of(current.version)
    before = state_of(current, events)
    said = _said(type_, action, data or {}, papers)
    if seen is not None and _is_repeated(events, seen, action, _who(user, instead), said):
        return current
    party = instead or _party(hand, type_, before, action, user, now)
    _ensure_sensible(type_.actions[action].verb, before, said, timezone.localdate(now))
    at = max(to_local(now), before.last_at)
    event = Event(before.last_seq + 1, at, action, party, said)
    try:
        after = apply(type_, before, event, worktime())
    except Impossible as error:
        raise _refusal(error, type_, events, seen) from None
    return write(current, before, after, event, actor=actor, user=user, papers=papers, now=now)


def _said(
    type_: CaseType, action: str, data: Mapping[str, Any], papers: Sequence[Paper]
) -> dict[str, Any]:
    """Return what is kept of what was said: form answers checked, papers by name and content."""
    known = type_.actions.get(action)
    if known is None:
        text = Text("没有动作“{id}”", "there is no action “{id}”")
        raise Refused(text.format(id=action), field="action")
    said = {
        key: value
        for key, value in data.items()
        if value not in (None, "") and key not in (EVIDENCE, FILES)
    }
    said |= _answers(known, said, papers)
    for name in _UNIT_FIELDS:
        _ensure_unit(said.get(name), name)
    proof = [paper.checked.name for paper in papers if paper.upload.field in PROOF_FIELDS]
    _ensure_files(data.get(EVIDENCE), proof)
    if proof:
        said[EVIDENCE] = proof
    if papers:
        said[FILES] = described(papers)
    return said


def _ensure_files(named: object, proof: Collection[str]) -> None:
    """Refuse evidence that is only a name: it takes a file, or what the pack has a field for."""
    names = named if isinstance(named, list | tuple) else [named] if named else []
    missing = [str(name) for name in names if name not in proof]
    if missing:
        raise Refused(NOT_SENT.format(name=missing[0][:80]), field=EVIDENCE)


def _answers(action: Action, said: Mapping[str, Any], papers: Sequence[Paper]) -> dict[str, Any]:
    sent: dict[str, Any] = {paper.upload.field: paper.checked.name for paper in papers}
    either = {**said, **sent}
    given = {
        field.id: source[field.id]
        for field in action.form
        for source in [sent if field.kind is FieldKind.FILE else either]
        if field.id in source
    }
    clean, problems = check(action.form, given)
    if problems:
        raise field_refusal(problems[0])
    return clean


def _ensure_unit(code: object, field: str) -> None:
    if isinstance(code, str) and Units().get(code) is None:
        text = Text("没有部门“{code}”", "there is no unit “{code}”")
        raise Refused(text.format(code=code), field=field)


def _ensure_sensible(verb: Verb, state: State, said: Mapping[str, Any], on: dt.date) -> None:
    """Refuse days that cannot be meant; the engine still reads histories that have them."""
    if verb is Verb.DECIDE and _before(said.get("due"), on):
        raise Refused(DAY_OVER, field="due")
    if verb is Verb.HOLD_MEETING:
        waiting = [one for one in state.meetings if one.held_at is None]
        name = said.get("meeting") or (waiting[0].id if waiting else "")
        if any(one.id == name and one.at.date() > on for one in waiting):
            raise Refused(NOT_YET.format(id=str(name)), field="meeting")


def _before(day: object, on: dt.date) -> bool:
    try:
        return dt.date.fromisoformat(str(day)[:10]) < on
    except ValueError:
        return False  # the engine says what is wrong with it


def _party(
    hand: AtHand,
    type_: CaseType,
    state: State,
    action: str,
    user: User | None,
    now: dt.datetime,
) -> Party:
    """Return as what somebody does this: the first of the action's roles that fits them."""
    if user is None:
        return Party(SYSTEM.kind, SYSTEM.id, SYSTEM.label, None, "system")
    on = timezone.localdate(now)
    known = type_.actions[action]
    asks = "requester" in known.who and hand.could_ask(user)
    owners = _owners(state)
    mine = hats(user, hand.posts, hand.case, on, state.unanswered, owners, asks=asks)
    for role in known.who:
        for party in mine:
            if party.role == role and may_be(known, state, party):
                return party
    if mine:
        return mine[0]
    raise Refused(Text(f"您不能办理“{known.label.zh}”", f"“{known.label.en}” is not for you to do"))


def _owners(state: State) -> Collection[str]:
    return {task.owner for task in state.tasks if task.finished_at is None}


def _who(user: User | None, instead: Party | None) -> str:
    if instead is not None:
        return instead.id
    return SYSTEM.id if user is None else str(user.pk)


def _is_repeated(
    events: Sequence[Event], seen: int, action: str, who: str, said: Mapping[str, Any]
) -> bool:
    """Whether this very thing was done by this very person since the page was shown.

    Asked before what they are to the case now: what they did may have ended that.
    """
    return any(
        event.seq > seen
        and (event.action, event.by.id, dict(event.data)) == (action, who, dict(said))
        for event in events
    )


def _refusal(
    error: Impossible, type_: CaseType, events: Sequence[Event], seen: int | None
) -> Refused:
    last = events[-1]
    if seen is None or last.seq <= seen:
        return Refused(error.reason)
    done = type_.actions[last.action].label
    at = last.at.strftime("%Y-%m-%d %H:%M")
    return Refused(
        Text(
            f"已由{last.by.named.zh}于{at}办理“{done.zh}”，请核对后再办理",
            f"already done by {last.by.named.en} at {at}: “{done.en}”; look again",
        )
    )
