"""The register of recognitions: list, counts, differences, entering, a spreadsheet in and out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms import refusals
from openzone.www.forms.cultivation import (
    RecognitionFilter,
    RecognitionForm,
    UploadForm,
    WithdrawForm,
    titles,
)
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.zone.audit.actors import Actor
from openzone.zone.cultivation.models import Recognition, RecognitionImport
from openzone.zone.cultivation.packs import pack
from openzone.zone.cultivation.permissions import may_keep, may_screen
from openzone.zone.cultivation.selectors.coverage import coverage
from openzone.zone.cultivation.selectors.recognitions import (
    Filter,
    by_title_and_level,
    by_title_and_year,
    differences,
    recognitions,
)
from openzone.zone.cultivation.services import imports
from openzone.zone.cultivation.services.recognitions import (
    enter_recognition,
    withdraw_recognition,
)
from openzone.zone.errors import Refused
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.registry.permissions import may_export


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the register with its counts by title and year."""
    today = timezone.localdate()
    require(may_screen(request.user, today))
    form = RecognitionFilter(request.GET)
    found = recognitions(form.chosen()) if form.is_valid() else Recognition.objects.none()
    counts = by_title_and_year(recognitions(Filter()))
    years = sorted({year for by_year in counts.values() for year in by_year}, reverse=True)
    context = {
        "form": form,
        "page": page_of(request, found),
        "titles": dict(titles()),
        "years": years,
        "counts": [
            (title, [(year, of.get(year, 0)) for year in years]) for title, of in counts.items()
        ],
        "levels": by_title_and_level(recognitions(Filter())),
        "coverages": [coverage(one, asof.as_of(request)) for one in pack().coverages],
        "differences": differences(asof.as_of(request)),
        "may_keep": may_keep(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }
    status = 200 if form.is_valid() else 400
    return render(request, "cultivation/recognitions.html", context, status=status)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the filtered register; the file can be imported again."""
    require(may_export(request.user, timezone.localdate()))
    form = RecognitionFilter(request.POST)
    found = recognitions(form.chosen()) if form.is_valid() else Recognition.objects.none()
    words = dict(titles())
    headings = [
        _("Enterprise"),
        _("Credit code"),
        _("Title held"),
        _("Level"),
        _("Year"),
        _("Document or list"),
        _("Valid from"),
        _("Valid to"),
        _("Source"),
    ]
    rows = [
        (
            one.enterprise.name,
            one.enterprise.uscc,
            words.get(one.title, one.title),
            one.level or None,
            one.year,
            one.document or None,
            one.valid_from,
            one.valid_to,
            one.source,
        )
        for one in found
    ]
    table = excel.Table(headings, rows, [], excel.in_example_zone())
    return send(request, table, what="recognitions", name=_("Recognitions"))


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter one recognition."""
    actor = _keeper(request)
    form = RecognitionForm(posted(request), initial={"year": timezone.localdate().year})

    def act() -> str:
        enter_recognition(actor=actor, **form.cleaned_data)
        return reverse("cultivation_recognitions")

    done = _("The recognition is entered.")
    page = FormPage(_("Enter a recognition"), _("Enter"), done, _above())
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a recognition out, with the reason."""
    actor = _keeper(request)
    found = get_object_or_404(Recognition.objects.select_related("enterprise"), pk=pk)
    form = WithdrawForm(posted(request))

    def act() -> str:
        withdraw_recognition(
            actor=actor,
            recognition=found,
            on=timezone.localdate(),
            reason=form.cleaned_data["reason"],
        )
        return reverse("cultivation_recognitions")

    what = f"{found.enterprise} · {dict(titles()).get(found.title, found.title)} · {found.year}"
    page = FormPage(
        _("Withdraw a recognition"), _("Withdraw"), _("It is withdrawn."), _above(), what
    )
    return answer(request, page, form, act)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a spreadsheet and check it; nothing is entered yet."""
    actor = _keeper(request)
    form = UploadForm(posted(request), request.FILES or None)
    if form.is_valid() and (batch := _checked(request, actor, form)):
        return redirect("cultivation_import", batch.pk)
    context = {
        "form": form,
        "columns": imports.vocabulary().fields,
        "titles": dict(titles()),
        "batches": page_of(request, RecognitionImport.objects.order_by("-pk")),
    }
    return render(request, "cultivation/upload.html", context, status=400 if form.is_bound else 200)


def _checked(request: HttpRequest, actor: Actor, form: UploadForm) -> RecognitionImport | None:
    file = form.cleaned_data["file"]
    try:
        return imports.check_recognitions(
            actor=actor,
            file_name=file.name or "",
            data=file.read(),
            as_of=timezone.localdate(),
        )
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a spreadsheet would enter, and what is wrong with its other rows."""
    _keeper(request)
    found = get_object_or_404(RecognitionImport, pk=pk)
    context: dict[str, Any] = {
        "batch": found,
        "titles": dict(titles()),
        "problems": [from_json(one) for one in found.problems],
    }
    return render(request, "cultivation/import.html", context)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the good rows."""
    actor, found = _keeper(request), get_object_or_404(RecognitionImport, pk=pk)
    imports.apply_recognitions(actor=actor, batch=found)
    return redirect("cultivation_import", found.pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop the spreadsheet."""
    actor, found = _keeper(request), get_object_or_404(RecognitionImport, pk=pk)
    imports.discard_recognitions(actor=actor, batch=found)
    return redirect("cultivation_upload")


def _keeper(request: HttpRequest) -> Actor:
    require(may_keep(request.user, timezone.localdate()))
    return Actor.of(request.user)


def _above() -> tuple[Crumb, ...]:
    return (
        Crumb(reverse("cultivation"), _("Cultivation")),
        Crumb(reverse("cultivation_recognitions"), _("Recognitions")),
    )
