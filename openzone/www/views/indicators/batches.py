"""Batches: entered by hand, corrected, submitted with explanations, sent back, approved."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, answer, posted
from openzone.www.forms import refusals
from openzone.www.forms.indicators import BatchForm, RowFormSet, WhyFigureForm
from openzone.www.forms.records import offer
from openzone.www.hands import Hand, hand
from openzone.www.pages import page_of
from openzone.www.views.indicators import common
from openzone.www.words_indicators import FLAGS
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import OPEN, BatchKind, BatchState
from openzone.zone.indicators.models import Batch, BatchRow, Entity
from openzone.zone.indicators.packs import find_indicator
from openzone.zone.indicators.permissions import may_decide, may_enter, may_work, visible
from openzone.zone.indicators.reading import COLUMNS
from openzone.zone.indicators.selectors.batches import batches
from openzone.zone.indicators.selectors.checking import needs_reason
from openzone.zone.indicators.services.figures import (
    Row,
    approve_batch,
    discard_batch,
    enter_batch,
    replace_rows,
    return_batch,
    submit_batch,
)

SHARED = ("published", "status")
NO_ROW = Text("请至少填写一行", "fill in at least one row")
NOT_WHOLE = Text("行数有误，请刷新后重填", "these are not the rows that were sent out: reload")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the batches, what waits first."""
    today = common.entered(request)
    require(may_work(request.user, today))
    state = request.GET.get("state", "")
    found = batches(request.user, today, state if state in BatchState.values else "")
    context = common.framed(request, today) | {
        "page": page_of(request, found), "states": BatchState.choices, "state": state,
    }  # fmt: skip
    return render(request, "indicators/batches.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter a batch by hand."""
    today = common.entered(request)
    require(may_enter(request.user, today))
    who = hand(request)
    form = BatchForm(posted(request), initial={"entity": request.GET.get("entity")})
    offer(form, "entity", visible(request.user, today))
    rows = RowFormSet(posted(request))

    def do() -> Batch:
        given = form.cleaned_data
        return enter_batch(
            **who.of("now", "user"), kind=BatchKind.HAND, title=given["title"],
            entity=given["entity"], document=given["document"],
            rows=_rows(rows, given["entity"], _shared(given)),
        )  # fmt: skip

    return _batch_form(request, form, rows, do, {"crumbs": common.above(), "batch": None})


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the rows of a batch that is still open."""
    found, today = common.batch_of(request, pk), common.entered(request)
    require(may_enter(request.user, today))
    if found.state not in OPEN or found.entity is None:
        raise Http404
    who, entity = hand(request), found.entity
    kept = list(found.rows.order_by("number"))
    form = BatchForm(posted(request), initial=_initial(found, kept))
    offer(form, "entity", Entity.objects.filter(pk=entity.pk))
    rows = RowFormSet(posted(request), initial=[_of_row(one) for one in kept])

    def do() -> Batch:
        shared = _shared(form.cleaned_data)
        return replace_rows(**who.of("now", "user"), batch=found, rows=_rows(rows, entity, shared))

    crumbs = common.above(Crumb(reverse("figure_batch", args=[found.pk]), found.title))
    return _batch_form(request, form, rows, do, {"crumbs": crumbs, "batch": found})


def _batch_form(
    request: HttpRequest, form: forms.Form, rows: Any, do: Any, more: dict[str, Any]
) -> HttpResponse:
    valid = form.is_bound and form.is_valid() and rows.is_valid()
    if valid and (made := _done(form, do)):
        messages.success(request, _("The batch was checked. Submit it when it is right."))
        return redirect("figure_batch", made.pk)
    if form.is_bound and rows.non_form_errors():
        form.add_error(None, say(NOT_WHOLE))
    today = common.entered(request)
    context = common.framed(request, today) | {"form": form, "rows": rows, **more}
    status = 400 if form.is_bound else 200
    return render(request, "indicators/batch_form.html", context, status=status)


def _done(form: forms.Form, do: Any) -> Batch | None:
    try:
        found: Batch = do()
    except Refused as refusal:
        if refusal.field in form.fields:
            refusals.show(form, refusal)
        else:
            form.add_error(None, say(refusal.reason))
        return None
    return found


def _shared(given: dict[str, Any]) -> dict[str, str]:
    found = {name: given.get(name) for name in SHARED}
    return {name: str(value) for name, value in found.items() if value}


def _rows(rows: Any, entity: Entity, shared: dict[str, str]) -> list[Row]:
    """Return the rows that say anything; what all share is in each."""
    said = [one.given() for one in rows]
    found = [Row(entity, {**shared, **one}) for one in said if one]
    if not found:
        raise Refused(NO_ROW)
    return found


def _initial(found: Batch, kept: list[BatchRow]) -> dict[str, Any]:
    shared = {name: kept[0].given.get(name, "") for name in SHARED} if kept else {}
    return {"title": found.title, "entity": found.entity_id, "document": found.document, **shared}


def _of_row(row: BatchRow) -> dict[str, Any]:
    return {**row.given, "same_scope": row.given.get("same_scope") == "是",
            "explanation": row.explanation}  # fmt: skip


@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a batch: its rows with what the checks ask, its way, what can be done."""
    found, today = common.batch_of(request, pk), common.entered(request)
    rows = list(found.rows.select_related("entity").order_by("number"))
    figures = {one.row: one.pk for one in found.figures.all()}
    context = common.framed(request, today) | {
        "batch": found, "rows": [_told(one, figures) for one in rows],
        "open": found.state in OPEN, "steps": found.steps.all(),
        "decides": may_decide(request.user, found, today),
        "asked": sum(bool(one.flags) for one in rows),
        "changes": found.state in OPEN and found.entity_id is not None,
    }  # fmt: skip
    return render(request, "indicators/batch.html", context)


def _told(row: BatchRow, figures: dict[int, int]) -> dict[str, Any]:
    given = {field.name: row.given.get(field.name, "") for field in COLUMNS.fields}
    return {
        "row": row, "label": _label(given["series"]), "given": given,
        "figure": figures.get(row.number), "must": needs_reason(row.flags),
        "flags": [(str(FLAGS.get(one["kind"], one["kind"])), say(Text(one["zh"], one["en"])))
                  for one in row.flags],
    }  # fmt: skip


def _label(name: str) -> str:
    found = find_indicator(name)
    return say(found.label.text) if found is not None else name


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit a batch with the explanations written beside its rows."""
    found, who = common.batch_of(request, pk), hand(request)
    require(may_enter(request.user, who.today))
    numbers = found.rows.values_list("number", flat=True)
    said = {number: request.POST.get(f"explanation-{number}") for number in numbers}
    explanations = {number: text for number, text in said.items() if text is not None}
    try:
        submit_batch(**who.of("now", "user"), batch=found, explanations=explanations)
        messages.success(request, _("Submitted: somebody else approves it now."))
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("figure_batch", found.pk)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Approve, send back, or put aside."""
    found, who = common.batch_of(request, pk), hand(request)
    if what == "approve":
        return _approve(request, found, who)
    if what not in ("return", "discard"):
        raise Http404
    allowed = may_decide if what == "return" else lambda user, _b, on: may_enter(user, on)
    require(allowed(request.user, found, who.today))
    form = WhyFigureForm(posted(request))

    def do() -> str:
        service = return_batch if what == "return" else discard_batch
        service(**who.of("now"), batch=found, **form.cleaned_data)
        return reverse("figure_batch", args=[found.pk])

    heading = _("Send the batch back") if what == "return" else _("Put the batch aside")
    button = _("Send back") if what == "return" else _("Put aside")
    crumbs = common.above(Crumb(reverse("figure_batch", args=[found.pk]), found.title))
    return answer(request, common.page(heading, button, crumbs), form, do)


def _approve(request: HttpRequest, found: Batch, who: Hand) -> HttpResponse:
    require(may_decide(request.user, found, who.today))
    if request.method == "POST":
        try:
            made = approve_batch(**who.of("now", "user"), batch=found)
            messages.success(request, _("Figures on record: %(n)s") % {"n": len(made)})
        except Refused as refusal:
            messages.error(request, say(refusal.reason))
    return redirect("figure_batch", found.pk)
