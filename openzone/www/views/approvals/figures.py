"""How long items took against what was promised, trips against the limit; the rows behind."""

from statistics import median
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.projects.permit_path import ClockKind
from openzone.engines.text import Text
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.approvals import PeriodForm, matter_names
from openzone.www.views.exports import send
from openzone.zone.approvals import permissions as may
from openzone.zone.approvals.selectors import statistics
from openzone.zone.approvals.selectors.statistics import Duration
from openzone.zone.registry.permissions import may_export

KINDS = {
    ClockKind.REVIEW: Text("预审", "pre-review"),
    ClockKind.FORMAL: Text("直接办理", "formal decision"),
    ClockKind.CONVERT: Text("预审转正式", "opinion made a permit"),
}
SHOWN = 200


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Show medians against promises item by item, and trips; every number leads to its rows."""
    today = timezone.localdate()
    require(may.may_list(request.user, today))
    start, end = statistics.year_to(today)
    given = request.GET if {"start", "end"} & set(request.GET) else {"start": start, "end": end}
    form = PeriodForm(given)
    valid = form.is_valid()
    if valid:
        start, end = form.cleaned_data["start"], form.cleaned_data["end"]
    rows = may.visible(request.user, today)
    found = statistics.durations(rows, start, end) if valid else []
    chosen = _chosen(request, found)
    trips = statistics.trip_figures(rows, start, end)
    landed = statistics.from_land(rows, start, end)
    context = {
        "form": form, "start": start, "end": end,
        "rows": [(one, KINDS[one.kind]) for one in statistics.by_item(found)],
        "chosen": [(one, KINDS[one.kind]) for one in chosen[:SHOWN]], "count": len(chosen),
        "trips": trips, "landed": landed,
        "landed_median": median(days for _track, days in landed) if landed else None,
        "over": [(track, dict(matter_names(track)).get(matter, matter), count)
                 for track, matter, count in trips.over],
        "may_export": may_export(request.user, today).allowed,
    }  # fmt: skip
    return render(request, "approvals/figures.html", context, status=200 if valid else 400)


def _chosen(request: HttpRequest, found: list[Duration]) -> list[Duration]:
    """Return the answers behind a number of the table."""
    item, kind = request.GET.get("item", ""), request.GET.get("kind", "")
    if not item:
        return []
    late = request.GET.get("late") == "1"
    return [
        one
        for one in found
        if one.item.code == item and kind in ("", one.kind.value) and (one.late or not late)
    ]


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download every answer of the period with how long it took."""
    today = timezone.localdate()
    require(may.may_list(request.user, today))
    require(may_export(request.user, today))
    form = PeriodForm(request.POST)
    start, end = statistics.year_to(today)
    if form.is_valid():
        start, end = form.cleaned_data["start"], form.cleaned_data["end"]
    found = statistics.durations(may.visible(request.user, today), start, end)
    sheet = excel.Table(
        [_("Number"), _("Project"), _("Item"), _("Unit"), _("Kind"), _("From"), _("To"),
         _("Working days taken"), _("Working days promised")],
        [_cells(one) for one in found],
        [_("Approvals in figures"), f"{start} – {end}"],
        any(one.track.project.synthetic for one in found) or excel.in_example_zone(),
    )  # fmt: skip
    return send(request, sheet, what="approval_figures", name=_("Approvals in figures"))


def _cells(one: Duration) -> list[Any]:
    return [
        one.track.number, one.track.project.name,
        say(Text(one.item.label_zh, one.item.label_en)), str(one.item.unit),
        say(KINDS[one.kind]), one.start.date(), one.end.date(), one.took, one.promised,
    ]  # fmt: skip
