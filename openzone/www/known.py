"""What is known about an enterprise, in the lines a page shows."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from openzone.engines.facts.catalogue import Fact, SeriesSpec, Visibility
from openzone.www import formats
from openzone.zone.people.permissions import Decision
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.packs import IDENTITY, catalogue
from openzone.zone.registry.permissions import Visitor, may_see_fact
from openzone.zone.registry.selectors.facts import KnownFact


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: its value as written for people, or why it is not shown."""

    fact: Fact
    known: KnownFact
    see: Decision
    as_of: dt.date

    @property
    def hidden(self) -> bool:
        """Whether the reader may not see the value just so."""
        return not self.see.allowed

    @property
    def value(self) -> str:
        """The value with its unit, as it may be about (“约”, “余”)."""
        return written(self.known)

    @property
    def period(self) -> str:
        """The time the value speaks of."""
        period = self.known.period
        return formats.period(self.fact.series.period, period.first, period.last)

    @property
    def age(self) -> str:
        """How long ago it became known."""
        known_on = self.known.known_on
        return formats.age(known_on, self.as_of) if known_on else formats.DASH


def written(known: KnownFact) -> str:
    """Return a known value for people, with the word that says it is approximate."""
    value = formats.fact(known.value, known.fact.series)
    return f"{known.approx} {value}" if known.approx else value


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one series, the latest year first."""

    series: SeriesSpec
    lines: list[Line]


class Sight:
    """What somebody may see of one enterprise, decided once per kind of visibility."""

    def __init__(self, user: Visitor, enterprise: Enterprise, today: dt.date) -> None:
        samples = {fact.series.visible: fact for fact in catalogue()}
        self.decisions: Mapping[Visibility, Decision] = {
            visible: may_see_fact(user, enterprise, fact, today)
            for visible, fact in samples.items()
        }

    def of(self, fact: Fact) -> Decision:
        """Return the decision about one fact."""
        return self.decisions[fact.series.visible]


def lines(known: Iterable[KnownFact], sight: Sight, as_of: dt.date) -> Iterator[Line]:
    """Return the lines of the known facts; who the enterprise is stands elsewhere on the page."""
    for one in known:
        if one.name not in IDENTITY:
            yield Line(one.fact, one, sight.of(one.fact), as_of)


def groups(known: Iterable[KnownFact], sight: Sight, as_of: dt.date) -> list[Group]:
    """Return the lines under their series, in the order of the catalogue."""
    by_series = groupby(lines(known, sight, as_of), key=lambda line: line.fact.series.name)
    return [
        Group(members[0].fact.series, members)
        for members in (list(found) for _, found in by_series)
    ]
