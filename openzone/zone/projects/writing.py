"""What every service of the pipeline does: the project, locked, and what is derived from it."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from django.utils import timezone

from openzone.engines.projects.sizes import size
from openzone.engines.projects.stages import standing, standing_items
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.projects.enums import AmountKind, StageEventKind
from openzone.zone.projects.models import Project, StageEvent, Stay
from openzone.zone.projects.packs import pipeline_of
from openzone.zone.projects.selectors.standing import log_items
from openzone.zone.registry.models import Subject

MERGED = Text("该项目已并入“{name}”", "this project was merged into “{name}”")
WITHDRAWN = Text("该项目已随导入的台账撤回", "this project was taken back with its workbook")
MOVED = Text(
    "已由{who}于{at}办理“{stage}”，请刷新后再操作",
    "already moved by {who} at {at} (“{stage}”); reload and look again",
)


def locked(project: Project, seen: int | None = None) -> Project:
    """Lock a project until the transaction ends and read it anew.

    ``seen`` is the last step the person saw; where there is a newer one, the loser is told who was
    first and nothing is written.
    """
    Subject.objects.select_for_update().get(pk=project.pk)
    fresh = Project.objects.select_related("merged_into").get(pk=project.pk)
    if fresh.merged_into is not None:
        raise Refused(MERGED.format(name=fresh.merged_into.name))
    if fresh.withdrawn_at is not None:
        raise Refused(WITHDRAWN)
    if seen is not None and seen != fresh.last_seq:
        raise Refused(_moved(fresh))
    return fresh


def _moved(project: Project) -> Text:
    last = project.log.select_related("by").get(seq=project.last_seq)
    pipeline = pipeline_of(project)
    known = {one.id: one.label for one in pipeline.stages} | dict(pipeline.exits)
    label = known.get(last.stage, Text(last.stage, last.stage))
    who = last.by.display_name or last.by.username if last.by else "—"
    told = {"who": who, "at": f"{timezone.localtime(last.recorded_at):%Y-%m-%d %H:%M}"}
    return Text(MOVED.zh.format(stage=label.zh, **told), MOVED.en.format(stage=label.en, **told))


def append(project: Project, event: StageEvent) -> StageEvent:
    """Add a step to a locked project and derive its stage again."""
    event.project, event.seq = project, project.last_seq + 1
    event.save(force_insert=True)
    derive(project)
    stay(project)
    return event


def stay(project: Project) -> None:
    """Derive from the log what of it stands, and until when. The only place that writes it."""
    project.stays.all().delete()
    Stay.objects.bulk_create(stays(project.log.all()))


def stays(log: Iterable[StageEvent]) -> Iterator[Stay]:
    """Return the steps of one log that were not taken back, as counters read them."""
    events = list(log)
    items = log_items(events)
    by_item = {id(item): event for item, event in zip(items, events, strict=True)}
    standing_ones = [by_item[id(item)] for item in standing_items(items)]
    seen: set[tuple[str, str]] = set()
    for one, following in pairwise([*standing_ones, None]):
        if one is not None:
            key = _counted_once(one)
            yield _stay(one, following, first=key is not None and key not in seen)
            seen.update([key] if key else [])


def _counted_once(event: StageEvent) -> tuple[str, str] | None:
    """What a project counts in once: a stage, and leaving; falling back counts nowhere."""
    match event.kind:
        case StageEventKind.ENTERED:
            return event.kind, event.stage
        case StageEventKind.LEFT:
            return event.kind, ""
    return None


def _stay(event: StageEvent, following: StageEvent | None, *, first: bool) -> Stay:
    return Stay(
        event_id=event.pk, project_id=event.project_id, kind=event.kind, stage=event.stage,
        on=event.on, until=following.on if following is not None else None, first=first,
    )  # fmt: skip


def derive(project: Project) -> None:
    """Derive what lists read from the log and the amounts. The only place that writes it."""
    pipeline = pipeline_of(project)
    log = list(project.log.all())
    stands = standing(log_items(log))
    total = project.amounts.filter(kind=AmountKind.TOTAL).order_by("on", "id").last()
    by = project.amounts.filter(kind=pipeline.size_by).order_by("on", "id").last()
    yuan = by.value if by is not None and by.currency == "CNY" else None
    project.stage = stands.stage or ""
    project.since = stands.since
    project.left = stands.left.reason if stands.left is not None else ""
    project.total = total.value if total is not None and total.currency == "CNY" else None
    project.size = size(pipeline.sizes, yuan)
    project.last_seq = log[-1].seq if log else 0
    project.search_text = " ".join(
        (project.number, project.name, project.short_name, project.investor_name)
    )
    project.save(
        update_fields=["stage", "since", "left", "total", "size", "last_seq", "search_text"]
    )


def note(action: str, actor: Actor, project: Project, **payload: JSON) -> None:
    """Leave the event of a service in the log."""
    record(f"projects.{action}", actor=actor, subject=f"project:{project.pk}", payload=payload)
