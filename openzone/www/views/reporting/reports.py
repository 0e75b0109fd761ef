"""A report: filled in beside its own past, handed in, decided about; by workbook as well."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from openzone.engines.text import Text
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import answer, posted
from openzone.www.forms.reporting import ReportBookForm, WhyReportForm
from openzone.www.hands import Hand, hand
from openzone.www.views.exports import send
from openzone.www.views.reporting import common
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import FILLABLE, ReportState
from openzone.zone.indicators.models import Report, ReportRound
from openzone.zone.indicators.report_packs import form_of, rules
from openzone.zone.indicators.report_permissions import (
    may_decide_report,
    may_fill,
    own_reports,
)
from openzone.zone.indicators.selectors.reports import columns, energy
from openzone.zone.indicators.services import report_sheets, reports

NO_VERSION = Text("页面不完整，请刷新后再操作", "the page is incomplete: reload it")
NOTHING_OWED = Text("本期没有由您填报的报表", "you owe no report of this round")


class Decision(NamedTuple):
    """What is done to a report that was handed in."""

    label: Promise
    do: Callable[[Hand, Report, HttpRequest], object]
    states: tuple[str, ...]


def _approve(who: Hand, one: Report, request: HttpRequest) -> object:
    return reports.approve_report(**who.of("now", "user"), report=one, version=_version(request))


def _return(who: Hand, one: Report, request: HttpRequest) -> object:
    return reports.return_report(
        **who.of("now"), report=one, version=_version(request),
        cells=_of(request, "why-"), reason=request.POST.get("reason", ""),
    )  # fmt: skip


DECISIONS: Mapping[str, Decision] = {
    "approve": Decision(gettext_lazy("Approve and lock"), _approve, (ReportState.SUBMITTED,)),
    "return": Decision(gettext_lazy("Send back"), _return, (ReportState.SUBMITTED,)),
}


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report, or keep and hand in what was typed."""
    found = common.report_of(request, pk)
    if request.method == "POST":
        require(may_fill(request.user, found, hand(request).today))
        return _posted(request, found)
    return _page(request, found)


def _posted(request: HttpRequest, found: Report) -> HttpResponse:
    who = hand(request)
    try:
        version = _version(request)
        kept = reports.save_report(
            **who.of("now"), report=found, version=version, cells=_of(request, "cell-"),
            notes=_of(request, "note-"),
        )  # fmt: skip
        if "submit" not in request.POST:
            messages.success(request, _("The draft is kept."))
            return redirect("report", found.pk)
    except Refused as refusal:
        return _refused(request, found, refusal)
    try:
        reports.submit_report(**who.of("now", "user"), report=kept, version=kept.version)
        messages.success(request, _("The report is handed in."))
        return redirect("report", found.pk)
    except Refused as refusal:
        return _refused(request, kept, refusal)


def _refused(request: HttpRequest, found: Report, refusal: Refused) -> HttpResponse:
    """Show the page again with what was typed and why it was refused."""
    found.refresh_from_db()
    if found.state in FILLABLE:
        found.cells = {**found.cells, **_of(request, "cell-")}
        found.notes = {**found.notes, **_of(request, "note-")}
    return _page(request, found, refusal=refusal)


def _page(request: HttpRequest, found: Report, refusal: Refused | None = None) -> HttpResponse:
    who = hand(request)
    today = who.today
    fills = may_fill(request.user, found, today).allowed
    decides = may_decide_report(request.user, found, today)
    waiting = found.state == ReportState.SUBMITTED
    uses = energy(found)
    spec = form_of(found.round.form)
    context = common.framed(request, today, "fill" if fills else "decide") | {
        "report": found, "name": common.named(found.round), "spec": spec,
        "columns": columns(found), "fills": fills and found.state in FILLABLE,
        "corrects": fills and found.state == ReportState.APPROVED,
        "decides": waiting and decides.allowed, "own": waiting and fills,
        "late_now": found.first_at is None and today > found.round.due_on,
        "uses": uses, "tce": sum(one.tce for one in uses), "co2": sum(one.co2 for one in uses),
        "energy": rules().energy, "steps": found.steps.all(),
        "refusal": say(refusal.reason) if refusal else "",
        "refused_field": refusal.field if refusal else "",
    }  # fmt: skip
    return render(request, "reporting/report.html", context, status=400 if refusal else 200)


@require_POST
def decide(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Approve a report, or send it back with the reasons by cell."""
    if what not in DECISIONS:
        raise Http404
    found, who = common.report_of(request, pk), hand(request)
    require(may_decide_report(request.user, found, who.today))
    try:
        DECISIONS[what].do(who, found, request)
        messages.success(request, _("It is recorded."))
    except Refused as refusal:
        return _refused(request, found, refusal)
    return redirect("report", found.pk)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a locked report to whoever reported it, with the reason."""
    found, who = common.report_of(request, pk), hand(request)
    require(may_fill(request.user, found, who.today))
    form = WhyReportForm(posted(request))

    def do() -> str:
        reports.start_correction(**who.of("now"), report=found, **form.cleaned_data)
        return reverse("report", args=[found.pk])

    heading = _("Correct the report")
    words = common.page(heading, heading, common.above(), str(found.entity))
    return answer(request, words, form, do)


@require_POST
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the workbook of one's own reports of a round, with what is known so far."""
    mine = _mine(request, pk)
    form = form_of(mine[0].round.form)
    sheet = excel.Table(
        [say(report_sheets.NAME), say(report_sheets.VERSION),
         *(f"{say(one.label.text)}({one.unit})" for one in form.fields)],
        [_row(one) for one in mine],
        [common.named(mine[0].round), _("due on %(day)s") % {"day": mine[0].round.due_on}],
        mine[0].round.synthetic,
    )  # fmt: skip
    return send(
        request, sheet, what="report_template", name=common.named(mine[0].round), filters={}
    )


def _row(one: Report) -> tuple[excel.Cell, ...]:
    form = form_of(one.round.form)
    typed = [str(one.cells.get(field.id, "")) or None for field in form.fields]
    return (one.entity.name, str(one.version), *typed)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a workbook back in: all its rows become drafts, or none with every fault named."""
    mine = _mine(request, pk)
    form = ReportBookForm(posted(request), request.FILES or None)
    faults: list[report_sheets.Fault] = []
    if form.is_valid():
        try:
            kept = _filled(request, mine, form)
            messages.success(request, _("Drafts kept: %(n)s") % {"n": len(kept)})
            return redirect("report", kept[0].pk) if len(kept) == 1 else redirect("reports")
        except Refused as refusal:
            form.add_error("file", say(refusal.reason))
        except report_sheets.Broken as broken:
            faults = list(broken.faults)
    context = common.framed(request, hand(request).today, "fill") | {
        "form": form, "faults": faults, "name": common.named(mine[0].round),
        "round": mine[0].round, "columns": report_sheets.words(form_of(mine[0].round.form)).fields,
    }  # fmt: skip
    return render(request, "reporting/upload.html", context, status=400 if form.is_bound else 200)


def _filled(request: HttpRequest, mine: list[Report], form: forms.Form) -> list[Report]:
    file: Any = form.cleaned_data["file"]
    return report_sheets.fill_from_sheet(
        **hand(request).of("now"), reports=mine, file_name=file.name or "", data=file.read()
    )


def _mine(request: HttpRequest, pk: int) -> list[Report]:
    """Return one's own reports of a round."""
    today = common.entered(request)
    found = list(own_reports(request.user, today).filter(round=pk).order_by("entity__name", "pk"))
    if not found:
        if not ReportRound.objects.filter(pk=pk).exists():
            raise Http404
        from openzone.zone.people.permissions import deny

        require(deny(NOTHING_OWED.zh, NOTHING_OWED.en))
    return found


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    if not (given.isascii() and given.isdigit() and len(given) < 9):
        raise Refused(NO_VERSION, field="version")
    return int(given)


def _of(request: HttpRequest, prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): str(value)
        for name, value in request.POST.items()
        if name.startswith(prefix)
    }
