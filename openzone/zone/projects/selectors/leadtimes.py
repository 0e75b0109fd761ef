"""How long projects took from one point to another, and one project against the others."""

from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from django.db.models import Count, QuerySet

from openzone.engines.projects.leadtimes import Duration, LeadTimes, against, lead_times
from openzone.engines.text import Text
from openzone.zone.projects.models import Milestone, Project
from openzone.zone.projects.packs import pipeline
from openzone.zone.projects.selectors.records import first_entries

MILESTONE: Final = "milestone:"
"""A point that is a milestone is called this and its code; every other is a stage."""


class Compared(NamedTuple):
    """One project's duration and the population's; ``over`` the median in days, less is faster.

    ``own`` and ``over`` are None where the project has not come so far.
    """

    own: Duration | None
    population: LeadTimes
    over: Decimal | None


def durations(found: QuerySet[Project], name: str, start: str, end: str) -> LeadTimes:
    """Return the durations between two points over projects of a pipeline, ids being numbers."""
    points = (start, end)
    stages = [one for one in points if not one.startswith(MILESTONE)]
    codes = [one.removeprefix(MILESTONE) for one in points if one.startswith(MILESTONE)]
    within = found.filter(pipeline=name)
    days = first_entries(within, stages) if stages else {}
    done = Milestone.objects.filter(
        project__in=within.order_by().values("pk"), code__in=codes, actual__isnull=False
    )
    for number, code, day in done.values_list("project__number", "code", "actual"):
        if day is not None:
            days.setdefault(number, {})[MILESTONE + code] = day
    return lead_times(days, start, end)


def stage_by_stage(found: QuerySet[Project], name: str) -> list[LeadTimes]:
    """Return the durations from every stage of a pipeline to the next."""
    stages = [one.id for one in pipeline(name).stages]
    days = first_entries(found.filter(pipeline=name), stages)
    return [lead_times(days, *pair) for pair in pairwise(stages)]


def compared(project: Project, population: LeadTimes) -> Compared:
    """Set one project against a population it is part of."""
    own = next((one for one in population.done if one.project == project.number), None)
    spread = population.spread
    over = against(own.days, spread) if own is not None and spread is not None else None
    return Compared(own, population, over)


def points(found: QuerySet[Project], name: str, most: int = 60) -> dict[str, Text]:
    """Return the points there are between which time is measured: stages, then milestones.

    Of milestones the codes that most projects have, each called as most of them call it.
    """
    stages = {one.id: one.label for one in pipeline(name).stages}
    within = Milestone.objects.filter(
        project__in=found.filter(pipeline=name).order_by().values("pk")
    )
    rows = within.order_by().values("code", "title").annotate(n=Count("pk")).order_by("-n", "code")
    titles: dict[str, str] = {}
    for row in rows[: 5 * most]:
        titles.setdefault(row["code"], row["title"])
    listed = list(titles.items())[:most]
    return {**stages, **{MILESTONE + code: Text(title, title) for code, title in listed}}
