"""Asking, routing and the parts of other units."""

import datetime as dt
from typing import Any

from django.db import transaction

from openzone.engines.text import Text
from openzone.engines.worktime.durations import Duration
from openzone.engines.worktime.errors import WorktimeError
from openzone.packs.spokespersons import Limit
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.policies.models import Document, Item
from openzone.zone.registry.models import Enterprise
from openzone.zone.spokespersons.enums import Channel, ConsultationStatus
from openzone.zone.spokespersons.models import Consultation, Part
from openzone.zone.spokespersons.packs import pack
from openzone.zone.spokespersons.selectors.routing import route
from openzone.zone.spokespersons.selectors.urgency import due_at
from openzone.zone.spokespersons.services import casework

_SHORTER = Text("承诺的时限不能缩短", "a limit that was promised is not shortened")


@transaction.atomic
def ask(
    *,
    actor: Actor,
    text: str,
    now: dt.datetime,
    channel: Channel = Channel.ONLINE,
    enterprise: Enterprise | None = None,
    asked_by: User | None = None,
    recorded_by: User | None = None,
    caller: str = "",
    caller_phone: str = "",
    document: Document | None = None,
    item: Item | None = None,
    limit: str = "",
    wants_help: bool = False,
) -> Consultation:
    """Put a question. It goes to the unit of its policy, without one to the service centre.

    ``now`` is an aware moment; the limit (an id of the pack, the usual one by default) runs from
    there. The other issuers of a joint document get a part each.
    """
    lead, others = route(document, item)
    consultation = Consultation(
        enterprise=enterprise.root if enterprise is not None else None,
        asked_by=asked_by,
        recorded_by=recorded_by,
        channel=channel,
        caller=caller.strip(),
        caller_phone=caller_phone.strip(),
        document=item.document if item is not None else document,
        item=item,
        text=text.strip(),
        unit=lead,
        asked_at=now,
        opened_at=now,
        wants_help=wants_help,
        **_promised(limit, now),
    )
    _begin(actor, consultation, others)
    record(
        "spokespersons.consultation.asked",
        actor=actor,
        subject=label(consultation),
        payload={"unit": lead.code if lead else "", "due": consultation.due_at},
    )
    return consultation


@transaction.atomic
def pass_on(
    *,
    actor: Actor,
    consultation: Consultation,
    unit: Unit | None,
    reason: str,
    now: dt.datetime,
) -> Consultation:
    """Give a question to another unit, or (``None``) to the service centre. Its limit runs on."""
    current = locked(consultation)
    _ensure_open(current)
    why = _reason(reason)
    if current.unit == unit:
        raise Refused(Text("该问题已在此单位", "the question is there already"), field="unit")
    casework.pass_on(current, actor, unit, why, now)
    before, current.unit = current.unit, unit
    current.save(update_fields=["unit"])
    if unit is not None:
        current.parts.filter(unit=unit, done_at__isnull=True).delete()
    record(
        "spokespersons.consultation.passed_on",
        actor=actor,
        subject=label(current),
        payload={"from": _code(before), "to": _code(unit), "reason": why},
    )
    return current


@transaction.atomic
def involve(
    *, actor: Actor, consultation: Consultation, unit: Unit, asks: str, now: dt.datetime
) -> Part:
    """Ask another unit for its part of the answer; the responsible unit still gives the answer."""
    current = locked(consultation)
    _ensure_open(current)
    if current.unit == unit:
        raise Refused(Text("该单位就是答复单位", "this unit gives the answer itself"), field="unit")
    if current.parts.filter(unit=unit).exists():
        raise Refused(Text("已请该单位补充", "this unit was asked already"), field="unit")
    part = Part(consultation=current, unit=unit, asks=asks.strip())
    ensure_valid(part)
    part.save()
    casework.involve(current, actor, unit, part.asks, now)
    record(
        "spokespersons.consultation.unit_involved",
        actor=actor,
        subject=label(current),
        payload={"unit": unit.code, "asks": part.asks},
    )
    return part


@transaction.atomic
def contribute(*, actor: Actor, part: Part, text: str, by: User, now: dt.datetime) -> Part:
    """Add a unit's part, for the responsible unit to use in its answer."""
    consultation = locked(part.consultation)
    _ensure_open(consultation)
    current = Part.objects.get(pk=part.pk)
    if current.done_at is not None:
        raise Refused(Text("该单位已补充", "the unit has given its part already"))
    if not text.strip():
        raise Refused(Text("请填写答复内容", "write the answer"), field="text")
    current.text, current.done_by, current.done_at = text.strip(), by, now
    ensure_valid(current)
    current.save(update_fields=["text", "done_by", "done_at"])
    casework.contribute(consultation, actor, current.unit, current.text, now)
    record(
        "spokespersons.consultation.part_given",
        actor=actor,
        subject=label(consultation),
        payload={"unit": current.unit.code},
    )
    return current


@transaction.atomic
def set_limit(
    *, actor: Actor, consultation: Consultation, limit: str, now: dt.datetime
) -> Consultation:
    """Measure a question by a longer promised limit (that of complex ones), before its own ends.

    A limit is never shortened: what was promised when a question was asked stays promised.
    """
    current = locked(consultation)
    _ensure_open(current)
    promised = _limit(limit)
    more = _more(current, promised)
    if more is not None:
        casework.lengthen(current, actor, more, now)
        current.limit, current.limit_unit = promised.id, promised.clock.unit.value
        current.limit_amount = promised.clock.amount
        ends = casework.due_at(casework.case_of(current))
        current.due_at = ends or _due(current.opened_at, promised)
        current.save(update_fields=["limit", "limit_unit", "limit_amount", "due_at"])
    record(
        "spokespersons.consultation.limit_set",
        actor=actor,
        subject=label(current),
        payload={"limit": promised.id, "due": current.due_at},
    )
    return current


def locked(consultation: Consultation) -> Consultation:
    """Return the question as it is now, locked until the transaction ends."""
    related = Consultation.objects.select_related(
        "unit", "document", "item", "item__document", "case", "case__version"
    )
    return related.select_for_update(of=("self",)).get(pk=consultation.pk)


def label(consultation: Consultation) -> str:
    """Return what events call a question."""
    return f"consultation:{consultation.pk}"


def _begin(actor: Actor, consultation: Consultation, others: tuple[Unit, ...]) -> None:
    ensure_valid(consultation)
    consultation.save()
    consultation.case = casework.begin(consultation, actor)
    consultation.save(update_fields=["case"])
    _ask_others(consultation, others, actor)


def _ask_others(consultation: Consultation, others: tuple[Unit, ...], actor: Actor) -> None:
    Part.objects.bulk_create(Part(consultation=consultation, unit=unit) for unit in others)
    for unit in others:
        casework.involve(consultation, actor, unit, "", consultation.asked_at)


def _more(consultation: Consultation, promised: Limit) -> Duration | None:
    """Return by how much another limit is longer, ``None`` if it is the one that runs."""
    if promised.id == consultation.limit:
        return None
    same_kind = promised.clock.unit.value == consultation.limit_unit
    if not same_kind or promised.clock.amount <= consultation.limit_amount:
        raise Refused(_SHORTER, field="limit")
    return Duration(promised.clock.amount - consultation.limit_amount, promised.clock.unit)


def _ensure_open(consultation: Consultation) -> None:
    if consultation.status != ConsultationStatus.OPEN:
        raise Refused(Text("该问题已答复", "the question is answered already"))


def _limit(name: str) -> Limit:
    limit = pack().limit(name)
    if limit is None:
        raise Refused(Text("没有这种时限", "there is no such time limit"), field="limit")
    return limit


def _promised(name: str, asked_at: dt.datetime) -> dict[str, Any]:
    limit = _limit(name)
    return {
        "limit": limit.id,
        "limit_unit": limit.clock.unit.value,
        "limit_amount": limit.clock.amount,
        "due_at": _due(asked_at, limit),
    }


def _due(opened_at: dt.datetime, limit: Limit) -> dt.datetime:
    try:
        return due_at(opened_at, limit.clock)
    except WorktimeError as error:
        raise Refused(error.reason) from None


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused(Text("请说明理由", "give a reason"), field="reason")
    return reason.strip()


def _code(unit: Unit | None) -> str:
    return unit.code if unit is not None else "service-centre"
