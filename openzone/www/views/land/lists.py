"""Parcels as a table and on a map, and as an Excel file that can be brought in again."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.text import Text
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.land import ParcelFilter
from openzone.www.hands import user_of
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.www.views.land.common import tabs
from openzone.www.views.land.drawing import outline
from openzone.www.views.land.words import IDLE
from openzone.zone.land.enums import ParcelState
from openzone.zone.land.models import Parcel
from openzone.zone.land.packs import pack
from openzone.zone.land.permissions import may_tidy, visible
from openzone.zone.land.selectors.listing import by_state, narrowed, parcels, tiles
from openzone.zone.land.selectors.sites import watched
from openzone.zone.land.services.sheet_rows import CONDITION, vocabulary
from openzone.zone.land.writing import STATES
from openzone.zone.projects.permissions import may_list, may_open
from openzone.zone.registry.permissions import may_export

DRAWN = 500
"""How many parcels a map draws; beyond that the filters help."""


def _asked(request: HttpRequest, here: str) -> tuple[ParcelFilter, dt.date, dict[str, Any]]:
    today = timezone.localdate()
    require(may_list(request.user, today))
    form = ParcelFilter(request.GET)
    context = {
        "form": form,
        "tabs": tabs(here),
        "may_open": may_open(request.user, today).allowed,
        "may_tidy": may_tidy(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }
    return form, today, context


def _found(request: HttpRequest, form: ParcelFilter, today: dt.date) -> Any:
    if not form.is_valid():
        return Parcel.objects.none()
    return parcels(form.chosen(), user_of(request), today)


@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """Show parcels as a table, their sums by state, and land that may come to lie idle."""
    form, today, context = _asked(request, "land")
    found = _found(request, form, today)
    mine = visible(user_of(request), today)
    idle = watched(mine, today)
    context |= {
        "page": page_of(request, found),
        "states": by_state(mine),
        "idle": [(one, *IDLE[one.found.state]) for one in idle],
        "idle_rule": pack().idle,
        "uses": {one.id: say(one.label.text) for one in pack().uses},
        "everything": mine.exists(),
    }
    return render(request, "land/table.html", context, status=200 if form.is_valid() else 400)


@require_GET
def by_place(request: HttpRequest) -> HttpResponse:
    """Show where parcels are: drawn where a boundary is on record, schematic by place."""
    form, today, context = _asked(request, "land_map")
    found = _found(request, form, today)[:DRAWN] if form.is_valid() else Parcel.objects.none()
    rows = list(found)
    context |= {
        "outline": outline(rows),
        "tiles": tiles(Parcel.objects.filter(pk__in=[one.pk for one in rows])),
        "drawn": DRAWN,
        "all_drawn": len(rows) < DRAWN,
        "legend": [(state.value, state.label) for state in ParcelState],
    }
    return render(request, "land/map.html", context, status=200 if form.is_valid() else 400)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the filtered parcels under the headings they can be brought in again with."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    require(may_export(request.user, today))
    form = ParcelFilter(request.POST)
    rows: list[Parcel] = []
    if form.is_valid():
        found = narrowed(visible(user_of(request), today), form.chosen())
        rows = list(found.select_related("place", "unit")[: settings.EXPORT_LIMIT + 1])
    fields = vocabulary().fields
    units = {"area_m2": Text("平方米", "m2")}
    heads = [
        f"{say(one.label)}({say(units[one.name])})" if one.name in units else say(one.label)
        for one in fields
    ]
    sheet = excel.Table(
        heads,
        [[_cell(one, field.name) for field in fields] for one in rows],
        [_("Parcels"), excel.as_of_note(today)],
        any(one.synthetic for one in rows) or excel.in_example_zone(),
    )
    given = {name: str(request.POST[name]) for name in form.fields if request.POST.get(name)}
    return send(request, sheet, what="parcels", name=_("Parcels"), filters=given)


def _cell(one: Parcel, name: str) -> excel.Cell:
    if name.startswith(CONDITION):
        value = one.conditions.get(name.removeprefix(CONDITION))
        return None if value is None else Decimal(value)
    if name == "state":
        return say(STATES[ParcelState(one.state)]) if one.since else None
    if name in ("use", "tenure"):
        known = pack().use(one.use) if name == "use" else pack().tenure(one.tenure)
        return say(known.label.text) if known is not None else None
    value = getattr(one, name)
    return str(value) if name in ("place", "unit") and value else value or None
