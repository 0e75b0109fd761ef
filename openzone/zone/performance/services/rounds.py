"""Evaluations: opened, simulated, fixed by one, confirmed by another, objected to, final."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.performance.enums import RoundState, ScopeKind
from openzone.zone.performance.models import Participant, Round, Score
from openzone.zone.performance.packs import pack
from openzone.zone.performance.selectors.scopes import key_of
from openzone.zone.performance.selectors.scores import (
    Worked,
    as_json,
    open_objections,
    scheme_of,
    work_out,
)
from openzone.zone.performance.services.writing import locked, note

NO_SCHEME = Text("没有考核方案“{name}”", "there is no scheme “{name}”")
ON_RECORD = Text("该方案在这一天已有考核", "there is an evaluation by this scheme up to this day")
TO_COME = Text("{day} 还没有到", "{day} has not come yet")
ONE_OF_BOTH = Text("请选择一个单位或一个人", "name a unit or a person")
NO_POST = Text("方案里没有岗位“{name}”", "the scheme has no post “{name}”")
IN_IT = Text("“{name}”已在考核中", "“{name}” is in it already")
NOBODY = Text("还没有被考核的人或单位", "nobody is in it yet")
NO_TARGETS = Text(
    "以下人员或单位没有方案所列指标的年度目标：{names}",
    "these have no target of the year for any indicator of the scheme: {names}",
)
SAME_PERSON = Text("锁定结果的人不能自己确认", "who fixed the result does not confirm it")
WHY = Text("退回的，请写明原因", "say why it is returned")
NOT_OVER = Text("异议期到 {day} 才结束", "objections are possible until {day}")
UNANSWERED = Text("还有 {n} 件异议未答复", "{n} objections are not answered yet")


@transaction.atomic
def open_round(
    *, actor: Actor, user: User, scheme: str, title: str, on: dt.date, now: dt.datetime,
    today: dt.date, synthetic: bool = False,
) -> Round:  # fmt: skip
    """Open an evaluation of a year up to a day; scores are simulated until they are fixed."""
    found = pack().scheme(scheme)
    if found is None:
        raise Refused(NO_SCHEME.format(name=scheme), field="scheme")
    if on > today:
        raise Refused(TO_COME.format(day=on), field="on")
    if Round.objects.filter(scheme=scheme, on=on).exists():
        raise Refused(ON_RECORD, field="on")
    made = Round(
        scheme=scheme, definition=found.model_dump(mode="json"), title=title.strip(), on=on,
        opened_by=user, opened_at=now, synthetic=synthetic,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    _note("round_opened", actor, made, scheme=scheme, version=found.version, on=on.isoformat())
    return made


@transaction.atomic
def add_participant(
    *, actor: Actor, found: Round, post: str, unit: Unit | None = None, person: User | None = None
) -> Participant:
    """Evaluate a person or a unit in a post, with the coefficient the scheme gives it."""
    fresh = locked(found, RoundState.OPEN)
    if (unit is None) == (person is None):
        raise Refused(ONE_OF_BOTH, field="person")
    given = scheme_of(fresh).post(post)
    if given is None:
        raise Refused(NO_POST.format(name=post), field="post")
    scope = ScopeKind.UNIT if unit is not None else ScopeKind.PERSON
    made = Participant(
        round=fresh, scope=scope, scope_key=key_of(scope, unit, person), unit=unit, person=person,
        post=post, coefficient=given.coefficient,
    )  # fmt: skip
    if fresh.participants.filter(scope_key=made.scope_key).exists():
        raise Refused(IN_IT.format(name=made))
    ensure_valid(made)
    made.save(force_insert=True)
    _note("participant_added", actor, fresh, whose=made.scope_key, post=post)
    return made


@transaction.atomic
def drop_participant(*, actor: Actor, participant: Participant) -> None:
    """Take somebody out while scores are still simulated and none was ever fixed."""
    fresh = locked(participant.round, RoundState.OPEN)
    if participant.scores.exists():
        raise Refused(Text("已有锁定过的得分", "there is a score that was fixed once"))
    whose = participant.scope_key
    participant.delete()
    _note("participant_dropped", actor, fresh, whose=whose)


@transaction.atomic
def close_round(*, actor: Actor, user: User, found: Round, now: dt.datetime) -> Round:
    """Fix the scores as they are now; somebody else confirms them."""
    fresh = locked(found, RoundState.OPEN)
    rows = list(fresh.participants.select_related("round", "unit", "person"))
    if not rows:
        raise Refused(NOBODY)
    worked = [(one, work_out(one)) for one in rows]
    if empty := [str(one) for one, score in worked if not score.lines]:
        raise Refused(NO_TARGETS.format(names="、".join(empty)))
    for one, score in worked:
        add_score(one, score, now)
    fresh.state, fresh.closed_by, fresh.closed_at = RoundState.CLOSED, user, now
    fresh.save(update_fields=["state", "closed_by", "closed_at"])
    _note("round_closed", actor, fresh, scores=len(rows))
    return fresh


def add_score(participant: Participant, worked: Worked, now: dt.datetime) -> Score:
    """Write a score down; the newest of a participant is the one that stands."""
    made = Score(
        participant=participant, seq=participant.scores.count() + 1, points=worked.points,
        coefficient=worked.coefficient, total=round(worked.total, 4), lines=as_json(worked),
        made_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    return made


@transaction.atomic
def confirm_round(
    *, actor: Actor, user: User, found: Round, now: dt.datetime, today: dt.date
) -> Round:
    """Confirm a result that somebody else fixed; from now on it can be objected to."""
    fresh = locked(found, RoundState.CLOSED)
    if user.pk == fresh.closed_by_id:
        raise Refused(SAME_PERSON)
    until = today + dt.timedelta(days=scheme_of(fresh).objection_days)
    fresh.state, fresh.confirmed_by, fresh.confirmed_at = RoundState.CONFIRMED, user, now
    fresh.objections_until = until
    fresh.save(update_fields=["state", "confirmed_by", "confirmed_at", "objections_until"])
    _note("round_confirmed", actor, fresh, objections_until=until.isoformat())
    return fresh


@transaction.atomic
def return_round(*, actor: Actor, user: User, found: Round, remark: str) -> Round:
    """Send a result back to be simulated again, with the reason; the scores fixed stay on file."""
    fresh = locked(found, RoundState.CLOSED)
    if user.pk == fresh.closed_by_id:
        raise Refused(SAME_PERSON)
    if not remark.strip():
        raise Refused(WHY, field="remark")
    fresh.state, fresh.closed_by, fresh.closed_at = RoundState.OPEN, None, None
    fresh.remark = remark.strip()
    ensure_valid(fresh)
    fresh.save(update_fields=["state", "closed_by", "closed_at", "remark"])
    _note("round_returned", actor, fresh, remark=fresh.remark)
    return fresh


@transaction.atomic
def finish_round(*, actor: Actor, found: Round, now: dt.datetime, today: dt.date) -> Round:
    """Make a result final once the days are over and every objection is answered."""
    fresh = locked(found, RoundState.CONFIRMED)
    until = fresh.objections_until
    if until is not None and today <= until:
        raise Refused(NOT_OVER.format(day=until))
    if waiting := open_objections(fresh).count():
        raise Refused(UNANSWERED.format(n=waiting))
    fresh.state, fresh.final_at = RoundState.FINAL, now
    fresh.save(update_fields=["state", "final_at"])
    _note("round_final", actor, fresh)
    return fresh


@transaction.atomic
def log_scores_read(*, actor: Actor, found: Round, whose: str) -> None:
    """Log that somebody looks at scores that are not their own: one, or those of everybody."""
    _note("scores_read", actor, found, whose=whose)


def _note(action: str, actor: Actor, found: Round, **payload: JSON) -> None:
    note(action=action, actor=actor, subject=f"round:{found.pk}", payload=payload)
