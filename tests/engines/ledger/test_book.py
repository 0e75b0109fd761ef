import datetime as dt

import pytest

from openzone.engines.ledger.book import Book
from openzone.engines.ledger.checks import Account
from openzone.engines.ledger.errors import LedgerError

DAY = dt.date(2026, 11, 20)
ACCOUNTS = {
    "treasury": Account("国库", "yuan", may_be_negative=True),
    "budget": Account("示例预算", "yuan", opened_on=dt.date(2026, 1, 1)),
    "firms": Account("企业", "yuan"),
    "steel": Account("钢材", "tonne", may_be_negative=True),
    "old": Account("旧预算", "yuan", closed_on=dt.date(2025, 12, 31)),
}


@pytest.fixture
def funded() -> Book:
    return Book(ACCOUNTS).transfer("a1", "treasury", "budget", 100_00, DAY)


def test_a_reservation_takes_from_what_is_left_and_not_from_what_is_there(funded):
    balance = funded.reserve("r1", "budget", "firms", 30_00, DAY).balance("budget")
    assert (balance.posted, balance.available) == (100_00, 70_00)


def test_posting_a_reservation_moves_it(funded):
    book = funded.reserve("r1", "budget", "firms", 30_00, DAY).post("p1", "r1", DAY)
    assert book.balance("budget").posted == book.balance("budget").available == 70_00
    assert book.balance("firms").posted == 30_00


def test_posting_a_part_lets_go_of_the_rest(funded):
    book = funded.reserve("r1", "budget", "firms", 30_00, DAY).post("p1", "r1", DAY, 10_00)
    assert book.balance("budget").available == 90_00
    assert list(book.pending()) == []


def test_releasing_a_reservation_gives_everything_back(funded):
    book = funded.reserve("r1", "budget", "firms", 30_00, DAY).void("v1", "r1", DAY)
    assert book.balance("budget").available == 100_00
    assert book.balance("firms").posted == 0


def test_the_last_money_can_be_promised_once(funded):
    book = funded.reserve("r1", "budget", "firms", 100_00, DAY)
    with pytest.raises(LedgerError, match=r"可用余额0.00，不足0.01"):
        book.reserve("r2", "budget", "firms", 1, DAY)


def test_what_somebody_may_still_get_cannot_be_spent(funded):
    book = funded.reserve("r1", "budget", "firms", 30_00, DAY)
    with pytest.raises(LedgerError, match=r"has 0.00 left"):
        book.transfer("t1", "firms", "budget", 1, DAY)


@pytest.mark.parametrize("second", ["post", "void"])
@pytest.mark.parametrize("first", ["post", "void"])
def test_a_reservation_ends_once(funded, first, second):
    book = getattr(funded.reserve("r1", "budget", "firms", 30_00, DAY), first)("e1", "r1", DAY)
    with pytest.raises(LedgerError, match=r"已入账|已释放"):
        getattr(book, second)("e2", "r1", DAY)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (("transfer", "x", "budget", "budget", 1, DAY), "leads back"),
        (("transfer", "x", "budget", "firms", 0, DAY), "above zero"),
        (("transfer", "x", "budget", "firms", -5, DAY), "above zero"),
        (("transfer", "x", "nobody", "firms", 1, DAY), "hold no"),
        (("transfer", "x", "steel", "firms", 1, DAY), "nothing moves between"),
        (("transfer", "x", "treasury", "old", 1, DAY), "was closed on 2025-12-31"),
        (("transfer", "x", "treasury", "budget", 1, dt.date(2025, 12, 31)), "opens on 2026-01-01"),
        (("post", "x", "a1", DAY), "not a reservation"),
        (("void", "x", "nothing", DAY), "hold no"),
        (("transfer", "a1", "treasury", "budget", 1, DAY), "key of another transfer"),
    ],
)
def test_what_makes_no_sense_is_refused(funded, call, reason):
    name, *arguments = call
    with pytest.raises(LedgerError, match=reason):
        getattr(funded, name)(*arguments)


def test_more_than_was_reserved_cannot_be_posted(funded):
    book = funded.reserve("r1", "budget", "firms", 30_00, DAY)
    with pytest.raises(LedgerError, match="more would be posted"):
        book.post("p1", "r1", DAY, 30_01)


def test_the_same_thing_again_does_nothing(funded):
    book = funded.reserve("r1", "budget", "firms", 30_00, DAY).post("p1", "r1", DAY)
    again = book.reserve("r1", "budget", "firms", 30_00, DAY).post("p1", "r1", DAY)
    assert again == book


def test_a_reservation_can_be_posted_up_to_its_last_day(funded):
    last, late = DAY, DAY + dt.timedelta(days=1)
    book = funded.reserve("r1", "budget", "firms", 30_00, DAY, expires_on=last)
    assert list(book.expired(last)) == []
    assert [entry.key for entry in book.expired(late)] == ["r1"]
    assert book.post("p1", "r1", last).balance("firms").posted == 30_00
    with pytest.raises(LedgerError, match="ended on 2026-11-20"):
        book.post("p1", "r1", late)


def test_a_book_is_a_value(funded):
    before = funded.balance("budget")
    funded.reserve("r1", "budget", "firms", 30_00, DAY)
    assert funded.balance("budget") == before
