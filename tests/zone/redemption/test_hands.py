"""Four eyes, offers, and accounts nobody could pay to."""

import datetime as dt

import pytest

from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from openzone.zone.people.services import grant_membership
from openzone.zone.redemption import jobs, permissions
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application
from openzone.zone.redemption.services import applications, intentions, payments
from tests.factories import TESTS, make_staff, state
from tests.zone.redemption.people import DAY, HOUR, NOW, stage

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def refused(text: str):
    return pytest.raises(Refused, match=text)


@pytest.mark.parametrize("hand", ["centre", "taxman", "handler", "leader"])
def test_nobody_approves_what_they_had_a_hand_in(people, firm, fast, hand):
    application = people.to_approval(people.apply(fast, firm))
    user = getattr(people, hand)
    on = application.entered_at.date()
    if hand != "leader":
        grant_membership(
            actor=TESTS, user=user, unit=people.units["centre"], role=Role.LEADER,
            valid_from=dt.date(2020, 1, 1),
        )  # fmt: skip
    decision = permissions.may_decide(user, application, on)
    assert decision.allowed == (hand == "leader")
    if hand != "leader":
        assert "不能审批" in decision.reason.zh


def test_who_speaks_for_the_enterprise_handles_nothing_of_it(people, firm, fast):
    make_staff(people.handler, firm)
    make_staff(people.leader, firm)
    application = people.to_approval(people.apply(fast, firm))
    for user, of in ((people.handler, Stage.PROPOSAL), (people.leader, Stage.APPROVAL)):
        assert not permissions.may_handle(user, application, of, TODAY).allowed


def test_who_made_the_order_does_not_say_it_was_paid(people, firm, fast):
    payment = people.to_payment(people.apply(fast, firm))
    assert not permissions.may_mark_payment(people.cashier, payment, TODAY).allowed
    assert permissions.may_mark_payment(people.treasurer, payment, TODAY).allowed
    with refused("须由他人登记"):
        people.do(
            payments.mark_paid, people.cashier, payment=payment, paid_on=TODAY,
            bank_reference="B-1",
        )  # fmt: skip


def test_an_offer_is_made_once_and_only_to_who_is_entitled(people, firm, gift):
    offer = {"actor": TESTS, "item": gift, "enterprise": firm}
    first = intentions.offer(**offer, at=NOW)
    assert intentions.offer(**offer, at=NOW + DAY) is None
    people.do(applications.withdraw, people.owner, application=first)
    assert intentions.offer(**offer, at=NOW + 2 * DAY) is None
    state(firm, TODAY, known_on=TODAY, employees=3)
    assert Application.objects.count() == 1


def test_an_offer_that_nobody_answers_lapses(people, firm, gift):
    offered = intentions.offer(actor=TESTS, item=gift, enterprise=firm, at=NOW)
    assert jobs.end_overdue(offered.due_at + HOUR) == 1
    assert stage(offered) is Stage.LAPSED


def test_after_approval_an_enterprise_cannot_withdraw_by_itself(people, firm, instant):
    application = people.apply(instant, firm)
    with refused("已由"):
        people.do(applications.withdraw, people.owner, application=application)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"payee_bank": ""}, "请填写收款账户"),
        ({"payee_account": "six two"}, "6至40位数字"),
        ({"payee_account": "123"}, "6至40位数字"),
    ],
)
def test_an_account_nobody_could_pay_to_is_refused(people, firm, fast, given, reason):
    with refused(reason):
        people.apply(fast, firm, **given)


@pytest.mark.parametrize("days", [-1, -700_000])
def test_nothing_is_paid_before_it_was_ordered(people, firm, fast, days):
    payment = people.to_payment(people.apply(fast, firm))
    day = payment.order.made_at.date() + dt.timedelta(days=days)
    with refused("早于拨付单"):
        people.do(
            payments.mark_paid, people.treasurer, payment=payment, paid_on=day,
            bank_reference="B-1", at=payment.order.made_at,
        )  # fmt: skip
