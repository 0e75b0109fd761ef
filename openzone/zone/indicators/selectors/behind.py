"""One series with everything that follows from it, and the figures behind each number."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from openzone.engines.series.deriving import Reading, derive
from openzone.engines.series.due import last_day
from openzone.engines.series.model import Derived, Flag, Input, Line, Observation
from openzone.engines.series.periods import Period
from openzone.zone.indicators.models import Entity, Figure
from openzone.zone.indicators.packs import checks, definitions, indicators
from openzone.zone.indicators.selectors.checking import related
from openzone.zone.indicators.selectors.series import known, line_basis, observation


@dataclass(frozen=True)
class Series:
    """A series as it was known: its reading, its figures by number, and what is beside it."""

    reading: Reading
    figures: Mapping[int, Figure]
    together: Sequence[Derived] = field(default=())

    @property
    def forecasts(self) -> list[Derived]:
        """What the year may come to: never among the figures."""
        return [one for one in self.reading.derived if one.kind.startswith("forecast")]

    @property
    def derived(self) -> list[Derived]:
        """Everything that follows, forecasts left out, by kind and then from the last on."""
        return [one for one in self.reading.derived if not one.kind.startswith("forecast")]

    @property
    def flags(self) -> list[Flag]:
        """What is asked about."""
        return self.reading.flags

    def figure(self, one: Observation) -> Figure:
        """Return the figure an observation is of."""
        return self.figures[one.row]

    def vintages(self, period: Period) -> list[Figure]:
        """Return every vintage of a period, the first published first."""
        return [self.figures[one.row] for one in self.reading.vintages[period]]

    def behind(self, of: Iterable[Input]) -> list[tuple[Input, Figure | None]]:
        """Return what something was derived from, each with its figure."""
        return [(one, self.figures.get(one.row)) for one in of]


def series_of(
    entity: Entity, indicator: str, basis: str, on: dt.date, known_at: dt.date | None,
    peers: Iterable[int] = (),
) -> Series | None:  # fmt: skip
    """Read a series beside its whole, its parts and its denominators, and its peers by rank.

    ``peers`` are the entities one may be ranked with. Nothing on record gives nothing.
    """
    names = related([indicator]) | set(indicators()[indicator].per)
    figures = {one.pk: one for one in known([entity], names, known_at)}
    figures |= {one.pk: one for one in known(set(peers) - {entity.pk}, [indicator], known_at)}
    observations = [observation(one) for one in figures.values()]
    ended = [one for one in observations if last_day(one.period) <= on]
    answer = derive(ended, definitions(), checks().limits)
    reading = answer.readings.get(Line(indicator, str(entity.pk), basis))
    if reading is None:
        return None
    together = [one for one in answer.together if one.line.subject == str(entity.pk)]
    return Series(reading, figures, together)


def bases(entity: Entity, indicator: str, known_at: dt.date | None = None) -> list[str]:
    """Return the bases an indicator of an entity is on record by; its plain one first."""
    return sorted({line_basis(one) for one in known([entity], [indicator], known_at)})
