"""A series with its vintages and what follows from it; one figure with its source."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from openzone.engines.series.model import Derived, Flag, Input, Observation
from openzone.engines.series.periods import Period
from openzone.www import chain_pictures
from openzone.www.access import require
from openzone.www.formats import number, say
from openzone.www.formpage import Crumb, answer, posted
from openzone.www.forms.indicators import KnownForm, WhyFigureForm
from openzone.www.hands import hand
from openzone.www.views.indicators import charts, common
from openzone.www.words_indicators import DERIVED, FLAGS
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import Entity, Figure
from openzone.zone.indicators.packs import indicators, version_for
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.permissions import may_approve, visible
from openzone.zone.indicators.selectors.behind import Series, bases, series_of
from openzone.zone.indicators.selectors.series import known_on, line_basis
from openzone.zone.indicators.services.figures import withdraw_figure

LIKE = (EntityKind.ZONE, EntityKind.PEER)


@require_http_methods(["GET", "POST"])
def series(request: HttpRequest, pk: int, indicator: str) -> HttpResponse:
    """Show a series: figures in force beside those first published, and all that follows."""
    entity, today = common.entity_of(request, pk), common.entered(request)
    if indicator not in indicators():
        raise Http404
    form = KnownForm(request.GET)
    valid = form.is_valid()
    known = form.cleaned_data.get("known") if valid else None
    found_bases = bases(entity, indicator, known)
    basis = form.cleaned_data.get("basis", "") if valid else ""
    if basis not in found_bases and found_bases:
        basis = found_bases[0]
    found = series_of(entity, indicator, basis, today, known, peers_of(request, entity, today))
    drawn = _picture(found, entity, indicator, today) if found else None
    if drawn and (file := chain_pictures.exported(request, drawn)) is not None:
        return file
    context = common.framed(request, today) | {
        "form": form, "entity": entity, "indicator": indicators()[indicator], "known": known,
        "label": common.indicator_label(indicator), "basis": basis, "bases": found_bases,
        "series": found, "picture": drawn, **(told(found) if found else {}),
    }  # fmt: skip
    return render(request, "indicators/series.html", context, status=200 if valid else 400)


def peers_of(request: HttpRequest, entity: Entity, today: dt.date) -> list[int]:
    """Return who a subject is ranked with: of its own kind, a zone with its peers.

    Enterprises are not ranked: a place would tell what others reported.
    """
    if entity.kind == EntityKind.ENTERPRISE:
        return []
    kinds = LIKE if entity.kind in LIKE else (entity.kind,)
    found = visible(request.user, today).filter(kind__in=kinds)
    return list(found.values_list("pk", flat=True))


def _picture(
    found: Series, entity: Entity, indicator: str, today: dt.date
) -> chain_pictures.Picture:
    title = f"{entity.name} · {common.indicator_label(indicator)}"
    source = chain_pictures.Source(today, _("figures on record, each with its source"),
                                   entity.synthetic)  # fmt: skip
    return charts.picture(found, title, source)


def told(found: Series) -> dict[str, Any]:
    """Return what the page shows of a series."""
    track = found.reading.track
    return {
        "rows": [_row(found, period, one) for period, one in sorted(track.items(), reverse=True)],
        "groups": _groups(found, found.derived),
        "together": [_derived(found, one) for one in found.together],
        "forecasts": [_derived(found, one) for one in found.forecasts],
        "flags": [_flag(one) for one in found.flags],
    }


def _row(found: Series, period: Period, one: Observation) -> dict[str, Any]:
    kept = found.vintages(period)
    last, first = found.figure(one), kept[0]
    restated = None
    if first is not last and first.value is not None and last.value is not None:
        restated = common.amount(last.value - first.value, one.unit)
    return {
        "period": str(period), "figure": last, "value": common.written(last),
        "growth": common.growth_of(last), "first": first,
        "first_value": common.written(first) if first is not last else "",
        "restated": restated, "vintages": len(kept),
    }  # fmt: skip


def _groups(found: Series, derived: Iterable[Derived]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return what follows, kind by kind in the order of their words, the last period first."""
    order = list(DERIVED)
    known = sorted(derived, key=lambda one: _place(order, one.kind))
    groups = []
    for kind, rows in groupby(known, key=lambda one: one.kind):
        told_rows = [_derived(found, one) for one in sorted(rows, key=lambda r: r.period)]
        groups.append((kind_word(kind), told_rows[::-1]))
    return groups


def _place(order: list[str], kind: str) -> tuple[int, str]:
    return (order.index(kind) if kind in order else len(order), kind)


def kind_word(kind: str) -> str:
    """Write what a derived figure is."""
    if kind.startswith("per_"):
        return _("Per %(unit)s") % {"unit": common.indicator_label(kind.removeprefix("per_"))}
    return str(DERIVED.get(kind, kind))


def _derived(found: Series, one: Derived) -> dict[str, Any]:
    value = one.value
    more = dict(one.more)
    return {
        "period": str(one.period), "word": kind_word(one.kind),
        "value": _told(value, one.unit),
        "formula": say(one.formula), "group": more.get("group"), "ties": more.get("ties"),
        "since": more.get("since"), "among": more.get("among"),
        "low": _bound(more.get("low"), one.unit),
        "high": _bound(more.get("high"), one.unit),
        "past_errors": more.get("past_errors"), "mean_error": more.get("mean_error"),
        "of": [(str(each.period), common.indicator_label(each.series), _input(each, figure),
                each.subject, figure) for each, figure in found.behind(one.of)],
    }  # fmt: skip


def _told(value: Decimal | bool, unit: str) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return common.amount(value, unit)


def _bound(value: object, unit: str) -> str:
    return common.amount(value, unit) if isinstance(value, Decimal) else ""


def _input(one: Input, figure: Figure | None) -> str:
    """Write a figure something was derived from; a growth is no amount."""
    if figure is None or figure.value != one.value:
        return number(one.value)
    return common.written(figure)


def _flag(one: Flag) -> dict[str, str]:
    return {
        "word": str(FLAGS.get(one.kind, one.kind)), "reason": say(one.reason),
        "period": str(one.period),
    }  # fmt: skip


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a figure: as given, its source, its definition, the batch and the other vintages."""
    found, today = common.figure_of(request, pk), common.entered(request)
    indicator = indicators().get(found.indicator)
    others = Figure.objects.filter(
        entity=found.entity_id, indicator=found.indicator, period=found.period
    ).select_related("end")
    version = None
    if indicator is not None:
        versions = {each.id: each for each in indicator.all_versions()}
        version = versions.get(found.definition) or version_for(indicator, parsed(found.period))
    context = common.framed(request, today) | {
        "figure": found, "label": common.indicator_label(found.indicator), "version": version,
        "indicator": indicator, "value": common.written(found), "basis": line_basis(found),
        "growth": common.growth_of(found), "known_on": known_on(found),
        "vintages": [(each, common.written(each), known_on(each)) for each in others],
        "exact": number(found.value), "withdrawn": getattr(found, "end", None),
    }  # fmt: skip
    return render(request, "indicators/figure.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a figure with the reason."""
    found, who = common.figure_of(request, pk), hand(request)
    require(may_approve(request.user, who.today))
    form = WhyFigureForm(posted(request))

    def do() -> str:
        withdraw_figure(**who.of("now"), figure=found, **form.cleaned_data)
        return reverse("figure_one", args=[found.pk])

    crumbs = common.above(Crumb(reverse("figure_one", args=[found.pk]), found.period))
    sub = _("It stays readable as withdrawn; a corrected figure comes as a batch of its own.")
    words = common.page(_("Withdraw the figure"), _("Withdraw"), crumbs, sub)
    return answer(request, words, form, do)
