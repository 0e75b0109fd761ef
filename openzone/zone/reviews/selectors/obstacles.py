"""Obstacles of a project, and those that stand with a tier."""

import datetime as dt
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from openzone.zone.people.models import User
from openzone.zone.people.selectors import on_day
from openzone.zone.projects.models import Project
from openzone.zone.projects.selectors import listing
from openzone.zone.reviews.models import ForceMember, ForceProject, Obstacle
from openzone.zone.reviews.selectors.agenda import tier_of
from openzone.zone.reviews.selectors.scope import ladders

WITH = ("case__lead", "case__version", "project", "raised_by")


class Standing(NamedTuple):
    """An obstacle, the tier that has it, and how often it climbed."""

    obstacle: Obstacle
    tier: str
    climbed: int


def visible(user: User | AnonymousUser, on: dt.date) -> QuerySet[Obstacle]:
    """Return the obstacles of the projects somebody may see or works on in a task force."""
    if not isinstance(user, User):
        return Obstacle.objects.none()
    forces = ForceMember.objects.filter(on_day(on), user=user).values("force")
    held = ForceProject.objects.filter(on_day(on), force__in=forces).values("project")
    seen = listing.visible(user, on).values("pk")
    return Obstacle.objects.filter(Q(project__in=seen) | Q(project__in=held))


def of_project(project: Project, on: dt.date) -> list[Standing]:
    """Return the obstacles of a project, those that are open first, the newest first."""
    rows = Obstacle.objects.filter(project=project).select_related(*WITH)
    return _standing(rows.order_by("case__closed", "-case_id"), on)


def open_ones(user: User | AnonymousUser, on: dt.date, tier: str = "") -> list[Standing]:
    """Return what is open where somebody may see it, by tier, the gravest first."""
    rows = visible(user, on).filter(case__closed=False).select_related(*WITH)
    found = [one for one in _standing(rows, on) if not tier or one.tier == tier]
    return sorted(found, key=lambda one: (-_severity(one), one.obstacle.case_id))


def _standing(rows: QuerySet[Obstacle], on: dt.date) -> list[Standing]:
    found = list(rows.prefetch_related("climbs"))
    steps = ladders({row.project for row in found}, on)
    return [
        Standing(
            row, "" if row.case.closed else tier_of(row, steps[row.project_id]),
            len(row.climbs.all()),
        )
        for row in found
    ]  # fmt: skip


def _severity(one: Standing) -> int:
    return int(one.obstacle.case.fields.get("severity", 0))
