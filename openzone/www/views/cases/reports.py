"""Units compared, the cases behind every figure, systemic issues, the weekly brief."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.cases.statistics import Metric
from openzone.engines.worktime.localtime import end_of_day, to_aware
from openzone.www import excel
from openzone.www.access import require
from openzone.www.cases import spans, words
from openzone.www.cases.asking import WITH, Moment, moment
from openzone.www.cases.brief import DOCX, PDF, weekly
from openzone.www.formats import say
from openzone.www.formpage import posted
from openzone.www.forms import refusals
from openzone.www.forms.joining import IssueForm
from openzone.www.hands import user_of
from openzone.www.papers.pdf import pdf
from openzone.www.papers.word import word
from openzone.www.views.cases.boards import span_form, tabs
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import mappings, pack
from openzone.zone.cases.permissions import may_coordinate, may_see_reports
from openzone.zone.cases.selectors.league import Row, figures, league, opened_between
from openzone.zone.cases.selectors.similar import suspects
from openzone.zone.cases.selectors.visible import visible
from openzone.zone.cases.services.systemic import raise_issue
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit
from openzone.zone.registry.permissions import may_export

MEAN = "mean_minutes"
SHOWN = ("responded", "on_time", "solved", "satisfied", "redone", "closed", MEAN)


@dataclass(frozen=True, slots=True)
class Rate:
    """A figure with what it is a share of, and the page of the cases behind it.

    ``exact``: the figure as it was counted, where the words are rounded.
    """

    words: str
    exact: str
    part: int
    of: int
    href: str


@dataclass(frozen=True, slots=True)
class LeagueRow:
    """A unit with its figures."""

    name: str
    received: int
    href: str
    rates: list[Rate]


def _span(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    return to_aware(dt.datetime.combine(first, dt.time())), to_aware(end_of_day(last))


@require_GET
def league_page(request: HttpRequest) -> HttpResponse:
    """Compare units by several figures, each with the cases behind it."""
    now = moment()
    require(may_see_reports(request.user, now.day))
    form = span_form(request, now)
    first, last, kind = form.span()
    found = opened_between(*_span(first, last), [kind] if kind else [])
    rows = league(found, now.aware)
    asked = {"first": str(first), "last": str(last), "kind": kind}
    together = figures(found, now.aware) if rows else {}
    context = {
        "headings": _headings(rows),
        "rows": [_row(row.unit.name, row.unit.code, row.figures, asked) for row in rows],
        "total": _row("", "", together, asked) if rows else None,
        "span_form": form,
        "tabs": tabs("league"),
        "may_export": may_export(request.user, now.day).allowed,
    }
    return render(request, "cases/league.html", context)


def _headings(rows: list[Row]) -> list[tuple[str, str]]:
    """Return the name of each figure with what it means."""
    found = rows[0].figures if rows else {}
    return [(label_of(found[name]), say(found[name].meaning)) for name in SHOWN if name in found]


def _labels(rows: list[Row]) -> list[str]:
    """Return the names of the figures as they are counted, for a file."""
    found = rows[0].figures if rows else {}
    return [say(found[name].label) for name in SHOWN if name in found]


def label_of(metric: Metric) -> str:
    """Return what a page calls a figure: it writes minutes as hours, and says so."""
    return _("Mean working time") if metric.id == MEAN else say(metric.label)


def worded(metric: Metric) -> tuple[str, str]:
    """Return a figure as a page writes it, and exactly where that is rounded."""
    value = metric.value
    if metric.id != MEAN or value is None:
        return metric.shown, ""
    exact = _("%(n)s working minutes") % {"n": metric.shown}
    return spans.minutes(round(value)), exact


def _row(name: str, code: str, found: Mapping[str, Metric], asked: Mapping[str, str]) -> LeagueRow:
    def page(figure: str) -> str:
        given = {**asked, "unit": code, "figure": figure}
        return f"{reverse('league_cases')}?{urlencode(given)}"

    rates = [
        Rate(*worded(found[one]), found[one].numerator, found[one].denominator or 0, page(one))
        for one in SHOWN
    ]
    return LeagueRow(name, found["received"].numerator, page("received"), rates)


@require_GET
def league_cases(request: HttpRequest) -> HttpResponse:
    """Show the cases behind one figure of one unit."""
    now = moment()
    require(may_see_reports(request.user, now.day))
    first, last, kind = span_form(request, now).span()
    found = opened_between(*_span(first, last), [kind] if kind else [])
    unit = Unit.objects.filter(code=request.GET.get("unit", "")[:32]).first()
    if unit is not None:
        found = found.filter(lead=unit)
    metric = figures(found, now.aware).get(request.GET.get("figure", ""))
    if metric is None:
        raise Http404
    behind = visible(request.user, now.day).filter(number__in=metric.behind[:1000])
    rows = words.rows(behind.select_related(*WITH).order_by("-pk"), now.aware)
    shown, exact = worded(metric)
    context = {
        "metric": metric, "label": label_of(metric), "shown": shown, "exact": exact,
        "rows": rows, "unit": unit, "first": first, "last": last,
    }  # fmt: skip
    return render(request, "cases/league_cases.html", context)


@require_POST
def league_export(request: HttpRequest) -> HttpResponse:
    """Give the comparison away as a workbook: every share with both of its numbers."""
    now = moment()
    require(may_export(request.user, now.day))
    request.GET = request.POST
    first, last, kind = span_form(request, now).span()
    rows = league(opened_between(*_span(first, last), [kind] if kind else []), now.aware)
    headings = [_("Unit"), _("Cases received")]
    for label in _labels(rows):
        headings += [label, _("%(figure)s: cases") % {"figure": label},
                     _("%(figure)s: of") % {"figure": label}]  # fmt: skip
    cells: list[list[Any]] = []
    for row in rows:
        line: list[Any] = [row.unit.name, row.figures["received"].numerator]
        for name in SHOWN:
            one = row.figures[name]
            line += [one.shown, one.numerator, one.denominator]
        cells.append(line)
    with transaction.atomic():
        record("cases.league.exported", actor=Actor.of(request.user), payload={"rows": len(rows)})
    note = _("Opened from %(first)s to %(last)s") % {"first": first, "last": last}
    table = excel.Table(headings, cells, [note], excel.in_example_zone())
    return excel.download(table, "league")


@require_http_methods(["GET", "POST"])
def systemic(request: HttpRequest) -> HttpResponse:
    """Show systemic issues and what looks like one; raise one about the cases chosen."""
    now = moment()
    require(may_see_reports(request.user, now.day))
    form = IssueForm(posted(request))
    if request.method == "POST":
        require(may_coordinate(request.user, now.day))
    if form.is_valid() and (issue := _raised(request, form, now)):
        messages.success(request, _("The systemic issue is opened with its cases behind it."))
        return redirect("case", issue.pk)
    seen = visible(request.user, now.day)
    issues = seen.filter(kind=pack().systemic).select_related(*WITH).order_by("closed", "-pk")
    groups = [
        (group, words.rows(cases, now.aware))
        for kind in mappings()
        for group, cases in suspects(kind, now.aware)
    ]
    context = {
        "issues": words.rows(issues[:50], now.aware),
        "groups": groups,
        "form": form,
        "tabs": tabs("systemic"),
        "may_raise": may_coordinate(request.user, now.day).allowed,
    }
    return render(request, "cases/systemic.html", context, status=400 if form.errors else 200)


def _raised(request: HttpRequest, form: IssueForm, now: Moment) -> Case | None:
    numbers = [
        int(one) for one in request.POST.getlist("case") if one.isdecimal() and len(one) < 18
    ]
    chosen = list(visible(request.user, now.day).filter(pk__in=numbers))
    try:
        return raise_issue(
            actor=Actor.of(request.user), cases=chosen, now=now.aware, user=user_of(request),
            **form.cleaned_data,
        ).case  # fmt: skip
    except Refused as refusal:
        refusals.show(form, refusal)
        return None


@require_GET
def brief(request: HttpRequest) -> HttpResponse:
    """Show the week's brief as it will be printed."""
    now = moment()
    require(may_see_reports(request.user, now.day))
    last = _week_of(request, now)
    context = {"paper": weekly(last, now), "last": last, "tabs": tabs("brief")}
    return render(request, "cases/brief.html", context)


@require_POST
def brief_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the brief away as Word or PDF; the log notes it."""
    now = moment()
    require(may_export(request.user, now.day))
    request.GET = request.POST
    last = _week_of(request, now)
    makers = {"word": (word, DOCX, "docx"), "pdf": (pdf, PDF, "pdf")}
    if kind not in makers:
        raise Http404
    make, media, ending = makers[kind]
    response = HttpResponse(make(weekly(last, now)), content_type=media)
    heading = _("Weekly brief")
    name = f"{heading}_{last:%Y%m%d}.{ending}"
    name = f"{excel.SAMPLE}_{name}" if excel.in_example_zone() else name
    response["Content-Disposition"] = content_disposition_header(True, name)
    with transaction.atomic():
        record("cases.brief.exported", actor=Actor.of(request.user), payload={"week": str(last)})
    return response


def _week_of(request: HttpRequest, now: Moment) -> dt.date:
    """Return the last day of the brief: the one asked for, else today."""
    try:
        day = dt.date.fromisoformat(request.GET.get("last", ""))
    except ValueError:
        return now.day
    return min(max(day, dt.date(2000, 1, 8)), now.day)
