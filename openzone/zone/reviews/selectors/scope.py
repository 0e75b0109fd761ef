"""Which projects a meeting looks at, and which tiers a project has somebody to meet at."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from openzone.packs.reviews import Body
from openzone.zone.people.selectors import on_day
from openzone.zone.projects.models import LIVE, Project
from openzone.zone.reviews.models import ForceProject, Meeting, TaskForce
from openzone.zone.reviews.packs import classes_at, pack, tiers_of


def live() -> QuerySet[Project]:
    """Return the projects that are still under way."""
    return Project.objects.filter(LIVE, left="")


def projects_of(meeting: Meeting) -> QuerySet[Project]:
    """Return the projects a meeting reviews: of its body, and of the classes of its tier."""
    found = live().filter(review_class__in=classes_at(meeting.tier))
    if meeting.force_id is not None:
        return found.filter(pk__in=held_by([meeting.force_id], meeting.on))
    if meeting.chief_id is not None:
        return found.filter(chief=meeting.chief_id)
    return found


def held_by(forces: Collection[int], on: dt.date) -> QuerySet[ForceProject, int]:
    """Return the projects in the hands of these task forces on a day."""
    rows = ForceProject.objects.filter(on_day(on), force__in=forces)
    return rows.values_list("project", flat=True)


def working(on: dt.date) -> QuerySet[TaskForce]:
    """Return the task forces of a day."""
    ended = Q(ended_on__isnull=True) | Q(ended_on__gte=on)
    return TaskForce.objects.filter(ended, begun_on__lte=on)


def ladders(projects: Iterable[Project], on: dt.date) -> dict[int, tuple[str, ...]]:
    """Return the tiers that really meet about each project, by its number.

    A tier of task forces counts where one has the project, a tier of chiefs where it has one:
    otherwise an obstacle would wait for a meeting that never comes.
    """
    all_of_them = list(projects)
    rows = ForceProject.objects.filter(on_day(on), force__in=working(on))
    keys = [one.pk for one in all_of_them]
    with_force = set(rows.filter(project__in=keys).values_list("project", flat=True))
    return {one.pk: _ladder(one, one.pk in with_force) for one in all_of_them}


def ladder_of(project: Project, on: dt.date) -> tuple[str, ...]:
    """Return the tiers that really meet about one project."""
    return ladders([project], on)[project.pk]


def _ladder(project: Project, with_force: bool) -> tuple[str, ...]:
    there = {
        Body.FORCE: with_force,
        Body.CHIEF: project.chief_id is not None,
        Body.ZONE: True,
    }
    known = pack().by_tier
    return tuple(tier for tier in tiers_of(project.review_class) if there[known[tier].of])
