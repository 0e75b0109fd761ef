"""The numbers that a comparison of size lets through."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from openzone.engines.rules.language import NumberTests


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers between two ends, each included or not."""

    low: float = -inf
    low_in: bool = True
    high: float = inf
    high_in: bool = True

    @property
    def empty(self) -> bool:
        """Whether nothing lies within."""
        both = self.low_in and self.high_in
        return self.low > self.high or (self.low == self.high and not both)

    def __and__(self, other: "Range") -> "Range":
        low, low_open = max((self.low, not self.low_in), (other.low, not other.low_in))
        high, high_in = min((self.high, self.high_in), (other.high, other.high_in))
        return Range(low, not low_open, high, high_in)

    def without(self, other: "Range") -> list["Range"]:
        """Return what is left of the range outside ``other``."""
        below = Range(high=other.low, high_in=not other.low_in)
        above = Range(low=other.high, low_in=not other.high_in)
        return [part for part in (self & below, self & above) if not part.empty]


def range_of(test: NumberTests) -> Range:
    """Return what the size tests of a comparison let through together; ``ne`` apart."""
    result = Range()
    if test.gte is not None:
        result &= Range(low=test.gte.value)
    if test.gt is not None:
        result &= Range(low=test.gt.value, low_in=False)
    if test.lte is not None:
        result &= Range(high=test.lte.value)
    if test.lt is not None:
        result &= Range(high=test.lt.value, high_in=False)
    if test.eq is not None:
        result &= Range(low=test.eq.value, high=test.eq.value)
    return result


def left_over(whole: Range, taken: Sequence[Range]) -> list[Range]:
    """Return what is left of a range outside all of ``taken``, from the lowest."""
    left = [whole]
    for one in taken:
        left = [part for each in left for part in each.without(one)]
    return sorted(left, key=lambda part: part.low)
