"""Answering, once and for good; and writing down a call, which is something else."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.surveys.models import CallBack, SurveyInvitation, SurveyResponse
from openzone.zone.surveys.permissions import may_answer, may_call_back
from openzone.zone.surveys.selectors.forms import form_of, scale_of

_LATE = Text("调查已于{day}结束", "the survey ended on {day}")
_ONCE = Text("已经填写，提交后不能更改", "answered already; an answer is not changed")
_MISSING = Text("请回答：{question}", "answer this: {question}")
_NO_GRADE = Text("没有这个选项", "there is no such grade")


@transaction.atomic
def answer(
    *,
    actor: Actor,
    user: User,
    invitation: SurveyInvitation,
    answers: Mapping[str, str],
    now: dt.datetime,
    remark: str = "",
) -> SurveyResponse:
    """Answer a survey. The log notes that somebody answered, never what."""
    current, today = _locked(invitation), timezone.localdate(now)
    decision = may_answer(user, current, today)
    if not decision.allowed:
        raise Refused(decision.reason)
    if today > current.answer_by:
        raise Refused(_LATE.format(day=current.answer_by))
    if SurveyResponse.objects.filter(invitation=current).exists():
        raise Refused(_ONCE)
    response = SurveyResponse(
        invitation=current,
        answers=_checked(current, answers),
        remark=remark.strip(),
        answered_by=user,
        answered_at=now,
    )
    ensure_valid(response)
    response.save(force_insert=True)
    subject = f"survey:{current.survey_id}"
    record("surveys.answered", actor=actor, subject=subject, payload={"invitation": current.pk})
    return response


@transaction.atomic
def call_back(
    *,
    actor: Actor,
    user: User,
    invitation: SurveyInvitation,
    reached: bool,
    now: dt.datetime,
    answers: Mapping[str, str] | None = None,
    remark: str = "",
) -> CallBack:
    """Write down a telephone call. It never counts with what enterprises answered themselves."""
    current = _locked(invitation)
    decision = may_call_back(user, current, timezone.localdate(now))
    if not decision.allowed:
        raise Refused(decision.reason)
    if CallBack.objects.filter(invitation=current).exists():
        raise Refused(Text("已回访", "called already"))
    call = CallBack(
        invitation=current,
        reached=reached,
        answers=_checked(current, answers or {}) if reached else {},
        remark=remark.strip(),
        called_by=user,
        called_at=now,
    )
    ensure_valid(call)
    call.save(force_insert=True)
    record(
        "surveys.called_back",
        actor=actor,
        subject=f"survey:{current.survey_id}",
        payload={"invitation": current.pk, "reached": reached},
    )
    return call


def _locked(invitation: SurveyInvitation) -> SurveyInvitation:
    locked = SurveyInvitation.objects.select_for_update(of=("self",)).select_related("survey")
    return locked.get(pk=invitation.pk)


def _checked(invitation: SurveyInvitation, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers to the form's questions, or refuse the first one at fault."""
    form, grades = form_of(invitation.survey), {g.id for g in scale_of(invitation.survey).grades}
    found: dict[str, str] = {}
    for question in form.questions:
        given = answers.get(question.id, "")
        if given and given not in grades:
            raise Refused(_NO_GRADE, field=question.id)
        if question.required and not given:
            text = Text(
                _MISSING.zh.format(question=question.text.zh),
                _MISSING.en.format(question=question.text.en),
            )
            raise Refused(text, field=question.id)
        if given:
            found[question.id] = given
    return found
