"""How many moved from which step to which, year by year."""

import datetime as dt
from itertools import pairwise
from typing import NamedTuple

from openzone.packs.cultivation import Ladder
from openzone.zone.cultivation.selectors.ladder import moves

YEARS = 4


class Flow(NamedTuple):
    """A move between two steps (0 is below the first), with its count in each span."""

    before: int
    after: int
    counts: list[int]

    @property
    def up(self) -> bool:
        """Whether it leads upward."""
        return self.after > self.before


class Flows(NamedTuple):
    """Spans of days, the latest last, and every move there was in one of them."""

    spans: list[tuple[dt.date, dt.date]]
    rows: list[Flow]


def flows(ladder: Ladder, as_of: dt.date, years: int = YEARS) -> Flows:
    """Return the moves of so many years, from the last day of a year to that of the next."""
    ends = [dt.date(as_of.year - back, 12, 31) for back in range(years, 0, -1)]
    days = [*ends, as_of]
    spans = list(pairwise(days))
    found = [moves(ladder, *span) for span in spans]
    keys = sorted({key for one in found for key in one})
    rows = [
        Flow(before + 1, after + 1, [len(one.get((before, after), [])) for one in found])
        for before, after in keys
    ]
    return Flows(spans, rows)
