"""Requests from a spreadsheet: upload, what is wrong row by row, opening them with progress."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.cases.model import CaseType
from openzone.engines.tables.problems import Problem
from openzone.www import excel
from openzone.www.access import require
from openzone.www.cases.asking import moment
from openzone.www.cases.opening import kind_for, kinds_for, type_for
from openzone.www.cases.words import type_words
from openzone.www.formats import say
from openzone.www.forms import refusals
from openzone.www.forms.cases import CHANNELS
from openzone.www.forms.imports import FileInput
from openzone.www.hands import user_of
from openzone.www.importing import Work
from openzone.zone import workbooks
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel, SheetState
from openzone.zone.cases.jobs import open_sheet
from openzone.zone.cases.models import CaseSheet
from openzone.zone.cases.permissions import may_coordinate
from openzone.zone.cases.services.sheets import (
    begin_sheet,
    check_sheet,
    discard_sheet,
    vocabulary,
)
from openzone.zone.errors import Refused
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.jobs.models import Job
from openzone.zone.jobs.progress import progress_of
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.registry.services.access import log_export

PROBLEMS_SHOWN, ROWS_SHOWN = 200, 50


class SheetForm(forms.Form):
    """The spreadsheet, the type of its cases, and how the requests came in."""

    file = forms.FileField(
        label=gettext_lazy("Workbook"), widget=FileInput, allow_empty_file=True,
        help_text=gettext_lazy("xlsx, xls or csv, one request a row."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Case type"))
    channel = forms.ChoiceField(
        label=gettext_lazy("Channel"),
        choices=[(Channel.SPREADSHEET.value, Channel.SPREADSHEET.label), *CHANNELS],
    )

    def __init__(self, kinds: list[tuple[str, str]], *sent: object) -> None:
        super().__init__(*sent)  # type: ignore[arg-type]
        self.fields["kind"] = forms.ChoiceField(label=_("Case type"), choices=kinds)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Show the spreadsheets so far, and check a new one."""
    now = moment()
    require(may_coordinate(request.user, now.day))
    kinds = [(kind.id, say(kind.label)) for kind in kinds_for(request.user, now.day)]
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SheetForm(kinds, *sent)
    if form.is_valid() and (sheet := _checked(request, form)):
        return redirect("case_sheet", sheet.pk)
    sheets = CaseSheet.objects.select_related("uploaded_by").defer("rows", "problems")[:30]
    context = {"form": form, "sheets": sheets, "kinds": kinds}
    return render(request, "cases/sheets.html", context, status=400 if form.errors else 200)


def _checked(request: HttpRequest, form: SheetForm) -> CaseSheet | None:
    given, now = form.cleaned_data, moment()
    try:
        return check_sheet(
            actor=Actor.of(request.user), user=user_of(request), kind=given["kind"],
            channel=given["channel"], file_name=given["file"].name,
            data=bytes(given["file"].read()), now=now.aware, as_of=now.day,
        )  # fmt: skip
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give an empty workbook with the columns of a case type, and what may stand in them."""
    today = moment().day
    require(may_coordinate(request.user, today))
    type_ = type_for(kind_for(request.user, kind, today).id)
    fields = vocabulary(type_).fields
    table = excel.Table([say(one.label) for one in fields], [], _hints(type_), synthetic=False)
    return excel.download(table, say(type_.label))


def _hints(type_: CaseType) -> list[str]:
    """Return what has to be filled in, and the answers a question with a list takes."""
    needed = [say(one.label) for one in vocabulary(type_).fields if one.required]
    needed += [say(one.label) for one in type_.form if one.required]
    lists = [
        f"{say(one.label)}: {'、'.join(say(choice.label) for choice in one.choices)}"
        for one in type_.form
        if one.choices
    ]
    return [_("Needed: %(names)s") % {"names": "、".join(dict.fromkeys(needed))}, *lists]


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is wrong with a spreadsheet, or how far its opening is."""
    require(may_coordinate(request.user, moment().day))
    sheet = get_object_or_404(CaseSheet.objects.select_related("uploaded_by"), pk=pk)
    job = Job.objects.filter(unique_key=_key(sheet)).first()
    work = Work(job, progress_of(job.pk)) if job else None
    problems: list[Problem] = [from_json(one) for one in sheet.problems[:PROBLEMS_SHOWN]]
    context = {
        "sheet": sheet,
        "work": work,
        "busy": sheet.state == SheetState.OPENING,
        "problems": problems,
        "more_problems": max(len(sheet.problems) - PROBLEMS_SHOWN, 0),
        "more_rows": max(len(sheet.rows) - ROWS_SHOWN, 0),
        "rows": [_shown(row) for row in sheet.rows[:ROWS_SHOWN]],
        "total": len(sheet.rows),
        "type_label": type_words().get(sheet.kind, sheet.kind),
        "is_open": sheet.state == SheetState.CHECKED,
    }
    part = "#state" if "HX-Request" in request.headers else ""
    return render(request, f"cases/sheet.html{part}", context)


def _shown(row: Mapping[str, Any]) -> tuple[int, str, str, str]:
    """Return the number of a row, its title, who asks and who gets it."""
    who = " ".join(str(row[name]) for name in ("enterprise", "name") if row.get(name))
    return row["row"], row["title"], who, row.get("unit") or "—"


def _key(sheet: CaseSheet) -> str:
    return f"case-sheet:{sheet.pk}"


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue the opening of the good rows."""
    require(may_coordinate(request.user, moment().day))
    sheet, actor = get_object_or_404(CaseSheet, pk=pk), Actor.of(request.user)
    with transaction.atomic():
        begin_sheet(actor=actor, sheet=sheet)
        enqueue_once(open_sheet, _key(sheet), sheet=sheet.pk, user=actor.id, label=actor.label)
    return redirect("case_sheet", pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a spreadsheet aside."""
    require(may_coordinate(request.user, moment().day))
    discard_sheet(actor=Actor.of(request.user), sheet=get_object_or_404(CaseSheet, pk=pk))
    messages.success(request, _("The file was discarded. No case was opened from it."))
    return redirect("case_import")


@require_POST
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the spreadsheet back with every problem marked in its cell."""
    require(may_coordinate(request.user, moment().day))
    sheet = get_object_or_404(CaseSheet, pk=pk)
    content = workbooks.marked(sheet)
    log_export(
        actor=Actor.of(request.user), what=f"case_sheet:{sheet.pk}", count=len(sheet.rows),
        filters={"file": sheet.file_name},
    )  # fmt: skip
    name = _("%(name)s (marked)") % {"name": sheet.file_name.rpartition(".")[0]}
    return excel.answer(content, name, synthetic=excel.in_example_zone())
