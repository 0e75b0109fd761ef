"""The funnel of a period: trips, firms met, firms that came to look, firms that signed."""

import datetime as dt
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.projects.funnel import Step
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.promotion_field import FunnelForm
from openzone.www.views.exports import send
from openzone.www.views.promotion_field import common
from openzone.zone.promotion.field_packs import channel_label, field
from openzone.zone.promotion.field_permissions import may_list
from openzone.zone.promotion.models import FieldTeam
from openzone.zone.promotion.selectors.funnel import (
    Asked,
    Part,
    Result,
    Row,
    counted,
    parts,
    rows_of,
)
from openzone.zone.registry.permissions import may_export

SHOWN = 300
BY = ("team", "city", "channel")
PAGES = {
    "trip": "trip", "event": "promo_event", "talks": "negotiation", "lead": "lead",
    "project": "project",
}  # fmt: skip


class Number(NamedTuple):
    """A step as drawn: how many, of how many before, and where its rows are."""

    id: str
    label: str
    step: Step
    href: str
    skipped_href: str
    width: float


class Shown(NamedTuple):
    """A row behind a number, and the page of its record."""

    row: Row
    step: str
    channel: str
    href: str


def _asked(form: FunnelForm, today: dt.date) -> Asked:
    """Return what is asked for: without days, this year up to today."""
    given = form.cleaned_data if form.is_valid() else {}
    team = given.get("team")
    first = given.get("first") or today.replace(month=1, day=1)
    return Asked(
        first, given.get("last") or max(first, today), team.pk if team else None,
        given.get("city", ""), given.get("channel", ""),
    )  # fmt: skip


def _query(asked: Asked, **more: Any) -> str:
    said = {"first": asked.first, "last": asked.last, "team": asked.team, "city": asked.city,
            "channel": asked.channel, **more}  # fmt: skip
    return "?" + urlencode({name: str(value) for name, value in said.items() if value})


@require_GET
def funnel(request: HttpRequest) -> HttpResponse:
    """Show the funnel, the same by team, city and channel, and the rows behind a number."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    form = FunnelForm(request.GET)
    asked = _asked(form, today)
    every = rows_of(asked.first, min(asked.last, today), request.user, today)
    found = counted(asked, every)
    chosen = request.GET.get("show", "")
    rows = _rows(found, chosen)
    context = common.listed(request, "promotion_funnel", today) | {
        "form": form,
        "asked": asked,
        "result": found,
        "trips_href": reverse("trips") + _query(asked),
        "numbers": _numbers(found),
        "parts": [(by, _lines(found, every, by)) for by in BY] if not asked.is_narrow else [],
        "show": chosen,
        "rows": rows[:SHOWN],
        "count": len(rows),
        "shown": SHOWN,
        "frameworks": [_shown(one) for one in found.rows.frameworks],
        "source": say(field().steps_source.text),
    }
    status = 200 if form.is_valid() else 400
    return render(request, "promotion_field/funnel.html", context, status=status)


def _numbers(found: Result) -> list[Number]:
    most = max((one.count for one in found.steps), default=0) or 1
    names = _names()
    return [
        Number(
            one.step, names[one.step], one,
            _query(found.asked, show=one.step) + "#rows",
            _query(found.asked, show=f"{one.step}-skipped") + "#rows", one.count / most,
        )
        for one in found.steps
    ]  # fmt: skip


def _lines(found: Result, every: Any, by: str) -> list[tuple[Part, str, list[Number]]]:
    teams = dict(FieldTeam.objects.values_list("pk", "name")) if by == "team" else {}

    def label(key: str) -> str:
        if by == "team":
            return str(teams.get(int(key), key))
        return say(channel_label(key)) if by == "channel" else key

    return [
        (part, reverse("trips") + _query(part.result.asked), _numbers(part.result))
        for part in parts(found, every, by, label)
    ]


def _rows(found: Result, chosen: str) -> list[Shown]:
    """Return the rows behind a number; of the skipped, those who left a step out."""
    step, _dash, what = chosen.partition("-")
    rows = found.behind(step)
    if what == "skipped":
        left_out = {int(one) for each in found.steps if each.step == step for one in each.skipped}
        rows = [one for one in rows if one.root in left_out]
    return [_shown(one) for one in sorted(rows, key=lambda one: (one.on, one.root))]


def _names() -> dict[str, str]:
    """Return what the steps are called."""
    return {one.id: say(one.label.text) for one in field().steps}


def _shown(one: Row) -> Shown:
    names = _names()
    page = PAGES.get(one.kind)
    part = "#signings" if one.kind == "signing" else f"#visit-{one.pk}"
    href = reverse(page, args=[one.pk]) if page else reverse("return_visits") + part
    return Shown(one, names[one.step], say(channel_label(one.channel)), href)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download every row behind the funnel; the log notes who took them away."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    require(may_export(request.user, today))
    form = FunnelForm(request.POST)
    asked = _asked(form, today)
    found = counted(asked, rows_of(asked.first, min(asked.last, today), request.user, today))
    steps = found.steps if form.is_valid() else []
    rows = [one for step in steps for one in _rows(found, step.step)]
    sheet = excel.Table(
        [_("Step of the funnel"), _("Firm"), _("Day"), _("Channel"), _("Town or city"),
         _("Where it is recorded")],
        [(one.step, one.row.firm, one.row.on, one.channel or None, one.row.city or None,
          one.row.title) for one in rows],
        [_("Funnel"), f"{asked.first} – {asked.last}", *_said(found)],
        excel.in_example_zone(),
    )  # fmt: skip
    given = {name: str(request.POST[name]) for name in form.fields if request.POST.get(name)}
    return send(request, sheet, what="funnel", name=_("Funnel"), filters=given)


def _said(found: Result) -> list[str]:
    names = _names()
    trips = _("Promotion trips") + f" {len(found.rows.trips)}"
    return [trips, *(f"{names[one.step]} {one.count}" for one in found.steps)]
