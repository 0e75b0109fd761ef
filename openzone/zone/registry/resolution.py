"""Which of several statements about the same thing counts. Pure: no database, no clock.

One rule, used by the page of one enterprise, the bulk read of all, imports and merge previews:
of the statements known by a day, the one about the period asked for that became known last; of two
known on the same day, the one recorded later. A withdrawal is a statement too.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple, Protocol, TypeVar

from openzone.engines.facts.catalogue import Fact as FactName
from openzone.engines.facts.catalogue import Period, PeriodKind


class Stated(Protocol):
    """What resolution needs to see of a stored row."""

    id: int
    period_first: dt.date | None
    period_last: dt.date | None
    known_on: dt.date


S = TypeVar("S", bound=Stated)


class Wanted(NamedTuple):
    """What a fact name asks of its series on a day."""

    kind: PeriodKind
    period: Period
    as_of: dt.date

    @classmethod
    def of(cls, fact: FactName, as_of: dt.date) -> "Wanted":
        """Return what ``fact`` means on ``as_of``."""
        return cls(fact.series.period, fact.period(as_of), as_of)

    def admits(self, first: dt.date | None, last: dt.date | None) -> bool:
        """Whether a statement about these days answers the question."""
        if self.kind is PeriodKind.NONE:
            return True
        if self.kind is PeriodKind.MOMENT:
            return last is None or last <= self.as_of
        return (first, last) == (self.period.first, self.period.last)

    def strength(self, row: Stated) -> tuple[dt.date, dt.date, int]:
        """Return the key by which the strongest of the admitted statements wins."""
        return (row.period_last or dt.date.min, row.known_on, row.id)


def strongest(rows: Iterable[S], wanted: Wanted) -> S | None:
    """Return the row that answers, or ``None`` when nothing was ever stated for it."""
    admitted = (row for row in rows if wanted.admits(row.period_first, row.period_last))
    return max(admitted, key=wanted.strength, default=None)
