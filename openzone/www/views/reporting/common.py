"""What pages of reporting share."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage
from openzone.www.views.indicators.tabs import tabs
from openzone.zone.indicators.models import Report, ReportRound
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.report_packs import form_label, notices, period_label
from openzone.zone.indicators.report_permissions import (
    may_open_reports,
    may_run,
    may_see_report,
    may_see_round,
)
from openzone.zone.registry.permissions import may_export


def entered(request: HttpRequest) -> dt.date:
    """Return today, for whoever looks at reporting at all."""
    today = timezone.localdate()
    require(may_open_reports(request.user, today))
    return today


def round_of(request: HttpRequest, pk: int) -> ReportRound:
    """Return a round, for people who work for the zone."""
    today = entered(request)
    found = get_object_or_404(ReportRound, pk=pk)
    require(may_see_round(request.user, today))
    return found


def run(request: HttpRequest, pk: int) -> ReportRound:
    """Return a round, for whoever runs it."""
    found = round_of(request, pk)
    require(may_run(request.user, timezone.localdate()))
    return found


def report_of(request: HttpRequest, pk: int) -> Report:
    """Return a report the person may read."""
    today = entered(request)
    rows = Report.objects.select_related(
        "round", "entity__enterprise", "entity__unit", "submitted_by", "approved_by"
    )
    found = get_object_or_404(rows, pk=pk)
    require(may_see_report(request.user, found, today))
    return found


def framed(request: HttpRequest, today: dt.date, where: str = "") -> dict[str, Any]:
    """Return what stands on every page; ``where`` chooses what the law says there."""
    return {
        "figure_tabs": tabs(request, today),
        "runs": may_run(request.user, today).allowed,
        "sees_rounds": may_see_round(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
        "law": notices(where) if where else [],
        "today": today,
    }


def named(one: ReportRound) -> str:
    """Return what a round is called: 企业月报 2026年1—10月."""
    return f"{say(form_label(one.form))} {say(period_label(parsed(one.period)))}"


def above(one: ReportRound | None = None) -> tuple[Crumb, ...]:
    """Return the pages above a form."""
    crumbs = (Crumb(reverse("reports"), _("Reporting")),)
    if one is None:
        return crumbs
    return (*crumbs, Crumb(reverse("report_round", args=[one.pk]), named(one)))


def page(heading: str, button: str, crumbs: tuple[Crumb, ...], sub: str = "") -> FormPage:
    """Return what a form says."""
    return FormPage(heading, button, _("It is recorded."), crumbs, sub, "promotion_field/act.html")
