"""The check of a random sample: drawn openly, heard before found, decided by another person."""

import datetime as dt

import pytest

from openzone.engines.draws.sample import draw
from openzone.zone.errors import Refused
from openzone.zone.ledger.selectors import budget_line, out_of_balance
from openzone.zone.redemption.enums import CheckOutcome, CheckState, Finding
from openzone.zone.redemption.selectors.checks import frame_of, replay
from openzone.zone.redemption.selectors.received import grants_of
from openzone.zone.redemption.services import checks
from tests.zone.redemption.people import HOUR, NOW

pytestmark = pytest.mark.django_db
YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
LATER = NOW + dt.timedelta(days=60)


@pytest.fixture
def paid(people, firm, instant):
    application = people.apply(instant, firm)
    people.pay(people.order(application))
    return application


@pytest.fixture
def case(people, paid):
    drawn = people.do(
        checks.draw_sample, people.centre, title="示例抽查", seed="彩票 03 08 11",
        seed_source="示例公报", paid_from=YEAR[0], paid_to=YEAR[1], percent=10, at=LATER,
    )  # fmt: skip
    return drawn.cases.get()


def propose(people, case, outcome, amount=None, at=LATER):
    return people.do(
        checks.propose_outcome, people.centre, case=case, finding=Finding.PARTLY, outcome=outcome,
        note="凭证不符", amount=amount, at=at,
    )  # fmt: skip


def test_the_draw_can_be_repeated_from_what_is_published(case, paid):
    made = case.draw
    assert frame_of(*YEAR) == dict(made.frame) == {paid.number: "item-reward"}
    assert replay(made) == draw(dict(made.frame), "彩票 03 08 11", 10)
    assert [one.member for one in replay(made)] == [paid.number]


def test_nothing_is_found_before_the_enterprise_could_answer(people, case):
    # Ten working days from Tuesday 4 August 2026.
    assert case.answer_due.date() == dt.date(2026, 8, 18)
    with pytest.raises(Refused, match="答复期限未到"):
        propose(people, case, CheckOutcome.NOTHING)
    answered = people.do(
        checks.answer_check, people.owner, case=case, answer="凭证齐全", at=LATER + HOUR
    )
    assert propose(people, answered, CheckOutcome.NOTHING).state == CheckState.PROPOSED


def test_who_does_not_answer_is_found_after_the_last_day_and_cannot_answer_any_more(people, case):
    late = case.answer_due + HOUR
    with pytest.raises(Refused, match="答复期限已过"):
        people.do(checks.answer_check, people.owner, case=case, answer="晚了", at=late)
    assert propose(people, case, CheckOutcome.NOTHING, at=late).state == CheckState.PROPOSED


def test_a_part_is_recovered_into_the_budget_it_came_from(people, case, firm, budget):
    late = case.answer_due + HOUR
    with pytest.raises(Refused, match="小于已付金额"):
        propose(people, case, CheckOutcome.RECOVER_PART, 50_000_00, late)
    proposed = propose(people, case, CheckOutcome.RECOVER_PART, 20_000_00, late)
    with pytest.raises(Refused, match="由他人决定"):
        people.do(checks.decide_outcome, people.centre, case=proposed, agree=True, at=late)
    decided = people.do(checks.decide_outcome, people.leader, case=proposed, agree=True, at=late)
    before = budget_line(budget).left
    for amount in (5_000_00, 15_000_00):
        people.do(
            checks.record_recovery, people.centre, case=decided, amount=amount, reference="R-1",
            at=late,
        )  # fmt: skip
    assert budget_line(budget).left == before + 20_000_00
    assert budget_line(budget).paid == 30_000_00
    assert [grant.amount for grant in grants_of(firm, late.date())] == [30_000_00]
    assert out_of_balance() == {}
    with pytest.raises(Refused, match=r"应追回余额为0.00"):
        people.do(
            checks.record_recovery, people.centre, case=decided, amount=1, reference="R-2", at=late
        )


def test_what_is_recovered_whole_was_never_received(people, case, firm):
    late = case.answer_due + HOUR
    proposed = propose(people, case, CheckOutcome.RECOVER_ALL, at=late)
    assert proposed.amount == 50_000_00
    decided = people.do(checks.decide_outcome, people.leader, case=proposed, agree=True, at=late)
    people.do(
        checks.record_recovery, people.centre, case=decided, amount=50_000_00, reference="R-1",
        at=late,
    )  # fmt: skip
    assert grants_of(firm, late.date()) == []


def test_a_finding_can_be_sent_back_with_a_reason(people, case):
    late = case.answer_due + HOUR
    proposed = propose(people, case, CheckOutcome.CORRECT, at=late)
    with pytest.raises(Refused, match="退回理由"):
        people.do(checks.decide_outcome, people.leader, case=proposed, agree=False, at=late)
    back = people.do(
        checks.decide_outcome, people.leader, case=proposed, agree=False, note="依据不足", at=late
    )
    assert back.state == CheckState.ANSWERED
    assert "依据不足" in back.finding_note


def test_a_draw_without_a_public_seed_or_without_payments_is_refused(people, paid):
    given = {"title": "x", "seed": "s", "paid_from": YEAR[0], "paid_to": YEAR[1], "percent": 10}
    with pytest.raises(Refused, match="公开来源"):
        people.do(checks.draw_sample, people.centre, **given, seed_source=" ")
    with pytest.raises(Refused, match="没有可抽取的对象"):
        people.do(
            checks.draw_sample, people.centre, seed_source="公报",
            **given | {"paid_to": dt.date(2026, 1, 2)},
        )  # fmt: skip
