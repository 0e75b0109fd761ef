"""Leads as a board, a table, a file; those nobody has spoken to for long."""

import datetime as dt
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.tables.columns import Field
from openzone.engines.text import Text
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.promotion import DaysForm, LeadFilter
from openzone.www.views.exports import send
from openzone.www.views.promotion.common import channel_label, grade_label, source_label, tabs
from openzone.zone.people.models import User
from openzone.zone.promotion.models import Interaction, Lead
from openzone.zone.promotion.permissions import may_edit, may_list, may_record, may_tidy, visible
from openzone.zone.promotion.selectors.listing import Filter, board, leads, page, with_names
from openzone.zone.promotion.selectors.quiet import quiet_leads
from openzone.zone.promotion.services.sheet_columns import vocabulary
from openzone.zone.registry.permissions import may_export

CARDS, ROWS, QUIET = 20, 50, 200


class Line(NamedTuple):
    """A lead as lists show it."""

    lead: Lead
    source: Text
    channel: Text | None
    grade: Text


def line(lead: Lead) -> Line:
    """Return a lead with its codes in words."""
    return Line(lead, source_label(lead), channel_label(lead.channel), grade_label(lead.grade))


def _asked(request: HttpRequest, here: str) -> tuple[LeadFilter, dt.date, dict[str, Any]]:
    """Return the filters and what every list draws."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    form = _filter(request, request.GET)
    context = {
        "form": form,
        "tabs": tabs(here),
        "today": today,
        "may_record": may_record(request.user, today).allowed,
        "may_tidy": may_tidy(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }
    return form, today, context


def _filter(request: HttpRequest, data: Any) -> LeadFilter:
    known = User.objects.filter(adviser_terms__isnull=False).distinct().order_by("username")
    return LeadFilter(data, known)


@require_GET
def board_page(request: HttpRequest) -> HttpResponse:
    """Show leads by state, with counts and sums of whole columns."""
    form, today, context = _asked(request, "leads")
    chosen = form.chosen() if form.is_valid() else Filter()
    shown = board(request.user, today, chosen=chosen, most=CARDS)
    context["columns"] = [
        (one, [(line(lead), may_edit(request.user, lead, today).allowed) for lead in one.leads])
        for one in shown
    ]
    asked = request.GET.copy()
    asked.pop("state", None)
    context["asked"] = asked.urlencode()
    return render(request, "promotion/board.html", context, status=_status(form))


@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """Show leads as a table, page by page."""
    form, today, context = _asked(request, "lead_list")
    found = leads(form.chosen(), request.user, today) if form.is_valid() else _none()
    shown = page(found, after=request.GET.get("after", ""), size=ROWS)
    context |= {"lines": [line(one) for one in shown.leads], "after": shown.after}
    return render(request, "promotion/table.html", context, status=_status(form))


@require_GET
def quiet(request: HttpRequest) -> HttpResponse:
    """Show leads nobody has spoken to for longer than their grade allows, or for so many days."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    form = DaysForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    own = visible(request.user, today)
    if given.get("adviser"):
        own = own.filter(adviser=given["adviser"])
    found = quiet_leads(own, today, given.get("days"))
    context = {
        "form": form,
        "tabs": tabs("leads_quiet"),
        "rows": [
            (one, line(one.lead), may_edit(request.user, one.lead, today).allowed)
            for one in found[:QUIET]
        ],
        "count": len(found),
        "shown": QUIET,
    }  # fmt: skip
    return render(request, "promotion/quiet.html", context, status=_status(form))


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Download the filtered leads in the columns they are taken in by; the log notes who did."""
    today = timezone.localdate()
    require(may_list(request.user, today))
    require(may_export(request.user, today))
    form = _filter(request, request.POST)
    found: list[Lead] = []
    if form.is_valid():
        rows = with_names(leads(form.chosen(), request.user, today))
        found = list(rows.select_related("investor__root")[: settings.EXPORT_LIMIT + 1])
    said = _said(found)
    sheet = excel.Table(
        [*map(_heading, vocabulary().fields), _("State"), _("Maturity")],
        [_cells(one, said.get(one.pk, "")) for one in found],
        [_("Leads"), excel.as_of_note(today)],
        any(one.synthetic for one in found) or excel.in_example_zone(),
    )  # fmt: skip
    given = {name: str(request.POST[name]) for name in form.fields if request.POST.get(name)}
    return send(request, sheet, what="leads", name=_("Leads"), filters=given)


def _heading(column: Field) -> str:
    """Amounts are written in whole yuan, and the heading says so."""
    label = say(column.label)
    yuan = _("yuan")
    return f"{label}({yuan})" if column.type == "yuan" else label


def _said(found: list[Lead]) -> dict[int, str]:
    """Return what was said last about each lead."""
    talks = Interaction.objects.filter(lead__in=found, corrected_by=None).order_by("on", "pk")
    return dict(talks.values_list("lead", "summary"))


def _cells(lead: Lead, said: str) -> tuple[excel.Cell, ...]:
    """Return the cells in the order of the columns of a workbook of leads."""
    owner, channel = lead.investor.root or lead.investor, channel_label(lead.channel)
    yuan = lead.wished if lead.currency == "CNY" else None
    given: tuple[excel.Cell, ...] = (
        lead.title, lead.number, owner.name, owner.uscc, owner.group, owner.region,
        owner.get_origin_display(), say(source_label(lead)), lead.source_note,
        say(channel) if channel else "", lead.received_on, yuan, lead.chain, lead.node, lead.gap,
        lead.industry, str(lead.place or ""), str(lead.unit or ""), str(lead.adviser or ""),
        lead.summary, lead.last_contact, said, lead.next_step, lead.next_on,
        lead.get_state_display(), say(grade_label(lead.grade)),
    )  # fmt: skip
    return tuple(None if one == "" else one for one in given)


def _none() -> Any:
    return Lead.objects.none().order_by("-pk")


def _status(form: Any) -> int:
    return 200 if form.is_valid() else 400
