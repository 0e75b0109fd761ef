"""The queue of proposals: narrowed, in order, how far it is, what is clear enough at once."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from openzone.zone.chains.enums import Band, ProposalState
from openzone.zone.chains.models import Placement, PlacementProposal
from openzone.zone.registry.models import Enterprise

Key = tuple[str, str]
DIGITS = Decimal("0.00000001")


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What a queue shows; ``least`` is the lowest score."""

    chain: str = ""
    band: str = ""
    least: float | None = None


class Progress(NamedTuple):
    """How far a queue is: ``done`` of ``whole`` proposals are decided."""

    done: int
    whole: int


def narrowed(chosen: QueueFilter) -> QuerySet[PlacementProposal]:
    """Return the proposals a filter leaves, in any state."""
    rows = PlacementProposal.objects.all()
    if chosen.chain:
        rows = rows.filter(chain=chosen.chain)
    if chosen.band:
        rows = rows.filter(band=chosen.band)
    if chosen.least is not None:
        rows = rows.filter(score__gte=chosen.least)
    return rows


def queue(chosen: QueueFilter) -> QuerySet[PlacementProposal]:
    """Return what waits: node after node, because like firms are decided alike, clearest first."""
    rows = narrowed(chosen).filter(state=ProposalState.WAITING)
    return rows.select_related("enterprise__root").order_by("chain", "node", "-score", "pk")


def after(chosen: QueueFilter, last: PlacementProposal | None) -> PlacementProposal | None:
    """Return the proposal after another one in the queue; the first again after the last one."""
    rows = queue(chosen)
    if last is None:
        return rows.first()
    same = Q(chain=last.chain, node=last.node)
    later = (
        Q(chain__gt=last.chain)
        | Q(chain=last.chain, node__gt=last.node)
        | same & Q(score__lt=last.score)
        | same & Q(score=last.score, pk__gt=last.pk)
    )
    return rows.filter(later).first() or rows.first()


def progress(chosen: QueueFilter) -> Progress:
    """Return how many of the proposals of a filter are decided."""
    states = (ProposalState.WAITING, ProposalState.CONFIRMED, ProposalState.REJECTED)
    counts = dict(
        narrowed(chosen).filter(state__in=states).order_by().values_list("state")
        .annotate(n=Count("pk"))
    )  # fmt: skip
    whole = sum(counts.values())
    return Progress(whole - counts.get(ProposalState.WAITING, 0), whole)


def clear_ones(chain: str, least: float, upto: int | None = None) -> QuerySet[PlacementProposal]:
    """Return the clear proposals from a score on, of firms that stand nowhere yet.

    Firms that are as clear in another chain are not among them: somebody shares them out.

    ``upto``: only those up to this number, as a preview showed them.
    """
    rows = PlacementProposal.objects.filter(
        chain=chain, band=Band.AUTO, state=ProposalState.WAITING, score__gte=least
    )
    if upto is not None:
        rows = rows.filter(pk__lte=upto)
    stands = Placement.objects.filter(
        enterprise__root=OuterRef("enterprise__root"), withdrawn_at__isnull=True,
        valid_to__isnull=True,
    )  # fmt: skip
    waits = PlacementProposal.objects.filter(
        enterprise__root=OuterRef("enterprise__root"), state=ProposalState.WAITING, band=Band.AUTO
    ).exclude(pk=OuterRef("pk"))
    return rows.filter(~Exists(stands), ~Exists(waits)).order_by("node", "-score", "pk")


def last_decided(user_id: int) -> PlacementProposal | None:
    """Return the last proposal somebody decided that still is as they decided."""
    decided = PlacementProposal.objects.filter(
        decided_by=user_id, state__in=(ProposalState.CONFIRMED, ProposalState.REJECTED)
    )
    return decided.select_related("enterprise").order_by("-decided_at", "-pk").first()


def stands_at(firm: Enterprise, on: dt.date) -> dict[Key, Placement]:
    """Return where a firm stands on a day, over all chains."""
    rows = Placement.objects.filter(
        enterprise__root=firm.root_id, withdrawn_at__isnull=True, valid_from__lte=on
    ).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    found = rows.select_related("enterprise", "reviewed_by").order_by("chain", "-share", "pk")
    return {(row.chain, row.node): row for row in found}


def equal_split(keys: list[Key]) -> dict[Key, Decimal]:
    """Share a firm out evenly; one node takes what rounding leaves."""
    return split(dict.fromkeys(keys, 1.0))


def split(weights: dict[Key, float]) -> dict[Key, Decimal]:
    """Share a firm out by weights, to eight places; together exactly 1. Empty without weights.

    The largest share takes what rounding leaves, so that none falls below nothing.
    """
    whole = sum(weights.values())
    kept = {key: weight for key, weight in weights.items() if weight > 0}
    if not kept:
        return {}
    shares = {
        key: (Decimal(weight) / Decimal(whole)).quantize(DIGITS) for key, weight in kept.items()
    }
    largest = max(shares, key=lambda key: shares[key])
    shares[largest] += 1 - sum(shares.values())
    return {key: share for key, share in shares.items() if share > 0}


def by_revenue(proposal: PlacementProposal) -> dict[str, float]:
    """Return what the firm's products say of each node; empty where they name no revenue."""
    told: dict[str, Any] = {proposal.node: proposal.evidence}
    told |= {one["node"]: one["evidence"] for one in proposal.alternatives}
    found = {
        node: sum(one["counts"] for one in evidence if one["kind"] == "product")
        for node, evidence in told.items()
    }
    return {node: weight for node, weight in found.items() if weight}
