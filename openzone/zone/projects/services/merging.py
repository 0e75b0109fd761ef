"""Two projects that are one are read as one, and apart again. Nothing moves."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.projects.models import LIVE, Project, ProjectMerge
from openzone.zone.projects.writing import locked, note
from openzone.zone.registry.models import Subject

ITSELF = Text("不能与自身合并", "a project cannot be merged with itself")
WHY = Text("请说明理由", "give a reason")
UNLIKE = Text("示例项目不能与真实项目合并", "a synthetic project cannot be merged with a real one")
HAS_PHASES = Text(
    "“{name}”有后续期项目，请保留它，或先处理各期",
    "“{name}” has later phases: keep it, or deal with its phases first",
)
IS_A_PHASE = Text(
    "“{name}”是另一项目的后续期，请保留一期项目",
    "“{name}” is a later phase of the other; keep the first phase",
)
OTHER_PIPELINE = Text("两个项目的流程不同", "the projects follow different pipelines")
UNDONE = Text("这次合并已经撤销", "this merge has been undone already")


@transaction.atomic
def merge_projects(
    *, actor: Actor, survivor: Project, absorbed: Project, reason: str, now: dt.datetime,
    user: User | None = None,
) -> ProjectMerge:  # fmt: skip
    """Read one project as part of another: it stands in no list and counts nowhere any more.

    Its log, amounts and papers stay its own, to be read there; ``selectors.merges.preview`` tells
    beforehand what that means.
    """
    if survivor.pk == absorbed.pk:
        raise Refused(ITSELF)
    _lock(survivor, absorbed)
    kept, gone = locked(survivor), locked(absorbed)
    _ensure_mergeable(kept, gone, reason)
    done = ProjectMerge(
        survivor=kept, absorbed=gone, reason=reason.strip(), merged_by=user, merged_at=now
    )
    ensure_valid(done)
    done.save()
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    note("merged", actor, kept, absorbed=gone.number, reason=done.reason)
    return done


@transaction.atomic
def undo_merge(*, actor: Actor, merge: ProjectMerge, reason: str, now: dt.datetime) -> ProjectMerge:
    """Undo a merge: both projects stand exactly as if it had never been."""
    if not reason.strip():
        raise Refused(WHY, field="reason")
    _lock(merge.survivor, merge.absorbed)
    done = ProjectMerge.objects.select_related("survivor", "absorbed").get(pk=merge.pk)
    if done.undone_at is not None:
        raise Refused(UNDONE)
    done.undone_at, done.undone_reason = now, reason.strip()
    done.save(update_fields=["undone_at", "undone_reason"])
    done.absorbed.merged_into = None
    done.absorbed.save(update_fields=["merged_into"])
    note("unmerged", actor, done.survivor, absorbed=done.absorbed.number, reason=reason.strip())
    return done


def _lock(*projects: Project) -> None:
    """Lock projects in one order, whichever way round two people merge them."""
    ids = [one.pk for one in projects]
    list(Subject.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def _ensure_mergeable(kept: Project, gone: Project, reason: str) -> None:
    if not reason.strip():
        raise Refused(WHY, field="reason")
    if kept.synthetic != gone.synthetic:
        raise Refused(UNLIKE)
    if kept.pipeline != gone.pipeline:
        raise Refused(OTHER_PIPELINE)
    if kept.phase_of_id == gone.pk:
        raise Refused(IS_A_PHASE.format(name=kept.name))
    if gone.phases.filter(LIVE).exists():
        raise Refused(HAS_PHASES.format(name=gone.name))
