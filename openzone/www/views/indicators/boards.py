"""Today's board: where every headline figure stands, the worst first; what is new, what is late."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.series.periods import Period, period_said
from openzone.engines.series.standing import Light
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.boards import BoardForm
from openzone.www.views.exports import send
from openzone.www.views.indicators import boards_common as common
from openzone.www.views.indicators.common import growth_of, indicator_label, written
from openzone.www.words_boards import LIGHTS
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.permissions import may_take_board
from openzone.zone.indicators.selectors.boards_book import Book, aims, read
from openzone.zone.indicators.selectors.boards_lines import (
    Row,
    new_since,
    rows_of,
    worst_first,
)
from openzone.zone.indicators.selectors.boards_packs import boards_pack
from openzone.zone.indicators.selectors.boards_peers import of_kinds

YESTERDAY = dt.timedelta(days=1)
OPEN = (
    EntityKind.ZONE, EntityKind.PARK, EntityKind.DIVISION, EntityKind.CHAIN, EntityKind.PEER,
    EntityKind.NATION,
)  # fmt: skip


def board_of(ask: common.Asked) -> tuple[Book, list[Row]]:
    """Return the headline lines of a zone, the worst first."""
    names = list(boards_pack().headline)
    book = read([ask.zone] if ask.zone else [], names, ask.on, ask.known)
    if ask.zone is None:
        return book, []
    rows = rows_of(book, ask.zone, names, ask.on.year, aims(book, ask.on.year))
    return book, worst_first([one for one in rows if not one.empty or one.aim is not None])


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the board of a day."""
    ask = common.asked(request)
    book, rows = board_of(ask)
    light = _light(request.GET)
    form = BoardForm(ask.zones, request.GET)
    until = ask.known or ask.on
    fresh = new_since(until - YESTERDAY, of_kinds(ask.on, *OPEN), until)
    context = common.framed(request, ask, "figure_board") | {
        "form": form,
        "lines": [line_of(ask, book, one) for one in rows if _shines(one, light)],
        "counts": [(LIGHTS[one], n, ask.address("figure_board", light=one.value), one is light)
                   for one, n in common.worst(rows).items()],
        "only": LIGHTS[light] if light else None, "chosen_light": light,
        "every": ask.address("figure_board"),
        "late": [(one, common.late_said(one), common.series_address(one))
                 for one in rows if one.late is not None],
        "silent": _silent(ask, rows),
        "fresh": [_fresh(one) for one in fresh],
        "light": boards_pack().light,
        "export": ask.address("figure_board_export"),
    }  # fmt: skip
    return render(request, "figure_boards/today.html", context)


def _light(given: QueryDict) -> Light | None:
    """Return the one light asked for."""
    wanted = given.get("light")
    return next((one for one in Light if one.value == wanted), None)


def _shines(row: Row, light: Light | None) -> bool:
    return light is None or row.standing.light is light


def line_of(ask: common.Asked, book: Book, row: Row) -> dict[str, Any]:
    """Return a line as the table shows it."""
    stands = row.standing
    seasonal = "seasonal_gap" in stands.derived
    level = common.is_level(row)
    main = stands.latest if level else stands.cumulative or stands.latest
    return {
        "row": row, "label": say(row.indicator.label.text),
        "series": common.series_address(row), "light": common.light_of(stands),
        "month": common.figure_cell(ask, book, row, None if level else stands.month),
        "month_growth": common.growth_cell(ask, book, row, None if level else stands.month),
        "value": common.figure_cell(ask, book, row, main),
        "growth": common.growth_cell(ask, book, row, main),
        "target": common.target_cell(row),
        "completion": common.derived_cell(ask, row, "completion"),
        "share": _share(row), "time": common.derived_cell(ask, row, "time_progress"),
        "season": common.derived_cell(ask, row, "seasonal_progress"),
        "gap": common.derived_cell(
            ask, row, "seasonal_gap" if seasonal else "gap", common.points()
        ),
        "spark": common.spark_svg(row), "said": [say(text) for text, _proof in row.said],
        "late": common.late_said(row), "bases": [one for one in row.bases if one],
    }  # fmt: skip


def _share(row: Row) -> str:
    found = row.standing.derived.get("completion")
    return "" if found is None else f"{min(max(float(found.value), 0), 100) / 100:.4f}"


def _silent(ask: common.Asked, rows: list[Row]) -> list[str]:
    """Return headline indicators nobody ever reported a figure of."""
    there = {one.indicator.id for one in rows if not one.empty}
    return [] if ask.zone is None else [
        indicator_label(name) for name in boards_pack().headline if name not in there
    ]  # fmt: skip


def _fresh(figure: Any) -> dict[str, Any]:
    return {
        "label": f"{figure.entity.name} · {indicator_label(figure.indicator)}",
        "period": _period(figure.period), "value": written(figure), "growth": growth_of(figure),
        "href": reverse("figure_one", args=[figure.pk]),
    }  # fmt: skip


def _period(text: str) -> str:
    from openzone.zone.indicators.periods import parsed

    period: Period = parsed(text)
    return say(period_said(period))


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the board."""
    ask = common.asked(request)
    require(may_take_board(request.user, ask.today))
    book, rows = board_of(ask)
    light = _light(request.POST)
    lines = [line_of(ask, book, one) for one in rows if _shines(one, light)]
    table = excel.Table(
        [_("Indicator"), _("State"), _("Month alone"), _("Growth of the month"), _("Year to date"),
         _("Period and status"), _("Growth, year to date"), _("Real or nominal"), _("Target"),
         _("Completion (%)"), _("Time progress (%)"), _("Usual progress by then (%)"),
         _("Ahead of time by (points)"), _("Remarks")],
        [_cells(one) for one in lines],
        [_("Board of figures"), *ask.notes],
        excel.in_example_zone() or any(one["row"].entity.synthetic for one in lines),
    )  # fmt: skip
    filters = ask.tail | ({"light": light.value} if light else {})
    return send(request, table, what="figure_board", name=_("Board of figures"), filters=filters)


def _cells(one: dict[str, Any]) -> tuple[excel.Cell, ...]:
    remarks = [*one["said"], one["late"]]
    return (
        one["label"], str(one["light"].word), one["month"].value, one["month_growth"].value,
        one["value"].value, one["value"].note or None, one["growth"].value,
        one["growth"].note or None, one["target"].value, one["completion"].value,
        one["time"].value, one["season"].value, one["gap"].value,
        "；".join(filter(None, remarks)) or None,
    )  # fmt: skip
