"""Budgets: opened, filled from the treasury, given back to it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.ledger import services as ledger
from openzone.zone.ledger.models import Account, Transfer
from openzone.zone.redemption import flow


@transaction.atomic
def appropriate(
    *,
    actor: Actor,
    budget: Account,
    amount: int,
    document: str,
    key: str,
    at: dt.datetime,
) -> Transfer:
    """Put money (smallest units) into a budget by a document; those who wait get it in their order.

    A negative amount is given back to the treasury, as far as it is not promised.
    """
    if not document.strip():
        raise Refused(Text("请填写拨款文件", "name the document"), field="document")
    if amount == 0:
        raise Refused(Text("请填写金额", "give the amount"), field="amount")
    treasury, on = _treasury(actor, budget), timezone.localdate(at)
    source, target = (treasury, budget) if amount > 0 else (budget, treasury)
    row = ledger.transfer(
        actor=actor, key=key, source=source, target=target, amount=abs(amount), on=on,
        memo=document.strip(),
    )  # fmt: skip
    flow.serve_queue(budget, actor=actor, at=at)
    return row


def _treasury(actor: Actor, budget: Account) -> Account:
    code = flow.TREASURY if budget.unit == "yuan" else f"{flow.TREASURY}-{budget.unit}"
    found = Account.objects.filter(code=code).first()
    return found or ledger.open_account(
        actor=actor,
        code=code,
        name="国库",
        opened_on=budget.opened_on,
        unit=budget.unit,
        may_be_negative=True,
    )
