"""Workbooks of one side: samples of a campaign, sections, exchanges, patrols."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.water.joint import SATURATION
from openzone.www import excel, uploads
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms.waters import WaterBookForm
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.www.views.waters import common
from openzone.www.views.waters.log import NO_SIDE
from openzone.www.waters.said import how_written
from openzone.zone.people.models import Unit
from openzone.zone.people.permissions import deny
from openzone.zone.waters.enums import Kind
from openzone.zone.waters.models import Campaign, WaterSheet
from openzone.zone.waters.packs import standard
from openzone.zone.waters.permissions import may_act, may_keep, may_write, side_of, units_of
from openzone.zone.waters.selectors.register import sections
from openzone.zone.waters.services import sheets


@require_http_methods(["GET", "POST"])
def samples(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a workbook of one's own figures of a campaign."""
    found = common.campaign_of(request, pk)
    today = common.entered(request)
    require(may_write(request.user, found, today))
    mine = side_of(request.user, found.sides, today)
    return _page(request, sheets.SAMPLES, mine, found)


@require_GET
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a workbook with the sections of a campaign and a column for every item."""
    found = common.campaign_of(request, pk)
    require(may_write(request.user, found, common.entered(request)))
    columns = sheets.vocabulary(sheets.SAMPLES).fields
    rows = [
        (str(one.section), one.sample_on, *[None] * (len(columns) - 2))
        for one in found.planned.select_related("section__water")
    ]
    units = {one.id: one.unit for one in standard().items if one.unit} | {SATURATION: "%"}
    heads = [
        f"{say(one.label)}({units[one.name]})" if one.name in units else say(one.label)
        for one in columns
    ]
    table = excel.Table(heads, rows, [uploads.needed(columns), how_written()], found.synthetic)
    name = _("Template for samples")
    return excel.download(table, f"{name}_{found.quarter}")


@require_http_methods(["GET", "POST"])
def books(request: HttpRequest, what: str) -> HttpResponse:
    """Take a workbook of sections, exchanges or patrols of one's own side."""
    today = common.entered(request)
    if what not in sheets.WHAT or what == sheets.SAMPLES:
        raise Http404
    if what == sheets.SECTIONS:
        require(may_keep(request.user, today))
    mine = _own_unit(request, what, today)
    if mine is None:
        require(deny(*NO_SIDE))
    return _page(request, what, mine, None)


def _own_unit(request: HttpRequest, what: str, today: dt.date) -> Unit | None:
    """Return the side somebody acts for; of a first section any unit of theirs may be one."""
    units = units_of(request.user, today)
    sides = {one.pk for row in sections(request.user, today) for one in row.sides}
    chosen = units & sides or (units if what == sheets.SECTIONS else set())
    return Unit.objects.filter(pk__in=chosen).order_by("pk").first()


def _page(
    request: HttpRequest, what: str, mine: Unit | None, campaign: Campaign | None
) -> HttpResponse:
    assert mine is not None  # noqa: S101 - both callers have asked
    form = WaterBookForm(posted(request), request.FILES or None)
    if form.is_valid() and (sheet := _checked(request, form, what, mine, campaign)):
        return redirect("water_book", sheet.pk)
    today = common.entered(request)
    rows = WaterSheet.objects.filter(what=what, side=mine, campaign=campaign)
    context = common.framed(request, _tab(what), today) | {
        "form": form, "columns": sheets.vocabulary(what).fields, "heading": heading_of(what),
        "sheets": page_of(request, rows.select_related("uploaded_by")), "mine": mine,
        "back": _back(what, campaign),
        "template": reverse("water_samples_template", args=[campaign.pk]) if campaign else "",
    }  # fmt: skip
    return render(request, "waters/books.html", context, status=400 if form.is_bound else 200)


def heading_of(what: str) -> str:
    """Return what a kind of workbook is called."""
    return {
        sheets.SAMPLES: _("Our figures from a workbook"),
        sheets.SECTIONS: _("Sections from a workbook"),
        Kind.EXCHANGE.value: _("Exchanges from a workbook"),
        Kind.PATROL.value: _("Patrols from a workbook"),
    }[what]


def _tab(what: str) -> str:
    return {sheets.SAMPLES: "water_campaigns", sheets.SECTIONS: "water_sections"}.get(what, what)


def _back(what: str, campaign: Campaign | None) -> tuple[str, str]:
    if campaign is not None:
        page = reverse("water_campaign", args=[campaign.pk])
        return page, say(campaign.of_quarter.label)
    if what == sheets.SECTIONS:
        return reverse("water_sections"), _("Sections")
    return reverse("water_log", args=[what]), str(Kind(what).label)


def _checked(
    request: HttpRequest, form: WaterBookForm, what: str, mine: Unit, campaign: Campaign | None
) -> WaterSheet | None:
    who = hand(request).of("now", "user")
    return uploads.checked(
        form,
        lambda name, data: sheets.check_sheet(
            **who, what=what, mine=mine, campaign=campaign, file_name=name, data=data
        ),
    )


def _sheet(request: HttpRequest, pk: int) -> WaterSheet:
    """Return a workbook of one's own side: it holds figures the other is not to see yet."""
    today = common.entered(request)
    related = ("side", "uploaded_by", "campaign")
    found = get_object_or_404(WaterSheet.objects.select_related(*related), pk=pk)
    require(may_act(request.user, (found.side,), today))
    return found


@require_GET
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a workbook would enter, and what is wrong with its other rows."""
    found = _sheet(request, pk)
    context: dict[str, Any] = common.framed(request, _tab(found.what), common.entered(request)) | {
        **uploads.shown(found, sheets.vocabulary(found.what)),
        "back": _back(found.what, found.campaign),
    }
    return render(request, "waters/book.html", context)


@require_POST
def act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Enter the good rows, or put the workbook aside."""
    found, who = _sheet(request, pk), hand(request)
    uploads.taken(
        request, step,
        apply=lambda: sheets.apply_sheet(**who.of("now", "user"), sheet=found),
        discard=lambda: sheets.discard_sheet(**who.of(), sheet=found),
    )  # fmt: skip
    return redirect("water_book", found.pk)
