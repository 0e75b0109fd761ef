"""Received here, decided there: two authorities, two clocks, one case."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction

from openzone.engines.text import Text
from openzone.engines.worktime.due import due_moment
from openzone.engines.worktime.durations import Duration
from openzone.engines.worktime.localtime import to_aware, to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.catalogue.models import RegionOffer
from openzone.zone.community.enums import Delivery, Fault, FilingStatus, PaperHolder
from openzone.zone.community.models import Filing, Liability
from openzone.zone.community.packs import calendar, pack, receipt_rule
from openzone.zone.community.permissions import may_decide_filing, may_handle
from openzone.zone.community.services.belonging import subject
from openzone.zone.community.services.casework import follow_filing, open_for_filing
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User

_STATUS = Text("当前状态不能进行该操作", "this does not follow the present status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who applies. Residents have no login: the counter writes them down."""

    name: str
    identity: str
    phone: str = ""
    address: str = ""


class Received(NamedTuple):
    """The filing, and the code that shows its public status, told once."""

    filing: Filing
    receipt: str


@transaction.atomic
def receive(
    *, actor: Actor, offer: RegionOffer, person: Person, by: User, unit: Unit, now: dt.datetime
) -> Received:
    """Take a filing in at ``unit``; the receiving clock starts, the deciding one does not."""
    _ensure_offer(offer, to_local(now).date())
    here = offer.item.deciding_unit
    filing = Filing(
        offer=offer,
        applicant=person.name.strip(),
        identity=person.identity.strip().upper(),
        phone=person.phone.strip(),
        address=person.address.strip(),
        receiving_unit=None if offer.deciding_here else unit,
        deciding_unit=here if offer.deciding_here else None,
        receiving_name=offer.contact or offer.region if offer.deciding_here else str(unit),
        deciding_name=str(here) if offer.deciding_here else offer.authority,
        received_at=now,
        received_by=by,
        receiving_due=_due(now, pack().cross_region.receive.limit),
    )
    opened = open_for_filing(actor=actor, filing=filing, by=by, unit=unit, now=now)
    filing.case = opened.case
    ensure_valid(filing)
    filing.save()
    payload: dict[str, JSON] = {
        "item": offer.item.code,
        "region": offer.region,
        "mode": offer.mode,
        "receiving": filing.receiving_name,
        "deciding": filing.deciding_name,
        "case": filing.case.number,
    }
    record("community.filing.received", actor=actor, subject=subject(filing), payload=payload)
    return Received(filing, opened.receipt)


@transaction.atomic
def notice(*, actor: Actor, filing: Filing, missing: str, by: User, now: dt.datetime) -> Filing:
    """Tell at once, and once only, everything that is missing (一次性告知)."""
    current = _locked(filing)
    _ensure_side(by, current, now)
    _ensure_status(current, FilingStatus.RECEIVED)
    if current.noticed_at is not None:
        raise Refused(
            Text(
                "已一次性告知，不能再次要求补正", "the one-time notice was given: nothing is added"
            )
        )
    if not missing.strip():
        raise Refused(Text("请写明缺少的材料", "name what is missing"), field="missing")
    current.status, current.notice, current.noticed_at = (
        FilingStatus.NOTICED,
        missing.strip(),
        now,
    )
    current.save()
    return _done(actor, current, "notice", by, now, {"missing": missing.strip()})


@transaction.atomic
def complete(*, actor: Actor, filing: Filing, by: User, now: dt.datetime) -> Filing:
    """Note that the missing papers came; the receiving clock starts anew from here."""
    current = _locked(filing)
    _ensure_side(by, current, now)
    _ensure_status(current, FilingStatus.NOTICED)
    current.status = FilingStatus.RECEIVED
    current.receiving_due = _due(now, pack().cross_region.receive.limit)
    current.save()
    return _done(actor, current, "complete", by, now, {})


@transaction.atomic
def send(
    *,
    actor: Actor,
    filing: Filing,
    identity_checked: bool,
    by: User,
    now: dt.datetime,
    tracking: str = "",
) -> Filing:
    """Pass form check and identity check, and send the filing on; nothing is decided here."""
    current = _locked(filing)
    _ensure_side(by, current, now)
    _ensure_status(current, FilingStatus.RECEIVED)
    if not identity_checked:
        raise Refused(Text("请先核验身份", "check the identity first"), field="identity_checked")
    current.status, current.identity_checked = FilingStatus.SENT, True
    current.sent_at, current.tracking = now, tracking.strip()
    current.save()
    return _done(actor, current, "send", by, now, {"tracking": tracking.strip()})


@transaction.atomic
def accept(*, actor: Actor, filing: Filing, by: User, now: dt.datetime) -> Filing:
    """Note that the deciding side has it: its clock starts now, with the item's own limit."""
    current = _locked(filing)
    _ensure_status(current, FilingStatus.SENT)
    _ensure_decides(by, current, now)
    committed = current.offer.item.committed
    current.status, current.accepted_at = FilingStatus.ACCEPTED, now
    current.deciding_due = _due(now, committed) if committed else None
    current.save()
    due = current.deciding_due
    return _done(actor, current, "accept", by, now, {"due": due.isoformat() if due else None})


@transaction.atomic
def decide(
    *, actor: Actor, filing: Filing, granted: bool, decision: str, by: User, now: dt.datetime
) -> Filing:
    """Enter the decision of the deciding authority; the receiving side never can."""
    current = _locked(filing)
    _ensure_decides(by, current, now)
    _ensure_status(current, FilingStatus.ACCEPTED)
    if not decision.strip():
        raise Refused(
            Text("请填写决定内容或文号", "give the decision or its number"), field="decision"
        )
    current.status, current.decided_at = FilingStatus.DECIDED, now
    current.decided_by, current.granted = current.deciding_name, granted
    current.decision = decision.strip()
    current.save()
    payload: dict[str, JSON] = {"granted": granted, "decision": decision.strip()}
    return _done(actor, current, "decide", by, now, payload)


@transaction.atomic
def deliver(*, actor: Actor, filing: Filing, delivery: str, by: User, now: dt.datetime) -> Filing:
    """Put the result into the applicant's hands."""
    current = _locked(filing)
    _ensure_side(by, current, now)
    _ensure_status(current, FilingStatus.DECIDED)
    if delivery not in Delivery.values:
        raise Refused(Text("请选择送达方式", "say how it was delivered"), field="delivery")
    current.status, current.delivery = FilingStatus.DELIVERED, delivery
    current.delivered_at = now
    current.save()
    return _done(actor, current, "deliver", by, now, {"how": delivery})


@transaction.atomic
def rate(
    *, actor: Actor, filing: Filing, rating: int, remark: str, by: User, now: dt.datetime
) -> Filing:
    """Close with one rating for both sides; originals are back by then."""
    current = _locked(filing)
    _ensure_status(current, FilingStatus.DELIVERED)
    if current.received_by_id == by.pk:
        raise Refused(Text("收件人不能回访自己的收件", "who received it does not call back for it"))
    if not 1 <= rating <= 5:
        raise Refused(Text("评价为1至5", "a rating is from 1 to 5"), field="rating")
    _ensure_all_back(current)
    current.status, current.rating, current.closed_at = FilingStatus.CLOSED, rating, now
    current.remark = remark.strip()
    current.save()
    payload: dict[str, JSON] = {"satisfied": rating, "remark": remark.strip()}
    return _done(actor, current, "rate", by, now, payload)


@transaction.atomic
def withdraw(*, actor: Actor, filing: Filing, why: str, by: User, now: dt.datetime) -> Filing:
    """End a filing the applicant takes back before it is decided."""
    current = _locked(filing)
    _ensure_side(by, current, now)
    if not current.open or current.decided_at is not None:
        raise Refused(_STATUS)
    if not why.strip():
        raise Refused(Text("请说明撤回原因", "say why it is taken back"), field="why")
    _ensure_all_back(current)
    current.status, current.closed_at = FilingStatus.WITHDRAWN, now
    current.closing_note = why.strip()
    current.save()
    return _done(actor, current, "withdraw", by, now, {"reason": why.strip()})


@transaction.atomic
def hold_liable(
    *, actor: Actor, filing: Filing, side: str, what: str, now: dt.datetime, document: str = ""
) -> Liability:
    """Record which side answers for what went wrong: lost papers, a wrong check, delay."""
    if side not in Fault.values:
        raise Refused(Text("请选择责任方", "say which side answers"), field="side")
    row = Liability(
        filing=filing,
        side=side,
        what=what.strip(),
        document=document.strip(),
        recorded_by=actor.label[:150],
        recorded_at=now,
    )
    ensure_valid(row)
    row.save()
    payload: dict[str, JSON] = {"side": side, "what": row.what, "document": row.document}
    record("community.filing.liability", actor=actor, subject=subject(filing), payload=payload)
    return row


def _locked(filing: Filing) -> Filing:
    rows = Filing.objects.select_for_update(of=("self",))
    return rows.select_related(
        "case", "offer__item__deciding_unit", "receiving_unit", "deciding_unit"
    ).get(pk=filing.pk)


def _due(now: dt.datetime, limit: Duration) -> dt.datetime:
    return to_aware(due_moment(to_local(now), limit, calendar(), receipt_rule()))


def _ensure_offer(offer: RegionOffer, on: dt.date) -> None:
    if offer.valid_from > on or (offer.valid_to is not None and offer.valid_to < on):
        raise Refused(
            Text("该地区办理模式未开通", "the item is not offered with this region today"),
            field="offer",
        )
    if offer.item.withdrawn_on is not None and offer.item.withdrawn_on <= on:
        raise Refused(Text("该事项已取消", "this item was withdrawn"), field="offer")


def _ensure_side(by: User, filing: Filing, now: dt.datetime) -> None:
    decision = may_handle(by, filing, to_local(now).date())
    if not decision.allowed:
        raise Refused(decision.reason)


def _ensure_decides(by: User, filing: Filing, now: dt.datetime) -> None:
    decision = may_decide_filing(by, filing, to_local(now).date())
    if not decision.allowed:
        raise Refused(decision.reason)


def _ensure_status(filing: Filing, *allowed: str) -> None:
    if filing.status not in allowed:
        raise Refused(_STATUS)


def _ensure_all_back(filing: Filing) -> None:
    kept = filing.papers.filter(original=True).exclude(
        holder__in=[PaperHolder.APPLICANT, PaperHolder.DECIDING]
    )
    if kept.exists():
        names = "、".join(kept.values_list("name", flat=True))
        raise Refused(
            Text("原件未归还：{names}", "originals are not back: {names}").format(names=names)
        )


def _done(
    actor: Actor,
    current: Filing,
    what: str,
    by: User,
    now: dt.datetime,
    payload: dict[str, JSON],
) -> Filing:
    follow_filing(actor=actor, filing=current, what=what, by=by, now=now, said=payload)
    record(f"community.filing.{what}", actor=actor, subject=subject(current), payload=payload)
    return current
