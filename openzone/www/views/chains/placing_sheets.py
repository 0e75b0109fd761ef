"""Workbooks of placements, roles and figures: checked, entered, given back, undone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from openzone.www import excel, uploads
from openzone.www.formats import say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms import refusals
from openzone.www.forms.chains_placing import SheetForm, WhyForm
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.www.views.chains.placing_common import above, reviewing, tabs
from openzone.zone.chains.enums import ChainSheetKind, ChainSheetState
from openzone.zone.chains.models import ChainSheet
from openzone.zone.chains.services import sheets
from openzone.zone.chains.services.sheet_columns import vocabulary
from openzone.zone.errors import Refused
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.registry.services.access import log_export

ROWS, PROBLEMS = 100, 200
LISTS = {
    ChainSheetKind.PLACEMENTS: "chain_placements",
    ChainSheetKind.ROLES: "chain_roles",
    ChainSheetKind.FIGURES: "chain_figures",
}
HEADINGS = {
    ChainSheetKind.PLACEMENTS: gettext_lazy("Placements from a workbook"),
    ChainSheetKind.ROLES: gettext_lazy("Roles from a workbook"),
    ChainSheetKind.FIGURES: gettext_lazy("Figures from a workbook"),
}


def _kind(kind: str) -> ChainSheetKind:
    if kind not in ChainSheetKind.values:
        raise Http404
    return ChainSheetKind(kind)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a workbook and check it; nothing is entered yet."""
    meant = _kind(kind)
    reviewing(request)
    form = SheetForm(posted(request), request.FILES or None)
    if form.is_valid() and (sheet := _checked(request, form, meant)):
        return redirect("chain_sheet", sheet.pk)
    rows = ChainSheet.objects.filter(kind=meant).select_related("uploaded_by")
    context = {
        "form": form, "kind": meant, "heading": HEADINGS[meant], "tabs": tabs(LISTS[meant]),
        "columns": vocabulary(meant).fields, "sheets": page_of(request, rows),
    }  # fmt: skip
    return render(
        request, "chains/placing_sheets.html", context, status=400 if form.is_bound else 200
    )


def _checked(request: HttpRequest, form: SheetForm, kind: ChainSheetKind) -> ChainSheet | None:
    who, file = hand(request), form.cleaned_data["file"]
    try:
        return sheets.check_sheet(
            **who.of("user", "now"), kind=kind, file_name=file.name or "", data=file.read(),
            as_of=who.today, synthetic=excel.in_example_zone(),
        )  # fmt: skip
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give an empty workbook with the columns, and what may stand in them."""
    meant = _kind(kind)
    reviewing(request)
    return uploads.empty(vocabulary(meant), str(meant.label))


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a workbook would enter, and what is wrong with its other rows."""
    reviewing(request)
    sheet = get_object_or_404(ChainSheet.objects.select_related("uploaded_by"), pk=pk)
    kind = ChainSheetKind(sheet.kind)
    columns = vocabulary(kind).fields
    context = {
        "sheet": sheet, "heading": HEADINGS[kind], "kind": kind, "columns": columns,
        "problems": [from_json(one) for one in sheet.problems[:PROBLEMS]],
        "rows": [(row["row"], [row.get(one.name) for one in columns]) for row in sheet.rows[:ROWS]],
        "total": len(sheet.rows),
        "is_open": sheet.state == ChainSheetState.CHECKED,
        "may_undo": sheet.state == ChainSheetState.APPLIED,
    }  # fmt: skip
    return render(request, "chains/placing_sheet.html", context)


@require_http_methods(["POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Enter the good rows, put the workbook aside, or give it back with its faults marked."""
    reviewing(request)
    who, sheet = hand(request), get_object_or_404(ChainSheet, pk=pk)
    if what == "apply":
        done = sheets.apply_sheet(**who.of("now"), sheet=sheet)
        messages.success(request, _("Entered: %(n)s rows.") % {"n": len(done.rows)})
        return redirect("chain_sheet", sheet.pk)
    if what == "discard":
        sheets.discard_sheet(**who.of(), sheet=sheet)
        messages.success(request, _("The file was put aside. Nothing was entered from it."))
        return redirect("chain_sheets", sheet.kind)
    if what == "marked":
        content = sheets.marked(sheet)
        log_export(**who.of(), what=f"chain_sheet:{sheet.pk}", count=len(sheet.problems),
                   filters={})  # fmt: skip
        name = _("%(name)s (marked)") % {"name": sheet.file_name.rpartition(".")[0]}
        return excel.answer(content, name, synthetic=sheet.synthetic)
    raise Http404


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what a workbook entered, and say what stays."""
    reviewing(request)
    who, sheet = hand(request), get_object_or_404(ChainSheet, pk=pk)
    form = WhyForm(posted(request))

    def do() -> str:
        left = sheets.undo_sheet(**who.of("user", "now"), sheet=sheet, **form.cleaned_data)
        for one in left:
            messages.warning(request, f"{one.what}: {say(one.reason)}")
        return reverse("chain_sheet", args=[sheet.pk])

    page_ = FormPage(
        _("Undo the workbook"), _("Undo"), _("It is undone."), above(), sheet.file_name
    )
    return answer(request, page_, form, do)
