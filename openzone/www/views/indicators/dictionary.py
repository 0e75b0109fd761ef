"""The dictionary: what every figure is, and what it was before."""

from collections.abc import Iterator

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openzone.engines.series.model import Direction, Kind
from openzone.packs.series import Frequency, IndicatorPack
from openzone.www.formats import say
from openzone.www.views.indicators import common
from openzone.www.words_indicators import DIRECTIONS, FREQUENCIES, KINDS
from openzone.zone.indicators.packs import dictionary, indicators
from openzone.zone.indicators.permissions import visible
from openzone.zone.indicators.selectors.listing import Asked, lines, narrowed, pairs

SHOWN = 50


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show every indicator with what it is."""
    today = common.entered(request)
    mine = narrowed(Asked(), visible(request.user, today))
    counted = dict(mine.order_by().values_list("indicator").annotate(n=Count("pk")))
    context = common.framed(request, today) | {
        "title": say(dictionary().title.text),
        "indicators": [
            (one, say(one.label.text), list(traits(one)), counted.get(one.id, 0))
            for one in dictionary().indicators
        ],
    }
    return render(request, "indicators/dictionary.html", context)


@require_GET
def indicator(request: HttpRequest, indicator: str) -> HttpResponse:
    """Show an indicator: its versions with what differs, and the series on record."""
    today = common.entered(request)
    found = indicators().get(indicator)
    if found is None:
        raise Http404
    mine = pairs(narrowed(Asked(indicator=indicator), visible(request.user, today)))
    context = common.framed(request, today) | {
        "indicator": found, "label": say(found.label.text), "traits": list(traits(found)),
        "versions": [
            (one, say(one.definition.text), say(one.differs.text) if one.differs else "")
            for one in reversed(found.all_versions())
        ],
        "whole": common.indicator_label(found.whole) if found.whole else "",
        "per": [(one, common.indicator_label(one)) for one in found.per],
        "scope": say(found.scope.text) if found.scope else "",
        "lines": [
            (one, common.written(one.last), common.growth_of(one.last))
            for one in lines(mine[:SHOWN])
        ],
    }  # fmt: skip
    return render(request, "indicators/indicator.html", context)


def traits(one: IndicatorPack) -> Iterator[str]:
    """Yield what kind of figure it is, in words."""
    yield str(KINDS["cumulative" if one.kind is Kind.FLOW and one.cumulative else one.kind.value])
    if one.kind is Kind.FLOW and one.unit == "元":
        yield str(KINDS["nominal" if one.nominal else "real"])
    yield str(DIRECTIONS[Direction(one.direction)])
    yield str(FREQUENCIES[Frequency(one.frequency)])
    yield str(KINDS["comparable" if one.comparable else "not_comparable"])
