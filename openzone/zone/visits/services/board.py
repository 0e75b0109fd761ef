"""The challenge board: posted, claimed, handed in, and judged by who posted it."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.models import Enterprise
from openzone.zone.visits.enums import ChallengeState
from openzone.zone.visits.models import Challenge, Claim
from openzone.zone.visits.services.terms import said

_TAKEN = Text("该题已被领取或已结束", "it is claimed already, or over")
_NOT_YOURS = Text("由领题人提交结果", "the result comes from who claimed it")
_NOT_POSTED = Text("由出题人确认", "confirmed by who posted it")
_OWN = Text("不能确认自己完成的题目", "nobody confirms their own result")


@transaction.atomic
def post_challenge(
    *,
    actor: Actor,
    user: User,
    title: str,
    problem: str,
    wanted: str,
    due_on: dt.date,
    now: dt.datetime,
    today: dt.date,
    unit: Unit | None = None,
    enterprise: Enterprise | None = None,
) -> Challenge:
    """Post a problem for a unit, or for an enterprise by one of its people."""
    if due_on < today:
        raise Refused(Text("期限已过", "the day has passed"), field="due_on")
    if (unit is None) == (enterprise is None):
        raise Refused(Text("请选择出题单位或企业", "name the unit or the enterprise"), field="unit")
    challenge = Challenge(
        title=said(title, "title"),
        problem=said(problem, "problem"),
        wanted=said(wanted, "wanted"),
        due_on=due_on,
        posted_by=user,
        unit=unit,
        enterprise=enterprise.root if enterprise else None,
        posted_at=now,
    )
    ensure_valid(challenge)
    challenge.save()
    _note("visits.challenge.posted", actor, challenge, {"due": due_on})
    return challenge


@transaction.atomic
def claim_challenge(
    *,
    actor: Actor,
    user: User,
    challenge: Challenge,
    unit: Unit,
    plan: str,
    now: dt.datetime,
    branch: str = "",
) -> Claim:
    """Take a challenge up for a unit or branch. Who posted it cannot: they judge the result."""
    current = _in(challenge, ChallengeState.OPEN)
    if current.posted_by_id == user.pk:
        raise Refused(Text("不能领取自己出的题", "nobody claims what they posted"))
    claim = Claim(
        challenge=current,
        unit=unit,
        branch=branch.strip(),
        user=user,
        plan=said(plan, "plan"),
        claimed_at=now,
    )
    ensure_valid(claim)
    claim.save()
    _move(current, ChallengeState.CLAIMED)
    _note("visits.challenge.claimed", actor, current, {"unit": unit.code})
    return claim


@transaction.atomic
def deliver_result(
    *, actor: Actor, user: User, challenge: Challenge, result: str, now: dt.datetime
) -> Claim:
    """Hand in what came of it."""
    current = _in(challenge, ChallengeState.CLAIMED)
    claim = _running(current)
    if claim.user_id != user.pk:
        raise Refused(_NOT_YOURS)
    claim.result, claim.delivered_at = said(result, "result"), now
    ensure_valid(claim)
    claim.save()
    _move(current, ChallengeState.DELIVERED)
    _note("visits.challenge.delivered", actor, current, {})
    return claim


@transaction.atomic
def judge_result(
    *,
    actor: Actor,
    user: User,
    challenge: Challenge,
    accepted: bool,
    remark: str,
    now: dt.datetime,
) -> Claim:
    """Confirm a result, or open the challenge again. Only who posted it may."""
    current = _in(challenge, ChallengeState.DELIVERED)
    claim = _running(current)
    if current.posted_by_id != user.pk:
        raise Refused(_NOT_POSTED)
    if claim.user_id == user.pk:
        raise Refused(_OWN)
    claim.accepted, claim.judged_at = accepted, now
    claim.remark = remark.strip() if accepted else said(remark, "remark")
    ensure_valid(claim)
    claim.save()
    _move(current, ChallengeState.CONFIRMED if accepted else ChallengeState.OPEN)
    _note("visits.challenge.judged", actor, current, {"accepted": accepted})
    return claim


@transaction.atomic
def withdraw_challenge(*, actor: Actor, user: User, challenge: Challenge, reason: str) -> Challenge:
    """Take a problem off the board while nobody works on it."""
    current = _in(challenge, ChallengeState.OPEN)
    if current.posted_by_id != user.pk:
        raise Refused(Text("由出题人撤回", "withdrawn by who posted it"))
    current.withdrawn_because = said(reason, "reason")
    ensure_valid(current)
    _move(current, ChallengeState.WITHDRAWN)
    _note("visits.challenge.withdrawn", actor, current, {"reason": current.withdrawn_because})
    return current


def _in(challenge: Challenge, state: ChallengeState) -> Challenge:
    current = Challenge.objects.select_for_update(of=("self",)).get(pk=challenge.pk)
    if current.state != state:
        raise Refused(_TAKEN)
    return current


def _running(challenge: Challenge) -> Claim:
    return Claim.objects.select_for_update(of=("self",)).get(
        challenge=challenge, accepted__isnull=True
    )


def _move(challenge: Challenge, state: ChallengeState) -> None:
    challenge.state = state
    challenge.save(update_fields=["state", "withdrawn_because"])


def _note(action: str, actor: Actor, challenge: Challenge, payload: dict[str, JSON]) -> None:
    record(action, actor=actor, subject=f"challenge:{challenge.pk}", payload=payload)
