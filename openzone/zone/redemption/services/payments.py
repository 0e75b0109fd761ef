"""Fund orders, what the bank did with them, and what the enterprise says of it."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.ledger import services as ledger
from openzone.zone.ledger.models import Account
from openzone.zone.people.models import User
from openzone.zone.redemption import flow
from openzone.zone.redemption.enums import PaymentState, Stage
from openzone.zone.redemption.models import Application, FundOrder, Payment


@transaction.atomic
def make_order(
    *,
    actor: Actor,
    user: User,
    applications: Sequence[Application],
    at: dt.datetime,
    note: str = "",
) -> FundOrder:
    """Order what is reserved for several applications of one budget to be paid."""
    from openzone.zone.redemption.permissions import not_for_oneself

    chosen = [flow.locked(one, Stage.ORDER) for one in sorted(applications, key=lambda a: a.pk)]
    budgets = {one.item.budget_id for one in chosen}
    if len(budgets) != 1 or None in budgets:
        raise Refused(
            Text("请选择同一预算的申请", "choose applications of one budget"), field="applications"
        )
    for one in chosen:
        decision = not_for_oneself(user, one, timezone.localdate(at))
        if not decision.allowed:
            raise Refused(decision.reason)
    order = _order(chosen[0].item.budget, user, at, note)
    for one in chosen:
        held = flow.reservation_of(one)
        Payment.objects.create(order=order, application=one, reservation=held, amount=held.amount)
        flow.move(
            one, Stage.PAYMENT, actor=actor, user=user, at=at, action="ordered",
            note=order.number, details={"order": order.pk, "amount": held.amount},
        )  # fmt: skip
    record(
        "redemption.order.made", actor=actor, subject=f"fund_order:{order.pk}",
        payload={"number": order.number, "applications": [one.number for one in chosen]},
    )  # fmt: skip
    return order


def _order(budget: Account | None, user: User, at: dt.datetime, note: str) -> FundOrder:
    if budget is None:
        raise Refused(flow.NO_BUDGET)
    order = FundOrder.objects.create(
        number=f"new-{timezone.now().timestamp()}"[:20],
        budget=budget,
        made_by=user,
        made_at=at,
        note=note.strip(),
    )
    order.number = f"BF{timezone.localdate(at).year}-{order.pk:05d}"
    order.save(update_fields=["number"])
    return order


@transaction.atomic
def mark_paid(
    *,
    actor: Actor,
    user: User,
    payment: Payment,
    paid_on: dt.date,
    bank_reference: str,
    at: dt.datetime,
    amount: int | None = None,
) -> Payment:
    """Write down what the bank paid (fen); what is left of the order is ordered anew.

    Who made the order does not write down that it was paid.
    """
    application = flow.locked(payment.application, Stage.PAYMENT)
    current = _ordered(payment, user)
    if not bank_reference.strip():
        raise Refused(Text("请填写银行流水号", "give the bank's reference"), field="bank_reference")
    if paid_on > timezone.localdate(at):
        raise Refused(Text("支付日期晚于今天", "a day that is still to come"), field="paid_on")
    if paid_on < timezone.localdate(current.order.made_at):
        raise Refused(Text("支付日期早于拨付单", "a day before the order"), field="paid_on")
    paid = current.amount if amount is None else amount
    ledger.post(
        actor=actor,
        key=f"payment:{current.pk}",
        reservation=current.reservation,
        on=paid_on,
        amount=paid,
        memo=bank_reference.strip(),
    )
    current.state, current.paid, current.paid_on = PaymentState.PAID, paid, paid_on
    current.bank_reference = bank_reference.strip()
    _marked(current, user, at)
    details = {"payment": current.pk, "amount": paid}
    if paid < current.amount:
        flow.reserve(application, actor=actor, amount=current.amount - paid, at=at)
        to = Stage.ORDER
    else:
        application.paid_at, to = at, flow.following(application, Stage.PAYMENT)
    flow.move(application, to, actor=actor, user=user, at=at, action="paid", details=details)
    return current


@transaction.atomic
def mark_failed(
    *, actor: Actor, user: User, payment: Payment, reason: str, at: dt.datetime
) -> Payment:
    """Write down that the bank sent it back; the money stays promised and is ordered anew."""
    application = flow.locked(payment.application, Stage.PAYMENT)
    current = _ordered(payment, user)
    if not reason.strip():
        raise Refused(Text("请填写退回原因", "say why it came back"), field="reason")
    current.state, current.reason = PaymentState.FAILED, reason.strip()
    _marked(current, user, at)
    application.asked = reason.strip()
    flow.move(
        application, Stage.ORDER, actor=actor, user=user, at=at, action="failed", note=reason,
        details={"payment": current.pk},
    )  # fmt: skip
    return current


def _ordered(payment: Payment, user: User) -> Payment:
    """Return the line if it still waits, to somebody who did not make the order."""
    rows = Payment.objects.select_for_update(of=("self",)).select_related("order", "reservation")
    current = rows.get(pk=payment.pk)
    if current.order.made_by_id == user.pk:
        raise Refused(
            Text(
                "拨付单由本人制作，须由他人登记支付结果",
                "you made the order: somebody else records what was paid",
            )
        )
    if current.state != PaymentState.ORDERED:
        raise Refused(Text("已由{by}登记", "already recorded by {by}").format(by=current.marked_by))
    return current


def _marked(payment: Payment, user: User, at: dt.datetime) -> None:
    payment.marked_by, payment.marked_at = user, at
    payment.save()


@transaction.atomic
def change_account(
    *,
    actor: Actor,
    user: User,
    application: Application,
    payee_name: str,
    payee_bank: str,
    payee_account: str,
    at: dt.datetime,
) -> Application:
    """Let the enterprise correct where the money goes, before it is ordered."""
    from openzone.zone.redemption.services.applications import ensure_payee

    current = flow.locked(application, Stage.QUEUED, Stage.ORDER)
    current.payee_name, current.payee_bank = payee_name.strip(), payee_bank.strip()
    current.payee_account = "".join(payee_account.split())
    ensure_payee(current)
    current.asked = ""
    current.save()
    flow.leave_step(current, actor=actor, user=user, at=at, action="account")
    return current


@transaction.atomic
def confirm_receipt(
    *, actor: Actor, user: User, application: Application, at: dt.datetime, seen: int | None = None
) -> Application:
    """Let the enterprise say that the money is there."""
    current = flow.locked(application, Stage.RECEIPT, seen=seen)
    to = flow.following(current, Stage.RECEIPT)
    flow.move(current, to, actor=actor, user=user, at=at, action="received")
    return current


@transaction.atomic
def rate(
    *,
    actor: Actor,
    user: User,
    application: Application,
    rating: int,
    at: dt.datetime,
    note: str = "",
) -> Application:
    """Let the enterprise say how it went, from 1 to 5; that closes the application."""
    current = flow.locked(application, Stage.EVALUATION)
    if not 1 <= rating <= 5:
        raise Refused(Text("评分为1至5", "a rating is from 1 to 5"), field="rating")
    current.rating, current.rating_note = rating, note.strip()
    flow.move(
        current, Stage.CLOSED, actor=actor, user=user, at=at, action="rated", note=note,
        details={"rating": rating},
    )  # fmt: skip
    return current
