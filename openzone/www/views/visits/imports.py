"""The roster and the assignments from a spreadsheet: checked first, then entered."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.visits import FileForm
from openzone.www.pages import page_of
from openzone.www.views.visits.common import keeper
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.visits.enums import ImportKind
from openzone.zone.visits.models import NetworkImport
from openzone.zone.visits.services import imports


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a spreadsheet and check it; nothing is entered yet."""
    actor = keeper(request)
    if kind not in ImportKind.values:
        raise Http404
    form = FileForm(posted(request), request.FILES or None)
    if form.is_valid() and (batch := _checked(actor, ImportKind(kind), form)):
        return redirect("visit_import", batch.pk)
    context = {
        "form": form,
        "kind": ImportKind(kind),
        "columns": imports.COLUMNS[ImportKind(kind)]().fields,
        "batches": page_of(request, NetworkImport.objects.filter(kind=kind).order_by("-pk")),
    }
    return render(request, "visits/upload.html", context, status=400 if form.is_bound else 200)


def _checked(actor: Actor, kind: ImportKind, form: FileForm) -> NetworkImport | None:
    file = form.cleaned_data["file"]
    try:
        return imports.check_file(
            actor=actor,
            kind=kind,
            file_name=file.name or "",
            data=file.read(),
            today=timezone.localdate(),
        )
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a spreadsheet would enter, and what is wrong with its other rows."""
    keeper(request)
    found = get_object_or_404(NetworkImport, pk=pk)
    context = {"batch": found, "problems": [from_json(one) for one in found.problems]}
    return render(request, "visits/import.html", context)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the good rows."""
    actor, found = keeper(request), get_object_or_404(NetworkImport, pk=pk)
    imports.apply_file(actor=actor, batch=found)
    return redirect("visit_import", found.pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop the spreadsheet."""
    actor, found = keeper(request), get_object_or_404(NetworkImport, pk=pk)
    imports.discard_file(actor=actor, batch=found)
    return redirect("visit_upload", found.kind)
