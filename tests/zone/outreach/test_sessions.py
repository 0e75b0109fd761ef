"""A live session from plan to answered questions."""

import datetime as dt

import pytest
from django.utils import timezone

from openzone.zone.errors import Refused
from openzone.zone.outreach.enums import SessionState
from openzone.zone.outreach.models import LiveSession, SessionQuestion
from openzone.zone.outreach.selectors.sessions import answers_of
from openzone.zone.outreach.services import sessions
from openzone.zone.people.models import User
from openzone.zone.spokespersons.enums import Channel
from openzone.zone.spokespersons.services.answers import publish_reply, reply
from tests.factories import TESTS, make_enterprise, make_item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("committee")]
HOUR = dt.timedelta(hours=1)


def plan(start: dt.datetime) -> LiveSession:
    return sessions.plan_session(
        actor=TESTS,
        items=[make_item()],
        title="示例政策直播间",
        starts_at=start,
        ends_at=start + HOUR,
    )


def question(session: LiveSession, text: str = "能申请吗？") -> SessionQuestion:
    return SessionQuestion(
        text=text, name="小王", asked_at=session.starts_at, item=session.items.first()
    )


def test_a_session_needs_an_item_and_an_end_after_its_start() -> None:
    now = timezone.now()
    with pytest.raises(Refused) as refusal:
        sessions.plan_session(
            actor=TESTS, items=[], title="示例", starts_at=now, ends_at=now + HOUR
        )
    assert refusal.value.field == "items"
    with pytest.raises(Refused):
        sessions.plan_session(
            actor=TESTS, items=[make_item()], title="示例", starts_at=now, ends_at=now
        )
    assert not LiveSession.objects.exists()


def test_an_enterprise_registers_once(owner: User) -> None:
    session, firm, now = plan(timezone.now() + HOUR), make_enterprise(), timezone.now()
    for _ in range(2):
        sessions.register(actor=TESTS, session=session, enterprise=firm, by=owner, now=now)
    assert session.registrations.count() == 1


def test_nobody_registers_for_a_session_called_off(owner: User) -> None:
    session = plan(timezone.now() + HOUR)
    sessions.cancel_session(actor=TESTS, session=session, reason="主讲人出差")
    with pytest.raises(Refused):
        sessions.register(
            actor=TESTS,
            session=session,
            enterprise=make_enterprise(),
            by=owner,
            now=timezone.now(),
        )


def test_what_nobody_counted_stays_unknown() -> None:
    session = plan(timezone.now() - 2 * HOUR)
    held = sessions.close_session(
        actor=TESTS,
        session=session,
        now=timezone.now(),
        viewers=4000,
        comments=None,
        counted_by="直播平台后台",
    )
    assert (held.state, held.viewers, held.comments) == (SessionState.HELD, 4000, None)


@pytest.mark.parametrize(("viewers", "comments"), [(4000, None), (None, 1000), (0, 0)])
def test_a_number_without_a_source_is_not_kept(viewers: int | None, comments: int | None) -> None:
    session = plan(timezone.now() - 2 * HOUR)
    with pytest.raises(Refused) as refusal:
        sessions.close_session(
            actor=TESTS, session=session, now=timezone.now(), viewers=viewers, comments=comments
        )
    assert refusal.value.field == "counted_by"
    session.refresh_from_db()
    assert (session.state, session.viewers) == (SessionState.PLANNED, None)


def test_a_programme_is_replaced_as_a_whole_and_stays_within_the_session() -> None:
    session = plan(timezone.now())
    first = [
        sessions.Point(session.starts_at, "开场"),
        sessions.Point(session.starts_at + HOUR / 2, "答疑"),
    ]
    sessions.set_programme(actor=TESTS, session=session, points=first)
    for bad in (session.starts_at - HOUR, session.ends_at):
        with pytest.raises(Refused):
            sessions.set_programme(
                actor=TESTS, session=session, points=[sessions.Point(bad, "时段外")]
            )
    assert [point.title for point in session.programme.all()] == ["开场", "答疑"]
    sessions.set_programme(actor=TESTS, session=session, points=first[1:])
    assert [point.title for point in session.programme.all()] == ["答疑"]


def test_two_points_cannot_begin_together() -> None:
    session = plan(timezone.now())
    twice = [sessions.Point(session.starts_at, "甲"), sessions.Point(session.starts_at, "乙")]
    with pytest.raises(Refused):
        sessions.set_programme(actor=TESTS, session=session, points=twice)
    assert not session.programme.exists()


def test_the_recording_shows_published_answers_without_who_asked(owner: User) -> None:
    session, now = plan(timezone.now() - HOUR), timezone.now()
    asked = [question(session, "能申请吗？"), question(session, "我公司被处罚过，还能申请吗？")]
    sessions.pass_on_questions(actor=TESTS, session=session, questions=asked, by=owner, now=now)
    today = timezone.localdate()
    for one in asked:
        said = reply(
            actor=TESTS, consultation=one.consultation, text="可以。", by=owner, now=now, on=today
        )
        if one is asked[0]:
            publish_reply(actor=TESTS, reply=said, question="谁能申请？", on=today)
    shown = answers_of(session, today)
    assert [(one.question, one.text) for one in shown] == [("谁能申请？", "可以。")]


def test_a_session_cannot_be_over_before_it_began(owner: User) -> None:
    session, now = plan(timezone.now() + HOUR), timezone.now()
    with pytest.raises(Refused):
        sessions.close_session(actor=TESTS, session=session, now=now, viewers=1, comments=1)
    with pytest.raises(Refused):
        sessions.pass_on_questions(
            actor=TESTS, session=session, questions=[question(session)], by=owner, now=now
        )


def test_each_question_becomes_one_consultation_with_a_limit(owner: User) -> None:
    session, now = plan(timezone.now() - HOUR), timezone.now()
    for expected in (1, 0):
        passed = sessions.pass_on_questions(
            actor=TESTS, session=session, questions=[question(session)], by=owner, now=now
        )
        assert passed == expected
    asked = session.questions.get().consultation
    assert asked is not None
    assert (asked.channel, asked.caller, asked.item) == (Channel.LIVE, "小王", session.items.get())
    assert asked.due_at > now
