"""Size buckets of investment: “亿元以上” counts everything from a bound upwards.

Bounds are data of a pack, in yuan. An amount that is not known has no size; it is not small.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from openzone.engines.text import Text

BELOW = "below"
"""What an amount under the least bound is called; no bucket may have this id."""
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Bucket:
    """Everything from ``least`` yuan upwards, that bound included."""

    id: str
    label: Text
    least: Decimal


def reached(buckets: Sequence[Bucket], amount: Decimal | None) -> tuple[str, ...]:
    """Return the ids of every bucket an amount reaches: 12亿 is ≥1亿, ≥5亿 and ≥10亿."""
    if amount is None:
        return ()
    return tuple(one.id for one in buckets if amount >= one.least)


def size(buckets: Sequence[Bucket], amount: Decimal | None) -> str:
    """Return the one bucket an amount falls in: the highest it reaches.

    ``BELOW`` under the least bound, ``UNKNOWN`` for an amount nobody stated.
    ``buckets`` are in the order of their bounds.
    """
    if amount is None:
        return UNKNOWN
    found = reached(buckets, amount)
    return found[-1] if found else BELOW
