import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.ledger.enums import TransferState
from openzone.zone.ledger.models import Account, Transfer
from openzone.zone.ledger.selectors import (
    balance,
    budget_line,
    budget_lines,
    out_of_balance,
    pending_about,
    transfers,
)
from openzone.zone.ledger.services import open_account, post, reserve, transfer, void
from tests.factories import TESTS
from tests.zone.ledger.conftest import DAY, FIRST

pytestmark = pytest.mark.django_db


def hold(budget: Account, firms: Account, amount: int, key: str = "r-1") -> Transfer:
    return reserve(
        actor=TESTS,
        key=key,
        source=budget,
        target=firms,
        amount=amount,
        on=DAY,
        about="application:1",
    )


def four(budget: Account) -> tuple[int, int, int, int]:
    line = budget_line(budget)
    return line.appropriated, line.reserved, line.paid, line.left


def test_a_budget_is_what_was_appropriated_less_promised_less_paid(budget, firms):
    assert four(budget) == (100_00, 0, 0, 100_00)
    reservation = hold(budget, firms, 30_00)
    assert four(budget) == (100_00, 30_00, 0, 70_00)
    post(actor=TESTS, key="p-1", reservation=reservation, on=DAY)
    assert four(budget) == (100_00, 0, 30_00, 70_00)
    transfer(actor=TESTS, key="b-1", source=firms, target=budget, amount=10_00, on=DAY)
    assert four(budget) == (100_00, 0, 20_00, 80_00)
    assert out_of_balance() == {}


def test_a_partial_payment_frees_the_rest(budget, firms):
    reservation = hold(budget, firms, 30_00)
    post(actor=TESTS, key="p-1", reservation=reservation, on=DAY, amount=12_00)
    assert four(budget) == (100_00, 0, 12_00, 88_00)
    assert not pending_about("application:1").exists()


def test_money_given_back_to_the_treasury_was_not_appropriated(budget, treasury):
    transfer(actor=TESTS, key="c-1", source=budget, target=treasury, amount=40_00, on=DAY)
    assert four(budget) == (60_00, 0, 0, 60_00)


def test_every_number_leads_to_its_rows(budget, firms):
    one, two = hold(budget, firms, 30_00), hold(budget, firms, 5_00, "r-2")
    post(actor=TESTS, key="p-1", reservation=one, on=DAY)
    keys = {part: [row.key for row in transfers(budget, part)] for part in
            ("appropriated", "reserved", "paid", "")}  # fmt: skip
    assert keys == {
        "appropriated": ["a-1"],
        "reserved": ["r-2"],
        "paid": ["p-1"],
        "": ["p-1", "r-2", "r-1", "a-1"],
    }
    assert [row.state for row in transfers(budget)] == [
        TransferState.POSTED, TransferState.PENDING, TransferState.POSTED, TransferState.POSTED,
    ]  # fmt: skip
    void(actor=TESTS, key="v-1", reservation=two, on=DAY)
    assert Transfer.objects.get(key="r-2").state is TransferState.VOIDED


def test_what_is_not_there_cannot_be_promised_and_the_reason_says_how_much_is(budget, firms):
    hold(budget, firms, 95_00)
    with pytest.raises(Refused, match=r"可用余额5.00，不足5.01"):
        hold(budget, firms, 5_01, "r-2")
    assert four(budget) == (100_00, 95_00, 0, 5_00)


def test_the_same_key_again_does_nothing(budget, firms):
    events = Event.objects.count()
    first = hold(budget, firms, 30_00)
    assert hold(budget, firms, 30_00) == first
    post(actor=TESTS, key="p-1", reservation=first, on=DAY)
    post(actor=TESTS, key="p-1", reservation=first, on=DAY)
    assert four(budget) == (100_00, 0, 30_00, 70_00)
    assert Event.objects.count() == events + 2


def test_a_key_cannot_be_used_for_something_else(budget, firms):
    hold(budget, firms, 30_00)
    with pytest.raises(Refused, match="key of another transfer"):
        hold(budget, firms, 31_00)


def test_the_second_end_of_a_reservation_is_told_who_was_first(budget, firms):
    reservation = hold(budget, firms, 30_00)
    void(actor=TESTS, key="v-1", reservation=reservation, on=DAY)
    with pytest.raises(Refused, match=r"was released already \(tests, \d{4}-"):
        post(actor=TESTS, key="p-1", reservation=reservation, on=DAY)


def test_what_is_no_reservation_cannot_be_posted(budget, firms):
    with pytest.raises(Refused, match="is not a reservation"):
        post(actor=TESTS, key="p-1", reservation=Transfer.objects.get(key="a-1"), on=DAY)


def test_a_reservation_is_posted_up_to_its_last_day(budget, firms):
    reservation = reserve(
        actor=TESTS, key="r", source=budget, target=firms, amount=1, on=DAY, expires_on=DAY
    )
    with pytest.raises(Refused, match="ended on 2026-11-20"):
        post(actor=TESTS, key="p", reservation=reservation, on=DAY + dt.timedelta(days=1))


def test_accounts_of_two_units_do_not_mix(budget, db):
    steel = open_account(actor=TESTS, code="steel", name="钢材", opened_on=FIRST, unit="tonne")
    with pytest.raises(Refused, match="nothing moves between them"):
        transfer(actor=TESTS, key="x", source=budget, target=steel, amount=1, on=DAY)


def test_an_account_code_is_taken_once(budget):
    with pytest.raises(Refused):
        open_account(actor=TESTS, code="rd-2026", name="另一个", opened_on=FIRST)


def test_a_transfer_cannot_be_rewritten_by_anybody(budget):
    for change in (lambda: Transfer.objects.update(amount=1), Transfer.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert balance(budget).posted == 100_00


def test_several_budgets_are_summed_in_two_queries(
    budget, firms, treasury, django_assert_num_queries
):
    other = open_account(actor=TESTS, code="other", name="另一项", opened_on=FIRST)
    transfer(actor=TESTS, key="a-2", source=treasury, target=other, amount=7, on=FIRST)
    hold(budget, firms, 30_00)
    with django_assert_num_queries(2):
        lines = budget_lines([other, budget])
    assert [(line.appropriated, line.left) for line in lines] == [(7, 7), (100_00, 70_00)]


def test_every_move_is_in_the_log(budget, firms):
    reservation = hold(budget, firms, 30_00)
    post(actor=TESTS, key="p-1", reservation=reservation, on=DAY)
    actions = Event.objects.order_by("seq").values_list("action", flat=True)
    assert list(actions)[-3:] == ["ledger.account.opened", "ledger.reserve", "ledger.post"]
