"""What the record of projects does by itself every morning, and workbooks in the background.

Workbooks report how far they are, and bear being repeated.
"""

import datetime as dt
from typing import Literal, cast

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, task

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.jobs.progress import report_progress
from openzone.zone.projects.enums import SheetState
from openzone.zone.projects.models import LIVE, Project, ProjectSheet
from openzone.zone.projects.selectors.lights import stale
from openzone.zone.projects.services.lights import refresh_lights
from openzone.zone.projects.services.sheets import apply_sheet, judge_sheet
from openzone.zone.projects.writing import locked
from openzone.zone.registry.imports.progress import Progress

Kind = Literal["user", "system", "command"]
BATCH = 1000
"""So many projects are read at a time, with all their months."""


@task(atomic=False)
def keep_lights(day: str) -> dict[str, int]:
    """Compute lights anew where they differ from the rules: a rule was changed, a light is over.

    All colours are worked out at once; reasons only for projects in which one differs.
    """
    today, looked, changed = dt.date.fromisoformat(day), 0, 0
    live = Project.objects.filter(LIVE).order_by("pk")
    last = 0
    while projects := list(live.filter(pk__gt=last)[:BATCH]):
        last = projects[-1].pk
        looked += len(projects)
        for pk in sorted(stale(projects, today)):
            changed += _refreshed(Project.objects.get(pk=pk), today)
    return {"looked": looked, "changed": changed}


@transaction.atomic
def _refreshed(project: Project, today: dt.date) -> bool:
    try:
        refresh_lights(locked(project), today)
    except Refused:  # merged into another meanwhile
        return False
    return True


@task(takes_context=True, atomic=False)
def check_book(context: TaskContext, sheet: int, actor: list[str]) -> str:
    """Check a workbook row by row; ``actor`` is ``[kind, id, label]``. Returns its state."""
    found = ProjectSheet.objects.get(pk=sheet)
    judged = judge_sheet(
        actor=_actor(actor), sheet=found, now=timezone.now(), on_progress=_progress(context)
    )
    return str(judged.state)


@task(takes_context=True, atomic=False)
def enter_book(context: TaskContext, sheet: int, actor: list[str]) -> str:
    """Enter a checked workbook. After a crash it finds it entered as a whole, or not at all."""
    found = ProjectSheet.objects.get(pk=sheet)
    if found.state != SheetState.APPLIED:
        found = apply_sheet(
            actor=_actor(actor), sheet=found, now=timezone.now(), on_progress=_progress(context)
        )
    return str(found.state)


def _actor(parts: list[str]) -> Actor:
    kind, identifier, label = parts
    return Actor(cast(Kind, kind), identifier, label)


def _progress(context: TaskContext) -> Progress:
    def report(done: int, total: int, text: Text) -> None:
        report_progress(context, done, total, text)

    return report
