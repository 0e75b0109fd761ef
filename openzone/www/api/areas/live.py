"""Live sessions about policies: programme, registration, questions, answers afterwards."""

import datetime as dt
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Schema

from openzone.engines.text import Text
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, Part, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes.common import CountOut, UnitOut
from openzone.www.api.values import Id, Line, Paragraphs
from openzone.www.forms import outreach as page
from openzone.www.forms.facts import ReasonForm
from openzone.zone.errors import Refused
from openzone.zone.outreach.models import LiveSession, SessionQuestion
from openzone.zone.outreach.permissions import may_hold_sessions
from openzone.zone.outreach.selectors.sessions import answers_of
from openzone.zone.outreach.services import sessions as services
from openzone.zone.people.enums import KeyArea
from openzone.zone.policies.selectors.items import published
from openzone.zone.registry.selectors.enterprises import spoken_for
from openzone.zone.spokespersons.models import Spokesperson

desk = Desk(KeyArea.SESSIONS)


class PointOfProgrammeOut(Schema):
    """What the session comes to when."""

    at: dt.datetime
    title: str


class LiveSessionOut(Schema):
    """A live session; a viewer count is a figure with its source, or null."""

    id: int
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    state: str
    url: str
    replay_url: str
    viewers: int | None
    comments: int | None
    counted_by: str


class SessionAnswerOut(Schema):
    """A question of the session with its answer."""

    question: str
    text: str
    unit: UnitOut | None
    answered_on: dt.date


class AskedInSessionOut(Schema):
    """A question as it was asked, and what was made of it; for who holds sessions."""

    id: int
    text: str
    name: str
    asked_at: dt.datetime
    consultation: int | None

    @staticmethod
    def resolve_consultation(row: Any) -> int | None:
        """Return the number of the policy question."""
        return int(row.consultation_id) if row.consultation_id else None


class LiveSessionDetail(LiveSessionOut):
    """A session with its programme and answers."""

    programme: list[PointOfProgrammeOut]
    answers: list[SessionAnswerOut] = []
    asked: list[AskedInSessionOut] = []


class LiveSessionPart(Part):
    """A part of the sessions."""

    items: list[LiveSessionOut]


@desk.read("/live-sessions", Text("政策直播", "Live sessions"), LiveSessionPart)
def list_sessions(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Sessions announced, held and called off."""
    return latest(LiveSession.objects.all(), after, limit)


@desk.read("/live-sessions/{pk}", Text("直播详情", "One session"), LiveSessionDetail)
def get_session(asked: Asked, pk: Id) -> Any:
    """Programme and answers; who holds sessions also sees what was asked."""
    return _shown(asked, pk)


@desk.act("/live-sessions", Text("计划直播", "Plan a session"), page.SessionForm,
          LiveSessionDetail, status=201)  # fmt: skip
def plan_session(asked: Asked, sent: Sent) -> Any:
    """Plan a session about published policies."""
    require(may_hold_sessions(asked.user, asked.on))
    made = services.plan_session(actor=asked.actor, **_given(asked, sent))
    return _shown(asked, made.pk)


@desk.act("/live-sessions/{pk}", Text("修改直播", "Change a session"), page.SessionForm,
          LiveSessionDetail)  # fmt: skip
def change_session(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Write a session anew, whole, before it is held."""
    session = _held_by(asked, pk)
    services.edit_session(actor=asked.actor, session=session, **_given(asked, sent))
    return _shown(asked, pk)


@desk.act("/live-sessions/{pk}/cancel", Text("取消直播", "Call a session off"), ReasonForm,
          LiveSessionDetail)  # fmt: skip
def cancel_session(asked: Asked, sent: Sent, pk: Id) -> Any:
    """The session does not take place."""
    reason = sent.given()["reason"]
    services.cancel_session(actor=asked.actor, session=_held_by(asked, pk), reason=reason)
    return _shown(asked, pk)


class PointIn(Body):
    """A point of the programme."""

    at: dt.datetime
    title: Line


class ProgrammeIn(Body):
    """The whole programme."""

    points: list[PointIn]


@desk.act("/live-sessions/{pk}/programme", Text("直播议程", "Set the programme"), ProgrammeIn,
          LiveSessionDetail)  # fmt: skip
def set_programme(asked: Asked, sent: ProgrammeIn, pk: Id) -> Any:
    """What the session comes to when; replaces what was there."""
    if any(one.at.tzinfo is None for one in sent.points):
        raise Refused(Text("时刻须带时区", "a moment needs its offset"), field="points")
    points = [services.Point(one.at, one.title) for one in sent.points]
    services.set_programme(actor=asked.actor, session=_held_by(asked, pk), points=points)
    return _shown(asked, pk)


@desk.act("/live-sessions/{pk}/held", Text("登记直播情况", "After the session"), page.HeldForm,
          LiveSessionDetail)  # fmt: skip
def close_session(asked: Asked, sent: Sent, pk: Id) -> Any:
    """How it went; a count needs the source it comes from."""
    session = _held_by(asked, pk)
    services.close_session(actor=asked.actor, session=session, now=asked.now, **sent.given())
    return _shown(asked, pk)


class RegisterIn(Body):
    """Which enterprise."""

    enterprise: Id


@desk.act("/live-sessions/{pk}/registrations", Text("报名", "Register"), RegisterIn,
          LiveSessionOut, status=201)  # fmt: skip
def register_for(asked: Asked, sent: RegisterIn, pk: Id) -> Any:
    """Register an enterprise one speaks for."""
    session = _session(pk)
    firm = spoken_for(asked.user, asked.on).filter(pk=sent.enterprise).first()
    if firm is None:
        why = Text("没有这家企业，或您不能代表它", "no such enterprise, or you do not speak for it")
        raise Refused(why, field="enterprise")
    services.register(
        actor=asked.actor, session=session, enterprise=firm, by=asked.user, now=asked.now
    )
    return session


class QuestionIn(Body):
    """A question as it was asked."""

    text: Paragraphs
    name: Line = ""
    asked_at: dt.datetime


class QuestionsIn(Body):
    """The questions a person chose among the comments."""

    questions: list[QuestionIn]


@desk.act("/live-sessions/{pk}/questions", Text("转为政策咨询", "Pass questions on"), QuestionsIn,
          CountOut, status=201)  # fmt: skip
def pass_questions_on(asked: Asked, sent: QuestionsIn, pk: Id) -> Any:
    """Questions of the session become policy questions, each with its own time to answer."""
    session = _held_by(asked, pk)
    if any(one.asked_at.tzinfo is None for one in sent.questions):
        raise Refused(Text("时刻须带时区", "a moment needs its offset"), field="questions")
    only = list(session.items.all()[:2])
    item = only[0] if len(only) == 1 else None
    rows = [
        SessionQuestion(text=one.text, name=one.name, asked_at=one.asked_at, item=item)
        for one in sent.questions
    ]
    count = services.pass_on_questions(
        actor=asked.actor, session=session, questions=rows, by=asked.user, now=asked.now
    )
    return {"count": count}


def _given(asked: Asked, sent: Sent) -> dict[str, Any]:
    items = published(asked.on).order_by("title")
    presenters = Spokesperson.objects.select_related("unit").order_by("unit__code", "pk")
    return sent.given(items, presenters)


def _session(pk: int) -> LiveSession:
    return get_object_or_404(LiveSession.objects.select_related("presenter__unit"), pk=pk)


def _held_by(asked: Asked, pk: int) -> LiveSession:
    require(may_hold_sessions(asked.user, asked.on))
    return _session(pk)


def _shown(asked: Asked, pk: int) -> Any:
    found: Any = _session(pk)
    found.answers = answers_of(found, asked.on)
    if may_hold_sessions(asked.user, asked.on).allowed:
        found.asked = list(found.questions.all())
    return found
