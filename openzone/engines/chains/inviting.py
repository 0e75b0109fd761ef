"""What is known of a firm that could fill a gap: one value a term, none where nothing is known.

Own design, stated as such. The values are scored by ``candidates.ranked``; a value that is not
known stays ``None`` and is named, it never becomes 0.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import asin, cos, log10, radians, sin, sqrt
from typing import NamedTuple

from openzone.engines.chains.candidates import Candidate
from openzone.engines.chains.gaps import Gap, GapKind, gaps
from openzone.engines.chains.standing import Standing

TERMS = (
    "gap", "anchor", "ties", "fit", "related", "scarcity", "size", "expansion", "distance",
    "policy", "risk",
)  # fmt: skip
EARTH_KM = 6371.0088
"""Mean radius R1 of the Earth (IUGG)."""


class Point(NamedTuple):
    """A place in degrees: east, north."""

    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Measures:
    """How values are measured, as a pack says it.

    ``kinds``: what each kind of gap counts; ``fit_from``: from which score of placing a firm is a
    candidate; ``expansion_days``: after how many days a signal is out of date.
    """

    kinds: Mapping[GapKind, float]
    fit_from: float
    expansion_days: int


@dataclass(frozen=True, slots=True)
class Outside:
    """A firm that could come, or one that is here and could extend (then ``here``).

    ``nodes``: the score of placing it at each link, ``None`` where that is not known. ``ties``:
    how many customers and suppliers of it are on record here. ``revenue`` is in yuan.
    """

    key: str
    name: str
    nodes: Mapping[str, float | None]
    city: str = ""
    at: Point | None = None
    revenue: float | None = None
    expanded_on: dt.date | None = None
    ties: int | None = None
    encouraged: bool | None = None
    risk: bool | None = None
    here: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """A gap with what waits for it: leaders beside it, and how much of its surroundings is here."""

    gap: Gap
    leaders: tuple[str, ...] = field(default=())
    related: float | None = None


def openings(
    standing: Standing,
    leaders: Collection[str],
    quotients: Mapping[str, float] | None = None,
) -> list[Opening]:
    """Return every gap of a chain, the most pressing first (see ``gaps.gaps``)."""
    return [_opening(standing, gap, leaders) for gap in gaps(standing, quotients)]


def _opening(standing: Standing, gap: Gap, leaders: Collection[str]) -> Opening:
    beside = dict.fromkeys((*gap.before, *gap.after))
    there = dict.fromkeys(
        at.firm for node in beside for at in standing.firms.get(node, ()) if at.firm in leaders
    )
    around = _around(standing, gap.node)
    return Opening(gap, tuple(there), len(beside) / len(around) if around else None)


def _around(standing: Standing, node: str) -> set[str]:
    """Return the links a link is joined to."""
    edges = standing.chain.edges
    joined = {one.source for one in edges if one.target == node}
    return (joined | {one.target for one in edges if one.source == node}) - {node}


def candidates(
    found: Iterable[Opening],
    firms: Sequence[Outside],
    measures: Measures,
    *,
    seat: Point | None,
    as_of: dt.date,
) -> list[Candidate]:
    """Return every firm at every gap it could fill, with its values, in the order of the gaps."""
    fitting = {firm.key: _fitting(firm, measures) for firm in firms}
    known = Counter(node for nodes in fitting.values() for node in nodes)
    return [
        Candidate(
            firm.key,
            one.gap.node,
            firm.city,
            _values(one, firm, fitting[firm.key][one.gap.node], known[one.gap.node], measures)
            | {"expansion": _freshness(firm, measures, as_of), "distance": _distance(firm, seat)},
            one.gap.reason.zh,
        )
        for one in found
        for firm in firms
        if one.gap.node in fitting[firm.key]
    ]


def _fitting(firm: Outside, measures: Measures) -> dict[str, float | None]:
    return {
        node: fit for node, fit in firm.nodes.items() if fit is None or fit >= measures.fit_from
    }


def _values(
    one: Opening, firm: Outside, fit: float | None, known: int, measures: Measures
) -> dict[str, float | None]:
    gap = one.gap
    return {
        "gap": measures.kinds[gap.kind] * gap.weight,
        "anchor": float(len(one.leaders)),
        "ties": _number(firm.ties),
        "fit": fit,
        "related": one.related,
        "scarcity": 1 / known,
        "size": None if firm.revenue is None else log10(max(firm.revenue, 1.0)),
        "policy": _number(firm.encouraged),
        "risk": _number(firm.risk),
    }


def _number(value: float | bool | None) -> float | None:
    return None if value is None else float(value)


def _freshness(firm: Outside, measures: Measures, as_of: dt.date) -> float | None:
    """Return 1 for a signal of today, less every day, 0 when out of date; nothing without one."""
    if firm.expanded_on is None:
        return None
    age = max(0, (as_of - firm.expanded_on).days)
    return max(0.0, 1 - age / measures.expansion_days)


def _distance(firm: Outside, seat: Point | None) -> float | None:
    if firm.here:
        return 0.0
    return None if firm.at is None or seat is None else kilometres(firm.at, seat)


def kilometres(one: Point, other: Point) -> float:
    """Return the great-circle distance (haversine)."""
    east, north = radians(other.longitude - one.longitude), radians(other.latitude - one.latitude)
    here, there = radians(one.latitude), radians(other.latitude)
    part = sin(north / 2) ** 2 + cos(here) * cos(there) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, part)))


def extending(standing: Standing, found: Iterable[Opening]) -> dict[str, set[str]]:
    """Return for every firm that stands beside a missing link the links it could extend to."""
    could: dict[str, set[str]] = {}
    for one in found:
        if one.gap.kind is GapKind.STRENGTHEN:
            continue
        for node in (*one.gap.before, *one.gap.after):
            for at in standing.firms[node]:
                could.setdefault(at.firm, set()).add(one.gap.node)
    return could
