"""Output of chains: actual, forecast and target, share of the nation, how concentrated."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from openzone.engines.series.besides import rise, share_of
from openzone.engines.series.model import PERCENT, Derived, Line, Observation
from openzone.engines.series.parts import concentration
from openzone.engines.series.paths import Path, reach, sum_up
from openzone.engines.series.periods import Period
from openzone.engines.series.vintages import Track
from openzone.engines.text import Text
from openzone.packs.series import IndicatorPack
from openzone.zone.chains.selectors.standing import placements_on
from openzone.zone.indicators.board_enums import TargetWay
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import Entity
from openzone.zone.indicators.packs import checks, indicators
from openzone.zone.indicators.selectors.boards_book import Aim, Book, Key, read
from openzone.zone.indicators.selectors.boards_lines import Row, row_of
from openzone.zone.indicators.selectors.boards_packs import boards_pack
from openzone.zone.indicators.selectors.boards_peers import there

NATION = Text("全国（省）同期", "the nation, same period")
YEAR = 12


class ChainRow(NamedTuple):
    """A chain: its line this year, the last whole year, its path to a target, its shares."""

    entity: Entity
    row: Row
    whole: Observation | None
    path: Path | None
    aim: Aim | None
    mark: Decimal | None
    shares: Mapping[Period, Derived]
    risen: Derived | None
    stated: Track


class Concentration(NamedTuple):
    """How much the largest firms make; too few firms are not shown at all."""

    period: Period | None
    firms: int
    known: int
    least: int
    suppressed: bool
    found: Sequence[Derived]


def chain_rows(
    book: Book, year: int, aimed: Mapping[Key, Aim], long: Sequence[Aim]
) -> list[ChainRow]:  # fmt: skip
    """Return a line for every chain, the largest first."""
    chains = [one for one in book.entities if one.kind == EntityKind.CHAIN]
    nation = {one.chain: one for one in book.entities
              if one.kind == EntityKind.NATION and one.chain}  # fmt: skip
    rows = [_row(book, one, nation.get(one.chain), year, aimed, long) for one in chains]
    return sorted(rows, key=_size, reverse=True)


def output_of(book: Book, entity: Entity) -> IndicatorPack:
    """Return what a chain's output is counted by: the first of the pack with a figure."""
    known = [indicators()[name] for name in boards_pack().chains.outputs if name in indicators()]
    return next((one for one in known if book.track(one.id, entity)), known[0])


def path_of(track: Track, aim: Aim) -> Path:
    """Return the way to a target of several years."""
    if aim.way == TargetWay.SUM:
        return sum_up(track, range(aim.first_year, aim.last_year + 1), aim.amount)
    return reach(track, aim.last_year, aim.amount)


def concentration_of(
    chain: str, name: str, on: dt.date, known_at: dt.date | None = None
) -> Concentration:
    """Return how concentrated the output of a chain's firms is."""
    return concentration_among(_firms(chain, on), name, on, known_at)


def concentration_among(
    firms: Sequence[Entity], name: str, on: dt.date, known_at: dt.date | None = None
) -> Concentration:
    """Return how concentrated the last period is that most of some firms reported.

    Of fewer firms than the pack says nothing is shown, and no share of the largest n from which
    too few of the rest would follow.
    """
    least = checks().least_subjects
    book = read(firms, [name], on, known_at)
    period, found = _together(book, firms, name)
    known = [one for one in found.values() if one.value is not None]
    if period is None or len(known) < least:
        return Concentration(period, len(firms), len(known), least, bool(known), ())
    tracks = {Line(name, str(one.subject)): {period: one} for one in known}
    pack = indicators()[name]
    derived = concentration(tracks, {name: pack.as_definition}, checks().largest, least)
    safe = [one for one in derived if _is_safe(one, len(known), least)]
    return Concentration(period, len(firms), len(known), least, False, safe)


def _is_safe(one: Derived, known: int, least: int) -> bool:
    """Whether neither the largest firms nor the rest are too few."""
    if not one.kind.startswith("cr"):
        return True
    count = int(one.kind.removeprefix("cr"))
    return count >= least and known - count >= least


def _firms(chain: str, on: dt.date) -> list[Entity]:
    roots = set(placements_on(on).filter(chain=chain).values_list("enterprise__root", flat=True))
    found = Entity.objects.filter(there(on), kind=EntityKind.ENTERPRISE)
    return list(found.filter(enterprise__root__in=roots))


def _together(
    book: Book, firms: Sequence[Entity], name: str
) -> tuple[Period | None, dict[str, Observation]]:
    """Return the last cumulative period that at least half as many firms reported as any."""
    by_period: dict[Period, dict[str, Observation]] = {}
    for firm in firms:
        for period, one in book.track(name, firm).items():
            if period.from_january and one.value is not None:
                plain = by_period.setdefault(period, {})
                plain[str(firm.pk)] = one
    most = max(map(len, by_period.values()), default=0)
    usual = [period for period, found in by_period.items() if 2 * len(found) >= most]
    last = max(usual, default=None)
    return last, by_period[last] if last is not None else {}


def _row(
    book: Book, entity: Entity, nation: Entity | None, year: int, aimed: Mapping[Key, Aim],
    long: Sequence[Aim],
) -> ChainRow:  # fmt: skip
    pack = output_of(book, entity)
    row = row_of(book, entity, pack, year, aimed.get((pack.id, entity.pk)))
    aim = next((one for one in long if _is_of(one, pack, entity)), None)
    shares = {} if nation is None else {
        one.period: one for one in share_of(row.track, book.track(pack.id, nation), NATION)
    }  # fmt: skip
    wholes = {period: Decimal(one.value) for period, one in shares.items()
              if period.last == YEAR and period.first == 1}  # fmt: skip
    stated = book.track(boards_pack().chains.share, entity)
    published = {period: (one.value or Decimal(0)) * PERCENT for period, one in stated.items()
                 if one.value is not None}  # fmt: skip
    whole = _whole(row.track)
    return ChainRow(
        entity, row, whole, path_of(row.track, aim) if aim else None, aim, _mark(whole), shares,
        rise(published or wholes, Line(pack.id, str(entity.pk))), stated,
    )  # fmt: skip


def _is_of(aim: Aim, pack: IndicatorPack, entity: Entity) -> bool:
    own = aim.own
    return own is not None and (own.indicator, own.entity_id) == (pack.id, entity.pk)


def _whole(track: Track) -> Observation | None:
    found = [one for period, one in track.items()
             if period.first == 1 and period.last == YEAR and one.value is not None]  # fmt: skip
    return max(found, key=lambda one: one.period, default=None)


def _mark(whole: Observation | None) -> Decimal | None:
    """Return the next round number of the pack above the last whole year."""
    if whole is None or whole.value is None:
        return None
    above = [one for one in boards_pack().chains.marks if one > whole.value]
    return min(above, default=None)


def _size(one: ChainRow) -> Decimal:
    return (one.whole.value if one.whole else None) or Decimal(0)
