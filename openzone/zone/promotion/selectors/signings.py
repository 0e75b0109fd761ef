"""When projects were signed: the first entry of their stage log that stands."""

import datetime as dt
from collections.abc import Iterable, Mapping

from openzone.engines.projects.stages import standing
from openzone.zone.projects.enums import StageEventKind
from openzone.zone.projects.models import Project, StageEvent
from openzone.zone.projects.packs import pipeline_of
from openzone.zone.projects.selectors.standing import log_items
from openzone.zone.promotion.field_packs import field


def signed_entry(project: Project) -> StageEvent | None:
    """Return the entry of a project's log that counts as its signing, if one stands."""
    log = list(project.log.order_by("seq"))
    found = _first(project, log)
    if found is None:
        return None
    stage, on = found
    entries = [one for one in log if (one.kind, one.stage, one.on) == (
        StageEventKind.ENTERED, stage, on)]  # fmt: skip
    return entries[-1] if entries else None


def signed_on(projects: Iterable[Project]) -> Mapping[int, dt.date]:
    """Return the day each project was signed on, of those whose signing stands."""
    found = {}
    for project in projects:
        first = _first(project, sorted(project.log.all(), key=lambda one: one.seq))
        if first is not None:
            found[project.pk] = first[1]
    return found


def _first(project: Project, log: list[StageEvent]) -> tuple[str, dt.date] | None:
    signed = {one.id for one in pipeline_of(project).stages if one.counts_as == field().signed}
    first = standing(log_items(log)).first
    days = [(stage, entry.on) for stage, entry in first.items() if stage in signed]
    return min(days, key=lambda one: one[1]) if days else None
