"""How far two laboratories are apart that split one sample, item by item.

Relative deviation is |a − b| ÷ (a + b), the form in which parallel samples are judged: 0 where they
agree, 1 where one found nothing. What a deviation may be grows towards the limit of detection, so
the bounds come by level of the mean, from a pack.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openzone.engines.water.classes import Item, Measured


@dataclass(frozen=True, slots=True)
class Bound:
    """The largest deviation for means up to ``up_to`` (None: for all above the others)."""

    deviation: Decimal
    up_to: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of every item that has its own, and those of all others; ``difference``: of pH."""

    usual: tuple[Bound, ...]
    own: Mapping[str, tuple[Bound, ...]]
    differences: Mapping[str, Decimal]

    def of(self, item: str, mean: Decimal) -> Decimal:
        """Return the bound of an item at a mean."""
        rows = self.own.get(item, self.usual)
        return next(one.deviation for one in rows if one.up_to is None or mean <= one.up_to)


@dataclass(frozen=True, slots=True)
class Apart:
    """One item found by both; ``deviation`` is relative, for pH the plain difference."""

    item: Item
    ours: Measured
    theirs: Measured
    deviation: Decimal | None
    bound: Decimal
    absolute: bool

    @property
    def too_far(self) -> bool | None:
        """Whether somebody should look again; None where nothing can be said."""
        return None if self.deviation is None else self.deviation > self.bound


def compare(
    items: Sequence[Item],
    ours: Mapping[str, Measured],
    theirs: Mapping[str, Measured],
    bounds: Bounds,
) -> list[Apart]:
    """Return every item both sides measured, in the order of the standard.

    Where both found less than they can detect they agree. Where one did, half its limit of
    detection stands for it, and only a bound of that size can say that they are apart.
    """
    return [
        _apart(item, ours[item.id], theirs[item.id], bounds)
        for item in items
        if item.id in ours and item.id in theirs
    ]


def _apart(item: Item, ours: Measured, theirs: Measured, bounds: Bounds) -> Apart:
    a, b = ours.taken, theirs.taken
    if item.id in bounds.differences:
        bound = bounds.differences[item.id]
        return Apart(item, ours, theirs, abs(a - b), bound, absolute=True)
    bound = bounds.of(item.id, (a + b) / 2)
    if ours.below and theirs.below:
        return Apart(item, ours, theirs, Decimal(0), bound, absolute=False)
    deviation = abs(a - b) / (a + b) if a + b > 0 else None
    return Apart(item, ours, theirs, deviation, bound, absolute=False)
