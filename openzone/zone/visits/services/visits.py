"""Planning a visit, going together, recording it. Nothing here enforces anything."""

import datetime as dt
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.db import transaction

from openzone.engines.files.gate import Checked, FileRefusedError, check
from openzone.engines.text import Text
from openzone.engines.visiting.cadence import over_cap, together
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.subjects import ensure_not_absorbed
from openzone.zone.visits.enums import Condition, ContactKind, VisitState
from openzone.zone.visits.models import Invitation, Visit, VisitFile, VisitParty
from openzone.zone.visits.packs import pack
from openzone.zone.visits.selectors.visits import counted_days, planned_for
from openzone.zone.visits.services.terms import ensure_order, said

_PAST = Text("计划日期已过", "the day has passed")
_FUTURE = Text("日期在未来", "the day is in the future")
_CLOSED = Text("该走访已登记或已取消", "this visit is recorded or was called off")
_CAP = Text(
    "{days}天内已有或已计划{n}次走访（{list}），上限{most}次；企业主动邀请的不受限。无事不扰",
    "{n} visits took place or are planned within {days} days ({list}), at most {most} are allowed "
    "unless the enterprise asks for one",
)
_TOGETHER = Text(
    "{who}已计划{day}走访该企业，建议同去；确需单独走访的，请说明理由",
    "{who} plans to visit it on {day}: go together, or say why not",
)


@transaction.atomic
def invite(
    *,
    actor: Actor,
    enterprise: Enterprise,
    wish: str,
    first: dt.date,
    last: dt.date,
    asked_by: str,
    now: dt.datetime,
    recorded_by: User | None = None,
) -> Invitation:
    """Note that an enterprise asks for a visit; ``recorded_by`` took the call, if one was made."""
    ensure_order(first, last, "last")
    invitation = Invitation(
        enterprise=enterprise.root,
        wish=said(wish, "wish"),
        first=first,
        last=last,
        asked_by=said(asked_by, "asked_by"),
        asked_at=now,
        recorded_by=recorded_by,
    )
    ensure_valid(invitation)
    invitation.save()
    payload: dict[str, JSON] = {"first": first, "last": last, "asked_by": invitation.asked_by}
    record("visits.asked_for", actor=actor, subject=_firm(enterprise), payload=payload)
    return invitation


@transaction.atomic
def plan_visit(
    *,
    actor: Actor,
    user: User,
    unit: Unit,
    enterprise: Enterprise,
    planned_on: dt.date,
    purpose: str,
    today: dt.date,
    invitation: Invitation | None = None,
    apart_because: str = "",
) -> Visit:
    """Plan a visit. One near a planned one is offered as one; one beyond the cap is refused."""
    ensure_not_absorbed(enterprise)
    if planned_on < today:
        raise Refused(_PAST, field="planned_on")
    locked = Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise.pk)
    _ensure_invited(invitation, locked, planned_on)
    if not apart_because.strip():
        _ensure_alone(locked, planned_on)
    if invitation is None:
        _ensure_within_cap(locked, planned_on, "planned_on")
    visit = Visit(
        enterprise=locked,
        kind=ContactKind.VISIT,
        state=VisitState.PLANNED,
        planned_on=planned_on,
        invitation=invitation,
        apart_because=apart_because.strip(),
    )
    ensure_valid(visit)
    visit.save()
    _add_party(visit, user, unit, purpose)
    _note("visits.planned", actor, visit, {"on": planned_on, "unit": unit.code})
    return visit


@transaction.atomic
def join_visit(*, actor: Actor, visit: Visit, user: User, unit: Unit, purpose: str) -> VisitParty:
    """Go along on a planned visit: it stays one visit."""
    current = _planned(visit)
    party = _add_party(current, user, unit, purpose)
    _note("visits.joined", actor, current, {"unit": unit.code, "user": user.username})
    return party


@transaction.atomic
def cancel_visit(*, actor: Actor, visit: Visit, reason: str) -> Visit:
    """Call a planned visit off."""
    current = _planned(visit)
    current.state, current.cancelled_because = VisitState.CANCELLED, said(reason, "reason")
    ensure_valid(current)
    current.save()
    _note("visits.cancelled", actor, current, {"reason": current.cancelled_because})
    return current


@transaction.atomic
def check_in(*, actor: Actor, visit: Visit, now: dt.datetime) -> Visit:
    """Note the moment somebody arrived, by the server's clock; the first one stays."""
    current = _planned(visit)
    if current.checked_in_at is None:
        current.checked_in_at = now
        current.save(update_fields=["checked_in_at"])
        _note("visits.checked_in", actor, current, {})
    return current


@transaction.atomic
def record_visit(
    *,
    actor: Actor,
    user: User,
    visit: Visit,
    met_on: dt.date,
    summary: str,
    condition: Condition,
    now: dt.datetime,
    today: dt.date,
    present: str = "",
    beyond_cap: str = "",
) -> Visit:
    """Record how a planned visit went; on another day than planned the cap is looked at again."""
    current = _planned(visit)
    if met_on != current.planned_on and current.invitation_id is None:
        _keep_within_cap(current, met_on, beyond_cap)
    return _recorded(actor, current, user, met_on, summary, condition, present, now, today)


@transaction.atomic
def record_contact(
    *,
    actor: Actor,
    user: User,
    unit: Unit,
    enterprise: Enterprise,
    kind: ContactKind,
    met_on: dt.date,
    summary: str,
    condition: Condition,
    now: dt.datetime,
    today: dt.date,
    present: str = "",
    invitation: Invitation | None = None,
    beyond_cap: str = "",
) -> Visit:
    """Record a call, or a visit nobody planned.

    A visit beyond the cap is refused unless the enterprise asked for it. One that took place all
    the same is kept with the reason given, and every report shows it as beyond the cap.
    """
    ensure_not_absorbed(enterprise)
    locked = Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise.pk)
    _ensure_invited(invitation, locked, met_on)
    visit = Visit(
        enterprise=locked,
        kind=kind,
        state=VisitState.PLANNED,
        planned_on=met_on,
        invitation=invitation,
    )
    if invitation is None:
        _keep_within_cap(visit, met_on, beyond_cap)
    visit.save()
    _add_party(visit, user, unit, summary[:300])
    return _recorded(actor, visit, user, met_on, summary, condition, present, now, today)


@transaction.atomic
def add_evidence(
    *, actor: Actor, visit: Visit, user: User, name: str, data: bytes, now: dt.datetime
) -> VisitFile:
    """Keep a photograph or paper of a visit; what it is is told by its content."""
    try:
        checked = check(name, data)
    except FileRefusedError as refusal:
        raise Refused(refusal.reason, field="file") from None
    current = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if current.state == VisitState.CANCELLED:
        raise Refused(_CLOSED)
    return _kept(actor, current, user, checked, data, now)


def _kept(
    actor: Actor, visit: Visit, user: User, checked: Checked, data: bytes, now: dt.datetime
) -> VisitFile:
    kept = VisitFile(
        visit=visit,
        name=checked.name,
        media_type=checked.media_type,
        size=checked.size,
        sha256=checked.sha256,
        added_by=user,
        added_at=now,
    )
    kept.file.save(checked.stored_name, ContentFile(data), save=False)
    kept.save()
    _note("visits.evidence.added", actor, visit, {"name": kept.name, "sha256": kept.sha256})
    return kept


def _recorded(
    actor: Actor,
    visit: Visit,
    user: User,
    met_on: dt.date,
    summary: str,
    condition: Condition,
    present: str,
    now: dt.datetime,
    today: dt.date,
) -> Visit:
    if met_on > today:
        raise Refused(_FUTURE, field="met_on")
    if condition is Condition.RUNNING and not present.strip():
        raise Refused(
            Text("请填写企业在场人员", "say who was there for the enterprise"), field="present"
        )
    visit.state, visit.met_on, visit.summary = VisitState.DONE, met_on, said(summary, "summary")
    visit.condition, visit.present = condition, present.strip()
    visit.recorded_by, visit.recorded_at = user, now
    ensure_valid(visit)
    visit.save()
    details: dict[str, JSON] = {"kind": str(visit.kind), "on": met_on, "found": str(condition)}
    _note("visits.recorded", actor, visit, details | {"beyond_cap": visit.beyond_cap})
    return visit


def _planned(visit: Visit) -> Visit:
    current = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if current.state != VisitState.PLANNED:
        raise Refused(_CLOSED)
    return current


def _add_party(visit: Visit, user: User, unit: Unit, purpose: str) -> VisitParty:
    if visit.parties.filter(user=user).exists():
        raise Refused(Text("您已在其中", "you are going already"))
    party = VisitParty(visit=visit, user=user, unit=unit, purpose=said(purpose, "purpose"))
    ensure_valid(party)
    party.save()
    return party


def _ensure_alone(enterprise: Enterprise, day: dt.date) -> None:
    planned = {visit.planned_on: visit for visit in planned_for(enterprise)}
    near = together([one for one in planned if one], day, pack().cap.together_days)
    if near:
        who = "、".join(str(party.unit) for party in planned[near[0]].parties.all())
        raise Refused(_TOGETHER.format(who=who, day=near[0]), field="apart_because")


def _ensure_within_cap(
    enterprise: Enterprise, day: dt.date, field: str, moved: Visit | None = None
) -> None:
    cap = pack().cap
    full = over_cap(counted_days(enterprise, moved), day, cap.as_cap)
    if full:
        said_days = "、".join(one.isoformat() for one in full)
        raise Refused(
            _CAP.format(days=cap.days, n=len(full), list=said_days, most=cap.visits), field=field
        )


def _keep_within_cap(visit: Visit, day: dt.date, reason: str) -> None:
    """Refuse a visit beyond the cap, or keep the reason why it took place all the same."""
    if visit.kind != ContactKind.VISIT:
        return
    try:
        _ensure_within_cap(visit.enterprise, day, "beyond_cap", visit)
    except Refused:
        if not reason.strip():
            raise
        visit.beyond_cap = reason.strip()


def _ensure_invited(invitation: Invitation | None, firm: Enterprise, day: dt.date) -> None:
    if invitation is None:
        return
    used: Iterable[Visit] = invitation.visits.exclude(state=VisitState.CANCELLED)
    right = invitation.enterprise.root_id == firm.pk and not list(used)
    if not (right and invitation.first <= day <= invitation.last):
        raise Refused(
            Text(
                "该邀请不适用于这一天，或已使用", "this request is for other days, or used already"
            ),
            field="invitation",
        )


def _firm(enterprise: Enterprise) -> str:
    return f"enterprise:{enterprise.root_id}"


def _note(action: str, actor: Actor, visit: Visit, payload: dict[str, JSON]) -> None:
    details: dict[str, JSON] = {"enterprise": visit.enterprise_id, **payload}
    record(action, actor=actor, subject=f"visit:{visit.pk}", payload=details)
