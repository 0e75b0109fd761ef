"""Who looks after a subject, and who speaks for an enterprise, from when to when."""

import datetime as dt

from django.db import models, transaction
from django.db.models import Q

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.enums import ChargeRole, StaffRole
from openzone.zone.registry.models import Enterprise, EnterpriseStaff, PersonInCharge, Subject
from openzone.zone.registry.services.subjects import ensure_not_absorbed, label, locked


@transaction.atomic
def assign_person_in_charge(
    *,
    actor: Actor,
    subject: Subject | Enterprise,
    role: ChargeRole,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    user: User | None = None,
    name: str = "",
    phone: str = "",
    unit: Unit | None = None,
) -> PersonInCharge:
    """Put somebody in charge, both days included. Each role has one holder at a time.

    A person without an account is given by name (and telephone).
    """
    ensure_not_absorbed(subject)
    holder = PersonInCharge(
        subject=locked(subject),
        user=user,
        name=name.strip(),
        phone=phone.strip(),
        role=role,
        unit=unit,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    if user is None and not holder.name:
        raise Refused(Text("请选择人员或填写姓名", "choose a person or give a name"), field="name")
    _ensure_order(valid_from, valid_to)
    if role is not ChargeRole.OTHER:
        same = PersonInCharge.objects.filter(subject=subject.pk, role=role)
        _ensure_free(same, valid_from, valid_to)
    ensure_valid(holder)
    holder.save()
    _log("registry.person_in_charge.assigned", actor, subject, holder)
    return holder


@transaction.atomic
def end_person_in_charge(
    *, actor: Actor, holder: PersonInCharge, last_day: dt.date
) -> PersonInCharge:
    """Let an assignment end after its last day."""
    current = PersonInCharge.objects.select_for_update(of=("self",)).get(pk=holder.pk)
    _end(current, last_day)
    _log("registry.person_in_charge.ended", actor, current.subject, current)
    return current


@transaction.atomic
def add_staff(
    *,
    actor: Actor,
    user: User,
    enterprise: Enterprise,
    role: StaffRole,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
) -> EnterpriseStaff:
    """Let a user speak for an enterprise, both days included."""
    ensure_not_absorbed(enterprise)
    locked(enterprise)
    post = EnterpriseStaff(
        user=user, enterprise=enterprise, role=role, valid_from=valid_from, valid_to=valid_to
    )
    _ensure_order(valid_from, valid_to)
    same = EnterpriseStaff.objects.filter(user=user, enterprise=enterprise)
    _ensure_free(same, valid_from, valid_to)
    ensure_valid(post)
    post.save()
    _log("registry.staff.added", actor, enterprise, post)
    return post


@transaction.atomic
def end_staff(*, actor: Actor, post: EnterpriseStaff, last_day: dt.date) -> EnterpriseStaff:
    """Let a user's time as staff end after its last day."""
    current = EnterpriseStaff.objects.select_for_update(of=("self",)).get(pk=post.pk)
    _end(current, last_day)
    _log("registry.staff.ended", actor, current.enterprise, current)
    return current


def _ensure_order(
    valid_from: dt.date, valid_to: dt.date | None, *, field: str = "valid_to"
) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise Refused(Text("结束日期早于开始日期", "the last day is before the first"), field=field)


def _ensure_free(
    same: models.QuerySet[PersonInCharge] | models.QuerySet[EnterpriseStaff],
    valid_from: dt.date,
    valid_to: dt.date | None,
) -> None:
    """Refuse a period that overlaps another one of the same post by a day or more."""
    taken = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from))
    if valid_to is not None:
        taken = taken.filter(valid_from__lte=valid_to)
    holder = taken.order_by("valid_from").first()
    if holder is not None:
        raise Refused(
            Text(
                "{day}起已由{holder}担任，请先结束该任期",
                "{holder} holds this since {day}; end that first",
            ).format(day=holder.valid_from, holder=_who(holder)),
            field="valid_from",
        )


def _end(current: PersonInCharge | EnterpriseStaff, last_day: dt.date) -> None:
    if current.valid_to is not None and current.valid_to < last_day:
        raise Refused(
            Text("该任期已于{day}结束", "this already ends on {day}").format(day=current.valid_to),
            field="last_day",
        )
    _ensure_order(current.valid_from, last_day, field="last_day")
    current.valid_to = last_day
    current.save(update_fields=["valid_to"])


def _who(holder: PersonInCharge | EnterpriseStaff) -> str:
    return str(holder.user) if isinstance(holder, EnterpriseStaff) else str(holder)


def _log(
    action: str,
    actor: Actor,
    subject: Subject | Enterprise,
    holder: PersonInCharge | EnterpriseStaff,
) -> None:
    payload: dict[str, JSON] = {
        "row": holder.pk,
        "who": _who(holder),
        "role": str(holder.role),
        "valid_from": holder.valid_from,
        "valid_to": holder.valid_to,
    }
    record(action, actor=actor, subject=label(subject), payload=payload)
