"""Statistics of cases: units compared, heat by topic and place, workload, what came together."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ninja import Schema

from openzone.engines.cases.statistics import Metric
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_aware
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.sent import Asked
from openzone.www.api.shapes.cases import SuspectOut
from openzone.www.api.shapes.common import UnitOut, Words
from openzone.www.api.shaping import case_out
from openzone.www.api.values import Day, Line
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import mappings
from openzone.zone.cases.permissions import may_see_reports
from openzone.zone.cases.selectors.heat import heat
from openzone.zone.cases.selectors.league import figures, league, opened_between
from openzone.zone.cases.selectors.similar import suspects
from openzone.zone.cases.selectors.workload import workload
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.models import Unit

desk = Desk(KeyArea.STATISTICS)
MOST_DAYS = 366 * 3
DAY = dt.timedelta(days=1)


class FigureOut(Schema):
    """A figure with both of its numbers; ``denominator`` is null where it is a count."""

    id: str
    label: Words
    meaning: Words
    numerator: int
    denominator: int | None
    shown: str


class RowOut(Schema):
    """A unit with its figures: never one number alone."""

    unit: UnitOut
    figures: list[FigureOut]


class SpotOut(Schema):
    """How many cases about a topic at a place."""

    topic: str
    place: str | None
    total: int
    open: int


class LoadOut(Schema):
    """What lies with a unit or a person."""

    unit: UnitOut
    user: str | None
    open: int
    late: int
    closed: int


@desk.read("/statistics/completion", Text("办结统计", "Completion"), list[FigureOut])
def completion(asked: Asked, first: Day, last: Day, kind: Line = "") -> Any:
    """Received, closed, solved, on time, satisfied and more, of the cases opened in a time."""
    require(may_see_reports(asked.user, asked.on))
    return _figures(figures(_opened(first, last, kind), asked.now))


@desk.read("/statistics/league", Text("单位对比", "League table by unit"), list[RowOut])
def league_table(asked: Asked, first: Day, last: Day, kind: Line = "") -> Any:
    """Units compared by several figures, of the cases opened in a time."""
    require(may_see_reports(asked.user, asked.on))
    rows = league(_opened(first, last, kind), asked.now)
    return [{"unit": row.unit, "figures": _figures(row.figures)} for row in rows]


@desk.read("/statistics/heat", Text("热力图", "Heat by topic and place"), list[SpotOut])
def heat_map(asked: Asked, first: Day, last: Day, kind: Line = "") -> Any:
    """How many cases about which topic at which place, opened in a time."""
    require(may_see_reports(asked.user, asked.on))
    return [
        {
            "topic": spot.topic,
            "place": spot.place.code if spot.place else None,
            "total": spot.total,
            "open": spot.open,
        }
        for spot in heat(*_span(first, last), kind)
    ]


@desk.read("/statistics/workload", Text("工作量", "Workload of colleagues"), list[LoadOut])
def workload_of(asked: Asked, since: Day) -> Any:
    """What lies with each unit and person now, and what they closed since a day."""
    require(may_see_reports(asked.user, asked.on))
    moment = to_aware(dt.datetime.combine(since, dt.time()))
    return [
        {**load._asdict(), "user": str(load.user) if load.user else None}
        for load in workload(list(Unit.objects.order_by("code")), asked.now, moment)
    ]


@desk.read("/statistics/systemic", Text("疑似共性问题", "What looks systemic"), list[SuspectOut])
def systemic(asked: Asked) -> Any:
    """Groups of open cases that look like one issue."""
    require(may_see_reports(asked.user, asked.on))
    return [
        {"kind": kind, "shared": list(group.shared), "cases": [case_out(one) for one in cases]}
        for kind in mappings()
        for group, cases in suspects(kind, asked.now)
    ]


def _figures(found: Mapping[str, Metric]) -> list[dict[str, Any]]:
    return [
        {
            "id": name,
            "label": Words.of(one.label),
            "meaning": Words.of(one.meaning),
            "numerator": one.numerator,
            "denominator": one.denominator,
            "shown": one.shown,
        }
        for name, one in found.items()
    ]


def _opened(first: dt.date, last: dt.date, kind: str) -> Any:
    if kind and not Case.objects.filter(kind=kind).exists() and kind not in mappings():
        raise Refused(Text("没有这种案件", "there is no such type of case"), field="kind")
    return opened_between(*_span(first, last), [kind] if kind else [])


def _span(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    if not dt.date(2000, 1, 1) <= first <= last <= dt.date(2100, 1, 1):
        raise Refused(
            Text("日期先后或范围有误", "the days are not in order or range"), field="last"
        )
    if (last - first).days > MOST_DAYS:
        raise Refused(Text("一次最多三年", "at most three years at once"), field="last")
    begin = to_aware(dt.datetime.combine(first, dt.time()))
    return begin, to_aware(dt.datetime.combine(last, dt.time.max))
