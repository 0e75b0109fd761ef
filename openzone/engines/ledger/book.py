"""A set of books as a value: every entry ever made, in order, and the sums that follow."""

import datetime as dt
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from openzone.engines.ledger.checks import Account, Balance, ensure_move, ensure_settles
from openzone.engines.ledger.errors import LedgerError
from openzone.engines.text import Text


class Kind(StrEnum):
    """What an entry does: move now, promise, move what was promised, or let go of it."""

    TRANSFER = "transfer"
    RESERVE = "reserve"
    POST = "post"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the books, never changed. ``of`` is the reservation that a post or void ends.

    ``amount`` of a post may be less than what was reserved: the rest is let go of with it.
    """

    key: str
    kind: Kind
    source: str
    target: str
    amount: int
    on: dt.date
    of: str | None = None
    expires_on: dt.date | None = None


@dataclass(frozen=True)
class Book:
    """Accounts by name and entries by key, in the order they were made."""

    accounts: Mapping[str, Account]
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def transfer(self, key: str, source: str, target: str, amount: int, on: dt.date) -> "Book":
        """Move an amount at once."""
        return self._move(Entry(key, Kind.TRANSFER, source, target, amount, on))

    def reserve(
        self,
        key: str,
        source: str,
        target: str,
        amount: int,
        on: dt.date,
        expires_on: dt.date | None = None,
    ) -> "Book":
        """Promise an amount; it can be posted up to and on its last day."""
        entry = Entry(key, Kind.RESERVE, source, target, amount, on, expires_on=expires_on)
        return self._move(entry)

    def post(self, key: str, of: str, on: dt.date, amount: int | None = None) -> "Book":
        """Move what was reserved, or a part of it; the rest is free again."""
        reserved = self._pending(of)
        posted = reserved.amount if amount is None else amount
        entry = Entry(key, Kind.POST, reserved.source, reserved.target, posted, on, of)
        if self._known(entry):
            return self
        self._ensure_not_ended(of)
        ensure_settles(reserved.amount, posted, reserved.expires_on, on)
        return self._with(entry)

    def void(self, key: str, of: str, on: dt.date) -> "Book":
        """Let go of what was reserved."""
        reserved = self._pending(of)
        entry = Entry(key, Kind.VOID, reserved.source, reserved.target, reserved.amount, on, of)
        if self._known(entry):
            return self
        self._ensure_not_ended(of)
        return self._with(entry)

    def expired(self, on: dt.date) -> Iterator[Entry]:
        """Yield the reservations that are still open after their last day: void them."""
        for entry in self.pending():
            if entry.expires_on is not None and entry.expires_on < on:
                yield entry

    def pending(self) -> Iterator[Entry]:
        """Yield the reservations nobody has ended."""
        ended = {entry.of for entry in self.entries.values()}
        for entry in self.entries.values():
            if entry.kind is Kind.RESERVE and entry.key not in ended:
                yield entry

    def balance(self, account: str) -> Balance:
        """Add up one account."""
        moved = [e for e in self.entries.values() if e.kind in (Kind.TRANSFER, Kind.POST)]
        promised = list(self.pending())
        return Balance(
            posted_in=sum(entry.amount for entry in moved if entry.target == account),
            posted_out=sum(entry.amount for entry in moved if entry.source == account),
            pending_in=sum(entry.amount for entry in promised if entry.target == account),
            pending_out=sum(entry.amount for entry in promised if entry.source == account),
        )

    def _move(self, entry: Entry) -> "Book":
        if self._known(entry):
            return self
        _ensure_two(entry)
        source, target = _found(self.accounts, entry.source), _found(self.accounts, entry.target)
        ensure_move(source, target, entry.amount, self.balance(entry.source).available, entry.on)
        return self._with(entry)

    def _known(self, entry: Entry) -> bool:
        """Whether the same was done before under this key: then nothing is done again."""
        before = self.entries.get(entry.key)
        if before is not None and before != entry:
            raise LedgerError(KEY_TAKEN.format(key=entry.key))
        return before is not None

    def _pending(self, key: str) -> Entry:
        reserved = _found(self.entries, key)
        if reserved.kind is not Kind.RESERVE:
            raise LedgerError(NOT_RESERVED.format(key=key))
        return reserved

    def _ensure_not_ended(self, key: str) -> None:
        for entry in self.entries.values():
            if entry.of == key:
                raise LedgerError(ENDED[entry.kind].format(key=key))

    def _with(self, entry: Entry) -> "Book":
        return replace(self, entries={**self.entries, entry.key: entry})


K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def _found(among: Mapping[K, V], key: K) -> V:
    if key not in among:
        raise LedgerError(UNKNOWN.format(key=key))
    return among[key]


def _ensure_two(entry: Entry) -> None:
    if entry.source == entry.target:
        raise LedgerError(SAME)


SAME = Text("转出和转入是同一账户", "the transfer leads back to its own account")
UNKNOWN = Text("账上没有“{key}”", "the books hold no “{key}”")
KEY_TAKEN = Text("编号“{key}”已用于另一笔", "“{key}” is the key of another transfer")
NOT_RESERVED = Text("“{key}”不是预留", "“{key}” is not a reservation")
ENDED = {
    Kind.POST: Text("“{key}”已入账", "“{key}” was posted already"),
    Kind.VOID: Text("“{key}”已释放", "“{key}” was released already"),
}
