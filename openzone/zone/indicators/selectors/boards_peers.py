"""Peers: the zone's place among places like it, by level and by growth, now and over time."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q

from openzone.engines.series.besides import Place, places
from openzone.engines.series.model import Derived, Kind, Observation
from openzone.engines.series.periods import Period
from openzone.engines.text import Text
from openzone.packs.series import IndicatorPack
from openzone.zone.indicators.models import Entity
from openzone.zone.indicators.packs import indicators
from openzone.zone.indicators.selectors.boards_book import Book
from openzone.zone.indicators.selectors.boards_lines import said_of

PATH = 13


class PeerRow(NamedTuple):
    """An indicator: where the zone stands in its last period, counted here and as published."""

    indicator: IndicatorPack
    period: Period | None
    figure: Observation | None
    level: Place | None
    growth: Place | None
    said: Sequence[tuple[Text, Derived | None]]
    missing: Sequence[Entity]


class PeerLine(NamedTuple):
    """A place in the table of an indicator."""

    entity: Entity
    figure: Observation | None
    level: Place
    growth: Place
    own: bool


def there(on: dt.date) -> Q:
    """Return the condition that an entity is there on a day."""
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=on)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    )


def of_kinds(on: dt.date, *kinds: str) -> list[Entity]:
    """Return the entities of some kinds that are there on a day."""
    found = Entity.objects.filter(there(on), kind__in=kinds).select_related("parent", "enterprise")
    return sorted(found, key=lambda one: (kinds.index(one.kind), one.pk))


def peer_rows(book: Book, zone: Entity, names: Sequence[str]) -> list[PeerRow]:
    """Return where the zone stands by each indicator that somebody has a figure of."""
    known = indicators()
    rows = [_row(book, zone, known[name]) for name in names if name in known]
    return [one for one in rows if one.period is not None]


def _row(book: Book, zone: Entity, pack: IndicatorPack) -> PeerRow:
    period = last_period(book, zone, pack)
    track = book.track(pack.id, zone)
    if period is None:
        return PeerRow(pack, None, None, None, None, (), ())
    lines = peer_lines(book, zone, pack, period)
    own = next(one for one in lines if one.own)
    missing = [one.entity for one in lines if one.figure is None or _silent(one.figure)]
    return PeerRow(
        pack, period, own.figure, own.level, own.growth, said_of(track, period.year), missing
    )


def _silent(one: Observation) -> bool:
    return one.value is None and one.growth is None and one.rank is None


def peer_lines(book: Book, zone: Entity, pack: IndicatorPack, period: Period) -> list[PeerLine]:
    """Return everybody in the order of a period, those without a figure last."""
    figures = {str(one.pk): book.at(pack.id, one, period) for one in book.entities}
    level = {one.subject: one for one in places(figures, pack.as_definition)}
    growth = {one.subject: one for one in places(figures, pack.as_definition, growth=True)}
    return [
        PeerLine(book.by_pk[subject], figures[subject], one, growth[subject],
                 subject == str(zone.pk))
        for subject, one in level.items()
    ]  # fmt: skip


def last_period(book: Book, zone: Entity, pack: IndicatorPack) -> Period | None:
    """Return the last period the zone has a figure of, else the last anybody has."""
    own = [one for one in book.track(pack.id, zone) if _counts(one, pack)]
    others = [one for entity in book.entities for one in book.track(pack.id, entity)
              if _counts(one, pack)]  # fmt: skip
    return max(own or others, default=None, key=lambda one: (one.year, one.last, -one.first))


def peer_path(book: Book, zone: Entity, pack: IndicatorPack) -> list[tuple[Period, PeerLine]]:
    """Return the zone's places over its last periods."""
    last = last_period(book, zone, pack)
    periods = sorted(one for one in book.track(pack.id, zone) if _counts(one, pack))
    if last is None:
        return []
    found = []
    for period in periods[-PATH:]:
        lines = peer_lines(book, zone, pack, period)
        found.append((period, next(one for one in lines if one.own)))
    return found


def _counts(period: Period, pack: IndicatorPack) -> bool:
    """Whether peers are compared by such a period: cumulative flows, levels of any."""
    return period.from_january if pack.kind is Kind.FLOW else True
