"""The list of series, and the figures behind it as files."""

import datetime as dt

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.forms.indicators import LinesFilter
from openzone.www.pages import SIZE
from openzone.www.views.exports import send
from openzone.www.views.indicators import common
from openzone.www.views.indicators.sheets import figure_table
from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.models import Figure
from openzone.zone.indicators.permissions import may_take, visible
from openzone.zone.indicators.selectors.listing import Asked, Line, lines, narrowed, pairs
from openzone.zone.indicators.selectors.sdmx import sdmx_csv
from openzone.zone.indicators.selectors.series import figures
from openzone.zone.registry.services.access import log_export

CSV = "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8"


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the series somebody may read, each with its last figure."""
    today = common.entered(request)
    form = LinesFilter(request.GET)
    valid = form.is_valid()
    asked = form.asked() if valid else Asked(entity="0")
    found = pairs(narrowed(asked, visible(request.user, today)))
    page = Paginator(found, SIZE).get_page(request.GET.get("page"))
    known = form.cleaned_data["known"] if valid else None
    context = common.framed(request, today) | {
        "form": form, "page": page, "known": known,
        "since": known.isoformat() if known else None,
        "lines": [_told(one) for one in lines(page, known)],
    }  # fmt: skip
    return render(request, "indicators/list.html", context, status=200 if valid else 400)


def _told(line: Line) -> dict[str, object]:
    return {
        "line": line, "label": common.indicator_label(line.indicator),
        "value": common.written(line.last), "growth": common.growth_of(line.last),
    }  # fmt: skip


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download every vintage of what is asked for; the file can be read in again."""
    found, today, filters = _asked(request)
    name = _("Figures")
    return send(request, figure_table(found, today), what="figures", name=name, filters=filters)


@require_POST
def sdmx(request: HttpRequest) -> HttpResponse:
    """Download the same as SDMX-CSV 2.0."""
    found, _today, filters = _asked(request)
    excel.ensure_exportable(len(found))
    log_export(actor=Actor.of(request.user), what="figures_sdmx", count=len(found), filters=filters)
    sample = any(one.synthetic for one in found)
    name = f"{excel.SAMPLE}_figures.csv" if sample else "figures.csv"
    response = HttpResponse(sdmx_csv(found), content_type=CSV)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _asked(request: HttpRequest) -> tuple[list[Figure], dt.date, dict[str, str]]:
    today = common.entered(request)
    require(may_take(request.user, today))
    form = LinesFilter(request.POST)
    if not form.is_valid():
        return [], today, {}
    chosen = narrowed(_of_one(request, form.asked()), visible(request.user, today))
    rows = figures().filter(pk__in=chosen.order_by().values("pk"), end__isnull=True)
    given = {name: str(request.POST[name]) for name in form.fields if request.POST.get(name)}
    return list(rows[: settings.EXPORT_LIMIT + 1]), today, given


def _of_one(request: HttpRequest, asked: Asked) -> Asked:
    entity = request.POST.get("entity", "")
    return asked._replace(entity=entity) if entity.isdecimal() and len(entity) < 18 else asked
