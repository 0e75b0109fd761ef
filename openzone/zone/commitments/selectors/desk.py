"""The desk: what waits for papers, decision, check or revocation; how promises were kept."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, QuerySet

from openzone.engines.service.machines import CLOSED, State
from openzone.packs.commitments import Kind
from openzone.zone.commitments.models import Commitment
from openzone.zone.commitments.packs import pack

_KEPT = {State.FULFILLED.value}
_BROKEN = {State.REVOKED.value, State.BREACHED.value}


@dataclass(frozen=True, slots=True)
class CommitmentFilter:
    """What a list is narrowed by; ``state`` may be ``open`` or ``all``."""

    state: str = "open"
    kind: str = ""
    text: str = ""


def commitments(chosen: CommitmentFilter) -> QuerySet[Commitment]:
    """Return commitments that pass a filter, the latest first."""
    found = Commitment.objects.select_related("item__deciding_unit", "enterprise", "case")
    if chosen.state == "open":
        found = found.exclude(state__in=[state.value for state in CLOSED])
    elif chosen.state != "all":
        found = found.filter(state=chosen.state)
    if chosen.kind:
        found = found.filter(kind=chosen.kind)
    if chosen.text:
        found = found.filter(
            Q(item__name__icontains=chosen.text)
            | Q(enterprise__name__icontains=chosen.text)
            | Q(person__icontains=chosen.text)
            | Q(case__number=chosen.text)
        )
    return found


@dataclass(frozen=True, slots=True)
class Watch:
    """What comes due: papers and checks, overdue first, within the longest reminder of the pack."""

    papers: list[Commitment]
    checks: list[Commitment]
    revocations: list[Commitment]


def watch(now: dt.datetime, today: dt.date) -> Watch:
    """Return what has to be looked at today."""
    ahead = dt.timedelta(days=max(pack().remind_days))
    rows = Commitment.objects.select_related("item__deciding_unit", "enterprise", "case")
    papers = rows.filter(state=State.SIGNED, supply_by__isnull=False, supply_by__lte=now + ahead)
    checks = rows.filter(
        Q(state=State.SUPPLIED)
        | Q(state__in=[State.DECIDED, State.SIGNED], check_by__lte=today + ahead)
    ).exclude(state=State.SIGNED, machine="decide_first")
    return Watch(
        list(papers.order_by("supply_by")),
        list(checks.order_by("check_by", "pk")),
        list(rows.filter(state=State.BREACHED).order_by("checked_at")),
    )


class Kept(NamedTuple):
    """How promises of a kind ended. ``rate`` is kept ÷ (kept + broken), ``None`` before any end."""

    kind: Kind
    total: int
    open: int
    kept: int
    broken: int
    other: int

    @property
    def rate(self) -> float | None:
        """The share of promises that were kept among those whose end is known."""
        ended = self.kept + self.broken
        return self.kept / ended if ended else None


def kept_by_kind() -> list[Kept]:
    """Count commitments by kind and end.

    A promise whose breach was put on the credit record is broken, however the case ended.
    """
    rows = Commitment.objects.values_list("kind", "state", "record__pk")
    counts: Counter[tuple[str, str]] = Counter()
    for kind, state, held in rows:
        counts[kind, _ending(state, held is not None)] += 1
    return [_kept(kind, counts) for kind in pack().kinds]


def _ending(state: str, held: bool) -> str:
    if held or state in _BROKEN:
        return "broken"
    if state in _KEPT:
        return "kept"
    return "other" if State(state) in CLOSED else "open"


def _kept(kind: Kind, counts: Counter[tuple[str, str]]) -> Kept:
    numbers = [counts[kind.id, ending] for ending in ("open", "kept", "broken", "other")]
    return Kept(kind, sum(numbers), *numbers)
