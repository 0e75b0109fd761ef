"""Merging originals into finals, every one of them still to be seen, and undoing it."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.suggestions.enums import CampaignState, Check
from openzone.zone.suggestions.models import Campaign, Final, Flow, Original, Verdict
from openzone.zone.suggestions.services import news
from openzone.zone.suggestions.services.campaigns import locked

DECIDED = Text(
    "该建议已有结论或正在核验，不能再改动",
    "it was decided or its answer is being checked: nothing changes now",
)


class Part(NamedTuple):
    """An original, and which part of it goes into a final; empty stands for all of it."""

    original: Original
    part: str = ""


@transaction.atomic
def merge(
    *,
    actor: Actor,
    by: User,
    campaign: Campaign,
    title: str,
    text: str,
    parts: Sequence[Part],
    now: dt.datetime,
) -> Final:
    """Draft a final of one original or many."""
    current = _open(campaign)
    final = Final(
        campaign=current,
        number=int(current.finals.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=title.strip(),
        text=text.strip(),
        drafted_by=by,
        drafted_at=now,
    )
    ensure_valid(final)
    final.save()
    _flow(final, parts, by, now)
    _note("merged", actor, final, title=final.title, originals=_numbers(parts))
    return final


@transaction.atomic
def add(*, actor: Actor, by: User, final: Final, parts: Sequence[Part], now: dt.datetime) -> Final:
    """Let more originals flow into a final that is not decided yet."""
    current = undecided(final)
    _flow(current, parts, by, now)
    _note("added", actor, current, originals=_numbers(parts))
    return current


@transaction.atomic
def revise(*, actor: Actor, final: Final, title: str, text: str) -> Final:
    """Reword a final that is not decided yet; the log keeps what it was."""
    current = undecided(final)
    before = {"title": current.title, "text": current.text}
    current.title, current.text = title.strip(), text.strip()
    ensure_valid(current)
    current.save(update_fields=["title", "text"])
    _note("revised", actor, current, **before)
    return current


@transaction.atomic
def undo_flow(*, actor: Actor, by: User, flow: Flow, because: str, now: dt.datetime) -> Flow:
    """Take one original out of a final again."""
    final = undecided(flow.final)
    current = Flow.objects.select_related("original").get(pk=flow.pk)
    if current.undone_at is not None:
        raise Refused(Text("已撤销", "it was undone already"))
    if final.flows.filter(undone_at__isnull=True).count() == 1:
        raise Refused(
            Text("这是最后一条来源，请撤销整个合并", "it is the last one: undo the whole merge")
        )
    _undo([current], by, because, now)
    _note("flow_undone", actor, final, originals=str(current.original.number), because=because)
    return current


@transaction.atomic
def dissolve(*, actor: Actor, by: User, final: Final, because: str, now: dt.datetime) -> Final:
    """Undo a whole merge: every original is where it was before, and the final stays on record."""
    current = undecided(final)
    flows = list(current.flows.filter(undone_at__isnull=True).select_related("original"))
    _undo(flows, by, because, now)
    current.dissolved_at = now
    current.save(update_fields=["dissolved_at"])
    _note("dissolved", actor, current, because=because.strip())
    return current


def undecided(final: Final) -> Final:
    """Return a final as it is now, locked, or refuse: its merge was undone or it was decided."""
    _open(final.campaign)
    current = Final.objects.select_related("campaign").get(pk=final.pk)
    if current.dissolved_at is not None:
        raise Refused(Text("该合并已撤销", "this merge was undone"))
    if current.verdicts.exclude(check_state=Check.RETURNED).exists():
        raise Refused(DECIDED)
    return current


def label(final: Final) -> str:
    """Return what events and cases call a final."""
    return f"suggestion_final:{final.pk}"


def _open(campaign: Campaign) -> Campaign:
    current = locked(campaign)
    if current.state not in (CampaignState.COLLECTING, CampaignState.REVIEWING):
        raise Refused(
            Text("该征集不在收集或评审阶段", "the campaign is not collecting or reviewed")
        )
    return current


def _flow(final: Final, parts: Sequence[Part], by: User, now: dt.datetime) -> None:
    if not parts:
        raise Refused(Text("请选择至少一条建议", "choose at least one"), field="originals")
    chosen = [one.original.pk for one in parts]
    if len(set(chosen)) < len(chosen) or final.flows.filter(
        original__in=chosen, undone_at__isnull=True
    ):
        raise Refused(Text("同一条建议选了两次", "one of them is in it twice"), field="originals")
    for one in parts:
        _ensure_free(final, one.original)
        _ensure_part(final, one)
        flow = Flow(
            original=one.original, final=final, part=one.part.strip(), merged_by=by, merged_at=now
        )
        ensure_valid(flow)
        flow.save()
    proposers = Original.objects.filter(pk__in=chosen).select_related("member")
    news.of_merge(final, proposers.order_by("number"), now)


def _ensure_free(final: Final, original: Original) -> None:
    current = Original.objects.get(pk=original.pk)
    number = {"n": current.number}
    if current.campaign_id != final.campaign_id:
        raise Refused(
            Text("第 {n} 号不属于本次征集", "{n} is of another campaign").format(**number)
        )
    if current.withdrawn_at is not None:
        raise Refused(Text("第 {n} 号已撤回", "{n} was taken back").format(**number))
    if Verdict.objects.filter(original=current).exclude(check_state=Check.RETURNED).exists():
        raise Refused(Text("第 {n} 号已单独答复", "{n} was decided by itself").format(**number))


def _ensure_part(final: Final, chosen: Part) -> None:
    """Ask which part it is, where the original flows into another final already."""
    elsewhere = chosen.original.flows.filter(undone_at__isnull=True).exclude(final=final)
    if elsewhere.exists() and not chosen.part.strip():
        number = chosen.original.number
        raise Refused(
            Text(
                "第 {n} 号已并入其他建议，请写明取其哪一部分",
                "{n} flows into another one already: say which part of it this is",
            ).format(n=number),
            field="part",
        )


def _undo(flows: Sequence[Flow], by: User, because: str, now: dt.datetime) -> None:
    if not because.strip():
        raise Refused(Text("请说明撤销原因", "say why it is undone"), field="because")
    for flow in flows:
        flow.undone_at, flow.undone_by, flow.undone_because = now, by, because.strip()
        ensure_valid(flow)
        flow.save(update_fields=["undone_at", "undone_by", "undone_because"])
        original = Original.objects.select_related("member").get(pk=flow.original_id)
        news.of_undoing(flow.final, [original], now)


def _numbers(parts: Sequence[Part]) -> str:
    return "、".join(str(one.original.number) for one in parts)


def _note(action: str, actor: Actor, final: Final, **payload: str) -> None:
    record(
        f"suggestions.final.{action}",
        actor=actor,
        subject=label(final),
        payload={"campaign": final.campaign_id, "number": final.number, **payload},
    )
