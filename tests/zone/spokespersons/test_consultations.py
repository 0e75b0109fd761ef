"""Questions go where they belong, are due when promised, and are never without somebody."""

import datetime as dt

import pytest

from openzone.zone.errors import Refused
from openzone.zone.people.services import deactivate_user
from openzone.zone.policies.services.documents import edit_document
from openzone.zone.registry.services.merges import merge
from openzone.zone.spokespersons import permissions
from openzone.zone.spokespersons.enums import ConsultationStatus, Rating
from openzone.zone.spokespersons.models import Consultation
from openzone.zone.spokespersons.packs import pack
from openzone.zone.spokespersons.selectors.basis import changed
from openzone.zone.spokespersons.selectors.consultations import (
    Filter,
    State,
    consultations,
    parts_waiting,
)
from openzone.zone.spokespersons.selectors.overview import overview
from openzone.zone.spokespersons.selectors.similar import likeness, plain, similar
from openzone.zone.spokespersons.selectors.urgency import Urgency, count_of, urgency
from openzone.zone.spokespersons.services import answers, register
from openzone.zone.spokespersons.services import consultations as services
from tests.factories import make_enterprise, make_staff
from tests.zone.spokespersons.conftest import DAY, FRIDAY, SHANGHAI

TUESDAY_EVENING = dt.datetime(2026, 6, 16, 17, 30, tzinfo=SHANGHAI)
HOUR = dt.timedelta(hours=1)


def _reply(actor, question, by, at=FRIDAY + HOUR, **given):
    return answers.reply(
        actor=actor,
        consultation=question,
        text="每年三月申请。",
        by=by,
        now=at,
        on=at.date(),
        **given,
    )


def test_a_question_is_due_after_two_working_days(put):
    """Row XN-06: asked on Friday, due when work ends on Tuesday."""
    question = put()
    assert question.due_at == TUESDAY_EVENING
    assert count_of(question).due.date() == dt.date(2026, 6, 16)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        # Asked on Saturday: received on Monday, day 0.
        ((2026, 6, 13, 9, 0), dt.date(2026, 6, 17)),
        # The National Day holiday of 2026 lies in between.
        ((2026, 9, 30, 9, 0), dt.date(2026, 10, 9)),
    ],
)
def test_days_of_rest_do_not_count(put, asked, due):
    question = put(now=dt.datetime(*asked, tzinfo=SHANGHAI))
    assert question.due_at.astimezone(SHANGHAI).date() == due


def test_a_question_about_a_joint_document_goes_to_the_lead_and_asks_the_others(
    bureaus, joint, put
):
    """Row XN-03: the lead unit organises the interpretation."""
    question = put(document=joint)
    assert question.unit == bureaus.tech
    assert [part.unit for part in question.parts.all()] == [bureaus.finance]


def test_a_question_about_an_item_goes_to_who_redeems_it(bureaus, item, put):
    question = put(item=item)
    assert (question.unit, question.document) == (bureaus.finance, item.document)
    assert [part.unit for part in question.parts.all()] == [bureaus.tech]


def test_a_question_about_nothing_in_particular_goes_to_the_service_centre(bureaus, put):
    question = put()
    assert question.unit is None
    assert permissions.may_answer(bureaus.clerk, question, DAY).allowed


def test_whoever_speaks_for_the_unit_answers_and_nobody_else(bureaus, term, joint, put, admin):
    question = put(document=joint)
    assert permissions.may_answer(bureaus.speaker, question, DAY).allowed
    for other in (bureaus.deputy, bureaus.accountant, bureaus.clerk, admin):
        decision = permissions.may_answer(other, question, DAY)
        assert not decision.allowed
        assert "speaker" in decision.reason.zh


def test_a_unit_without_spokesperson_leaves_its_questions_to_the_service_centre(
    bureaus, joint, put
):
    question = put(document=joint)
    assert question.unit == bureaus.tech
    assert permissions.may_answer(bureaus.clerk, question, DAY).allowed
    assert not permissions.may_answer(bureaus.speaker, question, DAY).allowed


def test_after_a_hand_over_the_new_one_answers_the_open_questions(actor, bureaus, term, joint, put):
    question = put(document=joint)
    register.hand_over(
        actor=actor, unit=bureaus.tech, user=bureaus.deputy, phone="1", valid_from=DAY
    )
    assert permissions.may_answer(bureaus.deputy, question, DAY).allowed
    assert not permissions.may_answer(bureaus.speaker, question, DAY).allowed


def test_when_the_spokesperson_leaves_the_centre_answers(actor, bureaus, term, joint, put):
    question = put(document=joint)
    deactivate_user(actor=actor, user=bureaus.speaker, on=DAY)
    assert permissions.may_answer(bureaus.clerk, question, DAY).allowed


def test_the_asking_enterprise_reads_its_question_and_no_other_does(bureaus, put, owner, stranger):
    question = put()
    assert permissions.may_see(owner, question, DAY).allowed
    assert permissions.may_see(bureaus.accountant, question, DAY).allowed
    assert not permissions.may_see(stranger, question, DAY).allowed


def test_a_merged_enterprise_keeps_its_questions(actor, put, asker, owner):
    question = put()
    survivor = make_enterprise()
    merge(actor=actor, survivor=survivor, absorbed=asker, reason="重复")
    chosen = Filter(enterprise=survivor)
    question.refresh_from_db()
    assert list(consultations(chosen, FRIDAY)) == [question]
    assert permissions.may_see(owner, question, DAY).allowed


def test_a_question_is_passed_on_with_a_reason(actor, bureaus, put, joint):
    question = put(document=joint)
    with pytest.raises(Refused, match="理由"):
        services.pass_on(
            actor=actor, consultation=question, unit=bureaus.finance, reason=" ", now=FRIDAY
        )
    moved = services.pass_on(
        actor=actor,
        consultation=question,
        unit=bureaus.finance,
        reason="补助由财政局兑现",
        now=FRIDAY,
    )
    assert (moved.unit, moved.due_at) == (bureaus.finance, question.due_at)
    assert not moved.parts.exists()
    back = services.pass_on(actor=actor, consultation=moved, unit=None, reason="都不是", now=FRIDAY)
    assert back.unit is None


def test_a_question_that_spans_two_units_gets_a_part_from_the_second(actor, bureaus, put, joint):
    question = put(document=joint)
    part = question.parts.get()
    waiting = parts_waiting(frozenset({bureaus.finance.pk}), FRIDAY)
    assert list(waiting) == [part]
    services.contribute(
        actor=actor, part=part, text="资金每季度拨付。", by=bureaus.accountant, now=FRIDAY
    )
    assert not waiting.all().exists()
    with pytest.raises(Refused, match="已补充"):
        services.contribute(
            actor=actor, part=part, text="另一说法", by=bureaus.accountant, now=FRIDAY
        )


@pytest.mark.parametrize("unit", ["tech", "finance"])
def test_a_unit_is_asked_once_and_not_for_its_own_answer(actor, bureaus, put, joint, unit):
    with pytest.raises(Refused):
        services.involve(
            actor=actor,
            consultation=put(document=joint),
            unit=getattr(bureaus, unit),
            asks="",
            now=FRIDAY,
        )


def test_an_answer_in_time_and_one_too_late_are_told_apart(actor, bureaus, put):
    first = _reply(actor, put(), bureaus.clerk, TUESDAY_EVENING)
    second = _reply(actor, put(), bureaus.clerk, TUESDAY_EVENING + dt.timedelta(seconds=1))
    assert (first.in_time, second.in_time) == (True, False)
    assert [q.pk for q in consultations(Filter(State.LATE), FRIDAY)] == [second.consultation_id]


def test_an_answered_question_takes_no_second_answer(actor, bureaus, put):
    question = put()
    _reply(actor, question, bureaus.clerk)
    for act in (
        lambda: _reply(actor, question, bureaus.clerk),
        lambda: services.pass_on(
            actor=actor, consultation=question, unit=bureaus.tech, reason="x", now=FRIDAY
        ),
    ):
        with pytest.raises(Refused, match="已答复"):
            act()


def test_colours_follow_the_limit(put):
    """Soon is the last eight working hours: from Tuesday's opening in a day of eight hours."""
    due = put().due_at
    assert urgency(due, FRIDAY) is Urgency.IN_TIME
    assert urgency(due, TUESDAY_EVENING - HOUR) is Urgency.SOON
    assert urgency(due, TUESDAY_EVENING) is Urgency.SOON
    assert urgency(due, TUESDAY_EVENING + HOUR) is Urgency.OVERDUE


def test_asking_again_needs_dissatisfaction_is_counted_and_begins_a_new_limit(actor, bureaus, put):
    question = put()
    answer = _reply(actor, question, bureaus.clerk)
    with pytest.raises(Refused, match="不满意"):
        answers.ask_again(actor=actor, reply=answer, why="没说时间", now=FRIDAY)
    answers.rate(actor=actor, reply=answer, rating=Rating.BAD, now=FRIDAY)
    monday = dt.datetime(2026, 6, 15, 9, 0, tzinfo=SHANGHAI)
    again = answers.ask_again(actor=actor, reply=answer, why="没说时间", now=monday)
    assert (again.status, again.reopened) == (ConsultationStatus.OPEN, 1)
    assert again.due_at.astimezone(SHANGHAI).date() == dt.date(2026, 6, 17)
    with pytest.raises(Refused, match="正在答复"):
        answers.ask_again(actor=actor, reply=answer, why="再问", now=monday)
    late = _reply(actor, again, bureaus.clerk, monday + HOUR)
    assert late.in_time
    assert list(consultations(Filter(State.AGAIN), monday)) == [question]


def test_an_answer_is_rated_once(actor, bureaus, put):
    answer = _reply(actor, put(), bureaus.clerk)
    answers.rate(actor=actor, reply=answer, rating=Rating.GOOD, now=FRIDAY)
    with pytest.raises(Refused, match="已评价"):
        answers.rate(actor=actor, reply=answer, rating=Rating.BAD, now=FRIDAY)


def test_only_who_asked_rates(actor, bureaus, put, owner, stranger):
    answer = _reply(actor, put(), bureaus.clerk)
    assert permissions.may_rate(owner, answer, DAY).allowed
    for other in (stranger, bureaus.clerk):
        assert not permissions.may_rate(other, answer, DAY).allowed


def test_who_answered_does_not_rate_also_when_of_the_enterprise(actor, bureaus, put):
    question = put()
    answer = _reply(actor, question, bureaus.clerk)
    make_staff(bureaus.clerk, question.enterprise)
    assert not permissions.may_rate(bureaus.clerk, answer, DAY).allowed


def test_an_answer_says_when_its_policy_changed(actor, bureaus, joint, put):
    answer = _reply(actor, put(document=joint), bureaus.clerk)
    assert changed(answer, DAY) == []
    edit_document(actor=actor, document=joint, text="示例：改后的正文")
    answer = type(answer).objects.get(pk=answer.pk)
    assert [text.zh for text in changed(answer, DAY)] == ["政策文件已修改"]


def test_an_answer_says_when_its_policy_ended(actor, bureaus, joint, put):
    edit_document(actor=actor, document=joint, effective_to=DAY)
    answer = _reply(actor, put(document=joint), bureaus.clerk)
    answer = type(answer).objects.get(pk=answer.pk)
    assert changed(answer, DAY) == []
    assert [text.zh for text in changed(answer, DAY + dt.timedelta(days=1))] == [
        "政策文件的效力已变化"
    ]


def test_a_published_answer_goes_into_the_library_of_its_policy(actor, bureaus, joint, put):
    question = put(document=joint)
    answer = answers.publish_reply(
        actor=actor,
        reply=_reply(actor, question, bureaus.clerk),
        question="研发补助何时申请？",
        on=DAY,
    )
    assert answer.published_as.asked == f"consultation:{question.pk}"
    assert answer.published_as.document == joint
    with pytest.raises(Refused, match="已公开"):
        answers.publish_reply(actor=actor, reply=answer, question="又一次", on=DAY)


def test_only_published_answers_are_shown_to_who_asks_alike(actor, bureaus, joint, put):
    private = _reply(actor, put("我公司亏损，研发补助什么时候申请？"), bureaus.clerk)
    public = _reply(actor, put(document=joint), bureaus.clerk)
    answers.publish_reply(actor=actor, reply=public, question="研发补助何时可以申请？", on=DAY)
    found = similar("请问研发补助什么时候可以申请", DAY)
    assert [one.published.question for one in found] == ["研发补助何时可以申请？"]
    free = answers.publish_reply(
        actor=actor, reply=private, question="研发补助什么时候申请？", on=DAY
    )
    assert free.published_as is None
    assert similar("研发补助什么时候申请", DAY)[0].published.question == "研发补助什么时候申请？"
    assert similar("！？", DAY) == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("研发补助什么时候可以申请？", "什么时候可以申请研发补助", True),
        ("高企证书到期了怎么办", "高企证书到期怎么办？", True),
        ("请问研发补助什么时候申请", "研发补助何时申请？", True),
        ("高企证书到期了怎么办", "人才公寓怎么申请", False),
        ("怎么办", "人才公寓申请不了怎么办", False),
    ],
)
def test_likeness_follows_the_words_not_their_order(one, other, alike):
    assert (likeness(plain(one), plain(other)) >= pack().similar.at_least) is alike


def test_help_with_the_application_is_asked_for_and_recorded(actor, put):
    question = put(wants_help=True)
    assert list(consultations(Filter(State.HELP), FRIDAY)) == [question]
    answers.give_help(actor=actor, consultation=question, note="陪同填写", on=DAY)
    assert not consultations(Filter(State.HELP), FRIDAY).exists()


def test_every_number_of_the_overview_is_the_length_of_its_list(actor, bureaus, joint, put):
    put()
    waits, answered = put(document=joint), put(document=joint)
    reply = _reply(actor, answered, bureaus.clerk, FRIDAY + 2 * HOUR, on_the_spot=True)
    answers.rate(actor=actor, reply=reply, rating=Rating.VERY_BAD, now=FRIDAY)
    later = TUESDAY_EVENING + HOUR
    lines = overview(DAY, DAY, later)
    assert [line.unit for line in lines] == [bureaus.tech, None]
    for line in lines:
        for state, count in line.counts.items():
            chosen = Filter(state, line.unit, line.unit is None, DAY, DAY)
            assert consultations(chosen, later).count() == count, state
    first = lines[0]
    assert (first.counts[State.ALL], first.counts[State.OVERDUE]) == (2, 1)
    assert first.rating == 1
    assert first.hours == 2 - 0.0
    assert waits in consultations(Filter(State.OVERDUE), later)
    assert overview(DAY - dt.timedelta(days=9), DAY - dt.timedelta(days=1), later) == []


@pytest.mark.parametrize("text", ["", "   ", "长" * 2001])
def test_a_question_without_words_or_with_too_many_is_refused(put, text):
    with pytest.raises(Refused) as refusal:
        put(text)
    assert refusal.value.field == "text"
    assert not Consultation.objects.exists()


def test_an_unknown_limit_is_refused(put):
    with pytest.raises(Refused, match="时限"):
        put(limit="someday")
