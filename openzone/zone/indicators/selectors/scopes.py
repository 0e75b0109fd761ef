"""Who joined a form's list since the year before, who left it, and how the same firms grew.

The list of a year is that of its round; where none was held, the subjects that were there on the
last day of the period. Whoever may not read the figures of firms is shown what was known when the
rounds were closed, and only sums that reveal too few firms neither alone nor beside the sums of
either round.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from openzone.engines.reporting.cells import change
from openzone.engines.reporting.rollup import Standing, roll_up
from openzone.engines.reporting.scope import (
    Pair,
    ScopeChange,
    everybody,
    same_firms,
    scope_change,
)
from openzone.engines.reporting.suppression import Shares, safe_cells
from openzone.engines.series.due import last_day
from openzone.engines.series.periods import Period
from openzone.packs.reports import ReportField
from openzone.zone.indicators.models import Entity, Figure, ReportRound
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.report_packs import form_of, rules, spot
from openzone.zone.indicators.selectors.grounds import (
    Figures,
    Ground,
    figures_of,
    ground_of,
    standings,
    standings_of,
)
from openzone.zone.indicators.selectors.rollups import WHOLE, by_keys, support_of
from openzone.zone.indicators.selectors.rounds import members

SAME: Final = "same"
"""The sum of the same firms beside the year before."""
AFTER: Final = "after"
"""The sum of the same firms beside the year after."""
Support = list[tuple[str, Shares]]


@dataclass(frozen=True, slots=True)
class Lists:
    """The numbers of those on the list of a period and of the one a year before."""

    earlier: Period
    before: tuple[int, ...]
    now: tuple[int, ...]

    @property
    def change(self) -> ScopeChange:
        """Who joined, left and stayed."""
        return scope_change(map(str, self.before), map(str, self.now))


@dataclass(frozen=True, slots=True)
class ScopeLine:
    """A field: what each list came to, and the same firms; either may have to stay hidden."""

    field: ReportField
    all: Pair
    same: Pair
    shows_all: bool
    shows_same: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """A round beside the year before. ``withheld`` until the rounds are closed."""

    earlier: Period
    joined: Sequence[Entity]
    left: Sequence[Entity]
    stayed: int
    lines: Sequence[ScopeLine]
    withheld: bool


@dataclass(frozen=True, slots=True)
class SameFirm:
    """A firm that reported a field in both years. ``growth`` is in percent."""

    entity: Entity
    before: Figure
    now: Figure
    growth: Decimal | None


@dataclass(frozen=True, slots=True)
class _Year:
    """The list of a form for a period. Without ``ground``, of a round, there are figures only."""

    period: Period
    members: tuple[int, ...]
    figures: Figures
    ground: Ground | None

    def standings(self, field: ReportField) -> dict[str, Standing]:
        if self.ground is not None:
            return standings_of(self.ground, field)
        return standings(self.figures, self.members, field, self.period)

    def figure(self, name: str, field: ReportField) -> Figure:
        """Return the figure of a firm that reported."""
        return self.figures[int(name), field.indicator, str(spot(field, self.period))]

    def support(self, field: ReportField) -> Support:
        """Return the sums of the year that are shown elsewhere, with the firms in them."""
        if self.ground is not None:
            return support_of(by_keys(self.ground, field))
        return [(WHOLE, roll_up(self.standings(field), []).whole.of)]


def lists_of(report_round: ReportRound) -> Lists:
    """Return who is on the list of a round, and who was on that of the year before."""
    earlier = parsed(report_round.period).years_back(1)
    found = _round_of(report_round.form, earlier)
    return Lists(earlier, _listed(report_round.form, earlier, found),
                 _listed(report_round.form, parsed(report_round.period), report_round))  # fmt: skip


def scope_of(report_round: ReportRound, *, sees_firms: bool) -> Scope:
    """Set a round of firms beside the year before."""
    lists = lists_of(report_round)
    earlier = _round_of(report_round.form, lists.earlier)
    closed = [one.closed_at for one in (report_round, earlier) if one is not None]
    years = _years(report_round, earlier, sees_firms=sees_firms)
    withheld = not sees_firms and None in closed
    lines = [
        _line(years, field, sees_firms=sees_firms, withheld=withheld)
        for field in form_of(report_round.form).fields
    ]
    change = lists.change
    entities = Entity.objects.in_bulk([int(one) for one in (*change.joined, *change.left)])
    joined, left = (
        sorted((entities[int(one)] for one in names), key=lambda each: (each.name, each.pk))
        for names in (change.joined, change.left)
    )
    return Scope(lists.earlier, joined, left, len(change.stayed), lines, withheld)


def same_of(report_round: ReportRound, field: ReportField) -> list[SameFirm]:
    """Return the same firms of a field with their figures; only for who reads those of firms."""
    earlier = _round_of(report_round.form, parsed(report_round.period).years_back(1))
    now, before, _oldest = _years(report_round, earlier, sees_firms=True)
    names = same_firms(before.standings(field), now.standings(field)).now.of
    pairs = [(before.figure(name, field), now.figure(name, field)) for name in names]
    found = [SameFirm(one.entity, old, one, change(one.value, old.value)) for old, one in pairs]
    return sorted(found, key=lambda one: (one.entity.name, one.entity.pk))


def _years(
    report_round: ReportRound, earlier: ReportRound | None, *, sees_firms: bool
) -> tuple[_Year, _Year, _Year | None]:
    """Return this year, the year before, and the one before that where its sums stand on a page.

    A year is read as it was known when its own round was closed, as its sums are.
    """
    form, period = report_round.form, parsed(report_round.period)
    at = None if sees_firms else report_round.closed_at
    now = _year(form, period, report_round, at)
    if earlier is None:
        return now, _year(form, period.years_back(1), None, at), None
    at = None if sees_firms else earlier.closed_at
    before = _year(form, period.years_back(1), earlier, at)
    if sees_firms:
        return now, before, None
    oldest = _round_of(form, period.years_back(2))
    at = earlier.closed_at if oldest is None else oldest.closed_at
    return now, before, _year(form, period.years_back(2), oldest, at)


def _line(
    years: tuple[_Year, _Year, _Year | None], field: ReportField, *,
    sees_firms: bool, withheld: bool,
) -> ScopeLine:  # fmt: skip
    now, before, oldest = years
    known, earlier = now.standings(field), before.standings(field)
    whole, same = everybody(earlier, known), same_firms(earlier, known)
    if sees_firms or withheld:
        return ScopeLine(field, whole, same, not withheld, not withheld)
    least = rules().least_firms
    here = safe_cells([*now.support(field), (SAME, same.now.of)], least)
    there = safe_cells(
        [*before.support(field), *_told(oldest, earlier, field), (AFTER, same.before.of)], least
    )
    return ScopeLine(field, whole, same, WHOLE in here & there, SAME in here and AFTER in there)


def _told(oldest: _Year | None, earlier: Mapping[str, Standing], field: ReportField) -> Support:
    """Return the sum the year before shows on its own page beside the year before that."""
    if oldest is None:
        return []
    return [(SAME, same_firms(oldest.standings(field), earlier).now.of)]


def _year(form: str, period: Period, held: ReportRound | None, at: dt.datetime | None) -> _Year:
    if held is not None:
        ground = ground_of(held, at)
        listed = tuple(one.entity_id for one in ground.reports)
        return _Year(period, listed, ground.figures, ground)
    return _Year(period, _listed(form, period, None), figures_of(form, period, at), None)


def _round_of(form: str, period: Period) -> ReportRound | None:
    return ReportRound.objects.filter(form=form, period=str(period)).first()


def _listed(form: str, period: Period, held: ReportRound | None) -> tuple[int, ...]:
    if held is not None:
        return tuple(held.reports.values_list("entity", flat=True))
    return tuple(members(form_of(form).who, last_day(period)).values_list("pk", flat=True))
