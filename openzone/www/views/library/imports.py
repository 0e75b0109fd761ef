"""Documents and items from a spreadsheet, and from a pasted text."""

import io

import xlsxwriter
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.reading.policy_text import Structure, read_policy
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.library import DocumentForm, LibraryUpload, PasteForm
from openzone.www.pages import page_of
from openzone.www.views.library.common import of_document
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.policies.enums import ImportStatus
from openzone.zone.policies.models import Document, LibraryImport
from openzone.zone.policies.permissions import may_keep_library
from openzone.zone.policies.services.imports import (
    apply_library_import,
    discard_library_import,
    receive_library_import,
    template_rows,
)
from openzone.zone.policies.services.pasting import create_from_text
from openzone.zone.policies.sheet import LABELS
from openzone.zone.registry.imports.problems import from_json


def _allow(request: HttpRequest) -> None:
    require(may_keep_library(request.user, timezone.localdate()))


@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Show the spreadsheets so far, and take a new one."""
    _allow(request)
    form = LibraryUpload(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid() and (batch := _received(request, form)):
        return redirect("library_import", batch.pk)
    page = page_of(request, LibraryImport.objects.order_by("-pk"))
    context = {"form": form, "page": page}
    status = 400 if form.is_bound else 200
    return render(request, "library/imports.html", context, status=status)


def _received(request: HttpRequest, form: LibraryUpload) -> LibraryImport | None:
    file = form.cleaned_data["file"]
    try:
        return receive_library_import(
            actor=Actor.of(request.user),
            file_name=file.name,
            data=file.read(),
            as_of=timezone.localdate(),
            synthetic=form.cleaned_data["synthetic"],
        )
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a spreadsheet would change, or changed."""
    _allow(request)
    batch = get_object_or_404(LibraryImport, pk=pk)
    problems = [from_json(stored) for stored in batch.result["problems"]]
    counts = batch.result["counts"]
    context = {
        "batch": batch,
        "problems": problems,
        "counts": counts,
        "rows": batch.result["rows"],
        "labels": LABELS,
        "is_open": batch.status == ImportStatus.CHECKED,
        "may_apply": batch.status == ImportStatus.CHECKED and not counts["errors"],
    }
    return render(request, "library/import.html", context)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write every row."""
    _allow(request)
    batch = get_object_or_404(LibraryImport, pk=pk)
    apply_library_import(actor=Actor.of(request.user), batch=batch)
    messages.success(request, _("Every row is in the library."))
    return redirect("library_import", pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a spreadsheet aside for good."""
    _allow(request)
    batch = get_object_or_404(LibraryImport, pk=pk)
    discard_library_import(actor=Actor.of(request.user), batch=batch)
    messages.success(request, _("The file was discarded. Nothing of it is in the library."))
    return redirect("library_imports")


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """Download the spreadsheet to fill in: two sheets with their headings and one example row."""
    _allow(request)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
        for name, headings, example in template_rows():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, headings, bold)
            sheet.write_row(1, 0, example)
            sheet.set_column(0, len(headings) - 1, 16)
            sheet.freeze_panes(1, 0)
    return excel.answer(buffer.getvalue(), _("Template for the policy library"), synthetic=True)


class FoundForm(DocumentForm):
    """A document as it was read from a text, for a person to correct."""


@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest) -> HttpResponse:
    """Take a policy's text, show what was read from it, and enter what a person chose."""
    _allow(request)
    form = PasteForm(posted(request))
    if not form.is_valid():
        status = 400 if form.is_bound else 200
        return render(request, "library/paste.html", {"form": form}, status=status)
    found = read_policy(form.cleaned_data["text"])
    confirming = "confirm" in request.POST
    found_form = FoundForm(request.POST) if confirming else FoundForm(initial=_initial(found, form))
    if confirming and found_form.is_valid() and (made := _entered(request, found_form, found)):
        messages.success(request, _("Entered as a draft. Confirm each suggested item."))
        return redirect(of_document(made))
    context = {
        "found": found,
        "form": found_form,
        "text": form.cleaned_data["text"],
        "chosen": request.POST.getlist("take"),
        "confirming": confirming,
    }
    status = 400 if confirming else 200
    return render(request, "library/pasted.html", context, status=status)


def _initial(found: Structure, form: PasteForm) -> dict[str, object]:
    return {
        "title": found.title,
        "number": found.number,
        "issuers": "\n".join(found.issuers),
        "adopted_on": found.adopted_on,
        "issued_on": found.issued_on,
        "effective_from": found.effective_from,
        "effective_to": found.effective_to,
        "level": "zone",
        "text": form.cleaned_data["text"],
    }


def _entered(request: HttpRequest, form: forms.Form, found: Structure) -> Document | None:
    taken = set(request.POST.getlist("take"))
    chosen = [one for at, one in enumerate(found.suggestions) if str(at) in taken]
    try:
        return create_from_text(
            actor=Actor.of(request.user), suggestions=chosen, **form.cleaned_data
        )
    except Refused as refusal:
        refusals.show(form, refusal)
        return None
