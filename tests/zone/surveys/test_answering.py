"""Only who was asked answers, once and for good; a call is something else."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from openzone.zone.people.services import grant_membership
from openzone.zone.registry.enums import ChargeRole
from openzone.zone.surveys.models import CallBack, SurveyInvitation, SurveyResponse
from openzone.zone.surveys.selectors.figures import answered, to_answer
from openzone.zone.surveys.services.answering import answer, call_back
from openzone.zone.surveys.services.asking import open_survey
from tests.zone.surveys.conftest import DAY, GOOD, LONG_AGO, NOW


@pytest.fixture
def asked(actor, firm, looked_after, leader):
    """An enterprise asked about its sponsor."""
    one = firm("甲")
    looked_after(one, leader)
    open_survey(actor=actor, form="service", day=DAY, today=DAY)
    return SurveyInvitation.objects.get(), one


def _answer(actor, invitation, user, now=NOW, **given):
    return answer(
        actor=actor, user=user, invitation=invitation, now=now, **{"answers": GOOD} | given
    )


def test_the_enterprise_answers_itself(actor, asked):
    invitation, one = asked
    assert list(to_answer(one.person, DAY)) == [invitation]
    response = _answer(actor, invitation, one.person, remark=" 很及时 ")
    assert (response.answers, response.remark) == (GOOD, "很及时")
    assert list(to_answer(one.person, DAY)) == []
    assert list(answered(one.person, DAY)) == [invitation]


def test_nobody_of_the_zone_answers_not_even_the_administrator(
    actor, asked, admin, leader, colleague
):
    invitation, _ = asked
    for user in (admin, leader, colleague):
        with pytest.raises(Refused, match="园区工作人员不能代为评价"):
            _answer(actor, invitation, user)
    assert not SurveyResponse.objects.exists()


def test_who_works_for_the_zone_and_speaks_for_the_enterprise_does_not_answer(actor, asked, office):
    invitation, one = asked
    grant_membership(
        actor=actor, user=one.person, unit=office, role=Role.HANDLER, valid_from=LONG_AGO
    )
    with pytest.raises(Refused, match="兼任"):
        _answer(actor, invitation, one.person)


def test_another_enterprise_does_not_answer(actor, asked, firm):
    with pytest.raises(Refused, match="只能由被评价邀请的企业人员填写"):
        _answer(actor, asked[0], firm("乙").person)


def test_an_answer_is_given_once_and_the_database_keeps_it(actor, asked):
    invitation, one = asked
    response = _answer(actor, invitation, one.person)
    with pytest.raises(Refused, match="提交后不能更改"):
        _answer(actor, invitation, one.person, answers=GOOD | {"overall": "very_poor"})
    for change in (
        lambda: SurveyResponse.objects.update(answers={}),
        lambda: SurveyResponse.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    response.refresh_from_db()
    assert response.answers == GOOD


def test_the_log_says_that_somebody_answered_and_never_what(actor, asked):
    _answer(actor, asked[0], asked[1].person, remark="太慢")
    event = Event.objects.get(action="surveys.answered")
    assert event.payload == f'{{"invitation":{asked[0].pk}}}'


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({}, "overall"),
        (GOOD | {"overall": ""}, "overall"),
        (GOOD | {"response": "brilliant"}, "response"),
    ],
)
def test_a_question_left_out_or_a_grade_made_up_is_refused_at_its_field(
    actor, asked, answers, field
):
    with pytest.raises(Refused) as refusal:
        _answer(actor, asked[0], asked[1].person, answers=answers)
    assert refusal.value.field == field


def test_after_the_last_day_it_is_too_late(actor, asked):
    invitation, one = asked
    late = NOW + (invitation.answer_by - DAY) + dt.timedelta(days=1)
    with pytest.raises(Refused, match="调查已于2026-12-10结束"):
        _answer(actor, invitation, one.person, now=late)
    assert list(to_answer(one.person, DAY + dt.timedelta(days=21))) == []


def test_a_call_is_kept_apart_and_never_made_by_who_is_assessed(actor, asked, admin, leader):
    invitation, one = asked
    given = {"actor": actor, "invitation": invitation, "now": NOW, "reached": True}
    with pytest.raises(Refused, match="被评价人不能回访"):
        call_back(user=leader, answers=GOOD, **given)
    with pytest.raises(Refused, match="请回答"):
        call_back(user=admin, **given)
    call_back(user=admin, answers=GOOD, **given)
    assert not SurveyResponse.objects.exists()
    assert list(to_answer(one.person, DAY)) == [invitation]
    with pytest.raises(Refused, match="已回访"):
        call_back(user=admin, answers=GOOD, **given)


def test_nobody_reached_has_no_answers(actor, asked, admin):
    call_back(actor=actor, user=admin, invitation=asked[0], now=NOW, reached=False, answers=GOOD)
    assert CallBack.objects.get().answers == {}


def test_the_sponsor_is_assessed_before_the_service_officer(
    actor, firm, looked_after, leader, colleague
):
    both, officer_only, nobody = firm("甲"), firm("乙"), firm("丙")
    looked_after(both, colleague, ChargeRole.SERVICE_OFFICER)
    looked_after(both, leader)
    looked_after(officer_only, colleague, ChargeRole.SERVICE_OFFICER)
    survey = open_survey(actor=actor, form="service", day=DAY, today=DAY)
    about = {row.enterprise_id: row.about_user for row in survey.invitations.all()}
    assert about == {both.enterprise.pk: leader, officer_only.enterprise.pk: colleague}
    assert nobody.enterprise.pk not in about


def test_a_quarter_is_surveyed_once(actor, asked):
    with pytest.raises(Refused, match="该季度的这项调查已开展"):
        open_survey(actor=actor, form="service", day=dt.date(2026, 10, 1), today=DAY)
    with pytest.raises(Refused, match="没有这张表"):
        open_survey(actor=actor, form="after_case", day=DAY, today=DAY)
    with pytest.raises(Refused, match="没有可邀请的企业"):
        open_survey(actor=actor, form="environment", day=DAY, today=DAY)
    assert SurveyInvitation.objects.count() == 1
