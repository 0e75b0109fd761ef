"""Boards, workload, heat map: cases seen from further away."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import end_of_day, to_aware
from openzone.www.access import require
from openzone.www.cases import words
from openzone.www.cases.asking import Moment, moment
from openzone.www.cases.holders import unit_names
from openzone.www.cases.opening import in_order
from openzone.www.forms.cases import SpanForm
from openzone.www.hands import user_of
from openzone.zone.cases.permissions import may_see_reports
from openzone.zone.cases.selectors import colours
from openzone.zone.cases.selectors.board import board
from openzone.zone.cases.selectors.heat import Spot, heat
from openzone.zone.cases.selectors.listing import NO_TOPIC, UNKNOWN_PLACE
from openzone.zone.cases.selectors.types import published
from openzone.zone.cases.selectors.workload import Load, workload
from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Place

CARDS = 20
USUAL_DAYS = 90


@dataclass(frozen=True, slots=True)
class Column:
    """A stage of the board; ``more`` are the cases that do not fit."""

    stage: str
    label: Text
    count: int
    rows: list[words.Row]
    more: int


@require_GET
def board_page(request: HttpRequest) -> HttpResponse:
    """Show the open cases of a type by stage."""
    now = moment()
    require(may_see_reports(request.user, now.day))
    names = words.type_words()
    kinds = [(kind, names.get(kind, kind)) for kind in in_order(one.kind for one in published())]
    asked = request.GET.get("kind", "")
    kind = asked if asked in dict(kinds) else kinds[0][0] if kinds else ""
    units = list(Unit.objects.order_by("code"))
    unit = next((one for one in units if str(one.pk) == request.GET.get("unit")), None)
    found = board(kind, user_of(request), now.day, unit=unit, most=CARDS) if kind else []
    names = unit_names()
    words.complete([case for one in found for case in one.cases])
    columns = [
        Column(
            one.stage.id, one.stage.label, one.total,
            [_card(case, names, now) for case in one.cases], max(one.total - len(one.cases), 0),
        )
        for one in found
    ]  # fmt: skip
    context = {
        "columns": columns, "kinds": kinds, "kind": kind, "units": units,
        "unit": unit.pk if unit else 0,
    }  # fmt: skip
    return render(request, "cases/board.html", context)


def _card(case: Any, names: dict[str, str], now: Moment) -> words.Row:
    row = words.row(case, names, now.aware)
    colour = colours.colour(case, now.aware)
    return row._replace(due=row.due._replace(colour=colour)) if row.due and colour else row


class LoadRow(NamedTuple):
    """Somebody's load, with the widths of the bar in hundredths of the heaviest."""

    name: str
    unit: str
    open: int
    late: int
    closed: int
    width: str
    late_width: str
    href: str


@require_GET
def workload_page(request: HttpRequest) -> HttpResponse:
    """Show who has how much in hand."""
    now = moment()
    require(may_see_reports(request.user, now.day))
    since = now.aware - dt.timedelta(days=30)
    loads = workload(list(Unit.objects.all()), now.aware, since)
    most = max((load.open for load in loads), default=0)
    context = {"rows": [_load(one, most) for one in loads], "tabs": tabs("workload")}
    return render(request, "cases/workload.html", context)


def _load(load: Load, most: int) -> LoadRow:
    asked = {"state": "open", "unit": str(load.unit.pk)}
    if load.user is not None:
        asked["handler"] = str(load.user.pk)
    return LoadRow(
        str(load.user) if load.user else _("not accepted yet"),
        load.unit.name,
        load.open,
        load.late,
        load.closed,
        f"{100 * load.open / most:.1f}" if most else "0",
        f"{100 * load.late / most:.1f}" if most else "0",
        f"{reverse('cases')}?{urlencode(asked)}",
    )


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """Return the reports as tabs."""
    names = {
        "overview": _("Summary for leaders"), "league": _("Units compared"),
        "heat": _("Where it presses"), "workload": _("Workload"),
        "systemic": _("Systemic issues"), "brief": _("Weekly brief"),
    }  # fmt: skip
    return [(reverse(name), label, name == here) for name, label in names.items()]


def span_form(request: HttpRequest, now: Moment) -> SpanForm:
    """Return the span of time a report speaks of: the last ninety days unless another is asked."""
    return SpanForm(request.GET, now.day - dt.timedelta(days=USUAL_DAYS), now.day)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many cases of a topic at a place; ``heat`` from 0 to 5."""

    count: int
    heat: int
    href: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A topic with its cells; ``href``: its cases everywhere."""

    topic: str
    cells: list[Cell]
    count: int
    href: str


@require_GET
def heat_page(request: HttpRequest) -> HttpResponse:
    """Show which problems come up where."""
    now = moment()
    require(may_see_reports(request.user, now.day))
    form = span_form(request, now)
    first, last, kind = form.span()
    spots = heat(*_moments(first, last), kind)
    context = {"table": _table(spots, first, last, kind), "span_form": form, "tabs": tabs("heat")}
    return render(request, "cases/heat.html", context)


def _moments(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    return to_aware(dt.datetime.combine(first, dt.time())), to_aware(end_of_day(last))


def _table(spots: Sequence[Spot], first: dt.date, last: dt.date, kind: str) -> dict[str, Any]:
    """Return topics by places, each in the order of what comes up most."""
    places = list(dict.fromkeys(spot.place for spot in spots))
    topics = list(dict.fromkeys(spot.topic for spot in spots))
    counts = {(spot.topic, spot.place): spot.total for spot in spots}
    most = max(counts.values(), default=1)
    asked = {"kind": kind, "opened_from": str(first), "opened_to": str(last)}
    labels = words.topic_words()
    rows = []
    for topic in topics:
        of_topic = asked | {"topic": topic or NO_TOPIC}
        cells = [
            _cell(counts.get((topic, place), 0), most, of_topic | _at(place)) for place in places
        ]
        total = sum(cell.count for cell in cells)
        name = labels.get(topic, topic) or _("Topic not given")
        rows.append(HeatRow(name, cells, total, _cases(of_topic)))
    rows.sort(key=lambda row: -row.count)
    return {
        "places": [str(place) if place else _("Place not known") for place in places],
        "rows": rows,
        "totals": [*(_total(spots, place, asked) for place in places), _all(spots, asked)],
    }


def _cell(count: int, most: int, asked: Mapping[str, str]) -> Cell:
    return Cell(count, -(-5 * count // most), _cases(asked))


def _total(spots: Sequence[Spot], place: Place | None, asked: Mapping[str, str]) -> Cell:
    count = sum(spot.total for spot in spots if spot.place == place)
    return Cell(count, 0, _cases({**asked, **_at(place)}))


def _all(spots: Sequence[Spot], asked: Mapping[str, str]) -> Cell:
    return Cell(sum(spot.total for spot in spots), 0, _cases(asked))


def _at(place: Place | None) -> dict[str, str]:
    return {"place": str(place.pk if place else UNKNOWN_PLACE)}


def _cases(asked: Mapping[str, str]) -> str:
    return f"{reverse('cases')}?{urlencode(asked)}"
