"""Campaigns: the list, one with both sides' figures as far as they are open, its steps, report."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.water.quarters import Quarter, quarter_of
from openzone.www import excel
from openzone.www.access import require
from openzone.www.cases.brief import DOCX, PDF
from openzone.www.excel import SAMPLE
from openzone.www.formats import say
from openzone.www.formpage import answer, posted
from openzone.www.forms.waters import CampaignForm, ReasonForm, SpanForm
from openzone.www.hands import hand
from openzone.www.pages import page_of
from openzone.www.papers.pdf import pdf
from openzone.www.papers.word import word
from openzone.www.views.exports import send
from openzone.www.views.waters import common
from openzone.www.waters.report import report_paper, report_rows
from openzone.www.waters.said import CHIPS, class_label, deciding, level_label
from openzone.zone.cases.packs import worktime
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit
from openzone.zone.people.permissions import Decision
from openzone.zone.registry.services.access import log_export
from openzone.zone.waters.models import Campaign
from openzone.zone.waters.packs import monitoring
from openzone.zone.waters.permissions import NOT_SIDE, may_write, side_of, units_of
from openzone.zone.waters.selectors.register import campaigns, in_force, sections
from openzone.zone.waters.selectors.standing import Result, Standing, standing_of
from openzone.zone.waters.selectors.waiting import to_plan
from openzone.zone.waters.services import campaigns as services

MADE = {"word": (word, DOCX, "docx"), "pdf": (pdf, PDF, "pdf")}


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the campaigns; ``first`` and ``last``: those sampled in a period."""
    today = common.entered(request)
    rows = campaigns(request.user, today)
    form = SpanForm(request.GET) if "first" in request.GET else None
    valid = form is None or form.is_valid()
    if form is not None and valid:
        span = (form.cleaned_data["first"], form.cleaned_data["last"])
        live = rows.exclude(state="cancelled")
        rows = live.filter(planned__sample_on__range=span).distinct()
    context = common.framed(request, "water_campaigns", today) | {
        "page": page_of(request, rows if valid else rows.none()), "form": form,
    }  # fmt: skip
    return render(request, "waters/campaigns.html", context, status=200 if valid else 400)


def proposal(span: Quarter, today: dt.date) -> dict[str, Any]:
    """Return what a plan begins with: working days of a quarter; of the next where it is over."""
    plan, calendar = monitoring().plan, worktime().calendar
    day = max(_first_day(span), calendar.shift_workdays(today - dt.timedelta(days=1), 1))
    if day > span.last:
        span = span.next
        day = _first_day(span)
    due = calendar.shift_workdays(day, plan.enter_workdays)
    return {"quarter": str(span), "sample_on": day, "enter_by": due}


def _first_day(span: Quarter) -> dt.date:
    second = (span.first + dt.timedelta(days=40)).replace(day=1)
    before = second - dt.timedelta(days=1)
    return worktime().calendar.shift_workdays(before, monitoring().plan.first_workday)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a campaign."""
    today = common.entered(request)
    units = units_of(request.user, today)
    mine = in_force(sections(request.user, today), today)
    own = mine.filter(one__in=units) | mine.filter(other__in=units)
    require(Decision(own.exists(), NOT_SIDE))
    who = hand(request)
    here = quarter_of(today)
    span = here if to_plan(request.user, today) else here.next  # type: ignore[arg-type]
    form = CampaignForm(posted(request), initial=proposal(span, today) | {"sections": own})
    form.offer(own)

    def do() -> str:
        made = services.plan_campaign(**who.of("now", "user"), **form.given())
        return reverse("water_campaign", args=[made.pk])

    crumbs = common.above(_("Sampling campaigns"), reverse("water_campaigns"))
    return answer(request, common.page(_("Plan a campaign"), _("Plan"), crumbs), form, do)


@require_GET
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a campaign section by section; the other side's figures only once they are open."""
    found, today = common.campaign_of(request, pk), timezone.localdate()
    standing, mine = standing_of(found, today), side_of(request.user, found.sides, today)
    context = common.framed(request, "water_campaigns", today) | {
        "campaign": found, "standing": standing, "mine": mine,
        "rows": [line(standing, one, mine) for one in standing.results],
        "sides": [(one, standing.locked(one), one.pk in standing.approvals)
                  for one in found.sides],
        "writes": may_write(request.user, found, today).allowed,
        "locked": mine is not None and standing.locked(mine),
        "reports": [("word", "Word"), ("pdf", "PDF"), ("excel", "Excel")],
        "approved": mine is not None and mine.pk in standing.approvals,
    }  # fmt: skip
    return render(request, "waters/campaign.html", context)


def line(standing: Standing, result: Result, mine: Unit | None) -> dict[str, Any]:
    """Return a section of a campaign as the page shows it to a side."""
    parts = []
    for side in standing.campaign.sides:
        sample = standing.shown(result, side, mine)
        classed = result.classed(sample)
        parts.append((sample, class_label(classed.place) if classed else "", deciding(classed)))
    open_ = standing.revealed
    return {
        "result": result, "parts": parts, "target": level_label(result.target),
        "level": class_label(result.place) if open_ else "—",
        "deciding": deciding(result.joint.sample)
        if open_ and result.joint and result.place is not None
        else "",
        "cell": result.cell if open_ else None, "chip": CHIPS[result.cell],
        "why": say(result.why) if open_ and result.why else "",
        "far": open_ and result.joint is not None and bool(result.joint.open),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Lock one's own figures, approve, or call a campaign off."""
    found, who = common.campaign_of(request, pk), hand(request)
    require(may_write(request.user, found, who.today))
    if what == "cancel":
        return _cancel(request, found)
    acts = {"lock": services.lock_figures, "approve": services.approve_campaign}
    if what not in acts or request.method != "POST":
        raise Http404
    try:
        acts[what](**who.of("now", "user"), campaign=found)
        messages.success(request, _("It is recorded."))
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("water_campaign", found.pk)


def _cancel(request: HttpRequest, found: Campaign) -> HttpResponse:
    form, who = ReasonForm(posted(request)), hand(request)

    def do() -> str:
        services.cancel_campaign(**who.of("now", "user"), campaign=found, **form.cleaned_data)
        return reverse("water_campaign", args=[found.pk])

    crumbs = common.above(say(found.of_quarter.label), reverse("water_campaign", args=[found.pk]))
    return answer(request, common.page(_("Call the campaign off"), _("Call off"), crumbs), form, do)


@require_POST
def report(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give the report of a quarter as Word, PDF or Excel, as far as figures are open. Logged."""
    found, today = common.campaign_of(request, pk), timezone.localdate()
    standing = standing_of(found, today)
    if not standing.revealed:
        messages.error(request, _("The report is there once both sides have locked."))
        return redirect("water_campaign", found.pk)
    name = _("Joint water monitoring %(quarter)s") % {"quarter": say(found.of_quarter.label)}
    if kind == "excel":
        headings, rows, notes = report_rows(standing)
        sheet = excel.Table(headings, rows, [name, *notes], found.synthetic)
        return send(request, sheet, what=f"water_campaign:{found.pk}", name=name)
    if kind not in MADE:
        raise Http404
    make, media, suffix = MADE[kind]
    log_export(actor=hand(request).actor, what=f"water_campaign:{found.pk}",
               count=len(standing.results), filters={"kind": kind})  # fmt: skip
    response = HttpResponse(make(report_paper(standing, name)), content_type=media)
    title = f"{SAMPLE}_{name}.{suffix}" if found.synthetic else f"{name}.{suffix}"
    response["Content-Disposition"] = content_disposition_header(True, title)
    return response
