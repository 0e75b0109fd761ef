"""Whatever people do in whatever order, no money appears, disappears or is promised twice."""

import datetime as dt
from collections import Counter, defaultdict

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from openzone.engines.ledger.book import Book, Kind
from openzone.engines.ledger.checks import Account
from openzone.engines.ledger.errors import LedgerError

ACCOUNTS = {
    "treasury": Account("treasury", "yuan", may_be_negative=True),
    "budget": Account("budget", "yuan"),
    "other": Account("other", "yuan"),
    "firms": Account("firms", "yuan"),
    "mine": Account("mine", "tonne", may_be_negative=True),
    "yard": Account("yard", "tonne"),
}
START = dt.date(2026, 1, 1)
names = st.sampled_from(sorted(ACCOUNTS))
amounts = st.integers(-2, 60)


class Interleaved(RuleBasedStateMachine):
    """Many hands on one book; each refusal must leave it as it was."""

    reservations = Bundle("reservations")

    def __init__(self) -> None:
        super().__init__()
        self.book = Book(ACCOUNTS)
        self.day = START
        self.count = 0

    def key(self) -> str:
        self.count += 1
        return f"k{self.count}"

    def attempt(self, name, *arguments, **options) -> str:
        before, key = self.book, self.key()
        try:
            self.book = getattr(before, name)(key, *arguments, **options)
        except LedgerError:
            assert self.book is before
        else:
            assert len(self.book.entries) == len(before.entries) + 1
        return key

    @rule(source=names, to=names, amount=amounts)
    def transfer(self, source, to, amount):
        self.attempt("transfer", source, to, amount, self.day)

    @rule(target=reservations, source=names, to=names, amount=amounts, lasts=st.integers(0, 3))
    def reserve(self, source, to, amount, lasts):
        expires = self.day + dt.timedelta(days=lasts) if lasts else None
        return self.attempt("reserve", source, to, amount, self.day, expires_on=expires)

    @rule(of=reservations, amount=st.one_of(st.none(), amounts))
    def post(self, of, amount):
        self.attempt("post", of, self.day, amount)

    @rule(of=consumes(reservations))
    def void(self, of):
        self.attempt("void", of, self.day)

    @rule()
    def night(self):
        self.day += dt.timedelta(days=1)
        for entry in list(self.book.expired(self.day)):
            self.book = self.book.void(self.key(), entry.key, self.day)

    @rule(data=st.data())
    def repeat(self, data):
        """A client that did not hear the answer asks for the same thing again."""
        if not self.book.entries:
            return
        done = data.draw(st.sampled_from(sorted(self.book.entries)))
        entry, before = self.book.entries[done], self.book
        if entry.kind in (Kind.TRANSFER, Kind.RESERVE):
            expires = {} if entry.kind is Kind.TRANSFER else {"expires_on": entry.expires_on}
            again = getattr(before, entry.kind.value)(
                done, entry.source, entry.target, entry.amount, entry.on, **expires
            )
        elif entry.kind is Kind.POST:
            again = before.post(done, entry.of, entry.on, entry.amount)
        else:
            again = before.void(done, entry.of, entry.on)
        assert again == before

    @invariant()
    def every_unit_sums_to_zero(self):
        sums = defaultdict(int)
        for name, account in ACCOUNTS.items():
            sums[account.unit] += self.book.balance(name).posted
        assert set(sums.values()) == {0}

    @invariant()
    def nothing_is_promised_that_is_not_there(self):
        for name, account in ACCOUNTS.items():
            assert account.may_be_negative or self.book.balance(name).available >= 0

    @invariant()
    def a_reservation_ends_at_most_once_and_never_for_more(self):
        ends = [entry for entry in self.book.entries.values() if entry.of]
        assert set(Counter(entry.of for entry in ends).values()) <= {1}
        assert all(entry.amount <= self.book.entries[entry.of].amount for entry in ends)

    @invariant()
    def what_is_pending_is_what_was_reserved_and_not_ended(self):
        reserved = {e.key: e.amount for e in self.book.entries.values() if e.kind is Kind.RESERVE}
        ended = {entry.of for entry in self.book.entries.values() if entry.of}
        pending = sum(amount for key, amount in reserved.items() if key not in ended)
        assert pending == sum(self.book.balance(name).pending_out for name in ACCOUNTS)
        assert pending == sum(self.book.balance(name).pending_in for name in ACCOUNTS)


TestInterleaved = Interleaved.TestCase
TestInterleaved.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
