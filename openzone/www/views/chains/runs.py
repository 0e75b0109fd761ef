"""Reading the firms against the chains in the background, with how far it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www.access import require
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.chains_placing import RunForm
from openzone.www.hands import hand
from openzone.www.importing import Work
from openzone.www.pages import page_of
from openzone.www.views.chains.placing_common import asked
from openzone.zone.chains.jobs import place_all
from openzone.zone.chains.models import PlacingRun
from openzone.zone.chains.permissions import may_review
from openzone.zone.chains.services.proposing import begin_run
from openzone.zone.errors import Refused
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.jobs.models import Job
from openzone.zone.jobs.progress import progress_of


@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Show the readings so far, and ask for one."""
    today, context = asked(request, "chain_runs")
    if request.method == "POST":
        require(may_review(request.user, today))
    form = RunForm(today, posted(request))
    if form.is_valid() and (run := _begun(request, form)):
        return redirect("chain_run", run.pk)
    rows = PlacingRun.objects.select_related("asked_by").defer("firms")
    context |= {"form": form, "page": page_of(request, rows)}
    return render(
        request, "chains/placing_runs.html", context, status=400 if form.is_bound else 200
    )


def _begun(request: HttpRequest, form: RunForm) -> PlacingRun | None:
    who, given = hand(request), form.cleaned_data
    try:
        run = begin_run(
            **who.of("user", "now"), chains=[given["chain"]] if given["chain"] else [],
            as_of=who.today, only_changed=given["only_changed"],
        )  # fmt: skip
    except Refused as refusal:
        refusals.show(form, refusal)
        return None
    actor = who.actor
    enqueue_once(place_all, _key(run), run=run.pk, actor=[actor.kind, actor.id, actor.label])
    return run


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a reading is, or what it brought."""
    _today, context = asked(request, "chain_runs")
    run = get_object_or_404(PlacingRun.objects.select_related("asked_by"), pk=pk)
    job = Job.objects.filter(unique_key=_key(run)).first()
    work = Work(job, progress_of(job.pk)) if job else None
    names = context["names"]
    results: list[tuple[str, dict[str, Any]]] = [
        (names.chain(chain), counts) for chain, counts in run.results.items()
    ]
    context |= {"run": run, "work": work, "busy": bool(work and work.active), "results": results}
    part = "#state" if "HX-Request" in request.headers else ""
    return render(request, f"chains/placing_run.html{part}", context)


def _key(run: PlacingRun) -> str:
    return f"placing-run:{run.pk}"
