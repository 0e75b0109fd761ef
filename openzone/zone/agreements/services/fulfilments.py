"""What was done for a promise: one side reports it with evidence, the other confirms it."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.agreements.models import Agreement, Answer, Clause, Fulfilment
from openzone.zone.agreements.permissions import SAME_PERSON, SAME_SIDE
from openzone.zone.agreements.services.writing import TO_COME, in_force, keep, note
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.projects.writing import locked

HOW_MUCH = Text("请写明完成的数量", "say how much was done")
A_DEED = Text("该承诺没有数量", "this promise has no quantity")
BEFORE = Text("不能早于协议签订日 {day}", "not before the agreement was signed, on {day}")
ANSWERED = Text("已由{who}答复：{what}", "answered already by {who}: {what}")
WHY = Text("不予确认的，请写明原因", "say why it is not confirmed")


@transaction.atomic
def report(
    *, actor: Actor, clause: Clause, side: str, on: dt.date, text: str, file_name: str,
    data: bytes, user: User, now: dt.datetime, today: dt.date, quantity: Decimal | None = None,
) -> Fulfilment:  # fmt: skip
    """Report a part of a quantity, or the deed; it counts once the other side confirms it."""
    agreement = in_force(clause.agreement)
    _ensure_day(clause.first.agreement if clause.first else agreement, on, today)
    if (clause.quantity is None) != (quantity is None):
        raise Refused(HOW_MUCH if quantity is None else A_DEED, field="quantity")
    made = Fulfilment(
        clause=clause, side=side, on=on, quantity=quantity, text=text.strip(), reported_by=user,
        reported_at=now,
    )  # fmt: skip
    keep(made, file_name, data)
    ensure_valid(made)
    made.save(force_insert=True)
    note(
        action="fulfilment_reported",
        actor=actor,
        subject=f"project:{agreement.project_id}",
        payload={"clause": clause.pk, "side": side, "on": on.isoformat(), "sha256": made.sha256},
    )
    return made


def _ensure_day(first: Agreement, on: dt.date, today: dt.date) -> None:
    """Refuse a day to come, and one before the promise was first signed."""
    if on > today:
        raise Refused(TO_COME.format(day=on), field="on")
    if first.signed_on is not None and on < first.signed_on:
        raise Refused(BEFORE.format(day=first.signed_on), field="on")


@transaction.atomic
def answer(
    *, actor: Actor, fulfilment: Fulfilment, side: str, confirmed: bool, user: User,
    now: dt.datetime, remark: str = "",
) -> Answer:  # fmt: skip
    """Confirm what the other side reported, or say why not: once, by somebody else."""
    clause = fulfilment.clause
    locked(clause.agreement.project)  # also after an amendment: what was done then counts on
    _ensure_open(fulfilment)
    if side == fulfilment.side:
        raise Refused(SAME_SIDE)
    if user.pk == fulfilment.reported_by_id:
        raise Refused(SAME_PERSON)
    if not confirmed and not remark.strip():
        raise Refused(WHY, field="remark")
    made = Answer(
        fulfilment=fulfilment, confirmed=confirmed, remark=remark.strip(),
        reported_by_id=fulfilment.reported_by_id, answered_by=user, answered_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    note(
        action="fulfilment_answered",
        actor=actor,
        subject=f"project:{clause.agreement.project_id}",
        payload={"fulfilment": fulfilment.pk, "confirmed": confirmed},
    )
    return made


def _ensure_open(fulfilment: Fulfilment) -> None:
    earlier = Answer.objects.select_related("answered_by").filter(fulfilment=fulfilment).first()
    if earlier is None:
        return
    who = str(earlier.answered_by)
    zh, en = ("确认", "confirmed") if earlier.confirmed else ("不予确认", "not confirmed")
    raise Refused(Text(ANSWERED.zh.format(who=who, what=zh), ANSWERED.en.format(who=who, what=en)))
