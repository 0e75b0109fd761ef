"""A person selects; tutoring, tasks and papers follow; an entry ends with its reason."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from openzone.engines.text import Text
from openzone.packs.cultivation import Pool
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.cultivation.enums import Choice, Leaving
from openzone.zone.cultivation.models import Band, Entry, Task, Tutoring
from openzone.zone.cultivation.packs import pool_named
from openzone.zone.cultivation.selectors.screening import Candidate, standing_of
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.models import Enterprise


@transaction.atomic
def set_band(
    *, actor: Actor, pool: Pool, within: Decimal, met: bool, unknown: bool, reason: str
) -> Band:
    """Say how near a candidate of a pool must be; earlier bands stay on record."""
    band = Band(
        pool=pool.id,
        within=within,
        met=met,
        unknown=unknown,
        reason=_said(reason, "reason"),
        set_by=actor.label[:150],
    )
    ensure_valid(band)
    if not 0 < within <= 1:
        raise Refused(Text("比例应大于0、不大于1", "a share above 0, at most 1"), field="within")
    band.save()
    payload: dict[str, JSON] = {"within": within, "met": met, "unknown": unknown, "why": reason}
    record("cultivation.pool.band_set", actor=actor, subject=f"pool:{pool.id}", payload=payload)
    return band


@transaction.atomic
def accept(
    *,
    actor: Actor,
    pool: Pool,
    enterprise: Enterprise,
    reason: str,
    on: dt.date,
    unit: Unit | None = None,
    tutor: User | None = None,
) -> Entry:
    """Take an enterprise into a pool, as a person decided; the screening only proposes."""
    locked = _locked(enterprise)
    running = Entry.objects.filter(
        pool=pool.id, enterprise__root=locked, choice=Choice.ACCEPTED, left_on__isnull=True
    )
    if running.exists():
        raise Refused(Text("该企业已在库", "the enterprise is in the pool already"))
    entry = _decided(actor, pool, locked, Choice.ACCEPTED, reason, on)
    entry.unit, entry.tutor = unit, tutor
    ensure_valid(entry)
    entry.save()
    _note("accepted", actor, entry, {"reason": entry.reason, "basis": entry.basis})
    return entry


@transaction.atomic
def decline(*, actor: Actor, pool: Pool, enterprise: Enterprise, reason: str, on: dt.date) -> Entry:
    """Leave a candidate out for now, with the reason; it may be taken later."""
    entry = _decided(actor, pool, _locked(enterprise), Choice.DECLINED, reason, on)
    ensure_valid(entry)
    entry.save()
    _note("declined", actor, entry, {"reason": entry.reason, "basis": entry.basis})
    return entry


@transaction.atomic
def leave(*, actor: Actor, entry: Entry, leaving: Leaving, on: dt.date, note: str = "") -> Entry:
    """End an entry after a last day."""
    current = _open(entry)
    if on < current.decided_on:
        raise Refused(Text("出库日期早于入库日期", "it left before it came"), field="on")
    current.left_on, current.leaving, current.leaving_note = on, leaving, note.strip()
    ensure_valid(current)
    current.save(update_fields=["left_on", "leaving", "leaving_note"])
    _note("left", actor, current, {"why": str(leaving), "last_day": on})
    return current


@transaction.atomic
def assign_tutor(*, actor: Actor, entry: Entry, unit: Unit | None, tutor: User | None) -> Entry:
    """Say who tutors an enterprise."""
    current = _open(entry)
    current.unit, current.tutor = unit, tutor
    current.save(update_fields=["unit", "tutor"])
    who: dict[str, JSON] = {
        "unit": unit.code if unit else "",
        "tutor": str(tutor) if tutor else "",
    }
    _note("tutor_assigned", actor, current, who)
    return current


@transaction.atomic
def record_tutoring(
    *, actor: Actor, entry: Entry, on: dt.date, what: str, today: dt.date, next_step: str = ""
) -> Tutoring:
    """Record what was done for an enterprise on a day that is not in the future."""
    current = _open(entry)
    if on > today:
        raise Refused(Text("日期在未来", "the day is in the future"), field="on")
    tutoring = Tutoring(
        entry=current,
        on=on,
        what=_said(what, "what"),
        next_step=next_step.strip(),
        by=actor.label[:150],
    )
    ensure_valid(tutoring)
    tutoring.save()
    _note("tutored", actor, current, {"on": on, "what": tutoring.what})
    return tutoring


@transaction.atomic
def set_task(*, actor: Actor, entry: Entry, what: str, due_on: dt.date) -> Task:
    """Set something to be done by a day."""
    current = _open(entry)
    task = Task(entry=current, what=_said(what, "what"), due_on=due_on)
    ensure_valid(task)
    task.save()
    _note("task_set", actor, current, {"what": task.what, "due": due_on})
    return task


@transaction.atomic
def finish_task(*, actor: Actor, task: Task, on: dt.date) -> Task:
    """Note that a task is done."""
    entry = _open(task.entry)
    current = Task.objects.get(pk=task.pk)
    if current.done_on is not None:
        raise Refused(Text("该任务已完成", "the task is done already"))
    current.done_on, current.done_by = on, actor.label[:150]
    current.save(update_fields=["done_on", "done_by"])
    _note("task_done", actor, entry, {"what": current.what, "on": on})
    return current


@transaction.atomic
def collect_materials(*, actor: Actor, entry: Entry, collected: Sequence[str]) -> Entry:
    """Note which papers of the pool are at hand."""
    current = _open(entry)
    pool = pool_named(current.pool)
    known = [one.id for one in pool.materials] if pool else []
    if set(collected) - set(known):
        raise Refused(Text("没有这种材料", "there is no such paper"), field="collected")
    current.collected = [name for name in known if name in collected]
    current.save(update_fields=["collected"])
    _note("materials_noted", actor, current, {"collected": current.collected})
    return current


def basis_of(candidate: Candidate | None, on: dt.date) -> dict[str, JSON]:
    """Return how an enterprise stood on a day, as it is kept with the decision."""
    if candidate is None:
        return {"as_of": on.isoformat()}
    answer = candidate.entitlement
    return {
        "as_of": on.isoformat(),
        "rule": answer.rule.rule,
        "version": answer.version.version,
        "standing": str(candidate.standing),
        "share": candidate.share,
    }


def _decided(
    actor: Actor, pool: Pool, enterprise: Enterprise, choice: Choice, reason: str, on: dt.date
) -> Entry:
    candidate = standing_of(pool, enterprise, on)
    return Entry(
        pool=pool.id,
        enterprise=enterprise,
        choice=choice,
        reason=_said(reason, "reason"),
        decided_by=actor.label[:150],
        decided_on=on,
        basis=basis_of(candidate, on),
    )


def _locked(enterprise: Enterprise) -> Enterprise:
    """Lock the enterprise: two people cannot take it into one pool at once."""
    return Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise.root_id)


def _open(entry: Entry) -> Entry:
    related = Entry.objects.select_related("enterprise", "unit", "tutor")
    current = related.select_for_update(of=("self",)).get(pk=entry.pk)
    if current.choice != Choice.ACCEPTED or current.left_on is not None:
        raise Refused(Text("该企业不在库", "the enterprise is not in the pool"))
    return current


def _said(text: str, field: str) -> str:
    if not text.strip():
        raise Refused(Text("请填写内容", "this must say something"), field=field)
    return text.strip()


def _note(what: str, actor: Actor, entry: Entry, payload: dict[str, JSON]) -> None:
    subject = f"enterprise:{entry.enterprise_id}"
    details: dict[str, JSON] = {"pool": entry.pool, "entry": entry.pk, **payload}
    record(_ACTIONS[what], actor=actor, subject=subject, payload=details)


_ACTIONS = {
    "accepted": "cultivation.entry.accepted",
    "declined": "cultivation.entry.declined",
    "left": "cultivation.entry.left",
    "tutor_assigned": "cultivation.entry.tutor_assigned",
    "tutored": "cultivation.entry.tutored",
    "task_set": "cultivation.entry.task_set",
    "task_done": "cultivation.entry.task_done",
    "materials_noted": "cultivation.entry.materials_noted",
}
