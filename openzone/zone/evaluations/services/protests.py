"""Objections of those evaluated, and what a third says to them."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from openzone.engines.scoring.model import Scored
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.evaluations.enums import About, CycleState, RunKind
from openzone.zone.evaluations.models import Entrant, Outcome, Protest, ProtestAnswer, Run
from openzone.zone.evaluations.permissions import may_answer, may_object
from openzone.zone.evaluations.selectors.items import pack_of
from openzone.zone.evaluations.selectors.results import kept, latest_run, work_out
from openzone.zone.evaluations.services.cycles import write_run
from openzone.zone.evaluations.services.telling import tell_answered
from openzone.zone.evaluations.writing import ensure_allowed, ensure_said, locked, note
from openzone.zone.people.models import User

OPEN = Text("已有一件异议待答复", "there is an objection that waits for its reply")
ONCE = Text("对这一结果的异议已经答复", "the objection to this result was answered already")
ANSWERED = Text("已由{who}答复", "answered already by {who}")
UNCHANGED = Text(
    "按现有数据重新计算，结果没有变化；请先由填报部门更正数据，再支持异议",
    "worked out again the result is the same: have the data corrected first, then uphold",
)
SAME_LAND = Text(
    "用地面积没有更正；请先更正，再支持异议",
    "the land area was not corrected: correct it first, then uphold the objection",
)


@transaction.atomic
def object_to(
    *, actor: Actor, user: User, entrant: Entrant, text: str, now: dt.datetime
) -> Protest:
    """Object to the land area posted, or to the result that stands, within the days."""
    cycle = locked(entrant.cycle, CycleState.POSTED, CycleState.PUBLISHED)
    entrant.cycle = cycle
    ensure_allowed(may_object(user, entrant, timezone.localdate(now)))
    if entrant.protests.filter(answer=None).exists():
        raise Refused(OPEN)
    outcome = _outcome(entrant) if cycle.state == CycleState.PUBLISHED else None
    if outcome is not None and outcome.protests.exists():
        raise Refused(ONCE)
    made = Protest(
        entrant=entrant, about=About.RESULT if outcome else About.LAND, outcome=outcome,
        text=ensure_said(text, "text"), made_by=user, made_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    note("protest.made", actor, cycle, entrant=entrant.pk, about=made.about)
    return made


def _outcome(entrant: Entrant) -> Outcome | None:
    run = latest_run(entrant.cycle)
    return Outcome.objects.filter(run=run, entrant=entrant).first()


@transaction.atomic
def answer(
    *, actor: Actor, user: User, protest: Protest, upheld: bool, text: str, now: dt.datetime
) -> ProtestAnswer:
    """Answer an objection, as a third.

    Upheld, everybody is worked out again from the data as it has been corrected by then; points
    and classes are never given by hand.
    """
    states = (CycleState.POSTED,) if protest.about == About.LAND else (CycleState.PUBLISHED,)
    cycle = locked(protest.entrant.cycle, *states)
    protest.entrant.cycle = cycle
    done = ProtestAnswer.objects.select_related("answered_by").filter(protest=protest).first()
    if done is not None:
        raise Refused(ANSWERED.format(who=done.answered_by))
    ensure_allowed(may_answer(user, protest, timezone.localdate(now)))
    run = _again(protest, user, now) if upheld else None
    made = ProtestAnswer(
        protest=protest, upheld=upheld, text=ensure_said(text, "text"), run=run,
        objected_by=protest.made_by, answered_by=user, answered_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    note("protest.answered", actor, cycle, protest=protest.pk, upheld=upheld)
    tell_answered(made, now)
    return made


def _again(protest: Protest, user: User, now: dt.datetime) -> Run | None:
    if protest.outcome is None:
        since = protest.entrant.cells.filter(item="land", at__gt=protest.made_at)
        if not since.exists():
            raise Refused(SAME_LAND, field="upheld")
        return None
    found = work_out(protest.entrant.cycle)
    mine = next(one for one in found if one.entry.id == str(protest.entrant_id))
    if _same(mine, protest.outcome):
        raise Refused(UNCHANGED, field="upheld")
    return write_run(protest.entrant.cycle, RunKind.CORRECTED, user, now, found)


def _same(now: Scored, before: Outcome) -> bool:
    was = kept(before, pack_of(before.run.cycle).scheme)
    return (now.score, now.class_, dict(now.entry.values)) == (
        was.score, was.class_, dict(was.entry.values)
    )  # fmt: skip
