"""Everything a board reads, in a few queries: lines in force, the figures behind, targets."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from openzone.engines.series.due import last_day
from openzone.engines.series.model import Observation, State
from openzone.engines.series.periods import Period
from openzone.engines.series.vintages import Track, in_force, vintages
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.indicators.board_enums import TargetWay
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import Entity, Figure, FigureTarget
from openzone.zone.indicators.selectors.boards_packs import boards_pack
from openzone.zone.indicators.selectors.series import known, observation
from openzone.zone.performance.enums import ScopeKind
from openzone.zone.performance.models import Target
from openzone.zone.performance.selectors import targets as room

Key = tuple[str, int]
"""An indicator of an entity."""

STATED = Text("随数据公布的年度目标", "target published with the figure")
OF_ROOM = Text("目标与考核：{document}", "targets and evaluation: {document}")


class Aim(NamedTuple):
    """A target in base units, where it stands, and the row it comes from.

    ``figure`` is the row of a figure published with its target.
    """

    amount: Decimal
    document: Text
    first_year: int
    last_year: int
    way: str = TargetWay.REACH
    own: FigureTarget | None = None
    room: Target | None = None
    figure: int = 0


@dataclass(frozen=True)
class Book:
    """Lines in force by indicator and entity, then by basis; ``figures`` by their number.

    ``on`` is the last day periods end on, ``known_at`` the day it is read as known on.
    """

    entities: Sequence[Entity]
    lines: Mapping[Key, Mapping[str, Track]]
    kept: Mapping[Key, Sequence[Observation]]
    figures: Mapping[int, Figure]
    on: dt.date
    known_at: dt.date | None

    def track(self, indicator: str, entity: Entity) -> Track:
        """Return the line that speaks last; of several the plain one, then the longest."""
        return max(self.lines.get((indicator, entity.pk), {"": {}}).items(), key=_speaks)[1]

    def bases(self, indicator: str, entity: Entity) -> list[str]:
        """Return by which definitions and currencies it is counted."""
        return sorted(self.lines.get((indicator, entity.pk), {}))

    def at(self, indicator: str, entity: Entity, period: Period) -> Observation | None:
        """Return the figure of a period, whichever basis it was counted by; the plain one first."""
        own = self.track(indicator, entity)
        tracks = [own, *dict(sorted(self.lines.get((indicator, entity.pk), {}).items())).values()]
        return next((one[period] for one in tracks if period in one), None)

    def vintages(self, one: Observation) -> list[Observation]:
        """Return every vintage of a figure's period, by whichever basis, the first one first."""
        key = (one.series, int(one.subject))
        return [each for each in self.kept.get(key, ()) if each.period == one.period]

    def figure(self, one: Observation) -> Figure | None:
        """Return the row of the record."""
        return self.figures.get(one.row)

    @cached_property
    def by_pk(self) -> Mapping[str, Entity]:
        """Entities by the subject of observations."""
        return {str(one.pk): one for one in self.entities}


def read(
    entities: Iterable[Entity],
    names: Iterable[str] | None,
    on: dt.date,
    known_at: dt.date | None = None,
) -> Book:
    """Read figures of entities, of periods that ended by ``on``, in one query."""
    found = list(entities)
    rows = known(found, names, known_at)
    pairs = [(one, observation(one)) for one in rows]
    pairs = [pair for pair in pairs if last_day(pair[1].period) <= on]
    kept: dict[Key, list[Observation]] = {}
    for _figure, one in pairs:
        kept.setdefault((one.series, int(one.subject)), []).append(one)
    lines: dict[Key, dict[str, Track]] = {}
    for line, periods in vintages(one for _figure, one in pairs).items():
        lines.setdefault((line.series, int(line.subject)), {})[line.basis] = in_force(periods)
    return Book(found, lines, kept, {figure.pk: figure for figure, _one in pairs}, on, known_at)


def _speaks(item: tuple[str, Track]) -> tuple[tuple[int, int], bool, int]:
    basis, track = item
    said = [
        (period.year, period.last) for period, one in track.items()
        if one.value is not None or one.growth is not None
    ]  # fmt: skip
    return max(said, default=(0, 0)), not basis, len(said)


def aims(book: Book, year: int) -> dict[Key, Aim]:
    """Return the target of a year: of the room of targets, else set here, else published.

    The room of targets speaks of the zone as a whole.
    """
    found = _published(book, year) | _own(book, year)
    zones = [one for one in book.entities if one.kind == EntityKind.ZONE]
    for target in _of_room(year) if zones else ():
        for one in boards_pack().aimed:
            if one.target == target.indicator:
                document = OF_ROOM.format(document=target.document)
                aim = Aim(target.amount, document, year, year, room=target)
                found |= {(one.indicator, zone.pk): aim for zone in zones}
    return found


def long_aims(book: Book, on: dt.date) -> list[tuple[FigureTarget, Aim]]:
    """Return the targets of several years that have not ended before a day's year."""
    rows = current(book.entities, book.known_at)
    return [
        (row, _aim(row)) for row in rows
        if row.first_year != row.last_year and row.last_year >= on.year
    ]  # fmt: skip


def current(entities: Iterable[Entity], known_at: dt.date | None = None) -> list[FigureTarget]:
    """Return the targets that stood on a day: neither replaced nor withdrawn by then."""
    asked = FigureTarget.objects.filter(entity__in=[one.pk for one in entities])
    rows = [
        one for one in asked.select_related("entity")
        if known_at is None or to_local(one.set_at).date() <= known_at
    ]  # fmt: skip
    replaced = {one.replaces_id for one in rows}
    return [one for one in rows if one.pk not in replaced and not one.withdrawn]


def _own(book: Book, year: int) -> dict[Key, Aim]:
    rows = current(book.entities, book.known_at)
    return {
        (row.indicator, row.entity_id): _aim(row)
        for row in rows
        if row.first_year == row.last_year == year
    }


def _aim(row: FigureTarget) -> Aim:
    document = Text(row.document, row.document)
    return Aim(row.amount, document, row.first_year, row.last_year, row.way, own=row)


def _published(book: Book, year: int) -> dict[Key, Aim]:
    found = {}
    for key, rows in book.kept.items():
        stated = [one for one in rows if one.period.year == year and one.target is not None]
        if stated:
            last = max(stated, key=lambda one: (one.published or dt.date.min, one.row))
            found[key] = Aim(last.target or Decimal(0), STATED, year, year, figure=last.row)
    return found


def _of_room(year: int) -> list[Target]:
    names = [one.target for one in boards_pack().aimed]
    return list(
        room.current().filter(
            scope=ScopeKind.ZONE, indicator__in=names, first_year=year, last_year=year
        )
    )


def is_missing(one: Observation) -> bool:
    """Whether somebody said that there is no figure."""
    return one.state is not State.REPORTED and one.growth is None
