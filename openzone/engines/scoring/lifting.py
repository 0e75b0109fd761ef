"""What would lift an enterprise into the next class: the least change of one figure at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from openzone.engines.scoring.model import Group, ItemScore, Scheme, Scored


@dataclass(frozen=True, slots=True)
class Step:
    """One item raised alone: from ``value`` to ``needed``, in the unit of the item.

    ``needed`` is none where even a full item (the cap) is not enough, and ``value`` where the
    item has no figure of its own.
    """

    item: ItemScore
    needed: Decimal | None


@dataclass(frozen=True, slots=True)
class Lift:
    """The next class, the points that are missing, and each item's way there."""

    class_: str
    points: Decimal
    steps: tuple[Step, ...]


def lift(scheme: Scheme, one: Scored, found: Sequence[Scored]) -> Lift | None:
    """Return what would lift ``one`` a class, the others and the bases as they are.

    The bound is the lowest score of those in the next better class that has anybody, so the
    answer is what would have been enough this time; it promises nothing for the next.
    None for who is in the best class, or has no class by points (veto, not suitable).
    """
    better = _better(scheme, one, found)
    if better is None or one.score is None:
        return None
    class_, bound = better
    gap = max(bound - one.score, Decimal(0))
    group = scheme.groups[one.entry.group]
    return Lift(class_, gap, tuple(Step(item, _needed(group, item, gap)) for item in one.items))


def _better(scheme: Scheme, one: Scored, found: Sequence[Scored]) -> tuple[str, Decimal] | None:
    if one.rank is None or one.entry.veto:
        return None
    order = [cut.id for cut in scheme.cuts_of(one.entry.group)]
    for class_ in reversed(order[: order.index(one.class_)] if one.class_ in order else []):
        scores = [
            other.score
            for other in found
            if other.class_ == class_
            and other.entry.group == one.entry.group
            and other.score is not None
            and not other.entry.veto
        ]
        if scores:
            return class_, min(scores)
    return None


def _needed(group: Group, item: ItemScore, gap: Decimal) -> Decimal | None:
    """Return the value at which the item alone brings the points that are missing."""
    if item.points is None or not item.base or item.averaged:
        return None
    part = (item.points + gap) / item.indicator.weight
    if group.cap is not None and part > group.cap:
        return None
    return part * item.base
