"""Targets and gaps: completion, pace, forecast, over half; what if; targets of several years."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.series import written
from openzone.engines.series.model import percent
from openzone.engines.series.paths import Path
from openzone.engines.series.standing import supposed
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.boards import (
    BoardForm,
    FigureTargetForm,
    WhatIfForm,
    WithdrawTargetForm,
)
from openzone.www.hands import hand
from openzone.www.views.exports import send
from openzone.www.views.indicators import boards_common as common
from openzone.www.views.indicators.boards import line_of
from openzone.www.views.indicators.common import indicator_label
from openzone.zone.errors import Refused
from openzone.zone.indicators.board_permissions import may_see_boards, may_set_targets
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import FigureTarget
from openzone.zone.indicators.packs import indicators
from openzone.zone.indicators.permissions import may_take_board
from openzone.zone.indicators.reading import read_row
from openzone.zone.indicators.selectors.boards_book import Aim, Book, aims, long_aims, read
from openzone.zone.indicators.selectors.boards_chains import path_of
from openzone.zone.indicators.selectors.boards_lines import Row, over_half, row_of, worst_first
from openzone.zone.indicators.selectors.boards_packs import boards_pack
from openzone.zone.indicators.selectors.boards_peers import of_kinds
from openzone.zone.indicators.services.figure_targets import set_target, withdraw_target

KINDS = (EntityKind.ZONE, EntityKind.PARK, EntityKind.DIVISION, EntityKind.CHAIN)
HALF = Decimal("0.5")


def rows_with_targets(ask: common.Asked) -> tuple[Book, list[Row]]:
    """Return every line of the zone, its parks and chains that has a target this year."""
    book = read(of_kinds(ask.on, *KINDS), None, ask.on, ask.known)
    by_pk = {one.pk: one for one in book.entities}
    known = indicators()
    rows = [
        row_of(book, by_pk[entity], known[name], ask.on.year, aim)
        for (name, entity), aim in aims(book, ask.on.year).items()
        if name in known and entity in by_pk
    ]
    return book, worst_first(rows)


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show how far targets are, and what each month left has to bring."""
    ask = common.asked(request)
    book, rows = rows_with_targets(ask)
    form = BoardForm(ask.zones, request.GET)
    choices = [(key_of(one), name_of(one)) for one in rows if _open(one)]
    what = WhatIfForm(choices, request.GET)
    halves = over_half([one for one in rows if one.entity == ask.zone], book, ask.on.year)
    context = common.framed(request, ask, "figure_board_targets") | {
        "form": form, "what": what, "lines": [told(ask, book, one) for one in rows],
        "if": _what_if(ask, what, rows) if what.is_valid() else None,
        "halves": [(one, _percent(share), share is not None and share >= HALF,
                    common.series_address(one)) for one, share in halves],
        "half": _verdict([share for _row, share in halves]),
        "paths": [_path(ask, book, row, aim) for row, aim in long_aims(book, ask.on)],
        "light": boards_pack().light, "export": ask.address("figure_board_targets_export"),
    }  # fmt: skip
    context["supposed"] = context.pop("if")
    status = 200 if what.is_valid() else 400
    return render(request, "figure_boards/targets.html", context, status=status)


def key_of(row: Row) -> str:
    """Name a line in an address."""
    return f"{row.entity.pk}-{row.indicator.id}"


def name_of(row: Row) -> str:
    """Say whose line it is."""
    return f"{row.entity.name} · {say(row.indicator.label.text)}"


def _open(row: Row) -> bool:
    return "required_per_month" in row.standing.derived


def told(ask: common.Asked, book: Book, row: Row) -> dict[str, Any]:
    """Return a line of the gap board."""
    forecast = row.standing.forecast
    return line_of(ask, book, row) | {
        "name": name_of(row), "key": key_of(row),
        "pace": common.amount_cell(ask, row, "pace"),
        "needed": common.amount_cell(ask, row, "required_per_month"),
        "linear": common.derived_cell(ask, row, "gap", common.points()),
        "seasonal": common.derived_cell(ask, row, "seasonal_gap", common.points()),
        "forecast": forecast_cell(ask, row), "likely": forecast is not None
        and row.aim is not None and Decimal(str(forecast.more["low"])) >= row.aim.amount,
    }  # fmt: skip


def forecast_cell(ask: common.Asked, row: Row) -> common.Cell:
    """Return the forecast of the year with its interval, said to be one."""
    found = row.standing.forecast
    if found is None or isinstance(found.value, bool):
        return common.NOTHING
    unit = found.unit or row.indicator.unit
    low, high = (say(written.amount(Decimal(str(found.more[name])), unit, places=2))
                 for name in ("low", "high"))  # fmt: skip
    note = _("from %(low)s to %(high)s; forecast, no figure") % {"low": low, "high": high}
    text = say(written.amount(found.value, unit, places=2))
    return common.Cell(text, common.cell_address(ask, row, "forecast_year"), note, found.value)


def _what_if(ask: common.Asked, form: WhatIfForm, rows: list[Row]) -> dict[str, str] | None:
    """Say what the year comes to if every month left brings so much."""
    said = form.cleaned_data
    row = next((one for one in rows if key_of(one) == said.get("line")), None)
    one = row.standing.cumulative if row is not None else None
    if row is None or one is None or row.aim is None:
        return None
    pace = _pace(ask, form, row)
    if pace is None:
        return None
    found = supposed(one, pace)
    total = Decimal(found.value)
    return {
        "name": name_of(row), "pace": say(written.amount(pace, one.unit)),
        "total": say(written.amount(total, one.unit, places=2)),
        "share": f"{written.plain(percent(total / row.aim.amount), 2)}%",
        "reached": _("reached") if total >= row.aim.amount else _("not reached"),
        "formula": say(found.formula),
    }  # fmt: skip


def _pace(ask: common.Asked, form: WhatIfForm, row: Row) -> Decimal | None:
    """Return the month supposed, in the unit of the line; what is in another unit is refused."""
    given = {"series": row.indicator.id, "period": str(ask.on.year),
             "value": form.cleaned_data["pace"]}  # fmt: skip
    try:
        found = read_row(given, row.entity, ask.today).observation.value
    except Refused as refusal:
        form.add_error("pace", say(refusal.reason))
        return None
    if found is None:
        form.add_error("pace", _("Write a number with its unit, such as 12亿元."))
    return found


def _percent(share: Decimal | None) -> str | None:
    return None if share is None else f"{written.plain(percent(share), 2)}%"


def _verdict(shares: list[Decimal | None]) -> bool | None:
    if any(share is not None and share < HALF for share in shares):
        return False
    return None if None in shares or len(shares) < 2 else True


def _path(ask: common.Asked, book: Book, row: FigureTarget, aim: Aim) -> dict[str, Any]:
    found = path_of(book.track(row.indicator, row.entity), aim)
    unit = indicators()[row.indicator].unit if row.indicator in indicators() else ""
    rate = aim.way == "reach"
    needed = None
    if found.per_year is not None:
        amount = say(written.amount(found.per_year, unit, places=2))
        needed = f"{written.plain(found.per_year, 2)}%" if rate else amount
    return {
        "target": row, "label": f"{row.entity.name} · {indicator_label(row.indicator)}",
        "way": row.get_way_display(), "years": f"{row.first_year}–{row.last_year}",
        "amount": say(written.amount(aim.amount, unit)), "path": found, "needed": needed,
        "value": None if found.value is None else say(written.amount(found.value, unit)),
        "points": [(year, say(written.amount(value, unit, places=2)))
                   for year, value in found.points.items()],
        "formula": say(found.formula), "rate": rate,
        "href": reverse("figure_board_target", args=[row.pk]), "base": base_of(found),
    }  # fmt: skip


def base_of(path: Path) -> list[tuple[int, str]]:
    """Return the years whose figures a path begins with, each with where it leads."""
    return [(one.period.year, reverse("figure_one", args=[one.row])) for one in path.of if one.row]


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the gap board."""
    ask = common.asked(request)
    require(may_take_board(request.user, ask.today))
    book, rows = rows_with_targets(ask)
    lines = [told(ask, book, one) for one in rows]
    table = excel.Table(
        [_("Subject"), _("Indicator"), _("State"), _("Year to date"), _("Target"),
         _("Document"), _("Completion (%)"), _("Ahead of time by (points)"),
         _("Ahead of the usual season by (points)"), _("Average month so far"),
         _("Needed each month left"), _("Forecast of the year"), _("Interval of the forecast")],
        [
            (
                one["row"].entity.name, one["label"], str(one["light"].word), one["value"].value,
                one["target"].value, one["target"].note, one["completion"].value,
                one["linear"].value, one["seasonal"].value, one["pace"].value,
                one["needed"].value, one["forecast"].value, one["forecast"].note or None,
            )
            for one in lines
        ],
        [_("Targets and gaps"), *ask.notes], excel.in_example_zone(),
    )  # fmt: skip
    return send(request, table, what="figure_targets", name=_("Targets and gaps"),
                filters=ask.tail)  # fmt: skip


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Set a target, or another one in place of it."""
    who = hand(request)
    require(may_see_boards(request.user, who.today))
    require(may_set_targets(request.user, who.today))
    year, entity = who.today.year, common.pk_of(request, "entity")
    first = {"first_year": year, "last_year": year, "entity": entity,
             "indicator": request.GET.get("indicator")}  # fmt: skip
    form = FigureTargetForm(posted(request), initial=first)

    def do() -> str:
        set_target(**who.of("user", "now"), **form.cleaned_data)
        return reverse("figure_board_targets")

    sub = _("A target of one year, or of several: reached by the last, or all years together.")
    page = FormPage(_("Set a target"), _("Set"), _("It is recorded."), _above(), sub)
    return answer(request, page, form, do)


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a target with every row of its line."""
    ask = common.asked(request)
    found = get_object_or_404(FigureTarget.objects.select_related("entity", "set_by"), pk=pk)
    line = FigureTarget.objects.filter(
        indicator=found.indicator, entity=found.entity, first_year=found.first_year,
        last_year=found.last_year, way=found.way,
    ).select_related("set_by").order_by("-pk")  # fmt: skip
    context = common.framed(request, ask, "figure_board_targets") | {
        "target": found, "label": indicator_label(found.indicator), "line": line,
        "stands": not found.withdrawn and not hasattr(found, "replaced_by"),
    }  # fmt: skip
    return render(request, "figure_boards/target.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a target back."""
    who = hand(request)
    require(may_see_boards(request.user, who.today))
    require(may_set_targets(request.user, who.today))
    found = get_object_or_404(FigureTarget, pk=pk)
    form = WithdrawTargetForm(posted(request))

    def do() -> str:
        withdraw_target(**who.of("user", "now"), target=found, **form.cleaned_data)
        return reverse("figure_board_targets")

    sub = f"{found.entity.name} · {indicator_label(found.indicator)} · {found.given}"
    page = FormPage(_("Withdraw the target"), _("Withdraw"), _("It is recorded."), _above(), sub)
    return answer(request, page, form, do)


def _above() -> tuple[Crumb, ...]:
    return (Crumb(reverse("figure_board_targets"), _("Targets and gaps")),)
