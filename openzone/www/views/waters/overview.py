"""How waters stand: counters of a period, the grid of targets, what waits, limits, map, lists."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.water.classes import Body
from openzone.engines.water.quarters import quarter_of
from openzone.www import chain_pictures, excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.waters import SpanForm
from openzone.www.forms.waters_log import LogFilter, this_year
from openzone.www.views.exports import send
from openzone.www.views.waters import common
from openzone.www.waters.pictures import section_map
from openzone.www.waters.said import CHIPS, class_label, items_for, level_label, limit_lines
from openzone.zone.people.permissions import deny
from openzone.zone.waters.enums import BodyKind, Cell, Kind
from openzone.zone.waters.models import LogEntry, Section
from openzone.zone.waters.packs import pack, term_label
from openzone.zone.waters.selectors.compliance import Judged, compliance, quarters_until
from openzone.zone.waters.selectors.counting import Counters, counters, in_period
from openzone.zone.waters.selectors.register import in_force, log, sections
from openzone.zone.waters.selectors.waiting import campaigns_waiting, to_confirm, to_plan

NO_EXPORT = (
    "仅限本方人员和可导出名单的人员",
    "for the people of a side and those who carry lists away",
)


class GridCell(NamedTuple):
    """A section in a quarter as the page has it."""

    word: str
    level: str
    chip: str
    why: str
    href: str


class GridRow(NamedTuple):
    """A section with its quarters."""

    section: Section
    target: str
    cells: list[GridCell]


class Counter(NamedTuple):
    """A number and the list behind it."""

    label: str
    total: int
    href: str
    note: str


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show counters of a period, the grid of targets, and what waits for one's own side."""
    today = common.entered(request)
    form = SpanForm(request.GET if "first" in request.GET else this_year(today))
    valid = form.is_valid()
    span = form.cleaned_data if valid else this_year(today)
    found = counters(request.user, today, span["first"], span["last"])
    on = min(span["last"], today)
    judged = compliance(on, sections=sections(request.user, today))
    context = common.framed(request, "waters", today) | {
        "form": form, "found": found, "sentence": say(found.sentence),
        "counters": _counters(found), "quarters": quarters_until(on)[::-1],
        "rows": grid(judged), "met": _tally(judged), "on": on,
        "plan": to_plan(request.user, today),  # type: ignore[arg-type]
        "this_quarter": quarter_of(today).label,
        "waiting": campaigns_waiting(request.user, today),  # type: ignore[arg-type]
        "confirm": to_confirm(request.user, today),  # type: ignore[arg-type]
    }  # fmt: skip
    return render(request, "waters/overview.html", context, status=200 if valid else 400)


def _counters(found: Counters) -> list[Counter]:
    span = urlencode({"first": f"{found.first}", "last": f"{found.last}"})
    rows = [
        Counter(str(one.kind.label), one.total,
                f"{reverse('water_log', args=[one.kind])}?{span}",
                _("confirmed: %(n)s") % {"n": one.confirmed})
        for one in found.kinds
    ]  # fmt: skip
    approved = _("approved: %(n)s") % {"n": found.approved}
    page = f"{reverse('water_campaigns')}?{span}"
    return [Counter(_("Sampling campaigns"), found.campaigns, page, approved), *rows]


def _tally(judged: Sequence[Judged]) -> dict[str, int]:
    counted = [one.cell for one in judged if one.counts]
    return {cell.value: counted.count(cell) for cell in Cell} | {"all": len(counted)}


def grid(judged: Sequence[Judged]) -> list[GridRow]:
    """Return sections with their quarters, the latest first, as the page has them."""
    rows: dict[int, GridRow] = {}
    for one in reversed(judged):
        row = rows.setdefault(one.section.pk, GridRow(one.section, level_label(one.target), []))
        row.cells.append(_cell(one))
    return list(rows.values())[::-1]


def _cell(one: Judged) -> GridCell:
    href = reverse("water_result", args=[one.result.planned.pk]) if one.result else ""
    level = class_label(one.place) if one.place is not None else ""
    why = say(one.why) if one.why else ""
    return GridCell(str(one.cell.label), level, CHIPS[one.cell], why, href)


@require_http_methods(["GET", "POST"])
def watermap(request: HttpRequest) -> HttpResponse:
    """Show sections on a map with how they stand, in the last quarter that says something."""
    today = common.entered(request)
    rows = in_force(sections(request.user, today), today)
    latest: dict[int, Judged] = {}
    for one in compliance(today, sections=rows):
        if one.section.pk not in latest or one.cell != Cell.UNKNOWN:
            latest[one.section.pk] = one
    found = list(latest.values())
    synthetic = any(one.section.synthetic for one in found)
    picture = section_map(found, common.source(today, synthetic=synthetic)) if found else None
    if picture and (file := chain_pictures.exported(request, picture)):
        return file
    context = common.framed(request, "water_map", today) | {"picture": picture}
    return render(request, "waters/picture.html", context)


@require_GET
def limits(request: HttpRequest) -> HttpResponse:
    """Show every limit of the standard with its direction, for rivers or lakes."""
    today = common.entered(request)
    kind = request.GET.get("body", Body.RIVER.value)
    if kind not in BodyKind.values:
        raise Http404
    body = Body(kind)
    marks = {one.id: one.mark(body) for one in pack().items}
    context = common.framed(request, "water_limits", today) | {
        "pack": pack(), "body": kind, "bodies": BodyKind.choices,
        "notes": [say(one.text) for one in pack().notes],
        "levels": [say(one.label.text) for one in pack().levels[:-1]],
        "items": [(one, say(one.label), limit_lines(one, body), marks[one.id])
                  for one in items_for(body)],
    }  # fmt: skip
    return render(request, "waters/limits.html", context)


@require_POST
def export(request: HttpRequest, what: str) -> HttpResponse:
    """Download the grid, the sections or a log; the last two can be read in again."""
    today = common.entered(request)
    if not common.carries(request, today):
        require(deny(*NO_EXPORT))
    if what == "grid":
        found = compliance(today, sections=sections(request.user, today))
        return _sent(request, what, _("Targets of sections"), *_grid_rows(found), today)
    if what == "sections":
        rows = list(sections(request.user, today))
        return _sent(request, what, _("Sections"), *_section_rows(rows, today), today)
    if what not in Kind.values:
        raise Http404
    form = LogFilter(request.POST)
    entries = narrowed(log(request.user, today, what), form) if form.is_valid() else []
    return _sent(request, what, str(Kind(what).label), *_log_rows(list(entries)), today)


def narrowed(rows: Any, form: LogFilter) -> Any:
    """Return the entries a filter leaves; of a whole period those its counter counts."""
    given = form.cleaned_data
    if given["first"] and given["last"] and not given["state"]:
        return in_period(rows, given["first"], given["last"])
    if given.get("first"):
        rows = rows.filter(on__gte=given["first"])
    if given.get("last"):
        rows = rows.filter(on__lte=given["last"])
    return rows.filter(state=given["state"]) if given.get("state") else rows


Rows = tuple[list[str], list[tuple[excel.Cell, ...]]]


def _sent(
    request: HttpRequest, what: str, name: str, headings: list[str],
    rows: list[tuple[excel.Cell, ...]], today: dt.date,
) -> HttpResponse:  # fmt: skip
    synthetic = excel.in_example_zone() or Section.objects.filter(synthetic=True).exists()
    sheet = excel.Table(headings, rows, [name, excel.as_of_note(today)], synthetic)
    return send(request, sheet, what=f"waters_{what}", name=name)


def _grid_rows(found: Sequence[Judged]) -> Rows:
    headings = [_("Water"), _("Section"), _("Quarter"), _("Target class"), _("Class"),
                _("Target standing"), _("Reason")]  # fmt: skip
    return headings, [
        (one.section.water.name, one.section.name, say(one.quarter.label), level_label(one.target),
         class_label(one.place), str(one.cell.label), say(one.why) if one.why else None)
        for one in found if one.counts
    ]  # fmt: skip


def _section_rows(rows: Sequence[Section], today: dt.date) -> Rows:
    headings = [_("Water"), _("Kind of water"), _("Code"), _("Section"), _("First side"),
                _("Other side"), _("Target class"), _("Document"), _("Date of the document"),
                _("From"), _("Longitude"), _("Latitude")]  # fmt: skip
    cells = list[tuple[excel.Cell, ...]]()
    for one in rows:
        held = [row for row in one.targets.all() if row.valid_from <= today]
        last = held[-1] if held else None
        cells.append((
            one.water.name, str(one.water.get_body_display()), one.code, one.name, one.one.name,
            one.other.name, level_label(last.level) if last else None,
            last.document if last else None, last.document_on if last else None,
            last.valid_from if last else None, _degrees(one.longitude), _degrees(one.latitude),
        ))  # fmt: skip
    return headings, cells


def _degrees(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _log_rows(rows: Sequence[LogEntry]) -> Rows:
    headings = [_("Day"), _("Water"), _("Other side"), _("What"), _("Kind"), _("Description"),
                _("Place on the water"), _("Letter or document"), _("Who took part (our side)"),
                _("Who took part (other side)"), _("Recorded by side"), _("State"),
                _("Casualties")]  # fmt: skip
    return headings, [
        (one.on, one.water.name, one.other.name, one.title,
         say(term_label(one.kind, one.term)) if one.term else None, one.text or None,
         one.place or None, one.reference or None, one.ours or None, one.theirs or None,
         one.one.name, str(one.get_state_display()), one.casualties)
        for one in rows
    ]  # fmt: skip
