"""Deciding with an official answer, and somebody else's check that the answer answers."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.suggestions.enums import CampaignState, Check, OriginalState, Outcome
from openzone.zone.suggestions.models import Campaign, Final, Original, Verdict
from openzone.zone.suggestions.packs import pack, reason_named
from openzone.zone.suggestions.selectors.states import state_of
from openzone.zone.suggestions.services.campaigns import locked
from openzone.zone.suggestions.services.telling import tell

NO_REASON = Text("不采纳的，请选择理由", "say why it is not accepted")
NOT_EXPLAINED = Text(
    "不采纳的，请向建议人解释，至少 {n} 个字",
    "explain to the proposer why, in at least {n} characters",
)


@transaction.atomic
def decide(
    *,
    actor: Actor,
    by: User,
    final: Final,
    outcome: Outcome,
    answer: str,
    now: dt.datetime,
    reason: str = "",
) -> Verdict:
    """Decide on a final; a pilot may be decided once more when it has run."""
    _under_review(final.campaign)
    current = Final.objects.get(pk=final.pk)
    if current.dissolved_at is not None:
        raise Refused(Text("该合并已撤销", "this merge was undone"))
    _ensure_undecided(list(current.verdicts.all()), pilot_again=True)
    return _said(actor, Verdict(final=current), by, outcome, answer, reason, now)


@transaction.atomic
def reject_originals(
    *,
    actor: Actor,
    by: User,
    originals: Sequence[Original],
    reason: str,
    answer: str,
    now: dt.datetime,
) -> list[Verdict]:
    """Decide not to accept originals that nobody merged, each with its reason and explanation."""
    verdicts = []
    if not originals:
        raise Refused(Text("请选择至少一条建议", "choose at least one"), field="originals")
    for original in originals:
        _under_review(original.campaign)
        _ensure_open(original)
        made = _said(actor, Verdict(original=original), by, Outcome.REJECT, answer, reason, now)
        verdicts.append(made)
    return verdicts


@transaction.atomic
def pass_answer(*, actor: Actor, by: User, verdict: Verdict, now: dt.datetime) -> Verdict:
    """Find that an answer answers: the decision stands, and every proposer is told."""
    current = _to_be_checked(by, verdict)
    _siblings(current).filter(standing=True).update(standing=False)
    current.check_state, current.standing = Check.PASSED, True
    current.checked_by, current.checked_at = by, now
    current.save(update_fields=["check_state", "standing", "checked_by", "checked_at"])
    told = tell(current, now)
    _note("passed", actor, current, told=told)
    return current


@transaction.atomic
def return_answer(
    *, actor: Actor, by: User, verdict: Verdict, remark: str, now: dt.datetime
) -> Verdict:
    """Find that an answer does not answer (答非所问): it has to be answered again."""
    current = _to_be_checked(by, verdict)
    if not remark.strip():
        raise Refused(Text("请写明答复缺什么", "say what the answer leaves open"), field="remark")
    current.check_state, current.remark = Check.RETURNED, remark.strip()
    current.checked_by, current.checked_at = by, now
    ensure_valid(current)
    current.save(update_fields=["check_state", "remark", "checked_by", "checked_at"])
    _note("returned", actor, current, remark=current.remark)
    return current


def label(verdict: Verdict) -> str:
    """Return what events call a decision: the thing it is about."""
    if verdict.final_id is not None:
        return f"suggestion_final:{verdict.final_id}"
    return f"suggestion:{verdict.original_id}"


def _under_review(campaign: Campaign) -> None:
    current = locked(campaign)
    if current.state not in (CampaignState.COLLECTING, CampaignState.REVIEWING):
        raise Refused(Text("该征集不在收集或评审阶段", "the campaign is not under review"))


def _ensure_open(original: Original) -> None:
    number = {"n": original.number}
    if state_of(original) != OriginalState.OPEN:
        raise Refused(
            Text(
                "第 {n} 号已合并、已有结论或已撤回", "{n} was merged, decided or taken back"
            ).format(**number)
        )
    _ensure_undecided(list(original.verdicts.all()))


def _ensure_undecided(verdicts: Sequence[Verdict], *, pilot_again: bool = False) -> None:
    if any(one.check_state == Check.WAITING for one in verdicts):
        raise Refused(Text("已有答复等待核验", "an answer waits for its check"))
    standing = next((one for one in verdicts if one.standing), None)
    if standing and not (pilot_again and standing.outcome == Outcome.PILOT):
        raise Refused(Text("已有结论", "it is decided"))


def _said(
    actor: Actor,
    verdict: Verdict,
    by: User,
    outcome: Outcome,
    answer: str,
    reason: str,
    now: dt.datetime,
) -> Verdict:
    _ensure_explained(outcome, reason, answer)
    verdict.outcome, verdict.answer = outcome, answer.strip()
    verdict.reason = reason if outcome == Outcome.REJECT else ""
    verdict.decided_by, verdict.decided_at = by, now
    ensure_valid(verdict)
    verdict.save()
    _note("decided", actor, verdict, outcome=str(outcome), reason=verdict.reason)
    return verdict


def _ensure_explained(outcome: Outcome, reason: str, answer: str) -> None:
    if not answer.strip():
        raise Refused(Text("请写明答复", "write the answer"), field="answer")
    if outcome != Outcome.REJECT:
        return
    if reason_named(reason) is None:
        raise Refused(NO_REASON, field="reason")
    least = pack().rejection.least_characters
    if len(answer.strip()) < least:
        raise Refused(NOT_EXPLAINED.format(n=least), field="answer")


def _to_be_checked(by: User, verdict: Verdict) -> Verdict:
    subject = verdict.final or verdict.original
    if subject is not None:
        locked(subject.campaign)
    current = Verdict.objects.select_related("final", "original").get(pk=verdict.pk)
    if current.check_state != Check.WAITING:
        raise Refused(Text("该答复已核验", "this answer was checked already"))
    if current.decided_by_id == by.pk:
        raise Refused(Text("本人的答复由他人核验", "who answered does not check the answer"))
    return current


def _siblings(verdict: Verdict) -> "QuerySet[Verdict]":
    subject = verdict.final or verdict.original
    return Verdict.objects.none() if subject is None else subject.verdicts.all()


def _note(action: str, actor: Actor, verdict: Verdict, **payload: str | int) -> None:
    record(
        f"suggestions.verdict.{action}",
        actor=actor,
        subject=label(verdict),
        payload={"verdict": verdict.pk, **payload},
    )
