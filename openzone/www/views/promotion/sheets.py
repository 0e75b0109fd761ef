"""Workbooks of leads: an empty one, what is wrong row by row, entering what is good."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel, uploads
from openzone.www.access import require
from openzone.www.forms import refusals
from openzone.www.forms.imports import FileInput
from openzone.www.hands import Hand, hand
from openzone.www.views.promotion.common import tabs
from openzone.zone import workbooks
from openzone.zone.errors import Refused
from openzone.zone.projects.enums import SheetState
from openzone.zone.promotion.models import LeadSheet
from openzone.zone.promotion.permissions import may_tidy
from openzone.zone.promotion.services import sheets
from openzone.zone.promotion.services.sheet_columns import vocabulary
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.registry.services.access import log_export

PROBLEMS, ROWS = 200, 50


class SheetForm(forms.Form):
    """The workbook, and whether those alike are others."""

    file = forms.FileField(
        label=gettext_lazy("Workbook"), widget=FileInput, allow_empty_file=True,
        help_text=gettext_lazy("xlsx, xls or csv, one lead a row."),
    )  # fmt: skip
    sure = forms.BooleanField(
        label=gettext_lazy("Investors alike are others, and second leads are meant"),
        required=False,
    )


def _allowed(request: HttpRequest) -> Hand:
    who = hand(request)
    require(may_tidy(request.user, who.today))
    return who


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Show the workbooks so far, and check a new one."""
    who = _allowed(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SheetForm(*sent)
    if form.is_valid() and (sheet := _checked(who, form)):
        return redirect("lead_sheet", sheet.pk)
    known = LeadSheet.objects.select_related("uploaded_by").defer("rows", "problems")[:30]
    context = {"form": form, "sheets": known, "tabs": tabs("")}
    return render(request, "promotion/sheets.html", context, status=400 if form.errors else 200)


def _checked(who: Hand, form: SheetForm) -> LeadSheet | None:
    given = form.cleaned_data
    try:
        return sheets.check_sheet(
            **who.of("now", "user"), file_name=given["file"].name,
            data=bytes(given["file"].read()), as_of=who.today, sure=given["sure"],
        )  # fmt: skip
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """Give an empty workbook with the columns, and what may stand in them."""
    _allowed(request)
    return uploads.empty(vocabulary(), _("Leads"))


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is wrong with a workbook, and what would be entered."""
    _allowed(request)
    sheet = get_object_or_404(LeadSheet.objects.select_related("uploaded_by"), pk=pk)
    context = {
        "sheet": sheet,
        "problems": [from_json(one) for one in sheet.problems[:PROBLEMS]],
        "rows": sheet.rows[:ROWS],
        "total": len(sheet.rows),
        "is_open": sheet.state == SheetState.CHECKED,
    }
    return render(request, "promotion/sheet.html", context)


@require_POST
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Enter the good rows, put the workbook aside, or give it back with its faults marked."""
    who, sheet = _allowed(request), get_object_or_404(LeadSheet, pk=pk)
    if what == "apply":
        done = sheets.apply_sheet(**who.of("now"), sheet=sheet)
        messages.success(
            request,
            _("Entered: %(new)s new, %(known)s on record before.")
            % {"new": done.created, "known": done.changed},
        )
        return redirect("lead_list")
    if what == "discard":
        sheets.discard_sheet(**who.of(), sheet=sheet)
        messages.success(request, _("The file was put aside. Nothing was entered from it."))
        return redirect("lead_sheets")
    if what == "marked":
        content = workbooks.marked(sheet)
        log_export(**who.of(), what=f"lead_sheet:{sheet.pk}", count=len(sheet.problems), filters={})
        name = _("%(name)s (marked)") % {"name": sheet.file_name.rpartition(".")[0]}
        return excel.answer(content, name, synthetic=excel.in_example_zone())
    raise Http404
