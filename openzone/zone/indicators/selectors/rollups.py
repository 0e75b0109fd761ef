"""One zone, many parks: what the reports of a round come to, by zone and by division.

The two keys know nothing of each other. Whoever may not read the figures of firms is shown sums of
a closed round only, as they were known when it was closed, and none from which the figure of too
few firms would follow, whichever tables are read together.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from openzone.engines.reporting.rollup import (
    DIRECT,
    Part,
    Rollup,
    Share,
    Standing,
    Sum,
    from_parks,
    outermost,
    roll_up,
)
from openzone.engines.reporting.suppression import Shares, safe_cells
from openzone.engines.series.model import State
from openzone.packs.reports import ReportField
from openzone.zone.indicators.enums import AttributionKey, ReportState
from openzone.zone.indicators.models import Entity, Figure, Report, ReportRound
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.report_packs import form_of, forms, rules, spot
from openzone.zone.indicators.selectors.grounds import (
    Ground,
    ground_of,
    standings,
    standings_of,
)

WHOLE: Final = "whole"


@dataclass(frozen=True, slots=True)
class Place:
    """A column of the table: the zone, a park or division, or what is in none (``pk`` 0)."""

    id: str
    pk: int
    name: str

    @property
    def slug(self) -> str:
        """What it is called in an address: ``whole``, ``economic-12``, ``economic``."""
        return self.id.replace(":", "-").rstrip("-")


@dataclass(frozen=True, slots=True)
class RollCell:
    """A sum; ``hidden`` where showing it would reveal the figure of too few firms."""

    place: Place
    sum: Sum
    hidden: bool

    @property
    def known(self) -> bool:
        """Whether there is a number to show."""
        return not self.hidden and self.sum.total is not None


@dataclass(frozen=True, slots=True)
class Line:
    """A field of the form with its sums, in the order of the places."""

    field: ReportField
    cells: Sequence[RollCell]
    shared: tuple[str, ...]
    over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The sums of a round by one key. ``excused`` and ``missing`` are numbers of subjects."""

    key: str
    places: Sequence[Place]
    lines: Sequence[Line]
    names: Mapping[str, str]
    excused: tuple[str, ...]
    sees_firms: bool
    withheld: bool


def table(
    report_round: ReportRound, key: str, *, sees_firms: bool, known_at: dt.datetime | None = None
) -> Table:
    """Return the sums of a round by a key.

    Without ``sees_firms`` the sums are those known when the round was closed, none before that.
    """
    at = known_at if sees_firms else report_round.closed_at
    ground = ground_of(report_round, at)
    withheld = not sees_firms and report_round.closed_at is None
    by_parks = form_of(report_round.form).who == "park"
    places = _park_places(ground) if by_parks else _places(ground, key)
    lines = [
        _line(ground, one, key, places, sees_firms=sees_firms, withheld=withheld)
        for one in form_of(report_round.form).fields
    ]
    names = {str(pk): one.name for pk, one in ground.entities.items()}
    excused = tuple(
        str(one.entity_id) for one in ground.reports if one.state == ReportState.EXCUSED
    )
    return Table(key, places, lines, names, excused, sees_firms, withheld)


def _line(
    ground: Ground, field: ReportField, key: str, places: Sequence[Place], *,
    sees_firms: bool, withheld: bool,
) -> Line:  # fmt: skip
    """Return the sums of a field; both keys are judged together."""
    if form_of(ground.round.form).who == "park":
        sums, support, shared, over = _of_parks(ground, field)
    else:
        rolled = by_keys(ground, field)
        sums = _sums(rolled[key], key)
        support = support_of(rolled)
        shared, over = rolled[key].shared, rolled[key].over
    shown = frozenset(sums) if sees_firms else safe_cells(support, rules().least_firms)
    empty = Sum(None, {}, ())
    cells = [
        RollCell(place, sums.get(place.id, empty), withheld or place.id not in shown)
        for place in places
    ]
    return Line(field, cells, shared, over)


def by_keys(ground: Ground, field: ReportField) -> dict[str, Rollup]:
    """Return what a field comes to by either key."""
    known = standings_of(ground, field)
    return {key: roll_up(known, ground.shares[key]) for key in AttributionKey.values}


def _sums(rolled: Rollup, key: str) -> dict[str, Sum]:
    return {WHOLE: rolled.whole, **{f"{key}:{name}": one for name, one in rolled.parts.items()}}


def support_of(rolled: Mapping[str, Rollup]) -> list[tuple[str, Shares]]:
    """Return every sum of both keys with the firms in it: the zone first, the largest next."""
    whole = next(iter(rolled.values())).whole
    parts = [
        (f"{key}:{name}", one.of)
        for key, each in rolled.items()
        for name, one in each.parts.items()
    ]
    parts.sort(key=lambda part: (-len(part[1]), part[0]))
    return [(WHOLE, whole.of), *parts]


def _of_parks(
    ground: Ground, field: ReportField
) -> tuple[dict[str, Sum], list[tuple[str, Shares]], tuple[str, ...], tuple[str, ...]]:
    """Return what parks report, and with firms in no park the zone.

    A park stands for the firms that count in it; where none is on record, for enough of them.
    """
    parks = standings_of(ground, field)
    firms, shares = _direct_firms(ground, field)
    rolled = roll_up(firms, shares)
    direct = rolled.parts.get(DIRECT, Sum(None, {}, ()))
    parts = [
        Part(name, str(ground.entities[int(name)].parent_id or ""), standing)
        for name, standing in parks.items()
    ]
    whole = from_parks(parts, direct)
    sums = {WHOLE: whole, f"economic:{DIRECT}": direct}
    sums |= {f"economic:{one.name}": roll_up({one.name: one.standing}, []).whole for one in parts}
    within = {one.name: _firms_in(ground, one) for one in parts}
    total: dict[str, Fraction] = dict(direct.of)
    for one in outermost(parts):
        if one.standing.state is State.REPORTED:
            for firm, share in within[one.name].items():
                total[firm] = total.get(firm, Fraction(0)) + share
    support: list[tuple[str, Shares]] = [(WHOLE, total), (f"economic:{DIRECT}", direct.of)]
    support += [
        (f"economic:{one.name}", within[one.name]) for one in parts
        if one.standing.state is State.REPORTED
    ]  # fmt: skip
    support += [(f"economic:{one.name}", {}) for one in parts
                if one.standing.state is not State.REPORTED]  # fmt: skip
    inner = tuple(sorted({one.name for one in parts} - {one.name for one in outermost(parts)}))
    return sums, support, (*rolled.shared, *inner), rolled.over


def _firms_in(ground: Ground, part: Part) -> dict[str, Fraction]:
    found = {
        one.member: one.share
        for one in ground.shares[AttributionKey.ECONOMIC] if one.to == part.name
    }  # fmt: skip
    return found or {f"{part.name}#{n}": Fraction(1) for n in range(rules().least_firms)}


def _direct_firms(ground: Ground, field: ReportField) -> tuple[dict[str, Standing], list[Share]]:
    """Return firms that report the same indicator for the same period, with their shares."""
    names = [
        name for name, form in forms().items()
        if form.who == "enterprise" and any(one.indicator == field.indicator for one in form.fields)
    ]  # fmt: skip
    reports = Report.objects.filter(
        round__form__in=names, round__period=ground.round.period
    ).exclude(state=ReportState.EXCUSED)
    members = sorted(set(reports.values_list("entity", flat=True)))
    found = standings(ground.figures, members, field, parsed(ground.round.period))
    return found, list(ground.shares[AttributionKey.ECONOMIC])


def _places(ground: Ground, key: str) -> list[Place]:
    """Return the zone, the parks or divisions somebody counts in, and what is in none."""
    members = {str(one.entity_id) for one in ground.reports}
    targets = {int(one.to) for one in ground.shares[key] if one.member in members}
    parts = sorted((ground.entities[pk].name, pk) for pk in targets)
    return [
        Place(WHOLE, 0, ""),
        *(Place(f"{key}:{pk}", pk, name) for name, pk in parts),
        Place(f"{key}:{DIRECT}", 0, ""),
    ]


def _park_places(ground: Ground) -> list[Place]:
    parts = sorted((one.entity.name, one.entity_id) for one in ground.reports)
    return [
        Place(WHOLE, 0, ""),
        *(Place(f"economic:{pk}", pk, name) for name, pk in parts),
        Place(f"economic:{DIRECT}", 0, ""),
    ]


@dataclass(frozen=True, slots=True)
class Member:
    """Who is in a sum, or should be. ``value`` and ``counted`` are None where they stay hidden."""

    entity: Entity
    state: str
    share: Fraction | None
    value: Decimal | None
    counted: Decimal | None
    figure: Figure | None


def members_of(report_round: ReportRound, made: Table, line: Line, cell: RollCell) -> list[Member]:
    """Return the members of a sum with the figures that may be read; missing ones come first."""
    at = None if made.sees_firms else report_round.closed_at
    ground = ground_of(report_round, at)
    about = str(spot(line.field, parsed(report_round.period)))
    # A park reads as itself; what is hidden in its own column is hidden here.
    shown = {one.place.id for one in line.cells if one.known}
    found: list[Member] = []
    for state, names in (
        ("missing", cell.sum.missing),
        ("reported", tuple(cell.sum.of)),
        ("not_applicable", cell.sum.not_applicable),
    ):
        for name in names:
            entity = ground.entities[int(name)]
            figure = ground.figures.get((entity.pk, line.field.indicator, about))
            readable = made.sees_firms or f"economic:{name}" in shown
            value = figure.value if figure is not None and readable else None
            share = cell.sum.of.get(name)
            counted = None if value is None or share is None else _portion(value, share)
            found.append(Member(entity, state, share, value, counted, figure if readable else None))
    return found


def _portion(value: Decimal, share: Fraction) -> Decimal:
    return value * share.numerator / share.denominator
