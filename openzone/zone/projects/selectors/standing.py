"""Where a project stands, and what it still lacks, as the engine sees it."""

import datetime as dt
from collections.abc import Iterable, Mapping

from openzone.engines.projects.money import Stated, value_at
from openzone.engines.projects.stages import (
    Back,
    Entry,
    Exit,
    LogItem,
    Missing,
    missing,
    next_stages,
)
from openzone.zone.projects.enums import StageEventKind
from openzone.zone.projects.models import Amount, Project, StageEvent
from openzone.zone.projects.packs import pipeline_of


def log_items(events: Iterable[StageEvent]) -> tuple[LogItem, ...]:
    """Return stage events, in their order, as the engine reads them."""
    return tuple(_item(event) for event in events)


def _item(event: StageEvent) -> LogItem:
    by = str(event.by_id or "")
    match event.kind:
        case StageEventKind.ENTERED:
            return Entry(event.stage, event.on, tuple(event.evidence), by)
        case StageEventKind.LEFT:
            return Exit(event.stage, event.on, event.reason, by)
    void = event.kind == StageEventKind.VOIDED
    return Back(event.stage or None, event.on, event.reason, void, by)


def stated(amounts: Iterable[Amount]) -> tuple[Stated, ...]:
    """Return statements of amounts as the engine reads them."""
    return tuple(Stated(one.kind, one.value, one.currency, one.on, one.reason) for one in amounts)


def amount_on(project: Project, kind: str, on: dt.date) -> Stated | None:
    """Return what an amount was stated to be on a day; None where nobody stated one."""
    return value_at(stated(project.amounts.filter(kind=kind)), kind, on)


def facts_of(project: Project) -> Mapping[str, object]:
    """Return what the gates of a pipeline ask for, by the field names of its pack."""
    return {
        "owner": str(project.lead_unit or "") or project.investor_name,
        "content": project.summary,
        "total_investment": project.total,
        "investor": str(project.investor or "") or project.investor_name,
        "origin": project.origin,
        "industry": project.industry,
        "planned_start": project.planned_start,
        "planned_completion": project.planned_finish,
        "company": project.enterprise,
        "place": project.place,
    }


def papers_of(project: Project) -> frozenset[str]:
    """Return the kinds of papers on file."""
    return frozenset(project.papers.values_list("kind", flat=True))


def missing_for(project: Project, stage: str, on: dt.date) -> tuple[Missing, ...]:
    """Return what a project lacks to enter a stage on a day."""
    pipeline = pipeline_of(project)
    return missing(pipeline, stage, on, facts_of(project), papers_of(project))


def missing_next(project: Project, on: dt.date) -> dict[str, tuple[Missing, ...]]:
    """Return the stages that may come next, each with what is missing for it."""
    stages = next_stages(pipeline_of(project), project.stage or None)
    return {stage: missing_for(project, stage, on) for stage in stages}
