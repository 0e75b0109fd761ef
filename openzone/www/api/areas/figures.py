"""Figures over time: the dictionary, subjects, figures, series with what follows."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from openzone.engines.series.model import Derived
from openzone.engines.text import Text
from openzone.packs.series import IndicatorPack
from openzone.www.api.areas.project_work import of
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import figures as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Day, Id, Line
from openzone.www.forms import indicators as page
from openzone.www.views.indicators.series import peers_of
from openzone.zone.errors import Refused
from openzone.zone.indicators import permissions
from openzone.zone.indicators.enums import AttributionKey, EntityKind
from openzone.zone.indicators.models import Attribution, Entity, Figure
from openzone.zone.indicators.packs import dictionary, indicators
from openzone.zone.indicators.selectors.behind import Series, bases, series_of
from openzone.zone.indicators.selectors.listing import Asked as Narrowed
from openzone.zone.indicators.selectors.listing import narrowed
from openzone.zone.indicators.selectors.series import figures, known_on, unit_of
from openzone.zone.indicators.services import entities as subjects
from openzone.zone.indicators.services.figures import withdraw_figure
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Enterprise

desk = Desk(KeyArea.FIGURES)
Given = dict[str, Any]
NO_KEY = Text("没有归属口径“{key}”", "there is no key “{key}”")
NO_KIND = Text("没有“{kind}”这类对象", "there is no kind “{kind}”")


class SubjectIn(Body):
    """A subject; `enterprise` and `parent` are ids, `unit` a code."""

    kind: Line
    name: Line
    code: Line = ""
    parent: Id | None = None
    enterprise: Id | None = None
    unit: Line = ""
    chain: Line = ""
    valid_from: Day | None = None
    valid_to: Day | None = None


class SubjectChange(Body):
    """A subject described anew."""

    name: Line
    code: Line = ""
    parent: Id | None = None
    unit: Line = ""
    valid_to: Day | None = None


class AttributionIn(Body):
    """The share of a subject that counts somewhere."""

    to: Id
    key: Line
    share: Decimal
    valid_from: Day
    valid_to: Day | None = None
    document: Line


@desk.read("/figures/dictionary", Text("指标字典", "The dictionary"), list[shapes.IndicatorOut])
def list_indicators(asked: Asked) -> Any:
    """Every indicator with the versions of its definition."""
    require(permissions.may_list(asked.user, asked.on))
    return [_indicator(one) for one in dictionary().indicators]


@desk.read("/figures/subjects", Text("统计对象", "Subjects"), shapes.SubjectPart)
def list_subjects(asked: Asked, kind: Line = "", after: After = 0, limit: Limit = 50) -> Any:
    """Subjects whose figures the caller may read."""
    found = permissions.visible(asked.user, asked.on)
    part = latest(found.filter(kind=kind) if kind else found, after, limit)
    return {**part, "items": [_subject(one) for one in part["items"]]}


@desk.act("/figures/subjects", Text("新增统计对象", "Add a subject"), SubjectIn,
          shapes.SubjectOut, status=201)  # fmt: skip
def add_subject(asked: Asked, sent: SubjectIn) -> Any:
    """Add a subject; of an enterprise, by the id of its record."""
    require(permissions.may_keep_entities(asked.user, asked.on))
    _ensure_kind(sent.kind)
    made = subjects.add_entity(
        **of(asked), kind=sent.kind, name=sent.name, code=sent.code, chain=sent.chain,
        parent=get_object_or_404(Entity, pk=sent.parent) if sent.parent else None,
        enterprise=get_object_or_404(Enterprise, pk=sent.enterprise) if sent.enterprise else None,
        unit=_unit(sent.unit), valid_from=sent.valid_from, valid_to=sent.valid_to,
    )  # fmt: skip
    return _subject(made)


@desk.act("/figures/subjects/{pk}/change", Text("修改统计对象", "Change a subject"), SubjectChange,
          shapes.SubjectOut)  # fmt: skip
def change_subject(asked: Asked, sent: SubjectChange, pk: Id) -> Any:
    """Describe a subject anew; what is left out is emptied."""
    require(permissions.may_keep_entities(asked.user, asked.on))
    parent = get_object_or_404(Entity, pk=sent.parent) if sent.parent else None
    changed = subjects.change_entity(
        **of(asked), entity=_entity(asked, pk), name=sent.name, code=sent.code, parent=parent,
        unit=_unit(sent.unit), valid_to=sent.valid_to,
    )  # fmt: skip
    return _subject(changed)


@desk.act("/figures/subjects/{pk}/attributions", Text("登记归属", "Say where it counts"),
          AttributionIn, shapes.AttributionOut, status=201)  # fmt: skip
def attribute(asked: Asked, sent: AttributionIn, pk: Id) -> Any:
    """Say what share of a subject counts in a park or division, by one key."""
    require(permissions.may_keep_entities(asked.user, asked.on))
    if sent.key not in AttributionKey.values:
        raise Refused(NO_KEY.format(key=sent.key[:40]), field="key")
    return subjects.attribute(
        **of(asked), entity=_entity(asked, pk), to=get_object_or_404(Entity, pk=sent.to),
        key=sent.key, share=sent.share, valid_from=sent.valid_from, valid_to=sent.valid_to,
        document=sent.document,
    )  # fmt: skip


@desk.act("/figures/attributions/{pk}/end", Text("结束归属", "End an attribution"), page.EndForm,
          shapes.AttributionOut)  # fmt: skip
def end_attribution(asked: Asked, sent: Sent, pk: Id) -> Any:
    """End an attribution with a day."""
    require(permissions.may_keep_entities(asked.user, asked.on))
    found = get_object_or_404(Attribution, pk=pk)
    return subjects.end_attribution(**of(asked), attribution=found, **sent.given())


@desk.read("/figures", Text("数据", "Figures"), shapes.FigurePart)
def list_figures(
    asked: Asked, entity: Line = "", indicator: Line = "", kind: Line = "", after: After = 0,
    limit: Limit = 50,
) -> Any:  # fmt: skip
    """Every vintage the caller may read, the latest recorded first; withdrawn ones too."""
    require(permissions.may_list(asked.user, asked.on))
    wanted = Narrowed(kind, indicator, entity if entity.isdecimal() else "")
    chosen = narrowed(wanted, permissions.visible(asked.user, asked.on))
    part = latest(figures().filter(pk__in=chosen.order_by().values("pk")), after, limit)
    return {**part, "items": [_figure(one) for one in part["items"]]}


@desk.read("/figures/one/{pk}", Text("单个数据", "One figure"), shapes.FigureOut)
def get_figure(asked: Asked, pk: Id) -> Any:
    """A figure with its source."""
    return _figure(_found(asked, pk))


@desk.act("/figures/one/{pk}/withdraw", Text("撤回数据", "Withdraw a figure"), page.WhyFigureForm,
          shapes.FigureOut)  # fmt: skip
def withdraw(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Withdraw a figure with the reason; it stays readable."""
    found = _found(asked, pk)
    require(permissions.may_approve(asked.user, asked.on))
    withdraw_figure(**of(asked, "now"), figure=found, **sent.given())
    return _figure(figures().get(pk=pk))


@desk.read("/figures/series/{entity}/{indicator}", Text("指标序列", "A series"), shapes.SeriesOut)
def get_series(
    asked: Asked, entity: Id, indicator: Line, basis: Line = "", known: dt.date | None = None
) -> Any:
    """A series as known on a day: in force, all vintages, what follows and what is asked about."""
    found = _entity(asked, entity)
    if indicator not in indicators():
        raise Http404
    known_bases = bases(found, indicator, known)
    chosen = basis if basis in known_bases or not known_bases else known_bases[0]
    peers = peers_of(asked.request, found, asked.on)
    series = series_of(found, indicator, chosen, asked.on, known, peers)
    told = _series(series) if series else _NOTHING
    return {"indicator": indicator, "entity": found.pk, "basis": chosen, "bases": known_bases,
            **told}  # fmt: skip


_NOTHING: Given = {"in_force": [], "vintages": [], "derived": [], "forecasts": [], "flags": []}


def _ensure_kind(kind: str) -> None:
    if kind not in EntityKind.values:
        raise Refused(NO_KIND.format(kind=kind[:40]), field="kind")


def _unit(code: str) -> Unit | None:
    return get_object_or_404(Unit, code=code) if code else None


def _entity(asked: Asked, pk: int) -> Entity:
    found = get_object_or_404(Entity, pk=pk)
    require(permissions.may_see_entity(asked.user, found, asked.on))
    return found


def _found(asked: Asked, pk: int) -> Figure:
    found = get_object_or_404(figures(), pk=pk)
    require(permissions.may_see_entity(asked.user, found.entity, asked.on))
    return found


def _indicator(one: IndicatorPack) -> Given:
    return {
        "id": one.id, "name": Words.of(one.label.text), "unit": one.unit, "kind": one.kind,
        "direction": one.direction, "frequency": one.frequency, "cumulative": one.cumulative,
        "comparable": one.comparable, "nominal": one.nominal, "whole": one.whole,
        "per": list(one.per), "aliases": list(one.aliases),
        "versions": [
            {"id": each.id, "effective_from": each.effective_from,
             "effective_to": each.effective_to, "definition": Words.of(each.definition.text),
             "differs": Words.of(each.differs.text) if each.differs else None,
             "source": each.source, "verified": each.verified}
            for each in one.all_versions()
        ],
    }  # fmt: skip


def _subject(one: Entity) -> Given:
    return {
        "id": one.pk, "kind": one.kind, "name": one.name, "code": one.code,
        "parent": one.parent_id, "enterprise": one.enterprise_id, "synthetic": one.synthetic,
    }  # fmt: skip


def _figure(one: Figure) -> Given:
    end = getattr(one, "end", None)
    plain = (
        "indicator", "definition", "period", "state", "given", "unit", "same_scope", "rank",
        "group", "among", "qualifier", "basis", "status", "published", "page", "quote", "address",
        "row", "synthetic",
    )  # fmt: skip
    return {
        **{name: getattr(one, name) for name in plain},
        "id": one.pk, "entity": one.entity_id, "batch": one.batch_id, "value": _exact(one.value),
        "growth_pct": _exact(one.growth_pct), "target": _exact(one.target),
        "base_unit": unit_of(one.indicator, one.unit), "known_on": known_on(one),
        "document": one.document or str(one.source or ""), "withdrawn": end.reason if end else None,
    }  # fmt: skip


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _series(found: Series) -> Given:
    track = found.reading.track
    return {
        "in_force": [_figure(found.figure(one)) for one in track.values()],
        "vintages": [_figure(one) for period in track for one in found.vintages(period)],
        "derived": [_derived(found, one) for one in (*found.derived, *found.together)],
        "forecasts": [_derived(found, one) for one in found.forecasts],
        "flags": [{"kind": one.kind, "period": str(one.period), "reason": Words.of(one.reason)}
                  for one in found.flags],
    }  # fmt: skip


def _derived(found: Series, one: Derived) -> Given:
    value = one.value if isinstance(one.value, bool) else f"{one.value:f}"
    more = {name: str(each) if isinstance(each, Decimal) else each
            for name, each in one.more.items() if not isinstance(each, dict)}  # fmt: skip
    return {
        "kind": one.kind, "period": str(one.period), "value": value, "unit": one.unit,
        "formula": Words.of(one.formula), "forecast": bool(one.more.get("forecast")), "more": more,
        "of": [{"indicator": each.series, "period": str(each.period), "value": f"{each.value:f}",
                "figure": figure.pk if figure else None}
               for each, figure in found.behind(one.of)],
    }  # fmt: skip
