"""Peers: the zone's places by every indicator, one indicator in full, its own path."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openzone.engines.drawing.courses import Bar, Course, Dot, bars, courses
from openzone.engines.drawing.svg import Entry
from openzone.engines.series import written
from openzone.engines.series.besides import Place
from openzone.engines.series.model import Observation
from openzone.engines.series.periods import Period, period_said, read_period
from openzone.engines.text import Text
from openzone.www import chain_pictures, excel
from openzone.www.access import require
from openzone.www.chain_pictures.picture import Cell, Column, Item, Picture, Twin
from openzone.www.formats import say
from openzone.www.forms.boards import BoardForm
from openzone.www.views.exports import send
from openzone.www.views.indicators import boards_common as common
from openzone.www.views.indicators.common import indicator_label
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.packs import indicators
from openzone.zone.indicators.permissions import may_take_board
from openzone.zone.indicators.selectors.boards_book import Book, read
from openzone.zone.indicators.selectors.boards_packs import boards_pack
from openzone.zone.indicators.selectors.boards_peers import (
    PeerLine,
    PeerRow,
    last_period,
    of_kinds,
    peer_lines,
    peer_path,
    peer_rows,
)
from openzone.zone.indicators.selectors.meeting import short
from openzone.zone.indicators.selectors.meeting_slots import written_of


def book_of(ask: common.Asked) -> Book:
    """Return the figures of the zone and its peers."""
    peers = of_kinds(ask.on, EntityKind.PEER)
    every = [ask.zone, *peers] if ask.zone else []
    return read(every, boards_pack().peers, ask.on, ask.known)


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show where the zone stands; a POST takes a picture away."""
    ask = common.asked(request)
    book = book_of(ask)
    rows = peer_rows(book, ask.zone, boards_pack().peers) if ask.zone else []
    chosen = _chosen(request, rows)
    lines, pictures, period = _full(ask, book, chosen, request)
    if request.method == "POST":
        require(may_take_board(request.user, ask.today))
        if (file := chain_pictures.exported(request, *pictures)) is not None:
            return file
    context = common.framed(request, ask, "figure_board_peers") | {
        "form": BoardForm(ask.zones, request.GET), "rows": [_row(ask, book, one) for one in rows],
        "chosen": chosen, "label": indicator_label(chosen.indicator.id) if chosen else "",
        "period": say(period_said(period)) if period else "", "lines": lines,
        "pictures": pictures, "peers": len(book.entities) - 1,
        "export": ask.address("figure_board_peers_export"),
    }  # fmt: skip
    return render(request, "figure_boards/peers.html", context)


def _chosen(request: HttpRequest, rows: list[PeerRow]) -> PeerRow | None:
    wanted = request.GET.get("indicator", "")
    if wanted and wanted not in indicators():
        raise Http404
    known = next((one for one in rows if one.indicator.id == wanted), None)
    return known or max(rows, key=_compared, default=None)


def _compared(one: PeerRow) -> int:
    """How many places have a figure: the page opens with what can be compared best."""
    return one.level.group if one.level else 0


def _full(
    ask: common.Asked, book: Book, chosen: PeerRow | None, request: HttpRequest
) -> tuple[list[dict[str, Any]], list[Picture], Period | None]:
    if chosen is None or ask.zone is None:
        return [], [], None
    given = read_period(request.GET.get("period", ""))
    period = given if isinstance(given, Period) else last_period(book, ask.zone, chosen.indicator)
    if period is None:
        return [], [], None
    lines = peer_lines(book, ask.zone, chosen.indicator, period)
    pictures = [_bars(ask, book, chosen, lines, period)]
    if len(path := peer_path(book, ask.zone, chosen.indicator)) > 1:
        pictures.append(_path(ask, path))
    return [_line(book, chosen, one) for one in lines], pictures, period


def _row(ask: common.Asked, book: Book, one: PeerRow) -> dict[str, Any]:
    figure = one.figure
    return {
        "label": indicator_label(one.indicator.id), "missing": one.missing,
        "href": ask.address("figure_board_peers", indicator=one.indicator.id),
        "period": say(period_said(one.period)) if one.period else "",
        "value": _cell(book, one, figure), "growth": _growth(book, figure),
        "level": placed(one.level), "by_growth": placed(one.growth),
        "published": _rank(book, figure),
        "said": [say(text) for text, _proof in one.said],
    }  # fmt: skip


def placed(found: Place | None) -> str:
    """Write a place with the size of its group, and how many share it."""
    if found is None or found.place is None:
        return "—"
    text = _place(found.place, found.group)
    return text + (_(", shared with %(n)s") % {"n": found.ties} if found.tied else "")


def _place(place: int, group: int | None) -> str:
    return f"{place}/{group}" if group else str(place)


def _line(book: Book, chosen: PeerRow, one: PeerLine) -> dict[str, Any]:
    figure = one.figure
    return {
        "entity": one.entity, "own": one.own, "level": placed(one.level),
        "growth_place": placed(one.growth), "value": _cell(book, chosen, figure),
        "growth": _growth(book, figure), "source": figure.source if figure else "",
        "rank": _rank(book, figure),
        "none": figure is None or (figure.value is None and figure.growth is None),
    }  # fmt: skip


def _cell(book: Book, one: PeerRow, figure: Observation | None) -> common.Cell:
    if figure is None or book.figure(figure) is None:
        return common.NOTHING
    text = say(written_of(book, figure, one.indicator)) if figure.value is not None else "—"
    return common.Cell(text, reverse("figure_one", args=[figure.row]), figure.basis, figure.value)


def _growth(book: Book, figure: Observation | None) -> common.Cell:
    if figure is None or figure.growth is None:
        return common.NOTHING
    return common.Cell(f"{written.plain(figure.growth * 100, 2)}%", _source(book, figure))


def _rank(book: Book, figure: Observation | None) -> common.Cell:
    if figure is None or figure.rank is None:
        return common.NOTHING
    return common.Cell(_place(figure.rank, figure.group), _source(book, figure), figure.among)


def _bars(
    ask: common.Asked, book: Book, chosen: PeerRow, lines: list[PeerLine], period: Period
) -> Picture:
    title = f"{indicator_label(chosen.indicator.id)} · {say(period_said(period))}"
    drawn = [
        Bar(row, Text(one.entity.name, one.entity.name),
            float(one.figure.value) if one.figure and one.figure.value is not None else None,
            _written(book, chosen, one), "strong" if one.own else "tone0")
        for row, one in enumerate(lines)
    ]  # fmt: skip
    columns = [Column(_("Place compared")), Column(_("Value"), hint=True, numeric=True),
               Column(_("Growth as published"), numeric=True), Column(_("Source"))]  # fmt: skip
    rows = [
        [Cell(items=[Item(one.entity.name, _source(book, one.figure))]),
         Cell(say(_written(book, chosen, one)), exact=one.figure.value if one.figure else None),
         Cell(_growth(book, one.figure).text), Cell(one.figure.source if one.figure else "")]
        for one in lines
    ]  # fmt: skip
    unit = chosen.indicator.unit
    return Picture(
        key="peers", title=title, words=_("bars; the table below says the same"),
        scene=bars(drawn, Text(unit, unit)), twin=Twin(columns, rows), source=source_of(ask),
        legend=[Entry("strong", ask.zone.name if ask.zone else "")], folded=True,
    )  # fmt: skip


def _source(book: Book, figure: Observation | None) -> str:
    """Return where what was published leads."""
    if figure is None or book.figure(figure) is None:
        return ""
    return reverse("figure_one", args=[figure.row])


def _written(book: Book, chosen: PeerRow, one: PeerLine) -> Text:
    if one.figure is None or one.figure.value is None:
        return Text("无数据", "no figure")
    return written_of(book, one.figure, chosen.indicator)


def _path(ask: common.Asked, found: list[tuple[Period, PeerLine]]) -> Picture:
    """Draw the zone's own places: the first is at the top."""
    axis = [Text(short(period), short(period)) for period, _line in found]
    counted = _course(found, Text("按公布数排位", "counted here"), published=False)
    stated = _course(found, Text("公布位次", "as published"), published=True)
    lines = [one for one in (counted, stated) if one.dots]
    rows = [
        [Cell(say(period_said(period))), Cell(placed(one.level)), Cell(placed(one.growth)),
         Cell(_place(one.figure.rank, one.figure.group) if one.figure and one.figure.rank else "")]
        for period, one in found
    ]  # fmt: skip
    columns = [Column(_("Period")), Column(_("By level"), hint=True),
               Column(_("By growth"), hint=True), Column(_("As published"), hint=True)]  # fmt: skip
    return Picture(
        key="path", title=_("Own places over time"),
        words=_("lines; the table below says the same"),
        scene=courses(lines, axis, Text("位次", "place"), ranks=True),
        twin=Twin(columns, rows), source=source_of(ask),
        legend=[Entry(f"course{n}", say(one.name), line=True) for n, one in enumerate(lines)],
        remarks=[_("The first place is at the top.")], folded=True,
    )  # fmt: skip


def _course(found: list[tuple[Period, PeerLine]], name: Text, *, published: bool) -> Course:
    dots = []
    for at, (period, one) in enumerate(found):
        stated = one.figure.rank if one.figure else None
        rank = stated if published else one.level.place
        if rank is not None:
            when = period_said(period)
            said = Text(f"{when.zh} 第{rank}位", f"{when.en}: place {rank}")
            dots.append(Dot(at, at, float(rank), said))
    return Course(name, dots)


def source_of(ask: common.Asked) -> chain_pictures.Source:
    """Return the day a picture speaks of and where its figures come from."""
    synthetic = excel.in_example_zone()
    return chain_pictures.Source(ask.on, _("figures on record, each with its source"), synthetic)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the peers of every indicator, each figure with its source."""
    ask = common.asked(request)
    require(may_take_board(request.user, ask.today))
    book = book_of(ask)
    rows = peer_rows(book, ask.zone, boards_pack().peers) if ask.zone else []
    cells = [
        (
            indicator_label(one.indicator.id), str(one.period), line.entity.name,
            line.figure.value if line.figure else None,
            line.figure.unit if line.figure else None,
            line.figure.growth * 100 if line.figure and line.figure.growth is not None else None,
            line.level.place, line.growth.place, line.level.group,
            line.figure.rank if line.figure else None, line.figure.group if line.figure else None,
            (line.figure.among or None) if line.figure else None,
            line.figure.source if line.figure else None,
        )
        for one in rows if one.period is not None and ask.zone is not None
        for line in peer_lines(book, ask.zone, one.indicator, one.period)
    ]  # fmt: skip
    table = excel.Table(
        [_("Indicator"), _("Period"), _("Subject"), _("Value"), _("Unit of value"),
         _("Growth as published (%)"), _("Place by level"), _("Place by growth"),
         _("Size of the group"), _("Published rank"), _("Out of"), _("Ranked among"),
         _("Source")],
        cells, [_("Peers"), *ask.notes], excel.in_example_zone(),
    )  # fmt: skip
    return send(request, table, what="figure_peers", name=_("Peers"), filters=ask.tail)
