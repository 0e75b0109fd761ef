"""What happens every few minutes and every day without anybody."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, task

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import BatchRowState, BatchState, SheetState
from openzone.zone.cases.models import Batch, CaseSheet, LookUp, Notification
from openzone.zone.cases.selectors.batches import why_not
from openzone.zone.cases.services import batches, briefing, outbox, sheets, ticking
from openzone.zone.cases.services.handover import orphans, release
from openzone.zone.errors import Refused
from openzone.zone.jobs.pacing import paced
from openzone.zone.jobs.progress import report_progress

SYSTEM = Actor.system("cases")
KEPT = dt.timedelta(days=180)


@task(atomic=False)
def look_after(turn: str) -> dict[str, int]:
    """Remind, escalate and close for no response, where a case says it is time."""
    return ticking.run(timezone.now())._asdict()


@task(atomic=False)
def deliver(turn: str) -> int:
    """Send what waits in the outbox."""
    return outbox.deliver(timezone.now())


@task(atomic=False)
def every_morning(day: str) -> dict[str, int]:
    """Give cases whose handler left back to their units, and forget what is long read."""
    now = timezone.now()
    read = Notification.objects.filter(read_at__lt=now - KEPT).delete()[0]
    old = LookUp.objects.filter(window__lt=now - dt.timedelta(days=1)).delete()[0]
    return {"released": release_all(now), "forgotten": read + old}


@task(atomic=False)
def announce_brief(day: str) -> int:
    """Say that the weekly brief is there, on its day."""
    with transaction.atomic():
        return briefing.announce(dt.date.fromisoformat(day), timezone.now())


def release_all(now: dt.datetime) -> int:
    """Give every case whose handler left back to its unit; each for itself."""
    done = 0
    for case in paced(orphans(now)):
        try:
            release(actor=SYSTEM, case=case, now=now)
        except Refused:  # somebody was quicker, or the type lets only people hand it over:
            continue  # until they do it stands on the desks of the whole unit
        done += 1
    return done


OPENING = Text("正在立案", "opening cases")


@task(takes_context=True, atomic=False)
def open_sheet(context: TaskContext, sheet: int, user: str, label: str) -> int:
    """Open the good rows of a spreadsheet one by one; after a crash go on with the next."""
    current, actor = CaseSheet.objects.get(pk=sheet), Actor("user", user, label)
    if current.state != SheetState.OPENING:
        return current.opened
    total = len(current.rows)
    for place in paced(range(current.opened, total)):
        try:
            sheets.open_row(actor=actor, sheet=current, place=place, now=timezone.now())
        except Refused as refusal:
            sheets.refuse_row(actor=actor, sheet=current, place=place, reason=refusal.reason)
        report_progress(context, place + 1, total, OPENING)
    sheets.end_sheet(actor=actor, sheet=current)
    return total


LOOKING = Text("正在核对", "looking at the cases")
DOING = Text("正在办理", "doing it")


@task(takes_context=True, atomic=False)
def check_batch(context: TaskContext, batch: int) -> int:
    """Look at every case of an action on many; nothing is written before all were looked at."""
    current = Batch.objects.select_related("asked_by").get(pk=batch)
    if current.state != BatchState.CHECKING:
        return 0
    now, user = timezone.now(), current.asked_by
    rows = list(current.rows.select_related("case__version", "case__enterprise"))
    found: dict[int, Text | None] = {}
    for place, row in enumerate(paced(rows), start=1):
        found[row.pk] = why_not(user, row.case, current.verb, now, timezone.localdate(now))
        report_progress(context, place, len(rows), LOOKING)
    try:
        batches.keep_preview(actor=Actor.of(user), batch=current, found=found, now=now)
    except Refused:  # it was put aside meanwhile
        return 0
    return len(rows)


@task(takes_context=True, atomic=False)
def do_batch(context: TaskContext, batch: int) -> int:
    """Do it case by case; after a crash go on with those nothing came of yet."""
    current = Batch.objects.select_related("asked_by").get(pk=batch)
    actor = Actor.of(current.asked_by)
    rows = list(current.rows.filter(state=BatchRowState.MAY))
    for place, row in enumerate(paced(rows), start=1):
        if batches.do_row(actor=actor, row=row, now=timezone.now()) is None and _ended(current):
            return place - 1
        report_progress(context, place, len(rows), DOING)
    batches.end_batch(actor=actor, batch=current, now=timezone.now())
    return len(rows)


def _ended(batch: Batch) -> bool:
    return not Batch.objects.filter(pk=batch.pk, state=BatchState.RUNNING).exists()
