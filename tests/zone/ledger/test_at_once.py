"""Two hands on the last money, and a process that dies with its hand in the till."""

import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from django.db import connection

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.ledger.models import Account, Transfer
from openzone.zone.ledger.selectors import budget_line, out_of_balance
from openzone.zone.ledger.services import open_account, post, reserve, transfer, void
from tests.factories import TESTS
from tests.zone.jobs.conftest import wait_until
from tests.zone.ledger.conftest import DAY, FIRST

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def accounts(transactional_db: None) -> tuple[Account, Account]:
    treasury = open_account(
        actor=TESTS, code="treasury", name="国库", opened_on=FIRST, may_be_negative=True
    )
    budget = open_account(actor=TESTS, code="budget", name="示例预算", opened_on=FIRST)
    firms = open_account(actor=TESTS, code="firms", name="已付企业", opened_on=FIRST)
    transfer(actor=TESTS, key="a", source=treasury, target=budget, amount=100_00, on=FIRST)
    return budget, firms


def test_of_two_who_ask_for_the_last_money_one_gets_it_and_one_is_told(accounts, at_the_same_time):
    budget, firms = accounts
    numbers = count(1)

    def ask() -> str:
        try:
            reserve(
                actor=TESTS, key=f"r-{next(numbers)}", source=budget, target=firms,
                amount=60_00, on=DAY,
            )  # fmt: skip
        except Refused as refusal:
            return refusal.reason.zh
        return "got it"

    said = sorted(at_the_same_time(4, ask))
    assert said.count("got it") == 1
    assert all("可用余额40.00，不足60.00" in reason for reason in said if reason != "got it")
    assert budget_line(budget).left == 40_00


def test_a_double_click_reserves_once(accounts, at_the_same_time):
    budget, firms = accounts

    def click() -> int:
        return reserve(
            actor=TESTS, key="same", source=budget, target=firms, amount=60_00, on=DAY
        ).pk

    assert len(set(at_the_same_time(4, click))) == 1
    assert budget_line(budget).reserved == 60_00


def test_a_reservation_is_not_posted_and_released_both(accounts, at_the_same_time):
    budget, firms = accounts
    held = reserve(actor=TESTS, key="r", source=budget, target=firms, amount=60_00, on=DAY)
    hands = enumerate([post, void, post, void])

    def end() -> str:
        number, service = next(hands)
        try:
            service(actor=TESTS, key=f"end-{number}", reservation=held, on=DAY)
        except Refused:
            return "late"
        return service.__name__

    said = at_the_same_time(4, end)
    assert said.count("late") == 3
    line = budget_line(budget)
    assert (line.reserved, line.paid) == ((0, 60_00) if "post" in said else (0, 0))


def test_money_moving_both_ways_never_deadlocks(accounts, at_the_same_time):
    budget, firms = accounts
    transfer(actor=TESTS, key="b", source=budget, target=firms, amount=50_00, on=DAY)
    numbers = count(1)

    def move() -> None:
        number = next(numbers)
        pair = (budget, firms) if number % 2 else (firms, budget)
        for step in range(5):
            transfer(
                actor=TESTS, key=f"m-{number}-{step}", source=pair[0], target=pair[1],
                amount=1_00, on=DAY,
            )  # fmt: skip

    at_the_same_time(4, move)
    assert Transfer.objects.filter(key__startswith="m-").count() == 20
    assert out_of_balance() == {}


def test_a_process_killed_in_the_middle_leaves_nothing_and_can_be_asked_again(accounts, tmp_path):
    budget, firms = accounts
    before = Event.objects.count()
    _killed_halfway(tmp_path / "started")
    assert budget_line(budget).left == 100_00
    assert Event.objects.count() == before

    for _ in range(2):
        reserve(
            actor=TESTS, key="killed", source=budget, target=firms, amount=60_00, on=DAY,
            about="application:1",
        )  # fmt: skip
    assert budget_line(budget).left == 40_00


def _killed_halfway(started: Path) -> None:
    """Let a process reserve, and kill it after the write and before the commit."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.zone.ledger.reserve_process"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "openzone.settings",
            "TEST_DATABASE": str(connection.settings_dict["NAME"]),
            "TEST_STARTED": str(started),
        },
    )
    try:
        wait_until(lambda: started.exists() and started.read_text())
    finally:
        process.kill()
        process.wait()
    assert started.read_text() == "60"
