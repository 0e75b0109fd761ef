"""All that follows from a set of published figures, line by line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from openzone.engines.series.checks import Limits, checks
from openzone.engines.series.forecast import forecasts
from openzone.engines.series.growth import growth, month_on_month
from openzone.engines.series.model import Definition, Derived, Flag, Kind, Line, Observation
from openzone.engines.series.monthly import months
from openzone.engines.series.parts import concentration, of_wholes, per_unit
from openzone.engines.series.periods import Period
from openzone.engines.series.runs import ranks, streaks, turning_points
from openzone.engines.series.targets import all_over_half, progress
from openzone.engines.series.vintages import Track, in_force, revisions, vintages
from openzone.engines.text import Text


@dataclass(frozen=True)
class Reading:
    """What is known of one line: every vintage, what is in force, what follows, what to ask."""

    line: Line
    definition: Definition
    vintages: Mapping[Period, Sequence[Observation]]
    track: Track
    derived: list[Derived] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """All lines, and what is said of several subjects together."""

    readings: Mapping[Line, Reading]
    together: tuple[Derived, ...]

    @property
    def flags(self) -> list[Flag]:
        """Everything to ask about."""
        return [flag for reading in self.readings.values() for flag in reading.flags]


def derive(
    observations: Iterable[Observation], definitions: Mapping[str, Definition], limits: Limits
) -> Answer:
    """Derive every figure that follows, with formula and sources, and flag what does not fit.

    An indicator without a definition is taken for a flow whose levels are not comparable. The
    published figures are left as they are.
    """
    found = vintages(observations)
    known = _defined(found, definitions)
    readings = {
        line: Reading(line, known[line.series], found[line], in_force(found[line]))
        for line in sorted(found)
    }
    tracks = {line: reading.track for line, reading in readings.items()}
    for reading in readings.values():
        _sort(_of_line(reading, limits), reading)
    across = [
        *of_wholes(tracks, known), *per_unit(tracks, known), *ranks(tracks, known),
    ]  # fmt: skip
    for one in across:
        _sort([one], readings[one.line])
    shares = concentration(tracks, known, limits.largest, limits.least_subjects)
    return Answer(readings, (*all_over_half(tracks.values()), *shares))


def _of_line(reading: Reading, limits: Limits) -> Iterator[Derived | Flag]:
    track, definition = reading.track, reading.definition
    yield from revisions({period: list(kept) for period, kept in reading.vintages.items()})
    if definition.kind is Kind.FLOW:
        yield from months(track)
    yield from growth(track, definition, limits.growth_points)
    yield from month_on_month(track, definition)
    yield from progress(track, definition, limits.least_years)
    yield from forecasts(track, definition, limits.least_years)
    yield from streaks(track, limits.tops)
    yield from turning_points(track)
    yield from checks(track, definition, limits)


def _sort(found: Iterable[Derived | Flag], reading: Reading) -> None:
    for one in found:
        if isinstance(one, Flag):
            reading.flags.append(one)
        else:
            reading.derived.append(one)


def _defined(
    lines: Iterable[Line], definitions: Mapping[str, Definition]
) -> dict[str, Definition]:  # fmt: skip
    """Return the definition of every indicator named, and of those it is read beside."""
    known = dict(definitions)
    for line in lines:
        known.setdefault(line.series, Definition(line.series, Text(line.series, line.series)))
    return known
