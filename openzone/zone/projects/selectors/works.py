"""Milestones and work as the engines read them, and how they stand."""

import datetime as dt
from collections.abc import Iterable

from openzone.engines.projects import progress, schedule
from openzone.zone.projects.models import Milestone, PhysicalItem, PhysicalReport, Project


def as_engine(milestones: Iterable[Milestone]) -> list[schedule.Milestone]:
    """Return milestones as the engine reads them."""
    return [
        schedule.Milestone(one.code, one.planned, one.actual, tuple(one.after), one.days, one.fixed)
        for one in milestones
    ]


def engine_item(item: PhysicalItem) -> progress.Item:
    """Return a piece of work with its plan as the engine reads it."""
    points = tuple(progress.Point(one.on, one.quantity) for one in item.plan.all())
    return progress.Item(item.code, item.unit, item.total, item.begins, points, item.weight)


def report_points(reports: Iterable[PhysicalReport]) -> list[progress.Point]:
    """Return what was reported, the last word for each day."""
    last = {one.on: one.quantity for one in sorted(reports, key=lambda one: one.pk)}
    return [progress.Point(day, amount) for day, amount in sorted(last.items())]


def plan_of(project: Project, on: dt.date) -> schedule.Schedule | None:
    """Return a project's milestones placed as at a day; None without milestones."""
    milestones = as_engine(project.milestones.all())
    return schedule.schedule(milestones, on) if milestones else None


def work_of(project: Project, on: dt.date) -> tuple[list[progress.Standing], progress.Whole]:
    """Return how each piece of work stands on a day, and the whole."""
    items = project.items.prefetch_related("plan", "reports")
    standings = [
        progress.standing(engine_item(one), report_points(one.reports.all()), on) for one in items
    ]
    return standings, progress.whole(standings)
