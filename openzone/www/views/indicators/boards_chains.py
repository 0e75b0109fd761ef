"""Output of chains: actual, forecast, target, share of the nation, concentration."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openzone.engines.drawing.courses import Bar, bars
from openzone.engines.drawing.svg import Entry
from openzone.engines.series import written
from openzone.engines.series.model import Input, Observation
from openzone.engines.series.periods import Period, period_said
from openzone.engines.text import Text
from openzone.www import chain_pictures, excel
from openzone.www.access import require
from openzone.www.chain_pictures.picture import Cell, Column, Item, Picture, Twin
from openzone.www.formats import say
from openzone.www.forms.boards import BoardForm
from openzone.www.views.exports import send
from openzone.www.views.indicators import boards_common as common
from openzone.www.views.indicators.boards import line_of
from openzone.www.views.indicators.boards_peers import source_of
from openzone.www.views.indicators.boards_targets import forecast_cell
from openzone.zone.indicators.board_enums import TargetWay
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.permissions import may_take_board
from openzone.zone.indicators.selectors.boards_book import Book, aims, long_aims, read
from openzone.zone.indicators.selectors.boards_chains import (
    ChainRow,
    Concentration,
    chain_rows,
    concentration_of,
)
from openzone.zone.indicators.selectors.boards_packs import boards_pack
from openzone.zone.indicators.selectors.boards_peers import of_kinds

UNIT = Text("亿元", "100 million yuan")
YI = Decimal(10) ** 8


def rows_of(ask: common.Asked) -> tuple[Book, list[ChainRow]]:
    """Return the chains with their output."""
    entities = of_kinds(ask.on, EntityKind.CHAIN, EntityKind.NATION)
    pack = boards_pack().chains
    book = read(entities, [*pack.outputs, pack.share], ask.on, ask.known)
    year = ask.on.year
    long = [aim for _row, aim in long_aims(book, ask.on)]
    return book, chain_rows(book, year, aims(book, year), long)


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the output of every chain; a POST takes the picture away."""
    ask = common.asked(request)
    book, rows = rows_of(ask)
    chosen = next((one for one in rows if one.entity.chain == request.GET.get("chain")), None)
    pictures = [_picture(ask, rows)] if rows else []
    if request.method == "POST":
        require(may_take_board(request.user, ask.today))
        if (file := chain_pictures.exported(request, *pictures)) is not None:
            return file
    context = common.framed(request, ask, "figure_board_chains") | {
        "form": BoardForm(ask.zones, request.GET), "pictures": pictures,
        "rows": [told(ask, book, one) for one in rows], "chosen": chosen,
        "concentration": _concentration(ask, chosen), "marks": boards_pack().chains,
        "export": ask.address("figure_board_chains_export"),
    }  # fmt: skip
    return render(request, "figure_boards/chains.html", context)


def told(ask: common.Asked, book: Book, one: ChainRow) -> dict[str, Any]:
    """Return a chain as the table shows it."""
    row, unit = one.row, one.row.indicator.unit
    shares = sorted(one.shares.items())
    line = line_of(ask, book, row)
    if row.standing.cumulative is None:
        line |= {"value": common.NOTHING, "growth": common.NOTHING}
    return line | {
        "entity": one.entity, "whole": common.figure_cell(ask, book, row, one.whole),
        "whole_growth": common.growth_cell(ask, book, row, one.whole),
        "forecast": forecast_cell(ask, row),
        "aim": say(written.amount(one.aim.amount, unit)) if one.aim else "",
        "aim_href": reverse("figure_board_target", args=[one.aim.own.pk])
        if one.aim and one.aim.own else "",
        "aim_year": one.aim.last_year if one.aim else "",
        "path": one.path, "needed": _needed(one, unit),
        "mark": say(written.amount(one.mark, unit)) if one.mark else "",
        "to_mark": _to_mark(one, unit),
        "shares": [(say(period_said(period)), f"{written.plain(Decimal(found.value), 2)}%",
                    [_input(part, unit) for part in found.of]) for period, found in shares],
        "stated": [_stated(period, found) for period, found in sorted(one.stated.items())],
        "share_formula": say(shares[-1][1].formula) if shares else "",
        "risen": _risen(one),
        "firms": ask.address("figure_board_chains", chain=one.entity.chain),
    }  # fmt: skip


def _input(one: Input, unit: str) -> common.Cell:
    """Return a figure that a share follows from."""
    href = reverse("figure_one", args=[one.row]) if one.row else ""
    return common.Cell(say(written.amount(one.value, unit)), href)


def _stated(period: Period, found: Observation) -> tuple[str, common.Cell]:
    """Return a share as it was published, leading to its source."""
    text = say(written.amount(found.value, "%")) if found.value is not None else "—"
    href = reverse("figure_one", args=[found.row])
    return say(period_said(period)), common.Cell(text, href, found.basis)


def _needed(one: ChainRow, unit: str) -> str:
    if one.path is None or one.aim is None or one.path.per_year is None:
        return ""
    if one.aim.way == TargetWay.REACH:
        return f"{written.plain(one.path.per_year, 2)}%"
    return say(written.amount(one.path.per_year, unit, places=2))


def _to_mark(one: ChainRow, unit: str) -> str:
    if one.mark is None or one.whole is None or one.whole.value is None:
        return ""
    return say(written.amount(one.mark - one.whole.value, unit, places=2))


def _risen(one: ChainRow) -> str:
    found = one.risen
    if found is None:
        return ""
    ends = {name: written.plain(Decimal(str(found.more[name])), 2) for name in ("from", "to")}
    said = {**ends, "points": written.plain(Decimal(found.value), 2)}  # fmt: skip
    return _("from %(from)s%% to %(to)s%%, %(points)s points") % said


def _concentration(ask: common.Asked, chosen: ChainRow | None) -> dict[str, Any] | None:
    if chosen is None:
        return None
    found: Concentration = concentration_of(
        chosen.entity.chain, chosen.row.indicator.id, ask.on, ask.known
    )
    return {
        "found": found, "period": say(period_said(found.period)) if found.period else "",
        "lines": [
            (_("Herfindahl index") if one.kind == "hhi"
             else _("Largest %(n)s firms") % {"n": one.kind.removeprefix("cr")},
             f"{written.plain(Decimal(one.value), 4)}{one.unit}", say(one.formula))
            for one in found.found
        ],
    }  # fmt: skip


def _picture(ask: common.Asked, rows: list[ChainRow]) -> Picture:
    drawn, table = [], []
    for at, one in enumerate(rows):
        value = one.whole.value if one.whole else None
        said = written.amount(value, one.row.indicator.unit) if value is not None else None
        label = Text(one.entity.name, one.entity.name)
        drawn.append(Bar(at, label, float(value / YI) if value is not None else None,
                         said or Text("无全年数", "no figure of a whole year")))  # fmt: skip
        year = str(one.whole.period.year) if one.whole else ""
        table.append([
            Cell(items=[Item(one.entity.name, f"/figures/entities/{one.entity.pk}/")]),
            Cell(say(said) if said else "", exact=value), Cell(year),
            Cell(one.whole.source if one.whole else ""),
        ])  # fmt: skip
    columns = [Column(_("Chain")), Column(_("Output"), hint=True, numeric=True),
               Column(_("Year"), hint=True), Column(_("Source"), hint=True)]  # fmt: skip
    return Picture(
        key="chains", title=_("Output of chains, last whole year"),
        words=_("bars; the table below says the same"), scene=bars(drawn, UNIT),
        twin=Twin(columns, table), source=source_of(ask), legend=[Entry("tone0", _("Output"))],
        folded=True,
    )  # fmt: skip


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the output of chains."""
    ask = common.asked(request)
    require(may_take_board(request.user, ask.today))
    book, rows = rows_of(ask)
    lines = [told(ask, book, one) for one in rows]
    table = excel.Table(
        [_("Chain"), _("Indicator"), _("Last whole year"), _("Period and status"),
         _("Growth as published (%)"), _("Year to date"), _("Growth, year to date"),
         _("Forecast of the year"), _("Interval of the forecast"), _("Target of several years"),
         _("Target year"), _("Share of the nation")],
        [
            (
                one["entity"].name, one["label"], one["whole"].value, one["whole"].note or None,
                one["whole_growth"].value, one["value"].value, one["growth"].value,
                one["forecast"].value, one["forecast"].note or None, one["aim"] or None,
                one["aim_year"] or None,
                "；".join(f"{period} {share}" for period, share, _parts in one["shares"]) or None,
            )
            for one in lines
        ],
        [_("Chain output"), *ask.notes], excel.in_example_zone(),
    )  # fmt: skip
    return send(request, table, what="figure_chains", name=_("Chain output"), filters=ask.tail)
