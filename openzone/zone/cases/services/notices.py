"""Who is told of an event: in the program, by e-mail, by webhook. All of it in its transaction."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import cast

from django.conf import settings
from django.utils import timezone

from openzone.engines.cases.events import Event
from openzone.engines.cases.model import CaseType, Verb
from openzone.engines.cases.state import REQUESTER, State
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_aware
from openzone.zone.cases.enums import MessageKind, NoticeKind
from openzone.zone.cases.models import Case, OutboxMessage, WebhookTarget
from openzone.zone.cases.permissions import HANDS
from openzone.zone.cases.selectors.choices import wishes
from openzone.zone.cases.services.telling import Message, footer
from openzone.zone.cases.services.telling import tell as tell_people
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Membership
from openzone.zone.people.selectors import on_day
from openzone.zone.statements import Prepared, Slot, together

UNIT = "unit:"
_TOLD = Text("{number}“{title}”：{what}", "{number} “{title}”: {what}")
# The requester hears of these even where the stage stays.
_FOR_REQUESTER = frozenset(
    {Verb.ANSWER, Verb.ASK_REQUESTER, Verb.PROPOSE, Verb.GRANT_EXTENSION, Verb.LAPSE}
)
# What a unit's people are told of as what; every other event that brings them a case assigns it.
_NEW = NoticeKind.ASSIGNED
_FOR_STAFF = {
    **dict.fromkeys((Verb.INVOLVE, Verb.PROPOSE), NoticeKind.TURN),
    **dict.fromkeys((Verb.ESCALATE, Verb.SUPERVISE), NoticeKind.ESCALATED),
    **dict.fromkeys(
        (
            Verb.DECIDE, Verb.CALL_MEETING, Verb.HOLD_MEETING, Verb.FINISH_TASK, Verb.OBJECT,
            Verb.RULE_OBJECTION, Verb.ASK_EXTENSION, Verb.GRANT_EXTENSION, Verb.REFUSE_EXTENSION,
            Verb.APPEAL, Verb.RULE_APPEAL,
        ),
        NoticeKind.DECISION,
    ),
    **dict.fromkeys(
        (Verb.CONTRIBUTE, Verb.CONFIRM, Verb.CALL_BACK, Verb.CLOSE, Verb.LAPSE, Verb.WITHDRAW),
        NoticeKind.ANSWERED,
    ),
}  # fmt: skip
_TARGETS = Prepared(
    lambda: WebhookTarget.objects.filter(active=True).values_list("id", "kinds", "actions")
)
# A slot stands where a day does.
_POSTS = Prepared(
    lambda: (
        Membership.objects.filter(
            on_day(cast("dt.date", Slot("on"))), unit__code=Slot("unit"), user__is_active=True
        )
        .order_by("pk")
        .values_list("user", "role")
    )
)
_FOR_HEADS = frozenset({Verb.ASK_EXTENSION, Verb.ESCALATE, Verb.SUPERVISE})


def tell(
    case: Case,
    type_: CaseType,
    before: State | None,
    after: State,
    event: Event,
    now: dt.datetime,
) -> None:
    """Write what people and systems are told of an event."""
    action = type_.actions[event.action]
    said = _TOLD.format(number=case.number, title=case.title, what="{what}")
    said = Text(
        said.zh.replace("{what}", action.label.zh), said.en.replace("{what}", action.label.en)
    )
    units = set(_units(before, after, event, action.verb))
    heads = {after.lead} if action.verb in _FOR_HEADS and after.lead else set()
    key = f"case-{case.pk}-{event.seq}"
    asked = (
        _asked_for(case, after) if _concerns_requester(type_, before, after, action.verb) else []
    )
    askers = {one.requester_user_id for one in asked if one.requester_user_id}
    himself = _doer(event)
    people = _people(units, heads, timezone.localdate(now), after) - askers - himself
    notify(people, case, event.action, said, now, kind=_FOR_STAFF.get(action.verb, _NEW), key=key)
    mine = NoticeKind.MY_TURN if after.holder == REQUESTER else NoticeKind.MATTER
    for one in asked:
        _tell_requester(one, mine, case, type_, after, event, now)
        own = {one.requester_user_id} - himself if one.requester_user_id else set()
        message = Message(mine, event.action, said, f"{key}-{one.pk}", one)
        tell_people(message, own, now, mail=not one.requester_email)
    _tell_systems(case, after, event, now)


def _doer(event: Event) -> set[int]:
    """Return who did it, if a person did: they know."""
    by = event.by
    return {int(by.id)} if by.kind != "system" and by.id.isdigit() else set()


def notify(
    people: Iterable[int],
    case: Case | None,
    action: str,
    said: Text,
    now: dt.datetime,
    *,
    kind: NoticeKind = NoticeKind.ASSIGNED,
    key: str = "",
) -> None:
    """Tell everybody named by their id; without a ``key`` in the program only."""
    tell_people(Message(kind, action, said, key, case), people, now, mail=bool(key))


def who_works_on(state: State, on: dt.date, *, heads: bool) -> set[int]:
    """Return who handles a case: its handler, else its unit's people; with the heads if asked."""
    units = {state.lead} if state.lead else set()
    return _people(units, units if heads else set(), on, state)


def _units(before: State | None, after: State, event: Event, verb: Verb) -> Iterator[str]:
    """Yield the units that have something to do because of an event."""
    was = before.holder if before is not None else None
    if after.holder and after.holder != was and after.holder.startswith(UNIT):
        yield after.holder.removeprefix(UNIT)
    if verb is Verb.INVOLVE:
        yield str(event.data.get("unit", ""))
    if verb is Verb.DECIDE:
        yield str(event.data.get("owner", ""))
    if verb is Verb.CALL_MEETING:
        yield from after.meetings[-1].units
    if verb in (Verb.SUPERVISE, Verb.ESCALATE, Verb.CONTRIBUTE, Verb.DISSATISFIED) and after.lead:
        yield after.lead
    if after.proposal is not None and (before is None or before.proposal is None):
        yield after.centre


def _people(units: set[str], heads: set[str], on: dt.date, after: State) -> set[int]:
    """Return who works on the cases of these units; where a case has a handler, only them."""
    handler = int(after.handler) if after.handler and after.lead in units else None
    asked = units - {after.lead or ""} if handler else units
    found = {handler} if handler else set()
    if asked:
        found |= _with_roles(asked, HANDS, on)
    if heads:
        found |= _with_roles(heads, (Role.LEADER,), on)
    return found


def _with_roles(units: set[str], roles: Iterable[Role], on: dt.date) -> set[int]:
    with together():
        asked = [_POSTS.send(on=on, unit=unit) for unit in sorted(units)]
        posts = [post for answer in asked for post in answer()]
    return {user for user, role in posts if role in roles}


def _concerns_requester(type_: CaseType, before: State | None, after: State, verb: Verb) -> bool:
    """Whether the requester sees something new: what the public stage says, or a word to them."""
    if verb in _FOR_REQUESTER or after.holder == REQUESTER:
        return True
    if before is None:
        return True
    return type_.stages[before.stage].public != type_.stages[after.stage].public


def _asked_for(case: Case, after: State) -> list[Case]:
    """Return a case and those merged into it: everybody who asked hears the answer."""
    merged = Case.objects.filter(number__in=after.taken_in) if after.taken_in else []
    return [case, *merged]


def _tell_requester(
    asked: Case,
    kind: NoticeKind,
    case: Case,
    type_: CaseType,
    after: State,
    event: Event,
    now: dt.datetime,
) -> None:
    """Write an e-mail to the address a requester gave, about their own number.

    Who has an account may have chosen otherwise; who has none gave the address for this.
    """
    if not (settings.MAIL_ENABLED and asked.requester_email):
        return
    user = asked.requester_user_id
    if user is not None and not wishes([user], kind)[user].email:
        return
    stage = type_.stages[after.stage].public
    OutboxMessage.objects.create(
        key=f"case-{case.pk}-{event.seq}-mail-{asked.pk}",
        kind=MessageKind.EMAIL,
        case=asked,
        address=asked.requester_email,
        subject=f"{asked.number} {stage.zh} / {stage.en}"[:300],
        body=f"{asked.title}\n\n{stage.zh}\n{stage.en}\n{footer(kind) if user else ''}",
        created_at=now,
        next_at=now,
    )


def _tell_systems(case: Case, after: State, event: Event, now: dt.datetime) -> None:
    """Write one message for every webhook that wants to hear of this."""
    wanted = [
        target
        for target, kinds, actions in _TARGETS.rows()
        if (not kinds or case.kind in kinds) and (not actions or event.action in actions)
    ]
    if not wanted:
        return
    body = json.dumps(payload(case, after, event), ensure_ascii=False)
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            key=f"case-{case.pk}-{event.seq}-hook-{target}",
            kind=MessageKind.WEBHOOK,
            case=case,
            target_id=target,
            subject=f"case.{event.action}",
            body=body,
            created_at=now,
            next_at=now,
        )
        for target in wanted
    )


def payload(case: Case, after: State, event: Event) -> dict[str, object]:
    """Return what a webhook is told: nothing about the person who asked, no free text."""
    at = to_aware(event.at).isoformat()
    return {
        "type": f"case.{event.action}",
        "timestamp": at,
        "data": {
            "number": case.number,
            "kind": case.kind,
            "seq": event.seq,
            "stage": after.stage,
            "closed": after.closed,
            "outcome": after.outcome,
            "holder": after.holder,
            "lead": after.lead,
        },
    }
