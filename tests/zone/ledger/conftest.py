import datetime as dt

import pytest

from openzone.zone.ledger.models import Account
from openzone.zone.ledger.services import open_account, transfer
from tests.factories import TESTS

DAY = dt.date(2026, 11, 20)
FIRST = dt.date(2026, 1, 1)


@pytest.fixture
def treasury(db: None) -> Account:
    return open_account(
        actor=TESTS, code="treasury", name="国库", opened_on=FIRST, may_be_negative=True
    )


@pytest.fixture
def budget(treasury: Account) -> Account:
    """A budget with 100 yuan in it."""
    account = open_account(actor=TESTS, code="rd-2026", name="示例研发奖补2026", opened_on=FIRST)
    transfer(actor=TESTS, key="a-1", source=treasury, target=account, amount=100_00, on=FIRST)
    return account


@pytest.fixture
def firms(db: None) -> Account:
    return open_account(actor=TESTS, code="firms", name="已付企业", opened_on=FIRST)
