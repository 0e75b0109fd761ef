"""The working calendar of a year: which days count for deadlines, and by which document."""

import datetime as dt
from calendar import Calendar
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.days import Day
from openzone.engines.worktime.layers import Layer
from openzone.packs.calendars import own_files, zone_calendar
from openzone.packs.loading import zone_folder

MONTHS = range(1, 13)


class Month(NamedTuple):
    """Weeks from Monday; days of other months are ``None``."""

    first: dt.date
    weeks: Sequence[Sequence[Day | None]]
    workdays: int


@require_GET
def year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Show a year; one without a notice yet is shown as provisional."""
    calendar = in_force()
    years = _years(calendar)
    shown = year or min(max(timezone.localdate().year, years[0]), years[-1])
    if shown not in years:
        raise Http404
    months = [_month(calendar, shown, month) for month in MONTHS]
    context = {
        "year": shown,
        "years": years,
        "months": months,
        "workdays": sum(month.workdays for month in months),
        "published": calendar.is_published(shown),
        "layers": _layers(calendar, shown),
        "today": timezone.localdate(),
    }
    return render(request, "calendar.html", context)


@cache
def in_force() -> WorkCalendar:
    """Return the zone's calendar, read once per process: what deadlines are counted by."""
    return zone_calendar(own_files(zone_folder()))


def _years(calendar: WorkCalendar) -> range:
    """Return the published years and the one after them."""
    published = [layer.year for layer in calendar.layers if layer.year is not None]
    return range(min(published), max(published) + 2)


def _layers(calendar: WorkCalendar, year: int) -> list[Layer]:
    """Return the documents that say something about a year."""
    return [
        layer
        for layer in calendar.layers
        if any(entry.first.year <= year <= entry.last.year for entry in layer.entries)
    ]


def _month(calendar: WorkCalendar, year: int, month: int) -> Month:
    weeks = [
        [calendar.day(day) if day.month == month else None for day in week]
        for week in Calendar().monthdatescalendar(year, month)
    ]
    workdays = sum(day.working for week in weeks for day in week if day)
    return Month(dt.date(year, month, 1), weeks, workdays)
