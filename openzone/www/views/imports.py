"""Workbooks on their way into the record: upload, dry run, decision."""

from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.tables.problems import Problem
from openzone.www import excel, importing
from openzone.www.access import require
from openzone.www.forms import columns, refusals
from openzone.www.forms.imports import UploadForm
from openzone.www.pages import page_of
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.registry.enums import BatchStatus, RowState
from openzone.zone.registry.imports.decisions import assign_columns, discard_upload
from openzone.zone.registry.imports.marking import marked_workbook
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.registry.imports.receiving import receive_upload
from openzone.zone.registry.jobs import apply_import, check_import
from openzone.zone.registry.models import ImportBatch, ImportRow
from openzone.zone.registry.permissions import may_import
from openzone.zone.registry.services.access import log_export


class CheckedRow(NamedTuple):
    """A row of the upload with what is wrong in it."""

    row: ImportRow
    problems: list[Problem]


OPEN = (BatchStatus.CHECKED, BatchStatus.REFUSED, BatchStatus.FAILED)
TABS = (RowState.BAD, RowState.REVIEW, RowState.REPEATED, RowState.GOOD)


def _allow(request: HttpRequest) -> None:
    require(may_import(request.user, timezone.localdate()))


@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Show the uploads so far, and take a new one."""
    _allow(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid() and (batch := _received(request, form)):
        importing.start(check_import, batch, Actor.of(request.user))
        return redirect("import", batch.pk)
    context = {"form": form, "page": page_of(request, ImportBatch.objects.order_by("-pk"))}
    return render(request, "imports/list.html", context, status=400 if form.is_bound else 200)


def _received(request: HttpRequest, form: UploadForm) -> ImportBatch | None:
    given = form.cleaned_data
    try:
        return receive_upload(
            actor=Actor.of(request.user),
            file_name=given["file"].name,
            data=form.content(),
            as_of=given["as_of"],
            known_on=given["known_on"],
            sheet=given["sheet"],
            synthetic=given["synthetic"],
        )
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far an upload is, or what its check found; the same for htmx as for a reload."""
    _allow(request)
    batch = get_object_or_404(ImportBatch, pk=pk)
    work = importing.work_on(batch)
    problems = [from_json(stored) for stored in batch.problems]
    context: dict[str, object] = {
        "batch": batch,
        "work": work,
        "busy": importing.is_busy(batch, work),
        "problems": problems,
        "columns": columns.columns_of(batch, problems),
        "options": columns.options(),
        "is_open": batch.status in OPEN,
        # Letters name columns; in a file of several sheets they would name several columns each.
        "may_assign": batch.status in OPEN and len({one["sheet"] for one in batch.mapping}) <= 1,
    }
    if batch.counts:
        context |= _found(request, batch)
    # While a job runs, htmx asks for the changing part of the same page.
    part = "#state" if "HX-Request" in request.headers else ""
    return render(request, f"imports/page.html{part}", context)


def _found(request: HttpRequest, batch: ImportBatch) -> dict[str, object]:
    tabs = [(state, batch.counts.get(state, 0)) for state in TABS]
    filled = [state for state, count in tabs if count]
    shown = request.GET.get("rows")
    state = shown if shown in TABS else (filled[0] if filled else RowState.GOOD)
    rows = batch.rows.filter(state=state).select_related("enterprise").order_by("pk")
    page = page_of(request, rows)
    return {
        "tabs": tabs,
        "state": state,
        "page": page,
        "rows": [CheckedRow(row, [from_json(stored) for stored in row.problems]) for row in page],
        "may_apply": batch.status == BatchStatus.CHECKED and batch.counts["rows"] > 0,
        "all_good": batch.counts["errors"] == 0,
    }


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue the writing of all rows, or of the good ones while the bad ones wait."""
    _allow(request)
    batch = get_object_or_404(ImportBatch, pk=pk)
    importing.start(
        apply_import,
        batch,
        Actor.of(request.user),
        good_rows_only="good_rows_only" in request.POST,
    )
    return redirect("import", pk)


@require_POST
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue another dry run: the record may have changed since."""
    _allow(request)
    importing.start(check_import, get_object_or_404(ImportBatch, pk=pk), Actor.of(request.user))
    return redirect("import", pk)


@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the columns as the person says, and check again."""
    _allow(request)
    batch = get_object_or_404(ImportBatch, pk=pk)
    actor = Actor.of(request.user)
    assign_columns(actor=actor, batch=batch, assigned=columns.assigned(request.POST))
    importing.start(check_import, batch, actor)
    return redirect("import", pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an upload aside for good."""
    _allow(request)
    discard_upload(actor=Actor.of(request.user), batch=get_object_or_404(ImportBatch, pk=pk))
    messages.success(request, _("The file was discarded. Nothing of it is in the record."))
    return redirect("imports")


@require_POST
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the workbook with every problem marked in its cell."""
    _allow(request)
    batch = get_object_or_404(ImportBatch, pk=pk)
    content = marked_workbook(batch)
    log_export(
        actor=Actor.of(request.user),
        what=f"import:{batch.pk}",
        count=batch.counts.get("rows", 0),
        filters={"file": batch.file_name},
    )
    name = _("%(name)s (marked)") % {"name": batch.file_name.rpartition(".")[0]}
    return excel.answer(content, name, synthetic=batch.synthetic)
