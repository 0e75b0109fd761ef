"""Marks of reviewers: drafts nobody else sees, locked by each, put together when all are."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.db import transaction

from openzone.engines.text import Text
from openzone.packs.scoring import ScoringPack
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.evaluations.enums import CycleKind, CycleState
from openzone.zone.evaluations.models import Cell, Cycle, Entrant, Reviewer
from openzone.zone.evaluations.selectors.items import pack_of
from openzone.zone.evaluations.selectors.panel import criteria, most, theirs, to_mark
from openzone.zone.evaluations.writing import locked, note
from openzone.zone.people.models import User

ONLY_PANEL = Text("该评价不由评审打分", "this evaluation has no reviewers")
TWICE = Text("“{name}”已是评审", "“{name}” is a reviewer already")
NO_GROUP = Text("办法中没有类别“{name}”", "the scheme has no category “{name}”")
INTEREST = Text(
    "“{name}”是参评对象“{firm}”的人员，应当回避",
    "“{name}” belongs to “{firm}”, who is evaluated, and has to stand back",
)
LOCKED = Text("打分已锁定，不能更改", "the marks are locked and do not change")
BAD = Text(
    "{name}：{label}应为0到{most}之间的数", "{name}: {label} has to be a number from 0 to {most}"
)
EMPTY = Text("还有 {n} 项没有打分：{names}", "{n} marks are missing: {names}")
NOBODY = Text("还没有评审", "there is no reviewer yet")
UNLOCKED = Text("以下评审尚未锁定打分：{names}", "these have not locked their marks: {names}")
UNMARKED = Text("没有评审给“{name}”打分", "nobody marks “{name}”")
SOURCE = "评审{n}人平均 mean of {n} reviewers"


@transaction.atomic
def name_reviewer(*, actor: Actor, cycle: Cycle, user: User, group: str = "") -> Reviewer:
    """Let somebody mark those of a category, or everybody; who belongs to one stands back."""
    fresh = locked(cycle, CycleState.GATHERING)
    if fresh.kind != CycleKind.PANEL:
        raise Refused(ONLY_PANEL)
    if group and group not in {one.id for one in pack_of(fresh).groups}:
        raise Refused(NO_GROUP.format(name=group), field="group")
    if fresh.reviewers.filter(user=user).exists():
        raise Refused(TWICE.format(name=user), field="user")
    own = fresh.entrants.filter(theirs(user)).first()
    if own is not None:
        raise Refused(INTEREST.format(name=user, firm=own.name), field="user")
    made = Reviewer.objects.create(cycle=fresh, user=user, group=group)
    note("reviewer.named", actor, fresh, user=user.pk, group=group)
    return made


@transaction.atomic
def save_marks(
    *, actor: Actor, reviewer: Reviewer, marks: Mapping[str, Mapping[str, str]]
) -> Reviewer:
    """Keep a draft; empty fields are not marked yet, anything else is a number in its bounds."""
    locked(reviewer.cycle, CycleState.GATHERING)
    fresh = Reviewer.objects.select_for_update(of=("self",)).get(pk=reviewer.pk)
    if fresh.locked_at is not None:
        raise Refused(LOCKED)
    kept: dict[str, dict[str, str]] = {}
    for one in to_mark(fresh):
        given = marks.get(str(one.pk), {})
        kept[str(one.pk)] = {
            item: str(_mark(pack_of(fresh.cycle), one, item, given[item]))
            for item in criteria(fresh.cycle, one.group) if given.get(item, "").strip()
        }  # fmt: skip
    fresh.marks = kept
    fresh.save(update_fields=["marks"])
    note("marks.saved", actor, fresh.cycle, reviewer=fresh.pk)
    return fresh


def _mark(pack: ScoringPack, entrant: Entrant, item: str, text: str) -> Decimal:
    highest = most(pack, entrant.group, item)
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or not 0 <= value <= highest:
        label = next(
            one.label.text for g in pack.groups for one in g.indicators if one.numerator == item
        )
        raise Refused(
            Text(BAD.zh.format(name=entrant.name, label=label.zh, most=highest),
                 BAD.en.format(name=entrant.name, label=label.en, most=highest)),
            field=f"m-{entrant.pk}-{item}",
        )  # fmt: skip
    return value.quantize(Decimal("0.01"))


@transaction.atomic
def lock_marks(*, actor: Actor, reviewer: Reviewer, now: dt.datetime) -> Reviewer:
    """Lock one's marks; from then on they neither change nor stay hidden."""
    locked(reviewer.cycle, CycleState.GATHERING)
    fresh = Reviewer.objects.select_for_update(of=("self",)).get(pk=reviewer.pk)
    if fresh.locked_at is not None:
        raise Refused(LOCKED)
    missing = [
        one.name for one in to_mark(fresh) for item in criteria(fresh.cycle, one.group)
        if item not in fresh.marks.get(str(one.pk), {})
    ]  # fmt: skip
    if missing:
        names = "、".join(list(dict.fromkeys(missing))[:5])
        raise Refused(EMPTY.format(n=len(missing), names=names))
    fresh.locked_at = now
    fresh.save(update_fields=["locked_at"])
    note("marks.locked", actor, fresh.cycle, reviewer=fresh.pk)
    return fresh


def settle_marks(cycle: Cycle, now: dt.datetime) -> None:
    """Put the locked marks together as data: the mean of the reviewers of each."""
    reviewers = list(cycle.reviewers.select_related("user"))
    if not reviewers:
        raise Refused(NOBODY)
    if waiting := [str(one.user) for one in reviewers if one.locked_at is None]:
        raise Refused(UNLOCKED.format(names="、".join(waiting)))
    given: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for one in reviewers:
        for entrant, items in one.marks.items():
            for item, mark in items.items():
                given[entrant, item].append(Decimal(mark))
    for entrant_ in cycle.entrants.all():
        for item in criteria(cycle, entrant_.group):
            _settle(entrant_, item, given.get((str(entrant_.pk), item), []), now)


def _settle(entrant: Entrant, item: str, marks: list[Decimal], now: dt.datetime) -> None:
    if not marks:
        raise Refused(UNMARKED.format(name=entrant.name))
    if entrant.cells.filter(item=item).exists():
        return
    mean = (sum(marks, Decimal(0)) / len(marks)).quantize(Decimal("0.000001"))
    Cell.objects.create(
        entrant=entrant, item=item, seq=1, value=mean, source=SOURCE.format(n=len(marks)), at=now
    )
