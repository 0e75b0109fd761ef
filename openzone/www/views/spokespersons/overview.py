"""How fast and how well the units answer."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.forms.consultations import CENTRE, STATES, PeriodFilter
from openzone.www.views.exports import send
from openzone.zone.registry.permissions import may_export
from openzone.zone.spokespersons.packs import pack
from openzone.zone.spokespersons.permissions import may_use_desk
from openzone.zone.spokespersons.selectors.overview import STATES as COUNTED
from openzone.zone.spokespersons.selectors.overview import Line, overview

SHOWN = [(state.value, STATES[state]) for state in COUNTED]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the counts of each unit; every number leads to its questions."""
    today = timezone.localdate()
    require(may_use_desk(request.user, today))
    form = PeriodFilter(request.GET if "first" in request.GET else _this_year(today))
    context = {
        "form": form,
        "shown": SHOWN,
        "lines": _lines(form),
        "centre": CENTRE,
        "scheme": pack().scheme,
        "may_export": may_export(request.user, today).allowed,
    }
    status = 200 if form.is_valid() else 400
    return render(request, "consultations/overview.html", context, status=status)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the table; the log notes it."""
    require(may_export(request.user, timezone.localdate()))
    given = request.POST if "first" in request.POST else _this_year(timezone.localdate())
    form = PeriodFilter(given)
    table = excel.Table(
        headings=[
            _("Unit"),
            *(str(label) for _name, label in SHOWN),
            _("Mean working hours to an answer"),
            _("Mean rating"),
        ],
        rows=[_cells(line) for line in _lines(form)],
        notes=[f"{given.get('first', '')} – {given.get('last', '')}"],
        synthetic=excel.in_example_zone(),
    )
    return send(request, table, what="consultations.overview", name=_("Answers by unit"))


def _lines(form: PeriodFilter) -> list[Line]:
    if not form.is_valid():
        return []
    return overview(form.cleaned_data["first"], form.cleaned_data["last"], timezone.now())


def _this_year(today: dt.date) -> dict[str, str]:
    return {"first": f"{today.year}-01-01", "last": today.isoformat()}


def _cells(line: Line) -> tuple[excel.Cell, ...]:
    return (
        str(line.unit) if line.unit else _("Service centre"),
        *line.counts.values(),
        f"{line.hours:.1f}" if line.hours is not None else None,
        f"{line.rating:.2f}" if line.rating is not None else None,
    )
