"""Candidates for the gaps of a chain, ranked with every term, by company and by city."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from statistics import fmean
from typing import NamedTuple

from openzone.engines.chains.candidates import Scored, ranked
from openzone.engines.chains.inviting import Opening, candidates, openings
from openzone.engines.chains.placing import Placer
from openzone.engines.text import Text
from openzone.packs.loading import zone_folder
from openzone.zone.chains.models import CandidateLead
from openzone.zone.chains.packs import invite, seat
from openzone.zone.chains.selectors.invite_weights import InForce, weights_on
from openzone.zone.chains.selectors.prospects import LIST, RECORD, SUPPLIER, Pool, Prospect, pool
from openzone.zone.chains.selectors.reading import Reading, leaders, read, roles_on
from openzone.zone.chains.selectors.versions import pack_on
from openzone.zone.projects.permissions import Visitor

DEGREES = 6
"""Digits of a degree: a tenth of a metre."""
KINDS = {
    "fill": Text("补链", "fills a break"),
    "extend": Text("延链", "extends a line"),
    "strengthen": Text("强链", "strengthens a link"),
    "apart": Text("缺（上下游本地都没有）", "stands apart"),
}


class Ranked(NamedTuple):
    """A firm at a gap: its place in the list, its score with all terms, the lead it became."""

    place: int
    prospect: Prospect
    opening: Opening
    scored: Scored
    lead: CandidateLead | None

    @property
    def node(self) -> str:
        """The link it would stand at."""
        return self.opening.gap.node

    @property
    def city(self) -> str:
        """Where it is; empty where no list says it."""
        return self.prospect.outside.city


class CityRow(NamedTuple):
    """A city with its firms: how many could fill each gap, the firms, and what they add up to."""

    city: str
    firms: int
    by_node: Mapping[str, int]
    score: float
    point: tuple[float, float] | None


class Stopover(NamedTuple):
    """A city of a trip: the firms to see, best first, and how many days that takes."""

    city: str
    begins: dt.date
    ends: dt.date
    rows: tuple[Ranked, ...]


@dataclass(frozen=True)
class Ranking:
    """Everybody who could come to a chain, best first."""

    reading: Reading
    openings: Sequence[Opening]
    pool: Pool
    rows: Sequence[Ranked]
    weights: InForce
    on: dt.date

    @cached_property
    def names(self) -> dict[str, Text]:
        """What the links are called."""
        return {node.id: node.name for node in self.reading.chain.nodes.values()}

    def find(self, kind: str, pk: int, node: str) -> Ranked | None:
        """Return a firm at a gap by its address."""
        for row in self.rows:
            if (row.prospect.kind, row.prospect.pk, row.node) == (kind, pk, node):
                return row
        return None

    def why(self, row: Ranked) -> Text:
        """Return why a firm is asked: the gap, what is missing, its ties, what it announced."""
        gap = row.opening.gap
        name, kind, reason = self.names[gap.node], KINDS[gap.kind], self.reading.why(gap)
        zh = [f"{kind.zh}“{name.zh}”：{reason.zh}"]
        en = [f"{kind.en} “{name.en}”: {reason.en}"]
        for told in _told(row.prospect):
            zh.append(told.zh)
            en.append(told.en)
        return Text("；".join(zh), "; ".join(en))


def ranking(chain: str, on: dt.date, user: Visitor) -> Ranking:
    """Rank everybody who could fill a gap of a chain, as somebody may see them.

    Raises:
        PackError: there is no such chain.

    """
    reading = read(chain, on)
    found = openings(reading.report.standing, set(leaders(roles_on(chain, on))))
    placer = Placer(reading.chain, pack_on(chain, on).manner(zone_folder()))
    everybody = pool(reading, found, placer, user, on)
    weights = weights_on(on)
    made = {
        (row.firm_key, row.node): row
        for row in CandidateLead.objects.filter(chain=chain).select_related("lead")
    }
    by_key = {one.key: one for one in everybody.prospects}
    gaps = {one.gap.node: one for one in found}
    rows = ranked(
        candidates(found, [one.outside for one in everybody.prospects], invite().measures,
                   seat=seat().point, as_of=on),
        weights.weights,
    )  # fmt: skip
    listed = [
        Ranked(
            place, by_key[one.candidate.firm], gaps[one.candidate.node], one,
            made.get((one.candidate.firm, one.candidate.node)),
        )
        for place, one in enumerate(rows, start=1)
    ]  # fmt: skip
    return Ranking(reading, found, everybody, listed, weights, on)


def _told(prospect: Prospect) -> Iterable[Text]:
    """Return what the lists say of a firm that is a reason to ask it."""
    for tie in {(tie["kind"], tie["name"]) for row in prospect.rows for tie in row.ties}:
        if tie[1] and tie[0] == "supplier_of":
            yield Text(f"供应{tie[1]}", f"supplies {tie[1]}")
        elif tie[1]:
            yield Text(f"采购自{tie[1]}", f"buys from {tie[1]}")
    for one in prospect.supplies:
        leader = one.listing.leader
        yield Text(f"“{leader}”供应链企业", f"supplier of “{leader}”")
    signal = prospect.signal
    if signal is not None and signal.expansion:
        said = f"{signal.expansion}（{signal.expansion_source} {signal.expansion_on}）"
        yield Text(said, said)
    if prospect.kind == RECORD:
        yield Text("本地企业，位于缺口相邻环节", "a firm of the zone at the link beside it")


SOURCES = {
    LIST: Text("外部企业名单", "Lists of outside firms"),
    SUPPLIER: Text("链主供应链企业", "Suppliers of leaders"),
    RECORD: Text("本地企业延伸", "Firms of the zone that could extend"),
}


class Asked(NamedTuple):
    """Which candidates; empty does not narrow."""

    node: str = ""
    gap: str = ""
    city: str = ""
    source: str = ""
    q: str = ""

    def takes(self, row: Ranked) -> bool:
        """Whether a candidate is asked for."""
        return (
            self.node in ("", row.node)
            and self.gap in ("", row.opening.gap.kind.value)
            and self.city in ("", row.city)
            and self.source in ("", row.prospect.kind)
            and self.q.casefold()
            in f"{row.prospect.outside.name} {row.prospect.business}".casefold()
        )

    def among(self, rows: Iterable[Ranked]) -> list[Ranked]:
        """Return the candidates that are asked for, in their order."""
        return [row for row in rows if self.takes(row)]


def cities(rows: Iterable[Ranked]) -> list[CityRow]:
    """Return the cities by what their firms add up to; each firm counts at its best gap.

    Firms of the zone, and firms of which no list says where they are, are in no city.
    """
    by_city: dict[str, list[Ranked]] = {}
    for row in rows:
        if row.city:
            by_city.setdefault(row.city, []).append(row)
    found = [_city(name, listed) for name, listed in by_city.items()]
    return sorted(found, key=lambda one: (-one.score, one.city))


def _city(name: str, rows: Sequence[Ranked]) -> CityRow:
    nodes: dict[str, set[str]] = {}
    for row in rows:
        nodes.setdefault(row.node, set()).add(row.prospect.key)
    best = best_of(rows)
    points = [row.prospect.outside.at for row in rows if row.prospect.outside.at is not None]
    middle = (
        (round(fmean(at.longitude for at in points), DEGREES),
         round(fmean(at.latitude for at in points), DEGREES))
        if points else None
    )  # fmt: skip
    return CityRow(
        name, len(best), {node: len(firms) for node, firms in nodes.items()},
        sum(max(0.0, row.scored.score) for row in best), middle,
    )  # fmt: skip


def best_of(rows: Iterable[Ranked]) -> list[Ranked]:
    """Return every firm once, at the gap where it scores best."""
    best: dict[str, Ranked] = {}
    for row in rows:
        best.setdefault(row.prospect.key, row)
    return list(best.values())


def trip_plan(rows: Iterable[Ranked], names: Sequence[str], begins: dt.date) -> list[Stopover]:
    """Return a trip through some cities, one after the other, in the order they are given.

    Firms that are a lead already are left out: somebody speaks with them.
    """
    known = list(rows)
    asked = {row.prospect.key for row in known if row.lead is not None}
    open_rows = [row for row in best_of(known) if row.prospect.key not in asked]
    stops: list[Stopover] = []
    day = begins
    for name in dict.fromkeys(names):
        firms = tuple(row for row in open_rows if row.city == name)
        if not firms:
            continue
        days = ceil(len(firms) / invite().trip.firms_a_day)
        stops.append(Stopover(name, day, day + dt.timedelta(days=days - 1), firms))
        day += dt.timedelta(days=days)
    return stops
