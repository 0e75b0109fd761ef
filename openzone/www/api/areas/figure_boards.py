"""Boards of figures: lines with target and gap, peers, chains, parks, targets, meeting packs."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.series.model import PERCENT, Observation
from openzone.engines.series.periods import Period
from openzone.engines.text import Text
from openzone.www import asof, excel
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.sent import Asked
from openzone.www.api.shapes import figure_boards as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Day, Id, Line
from openzone.zone.errors import Refused
from openzone.zone.indicators import board_permissions as permissions
from openzone.zone.indicators.board_enums import TargetWay
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import Entity, FigureTarget, MeetingPack
from openzone.zone.indicators.packs import ensure_indicator, indicators, label_of
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.selectors.boards_book import (
    Book,
    aims,
    current,
    long_aims,
    read,
)
from openzone.zone.indicators.selectors.boards_chains import ChainRow, chain_rows
from openzone.zone.indicators.selectors.boards_lines import Row, row_of, rows_of, worst_first
from openzone.zone.indicators.selectors.boards_packs import boards_pack
from openzone.zone.indicators.selectors.boards_parks import latest_period, park_rows, per_rows
from openzone.zone.indicators.selectors.boards_peers import (
    PeerLine,
    last_period,
    of_kinds,
    peer_lines,
)
from openzone.zone.indicators.selectors.meeting import compared, material
from openzone.zone.indicators.services.figure_targets import set_target, withdraw_target
from openzone.zone.indicators.services.meeting_packs import keep_meeting_pack
from openzone.zone.people.enums import KeyArea

desk = Desk(KeyArea.FIGURES)
NO_ZONE = Text("没有这个园区", "there is no such zone")
NO_DAY = Text("日期超出范围", "this day is outside the years the record covers")
FROM_JANUARY = Text("请写从1月起的累计期间", "write a period from January on")
LISTED = 100


class Asks:
    """Which zone, on which day, as known on which day."""

    def __init__(
        self, asked: Asked, zone: int | None, on: dt.date | None, known: dt.date | None
    ) -> None:
        require(permissions.may_see_boards(asked.user, asked.on))
        self.on, self.known = on or asked.on, known
        for field, day in (("on", self.on), ("known", self.known)):
            if day is not None and not asof.EARLIEST.year <= day.year <= asked.on.year + 10:
                raise Refused(NO_DAY, field=field)
        zones = of_kinds(self.on, EntityKind.ZONE)
        found = [one for one in zones if zone is None or one.pk == zone]
        if not found:
            raise Refused(NO_ZONE, field="zone")
        self.zone = found[0]


@desk.read("/figures/boards/today", Text("今日看板", "Today's board"), list[shapes.BoardLine])
def today(
    asked: Asked, zone: int | None = None, on: dt.date | None = None, known: dt.date | None = None
) -> Any:
    """The headline lines of a zone, the worst first, as of a day and as known on a day."""
    ask = Asks(asked, zone, on, known)
    names = list(boards_pack().headline)
    book = read([ask.zone], names, ask.on, ask.known)
    rows = rows_of(book, ask.zone, names, ask.on.year, aims(book, ask.on.year))
    return [line_out(book, one) for one in worst_first(rows) if not one.empty or one.aim]


@desk.read("/figures/boards/targets", Text("目标差距", "Targets and gaps"), list[shapes.BoardLine])
def gaps(
    asked: Asked, zone: int | None = None, on: dt.date | None = None, known: dt.date | None = None
) -> Any:
    """Every line with a target of the year, the worst first: zone, parks, divisions, chains."""
    ask = Asks(asked, zone, on, known)
    kinds = (EntityKind.ZONE, EntityKind.PARK, EntityKind.DIVISION, EntityKind.CHAIN)
    book = read(of_kinds(ask.on, *kinds), None, ask.on, ask.known)
    by_pk, dictionary = {one.pk: one for one in book.entities}, indicators()
    rows = [
        row_of(book, by_pk[entity], dictionary[name], ask.on.year, aim)
        for (name, entity), aim in aims(book, ask.on.year).items() if name in dictionary
    ]  # fmt: skip
    return [line_out(book, one) for one in worst_first(rows)]


@desk.read("/figures/boards/peers/{indicator}", Text("对标", "Peers"), shapes.PeerTable)
def peers(
    asked: Asked, indicator: Line, period: Line = "", zone: int | None = None,
    on: dt.date | None = None, known: dt.date | None = None,
) -> Any:  # fmt: skip
    """Everybody in the order of an indicator; equal figures share a place."""
    ask, pack = Asks(asked, zone, on, known), ensure_indicator(indicator, "indicator")
    every = [ask.zone, *of_kinds(ask.on, EntityKind.PEER)]
    book = read(every, [pack.id], ask.on, ask.known)
    at = parsed(period) if period else last_period(book, ask.zone, pack)
    lines = peer_lines(book, ask.zone, pack, at) if at is not None else []
    return {"indicator": pack.id, "label": Words.of(pack.label.text), "period": str(at or ""),
            "lines": [_peer(book, one) for one in lines]}  # fmt: skip


@desk.read("/figures/boards/chains", Text("产业链产值", "Chain output"), list[shapes.ChainOut])
def chains(
    asked: Asked, zone: int | None = None, on: dt.date | None = None, known: dt.date | None = None
) -> Any:
    """The output of every chain: last whole year, this year, forecast, target, shares."""
    ask, pack = Asks(asked, zone, on, known), boards_pack().chains
    entities = of_kinds(ask.on, EntityKind.CHAIN, EntityKind.NATION)
    book = read(entities, [*pack.outputs, pack.share], ask.on, ask.known)
    long = [aim for _row, aim in long_aims(book, ask.on)]
    rows = chain_rows(book, ask.on.year, aims(book, ask.on.year), long)
    return [_chain(book, one) for one in rows]


@desk.read("/figures/boards/parks", Text("园区对比", "Parks compared"), list[shapes.ParkMeasure])
def parks(
    asked: Asked, period: Line = "", zone: int | None = None, on: dt.date | None = None,
    known: dt.date | None = None,
) -> Any:  # fmt: skip
    """Parks side by side: levels and growth, per mu and per person; suppressed stays so."""
    ask = Asks(asked, zone, on, known)
    found = [one for one in of_kinds(ask.on, EntityKind.PARK)
             if one.parent_id in (None, ask.zone.pk)]  # fmt: skip
    book = read([*found, ask.zone], None, ask.on, ask.known)
    at = parsed(period) if period else latest_period(book, found, ask.on)
    levels = [
        {"measure": row.indicator.id, "label": Words.of(row.indicator.label.text),
         "unit": row.indicator.unit,
         "cells": [_park(park, cell.of, cell.value, cell.growth) | dict(added)
                   for park, cell, added in zip(found, row.cells, row.added, strict=True)]}
        for row in park_rows(book, found, ask.zone, at)
    ]  # fmt: skip
    per = [
        {"measure": row.per.id, "label": Words.of(row.per.label.text), "unit": row.per.unit.zh,
         "cells": [_park(park, of, value, None)
                   for park, (value, of) in zip(found, row.cells, strict=True)]}
        for row in per_rows(book, found, at)
    ]  # fmt: skip
    return [*levels, *per]


class FigureTargetIn(Body):
    """A target as written with its unit; `reason` where one stands already."""

    indicator: Line
    entity: Id
    amount: Line
    first_year: int
    last_year: int
    way: Line = TargetWay.REACH
    document: Line
    reason: Line = ""


@desk.read("/figures/boards/figure-targets", Text("指标目标", "Targets of figures"),
           list[shapes.FigureTargetOut])  # fmt: skip
def list_targets(asked: Asked) -> Any:
    """The targets of figures that stand."""
    require(permissions.may_see_boards(asked.user, asked.on))
    return current(Entity.objects.exclude(kind=EntityKind.ENTERPRISE))


@desk.act("/figures/boards/figure-targets", Text("设定指标目标", "Set a target of a figure"),
          FigureTargetIn, shapes.FigureTargetOut, status=201)  # fmt: skip
def add_target(asked: Asked, sent: FigureTargetIn) -> Any:
    """Set a target of a year or several, or another one in place of it with the reason."""
    require(permissions.may_set_targets(asked.user, asked.on))
    said = sent.model_dump() | {"entity": get_object_or_404(Entity, pk=sent.entity)}
    if said["way"] not in TargetWay.values:
        raise Refused(Text("没有这种算法", "there is no such way"), field="way")
    return set_target(actor=asked.actor, user=asked.user, now=asked.now, **said)


class WhyBody(Body):
    """Why."""

    reason: Line


@desk.act("/figures/boards/figure-targets/{pk}/withdraw", Text("撤销指标目标", "Withdraw a target"),
          WhyBody, shapes.FigureTargetOut)  # fmt: skip
def take_back(asked: Asked, sent: WhyBody, pk: Id) -> Any:
    """Take a target back with the reason; the answer is the row that says so."""
    require(permissions.may_set_targets(asked.user, asked.on))
    found = get_object_or_404(FigureTarget.objects.select_related("entity"), pk=pk)
    return withdraw_target(actor=asked.actor, user=asked.user, target=found, reason=sent.reason,
                           now=asked.now)  # fmt: skip


class PackIn(Body):
    """The period and the indicators of a meeting; `on` and `known` as of today if left out."""

    title: Line
    period: Line
    indicators: list[Line]
    zone: Id | None = None
    on: Day | None = None
    known: Day | None = None


@desk.read(
    "/figures/boards/packs", Text("会议材料清单", "Meeting packs"), list[shapes.MeetingPackLine]
)
def list_packs(asked: Asked) -> Any:
    """The last hundred packs."""
    require(permissions.may_see_boards(asked.user, asked.on))
    return list(MeetingPack.objects.defer("content")[:LISTED])


@desk.read("/figures/boards/packs/{pk}", Text("会议材料", "A meeting pack"), shapes.MeetingPackOut)
def get_pack(asked: Asked, pk: Id) -> Any:
    """A pack as it was made, every number with its footnote."""
    require(permissions.may_see_boards(asked.user, asked.on))
    return get_object_or_404(MeetingPack, pk=pk)


@desk.read("/figures/boards/packs/{pk}/compare", Text("与现在所知对照", "Beside the record now"),
           list[dict[str, Any]])  # fmt: skip
def compare_pack(asked: Asked, pk: Id) -> Any:
    """The numbers of a pack beside what is known of its period now."""
    require(permissions.may_see_boards(asked.user, asked.on))
    found = get_object_or_404(MeetingPack.objects.select_related("entity"), pk=pk)
    now = material(found.entity, parsed(found.period), found.indicators, asked.on)
    return compared(found.content, now)


@desk.act("/figures/boards/packs", Text("生成会议材料", "Make a meeting pack"), PackIn,
          shapes.MeetingPackOut, status=201)  # fmt: skip
def make_pack(asked: Asked, sent: PackIn) -> Any:
    """Make the papers of a meeting and keep them as they are."""
    require(permissions.may_make_packs(asked.user, asked.on))
    ask = Asks(asked, sent.zone, sent.on, sent.known)
    period: Period = parsed(sent.period)
    if not period.from_january:
        raise Refused(FROM_JANUARY, field="period")
    names = [ensure_indicator(one, "indicators").id for one in sent.indicators]
    content = material(ask.zone, period, names, ask.on, ask.known)
    return keep_meeting_pack(
        actor=asked.actor, user=asked.user, title=sent.title, entity=ask.zone,
        period=str(period), indicators=names, as_of=ask.on, known_at=ask.known,
        version=content["version"], content=content, now=asked.now,
        synthetic=ask.zone.synthetic or excel.in_example_zone(),
    )  # fmt: skip


def line_out(book: Book, row: Row) -> dict[str, Any]:
    """Return a line of a board."""
    stands, forecast = row.standing, row.standing.forecast
    one = stands.cumulative or stands.latest
    more = forecast.more if forecast else {}
    return {
        "indicator": row.indicator.id, "label": Words.of(label_of(row.indicator.id)),
        "entity": row.entity.pk, "entity_name": row.entity.name, "light": stands.light.value,
        "period": str(one.period) if one else None, "value": one.value if one else None,
        "growth": _percent(one), "status": one.status.value if one and one.status else None,
        "basis": one.basis if one else "",
        "figure": one.row if one and book.figure(one) else None,
        "month": stands.month.value if stands.month else None,
        "month_published": stands.month is not None and not stands.implied,
        "target": {"amount": row.aim.amount, "document": Words.of(row.aim.document)}
        if row.aim else None,
        **{name: _value(row, name) for name in (
            "completion", "time_progress", "seasonal_progress", "required_per_month")},
        "gap": stands.gap, "forecast": Decimal(forecast.value) if forecast else None,
        "forecast_low": more.get("low"), "forecast_high": more.get("high"),
        "said": [Words.of(text) for text, _proof in row.said],
        "late_period": str(row.late.period) if row.late else None,
        "late_days": row.late.days if row.late else None,
    }  # fmt: skip


def _value(row: Row, name: str) -> Decimal | None:
    found = row.standing.derived.get(name)
    return None if found is None else Decimal(found.value)


def _percent(one: Observation | None) -> Decimal | None:
    return None if one is None or one.growth is None else one.growth * PERCENT


def _peer(book: Book, one: PeerLine) -> dict[str, Any]:
    figure = one.figure
    return {
        "entity": one.entity.pk, "name": one.entity.name, "own": one.own,
        "value": figure.value if figure else None, "growth": _percent(figure),
        "place": one.level.place, "ties": one.level.ties, "group": one.level.group,
        "growth_place": one.growth.place, "published_rank": figure.rank if figure else None,
        "published_group": figure.group if figure else None,
        "published_among": figure.among if figure else "",
        "source": figure.source if figure else "",
        "figure": figure.row if figure and book.figure(figure) else None,
    }  # fmt: skip


def _chain(book: Book, one: ChainRow) -> dict[str, Any]:
    return {
        "line": line_out(book, one.row),
        "last_year": str(one.whole.period) if one.whole else None,
        "last_year_value": one.whole.value if one.whole else None,
        "last_year_growth": _percent(one.whole),
        "long_target": one.aim.amount if one.aim else None,
        "long_target_year": one.aim.last_year if one.aim else None,
        "completion": one.path.completion if one.path else None,
        "share_of_nation": {str(at): Decimal(found.value) for at, found in one.shares.items()},
        "published_share": {str(at): found.value * PERCENT for at, found in one.stated.items()
                            if found.value is not None},
    }  # fmt: skip


def _park(park: Entity, of: str, value: Decimal | None, growth: Decimal | None) -> dict[str, Any]:
    return {"park": park.pk, "name": park.name, "of": str(of), "value": value,
            "growth": None if growth is None else growth * PERCENT}  # fmt: skip
