"""What the reports of a round come to, by zone and by division, and who is in each sum."""

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.views.exports import send
from openzone.www.views.reporting import common, energy, scopes
from openzone.zone.indicators.enums import AttributionKey
from openzone.zone.indicators.models import ReportRound
from openzone.zone.indicators.permissions import may_see_firms
from openzone.zone.indicators.report_packs import form_of, rules
from openzone.zone.indicators.report_permissions import may_list_members
from openzone.zone.indicators.selectors.reports import in_unit
from openzone.zone.indicators.selectors.rollups import (
    Line,
    Place,
    RollCell,
    Table,
    members_of,
    table,
)
from openzone.zone.registry.permissions import may_export


def _key(request: HttpRequest) -> str:
    given = request.GET if request.method == "GET" else request.POST
    key = given.get("key", "") or AttributionKey.ECONOMIC.value
    if key not in AttributionKey.values:
        raise Http404
    return key


def _table(request: HttpRequest, found: ReportRound, key: str) -> Table:
    today = common.entered(request)
    return table(found, key, sees_firms=may_see_firms(request.user, today).allowed)


@require_GET
def sums(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the zone, its parks or divisions, and what is in none."""
    found, key = common.round_of(request, pk), _key(request)
    made = _table(request, found, key)
    today = common.entered(request)
    context = common.framed(request, today, "rollup") | {
        "round": found, "name": common.named(found), "table": made, "key": key,
        "keys": [(one.value, one.label) for one in AttributionKey],
        "by_parks": form_of(found.form).who == "park",
        "places": [(one, place_name(one)) for one in made.places],
        "lines": [(one, [(cell, shown(cell, one)) for cell in one.cells]) for one in made.lines],
        "least": rules().least_firms, "rules": rules(),
        "names": may_list_members(request.user, today).allowed,
        "scope": scopes.said(found), "energy": energy.offered(request, found),
        "excused": [made.names[name] for name in made.excused],
    }  # fmt: skip
    return render(request, "reporting/sums.html", context)


@require_GET
def members(request: HttpRequest, pk: int, field: str, place: str) -> HttpResponse:
    """Show who is in a sum, who is missing; the figure of each only to whoever may read it."""
    found, key = common.round_of(request, pk), _key(request)
    today = common.entered(request)
    require(may_list_members(request.user, today))
    made = _table(request, found, key)
    line = next((one for one in made.lines if one.field.id == field), None)
    cell = next((one for one in (line.cells if line else ()) if one.place.slug == place), None)
    if line is None or cell is None:
        raise Http404
    rows = members_of(found, made, line, cell)
    context = common.framed(request, today, "rollup") | {
        "round": found, "name": common.named(found), "line": line, "cell": cell, "key": key,
        "place": place_name(cell.place), "shown": shown(cell, line), "table": made,
        "rows": [(one, _scaled(one.value, line), _scaled(one.counted, line)) for one in rows],
    }  # fmt: skip
    return render(request, "reporting/members.html", context)


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the sums as they are shown."""
    found, key = common.round_of(request, pk), _key(request)
    require(may_export(request.user, common.entered(request)))
    made = _table(request, found, key)
    sheet = excel.Table(
        [_("Indicator"), _("Unit"), *(place_name(one) for one in made.places),
         _("Have reported"), _("Should report")],
        [_cells(one) for one in made.lines],
        [common.named(found), str(AttributionKey(key).label),
         _("Sums of fewer than %(n)s firms are not shown") % {"n": rules().least_firms}],
        found.synthetic,
    )  # fmt: skip
    return send(request, sheet, what="report_sums", name=common.named(found), filters={"key": key})


def _cells(line: Line) -> tuple[excel.Cell, ...]:
    whole = line.cells[0].sum
    return (
        say(line.field.label.text), line.field.unit,
        *(shown(cell, line) if cell.known else _hidden(cell) for cell in line.cells),
        len(whole.of), whole.members,
    )  # fmt: skip


def _hidden(cell: RollCell) -> str:
    return _("not shown") if cell.hidden else "—"


def place_name(place: Place) -> str:
    """Return what a column is called."""
    if place.id == "whole":
        return _("Zone as a whole")
    return place.name or _("In none of them")


def shown(cell: RollCell, line: Line) -> Decimal | None:
    """Return the sum in the unit of the field; None where there is none to show."""
    return _scaled(cell.sum.total, line) if cell.known else None


def _scaled(value: Decimal | None, line: Line) -> Decimal | None:
    if value is None:
        return None
    return in_unit(round(value, 6), line.field)
