"""Merging two enterprises that are one, and undoing it. Nothing moves, so undoing is exact."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.registry.models import Enterprise, Merge
from openzone.zone.registry.services.listing import refresh
from openzone.zone.registry.services.subjects import ensure_not_absorbed, label


@transaction.atomic
def merge(*, actor: Actor, survivor: Enterprise, absorbed: Enterprise, reason: str) -> Merge:
    """Read ``absorbed``, with all that was merged into it, as part of ``survivor`` from now on."""
    kept, gone = _locked(survivor, absorbed)
    _ensure_mergeable(kept, gone, reason)
    done = Merge.objects.create(
        survivor=kept, absorbed=gone, reason=reason.strip(), merged_by=actor.label
    )
    gone.merged_into = kept
    _set_root(gone, kept)
    _log("registry.enterprise.merged", actor, done)
    return done


@transaction.atomic
def unmerge(*, actor: Actor, merge: Merge, reason: str) -> Merge:
    """Undo a merge: both enterprises read again exactly as if it had never been.

    What was stated about the survivor since then stays with the survivor.
    """
    _ensure_reason(reason)
    _locked(merge.survivor, merge.absorbed)
    done = Merge.objects.select_for_update().get(pk=merge.pk)
    if done.undone_at is not None:
        raise Refused(Text("这次合并已经撤销", "this merge has been undone already"))
    _ensure_code_is_free(done.absorbed)
    done.undone_at, done.undone_by = timezone.now(), actor.label
    done.save(update_fields=["undone_at", "undone_by"])
    former_root = done.absorbed.root_id
    done.absorbed.merged_into = None
    _set_root(done.absorbed, done.absorbed)
    refresh([former_root])
    _log("registry.enterprise.unmerged", actor, done, reason.strip())
    return done


def _locked(*enterprises: Enterprise) -> list[Enterprise]:
    """Lock enterprises in one order, whichever way round two people merge them."""
    ids = [enterprise.pk for enterprise in enterprises]
    rows = Enterprise.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in ids]


def _ensure_mergeable(survivor: Enterprise, absorbed: Enterprise, reason: str) -> None:
    _ensure_reason(reason)
    if survivor.pk == absorbed.pk:
        raise Refused(Text("不能与自身合并", "an enterprise cannot be merged with itself"))
    ensure_not_absorbed(survivor)
    ensure_not_absorbed(absorbed)
    if absorbed.uscc and not survivor.uscc:
        raise Refused(
            Text(
                "有统一社会信用代码的企业应予保留，请反过来合并",
                "the enterprise with the credit code must stay: merge the other way round",
            )
        )
    if survivor.synthetic != absorbed.synthetic:
        raise Refused(
            Text(
                "示例企业不能与真实企业合并",
                "a synthetic enterprise cannot be merged with a real one",
            )
        )


def _ensure_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(Text("请说明理由", "give a reason"), field="reason")


def _ensure_code_is_free(absorbed: Enterprise) -> None:
    """Refuse an un-merge when somebody else was given the absorbed enterprise's code meanwhile."""
    holder = Enterprise.objects.filter(uscc=absorbed.uscc, merged_into__isnull=True).first()
    if absorbed.uscc and holder is not None:
        raise Refused(
            Text(
                "统一社会信用代码 {code} 现由“{name}”使用，请先更正",
                "the credit code {code} is now held by “{name}”; correct that first",
            ).format(code=absorbed.uscc, name=holder.name)
        )


def _set_root(top: Enterprise, root: Enterprise) -> None:
    """Give an enterprise and everything merged into it, at any depth, a new root."""
    top.root = root
    top.save(update_fields=["merged_into", "root"])
    level: Sequence[int] = [top.pk]
    while level:
        below = Enterprise.objects.filter(merged_into__in=level).order_by("pk")
        level = list(below.values_list("pk", flat=True))
        below.update(root=root)
    refresh([root.pk])


def _log(action: str, actor: Actor, done: Merge, reason: str = "") -> None:
    record(
        action,
        actor=actor,
        subject=label(done.survivor),
        payload={"absorbed": label(done.absorbed), "reason": reason or done.reason},
    )
