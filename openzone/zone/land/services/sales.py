"""A parcel is offered and sold (招拍挂), its contract is signed, work on it is seen."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.land.enums import ParcelState, SaleOutcome, SiteEvent
from openzone.zone.land.models import Contract, Parcel, Sale, SiteReport
from openzone.zone.land.selectors.sites import last_of, site_state
from openzone.zone.land.services.states import sale_step
from openzone.zone.land.writing import ensure_past, locked, note, subject
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise

OFFERED = Text("该地块已有挂牌“{number}”未结束", "the offer “{number}” of this parcel is open")
ENDED = Text("该挂牌已由“{what}”结束", "this offer ended already: {what}")
HOW_MUCH = Text("请写明成交价", "say the price")
TO_WHOM = Text("请写明受让人", "say who bought it")
WHY = Text("请写明原因", "say why")
BELOW = Text("成交价低于起始价 {price} 元", "the price is below the starting price, {price} yuan")
IN_FORCE = Text("该地块已有合同“{number}”", "contract “{number}” of this parcel is in force")
NOT_SOLD = Text("该地块尚未成交", "the parcel is not sold yet")
BEFORE_SALE = Text("不能早于成交日 {day}", "not before it was sold, on {day}")
AFTER = Text("应晚于 {day}", "later than {day}")
NOT_BEGUN = Text("尚未登记动工", "work has not begun")
BEGUN = Text("已于 {day} 动工", "work began on {day}")
IS_STOPPED = Text("已于 {day} 停工", "work stopped on {day}")
NOT_STOPPED = Text("没有停工", "work goes on")
TOO_LARGE = Text("已建面积不能超过地块面积", "no more can be built on than the parcel has")
EARLIER = Text("不能早于上一次报告 {day}", "not before the report of {day}")
NO_CONTRACT = Text("合同已终止", "the contract ended")


@transaction.atomic
def announce(
    *, actor: Actor, parcel: Parcel, kind: str, announcement: str, on: dt.date,
    user: User | None, now: dt.datetime, today: dt.date, closes_on: dt.date | None = None,
    start_price: Decimal | None = None, seen: int | None = None,
) -> Sale:  # fmt: skip
    """Offer a parcel; it is listed from that day."""
    fresh = locked(parcel, seen)
    open_one = fresh.sales.filter(outcome="").first()
    if open_one is not None:
        raise Refused(OFFERED.format(number=open_one.announcement))
    sale = Sale(
        parcel=fresh, kind=kind, announcement=announcement.strip(), announced_on=on,
        closes_on=closes_on, start_price=start_price,
    )  # fmt: skip
    if closes_on is not None and closes_on < on:
        raise Refused(AFTER.format(day=on), field="closes_on")
    ensure_valid(sale)
    sale_step(actor=actor, parcel=fresh, state=ParcelState.LISTED, on=on, user=user, now=now,
              today=today)  # fmt: skip
    sale.save()
    note("sale.announced", actor, subject(fresh), sale=sale.pk, number=sale.announcement)
    return sale


@transaction.atomic
def conclude(
    *, actor: Actor, sale: Sale, outcome: str, on: dt.date, user: User | None, now: dt.datetime,
    today: dt.date, price: Decimal | None = None, buyer: Enterprise | None = None,
    buyer_name: str = "", reason: str = "", seen: int | None = None,
) -> Sale:  # fmt: skip
    """End an offer: sold for a price to somebody, or back to net land with the reason."""
    parcel = locked(sale.parcel, seen)
    fresh = Sale.objects.get(pk=sale.pk)
    if fresh.outcome:
        told = SaleOutcome(fresh.outcome)
        raise Refused(ENDED.format(what=f"{told.label} {fresh.outcome_on}"))
    ended = SaleOutcome(outcome)
    if ended is SaleOutcome.SOLD:
        _ensure_sold(fresh, price, buyer_name or (buyer.name if buyer else ""))
    elif not reason.strip():
        raise Refused(WHY, field="reason")
    fresh.outcome, fresh.outcome_on, fresh.reason = ended, on, reason.strip()
    if ended is SaleOutcome.SOLD:
        fresh.price, fresh.buyer = price, buyer
        fresh.buyer_name = buyer_name.strip() or (buyer.name if buyer else "")
    state = ParcelState.SOLD if ended is SaleOutcome.SOLD else ParcelState.CLEARED
    sale_step(actor=actor, parcel=parcel, state=state, on=on, user=user, now=now, today=today)
    ensure_valid(fresh)
    fresh.save()
    note(
        "sale.concluded", actor, subject(parcel), sale=fresh.pk, outcome=ended,
        price=None if price is None else str(price), buyer=fresh.buyer_name,
    )  # fmt: skip
    return fresh


def _ensure_sold(sale: Sale, price: Decimal | None, buyer: str) -> None:
    if price is None or price <= 0:
        raise Refused(HOW_MUCH, field="price")
    if not buyer.strip():
        raise Refused(TO_WHOM, field="buyer_name")
    if sale.start_price is not None and price < sale.start_price:
        raise Refused(BELOW.format(price=sale.start_price), field="price")


@transaction.atomic
def sign_contract(
    *, actor: Actor, parcel: Parcel, number: str, on: dt.date, today: dt.date,
    price: Decimal | None = None, buyer: Enterprise | None = None, buyer_name: str = "",
    investment: Decimal | None = None, delivery_due: dt.date | None = None,
    begin_due: dt.date | None = None, finish_due: dt.date | None = None,
) -> Contract:  # fmt: skip
    """Record the contract of a parcel that is sold; buyer and price are those of the sale."""
    fresh = locked(parcel)
    ensure_past(on, today)
    running = fresh.contracts.filter(ended_on=None).first()
    if running is not None:
        raise Refused(IN_FORCE.format(number=running.number))
    sale = fresh.sales.filter(outcome=SaleOutcome.SOLD).order_by("-outcome_on", "-pk").first()
    if fresh.state in (ParcelState.PLANNED, ParcelState.CLEARED, ParcelState.LISTED):
        raise Refused(NOT_SOLD)
    if sale is not None and sale.outcome_on is not None and on < sale.outcome_on:
        raise Refused(BEFORE_SALE.format(day=sale.outcome_on), field="on")
    if begin_due and finish_due and finish_due <= begin_due:
        raise Refused(AFTER.format(day=begin_due), field="finish_due")
    made = Contract(
        parcel=fresh, sale=sale if sale and not hasattr(sale, "contract") else None,
        number=number.strip(), signed_on=on, price=price or (sale.price if sale else None),
        buyer=buyer or (sale.buyer if sale else None), investment=investment,
        buyer_name=buyer_name.strip() or (buyer.name if buyer else sale.buyer_name if sale else ""),
        delivery_due=delivery_due, begin_due=begin_due, finish_due=finish_due,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    note("contract.signed", actor, subject(fresh), contract=made.pk, number=made.number)
    return made


@transaction.atomic
def end_contract(
    *, actor: Actor, contract: Contract, on: dt.date, reason: str, today: dt.date
) -> Contract:
    """End a contract: the parcel is given back or sold on."""
    locked(contract.parcel)
    fresh = Contract.objects.get(pk=contract.pk)
    ensure_past(on, today)
    if fresh.ended_on is not None:
        raise Refused(NO_CONTRACT)
    if not reason.strip():
        raise Refused(WHY, field="reason")
    fresh.ended_on, fresh.ended_because = on, reason.strip()
    ensure_valid(fresh)
    fresh.save()
    note("contract.ended", actor, subject(fresh.parcel), contract=fresh.pk, reason=reason.strip())
    return fresh


@transaction.atomic
def report_site(
    *, actor: Actor, contract: Contract, event: str, on: dt.date, user: User, now: dt.datetime,
    today: dt.date, built_m2: Decimal | None = None, invested: Decimal | None = None,
    text: str = "",
) -> SiteReport:  # fmt: skip
    """Report what was seen of the work: begun, how far, stopped, resumed."""
    parcel = locked(contract.parcel)
    fresh = Contract.objects.get(pk=contract.pk)
    ensure_past(on, today)
    if fresh.ended_on is not None:
        raise Refused(NO_CONTRACT)
    _ensure_sequence(fresh, SiteEvent(event), on)
    if built_m2 is not None and built_m2 > parcel.area_m2:
        raise Refused(TOO_LARGE, field="built")
    made = SiteReport(
        contract=fresh, event=event, on=on, built_m2=built_m2, invested=invested,
        text=text.strip(), reported_by=user, reported_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    note("site.reported", actor, subject(parcel), contract=fresh.pk, event=event,
         on=on.isoformat())  # fmt: skip
    return made


def _ensure_sequence(contract: Contract, event: SiteEvent, on: dt.date) -> None:
    reports = list(contract.reports.all())
    last = last_of(reports)
    if last is not None and on < last.on:
        raise Refused(EARLIER.format(day=last.on), field="on")
    begun, stopped = site_state(reports)
    if event is SiteEvent.BEGUN:
        if begun is not None:
            raise Refused(BEGUN.format(day=begun), field="event")
    elif begun is None:
        raise Refused(NOT_BEGUN, field="event")
    elif event is SiteEvent.STOPPED and stopped is not None:
        raise Refused(IS_STOPPED.format(day=stopped), field="event")
    elif event is SiteEvent.RESUMED and stopped is None:
        raise Refused(NOT_STOPPED, field="event")
