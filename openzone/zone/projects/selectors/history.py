"""What happened to a project, the last first, from the rows that are never rewritten."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openzone.engines.projects.money import Revision, revisions
from openzone.engines.worktime.localtime import to_local
from openzone.zone.people.models import User
from openzone.zone.projects.models import Project
from openzone.zone.projects.selectors.standing import stated


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing: on which day it was so, when and by whom it was recorded, and the row itself.

    ``kind``: stage, amount, paper, arrival, assessment, pause, override, merge or funding.
    """

    kind: str
    on: dt.date
    at: dt.datetime
    by: User | None
    row: Any


def history(project: Project) -> list[Happening]:
    """Return everything recorded about a project, the last recorded first."""
    return sorted(_happenings(project), key=lambda one: one.at, reverse=True)


def amounts_revised(project: Project) -> dict[str, tuple[Revision, ...]]:
    """Return how each kind of amount was revised, with both values and what looks like a slip."""
    said = stated(project.amounts.order_by("on", "id"))
    kinds = dict.fromkeys(one.kind for one in said)
    return {kind: found for kind in kinds if (found := revisions(said, kind))}


def _happenings(project: Project) -> Iterator[Happening]:
    for step in project.log.select_related("by"):
        yield Happening("stage", step.on, step.recorded_at, step.by, step)
    for amount in project.amounts.select_related("stated_by"):
        yield Happening("amount", amount.on, amount.stated_at, amount.stated_by, amount)
    for paper in project.papers.select_related("added_by"):
        day = paper.dated or to_local(paper.added_at).date()
        yield Happening("paper", day, paper.added_at, paper.added_by, paper)
    for came in project.arrivals.select_related("recorded_by"):
        yield Happening("arrival", came.on, came.recorded_at, came.recorded_by, came)
    for graded in project.assessments.select_related("by"):
        yield Happening("assessment", graded.on, graded.at, graded.by, graded)
    for pause in project.pauses.select_related("asked_by"):
        yield Happening("pause", pause.begins, pause.asked_at, pause.asked_by, pause)
    for override in project.overrides.select_related("set_by"):
        yield Happening("override", override.begins, override.set_at, override.set_by, override)
    for asked in project.funding.select_related("prepared_by"):
        at = asked.prepared_at
        day = asked.submitted_on or to_local(at).date()
        yield Happening("funding", day, at, asked.prepared_by, asked)
    for merge in project.merges.select_related("merged_by", "absorbed"):
        at = merge.merged_at
        yield Happening("merge", to_local(at).date(), at, merge.merged_by, merge)
