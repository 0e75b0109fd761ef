"""Satisfaction surveys: answered by who is asked only; results once they may be shown."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Schema

from openzone.engines.text import Text
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import FieldProblem, InvalidError, hide, require
from openzone.www.api.paging import After, Limit, Part, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.common import CaseRef, FirmOut, PersonOut
from openzone.www.api.values import Id, Line, Paragraphs
from openzone.www.forms.surveys import OpenSurveyForm
from openzone.zone.people.enums import KeyArea
from openzone.zone.registry.selectors.identity import live
from openzone.zone.surveys import permissions
from openzone.zone.surveys.models import Survey, SurveyInvitation
from openzone.zone.surveys.packs import form_named
from openzone.zone.surveys.selectors import figures as selectors
from openzone.zone.surveys.selectors.assessment import assessment
from openzone.zone.surveys.selectors.forms import form_of, scale_of
from openzone.zone.surveys.services import answering
from openzone.zone.surveys.services.asking import open_survey

desk = Desk(KeyArea.SURVEYS)
RELATED = ("survey", "enterprise", "case", "about_user", "about_unit", "person")


class SurveyOut(Schema):
    """A survey."""

    id: int
    form: str
    title: str
    first: dt.date
    last: dt.date
    opens_on: dt.date
    closes_on: dt.date


class SurveyPart(Part):
    """A part of the surveys."""

    items: list[SurveyOut]


class QuestionnaireOut(Schema):
    """What is asked, and the grades each question can have."""

    questions: list[dict[str, str]]
    grades: list[dict[str, str]]


class InvitationOfSurveyOut(Schema):
    """Somebody is asked."""

    id: int
    survey: SurveyOut
    enterprise: FirmOut | None
    case: CaseRef | None
    about_user: PersonOut | None
    invited_on: dt.date
    answer_by: dt.date


class InvitationDetail(InvitationOfSurveyOut):
    """Somebody is asked, with the questions."""

    questionnaire: QuestionnaireOut


class FiguresOut(Schema):
    """What a survey says; ``opinion`` is null where it is not shown, ``why_hidden`` says why."""

    survey: SurveyOut
    response: dict[str, int]
    opinion: dict[str, Any] | None
    why_hidden: str


class AssessedOut(Schema):
    """One person's assessment of a quarter."""

    user: PersonOut
    response: dict[str, int]
    opinion: dict[str, Any] | None
    complaints: int


class AnswerIn(Body):
    """A grade for every question, and a remark."""

    answers: dict[str, Line]
    remark: Paragraphs = ""


class CallIn(Body):
    """A call, whether somebody was reached, and what they said."""

    reached: bool
    answers: dict[str, Line] = {}
    remark: Paragraphs = ""


@desk.read("/surveys/mine", Text("待我评价", "What I am asked"), list[InvitationOfSurveyOut])
def my_invitations(asked: Asked) -> Any:
    """The surveys the caller has to answer, or answered already not."""
    return selectors.to_answer(asked.user, asked.on).select_related(*RELATED)


@desk.read("/surveys/invitations/{pk}", Text("评价问卷", "One invitation"), InvitationDetail)
def get_invitation(asked: Asked, pk: Id) -> Any:
    """The questions of an invitation; for who is asked."""
    return _asked_for(asked, pk)


@desk.act("/surveys/invitations/{pk}/answer", Text("提交评价", "Answer a survey"), AnswerIn,
          InvitationOfSurveyOut)  # fmt: skip
def answer_survey(asked: Asked, sent: AnswerIn, pk: Id) -> Any:
    """Answer once and for good. Nobody in the zone can answer for anybody."""
    invitation = _asked_for(asked, pk)
    require(permissions.may_answer(asked.user, invitation, asked.on))
    _ensure_known(invitation.survey, sent.answers)
    answering.answer(
        actor=asked.actor,
        user=asked.user,
        invitation=invitation,
        answers=sent.answers,
        remark=sent.remark,
        now=asked.now,
    )
    return invitation


@desk.act("/surveys/invitations/{pk}/call", Text("记录回访", "Write down a call"), CallIn,
          InvitationOfSurveyOut)  # fmt: skip
def call_back(asked: Asked, sent: CallIn, pk: Id) -> Any:
    """A telephone call of the centre; counted apart from what enterprises answered."""
    require(permissions.may_survey(asked.user, asked.on))
    invitation = get_object_or_404(SurveyInvitation.objects.select_related(*RELATED), pk=pk)
    require(permissions.may_call_back(asked.user, invitation, asked.on))
    _ensure_known(invitation.survey, sent.answers)
    answering.call_back(
        actor=asked.actor,
        user=asked.user,
        invitation=invitation,
        reached=sent.reached,
        answers=sent.answers,
        remark=sent.remark,
        now=asked.now,
    )
    return invitation


@desk.read("/surveys", Text("调查列表", "List surveys"), SurveyPart)
def list_surveys(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Surveys, the latest first."""
    require(permissions.may_see_figures(asked.user, asked.on))
    return latest(Survey.objects.all(), after, limit)


@desk.read("/surveys/{pk}", Text("调查结果", "Results of a survey"), FiguresOut)
def results(asked: Asked, pk: Id) -> Any:
    """Score with formula and n, once the survey is over and enough responded."""
    require(permissions.may_see_figures(asked.user, asked.on))
    survey = get_object_or_404(Survey, pk=pk)
    found = selectors.figures(survey, asked.on)
    return {"survey": survey, **_figures(found), "why_hidden": found.why_hidden}


@desk.act("/surveys", Text("开展调查", "Open a survey"), OpenSurveyForm, SurveyOut, status=201)
def begin_survey(asked: Asked, sent: Sent) -> Any:
    """Open a quarter's survey and ask everybody it concerns."""
    require(permissions.may_survey(asked.user, asked.on))
    given = sent.given()
    chosen = form_named(given["form"])
    everybody = live().values_list("pk", flat=True)
    return open_survey(
        actor=asked.actor, form=given["form"], day=given["day"], today=asked.on,
        enterprises=everybody if chosen and chosen.about == "zone" else None,
    )  # fmt: skip


@desk.read("/assessment", Text("季度服务评估", "Assessment of service"), list[AssessedOut])
def quarterly(asked: Asked, day: dt.date | None = None) -> Any:
    """The assessment of service of the quarter a day lies in, by person."""
    require(permissions.may_see_figures(asked.user, asked.on))
    found = assessment(day or asked.on, asked.on)
    return [
        {"user": line.user, "complaints": line.complaints, **_figures(line.figures)}
        for line in found.lines
    ]


def _figures(found: selectors.Figures) -> dict[str, Any]:
    response = {"part": found.response.part, "whole": found.response.whole}
    return {"response": response, "opinion": asdict(found.opinion) if found.opinion else None}


def _ensure_known(survey: Survey, answers: dict[str, str]) -> None:
    known = {question.id for question in form_of(survey).questions}
    if unknown := sorted(answers.keys() - known):
        why = Text("没有这个问题", "there is no such question")
        raise InvalidError([FieldProblem(f"answers.{name[:64]}", why) for name in unknown])


def _asked_for(asked: Asked, pk: int) -> Any:
    found = get_object_or_404(SurveyInvitation.objects.select_related(*RELATED), pk=pk)
    mine = selectors.to_answer(asked.user, asked.on) | selectors.answered(asked.user, asked.on)
    if not mine.filter(pk=pk).exists():
        hide(permissions.may_answer(asked.user, found, asked.on))
    form, scale = form_of(found.survey), scale_of(found.survey)
    if not form.questions:
        raise Http404
    found.questionnaire = {  # type: ignore[attr-defined]
        "questions": [{"id": one.id, **_both(one.text.text)} for one in form.questions],
        "grades": [{"id": one.id, **_both(one.title.text)} for one in scale.grades],
    }
    return found


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
