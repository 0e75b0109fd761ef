"""A project enters a stage with its evidence, goes back, leaves: each once, whoever is first."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from openzone.engines.projects.stages import (
    Back,
    Entry,
    Exit,
    LogFault,
    LogItem,
    log_faults,
    may_enter,
)
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.projects.enums import StageEventKind
from openzone.zone.projects.models import Project, StageEvent
from openzone.zone.projects.packs import pipeline_of
from openzone.zone.projects.selectors.standing import facts_of, log_items, papers_of
from openzone.zone.projects.services.lights import refresh_lights
from openzone.zone.projects.writing import append, locked, note

TO_COME = Text("{day} 还没有到", "{day} has not come yet")


@transaction.atomic
def enter_stage(
    *, actor: Actor, project: Project, stage: str, on: dt.date, now: dt.datetime,
    today: dt.date, user: User | None = None, seen: int | None = None,
) -> Project:  # fmt: skip
    """Let a project enter a stage; what the stage asks for must be on file.

    ``seen``: the last step the person saw (``Project.last_seq``).

    Raises:
        Refused: naming everything that is missing, at once; or who was first.

    """
    fresh = locked(project, seen)
    _ensure_come(on, today)
    papers = papers_of(fresh)
    entry = Entry(stage, on, tuple(sorted(papers)))
    allowed, lacking = may_enter(
        pipeline_of(fresh), log_items(fresh.log.all()), entry, facts_of(fresh), papers
    )
    if not allowed:
        raise Refused(_joined(one.text for one in lacking), field="stage")
    asked = {kind for group in pipeline_of(fresh)[stage].evidence for kind in group}
    append(
        fresh,
        StageEvent(
            kind=StageEventKind.ENTERED, stage=stage, on=on, by=user, recorded_at=now,
            evidence=sorted(papers & asked),
        ),
    )  # fmt: skip
    refresh_lights(fresh, today)
    note("stage.entered", actor, fresh, stage=stage, on=on.isoformat())
    return fresh


@transaction.atomic
def go_back(
    *, actor: Actor, project: Project, to: str, on: dt.date, reason: str, void: bool,
    now: dt.datetime, today: dt.date, user: User | None = None, seen: int | None = None,
) -> Project:  # fmt: skip
    """Let a project go back to a stage; ``void``: what followed was entered by mistake.

    What it had really entered stays counted, and is not counted again when it comes back.
    """
    fresh = locked(project, seen)
    _ensure_come(on, today)
    _ensure_fits(fresh, Back(to or None, on, reason, void))
    kind = StageEventKind.VOIDED if void else StageEventKind.FELL_BACK
    append(
        fresh,
        StageEvent(kind=kind, stage=to, on=on, reason=reason.strip(), by=user, recorded_at=now),
    )
    refresh_lights(fresh, today)
    note("stage.went_back", actor, fresh, to=to, on=on.isoformat(), reason=reason, void=void)
    return fresh


@transaction.atomic
def leave(
    *, actor: Actor, project: Project, reason: str, text: str, on: dt.date, now: dt.datetime,
    today: dt.date, user: User | None = None, seen: int | None = None,
) -> Project:  # fmt: skip
    """Let a project leave the pipeline, for a reason of its pack, in words."""
    fresh = locked(project, seen)
    _ensure_come(on, today)
    if not text.strip():
        raise Refused(Text("请写明退出的具体原因", "say in words why it leaves"), field="text")
    _ensure_fits(fresh, Exit(reason, on, text))
    append(
        fresh,
        StageEvent(
            kind=StageEventKind.LEFT, stage=reason, on=on, reason=text.strip(), by=user,
            recorded_at=now,
        ),
    )  # fmt: skip
    refresh_lights(fresh, today)
    note("stage.left", actor, fresh, reason=reason, on=on.isoformat())
    return fresh


def _ensure_come(day: dt.date, today: dt.date) -> None:
    if day > today:
        raise Refused(TO_COME.format(day=day), field="on")


def _ensure_fits(project: Project, item: LogItem) -> None:
    """Refuse a step that cannot follow the log; faults of earlier steps are not told again."""
    log = log_items(project.log.all())
    found: list[LogFault] = [
        fault for fault in log_faults(pipeline_of(project), (*log, item)) if fault.index == len(log)
    ]
    if found:
        raise Refused(_joined(one.reason for one in found), field=found[0].field)


def _joined(reasons: Iterable[Text]) -> Text:
    listed = list(reasons)
    return Text("；".join(one.zh for one in listed), "; ".join(one.en for one in listed))
