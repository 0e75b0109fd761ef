"""Who joined a list of firms and who left it, and what those on both lists come to.

Sums of two years do not measure growth where firms joined the list or left it (升规纳统、退库); the
sums of those that reported both times do (同口径).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from openzone.engines.reporting.cells import change
from openzone.engines.reporting.rollup import Standing, Sum, add_up
from openzone.engines.series.model import State


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """Who is on the later list only, on the earlier one only, and on both; each in order."""

    joined: tuple[str, ...]
    left: tuple[str, ...]
    stayed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """What some firms came to a year before and now, in base units."""

    before: Sum
    now: Sum

    @property
    def growth(self) -> Decimal | None:
        """By how many percent they grew; None where a figure is missing, or that says nothing."""
        complete = self.before.complete and self.now.complete
        return change(self.now.total, self.before.total) if complete else None


def scope_change(before: Iterable[str], now: Iterable[str]) -> ScopeChange:
    """Compare two lists of firms by what identifies them."""
    old, new = set(before), set(now)
    return ScopeChange(*(tuple(sorted(one)) for one in (new - old, old - new, new & old)))


def everybody(before: Mapping[str, Standing], now: Mapping[str, Standing]) -> Pair:
    """Return what each list came to in its own year."""
    return Pair(_sum(before, before), _sum(now, now))


def same_firms(before: Mapping[str, Standing], now: Mapping[str, Standing]) -> Pair:
    """Return what those came to that reported in both years: missing is not nought in either."""
    both = sorted(_reported(before) & _reported(now))
    return Pair(_sum(before, both), _sum(now, both))


def _sum(standings: Mapping[str, Standing], firms: Iterable[str]) -> Sum:
    return add_up(standings, dict.fromkeys(firms, Fraction(1)))


def _reported(standings: Mapping[str, Standing]) -> set[str]:
    return {name for name, one in standings.items() if one.state is State.REPORTED}
