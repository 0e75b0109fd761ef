"""Seasons: the list, a new one, the daily page for leaders, the trend, closing, the workbook."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.resumption.model import Look
from openzone.www import excel
from openzone.www.access import require
from openzone.www.chain_pictures import exported
from openzone.www.formats import say
from openzone.www.formpage import answer, posted
from openzone.www.forms.resumption import CloseForm, DayForm, SeasonForm
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.www.resumption_pictures import trend_pictures
from openzone.www.views.exports import send
from openzone.www.views.resumption import common
from openzone.zone.errors import Refused
from openzone.zone.registry.permissions import may_export
from openzone.zone.resumption.models import Blocker, Season, WorkReport
from openzone.zone.resumption.packs import kind_label
from openzone.zone.resumption.permissions import may_keep
from openzone.zone.resumption.selectors.days import Day, changed, day_of, trend
from openzone.zone.resumption.services.reminding import remind
from openzone.zone.resumption.services.seasons import close_season, open_season

SHOWN = 20


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the seasons, the latest first."""
    today = common.looked(request)
    rows = page_of(request, Season.objects.all())
    context = common.framed(request, "resumption", today) | {
        "page": rows, "lines": [(one, say(kind_label(one.kind))) for one in rows],
    }  # fmt: skip
    return render(request, "resumption/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a season."""
    who = hand(request)
    require(may_keep(request.user, who.today))
    form = SeasonForm(posted(request))

    def do() -> str:
        made = open_season(**who.of("now", "user"), **form.cleaned_data)
        return reverse("resumption_season", args=[made.pk])

    sub = _("It keeps the definitions of today, whatever becomes of them later.")
    words = common.page(_("New season"), _("Open the season"), common.above(), sub)
    return answer(request, words, form, do)


@require_GET
def season(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a day: the four rates, classes, doubts, who did not report, what is in the way."""
    found, today = common.season_of(request, pk), timezone.localdate()
    form = DayForm(request.GET)
    if not form.is_valid():
        return render(request, "resumption/season.html",
                      common.framed(request, "resumption_season", today, found) | {"form": form},
                      status=400)  # fmt: skip
    day = day_of(found, common.asked_day(form, found, today))
    since = form.cleaned_data["since"] or found.first_on
    context = common.framed(request, "resumption_season", today, found) | {
        "form": form, "day": day, "families": _families(day), "changed": changed(day, since),
        "doubts": [(day.by_id[one.member], say(one.said)) for one in day.doubts[:SHOWN]],
        "silent": [day.by_id[one.member.id] for one in day.silent[:SHOWN]],
        "unplanned": [day.by_id[one.member.id] for one in day.unplanned],
        "blocked": _blocked(found), "shown": SHOWN,
    }  # fmt: skip
    return render(request, "resumption/season.html", context)


def _families(day: Day) -> list[tuple[str, list[object]]]:
    found = []
    for family in day.rules.families:
        rows: list[object] = [one for one in day.measures() if one[0].family == family.id]
        if rows:
            found.append((say(family.label.text), rows))
    return found


def _blocked(found: Season) -> tuple[int, int, int]:
    """Return blockers in the way, those of them without a request, and those that ended."""
    rows = list(Blocker.objects.filter(member__season=found).select_related("case"))
    there = [one for one in rows if one.is_open]
    return len(there), sum(one.case_id is None for one in there), len(rows) - len(there)


@require_http_methods(["GET", "POST"])
def over_time(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the rates day by day, as a picture and as a table."""
    found, today = common.season_of(request, pk), timezone.localdate()
    klass = str(request.GET.get("klass", ""))
    points = trend(found, today)
    klasses = sorted({one.klass for one in points})
    klass = klass if klass in klasses else ""
    pictures = trend_pictures(found, [one for one in points if one.klass == klass])
    if file := exported(request, *pictures):
        return file
    context = common.framed(request, "resumption_trend", today, found) | {
        "pictures": pictures, "klass": klass, "classes": common.named(klasses),
    }  # fmt: skip
    return render(request, "resumption/trend.html", context)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a season and freeze its figures."""
    found, who = common.season_of(request, pk), hand(request)
    require(may_keep(request.user, who.today))
    form = CloseForm(posted(request))

    def do() -> str:
        close_season(**who.of("now"), season=found, **form.cleaned_data)
        return reverse("resumption_season", args=[found.pk])

    sub = _("Its figures are frozen; nothing can be entered afterwards.")
    words = common.page(_("Close the season"), _("Close and freeze"), common.above(found), sub)
    return answer(request, words, form, do)


@require_POST
def nudge(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind who has not reported for today."""
    found, who = common.season_of(request, pk), hand(request)
    require(may_keep(request.user, who.today))
    try:
        told = remind(**who.of("now"), season=found, on=who.today)
        messages.success(request, _("Reminded: %(n)s. Who was reminded today is not again.")
                         % {"n": told})  # fmt: skip
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("resumption_season", found.pk)


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the reports of a day; the file can be filled in and read in again."""
    found, today = common.season_of(request, pk), timezone.localdate()
    require(may_export(request.user, today))
    day = day_of(found, common.asked_day(DayForm(request.POST), found, today))
    excel.ensure_exportable(len(day.looks))
    rows = WorkReport.objects.filter(member__season=found, on=day.on).order_by("pk")
    latest = {one.member_id: one for one in rows}
    sheet = excel.Table(
        [_("Enterprise or project"), _("Day"), _("State of work"), _("People at their posts"),
         _("People normally"), _("Capacity, per cent of normal"), _("Planned day of resumption"),
         _("Remark on it"), _("Class"), _("Who reported"), _("Electricity, share of the base day")],
        [_cells(day, one, latest.get(one.member.id)) for one in day.looks],
        [found.title, excel.as_of_note(day.on)],
        found.synthetic or excel.in_example_zone(),
    )  # fmt: skip
    return send(request, sheet, what="resumption", name=found.title,
                filters={"season": str(found.pk), "on": day.on.isoformat()})  # fmt: skip


def _cells(day: Day, seen: Look, row: WorkReport | None) -> tuple[excel.Cell, ...]:
    spans = [one.klass for one in seen.member.spans if one.covers(day.on)]
    name, classes = day.by_id[seen.member.id].name, "、".join(map(common.label_of, spans))
    said: tuple[excel.Cell, ...] = (None, None, None, None, None, None)
    if row is not None:
        said = (str(row.get_resumed_display()), row.staff, row.staff_normal, row.capacity,
                row.planned_on, row.remark or None)  # fmt: skip
    return (
        name, day.on, *said, classes, str(row.get_side_display()) if row else None, seen.power,
    )  # fmt: skip
