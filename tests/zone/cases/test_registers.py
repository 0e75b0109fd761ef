"""Refusals, suggested rule changes and dispatches: what each needs, and by whom."""

import datetime as dt

import pytest

from openzone.packs.registers import load_registers
from openzone.zone.cases.enums import ChangeAnswer, DispatchTerms, ReviewWord
from openzone.zone.cases.models import Dispatch, NegativeAnswer, RuleChange
from openzone.zone.cases.register_permissions import may_answer_change, may_dispatch
from openzone.zone.cases.selectors import registers as lists
from openzone.zone.cases.selectors.registers import RegisterFilter, Standing
from openzone.zone.cases.services.dispatches import dispatch, note_arrival, note_return
from openzone.zone.cases.services.refusals import Grounds, report_refusal, review_refusal
from openzone.zone.cases.services.rule_changes import answer_change, suggest_change
from openzone.zone.errors import Refused
from tests.factories import TESTS
from tests.zone.cases.people import DAY, NOW, People

pytestmark = pytest.mark.django_db
FULL = Grounds("示例办法", "第三条", "超出范围", "可申请另一项")
LATER = NOW + 30 * DAY


def refuse(people: People, grounds: Grounds = FULL, **given):
    return report_refusal(
        actor=TESTS, by=people.handler, unit=people.finance, matter="贴息", grounds=grounds,
        now=NOW, **given,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["law", "clause", "reason", "alternatives"])
def test_nobody_may_just_say_no(people, name):
    grounds = {"law": "示例办法", "clause": "第三条", "reason": "x", "alternatives": "y"} | {
        name: " "
    }
    with pytest.raises(Refused) as refusal:
        refuse(people, Grounds(**grounds))
    assert refusal.value.field == name
    assert not NegativeAnswer.objects.exists()


def test_every_number_of_the_register_is_the_length_of_a_list(people):
    first, second, third = (refuse(people) for _ in range(3))
    for refusal, word in ((first, ReviewWord.UPHELD), (second, ReviewWord.LIFTED)):
        review_refusal(
            actor=TESTS, by=people.centre, refusal=refusal, word=word, note="依据充分", now=NOW
        )
    row = lists.refusals_by_unit(RegisterFilter(), LATER)[0]
    assert (row.said, row.waiting, row.overdue, row.upheld, row.lifted) == (3, 1, 1, 1, 1)
    for standing, count in (("waiting", 1), ("overdue", 1), ("done", 2)):
        found = lists.negative_answers(RegisterFilter(Standing(standing)), LATER)
        assert found.count() == count
    lifted = lists.negative_answers(RegisterFilter(word="lifted"), LATER)
    assert list(lifted) == [second]
    first_shown = lists.negative_answers(RegisterFilter(), NOW).first()
    assert first_shown == third, "what waits is first"


def test_the_review_is_due_by_the_working_calendar(people):
    """Five working days after a Monday ten o'clock end when work does on the next Monday."""
    assert refuse(people).due_at.date() == dt.date(2026, 11, 23)
    assert load_registers(None).negative_answer.verified == "K"


def suggest(people: People, **given) -> RuleChange:
    said = {
        "cases": [people.open().case],
        "unit": people.finance,
        "rule": "示例办法",
        "clause": "第三条",
        "cause": "小企业都不符合",
        "proposal": "放宽到三年",
    } | given
    return suggest_change(actor=TESTS, by=people.centre, now=NOW, **said)


def test_a_suggestion_names_the_cases_behind_it_and_gets_an_answer(people):
    with pytest.raises(Refused) as refusal:
        suggest(people, cases=[])
    assert refusal.value.field == "cases"
    change = suggest(people)
    assert change.cases.count() == 1
    with pytest.raises(Refused) as refusal:
        answer_change(
            actor=TESTS, by=people.handler, change=change, answer=ChangeAnswer.ADOPTED,
            text="已修订", now=NOW,
        )  # fmt: skip
    assert refusal.value.field == "in_force_on"
    answered = answer_change(
        actor=TESTS, by=people.handler, change=change, answer=ChangeAnswer.ADOPTED, text="已修订",
        now=NOW, in_force_on=dt.date(2027, 1, 1),
    )  # fmt: skip
    assert answered.in_force_on == dt.date(2027, 1, 1)
    with pytest.raises(Refused, match="已答复"):
        answer_change(
            actor=TESTS, by=people.handler, change=change, answer=ChangeAnswer.DECLINED, text="不",
            now=NOW,
        )  # fmt: skip


def test_a_suggestion_declined_says_why_and_changes_nothing(people):
    change = suggest(people)
    with pytest.raises(Refused) as refusal:
        answer_change(
            actor=TESTS, by=people.handler, change=change, answer=ChangeAnswer.DECLINED, text=" ",
            now=NOW,
        )  # fmt: skip
    assert refusal.value.field == "text"
    declined = answer_change(
        actor=TESTS, by=people.handler, change=change, answer=ChangeAnswer.DECLINED,
        text="上位法规定", now=NOW, in_force_on=dt.date(2027, 1, 1),
    )  # fmt: skip
    assert declined.in_force_on is None


def test_only_the_unit_asked_answers(people):
    change, on = suggest(people), NOW.date()
    assert may_answer_change(people.handler, change, on).allowed
    assert not may_answer_change(people.surveyor, change, on).allowed
    assert not may_answer_change(people.centre, change, on).allowed


def order(people: People, terms: DispatchTerms = DispatchTerms.RENTED) -> Dispatch:
    return dispatch(
        actor=TESTS, by=people.handler, case=people.accepted(), what="发电机", amount="1台",
        terms=terms, supplier="示例公司", place="示例路", now=NOW,
    )  # fmt: skip


def test_a_rented_thing_arrives_once_and_is_given_back(people):
    rented = order(people)
    with pytest.raises(Refused, match="尚未到位"):
        note_return(actor=TESTS, dispatch=rented, at=NOW, cost=None, paid_by="")
    with pytest.raises(Refused):
        note_arrival(actor=TESTS, dispatch=rented, at=NOW - DAY)
    note_arrival(actor=TESTS, dispatch=rented, at=NOW)
    with pytest.raises(Refused, match="已登记到位"):
        note_arrival(actor=TESTS, dispatch=rented, at=NOW)
    back = note_return(actor=TESTS, dispatch=rented, at=NOW + DAY, cost=None, paid_by="企业")
    assert back.cost is None, "a cost nobody knows is not nothing"


def test_what_was_supplied_stays(people):
    given = order(people, DispatchTerms.SUPPLIED)
    note_arrival(actor=TESTS, dispatch=given, at=NOW)
    with pytest.raises(Refused, match="不需归还"):
        note_return(actor=TESTS, dispatch=given, at=NOW, cost=1, paid_by="企业")


def test_nothing_is_ordered_for_a_closed_case_nor_by_strangers(people):
    case = people.closed()
    with pytest.raises(Refused, match="已办结"):
        dispatch(
            actor=TESTS, by=people.centre, case=case, what="发电机", amount="1台",
            terms=DispatchTerms.RENTED, supplier="示例公司", place="示例路", now=NOW,
        )  # fmt: skip
    open_, on = people.accepted(), NOW.date()
    assert may_dispatch(people.handler, open_, on).allowed
    assert may_dispatch(people.centre, open_, on).allowed
    assert not may_dispatch(people.surveyor, open_, on).allowed
    assert not may_dispatch(people.owner, open_, on).allowed
