"""Appointments, hand-overs, absences. Each takes the lock of its unit first."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.spokespersons.models import Absence, Spokesperson
from openzone.zone.spokespersons.selectors.consultations import OPEN
from openzone.zone.spokespersons.selectors.register import belongs, speakers_on

_DAY = dt.timedelta(days=1)


@transaction.atomic
def appoint(
    *,
    actor: Actor,
    unit: Unit,
    user: User,
    phone: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    appointment: str = "",
) -> Spokesperson:
    """Let somebody speak for a unit, both days included; a unit has one spokesperson at a time."""
    _lock(unit)
    term = _begin(unit, user, phone, valid_from, valid_to, appointment)
    record(
        "spokespersons.appointed",
        actor=actor,
        subject=_unit(unit),
        payload=_what(term) | _open_questions(unit),
    )
    return term


@transaction.atomic
def hand_over(
    *,
    actor: Actor,
    unit: Unit,
    user: User,
    phone: str,
    valid_from: dt.date,
    appointment: str = "",
) -> Spokesperson:
    """Let somebody follow the unit's spokesperson: the old term ends the day before.

    The unit's open questions go with the office. Refused without a term to follow.
    """
    _lock(unit)
    old = (
        Spokesperson.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from), unit=unit
        )
        .order_by("valid_from")
        .first()
    )
    if old is None:
        raise Refused(Text("该单位没有可交接的发言人", "the unit has nobody to hand over"))
    if old.user_id == user.pk:
        raise Refused(
            Text("接任者就是现任发言人", "this is the present spokesperson"), field="user"
        )
    _end(old, valid_from - _DAY, field="valid_from")
    new = _begin(unit, user, phone, valid_from, None, appointment)
    payload = _what(new) | _open_questions(unit) | {"from": str(old.user), "ended": old.valid_to}
    record("spokespersons.handed_over", actor=actor, subject=_unit(unit), payload=payload)
    return new


@transaction.atomic
def end_term(*, actor: Actor, term: Spokesperson, last_day: dt.date) -> Spokesperson:
    """Let a term end after its last day. The unit's open questions pass to the service centre."""
    current = _locked(term)
    _end(current, last_day, field="last_day")
    payload = _what(current) | _open_questions(current.unit)
    record("spokespersons.ended", actor=actor, subject=_unit(current.unit), payload=payload)
    return current


@transaction.atomic
def change_phone(*, actor: Actor, term: Spokesperson, phone: str) -> Spokesperson:
    """Correct the published telephone."""
    current = _locked(term)
    before, current.phone = current.phone, phone.strip()
    ensure_valid(current)
    current.save(update_fields=["phone"])
    payload: dict[str, JSON] = {"before": before, "phone": current.phone}
    record("spokespersons.phone_changed", actor=actor, subject=_unit(current.unit), payload=payload)
    return current


@transaction.atomic
def record_absence(
    *,
    actor: Actor,
    term: Spokesperson,
    substitute: User,
    first: dt.date,
    last: dt.date,
    note: str = "",
) -> Absence:
    """Let somebody answer in place of the spokesperson for some days, both included."""
    current = _locked(term)
    absence = Absence(
        spokesperson=current, substitute=substitute, first=first, last=last, note=note.strip()
    )
    _ensure_absence(absence)
    ensure_valid(absence)
    absence.save()
    record(
        "spokespersons.absence_recorded",
        actor=actor,
        subject=_unit(current.unit),
        payload=_days(absence),
    )
    return absence


@transaction.atomic
def end_absence(*, actor: Actor, absence: Absence, last_day: dt.date) -> Absence | None:
    """Let an absence end earlier; one that ends before it began is struck out and ``None``."""
    _locked(absence.spokesperson)
    current = Absence.objects.select_related("spokesperson__unit", "substitute").get(pk=absence.pk)
    if last_day > current.last:
        raise Refused(
            Text("只能提前结束；延长请另行登记", "it can only end earlier; record the rest anew"),
            field="last_day",
        )
    payload = _days(current) | {"ends": last_day}
    subject = _unit(current.spokesperson.unit)
    struck = last_day < current.first
    if struck:
        current.delete()
    else:
        current.last = last_day
        current.save(update_fields=["last"])
    record("spokespersons.absence_ended", actor=actor, subject=subject, payload=payload)
    return None if struck else current


@transaction.atomic
def end_departed(*, actor: Actor, on: dt.date) -> list[Spokesperson]:
    """End the terms of people whose account is closed or who left their unit, as of the day before.

    Their open questions pass to the service centre until the unit appoints somebody.
    """
    gone = [speaker.term for speaker in speakers_on(on).values() if speaker.departed]
    for term in gone:
        current = _locked(term)
        current.valid_to = max(on - _DAY, current.valid_from)
        current.save(update_fields=["valid_to"])
        payload = _what(current) | _open_questions(current.unit)
        record("spokespersons.departed", actor=actor, subject=_unit(current.unit), payload=payload)
    return gone


def _begin(
    unit: Unit,
    user: User,
    phone: str,
    valid_from: dt.date,
    valid_to: dt.date | None,
    appointment: str,
) -> Spokesperson:
    term = Spokesperson(
        unit=unit,
        user=user,
        phone=phone.strip(),
        appointment=appointment.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    if valid_to is not None and valid_to < valid_from:
        raise Refused(
            Text("结束日期早于开始日期", "the last day is before the first"), field="valid_to"
        )
    _ensure_free(term)
    _ensure_member(user, unit, valid_from, field="user")
    ensure_valid(term)
    term.save()
    return term


def _ensure_free(term: Spokesperson) -> None:
    taken = Spokesperson.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=term.valid_from), unit=term.unit
    )
    if term.valid_to is not None:
        taken = taken.filter(valid_from__lte=term.valid_to)
    holder = taken.order_by("valid_from").first()
    if holder is not None:
        raise Refused(
            Text(
                "{day}起由{holder}任发言人；每个单位同一时间只有一名，请办理交接",
                "{holder} holds this from {day}; a unit has one at a time: hand over instead",
            ).format(day=holder.valid_from, holder=holder.user),
            field="valid_from",
        )


def _ensure_member(user: User, unit: Unit, on: dt.date, *, field: str) -> None:
    if not belongs(user, unit, on):
        raise Refused(
            Text(
                "{user}于{day}不在{unit}任职，或账号已停用",
                "on {day} {user} holds no role in {unit}, or the account is closed",
            ).format(user=user, day=on, unit=unit),
            field=field,
        )


def _ensure_absence(absence: Absence) -> None:
    term = absence.spokesperson
    if absence.last < absence.first:
        raise Refused(
            Text("结束日期早于开始日期", "the last day is before the first"), field="last"
        )
    if absence.first < term.valid_from or (term.valid_to and absence.last > term.valid_to):
        raise Refused(Text("超出任期", "this is outside the term of office"), field="first")
    if absence.substitute_id == term.user_id:
        raise Refused(Text("代理人不能是本人", "somebody else must stand in"), field="substitute")
    _ensure_member(absence.substitute, term.unit, absence.first, field="substitute")
    if term.absences.filter(first__lte=absence.last, last__gte=absence.first).exists():
        raise Refused(
            Text("这段时间已有代理人", "somebody stands in on some of these days already"),
            field="first",
        )


def _end(term: Spokesperson, last_day: dt.date, *, field: str) -> None:
    if term.valid_to is not None and term.valid_to < last_day:
        raise Refused(
            Text("该任期已于{day}结束", "this already ends on {day}").format(day=term.valid_to),
            field=field,
        )
    if last_day < term.valid_from:
        raise Refused(
            Text("{holder}的任期{day}才开始", "the term of {holder} begins on {day} only").format(
                holder=term.user, day=term.valid_from
            ),
            field=field,
        )
    term.valid_to = last_day
    term.save(update_fields=["valid_to"])


def _lock(unit: Unit) -> None:
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)


def _locked(term: Spokesperson) -> Spokesperson:
    _lock(term.unit)
    return Spokesperson.objects.select_related("unit", "user").get(pk=term.pk)


def _unit(unit: Unit) -> str:
    return f"unit:{unit.pk}"


def _open_questions(unit: Unit) -> dict[str, JSON]:
    return {"open_questions": unit.consultations.filter(OPEN).count()}


def _what(term: Spokesperson) -> dict[str, JSON]:
    return {
        "term": term.pk,
        "who": str(term.user),
        "valid_from": term.valid_from,
        "valid_to": term.valid_to,
    }


def _days(absence: Absence) -> dict[str, JSON]:
    return {"substitute": str(absence.substitute), "first": absence.first, "last": absence.last}
