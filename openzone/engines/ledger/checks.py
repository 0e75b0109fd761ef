"""What must hold before a transfer goes into the books.

These functions look at balances, not at the books, so that a database which sums its own rows and
the book in memory are held to the same words.
"""

import datetime as dt
from dataclasses import dataclass

from openzone.engines.ledger.errors import LedgerError
from openzone.engines.ledger.units import LARGEST, from_smallest
from openzone.engines.text import Text


@dataclass(frozen=True, slots=True)
class Account:
    """What the checks need to know of an account; ``name`` is how refusals call it."""

    name: str
    unit: str
    may_be_negative: bool = False
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """Sums of one account in smallest units: posted both ways, and reserved both ways."""

    posted_in: int = 0
    posted_out: int = 0
    pending_in: int = 0
    pending_out: int = 0

    @property
    def posted(self) -> int:
        """What is in the account."""
        return self.posted_in - self.posted_out

    @property
    def available(self) -> int:
        """What may still be promised: what is reserved is gone, what may come is not there yet."""
        return self.posted - self.pending_out


def ensure_move(
    source: Account, target: Account, amount: int, available: int, on: dt.date | None = None
) -> None:
    """Refuse a transfer or reservation that must not be.

    ``available`` is of the source, ``on`` the day the transfer speaks of.
    """
    ensure_amount(amount)
    if source.unit != target.unit:
        raise LedgerError(
            UNITS.format(source=source.name, one=source.unit, target=target.name, two=target.unit)
        )
    for account in (source, target):
        _ensure_open(account, on)
    if not source.may_be_negative and amount > available:
        raise LedgerError(
            SHORT.format(
                account=source.name,
                left=_said(available, source.unit),
                amount=_said(amount, source.unit),
                unit=source.unit,
            )
        )


def ensure_amount(amount: int) -> None:
    """Refuse amounts of zero and below: a transfer the other way round is another transfer."""
    if not 0 < amount <= LARGEST:
        raise LedgerError(NOT_POSITIVE)


def ensure_settles(reserved: int, amount: int, expires_on: dt.date | None, on: dt.date) -> None:
    """Refuse to post more than was reserved, or anything after the last day it could be posted."""
    ensure_amount(amount)
    if amount > reserved:
        raise LedgerError(OVER)
    if expires_on is not None and on > expires_on:
        raise LedgerError(EXPIRED.format(day=expires_on))


def _ensure_open(account: Account, on: dt.date | None) -> None:
    if on is None:
        return
    if account.opened_on is not None and on < account.opened_on:
        raise LedgerError(NOT_OPEN.format(account=account.name, day=account.opened_on))
    if account.closed_on is not None and on > account.closed_on:
        raise LedgerError(CLOSED.format(account=account.name, day=account.closed_on))


def _said(amount: int, unit: str) -> str:
    return f"{from_smallest(amount, unit):,f}"


NOT_POSITIVE = Text("金额必须大于零", "an amount must be above zero")
UNITS = Text(
    "“{source}”以{one}记账，“{target}”以{two}记账，不能互转",
    "“{source}” is kept in {one}, “{target}” in {two}: nothing moves between them",
)
SHORT = Text(
    "“{account}”可用余额{left}，不足{amount}（{unit}）",
    "“{account}” has {left} left, less than {amount} ({unit})",
)
NOT_OPEN = Text("“{account}”{day}才启用", "“{account}” opens on {day} only")
CLOSED = Text("“{account}”已于{day}关闭", "“{account}” was closed on {day}")
OVER = Text("入账金额超过预留金额", "more would be posted than was reserved")
EXPIRED = Text("预留已于{day}到期", "the reservation ended on {day}")
