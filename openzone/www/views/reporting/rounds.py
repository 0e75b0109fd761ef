"""Rounds of reports: the list, who owes what, reminding, closing; the forms they go by."""

import datetime as dt
from typing import Any

from django import forms as forms_api
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.worktime.localtime import to_local
from openzone.www import excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import answer, posted
from openzone.www.forms.reporting import MemberForm, RoundForm, WhichForm, WhyReportForm
from openzone.www.hands import Hand, hand
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.www.views.reporting import common
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import OWED, ReportState
from openzone.zone.indicators.models import Report, ReportRound
from openzone.zone.indicators.packs import label_of
from openzone.zone.indicators.report_packs import form_of, forms, last_ended, rules
from openzone.zone.indicators.report_permissions import may_list_members, may_run, own_reports
from openzone.zone.indicators.selectors.rounds import chosen, counted
from openzone.zone.indicators.services import rounds
from openzone.zone.indicators.services.reminding import remind
from openzone.zone.registry.permissions import may_export


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show what one owes oneself, and the rounds for people who work for the zone."""
    today = common.entered(request)
    own = page_of(request, own_reports(request.user, today))
    context = common.framed(request, today)
    shown = list(counted()[:60]) if context["sees_rounds"] else []
    return render(request, "reporting/list.html", context | {
        "own": own, "lines": [(one, common.named(one.round)) for one in own],
        "rounds": [(one, common.named(one)) for one in shown],
        "owed_states": OWED,
    })  # fmt: skip


@require_GET
def all_forms(request: HttpRequest) -> HttpResponse:
    """Show the forms: who reports what by when, and where each comes from."""
    today = common.entered(request)
    found = [
        (name, form, [(one, say(label_of(one.indicator))) for one in form.fields])
        for name, form in forms().items()
    ]
    context = common.framed(request, today) | {"forms": found, "rules": rules()}
    return render(request, "reporting/forms.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a round by hand."""
    today = common.entered(request)
    require(may_run(request.user, today))
    first = next(iter(forms()))
    initial = {"form": first, "period": str(last_ended(forms()[first], today))}
    form = RoundForm(posted(request), initial=initial)

    def do() -> str:
        made = rounds.open_round(**hand(request).of("now"), **form.cleaned_data, on=today)
        return reverse("report_round", args=[made.pk])

    words = common.page(_("Open a round"), _("Open a round"), common.above())
    return answer(request, words, form, do)


@require_GET
def one_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who owes what, who is late, who was reminded; no figure stands here."""
    found = common.round_of(request, pk)
    today = common.entered(request)
    names = may_list_members(request.user, today).allowed
    form = WhichForm(request.GET)
    which = form.cleaned_data["which"] if form.is_valid() else ""
    rows = page_of(request, chosen(found, which) if names else Report.objects.none())
    counts = counted().get(pk=found.pk)
    context = common.framed(request, today, "decide") | {
        "round": counts, "name": common.named(found), "form": form, "page": rows,
        "names": names, "spec": form_of(found.form), "owed_states": OWED,
        "decided": [ReportState.APPROVED, ReportState.CORRECTING],
    }  # fmt: skip
    status = 200 if form.is_valid() else 400
    return render(request, "reporting/round.html", context, status=status)


@require_POST
def remind_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind whoever has not reported, or one of them."""
    found = common.run(request, pk)
    who = hand(request)
    given = request.POST.get("report", "")
    one = get_object_or_404(found.reports, pk=int(given)) if _is_number(given) else None
    if given and one is None:
        raise Http404
    try:
        told = remind(**who.of("now"), report_round=found, on=who.today, report=one)
        messages.success(request, _("Reminded: %(n)s") % {"n": told})
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
    return redirect("report_round", found.pk)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Close a round, or add somebody to it."""
    if what not in ("close", "add"):
        raise Http404
    found, who = common.run(request, pk), hand(request)
    return (_close if what == "close" else _add)(request, found, who)


def _close(request: HttpRequest, found: ReportRound, who: Hand) -> HttpResponse:
    form = forms_api.Form(posted(request))

    def do() -> str:
        rounds.close_round(**who.of("now"), report_round=found)
        return reverse("report_round", args=[found.pk])

    heading = _("Close the round and show its sums")
    sub = _("Sums are then shown to people of the zone as they are known now. "
            "Corrections and late reports are still taken in.")  # fmt: skip
    return answer(request, common.page(heading, _("Close the round"), common.above(found), sub),
                  form, do)  # fmt: skip


def _add(request: HttpRequest, found: ReportRound, who: Hand) -> HttpResponse:
    form = MemberForm(posted(request))
    form.offer(form_of(found.form).who, found)

    def do() -> str:
        rounds.add_to_round(**who.of("now"), report_round=found, **form.cleaned_data)
        return reverse("report_round", args=[found.pk])

    heading = _("Add somebody who reports")
    return answer(request, common.page(heading, _("Add"), common.above(found)), form, do)


@require_http_methods(["GET", "POST"])
def excuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Excuse somebody from a report, with the reason."""
    found, who = common.report_of(request, pk), hand(request)
    require(may_run(request.user, who.today))
    form = WhyReportForm(posted(request))

    def do() -> str:
        rounds.excuse(**who.of("now"), report=found, **form.cleaned_data)
        return reverse("report_round", args=[found.round_id])

    heading = _("Excuse from the report")
    words = common.page(heading, heading, common.above(found.round), found.entity.name)
    return answer(request, words, form, do)


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Download who reported and who did not; no figure is in it."""
    found = common.round_of(request, pk)
    today = common.entered(request)
    require(may_list_members(request.user, today))
    require(may_export(request.user, today))
    rows = list(chosen(found, ""))
    sheet = excel.Table(
        [_("Reporting unit"), _("State"), _("Handed in"), _("Handed in late"), _("Approved at"),
         _("Reason"), _("Times reminded")],
        [_cells(one) for one in rows],
        [common.named(found), _("due on %(day)s") % {"day": found.due_on}],
        found.synthetic,
    )  # fmt: skip
    return send(request, sheet, what="reports", name=common.named(found), filters={})


def _cells(one: Any) -> tuple[excel.Cell, ...]:
    return (
        one.entity.name, str(one.get_state_display()),
        _day(one.first_at), one.late, _day(one.approved_at), one.reason or None,
        one.reminded,
    )  # fmt: skip


def _day(moment: dt.datetime | None) -> dt.date | None:
    return None if moment is None else to_local(moment).date()
