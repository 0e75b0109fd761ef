"""Compendia: asked for, made in the background, downloaded."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www import excel
from openzone.www.access import require, require_console
from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.library import CompendiumForm
from openzone.www.importing import Work
from openzone.www.pages import page_of
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.jobs.models import Job
from openzone.zone.jobs.progress import progress_of
from openzone.zone.policies.compendium.content import LEVELS, WORDS
from openzone.zone.policies.enums import WorkStatus
from openzone.zone.policies.jobs import make_compendium
from openzone.zone.policies.models import Compendium
from openzone.zone.policies.permissions import may_export_library
from openzone.zone.policies.services.compendium import ask_for_compendium


@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Show the compendia so far, and take the wish for another one."""
    require_console(request)
    form = CompendiumForm(posted(request))
    if form.is_valid() and (asked := _asked(request, form)):
        return redirect("library_compendium", asked.pk)
    page = page_of(request, Compendium.objects.order_by("-pk"))
    context = {"form": form, "page": page}
    return render(request, "library/compendia.html", context, status=400 if form.is_bound else 200)


def _asked(request: HttpRequest, form: CompendiumForm) -> Compendium | None:
    given, actor = form.cleaned_data, Actor.of(request.user)
    try:
        asked = ask_for_compendium(
            actor=actor,
            on=given["as_of"],
            language=get_language() or "zh-hans",
            level=given["level"],
            category=given["category"],
        )
    except Refused as refusal:
        refusals.show(form, refusal)
        return None
    who = [actor.kind, actor.id, actor.label]
    enqueue_once(make_compendium, _key(asked), compendium=asked.pk, actor=who)
    return asked


def _key(compendium: Compendium) -> str:
    return f"compendium:{compendium.pk}"


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a compendium is, or its two files."""
    require_console(request)
    compendium = get_object_or_404(Compendium, pk=pk)
    job = Job.objects.filter(unique_key=_key(compendium)).first()
    work = Work(job, progress_of(job.pk)) if job else None
    busy = compendium.status == WorkStatus.WAITING and bool(work and work.active)
    context = {
        "compendium": compendium,
        "work": work,
        "busy": busy,
        "missing": _missing(compendium),
    }
    part = "#state" if "HX-Request" in request.headers else ""
    return render(request, f"library/compendium.html{part}", context)


def _missing(compendium: Compendium) -> str:
    return str(compendium.notes[0]) if compendium.notes else ""


@require_GET
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Download one of the two files. Everything in them is published, so the log notes nothing."""
    require(may_export_library(request.user, timezone.localdate()))
    compendium = get_object_or_404(Compendium, pk=pk, status=WorkStatus.DONE)
    stored = {"word": compendium.word, "pdf": compendium.pdf}.get(kind)
    if not stored:
        raise Http404
    response = FileResponse(stored.open("rb"))
    named = content_disposition_header(
        True, f"{_file_name(compendium)}.{_ending(str(stored.name))}"
    )
    response["Content-Disposition"] = named or "attachment"
    return response


def _ending(name: str) -> str:
    return name.rpartition(".")[2]


def _file_name(compendium: Compendium) -> str:
    parts = [say(WORDS["book"]), f"{compendium.as_of:%Y%m%d}"]
    if compendium.level:
        parts.insert(1, say(LEVELS[compendium.level]))
    if compendium.category:
        parts.insert(1, compendium.category)
    if excel.in_example_zone():
        parts.insert(0, excel.SAMPLE)
    return "_".join(parts)
