"""Residents, what they agreed to, and what they must do by when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.community.models import Consent, Estate, Order, Resident, ResidentDuty
from openzone.zone.community.packs import pack
from openzone.zone.community.selectors.duties import at_risk
from openzone.zone.community.services.telling import tell_agents
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentValues:
    """All there is to say about a resident."""

    name: str
    identity: str
    community: Unit
    estate: Estate | None = None
    phone: str = ""
    address: str = ""
    vulnerability: Sequence[str] = ()


@transaction.atomic
def save_resident(
    *, actor: Actor, values: ResidentValues, resident: Resident | None = None
) -> Resident:
    """Enter a resident, or correct one."""
    known = {term.id for term in pack().vulnerability.list}
    for one in values.vulnerability:
        if one not in known:
            raise Refused(
                Text("没有类别“{one}”", "there is no such reason “{one}”").format(one=one),
                field="vulnerability",
            )
    current = resident or Resident()
    for field in fields(ResidentValues):
        setattr(current, field.name, getattr(values, field.name))
    current.identity = values.identity.strip().upper()
    current.vulnerability = sorted(set(values.vulnerability))
    if current.estate is not None and current.estate.community_id != current.community.pk:
        raise Refused(
            Text("该小区不属于所选社区", "the estate lies in another community"), field="estate"
        )
    ensure_valid(current)
    current.save()
    # Who it is about stays out of the log: the log is read by more people than the register.
    payload: dict[str, JSON] = {"community": current.community.code}
    record("community.resident.saved", actor=actor, subject=subject(current), payload=payload)
    return current


@transaction.atomic
def give_consent(
    *,
    actor: Actor,
    resident: Resident,
    form: str,
    document: str,
    given_on: dt.date,
    items: Sequence[ServiceItem] = (),
    all_items: bool = False,
    valid_to: dt.date | None = None,
) -> Consent:
    """Record that a resident lets agents act, for named items or, said expressly, for all."""
    if bool(items) == all_items:
        raise Refused(
            Text(
                "请选择委托事项，或明确委托全部事项",
                "name the items, or say that it holds for all of them",
            ),
            field="items",
        )
    if valid_to is not None and valid_to < given_on:
        raise Refused(
            Text("结束日期早于开始日期", "the last day is before the first"), field="valid_to"
        )
    consent = Consent(
        resident=resident,
        form=form,
        document=document.strip(),
        all_items=all_items,
        given_on=given_on,
        valid_to=valid_to,
    )
    ensure_valid(consent)
    consent.save()
    consent.items.set(items)
    payload: dict[str, JSON] = {
        "consent": consent.pk,
        "items": [item.code for item in items] or "all",
        "valid_to": valid_to,
    }
    record("community.consent.given", actor=actor, subject=subject(resident), payload=payload)
    return consent


@transaction.atomic
def withdraw_consent(*, actor: Actor, consent: Consent, on: dt.date, why: str = "") -> Consent:
    """Record that a resident takes the consent back; nothing new is begun under it.

    Orders under way are named in the event: their papers go back, then they are withdrawn.
    """
    current = Consent.objects.select_for_update().get(pk=consent.pk)
    if current.withdrawn_on is not None:
        raise Refused(Text("该委托已撤回", "this consent was withdrawn already"))
    current.withdrawn_on, current.withdrawn_why = on, why.strip()
    current.save(update_fields=["withdrawn_on", "withdrawn_why"])
    open_ = Order.objects.filter(consent=current, closed_at__isnull=True)
    payload: dict[str, JSON] = {
        "consent": current.pk,
        "on": on,
        "open_orders": [order.case.number for order in open_.select_related("case")],
    }
    record(
        "community.consent.withdrawn",
        actor=actor,
        subject=f"resident:{current.resident_id}",
        payload=payload,
    )
    return current


@transaction.atomic
def add_duty(
    *,
    actor: Actor,
    resident: Resident,
    duty: str,
    due_on: dt.date,
    source: str,
    item: ServiceItem | None = None,
) -> ResidentDuty:
    """Record what a resident must do by a day, and which office named the day."""
    if pack().duty(duty) is None:
        raise Refused(
            Text("没有期限事项“{duty}”", "there is no such duty “{duty}”").format(duty=duty),
            field="duty",
        )
    row = ResidentDuty(
        resident=resident, duty=duty, due_on=due_on, source=source.strip(), item=item
    )
    if ResidentDuty.objects.filter(resident=resident, duty=duty, due_on=due_on).exists():
        raise Refused(Text("该期限已登记", "this is on record already"), field="due_on")
    ensure_valid(row)
    row.save()
    payload: dict[str, JSON] = {"duty": duty, "due_on": due_on, "source": row.source}
    record("community.duty.added", actor=actor, subject=subject(resident), payload=payload)
    return row


@transaction.atomic
def finish_duty(*, actor: Actor, duty: ResidentDuty, on: dt.date, proof: str) -> ResidentDuty:
    """Record that it was done, by which proof."""
    current = ResidentDuty.objects.select_for_update().get(pk=duty.pk)
    if current.done_on is not None:
        raise Refused(Text("该事项已完成", "this was done already"))
    if not proof.strip():
        raise Refused(Text("请填写完成凭据", "name the proof"), field="proof")
    current.done_on, current.proof = on, proof.strip()
    current.save(update_fields=["done_on", "proof"])
    payload: dict[str, JSON] = {"duty": current.duty, "on": on, "proof": current.proof}
    record(
        "community.duty.done",
        actor=actor,
        subject=f"resident:{current.resident_id}",
        payload=payload,
    )
    return current


@transaction.atomic
def remind(*, actor: Actor, on: dt.date, now: dt.datetime) -> list[ResidentDuty]:
    """Tell the agents of a community whose day comes near; each step of the pack once."""
    reminded = []
    for risk in at_risk(on):
        steps = [days for days in risk.spec.remind_days if risk.days_left <= days]
        step = min(steps, default=None)
        row = ResidentDuty.objects.select_for_update().get(pk=risk.duty.pk)
        if step is None or (row.reminded_for is not None and row.reminded_for <= step):
            continue
        row.reminded_for = step
        row.save(update_fields=["reminded_for"])
        tell_agents(risk, now)
        payload: dict[str, JSON] = {"duty": row.duty, "due_on": row.due_on, "days": risk.days_left}
        record(
            "community.duty.reminded",
            actor=actor,
            subject=f"resident:{row.resident_id}",
            payload=payload,
        )
        reminded.append(row)
    return reminded


def subject(resident: Resident) -> str:
    """Return how the log calls a resident."""
    return f"resident:{resident.pk}"
