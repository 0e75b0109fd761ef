"""Opening accounts and moving what is in them."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from openzone.engines.ledger import checks
from openzone.engines.ledger.book import ENDED, KEY_TAKEN, NOT_RESERVED, SAME, Kind
from openzone.engines.ledger.checks import ensure_move, ensure_settles
from openzone.engines.ledger.errors import LedgerError
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.ledger.enums import TransferKind
from openzone.zone.ledger.models import Account, Transfer
from openzone.zone.ledger.selectors import balance


@transaction.atomic
def open_account(
    *,
    actor: Actor,
    code: str,
    name: str,
    opened_on: dt.date,
    unit: str = "yuan",
    may_be_negative: bool = False,
    closed_on: dt.date | None = None,
) -> Account:
    """Open an account. Only one that stands outside the zone, as the treasury, may be overdrawn."""
    account = Account(
        code=code.strip(),
        name=name.strip(),
        unit=unit,
        may_be_negative=may_be_negative,
        opened_on=opened_on,
        closed_on=closed_on,
    )
    ensure_valid(account)
    account.save()
    record(
        "ledger.account.opened",
        actor=actor,
        subject=f"account:{account.pk}",
        payload={"code": code, "name": name, "unit": unit, "may_be_negative": may_be_negative},
    )
    return account


@transaction.atomic
def transfer(
    *,
    actor: Actor,
    key: str,
    source: Account,
    target: Account,
    amount: int,
    on: dt.date,
    about: str = "",
    memo: str = "",
) -> Transfer:
    """Move an amount (smallest units) at once. The same ``key`` again does nothing.

    Raises:
        Refused: too little is left, or it makes no sense; nothing was written.

    """
    row = _row(actor, key, TransferKind.TRANSFER, source, target, amount, on, about, memo)
    return _moved(actor, row)


@transaction.atomic
def reserve(
    *,
    actor: Actor,
    key: str,
    source: Account,
    target: Account,
    amount: int,
    on: dt.date,
    expires_on: dt.date | None = None,
    about: str = "",
    memo: str = "",
) -> Transfer:
    """Promise an amount: it is no longer left, and not yet paid. Arguments as ``transfer``."""
    row = _row(actor, key, TransferKind.RESERVE, source, target, amount, on, about, memo)
    row.expires_on = expires_on
    return _moved(actor, row)


@transaction.atomic
def post(
    *,
    actor: Actor,
    key: str,
    reservation: Transfer,
    on: dt.date,
    amount: int | None = None,
    memo: str = "",
) -> Transfer:
    """Move what was reserved, or a part of it; the rest is free again."""
    posted = reservation.amount if amount is None else amount
    return _ended(actor, key, TransferKind.POST, reservation, posted, on, memo)


@transaction.atomic
def void(*, actor: Actor, key: str, reservation: Transfer, on: dt.date, memo: str = "") -> Transfer:
    """Let go of what was reserved."""
    return _ended(actor, key, TransferKind.VOID, reservation, reservation.amount, on, memo)


def _row(
    actor: Actor,
    key: str,
    kind: TransferKind,
    source: Account,
    target: Account,
    amount: int,
    on: dt.date,
    about: str,
    memo: str,
) -> Transfer:
    return Transfer(
        key=key,
        kind=kind,
        source=source,
        target=target,
        amount=amount,
        on=on,
        about=about,
        memo=memo,
        at=timezone.now(),
        by=actor.label,
    )


def _moved(actor: Actor, row: Transfer) -> Transfer:
    if row.source_id == row.target_id:
        raise Refused(SAME)
    source, target = _locked(row)
    if (before := _before(row)) is not None:
        return before
    try:
        available = balance(source).available
        ensure_move(_as_checked(source), _as_checked(target), row.amount, available, row.on)
    except LedgerError as error:
        raise Refused(error.reason, field="amount") from None
    return _saved(actor, row)


def _ended(
    actor: Actor,
    key: str,
    kind: TransferKind,
    reservation: Transfer,
    amount: int,
    on: dt.date,
    memo: str,
) -> Transfer:
    source, target, about = reservation.source, reservation.target, reservation.about
    row = _row(actor, key, kind, source, target, amount, on, about, memo)
    row.of = reservation
    _locked(row)
    if (before := _before(row)) is not None:
        return before
    _ensure_open_reservation(reservation)
    if kind == TransferKind.POST:
        try:
            ensure_settles(reservation.amount, amount, reservation.expires_on, on)
        except LedgerError as error:
            raise Refused(error.reason, field="amount") from None
    return _saved(actor, row)


def _ensure_open_reservation(reservation: Transfer) -> None:
    if reservation.kind != TransferKind.RESERVE:
        raise Refused(NOT_RESERVED.format(key=reservation.key))
    end = Transfer.objects.filter(of=reservation).first()
    if end is not None:
        raise Refused(_by(ENDED[Kind(end.kind)].format(key=reservation.key), end))


def _by(reason: Text, row: Transfer) -> Text:
    """Say who was first: the loser of two hands on one thing must know whom to ask."""
    said = Text("（{by}，{at}）", " ({by}, {at})").format(
        by=row.by, at=timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M")
    )
    return Text(reason.zh + said.zh, reason.en + said.en)


def _locked(row: Transfer) -> tuple[Account, Account]:
    """Lock both accounts, always in one order, until the caller commits.

    Without it two people could each promise the last money, having both seen it there.
    """
    ids = (row.source_id, row.target_id)
    found = {a.pk: a for a in Account.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    return found[row.source_id], found[row.target_id]


def _before(row: Transfer) -> Transfer | None:
    """Return what was done under this key before; refuse if that was something else."""
    before = Transfer.objects.filter(key=row.key).first()
    if before is not None and _content(before) != _content(row):
        raise Refused(KEY_TAKEN.format(key=row.key))
    return before


def _content(row: Transfer) -> tuple[object, ...]:
    return (row.kind, row.source_id, row.target_id, row.amount, row.of_id, row.about)


def _as_checked(account: Account) -> checks.Account:
    return checks.Account(
        account.name, account.unit, account.may_be_negative, account.opened_on, account.closed_on
    )


def _saved(actor: Actor, row: Transfer) -> Transfer:
    ensure_valid(row)
    row.save(force_insert=True)
    record(
        f"ledger.{row.kind}",
        actor=actor,
        subject=f"account:{row.source_id}",
        payload={
            "transfer": row.pk,
            "key": row.key,
            "target": row.target_id,
            "amount": row.amount,
            "on": row.on,
            "of": row.of_id,
            "about": row.about,
        },
    )
    return row
