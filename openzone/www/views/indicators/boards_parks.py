"""Parks side by side: levels, growth, shares, per mu and per person."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.series import written
from openzone.engines.series.periods import Period, period_said, read_period
from openzone.packs.series import IndicatorPack
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.boards import BoardForm
from openzone.www.views.exports import send
from openzone.www.views.indicators import boards_common as common
from openzone.www.views.indicators.common import indicator_label
from openzone.www.words_boards import FROM
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import Entity
from openzone.zone.indicators.packs import indicators
from openzone.zone.indicators.permissions import may_take_board
from openzone.zone.indicators.selectors.boards_book import Book, read
from openzone.zone.indicators.selectors.boards_packs import boards_pack
from openzone.zone.indicators.selectors.boards_parks import (
    From,
    ParkFigure,
    ParkRow,
    PerRow,
    latest_period,
    park_rows,
    per_rows,
    periods,
)
from openzone.zone.indicators.selectors.boards_peers import of_kinds
from openzone.zone.indicators.selectors.meeting_slots import written_of

OFFERED = 12


def _read(
    request: HttpRequest, ask: common.Asked
) -> tuple[Book, list[Entity], Period, list[ParkRow], list[PerRow]]:
    parks = of_kinds(ask.on, EntityKind.PARK)
    parks = [one for one in parks if ask.zone is None or one.parent_id in (None, ask.zone.pk)]
    pack = boards_pack().parks
    names = {*pack.levels, *(one.of for one in pack.per), *(one.by for one in pack.per)}
    book = read([*parks, *([ask.zone] if ask.zone else [])], names, ask.on, ask.known)
    given = read_period(request.GET.get("period") or request.POST.get("period") or "")
    chosen = given if isinstance(given, Period) else latest_period(book, parks, ask.on)
    rows = park_rows(book, parks, ask.zone, chosen)
    return book, parks, chosen, rows, per_rows(book, parks, chosen)


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show parks side by side in one period."""
    ask = common.asked(request)
    book, parks, period, rows, per = _read(request, ask)
    context = common.framed(request, ask, "figure_board_parks") | {
        "form": BoardForm(ask.zones, request.GET), "parks": parks,
        "period": say(period_said(period)), "chosen": str(period),
        "periods": [(str(one), say(period_said(one)), one == period,
                     ask.address("figure_board_parks", period=str(one)))
                    for one in periods(book, parks)[:OFFERED]],
        "rows": [_row(book, one) for one in rows], "per": [_per(book, one) for one in per],
        "gaps": _gaps(parks, rows), "export": ask.address("figure_board_parks_export"),
    }  # fmt: skip
    return render(request, "figure_boards/parks.html", context)


def _row(book: Book, one: ParkRow) -> dict[str, Any]:
    cells = [
        {"cell": _cell(book, one.indicator, figure), "growth": _growth(figure),
         "share": "" if share is None else f"{written.plain(share, 2)}%",
         "added": {kind: written.plain(each, 2) for kind, each in added.items()}}
        for figure, share, added in zip(one.cells, one.shares, one.added, strict=True)
    ]  # fmt: skip
    whole = one.whole
    text = "—"
    if whole is not None and whole.value is not None:
        text = say(written_of(book, whole, one.indicator))
    href = reverse("figure_one", args=[whole.row]) if whole is not None else ""
    return {"label": indicator_label(one.indicator.id), "cells": cells,
            "whole": common.Cell(text, href)}  # fmt: skip


def _cell(book: Book, indicator: IndicatorPack, figure: ParkFigure) -> common.Cell:
    if figure.value is None:
        return common.Cell("—", _href(figure), str(FROM[figure.of]))
    if figure.figure is not None:
        text = say(written_of(book, figure.figure, indicator))
        return common.Cell(text, _href(figure), figure.figure.basis, figure.value)
    text = say(written.amount(figure.value, indicator.unit))
    return common.Cell(text, _href(figure), str(FROM[figure.of]), figure.value)


def _href(figure: ParkFigure) -> str:
    """Return where a figure leads: its own row, else the sums of the round it is a sum of."""
    if figure.figure is not None:
        return reverse("figure_one", args=[figure.figure.row])
    return reverse("report_sums", args=[figure.round.pk]) if figure.round is not None else ""


def _growth(figure: ParkFigure) -> common.Cell:
    if figure.growth is None:
        return common.Cell("")
    return common.Cell(f"{written.plain(figure.growth * 100, 2)}%", _href(figure))


def _per(book: Book, one: PerRow) -> dict[str, Any]:
    formula = f"{indicator_label(one.per.of)} ÷ {indicator_label(one.per.by)}"
    both = [indicators()[name] for name in (one.per.of, one.per.by)]
    best = max((value for value, _from in one.cells if value is not None), default=None)
    return {
        "label": say(one.per.label.text), "unit": say(one.per.unit.text), "formula": formula,
        "cells": [
            {"text": "—" if value is None else written.plain(value, 2),
             "note": "" if value is not None else str(FROM[of]),
             "share": _share(value, best), "value": value,
             "parts": [] if value is None else
             [_cell(book, *part) for part in zip(both, parts, strict=True)]}
            for (value, of), parts in zip(one.cells, one.parts, strict=True)
        ],
    }  # fmt: skip


def _share(value: Decimal | None, best: Decimal | None) -> str:
    return "" if value is None or not best or best <= 0 else f"{max(value / best, 0):.4f}"


def _gaps(parks: list[Entity], rows: list[ParkRow]) -> list[tuple[str, str, list[str]]]:
    """Name what is missing and what is suppressed, park by park."""
    found = []
    for at, park in enumerate(parks):
        for of in (From.MISSING, From.SUPPRESSED):
            names = [indicator_label(one.indicator.id) for one in rows if one.cells[at].of is of]
            if names:
                found.append((park.name, str(FROM[of]), names))
    return found


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the comparison: a row for every measure of every park."""
    ask = common.asked(request)
    require(may_take_board(request.user, ask.today))
    _book, parks, period, rows, per = _read(request, ask)
    cells: list[tuple[excel.Cell, ...]] = [
        (
            park.name, indicator_label(row.indicator.id), one.value, row.indicator.unit,
            None if one.growth is None else one.growth * 100, share,
            *(added.get(kind) for kind in ("pull", "contribution")),
            str(FROM[one.of]),
        )
        for row in rows
        for park, one, share, added in zip(parks, row.cells, row.shares, row.added, strict=True)
    ]  # fmt: skip
    cells += [
        (park.name, say(row.per.label.text), row.cells[at][0], say(row.per.unit.text), None, None,
         None, None, str(FROM[row.cells[at][1]]))
        for row in per
        for at, park in enumerate(parks)
    ]  # fmt: skip
    table = excel.Table(
        [_("Park"), _("Indicator"), _("Value"), _("Unit of value"), _("Growth as published (%)"),
         _("Share of the zone (%)"), _("Points added to the zone's growth"),
         _("Share of the zone's growth (%)"), _("Where the figure comes from")],
        cells, [_("Parks compared"), say(period_said(period)), *ask.notes],
        excel.in_example_zone(),
    )  # fmt: skip
    return send(request, table, what="figure_parks", name=_("Parks compared"), filters=ask.tail)
