"""What handlers do before the decision: check the form, ask for opinions, propose an amount."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User
from openzone.zone.redemption import flow, packs
from openzone.zone.redemption.enums import Stage, Verdict
from openzone.zone.redemption.models import Application, Opinion


@transaction.atomic
def accept(
    *, actor: Actor, user: User, application: Application, at: dt.datetime, seen: int | None = None
) -> Application:
    """Find the papers complete and in form."""
    current = flow.locked(application, Stage.FORMALITY, seen=seen)
    current.asked = ""
    to = flow.following(current, Stage.FORMALITY)
    flow.move(current, to, actor=actor, user=user, at=at, action="accepted")
    return current


@transaction.atomic
def return_for_correction(
    *,
    actor: Actor,
    user: User,
    application: Application,
    asked: str,
    at: dt.datetime,
    seen: int | None = None,
) -> Application:
    """Send an application back, telling everything that is missing at once."""
    current = flow.locked(application, Stage.FORMALITY, seen=seen)
    term = current.rules_of_procedure.correction
    if not asked.strip():
        raise Refused(Text("请写明需要补正的内容", "say what is to be corrected"), field="asked")
    if term is None or current.corrections >= term.times:
        raise Refused(
            Text(
                "已补正{n}次，不能再次退回，请受理或写明理由不予支持",
                "it was returned {n} times, as often as it may be: accept it, or reject it",
            ).format(n=current.corrections)
        )
    current.corrections += 1
    current.asked = asked.strip()
    flow.move(
        current, Stage.CORRECTION, actor=actor, user=user, at=at, action="returned", note=asked
    )
    return current


@transaction.atomic
def ask_units(
    *, actor: Actor, user: User, application: Application, units: Sequence[Unit], at: dt.datetime
) -> list[Opinion]:
    """Ask several units at once; each answers for itself, by its own day."""
    current = flow.locked(application, Stage.REVIEW)
    if not units:
        raise Refused(Text("请选择单位", "choose units"), field="units")
    asked = [_asked(current, user, at, unit=unit) for unit in units]
    names = "、".join(str(unit) for unit in units)
    flow.leave_step(current, actor=actor, user=user, at=at, action="asked", note=names)
    return asked


@transaction.atomic
def ask_reviewers(
    *,
    actor: Actor,
    user: User,
    application: Application,
    reviewers: Sequence[User],
    at: dt.datetime,
) -> list[Opinion]:
    """Ask reviewers by name; nobody reviews what they or their enterprise applied for."""
    from openzone.zone.redemption.permissions import not_for_oneself

    current = flow.locked(application, Stage.REVIEW)
    if not reviewers:
        raise Refused(Text("请选择评审人", "choose reviewers"), field="reviewers")
    for reviewer in reviewers:
        decision = not_for_oneself(reviewer, current, _day(at))
        if not decision.allowed:
            raise Refused(decision.reason, field="reviewers")
    asked = [_asked(current, user, at, reviewer=reviewer) for reviewer in reviewers]
    names = "、".join(str(reviewer) for reviewer in reviewers)
    flow.leave_step(current, actor=actor, user=user, at=at, action="asked", note=names)
    return asked


def _asked(
    application: Application,
    user: User,
    at: dt.datetime,
    unit: Unit | None = None,
    reviewer: User | None = None,
) -> Opinion:
    rule = application.rules_of_procedure.rule(Stage.REVIEW)
    opinion, _ = Opinion.objects.get_or_create(
        application=application,
        round=application.round,
        unit=unit,
        reviewer=reviewer,
        defaults={
            "asked_by": user,
            "asked_at": at,
            "due_at": packs.due_at(rule.limit if rule else None, at),
        },
    )
    return opinion


@transaction.atomic
def give_opinion(
    *,
    actor: Actor,
    user: User,
    opinion: Opinion,
    verdict: Verdict,
    at: dt.datetime,
    text: str = "",
    score: Decimal | None = None,
) -> Opinion:
    """Answer what was asked. When the last one is in, the application goes on by itself."""
    application = flow.locked(opinion.application, Stage.REVIEW)
    current = Opinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
    if current.given_at is not None:
        raise Refused(_given(current))
    if verdict != Verdict.AGREE and not text.strip():
        raise Refused(Text("请写明理由", "give the grounds"), field="text")
    _ensure_score(application, verdict, score)
    current.verdict, current.text, current.score = verdict, text.strip(), score
    current.given_by, current.given_at = user, at
    current.save()
    flow.leave_step(
        application, actor=actor, user=user, at=at, action="opinion", note=current.whose,
        details={"opinion": current.pk, "verdict": str(verdict)},
    )  # fmt: skip
    if _review_complete(application):
        to = flow.following(application, Stage.REVIEW)
        flow.move(application, to, actor=actor, user=user, at=at, action="reviewed")
    return current


def _given(opinion: Opinion) -> Text:
    return Text(
        f"已由{opinion.given_by}填写，不能更改", f"already given by {opinion.given_by}: it stands"
    )


def _ensure_score(application: Application, verdict: Verdict, score: Decimal | None) -> None:
    scores = application.rules_of_procedure.scores
    if scores is None or verdict == Verdict.CONFLICT:
        return
    if score is None or not scores.lowest <= score <= scores.highest:
        raise Refused(
            Text("请评分（{low}至{high}）", "give a score ({low} to {high})").format(
                low=scores.lowest, high=scores.highest
            ),
            field="score",
        )


def _review_complete(application: Application) -> bool:
    """Whether everybody asked has answered, and enough of them without a conflict."""
    opinions = list(application.opinions.filter(round=application.round))
    if any(opinion.given_at is None for opinion in opinions):
        return False
    scores = application.rules_of_procedure.scores
    free = [opinion for opinion in opinions if opinion.verdict != Verdict.CONFLICT]
    return len(free) >= (scores.reviewers if scores else 1)


@transaction.atomic
def allow_excess(
    *,
    actor: Actor,
    user: User,
    application: Application,
    up_to: int,
    reason: str,
    at: dt.datetime,
) -> Application:
    """Allow more than the rule computes, in writing; who allows it cannot be who proposes it."""
    current = flow.locked(application, Stage.PROPOSAL)
    if not reason.strip():
        raise Refused(Text("请写明理由", "give the grounds"), field="reason")
    if up_to <= (current.computed or 0):
        raise Refused(Text("不高于核算金额", "not above the computed amount"), field="up_to")
    current.excess, current.excess_note, current.excess_by = up_to, reason.strip(), user
    current.save()
    flow.leave_step(
        current, actor=actor, user=user, at=at, action="excess", note=reason,
        details={"up_to": up_to},
    )  # fmt: skip
    return current


@transaction.atomic
def propose(
    *,
    actor: Actor,
    user: User,
    application: Application,
    at: dt.datetime,
    amount: int | None = None,
    note: str = "",
    seen: int | None = None,
) -> Application:
    """Propose what is to be paid (fen); nothing where no money flows."""
    current = flow.locked(application, Stage.PROPOSAL, seen=seen)
    if current.pays:
        _ensure_amount(current, user, amount, note)
    current.proposed = amount if current.pays else None
    current.proposed_by, current.proposal_note = user, note.strip()
    to = flow.following(current, Stage.PROPOSAL)
    flow.move(
        current, to, actor=actor, user=user, at=at, action="proposed", note=note,
        details={"amount": current.proposed},
    )  # fmt: skip
    return current


def _ensure_amount(application: Application, user: User, amount: int | None, note: str) -> None:
    if amount is None or amount <= 0:
        raise Refused(Text("请填写金额", "give the amount"), field="amount")
    limit = application.computed
    if limit is None and not note.strip():
        raise Refused(
            Text("没有核算金额，请写明依据", "no amount is computed: give the grounds"),
            field="note",
        )
    if limit is None or amount <= limit:
        return
    if application.excess is None or amount > application.excess:
        raise Refused(ABOVE, field="amount")
    if application.excess_by_id == user.pk:
        raise Refused(
            Text("超额理由须由他人书写", "the reason for more must be another person's"),
            field="amount",
        )


def _day(at: dt.datetime) -> dt.date:
    from django.utils import timezone

    return timezone.localdate(at)


ABOVE = Text(
    "高于核算金额，须先由他人书面说明理由",
    "above the computed amount: another person must first give a written reason",
)
