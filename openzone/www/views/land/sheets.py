"""Workbooks of parcels: checked, looked at, entered as a whole or put aside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.land import LandSheetForm
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.zone import workbooks
from openzone.zone.errors import Refused
from openzone.zone.land.models import ParcelSheet
from openzone.zone.land.permissions import may_tidy
from openzone.zone.land.services import sheets as services
from openzone.zone.land.services.sheet_rows import vocabulary
from openzone.zone.registry.imports.problems import from_json


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a spreadsheet and check it; nothing is entered yet."""
    require(may_tidy(request.user, timezone.localdate()))
    form = LandSheetForm(posted(request), request.FILES or None)
    if form.is_valid() and (sheet := _checked(request, form)):
        return redirect("land_sheet", sheet.pk)
    context = {
        "form": form,
        "columns": vocabulary().fields,
        "sheets": page_of(request, ParcelSheet.objects.select_related("uploaded_by")),
    }
    return render(request, "land/sheets.html", context, status=400 if form.is_bound else 200)


def _checked(request: HttpRequest, form: LandSheetForm) -> ParcelSheet | None:
    who, file = hand(request), form.cleaned_data["file"]
    try:
        return services.check_sheet(
            **who.of("user", "now"), file_name=file.name or "", data=file.read(), as_of=who.today,
            synthetic=excel.in_example_zone(),
        )  # fmt: skip
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a workbook would enter, and what is wrong with its other rows."""
    found = _sheet(request, pk)
    context = {
        "sheet": found,
        "columns": vocabulary().fields,
        "problems": [from_json(one) for one in found.problems],
    }
    return render(request, "land/sheet.html", context)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the good rows."""
    found, who = _sheet(request, pk), hand(request)
    try:
        services.apply_sheet(**who.of("now"), sheet=found)
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("land_sheet", found.pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the workbook aside."""
    found = _sheet(request, pk)
    try:
        services.discard_sheet(**hand(request).of(), sheet=found)
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("land_sheets")


@require_GET
def marked(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the workbook back with its problems marked in their cells."""
    found = _sheet(request, pk)
    try:
        return excel.answer(workbooks.marked(found), f"{found.pk}", synthetic=found.synthetic)
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
        return redirect("land_sheet", found.pk)


def _sheet(request: HttpRequest, pk: int) -> ParcelSheet:
    require(may_tidy(request.user, timezone.localdate()))
    return get_object_or_404(ParcelSheet.objects.select_related("uploaded_by"), pk=pk)
