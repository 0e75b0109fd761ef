"""A day of a season: rates by class, who is behind them, doubts, who did not report; the trend."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from openzone.engines.resumption.doubts import Doubt, Seen, doubts
from openzone.engines.resumption.model import Look, Said, looks
from openzone.engines.resumption.model import Member as Listed
from openzone.engines.resumption.rates import Rate, rate
from openzone.engines.resumption.roster import change
from openzone.engines.text import Text
from openzone.packs.resumption import Measures, MeasureSpec
from openzone.zone.resumption.models import Inspection, Member, Season
from openzone.zone.resumption.packs import class_label, pack
from openzone.zone.resumption.selectors.members import listed, members, rules_of

ALL = Text("全部（不重复计）", "All (each once)")
PARTS = ("yes", "no", "unknown", "outside")


class Line(NamedTuple):
    """A class with its rates, in the order of the measures."""

    klass: str
    label: Text
    rates: list[Rate]
    reported: int
    unplanned: int
    members: int


@dataclass(frozen=True)
class Day:
    """How a season stands on a day. ``lines`` begin with everybody, each member once."""

    season: Season
    on: dt.date
    rules: Measures
    lines: Sequence[Line]
    looks: Sequence[Look]
    by_id: Mapping[int, Member]
    doubts: Sequence[Doubt]

    @property
    def total(self) -> Line:
        """The line of everybody."""
        return self.lines[0]

    @property
    def silent(self) -> list[Look]:
        """Who has not reported for this very day and is not known to stay closed."""
        return [one for one in self.looks if not one.reported and not one.unplanned]

    @property
    def unplanned(self) -> list[Look]:
        """Who does not plan to resume: named, and in the denominators all the same."""
        return [one for one in self.looks if one.unplanned]

    def measures(self) -> list[tuple[MeasureSpec, Rate]]:
        """Return the measures with their rates over everybody."""
        return list(zip(self.rules.measures, self.total.rates, strict=True))


class Point(NamedTuple):
    """A day of the trend."""

    on: dt.date
    klass: str
    measure: str
    part: Decimal
    whole: Decimal
    unknown: int
    percent: Decimal | None


class Joined(NamedTuple):
    """Why a denominator changed between two days."""

    first: dt.date
    before: int
    after: int
    joined: list[Member]
    left: list[Member]


def last_day(season: Season, today: dt.date) -> dt.date:
    """Return the latest day a season can be read of."""
    return max(season.first_on, min(today, season.closed_on or season.last_on))


def day_of(season: Season, on: dt.date) -> Day:
    """Return how a season stands on a day."""
    rules, rows = rules_of(season), list(members(season))
    first = on - dt.timedelta(days=rules.carry_days)
    everybody = listed(season, rows, first, on)
    found = looks(everybody, on, rules.carry_days)
    lines = [
        _line(rules, klass, [one for one in found if one.member.in_scope(on, klass)])
        for klass in ("", *_classes(everybody, on))
    ]
    told = doubts(found, rules.power_limit, _seen(season, on))
    return Day(season, on, rules, lines, found, {row.pk: row for row in rows}, told)


def trend(season: Season, today: dt.date) -> list[Point]:
    """Return every measure of every day and class; a closed season gives what was frozen."""
    if season.closed_on is not None:
        return [_thawed(one) for one in season.frozen]
    return points(season, last_day(season, today))


def points(season: Season, last: dt.date) -> list[Point]:
    """Return the measures of every day until ``last``, as they are today."""
    rules = rules_of(season)
    everybody = listed(season, members(season), season.first_on, last)
    days = (last - season.first_on).days + 1
    return [
        point
        for number in range(days)
        for point in _points(rules, everybody, season.first_on + dt.timedelta(days=number))
    ]


def part_of(found: Day, measure: str, part: str, klass: str) -> list[Member]:
    """Return the members behind a number, by name."""
    line = next((one for one in found.lines if one.klass == klass), None)
    rates = line.rates if line else []
    asked = next((one for one in rates if one.measure.id == measure), None)
    ids = getattr(asked, part) if asked is not None else ()
    return sorted((found.by_id[pk] for pk in ids), key=lambda one: (one.name, one.pk))


def changed(found: Day, first: dt.date) -> Joined:
    """Return who makes the difference between the roster of a day and of an earlier one."""
    everybody = listed(found.season, found.by_id.values(), found.on, found.on)
    made = change(everybody, first, found.on)
    names = [[found.by_id[pk] for pk in ids] for ids in (made.joined, made.left)]
    return Joined(first, made.before, made.after, *names)


def frozen(found: Iterable[Point]) -> list[dict[str, Any]]:
    """Return a trend as a closed season keeps it."""
    return [
        {**one._asdict(), "on": one.on.isoformat(), "part": str(one.part), "whole": str(one.whole),
         "percent": None if one.percent is None else str(one.percent)}
        for one in found
    ]  # fmt: skip


def _thawed(row: Mapping[str, Any]) -> Point:
    percent = row["percent"]
    return Point(
        dt.date.fromisoformat(row["on"]), row["klass"], row["measure"], Decimal(row["part"]),
        Decimal(row["whole"]), row["unknown"], None if percent is None else Decimal(percent),
    )  # fmt: skip


def _points(rules: Measures, everybody: Sequence[Listed], on: dt.date) -> Iterable[Point]:
    found = looks(everybody, on, rules.carry_days)
    for klass in ("", *_classes(everybody, on)):
        inside = [one for one in found if one.member.in_scope(on, klass)]
        for spec in rules.measures:
            made = rate(spec.measure, inside)
            yield Point(on, klass, spec.id, made.part, made.whole, len(made.unknown), made.percent)


def _line(rules: Measures, klass: str, found: Sequence[Look]) -> Line:
    return Line(
        klass, class_label(klass) if klass else ALL,
        [rate(spec.measure, found) for spec in rules.measures],
        sum(one.reported for one in found), sum(one.unplanned for one in found), len(found),
    )  # fmt: skip


def _classes(everybody: Iterable[Listed], on: dt.date) -> list[str]:
    there = {span.klass for one in everybody for span in one.spans if span.covers(on)}
    known = [one.id for one in pack().classes]
    return [*(one for one in known if one in there), *sorted(there - set(known))]


def _seen(season: Season, on: dt.date) -> dict[int, Seen]:
    rows = Inspection.objects.filter(member__season=season, on__lte=on).order_by("on", "pk")
    return {
        member: Seen(day, Said(found))
        for member, day, found in rows.values_list("member", "on", "resumed")
    }
