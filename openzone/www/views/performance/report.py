"""The monthly and quarterly report of projects: every number with its footnote and its rows."""

import calendar
import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from openzone.www import excel
from openzone.www.access import require
from openzone.www.cases.brief import DOCX, PDF
from openzone.www.excel import SAMPLE, in_example_zone
from openzone.www.formats import day, say
from openzone.www.formpage import Crumb
from openzone.www.forms.facts import DayField
from openzone.www.hands import hand, user_of
from openzone.www.overview.numbers import address
from openzone.www.papers.content import Paper
from openzone.www.papers.pdf import pdf
from openzone.www.papers.word import word
from openzone.www.views.performance import common, papers
from openzone.www.views.performance.drawing import in_unit, rows_of
from openzone.zone.performance.packs import pack, report_pack
from openzone.zone.performance.permissions import may_report_projects
from openzone.zone.performance.selectors.report import Number, Period, Said, report
from openzone.zone.performance.selectors.report import number as number_of
from openzone.zone.registry.services.access import log_export

MONTHS_OF_A_QUARTER = 3
KINDS = (
    ("word", "Word", "file-text"), ("pdf", "PDF", "file-text"),
    ("excel", "Excel", "file-spreadsheet"),
)  # fmt: skip


class PeriodForm(forms.Form):
    """The days of a report: this year so far unless others are asked for."""

    first = DayField(label=gettext_lazy("From"), required=False)
    last = DayField(label=gettext_lazy("To"), required=False)

    def clean(self) -> dict[str, Any]:
        """The first day is not after the last."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and first > last:
            raise ValidationError(_("The first day is after the last."))
        return given

    def period(self, today: dt.date) -> Period:
        """Return the days of a form; of one that is wrong, the usual ones."""
        given = self.cleaned_data if self.is_valid() else {}
        last = given.get("last") or today
        return Period(given.get("first") or min(last, last.replace(month=1, day=1)), last, today)


class Preset(NamedTuple):
    """A period to choose by a link."""

    label: str
    href: str
    here: bool


def presets(period: Period) -> list[Preset]:
    """Return the periods offices report of: this month and quarter, the ones before, the year."""
    today = period.today
    month, quarter = today.replace(day=1), today.replace(day=1)
    quarter = quarter.replace(month=today.month - (today.month - 1) % MONTHS_OF_A_QUARTER)
    before, earlier = month - dt.timedelta(days=1), quarter - dt.timedelta(days=1)
    spans = [
        (_("This month"), month, today),
        (_("Last month"), before.replace(day=1), before),
        (_("This quarter"), quarter, today),
        (_("Last quarter"), earlier.replace(month=earlier.month - 2, day=1), earlier),
        (_("Up to the end of last month"), before.replace(month=1, day=1), before),
        (_("This year so far"), today.replace(month=1, day=1), today),
    ]
    if today.month > 6:
        half = dt.date(today.year, 6, calendar.monthrange(today.year, 6)[1])
        spans.append((_("First half of the year"), today.replace(month=1, day=1), half))
    return [
        Preset(
            label, address("performance_report", first=str(first), last=str(last)),
            (first, last) == (period.first, period.last),
        )
        for label, first, last in spans
    ]  # fmt: skip


class Shown(NamedTuple):
    """A number of the page with the address of its rows."""

    number: Number
    href: str
    title: str


def _asked(request: HttpRequest, data: Any) -> tuple[PeriodForm, Period]:
    today = timezone.localdate()
    require(may_report_projects(request.user, today))
    form = PeriodForm(data)
    return form, form.period(today)


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the report of a period."""
    form, period = _asked(request, request.GET)
    parts = report(period)
    context = {
        "form": form,
        "tabs": common.tabs("performance_report"),
        "kinds": KINDS,
        "presets": presets(period),
        "first": period.first,
        "last": period.last,
        "parts": [
            (say(part.heading), [(one, _pieces(one, period)) for one in part.said])
            for part in parts
        ],
        "notes": [(_shown(one, period), papers.behind(one)) for one in papers.numbers(parts)],
    }
    status = 200 if form.is_valid() else 400
    return render(request, "performance/report.html", context, status=status)


def _pieces(said: Said, period: Period) -> list[tuple[str, Shown | None]]:
    """Return a sentence as text and numbers, one after the other."""
    return [
        (one, None) if isinstance(one, str) else ("", _shown(one, period))
        for one in said.pieces(translation.get_language() or "")
    ]


def _shown(one: Number, period: Period) -> Shown:
    href = address(
        "performance_report_rows", first=str(period.first), last=str(period.last),
        sentence=one.sentence, slot=one.slot,
    )  # fmt: skip
    return Shown(one, href, f"{say(one.shown)} {say(one.unit.label.text)}")


@require_GET
def rows(request: HttpRequest) -> HttpResponse:
    """Show the projects behind a number of the report."""
    _form, period = _asked(request, request.GET)
    sentence, slot = request.GET.get("sentence", ""), request.GET.get("slot", "")
    found = number_of(sentence, slot, period)
    if found is None:
        raise Http404
    drawn, hidden = rows_of(
        found.measured, user_of(request), period.today, lambda value: _brings(found, value)
    )
    here = address("performance_report", first=str(period.first), last=str(period.last))
    context = {
        "heading": f"{say(found.shown)} {say(found.unit.label.text)}",
        "sub": f"{day(period.first)} – {day(period.last)}",
        "crumbs": (Crumb(here, _("Report of projects")),),
        "rows": drawn,
        "hidden": hidden,
        "basis": found.basis,
    }
    return render(request, "performance/rows.html", context)


def _brings(found: Number, value: str | None) -> str:
    """Write what a project brings; to a share of a target it brings an amount of its own unit."""
    if value is None:
        return ""
    slot = report_pack().slot(found.sentence, found.slot)
    unit = pack().unit_of(slot.target) if slot and slot.target else found.unit
    return in_unit(Decimal(value), unit)


@require_POST
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the report away as Word, PDF or Excel; the log notes it."""
    if kind not in {name for name, _label, _icon in KINDS}:
        raise Http404
    _form, period = _asked(request, request.POST)
    parts = report(period)
    log_export(
        actor=hand(request).actor, what="project_report", count=len(papers.numbers(parts)),
        filters={"kind": kind, "first": str(period.first), "last": str(period.last)},
    )  # fmt: skip
    if kind == "excel":
        return excel.download(papers.report_table(parts, period), papers.report_title(period))
    return download(papers.report_paper(parts, period), kind, synthetic=in_example_zone())


def download(paper: Paper, kind: str, *, synthetic: bool) -> HttpResponse:
    """Answer with a paper as Word or PDF, whose name says so if the data is synthetic."""
    make, media, ending = (word, DOCX, "docx") if kind == "word" else (pdf, PDF, "pdf")
    name = f"{paper.title}.{ending}"
    response = HttpResponse(make(paper), content_type=media)
    response["Content-Disposition"] = content_disposition_header(
        True, f"{SAMPLE}_{name}" if synthetic else name
    )
    return response
