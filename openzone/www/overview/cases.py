"""Cases in the summary: how they press and how they went by unit, topics, what went up."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet

from openzone.engines.cases.statistics import Metric
from openzone.engines.worktime.localtime import end_of_day, to_aware
from openzone.www.cases.asking import Moment
from openzone.www.cases.words import topic_words
from openzone.www.overview.numbers import Cell, address
from openzone.zone.cases.models import Case
from openzone.zone.cases.selectors.league import figures, league
from openzone.zone.cases.selectors.summary import (
    Pressure,
    pressure,
    together,
    topics,
    up_to_leaders,
)
from openzone.zone.cases.selectors.visible import visible
from openzone.zone.people.models import Unit, User

SHOWN = ("responded", "on_time", "solved", "satisfied", "redone")
PRESSING = ("open", "late", "at_risk", "calm")
TOPICS = 10
NO_UNIT = "-"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who looks, when, at which days and which type of cases."""

    user: User
    now: Moment
    first: dt.date
    last: dt.date
    kind: str

    def all(self) -> QuerySet[Case]:
        """Return every case of the type that the reader may see."""
        found = visible(self.user, self.now.day)
        return found.filter(kind=self.kind) if self.kind else found

    def opened(self) -> QuerySet[Case]:
        """Return those opened in these days."""
        first = to_aware(dt.datetime.combine(self.first, dt.time()))
        return self.all().filter(
            opened_at__gte=first, opened_at__lte=to_aware(end_of_day(self.last))
        )

    def rows(self, what: str, unit: str = "") -> str:
        """Return the address of the cases behind a number."""
        days = {"first": str(self.first), "last": str(self.last), "kind": self.kind}
        return address("overview_cases", what=what, unit=unit, **days)


class UnitRow(NamedTuple):
    """A unit: how its open cases press now, and how those opened in these days went."""

    name: str
    pressing: list[Cell]
    rates: list[Cell]


@dataclass(frozen=True, slots=True)
class Units:
    """Every unit with a case, and all together; ``headings`` are the figures and their meaning."""

    rows: list[UnitRow]
    total: UnitRow
    headings: list[Metric]


def units(asked: Asked, total_name: str, nobody: str) -> Units:
    """Return the table of units, the most overdue first."""
    now = asked.now.aware
    press, found = pressure(asked.all(), now), asked.opened()
    went = {row.unit.pk: row.figures for row in league(found, now)}
    whole = figures(found, now)
    known = Unit.objects.in_bulk([pk for pk in {*press, *went} if pk is not None])
    keys = sorted(
        {*press, *went},
        key=lambda pk: (-len(press.get(pk, Pressure()).late), known[pk].code if pk else "~"),
    )
    rows = [
        _row(asked, known.get(pk or 0), nobody, press.get(pk, Pressure()), went.get(pk or 0, {}))
        for pk in keys
    ]
    total = UnitRow(
        total_name,
        _pressing(asked, together(press.values()), ""),
        _rates(asked, whole, ""),
    )
    return Units(rows, total, [whole[name] for name in SHOWN])


def _row(
    asked: Asked, unit: Unit | None, nobody: str, press: Pressure, went: Mapping[str, Metric]
) -> UnitRow:
    code = unit.code if unit else NO_UNIT
    return UnitRow(
        unit.name if unit else nobody, _pressing(asked, press, code), _rates(asked, went, code)
    )


def _pressing(asked: Asked, press: Pressure, unit: str) -> list[Cell]:
    return [Cell(len(getattr(press, name)), asked.rows(name, unit)) for name in PRESSING]


def _rates(asked: Asked, went: Mapping[str, Metric], unit: str) -> list[Cell]:
    return [
        Cell(went[name].numerator, asked.rows(name, unit), went[name].denominator, went[name].shown)
        if name in went
        else Cell(0, "", 0, "–")
        for name in SHOWN
    ]


class TopicRow(NamedTuple):
    """A topic with its cases: open past due, open, closed, all."""

    name: str
    late: Cell
    open: Cell
    closed: Cell
    total: Cell


def heat(asked: Asked) -> list[TopicRow]:
    """Return the topics of the cases opened in these days, the most frequent first."""
    words = topic_words()
    return [
        TopicRow(
            words.get(one.topic, one.topic),
            Cell(one.late, _of_topic(asked, one.topic, "late")),
            Cell(one.open - one.late, _of_topic(asked, one.topic, "open")),
            Cell(one.total - one.open, _of_topic(asked, one.topic, "closed")),
            Cell(one.total, _of_topic(asked, one.topic, "")),
        )
        for one in topics(asked.opened(), asked.now.aware, TOPICS)
    ]


def _of_topic(asked: Asked, topic: str, state: str) -> str:
    days = {"opened_from": str(asked.first), "opened_to": str(asked.last)}
    return address("cases", topic=topic, state=state, kind=asked.kind, **days)


class Ladder(NamedTuple):
    """Cases that escalation brought to leaders: of those open now, of those of these days."""

    open: Cell
    opened: Cell


def ladder(asked: Asked) -> Ladder:
    """Return how many cases reached leaders by escalation."""
    open_ = up_to_leaders(asked.all().filter(closed=False)).count()
    opened = asked.opened()
    return Ladder(
        Cell(open_, asked.rows("up_open")),
        Cell(up_to_leaders(opened).count(), asked.rows("up"), opened.count()),
    )


def behind(asked: Asked, what: str, unit: str) -> QuerySet[Case] | None:
    """Return the cases behind a number; ``None`` where there is no such number."""
    if what in PRESSING:
        press = pressure(_of_unit(asked.all(), unit), asked.now.aware)
        return _by_pk(getattr(together(press.values()), what))
    if what == "up_open":
        return up_to_leaders(asked.all().filter(closed=False))
    if what == "up":
        return up_to_leaders(asked.opened())
    metric = figure(asked, what, unit)
    return None if metric is None else Case.objects.filter(number__in=metric.behind[:1000])


def figure(asked: Asked, what: str, unit: str) -> Metric | None:
    """Return one figure of one unit or of all."""
    if what not in SHOWN:
        return None
    return figures(_of_unit(asked.opened(), unit), asked.now.aware)[what]


def _of_unit(found: QuerySet[Case], unit: str) -> QuerySet[Case]:
    if unit == NO_UNIT:
        return found.filter(lead__isnull=True)
    return found.filter(lead__code=unit) if unit else found


def _by_pk(numbers: list[int]) -> QuerySet[Case]:
    return Case.objects.filter(pk__in=numbers[:1000])
