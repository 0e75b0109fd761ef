"""Policy questions: asked, answered by who speaks for a unit, rated, asked again."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404
from ninja import Schema

from openzone.engines.text import Text
from openzone.www.api.desk import Desk
from openzone.www.api.errors import hide, require
from openzone.www.api.paging import After, Limit, Part, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.common import CaseRef, FirmOut, UnitOut
from openzone.www.api.values import Id, Line
from openzone.www.forms import consultations as page
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.permissions import may_see_console
from openzone.zone.spokespersons import permissions
from openzone.zone.spokespersons.models import Consultation, Reply
from openzone.zone.spokespersons.models import Part as UnitPart
from openzone.zone.spokespersons.selectors.register import Speaker, speakers_on
from openzone.zone.spokespersons.selectors.similar import similar
from openzone.zone.spokespersons.services import answers, consultations

desk = Desk(KeyArea.QUESTIONS)
RELATED = ("enterprise", "unit", "document", "item__document", "asked_by", "recorded_by", "case")


class ReplyOut(Schema):
    """An answer, by which unit, and how it was rated."""

    id: int
    text: str
    unit: UnitOut | None
    replied_at: dt.datetime
    published_question: str
    rating: int | None
    remark: str


class QuestionOut(Schema):
    """A question as lists show it."""

    id: int
    text: str
    case: CaseRef | None
    enterprise: FirmOut | None
    unit: UnitOut | None
    status: str
    asked_at: dt.datetime
    due_at: dt.datetime
    reopened: int


class UnitPartOut(Schema):
    """What a second unit adds; shown to people of the zone only."""

    id: int
    unit: UnitOut
    asks: str
    text: str
    done_at: dt.datetime | None


class QuestionDetail(QuestionOut):
    """A question with its answers."""

    replies: list[ReplyOut]
    unit_parts: list[UnitPartOut] = []


class QuestionPart(Part):
    """A part of the questions."""

    items: list[QuestionOut]


class SpeakerOut(Schema):
    """Who answers for a unit today."""

    unit: UnitOut
    name: str
    phone: str


class PublishedOut(Schema):
    """A published answer like a question."""

    question: str
    text: str
    answered_on: dt.date
    score: float


@desk.read("/spokespersons", Text("政策发言人", "Who answers for a unit"), list[SpeakerOut])
def speakers(asked: Asked) -> Any:
    """Who answers for each unit today, with the public telephone."""
    found: list[Speaker] = list(speakers_on(asked.on).values())
    return [
        {"unit": one.term.unit, "name": str(one.user or ""), "phone": one.term.phone}
        for one in found
    ]


@desk.read("/questions", Text("咨询列表", "List questions"), QuestionPart)
def list_questions(asked: Asked, status: Line = "", after: After = 0, limit: Limit = 50) -> Any:
    """Questions the caller may see, the latest first: one's own, or all at the desk."""
    rows = Consultation.objects.select_related(*RELATED)
    if not permissions.may_use_desk(asked.user, asked.on).allowed:
        own = permissions.enterprises_of(asked.user, asked.on)
        rows = rows.filter(Q(enterprise__in=own) | Q(asked_by=asked.user))
    return latest(rows.filter(status=status) if status else rows, after, limit)


@desk.read("/questions/alike", Text("已公开的类似问答", "Published answers like this"),
           list[PublishedOut])  # fmt: skip
def published_alike(asked: Asked, text: Line) -> Any:
    """Answers that were published to questions like this one."""
    return [
        {
            "question": one.published.question,
            "text": one.published.text,
            "answered_on": one.published.answered_on,
            "score": one.score,
        }
        for one in similar(text, asked.on)
    ]


@desk.read("/questions/{pk}", Text("咨询详情", "One question"), QuestionDetail)
def get_question(asked: Asked, pk: Id) -> Any:
    """A question with its answers; parts of other units for people of the zone only."""
    return _shown(asked, pk)


@desk.act("/questions", Text("提出咨询", "Ask a question"), page.OwnForm, QuestionDetail,
          status=201)  # fmt: skip
def ask_question(asked: Asked, sent: Sent) -> Any:
    """Ask for an enterprise one speaks for; who answers has two working days."""
    require(permissions.may_ask(asked.user, asked.on))
    own = permissions.enterprises_of(asked.user, asked.on)
    form = sent.form(own, asked.on)
    made = consultations.ask(
        actor=asked.actor, now=asked.now, enterprise=form.cleaned_data["enterprise"],
        asked_by=asked.user, **form.question(),
    )  # fmt: skip
    return _shown(asked, made.pk)


@desk.act("/recorded-questions", Text("代录咨询", "Take a question down"), page.CallForm,
          QuestionDetail, status=201)  # fmt: skip
@transaction.atomic
def record_question(asked: Asked, sent: Sent) -> Any:
    """Take a question of somebody else down, and the answer where it was given on the spot."""
    require(permissions.may_use_desk(asked.user, asked.on))
    form = sent.form(asked.on)
    made = consultations.ask(
        actor=asked.actor, now=asked.now, recorded_by=asked.user, **form.question()
    )
    if text := form.cleaned_data["answer"]:
        decision = permissions.may_answer(asked.user, made, asked.on)
        if not decision.allowed:
            raise Refused(decision.reason, field="answer")
        answers.reply(
            actor=asked.actor, consultation=made, text=text, by=asked.user, now=asked.now,
            on=asked.on, on_the_spot=True,
        )  # fmt: skip
    return _shown(asked, made.pk)


@desk.act("/questions/{pk}/replies", Text("答复", "Answer a question"), page.ReplyForm,
          QuestionDetail, status=201)  # fmt: skip
@transaction.atomic
def reply(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Answer; published where a question for everybody is given with it."""
    found = _seen(asked, pk)
    require(permissions.may_answer(asked.user, found, asked.on))
    given = sent.given()
    made = answers.reply(
        actor=asked.actor, consultation=found, text=given["text"], by=asked.user, now=asked.now,
        on=asked.on,
    )  # fmt: skip
    if question := given["published_question"]:
        answers.publish_reply(actor=asked.actor, reply=made, question=question, on=asked.on)
    return _shown(asked, pk)


@desk.act("/questions/{pk}/pass-on", Text("转办", "Pass a question on"), page.PassOnForm,
          QuestionDetail)  # fmt: skip
def pass_on(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Give the question to where it belongs; without a unit to the centre."""
    found = _routed(asked, pk)
    consultations.pass_on(actor=asked.actor, consultation=found, now=asked.now, **sent.given())
    return _shown(asked, pk)


@desk.act("/questions/{pk}/parts", Text("征求协办意见", "Ask another unit"), page.InvolveForm,
          QuestionDetail, status=201)  # fmt: skip
def involve(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Ask a second unit for its part."""
    found = _routed(asked, pk)
    consultations.involve(actor=asked.actor, consultation=found, now=asked.now, **sent.given())
    return _shown(asked, pk)


@desk.act("/questions/{pk}/parts/{row}", Text("提交协办意见", "Add a unit's part"), page.PartForm,
          QuestionDetail)  # fmt: skip
def contribute(asked: Asked, sent: Sent, pk: Id, row: Id) -> Any:
    """Add what the unit was asked for."""
    found = _seen(asked, pk)
    part = get_object_or_404(UnitPart.objects.select_related("unit", "consultation"), pk=row,
                             consultation=found)  # fmt: skip
    require(permissions.may_contribute(asked.user, part, asked.on))
    consultations.contribute(
        actor=asked.actor, part=part, by=asked.user, now=asked.now, **sent.given()
    )
    return _shown(asked, pk)


@desk.act("/questions/{pk}/limit", Text("选择时限", "Choose the time limit"), page.LimitForm,
          QuestionDetail)  # fmt: skip
def set_limit(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Measure the question by another promised limit."""
    found = _routed(asked, pk)
    consultations.set_limit(actor=asked.actor, consultation=found, now=asked.now, **sent.given())
    return _shown(asked, pk)


@desk.act("/questions/{pk}/help", Text("帮办记录", "Record help"), page.HelpForm, QuestionDetail)
def give_help(asked: Asked, sent: Sent, pk: Id) -> Any:
    """How the asker was helped with the application."""
    found = _routed(asked, pk)
    answers.give_help(actor=asked.actor, consultation=found, on=asked.on, **sent.given())
    return _shown(asked, pk)


@desk.act("/questions/{pk}/replies/{row}/publish", Text("公开答复", "Publish an answer"),
          page.PublishForm, QuestionDetail)  # fmt: skip
def publish(asked: Asked, sent: Sent, pk: Id, row: Id) -> Any:
    """Publish an answer under a question for everybody."""
    found = _routed(asked, pk)
    given = _reply(found, row)
    answers.publish_reply(actor=asked.actor, reply=given, on=asked.on, **sent.given())
    return _shown(asked, pk)


@desk.act("/questions/{pk}/replies/{row}/rate", Text("评价答复", "Rate an answer"), page.RateForm,
          QuestionDetail)  # fmt: skip
def rate(asked: Asked, sent: Sent, pk: Id, row: Id) -> Any:
    """Who asked rates the answer."""
    given = _reply(_seen(asked, pk), row)
    require(permissions.may_rate(asked.user, given, asked.on))
    answers.rate(actor=asked.actor, reply=given, now=asked.now, **sent.given())
    return _shown(asked, pk)


@desk.act("/questions/{pk}/replies/{row}/again", Text("再次咨询", "Ask again"), page.AgainForm,
          QuestionDetail)  # fmt: skip
def ask_again(asked: Asked, sent: Sent, pk: Id, row: Id) -> Any:
    """Open the question again after an answer that did not satisfy."""
    given = _reply(_seen(asked, pk), row)
    require(permissions.may_rate(asked.user, given, asked.on))
    answers.ask_again(actor=asked.actor, reply=given, now=asked.now, **sent.given())
    return _shown(asked, pk)


def _seen(asked: Asked, pk: int) -> Consultation:
    found = get_object_or_404(Consultation.objects.select_related(*RELATED), pk=pk)
    hide(permissions.may_see(asked.user, found, asked.on))
    return found


def _routed(asked: Asked, pk: int) -> Consultation:
    found = _seen(asked, pk)
    require(permissions.may_route(asked.user, found, asked.on))
    return found


def _reply(found: Consultation, row: int) -> Reply:
    given: Reply = get_object_or_404(found.replies, pk=row)
    given.consultation = found
    return given


def _shown(asked: Asked, pk: int) -> Any:
    found: Any = _seen(asked, pk)
    if may_see_console(asked.user, asked.on).allowed:
        found.unit_parts = list(found.parts.select_related("unit"))
    return found
