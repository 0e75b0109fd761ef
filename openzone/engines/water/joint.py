"""What two sides found together: one value an item, or the reason why there is none.

Where the laboratories agree within their bounds the mean stands for both. Where they do not, a
sample that a third laboratory examined again stands; until there is one the item is open and
nothing is said about the target, unless another item fails it already.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from openzone.engines.water.classes import Body, Item, Measured, Sample, Standard, classify
from openzone.engines.water.deviation import Apart, Bounds, compare

SATURATION = "saturation"
Values = Mapping[str, Measured]


@dataclass(frozen=True, slots=True)
class Joint:
    """A section in one campaign, seen by both sides.

    ``apart``: every item both measured. ``open``: items too far apart and not examined again.
    ``single``: items only one side measured. ``settled``: items the third laboratory decided.
    ``values``: what both stand for; ``sample``: its class.
    """

    values: Values
    sample: Sample
    apart: tuple[Apart, ...]
    open: tuple[str, ...]
    single: tuple[str, ...]
    settled: tuple[str, ...]

    @property
    def meets(self) -> bool | None:
        """Whether the target is met; None where it cannot be said."""
        if self.sample.meets is not True:
            return self.sample.meets
        return None if self.open else True


def together(
    standard: Standard, body: Body, ours: Values, theirs: Values, bounds: Bounds,
    again: Values | None = None, target: str | None = None,
) -> Joint:  # fmt: skip
    """Return what two sides found together; ``again``: the values of the third laboratory."""
    counted = [one for one in standard.items if body in one.counts]
    apart = compare(counted, ours, theirs, bounds)
    far = [one.item.id for one in apart if one.too_far]
    settled = tuple(name for name in far if again and name in again)
    still = tuple(name for name in far if name not in settled)
    agreed = {
        one.item.id: _mean(one.ours, one.theirs) for one in apart if one.item.id not in far
    } | {name: again[name] for name in settled if again}
    agreed |= _saturation(standard.items, agreed, ours, theirs)
    single = tuple(one.id for one in counted if (one.id in ours) != (one.id in theirs))
    return Joint(agreed, classify(standard, body, agreed, target), tuple(apart), still, single,
                 settled)  # fmt: skip


def _mean(one: Measured, other: Measured) -> Measured:
    if one.below and other.below:
        return Measured((one.value + other.value) / 2, below=True)
    return Measured((one.taken + other.taken) / Decimal(2))


def _saturation(items: tuple[Item, ...], agreed: Values, ours: Values, theirs: Values) -> Values:
    """Saturation goes along with the oxygen both agreed on, where both measured it."""
    if SATURATION not in ours or SATURATION not in theirs:
        return {}
    goes = any(one.instead and one.instead[0] == SATURATION and one.id in agreed for one in items)
    return {SATURATION: _mean(ours[SATURATION], theirs[SATURATION])} if goes else {}
