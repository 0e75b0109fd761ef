"""What is in the accounts: sums over transfers, taken when somebody asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum

from openzone.engines.ledger.checks import Balance
from openzone.engines.ledger.units import from_smallest
from openzone.zone.ledger.enums import TransferKind
from openzone.zone.ledger.models import Account, Transfer

_MOVED = Q(kind__in=[TransferKind.TRANSFER, TransferKind.POST])
_PENDING = Q(kind=TransferKind.RESERVE, end__isnull=True)


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A budget in smallest units: ``left = appropriated - reserved - paid``.

    ``appropriated`` came from accounts that may be overdrawn (the treasury), less what went back
    there; ``paid`` went to all others, less what they returned.
    """

    account: Account
    appropriated: int
    reserved: int
    paid: int

    @property
    def left(self) -> int:
        """What may still be promised."""
        return self.appropriated - self.reserved - self.paid

    def amount(self, name: str) -> Decimal:
        """Return one of the four in the account's own unit."""
        return from_smallest(getattr(self, name), self.account.unit)


def balance(account: Account) -> Balance:
    """Add up one account."""
    into, out = _sums(account.incoming.all()), _sums(account.outgoing.all())
    return Balance(
        posted_in=into["moved"] or 0,
        posted_out=out["moved"] or 0,
        pending_in=into["pending"] or 0,
        pending_out=out["pending"] or 0,
    )


def _sums(rows: QuerySet[Transfer]) -> Mapping[str, int | None]:
    return rows.aggregate(
        moved=Sum("amount", filter=_MOVED), pending=Sum("amount", filter=_PENDING)
    )


def budget_line(account: Account) -> BudgetLine:
    """Return a budget's four numbers."""
    return budget_lines([account])[0]


def budget_lines(accounts: Iterable[Account]) -> list[BudgetLine]:
    """Return the four numbers of several budgets with two sums for all."""
    chosen = list(accounts)
    ids = [account.pk for account in chosen]
    out = _by_account("source", Q(target__may_be_negative=True), ids)
    into = _by_account("target", Q(source__may_be_negative=True), ids)
    return [_line(account, into.get(account.pk, {}), out.get(account.pk, {})) for account in chosen]


def _line(account: Account, into: Mapping[str, int], out: Mapping[str, int]) -> BudgetLine:
    return BudgetLine(
        account,
        appropriated=into.get("treasury", 0) - out.get("treasury", 0),
        reserved=out.get("pending", 0),
        paid=out.get("others", 0) - into.get("others", 0),
    )


def _by_account(side: str, treasury: Q, ids: list[int]) -> dict[int, dict[str, int]]:
    rows = Transfer.objects.filter(**{f"{side}__in": ids}).values(account=F(side))
    summed = rows.order_by("account").annotate(
        treasury=Sum("amount", filter=_MOVED & treasury),
        others=Sum("amount", filter=_MOVED & ~treasury),
        pending=Sum("amount", filter=_PENDING),
    )
    return {
        row["account"]: {name: row[name] or 0 for name in ("treasury", "others", "pending")}
        for row in summed
    }


def transfers(account: Account, part: str = "") -> QuerySet[Transfer]:
    """Return the rows behind a budget's number, the newest first.

    ``part`` is ``appropriated``, ``reserved`` or ``paid``; anything else gives every row.
    """
    rows = Transfer.objects.filter(Q(source=account) | Q(target=account))
    treasury = Q(source=account, target__may_be_negative=True) | Q(
        target=account, source__may_be_negative=True
    )
    chosen = {
        "appropriated": _MOVED & treasury,
        "paid": _MOVED & ~treasury,
        "reserved": _PENDING & Q(source=account),
    }
    found = rows.filter(chosen[part]) if part in chosen else rows
    return found.select_related("source", "target", "of", "end").order_by("-id")


def pending_about(about: str) -> QuerySet[Transfer]:
    """Return the open reservations for one thing."""
    return Transfer.objects.filter(_PENDING, about=about).order_by("id")


def out_of_balance() -> Mapping[str, int]:
    """Return the units whose accounts do not add up to zero: none, unless rows were forged."""
    sums: dict[str, int] = {}
    for account in Account.objects.all():
        sums[account.unit] = sums.get(account.unit, 0) + balance(account).posted
    return {unit: total for unit, total in sums.items() if total}
