"""Workbooks of figures: uploaded, checked row by row, made one batch."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from openzone.www import uploads
from openzone.www.access import require
from openzone.www.excel import XLSX
from openzone.www.formpage import posted
from openzone.www.forms.indicators import FigureBookForm
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.www.views.indicators import common
from openzone.zone import workbooks
from openzone.zone.indicators.models import FigureSheet
from openzone.zone.indicators.permissions import may_enter, may_see_firms
from openzone.zone.indicators.reading import COLUMNS
from openzone.zone.indicators.services import sheets


@require_http_methods(["GET", "POST"])
def books(request: HttpRequest) -> HttpResponse:
    """Take a workbook and check it; nothing is entered yet."""
    today = common.entered(request)
    require(may_enter(request.user, today))
    form = FigureBookForm(posted(request), request.FILES or None)
    if form.is_valid() and (sheet := _checked(request, form)):
        return redirect("figure_book", sheet.pk)
    found = FigureSheet.objects.select_related("uploaded_by")
    if not may_see_firms(request.user, today).allowed:
        found = found.filter(uploaded_by=request.user.pk)
    context = common.framed(request, today) | {
        "form": form, "columns": COLUMNS.fields, "sheets": page_of(request, found),
    }  # fmt: skip
    return render(request, "indicators/books.html", context, status=400 if form.is_bound else 200)


def _checked(request: HttpRequest, form: FigureBookForm) -> FigureSheet | None:
    who = hand(request).of("now", "user")
    return uploads.checked(
        form, lambda name, data: sheets.check_sheet(**who, file_name=name, data=data)
    )


def _book(request: HttpRequest, pk: int) -> FigureSheet:
    """Return a workbook: its uploader's, or anybody's for statisticians."""
    today = common.entered(request)
    require(may_enter(request.user, today))
    found = get_object_or_404(FigureSheet.objects.select_related("uploaded_by", "batch"), pk=pk)
    if found.uploaded_by_id != request.user.pk:
        require(may_see_firms(request.user, today))
    return found


@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a workbook would enter, and what is wrong with its other rows."""
    found = _book(request, pk)
    if request.method == "POST":
        response = HttpResponse(workbooks.marked(found), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="marked.xlsx"'
        return response
    context = common.framed(request, common.entered(request)) | uploads.shown(found, COLUMNS)
    return render(request, "indicators/book.html", context)


@require_POST
def book_act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Make a batch of the good rows, or put the workbook aside."""
    common.entered(request)
    uploads.ensure_step(step)
    found, who = _book(request, pk), hand(request)
    done = uploads.taken(
        request, step,
        apply=lambda: sheets.apply_sheet(**who.of("now", "user"), sheet=found),
        discard=lambda: sheets.discard_sheet(**who.of(), sheet=found),
    )  # fmt: skip
    if done and step == "apply":
        found.refresh_from_db(fields=["batch"])
        return redirect("figure_batch", found.batch_id)
    return redirect("figure_book", found.pk)
