"""Who is in a pool, and who reached its goal and fell below it."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet

from openzone.packs.cultivation import Pool
from openzone.zone.cultivation.enums import Choice
from openzone.zone.cultivation.models import Entry, Task
from openzone.zone.cultivation.packs import pack
from openzone.zone.cultivation.selectors.recognitions import holders
from openzone.zone.cultivation.selectors.screening import Candidate, standings
from openzone.zone.rulebook.packs import plan_on
from openzone.zone.rulebook.selectors.entitlements import Standing
from openzone.zone.rulebook.selectors.population import population


def inside(pool: Pool, on: dt.date) -> QuerySet[Entry]:
    """Return the entries of a pool that run on a day, the latest first."""
    running = Q(left_on__isnull=True) | Q(left_on__gte=on)
    found = Entry.objects.filter(running, pool=pool.id, choice=Choice.ACCEPTED, decided_on__lte=on)
    return found.select_related("enterprise", "unit", "tutor").order_by("-decided_on", "-pk")


def decisions(pool: Pool, choice: Choice | None = None) -> QuerySet[Entry]:
    """Return every decision about a pool, the latest first."""
    found = Entry.objects.filter(pool=pool.id)
    if choice is not None:
        found = found.filter(choice=choice)
    return found.select_related("enterprise").order_by("-decided_on", "-pk")


def left(pool: Pool, first: dt.date, last: dt.date) -> QuerySet[Entry]:
    """Return the entries that ended in a period."""
    ended = Entry.objects.filter(pool=pool.id, left_on__gte=first, left_on__lte=last)
    return ended.select_related("enterprise").order_by("-left_on", "-pk")


def sizes(on: dt.date) -> Mapping[str, int]:
    """Count the enterprises in each pool on a day."""
    return {pool.id: inside(pool, on).count() for pool in pack().pools}


def open_tasks(on: dt.date, overdue: bool = False) -> QuerySet[Task]:
    """Return the tasks of running entries that are not done, the most urgent first."""
    tasks = Task.objects.filter(done_on__isnull=True, entry__left_on__isnull=True)
    if overdue:
        tasks = tasks.filter(due_on__lt=on)
    return tasks.select_related("entry__enterprise").order_by("due_on", "pk")


def tasks_by_pool(on: dt.date) -> Mapping[str, int]:
    """Count the tasks that are over their day, by pool."""
    rows = open_tasks(on, overdue=True).order_by().values("entry__pool").annotate(n=Count("pk"))
    return {row["entry__pool"]: row["n"] for row in rows.order_by("entry__pool")}


def fallen(pool: Pool, as_of: dt.date) -> list[Candidate]:
    """Return who holds what the pool leads to and no longer meets its rule (after-entry watch).

    They are shown, nothing more: who falls below stays until the authority reviews it.
    """
    if pool.rule not in plan_on(as_of).by_id:
        return []
    held, people = holders([pool.title_reached], as_of), population(as_of)
    below = {
        *people.standing(pool.rule, Standing.NEAR),
        *people.standing(pool.rule, Standing.NOT_MET),
    }
    return standings(pool, sorted(held & below), as_of)


def missing_materials(pool: Pool, entry: Entry) -> list[str]:
    """Return the ids of the papers of a pool that are not at hand."""
    return [one.id for one in pool.materials if one.id not in entry.collected]
