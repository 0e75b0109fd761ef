"""What happens without anybody: reminders, the escalation ladder, the no-response rule.

Cases say themselves when they need looking at (``wake_at``). Each is looked at in a transaction of
its own with its row locked, so of two workers one finds nothing left to do.
"""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from openzone.engines.cases.attention import EscalationDue, escalations_due, reminders_due
from openzone.engines.cases.events import Event
from openzone.engines.cases.model import CaseType, Verb
from openzone.engines.cases.state import State
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.folding import events_of, state_of
from openzone.zone.cases.models import Case, Reminder
from openzone.zone.cases.packs import type_of, worktime
from openzone.zone.cases.projection import Units, project
from openzone.zone.cases.services import notices
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.writing import locked
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Membership, User
from openzone.zone.people.selectors import on_day

SYSTEM = Actor.system("cases")
_DUE = Text(
    "{number}“{title}”：{clock}已用{share}%", "{number} “{title}”: {share}% of {clock} used"
)
_UP = Text("{number}“{title}”超期，升级给您", "{number} “{title}” is late and goes up to you")
_ATTEMPTS = Text(
    "{number}“{title}”：诉求人未回复，记录{n}次联系后可按规定办结",
    "{number} “{title}”: no answer; it may be closed once {n} attempts to reach them are recorded",
)
# What stands in the table of reminders for the no-response rule, beside the names of clocks.
SILENCE = "no_response"


class Ticked(NamedTuple):
    """How many reminders went out, cases went up and cases were closed for no response."""

    reminders: int = 0
    escalations: int = 0
    lapses: int = 0

    def plus(self, other: "Ticked") -> "Ticked":
        """Return the sum of two."""
        return Ticked(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def run(now: dt.datetime, most: int = 5_000) -> Ticked:
    """Look after every case that woke by a moment; call it outside a transaction."""
    woken = Case.objects.filter(wake_at__lte=now, closed=False).order_by("wake_at", "pk")
    done = Ticked()
    for case in list(woken.only("pk")[:most]):
        done = done.plus(tick(actor=SYSTEM, case=case, now=now))
    return done


@transaction.atomic
def tick(*, actor: Actor, case: Case, now: dt.datetime) -> Ticked:
    """Look after one case: remind, escalate, close for no response, and note when next."""
    current = locked(case)
    if current.closed or current.wake_at is None or current.wake_at > now:
        return Ticked()
    type_, events = type_of(current.version), events_of(current)
    state, local = state_of(current, events), to_local(now)
    reminders = _remind(current, type_, state, now)
    Case.objects.filter(pk=current.pk).update(ticked_at=now)
    ups = [
        _escalate(current, type_, step, now)
        for step in escalations_due(type_, state, local, worktime())
    ]
    lapsed = _lapse(current, type_, state, events, now)
    _settle(current, now)
    done = Ticked(reminders, sum(ups), lapsed)
    if any(done):
        record("cases.ticked", actor=actor, subject=current.subject, payload=done._asdict())
    return done


def _settle(case: Case, now: dt.datetime) -> None:
    """Write down where the case stands and when it next needs looking at."""
    current = locked(case)
    current.ticked_at = now
    project(current, state_of(current), type_of(current.version), Units(current.lead))
    current.save()


def _remind(case: Case, type_: CaseType, state: State, now: dt.datetime) -> int:
    """Send the reminders that fell due and were never sent; of several of a clock the last."""
    new = [
        due
        for due in reminders_due(type_, state, to_local(now), worktime())
        if _is_first(case, due.clock, due.round, due.share, now)
    ]
    last = {due.clock: due for due in sorted(new, key=lambda due: due.share)}
    for due in last.values():
        share, label = round(due.share * 100), type_.clocks[due.clock].label
        said = _about(_DUE, case, share=share, clock=label)
        _tell_of_clock(case, state, said, f"{due.clock}-{due.round}-{share}", now, due.share >= 1)
    return len(last)


def _tell_of_clock(
    case: Case, state: State, said: Text, mark: str, now: dt.datetime, late: bool
) -> None:
    """Tell who holds a case, and the heads of the unit once it is late."""
    on, key = timezone.localdate(now), f"case-{case.pk}-{mark}"
    hands = notices.who_works_on(state, on, heads=False)
    kind = NoticeKind.OVERDUE if late else NoticeKind.DUE_SOON
    notices.notify(hands, case, "reminder", said, now, kind=kind, key=key)
    if late:
        heads = notices.who_works_on(state, on, heads=True) - hands
        up = NoticeKind.ESCALATED
        notices.notify(heads, case, "reminder", said, now, kind=up, key=f"{key}-head")


def _is_first(case: Case, clock: str, round_: int, share: float, now: dt.datetime) -> bool:
    """Note that a reminder goes out; ``False`` when it did before."""
    _, made = Reminder.objects.get_or_create(
        case=case,
        clock=clock,
        round=round_,
        share=round(share * 1000),
        defaults={"sent_at": now},
    )
    return made


def _about(text: Text, case: Case, *, clock: Text | None = None, **values: object) -> Text:
    zh, en = (clock.zh, clock.en) if clock else ("", "")
    named = {"number": case.number, "title": case.title, **values}
    return Text(text.zh.format(clock=zh, **named), text.en.format(clock=en, **named))


def _escalate(case: Case, type_: CaseType, step: EscalationDue, now: dt.datetime) -> int:
    """Take one step up the ladder, to leaders by name."""
    action = _by_system(type_, Verb.ESCALATE)
    if action is None:
        return 0
    leaders = _leaders(case, step.to, timezone.localdate(now))
    said = {
        "level": step.to,
        "leader": "、".join(str(leader) for leader in leaders) or step.to,
        "clock": step.clock,
        "after_share": step.after_share,
    }
    act(actor=SYSTEM, case=case, action=action, now=now, data=said)
    up, key = NoticeKind.ESCALATED, f"case-{case.pk}-{step.clock}-{step.to}-{step.after_share}"
    people = {leader.pk for leader in leaders}
    notices.notify(people, case, action, _about(_UP, case), now, kind=up, key=key)
    return 1


def _leaders(case: Case, level: str, on: dt.date) -> list[User]:
    """Return the leaders of a level: of the unit where it speaks of a head, else the zone's."""
    posts = Membership.objects.filter(on_day(on), role=Role.LEADER)
    if "head" in level:
        posts = posts.filter(unit=case.lead)
    else:
        posts = posts.filter(unit__kind=UnitKind.COMMITTEE)
    people = User.objects.filter(is_active=True, memberships__in=posts)
    return list(people.distinct().order_by("pk"))


def _lapse(
    case: Case, type_: CaseType, state: State, events: Sequence[Event], now: dt.datetime
) -> int:
    """Close for no response where enough attempts are on record; else ask for them, once."""
    rule, action = type_.no_response, _by_system(type_, Verb.LAPSE)
    if rule is None or action is None or state.lapse_from is None:
        return 0
    if to_local(now) <= state.lapse_from:
        return 0
    tried = _attempts(events, state)
    if len(tried) >= rule.attempts:
        act(actor=SYSTEM, case=case, action=action, now=now, data={"attempts": tried})
        return 1
    if _is_first(case, SILENCE, state.redo, 1.0, now):
        people = notices.who_works_on(state, timezone.localdate(now), heads=False)
        said = _about(_ATTEMPTS, case, n=rule.attempts)
        notices.notify(people, case, SILENCE, said, now, kind=NoticeKind.DUE_SOON)
    return 0


def _attempts(events: Sequence[Event], state: State) -> list[str]:
    """Return the attempts to reach the requester since it was last their turn.

    An attempt is an event whose data say ``attempt``: how, and what came of it.
    """
    since = state.held_since
    return [
        f"{event.at:%Y-%m-%d %H:%M} {event.by.label}: {event.data['attempt']}"
        for event in events
        if event.at >= since and event.data.get("attempt")
    ]


def _by_system(type_: CaseType, verb: Verb) -> str | None:
    """Return what a type calls a verb that the system may do."""
    actions = type_.by_verb.get(verb, ())
    return next((action.id for action in actions if "system" in action.who), None)
