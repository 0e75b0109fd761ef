"""Data: the table of figures with their sources, one figure, workbooks in and out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.www import excel, uploads
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.evaluations import CellForm, DataBookForm
from openzone.www.hands import Hand, hand
from openzone.www.pages import page_of
from openzone.www.views.evaluations import common
from openzone.www.views.exports import send
from openzone.zone.errors import Refused
from openzone.zone.evaluations import permissions
from openzone.zone.evaluations.models import Cycle, DataSheet
from openzone.zone.evaluations.selectors.data import needed, rows_of
from openzone.zone.evaluations.selectors.items import Item, items_of, pack_of
from openzone.zone.evaluations.services import sheets
from openzone.zone.evaluations.services.cells import enter_cell
from openzone.zone.people.permissions import Decision


def _shown(request: HttpRequest, cycle: Cycle) -> list[Item]:
    """Return the columns somebody reads: all of them, or those of their bureau."""
    today = common.entered(request)
    require(permissions.may_see_data(request.user, cycle, today))
    items = items_of(cycle)
    if permissions.sees_all(request.user, today):
        return items
    own = permissions.own_columns(request.user, cycle, today)
    return [one for one in items if one.name in own]


@require_GET
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """Show figures with their sources; ``missing`` narrows to who lacks one figure."""
    found = common.cycle_of(request, pk)
    items, today = _shown(request, found), common.entered(request)
    wanted = request.GET.get("missing", "")
    rows = rows_of(found, items)
    if wanted:
        at = next((n for n, one in enumerate(items) if one.name == wanted), None)
        if at is None:
            raise Http404
        rows = [one for one in rows
                if one.cells[at] is None and wanted in needed(found, one.entrant)]  # fmt: skip
    page = common.part_of(request, rows)
    own = permissions.own_columns(request.user, found, today)
    context = common.framed(request, found, "evaluation_data", today) | {
        "items": items, "page": page, "own": own, "wanted": wanted,
        "lines": [
            (row.entrant, [
                (item, cell, item.shown(cell.value) if cell and cell.value is not None else None,
                 item.name in own and found.state in common.ENTERING)
                for item, cell in zip(items, row.cells, strict=True)
            ])
            for row in page
        ],
        "groups": common.groups_of(pack_of(found)),
        "enters": bool(own) and found.state in common.ENTERING,
    }  # fmt: skip
    return render(request, "evaluations/data.html", context)


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the columns somebody reads; filled in, the file can be read in again."""
    found = common.cycle_of(request, pk)
    items, today = _shown(request, found), common.entered(request)
    rows = [
        (row.entrant.name, row.entrant.enterprise.uscc if row.entrant.enterprise else None,
         *(item.shown(cell.value) if cell and cell.value is not None else None
           for item, cell in zip(items, row.cells, strict=True)))
        for row in rows_of(found, items)
    ]  # fmt: skip
    sheet = excel.Table(
        [_("Enterprise name"), _("Unified social credit code"),
         *(say(one.heading) for one in items)],
        rows, [found.title, excel.as_of_note(today)], found.synthetic or excel.in_example_zone(),
    )  # fmt: skip
    return send(request, sheet, what=f"cycle:{found.pk}", name=found.title)


@require_http_methods(["GET", "POST"])
def cell(request: HttpRequest, pk: int, item: str) -> HttpResponse:
    """Show a figure with its history, and enter or take back one."""
    entrant, who = common.entrant_of(request, pk), hand(request)
    cycle = entrant.cycle
    known = {one.name: one for one in items_of(cycle)}
    if item not in known:
        raise Http404
    require(_may_read(request, cycle, item))
    history = list(entrant.cells.filter(item=item).select_related("by", "sheet").order_by("-seq"))
    form = CellForm(known[item], history[0] if history else None, posted(request))
    enters = permissions.may_enter(request.user, cycle, item, who.today)
    enters_now = enters.allowed and cycle.state in common.ENTERING
    if request.method == "POST":
        require(enters)
        try:
            if form.is_valid():
                enter_cell(**who.of("user", "now"), entrant=entrant, item=item, **form.given())
                messages.success(request, _("It is recorded."))
                return redirect("evaluation_data", cycle.pk)
        except Refused as refusal:
            if refusal.field == item:
                refusal = Refused(refusal.reason, field="value")
            refusals.show(form, refusal)
    context = {
        "entrant": entrant, "cycle": cycle, "item": known[item], "form": form,
        "enters": enters_now,
        "history": [(one, None if one.value is None else known[item].shown(one.value))
                    for one in history],
    }  # fmt: skip
    return render(request, "evaluations/cell.html", context, status=400 if form.is_bound else 200)


def _may_read(request: HttpRequest, cycle: Cycle, item: str) -> Decision:
    today = common.entered(request)
    if permissions.sees_all(request.user, today):
        return permissions.may_see_data(request.user, cycle, today)
    return permissions.may_enter(request.user, cycle, item, today)


@require_http_methods(["GET", "POST"])
def books(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a workbook of a bureau and check it; nothing is entered yet."""
    found, who = common.cycle_of(request, pk), hand(request)
    items = _shown(request, found)
    form = DataBookForm(posted(request), request.FILES or None)
    if form.is_valid() and (made := _checked(who, found, form)):
        return redirect("evaluation_book", made.pk)
    mine = found.sheets.select_related("uploaded_by")
    if not permissions.sees_all(request.user, who.today):
        mine = mine.filter(uploaded_by=who.user)
    context = common.framed(request, found, "evaluation_data", who.today) | {
        "form": form, "items": items, "sheets": page_of(request, mine),
    }  # fmt: skip
    return render(request, "evaluations/books.html", context, status=400 if form.is_bound else 200)


def _checked(who: Hand, cycle: Cycle, form: DataBookForm) -> DataSheet | None:
    source = form.cleaned_data["source"]
    return uploads.checked(
        form,
        lambda name, data: sheets.check_sheet(
            **who.of("user", "now"), cycle=cycle, file_name=name, data=data, source=source
        ),
    )


def _book(request: HttpRequest, pk: int) -> DataSheet:
    today = common.entered(request)
    found = get_object_or_404(DataSheet.objects.select_related("cycle", "uploaded_by"), pk=pk)
    own = found.uploaded_by_id == request.user.pk
    require(
        permissions.may_see_data(request.user, found.cycle, today)
        if own else permissions.may_simulate(request.user, today)
    )  # fmt: skip
    return found


@require_GET
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a workbook would enter, and what is wrong with its other rows."""
    found = _book(request, pk)
    context = uploads.shown(found, sheets.vocabulary(found.cycle)) | {"cycle": found.cycle}
    return render(request, "evaluations/book.html", context)


@require_POST
def book_act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Enter the good rows, or put the workbook aside."""
    uploads.ensure_step(step)
    found, who = _book(request, pk), hand(request)
    uploads.taken(
        request, step,
        apply=lambda: sheets.apply_sheet(**who.of("user", "now"), sheet=found),
        discard=lambda: sheets.discard_sheet(**who.of(), sheet=found),
    )  # fmt: skip
    return redirect("evaluation_book", found.pk)
