"""Answering, rating, asking again, helping with the application."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.engines.worktime.durations import Duration, Unit
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.policies.models import Answer
from openzone.zone.policies.services.answers import answer_question
from openzone.zone.spokespersons.enums import ConsultationStatus, Rating
from openzone.zone.spokespersons.models import Consultation, Reply
from openzone.zone.spokespersons.selectors.basis import basis_of, document_of
from openzone.zone.spokespersons.selectors.consultations import DISSATISFIED
from openzone.zone.spokespersons.selectors.urgency import due_at
from openzone.zone.spokespersons.services import casework
from openzone.zone.spokespersons.services.consultations import label, locked


@transaction.atomic
def reply(
    *,
    actor: Actor,
    consultation: Consultation,
    text: str,
    by: User,
    now: dt.datetime,
    on: dt.date,
    on_the_spot: bool = False,
) -> Reply:
    """Answer a question, based on the versions in force on the day ``on``."""
    current = locked(consultation)
    if current.status != ConsultationStatus.OPEN:
        raise Refused(Text("该问题已答复", "the question is answered already"))
    answer = Reply(
        consultation=current,
        text=text.strip(),
        replied_by=by,
        unit=current.unit,
        opened_at=current.opened_at,
        due_at=current.due_at,
        replied_at=now,
        on_the_spot=on_the_spot,
        basis=basis_of(current, on),
    )
    if not answer.text:
        raise Refused(Text("请填写答复内容", "write the answer"), field="text")
    ensure_valid(answer)
    answer.save()
    current.status = ConsultationStatus.ANSWERED
    current.save(update_fields=["status"])
    casework.reply(current, actor, answer.text, now)
    payload: dict[str, JSON] = {
        "reply": answer.pk,
        "in_time": answer.in_time,
        "on_the_spot": on_the_spot,
    }
    record(
        "spokespersons.consultation.answered",
        actor=actor,
        subject=label(current),
        payload=payload,
    )
    return answer


@transaction.atomic
def publish_reply(*, actor: Actor, reply: Reply, question: str, on: dt.date) -> Reply:
    """Publish an answer under a question that does not say who asked.

    One about a document goes into the library of the policy, tied to its versions of ``on``.
    """
    current = _locked_reply(reply)
    published = question.strip()
    if not published:
        raise Refused(Text("请填写公开的问题", "write the question as published"), field="question")
    if current.published_as is not None or current.published_question:
        raise Refused(Text("该答复已公开", "this answer is published already"))
    current.published_question = published
    ensure_valid(current)
    current.published_as = _into_library(actor, current, on)
    current.save(update_fields=["published_question", "published_as"])
    payload: dict[str, JSON] = {"reply": current.pk, "question": published}
    record(
        "spokespersons.reply.published",
        actor=actor,
        subject=label(current.consultation),
        payload=payload,
    )
    return current


def _into_library(actor: Actor, reply: Reply, on: dt.date) -> Answer | None:
    consultation = reply.consultation
    document = document_of(consultation)
    if document is None:
        return None
    return answer_question(
        actor=actor,
        document=document,
        item=consultation.item,
        question=reply.published_question,
        text=reply.text,
        on=on,
        unit=reply.unit,
        asked=label(consultation),
    )


@transaction.atomic
def rate(
    *, actor: Actor, reply: Reply, rating: Rating, now: dt.datetime, remark: str = ""
) -> Reply:
    """Let who asked rate an answer, once."""
    current = _locked_reply(reply)
    if current.rating is not None:
        raise Refused(Text("该答复已评价", "this answer is rated already"))
    current.rating, current.remark, current.rated_at = rating, remark.strip(), now
    ensure_valid(current)
    current.save(update_fields=["rating", "remark", "rated_at"])
    if _settles(current):
        said = {"satisfied": int(rating), "remark": current.remark}
        casework.step(current.consultation, actor, "confirm", now, said)
    payload: dict[str, JSON] = {"reply": current.pk, "rating": int(rating)}
    record(
        "spokespersons.reply.rated",
        actor=actor,
        subject=label(current.consultation),
        payload=payload,
    )
    return current


@transaction.atomic
def ask_again(*, actor: Actor, reply: Reply, why: str, now: dt.datetime) -> Consultation:
    """Open a question again after an answer that did not satisfy; its limit begins anew.

    Refused unless the answer is the last one and was rated as dissatisfying.
    """
    current = _locked_reply(reply)
    consultation = current.consultation
    _ensure_dissatisfied(current)
    if not why.strip():
        raise Refused(Text("请说明还需解答什么", "say what is still to be answered"), field="why")
    current.remark = why.strip()
    current.save(update_fields=["remark"])
    clock = Duration(consultation.limit_amount, Unit(consultation.limit_unit))
    said = {"reason": current.remark, "satisfied": current.rating}
    case = casework.step(consultation, actor, "ask_again", now, said)
    consultation.status = ConsultationStatus.OPEN
    consultation.opened_at = now
    consultation.due_at = casework.due_at(case) or due_at(now, clock)
    consultation.reopened += 1
    consultation.save(update_fields=["status", "opened_at", "due_at", "reopened"])
    payload: dict[str, JSON] = {"reopened": consultation.reopened, "due": consultation.due_at}
    record(
        "spokespersons.consultation.asked_again",
        actor=actor,
        subject=label(consultation),
        payload=payload,
    )
    return consultation


@transaction.atomic
def give_help(*, actor: Actor, consultation: Consultation, note: str, on: dt.date) -> Consultation:
    """Record how the asker was helped with the application."""
    current = locked(consultation)
    if not note.strip():
        raise Refused(Text("请填写辅导情况", "say what was done"), field="note")
    current.help_note, current.helped_on = note.strip(), on
    ensure_valid(current)
    current.save(update_fields=["help_note", "helped_on"])
    record(
        "spokespersons.consultation.helped",
        actor=actor,
        subject=label(current),
        payload={"note": current.help_note},
    )
    return current


def _locked_reply(reply: Reply) -> Reply:
    consultation = locked(reply.consultation)
    current = Reply.objects.get(pk=reply.pk)
    current.consultation = consultation
    return current


def _settles(reply: Reply) -> bool:
    """Whether a rating ends the case: the last answer satisfied, and nobody closed it before."""
    case = reply.consultation.case
    last = reply.consultation.replies.order_by("-pk").first()
    return (
        reply.rating not in DISSATISFIED and last == reply and case is not None and not case.closed
    )


def _ensure_dissatisfied(reply: Reply) -> None:
    last = reply.consultation.replies.order_by("-pk").first()
    is_answered = reply.consultation.status == ConsultationStatus.ANSWERED
    if not is_answered or last is None or last.pk != reply.pk:
        raise Refused(Text("该问题正在答复中", "the question is being answered"))
    if reply.rating not in DISSATISFIED:
        raise Refused(
            Text("评价为不满意后可要求重新答复", "rate the answer as dissatisfying to ask again")
        )
