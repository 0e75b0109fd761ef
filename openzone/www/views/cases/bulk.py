"""One action on many cases: what can be done, doing it in the background, what came of each."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel
from openzone.www.access import require, require_console
from openzone.www.cases.asking import Moment, moment
from openzone.www.formats import say
from openzone.www.forms.actions import ActionForm
from openzone.www.forms.cases import FilterForm
from openzone.www.hands import user_of
from openzone.www.importing import Work
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import BatchRowState, BatchState
from openzone.zone.cases.jobs import check_batch, do_batch
from openzone.zone.cases.models import Batch, BatchRow
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.selectors.batches import BULK, action_for, rows_seen, tally
from openzone.zone.cases.selectors.listing import cases
from openzone.zone.cases.selectors.visible import visible
from openzone.zone.cases.services.batches import (
    begin_batch,
    discard_batch,
    open_batch,
    stop_batch,
)
from openzone.zone.errors import Refused
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.jobs.models import Job
from openzone.zone.jobs.progress import progress_of
from openzone.zone.registry.permissions import may_export

BUSY = (BatchState.CHECKING, BatchState.RUNNING)


@require_http_methods(["GET", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """Show what somebody had done with many cases; ask for a new one."""
    require_console(request)
    if request.method == "POST":
        return _asked(request)
    batches = page_of(request, user_of(request).case_batches.order_by("-pk"))
    return render(request, "cases/batches.html", {"page": batches, "labels": BULK})


def _asked(request: HttpRequest) -> HttpResponse:
    user, now = user_of(request), moment()
    try:
        with transaction.atomic():
            batch = open_batch(
                actor=Actor.of(user), user=user, verb=request.POST.get("action", ""),
                cases=_chosen(request, now), now=now.aware,
            )  # fmt: skip
            enqueue_once(check_batch, _key(batch, "check"), batch=batch.pk)
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
        return redirect(f"{reverse('cases')}?{urlencode(parse_qsl(_back(request)))}")
    return redirect("case_batch", batch.pk)


def _chosen(request: HttpRequest, now: Moment) -> list[int]:
    """Return the cases that were ticked, or all of the list, of those the person may see."""
    if "every" in request.POST:
        chosen = FilterForm(QueryDict(_back(request))).chosen()
        found = cases(chosen, user_of(request), now.aware, now.day)
        return list(found.order_by("-pk").values_list("pk", flat=True))
    ticked = [int(n) for n in request.POST.getlist("case") if n.isdecimal() and len(n) < 18]
    seen = visible(request.user, now.day).filter(pk__in=ticked)
    return list(seen.order_by("-pk").values_list("pk", flat=True))


def _back(request: HttpRequest) -> str:
    return request.POST.get("back", "")[:2000]


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show with how many it can be done and why not with the others, then how far it is."""
    return _shown(request, _own(request, pk))


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it done, with what is said once for all."""
    batch, user = _own(request, pk), user_of(request)
    form = _form(batch, request.POST)
    said = form.data_of_event() if form is not None and form.is_valid() else None
    if form is not None and said is None:
        return _shown(request, batch, form, status=400)
    with transaction.atomic():
        begin_batch(
            actor=Actor.of(user), user=user, batch=batch, said=said or {},
            now=timezone.now(),
        )  # fmt: skip
        enqueue_once(do_batch, _key(batch, "do"), batch=batch.pk)
    return redirect("case_batch", pk)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop what is under way, or put aside what was only looked at."""
    batch, user, now = _own(request, pk), user_of(request), timezone.now()
    if batch.state == BatchState.RUNNING:
        stop_batch(actor=Actor.of(user), user=user, batch=batch, now=now)
        messages.success(request, _("Stopped. What is done stays done."))
    else:
        discard_batch(actor=Actor.of(user), user=user, batch=batch, now=now)
        messages.success(request, _("Put aside. Nothing was done."))
    return redirect("case_batch", pk)


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Give what came of each case as a workbook."""
    batch, now = _own(request, pk), moment()
    require(may_export(request.user, now.day))
    headings = [
        _("Number"), _("Title"), _("Lead unit"), _("Answer"), _("Reason"), _("Answered at"),
    ]  # fmt: skip
    rows = [_cells(row) for row in rows_seen(batch, user_of(request), now.day)]
    notes = [say(BULK[batch.verb]), batch.get_state_display(), excel.as_of_note(now.day)]
    table = excel.Table(headings, rows, notes, excel.in_example_zone())
    return send(request, table, what=f"case_batch:{batch.pk}", name=say(BULK[batch.verb]))


def _cells(row: BatchRow) -> tuple[excel.Cell, ...]:
    at = timezone.localtime(row.answered_at).strftime("%Y-%m-%d %H:%M") if row.answered_at else None
    case, reason = row.case, say(row.reason) if row.reason else None
    lead = case.lead.name if case.lead else None
    return (case.number, case.title, lead, row.get_state_display(), reason, at)


def _own(request: HttpRequest, pk: int) -> Batch:
    """Return what somebody asked for themselves; that of others is not there for them."""
    require_console(request)
    return get_object_or_404(Batch, pk=pk, asked_by=user_of(request))


def _shown(
    request: HttpRequest, batch: Batch, form: ActionForm | None = None, *, status: int = 200
) -> HttpResponse:
    now, state = moment(), request.GET.get("state", "")
    rows = rows_seen(batch, user_of(request), now.day)
    known = state in BatchRowState.values
    context: dict[str, Any] = {
        "batch": batch,
        "label": BULK[batch.verb],
        "tally": tally(batch),
        "work": _work(batch),
        "busy": batch.state in BUSY,
        "form": form or _form(batch),
        "page": page_of(request, rows.filter(state=state) if known else rows),
        "state": state if known else "",
        "states": BatchRowState.choices,
        "may_export": may_export(request.user, now.day).allowed,
    }
    part = "#state" if "HX-Request" in request.headers else ""
    return render(request, f"cases/batch.html{part}", context, status=status)


def _form(batch: Batch, *sent: Any) -> ActionForm | None:
    """Return the form of the first case's type: the verbs offered here ask the same of all."""
    if batch.state != BatchState.READY:
        return None
    rows = batch.rows.filter(state=BatchRowState.MAY).select_related("case__version")
    if (row := rows.first()) is None or (action := action_for(row.case, batch.verb)) is None:
        return None
    return ActionForm(action, type_of(row.case.version), None, timezone.localdate(), *sent)


def _work(batch: Batch) -> Work | None:
    key = _key(batch, "check" if batch.state == BatchState.CHECKING else "do")
    job = Job.objects.filter(unique_key=key).first()
    return Work(job, progress_of(job.pk)) if job else None


def _key(batch: Batch, step: str) -> str:
    return f"case-batch:{batch.pk}:{step}"
