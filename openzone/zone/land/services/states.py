"""A parcel goes from state to state; a step by mistake is taken back and never counted."""

import datetime as dt
from typing import Final

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.land.enums import ParcelState, SaleOutcome, StepKind
from openzone.zone.land.models import Parcel, ParcelStep
from openzone.zone.land.selectors.steps import standing_steps
from openzone.zone.land.writing import STATES, append, ensure_day, locked, note, subject
from openzone.zone.people.models import User

ORDER: Final = tuple(ParcelState)
NOT_NEXT = Text("不能从“{now}”到“{then}”", "from “{now}” it cannot come to “{then}”")
NO_STEP = Text("没有可撤回的步骤", "there is no step to take back")
BY_SALE = Text("请登记挂牌或摘牌", "enter the offer or the sale instead")
WHY = Text("请写明原因", "say why")
CONTRACT = Text("已签订合同“{number}”，请先终止合同", "contract “{number}” is signed: end it first")


@transaction.atomic
def enter_state(
    *, actor: Actor, parcel: Parcel, state: str, on: dt.date, user: User | None,
    now: dt.datetime, today: dt.date, reason: str = "", seen: int | None = None,
) -> ParcelStep:  # fmt: skip
    """Let a parcel come to a state. Offers and sales have their own services."""
    fresh, there = locked(parcel, seen), ParcelState(state)
    if there in (ParcelState.LISTED, ParcelState.SOLD):
        raise Refused(BY_SALE, field="state")
    return _entered(actor, fresh, there, on, user, now, today, reason)


@transaction.atomic
def sale_step(
    *, actor: Actor, parcel: Parcel, state: ParcelState, on: dt.date, user: User | None,
    now: dt.datetime, today: dt.date, reason: str = "",
) -> ParcelStep:  # fmt: skip
    """Let a locked parcel follow what happened to its offer or its delivery."""
    return _entered(actor, parcel, state, on, user, now, today, reason)


@transaction.atomic
def void_step(
    *, actor: Actor, parcel: Parcel, reason: str, user: User | None, now: dt.datetime,
    today: dt.date, seen: int | None = None,
) -> ParcelStep:  # fmt: skip
    """Take the last step back as a mistake; it never counted."""
    fresh = locked(parcel, seen)
    left = standing_steps(fresh.log.all())
    if not left:
        raise Refused(NO_STEP)
    last = left[-1]
    if not reason.strip():
        raise Refused(WHY, field="reason")
    step = ParcelStep(
        kind=StepKind.VOIDED, state=last.state, on=today, reason=reason.strip(), by=user,
        recorded_at=now,
    )  # fmt: skip
    _take_sale_back(fresh, last, step.reason, today)
    append(fresh, step)
    note("parcel.step_voided", actor, subject(fresh), state=last.state, reason=step.reason)
    return step


def _entered(
    actor: Actor, parcel: Parcel, there: ParcelState, on: dt.date, user: User | None,
    now: dt.datetime, today: dt.date, reason: str,
) -> ParcelStep:  # fmt: skip
    _ensure_next(ParcelState(parcel.state), there)
    ensure_day(parcel, on, today)
    if there is ParcelState.TAKEN_BACK and not reason.strip():
        raise Refused(WHY, field="reason")
    step = ParcelStep(
        kind=StepKind.ENTERED, state=there, on=on, reason=reason.strip(), by=user, recorded_at=now
    )
    append(parcel, step)
    note("parcel.entered", actor, subject(parcel), state=there, on=on.isoformat())
    return step


def may_follow(now: ParcelState, then: ParcelState) -> bool:
    """Say whether a state can follow another: forward, back into the zone's hands, or anew."""
    if now is ParcelState.TAKEN_BACK:
        return then is ParcelState.CLEARED
    if then is ParcelState.TAKEN_BACK:
        return ORDER.index(now) >= ORDER.index(ParcelState.SOLD)
    if now is ParcelState.LISTED and then is ParcelState.CLEARED:
        return True
    return ORDER.index(then) > ORDER.index(now)


def _ensure_next(now: ParcelState, then: ParcelState) -> None:
    if not may_follow(now, then):
        before, after = STATES[now], STATES[then]
        raise Refused(
            Text(
                NOT_NEXT.zh.format(now=before.zh, then=after.zh),
                NOT_NEXT.en.format(now=before.en, then=after.en),
            ),
            field="state",
        )


def _take_sale_back(parcel: Parcel, last: ParcelStep, reason: str, today: dt.date) -> None:
    """Let the offer follow: by mistake offered is withdrawn, by mistake sold is open again."""
    sale = parcel.sales.order_by("-pk").first()
    if sale is None:
        return
    running = parcel.contracts.filter(ended_on=None).first()
    if last.state == ParcelState.LISTED and not sale.outcome:
        sale.outcome, sale.outcome_on = SaleOutcome.WITHDRAWN, max(today, sale.announced_on)
        sale.reason = reason
    elif last.state == ParcelState.SOLD and sale.outcome == SaleOutcome.SOLD:
        if running is not None:
            raise Refused(CONTRACT.format(number=running.number))
        sale.outcome, sale.outcome_on, sale.price = "", None, None
        sale.buyer, sale.buyer_name = None, ""
    sale.save()
