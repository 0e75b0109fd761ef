"""Tasks with their progress and light, filtered, and what waits for whom."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from openzone.engines.worktime.localtime import to_local
from openzone.zone.people.models import User
from openzone.zone.people.selectors import memberships_of
from openzone.zone.reforms.models import Extension, Programme, Report, Task
from openzone.zone.reforms.packs import calendar, pack
from openzone.zone.reforms.selectors.lights import Facts, Lit, light


@dataclass(frozen=True, slots=True)
class Filter:
    """What to list; empty values list all."""

    area: int | None = None
    unit: str = ""
    light: str = ""
    owner: str = ""
    text: str = ""
    reported: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A task as it stands: ``percent`` is what was confirmed last, unknown before that."""

    task: Task
    percent: int | None
    light: Lit
    overdue: int

    @property
    def colour(self) -> str:
        """The colour of its light, or ``done``."""
        return self.light.colour


def tasks(programme: Programme) -> "QuerySet[Any]":
    """Return the tasks of a programme with ``percent`` and ``reported_at`` as confirmed last."""
    return _as_confirmed(Task.objects.filter(area__programme=programme))


def _as_confirmed(found: "QuerySet[Task]") -> "QuerySet[Any]":
    confirmed = Report.objects.filter(task=OuterRef("pk"), check_result__passed=True)
    latest = confirmed.order_by("-pk")
    return (
        found.annotate(
            percent=Subquery(latest.values("percent")[:1]),
            reported_at=Subquery(latest.values("reported_at")[:1]),
        )
        .select_related("area__programme", "lead", "owner", "case")
        .order_by("area_id", "number", "pk")
    )


def lines(programme: Programme, on: dt.date, chosen: Filter | None = None) -> list[Line]:
    """Return the tasks that fit, each with its light of the day."""
    wanted = chosen or Filter()
    found = _narrowed(tasks(programme), wanted)
    made = [line(task, on) for task in found]
    return [one for one in made if not wanted.light or one.colour in wanted.light.split(",")]


def line(task: Any, on: dt.date) -> Line:
    """Return a task of ``tasks`` with its light."""
    reported = to_local(task.reported_at).date() if task.reported_at else None
    facts = Facts(task.area.programme.first_on, task.due_on, task.done_on, task.percent, reported)
    late = (task.done_on or on) - task.due_on
    return Line(task, task.percent, light(facts, on, pack().lights, calendar()), max(late.days, 0))


def one(task: Task, on: dt.date) -> Line:
    """Return one task as it stands."""
    return line(tasks(task.area.programme).get(pk=task.pk), on)


def overdue(programme: Programme, on: dt.date) -> list[Line]:
    """Return the tasks whose day has passed, the longest first."""
    found = lines(programme, on, Filter(light="red"))
    return sorted(found, key=lambda each: (-each.overdue, each.task.number))


def mine(user: User, on: dt.date) -> list[Line]:
    """Return the tasks somebody answers for, by day: as owner, or as handler of the lead unit."""
    units = [held.unit_id for held in memberships_of(user, on).filter(role="handler")]
    running = _as_confirmed(Task.objects.filter(area__programme__state="running"))
    own = running.filter(Q(owner=user) | Q(lead__in=units), done_on__isnull=True)
    found = [line(task, on) for task in own]
    return sorted(found, key=lambda each: (each.task.due_on, each.task.number))


def waiting_reports(programme: Programme | None = None) -> "QuerySet[Report]":
    """Return reports nobody checked yet, the oldest first."""
    found = Report.objects.filter(check_result__isnull=True)
    if programme is not None:
        found = found.filter(task__area__programme=programme)
    return found.select_related("task__area", "task__lead", "reported_by").order_by("pk")


def waiting_extensions(programme: Programme | None = None) -> "QuerySet[Extension]":
    """Return extensions nobody decided yet, the oldest first."""
    found = Extension.objects.filter(ruling__isnull=True)
    if programme is not None:
        found = found.filter(task__area__programme=programme)
    return found.select_related("task__area", "task__lead", "asked_by").order_by("pk")


def moved(programme: Programme) -> "QuerySet[Task]":
    """Return the tasks whose day is later than the programme's."""
    return Task.objects.filter(area__programme=programme, due_on__gt=F("first_due_on"))


def _narrowed(found: "QuerySet[Any]", chosen: Filter) -> Iterable[Any]:
    if chosen.area:
        found = found.filter(area=chosen.area)
    if chosen.unit:
        found = found.filter(lead__code=chosen.unit)
    if chosen.owner:
        found = found.filter(owner__username=chosen.owner)
    if chosen.reported:
        found = found.filter(percent__isnull=chosen.reported == "no")
    if chosen.text:
        found = found.filter(Q(title__contains=chosen.text) | Q(number=chosen.text))
    return found
