"""Pools: candidates the screening proposes, and whom a person selected."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.packs.cultivation import Pool
from openzone.www import answers, asof, excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.formpage import Crumb, FormPage, answer, posted
from openzone.www.forms.cultivation import BandForm, DecideForm
from openzone.www.views.exports import send
from openzone.zone.audit.actors import Actor
from openzone.zone.cultivation.enums import Choice
from openzone.zone.cultivation.models import Entry
from openzone.zone.cultivation.packs import pack, pool_named
from openzone.zone.cultivation.permissions import may_keep, may_screen, may_select
from openzone.zone.cultivation.selectors import pools as selectors
from openzone.zone.cultivation.selectors.batches import next_batches
from openzone.zone.cultivation.selectors.figures import nearing_all
from openzone.zone.cultivation.selectors.honours import Asked, honours
from openzone.zone.cultivation.selectors.ladder import sizes as ladder_sizes
from openzone.zone.cultivation.selectors.projection import METHOD
from openzone.zone.cultivation.selectors.recognitions import Filter, recognitions
from openzone.zone.cultivation.selectors.screening import (
    Candidate,
    candidates,
    reach_of,
    standing_of,
)
from openzone.zone.cultivation.selectors.trusted import open_incentives, trusted_on
from openzone.zone.cultivation.services import pools as services
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_export

SHOWN = {
    "candidates": gettext_lazy("Candidates"),
    "inside": gettext_lazy("In the pool"),
    "declined": gettext_lazy("Not taken"),
    "left": gettext_lazy("Left the pool"),
    "watch": gettext_lazy("After-entry watch"),
}
LONG_AGO = dt.date(2000, 1, 1)


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show every pool, ladder and register with its size."""
    today = timezone.localdate()
    require(may_screen(request.user, today))
    as_of = asof.as_of(request)
    sizes, overdue = selectors.sizes(as_of), selectors.tasks_by_pool(today)
    context = {
        "notice": pack().notice,
        "pools": [
            (pool, len(candidates(pool, as_of)), sizes[pool.id], overdue.get(pool.id, 0))
            for pool in pack().pools
        ],
        "ladders": [(one, sum(ladder_sizes(one, as_of)[1:])) for one in pack().ladders],
        "recognitions": recognitions(Filter()).count(),
        "honours": honours(Asked()).count(),
        "trusted": trusted_on(as_of).count(),
        "incentives": open_incentives(as_of).count(),
        "tasks": selectors.open_tasks(today)[:10],
        "today": today,
    }
    return render(request, "cultivation/overview.html", context)


@require_GET
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a pool: candidates, members, decisions, and who fell below the goal."""
    today, pool = timezone.localdate(), _pool(request, name)
    as_of, show = asof.as_of(request), _show(request.GET.get("show", ""))
    found = _candidates(pool, show, as_of)
    context = {
        "notice": pack().notice,
        "pool": pool,
        "nearing": nearing_all(pool, [one.enterprise.pk for one in found], as_of),
        "projection": pack().projection,
        "reach": reach_of(pool),
        "show": show,
        "shown": SHOWN,
        "candidates": found,
        "entries": _entries(pool, show, as_of),
        "method": METHOD,
        "batches": next_batches(pool, today),
        "may_select": may_select(request.user, today).allowed,
        "may_keep": may_keep(request.user, today).allowed,
        "may_export": may_export(request.user, today).allowed,
    }
    return render(request, "cultivation/pool.html", context)


def _show(given: str) -> str:
    return given if given in SHOWN else "candidates"


def _candidates(pool: Pool, show: str, as_of: dt.date) -> list[Candidate]:
    if show == "watch":
        return selectors.fallen(pool, as_of)
    return candidates(pool, as_of) if show == "candidates" else []


def _entries(pool: Pool, show: str, as_of: dt.date) -> "QuerySet[Entry]":
    if show == "inside":
        return selectors.inside(pool, as_of)
    if show == "left":
        return selectors.left(pool, LONG_AGO, as_of)
    found = selectors.decisions(pool, Choice.DECLINED)
    return found if show == "declined" else found.none()


@require_POST
def export(request: HttpRequest, name: str) -> HttpResponse:
    """Download what the page shows; the log notes it."""
    pool = _pool(request, name)
    require(may_export(request.user, timezone.localdate()))
    as_of, show = asof.as_of(request), _show(request.POST.get("show", ""))
    if show in ("candidates", "watch"):
        headings, rows = _candidate_table(_candidates(pool, show, as_of))
    else:
        headings, rows = _entry_table(_entries(pool, show, as_of))
    notes = [say(pool.title.text), str(SHOWN[show]), excel.as_of_note(as_of), say(METHOD)]
    table = excel.Table(headings, rows, notes, excel.in_example_zone())
    filters = {"show": show, "as_of": as_of.isoformat()}
    return send(request, table, what=f"pool:{pool.id}", name=say(pool.title.text), filters=filters)


Cells = Sequence[Sequence[excel.Cell]]


def _candidate_table(found: list[Candidate]) -> tuple[list[str], Cells]:
    headings = [
        _("Enterprise"),
        _("Credit code"),
        _("Answer"),
        _("Share of the limit reached"),
        _("Distance"),
        _("Facts missing"),
        _("Projected month (projection, not a figure)"),
    ]
    return headings, [_candidate_cells(one) for one in found]


def _candidate_cells(one: Candidate) -> tuple[excel.Cell, ...]:
    _failed, missing, away = answers.reason_cells(one.entitlement)
    month = one.projection.month if one.projection else None
    return (
        one.enterprise.name,
        one.enterprise.uscc,
        answers.said(one.entitlement),
        round(one.reached, 4) if one.reached is not None else None,  # type: ignore[return-value]
        away,
        missing,
        month.strftime("%Y-%m") if month else None,
    )


def _entry_table(found: "QuerySet[Entry]") -> tuple[list[str], Cells]:
    headings = [
        _("Enterprise"),
        _("Credit code"),
        _("Decided on"),
        _("Reason"),
        _("Decided by"),
        _("Tutoring unit"),
        _("Tutor"),
        _("Last day"),
        _("Why it left"),
    ]
    rows = [
        (
            one.enterprise.name,
            one.enterprise.uscc,
            one.decided_on,
            one.reason,
            one.decided_by,
            str(one.unit) if one.unit else None,
            str(one.tutor) if one.tutor else None,
            one.left_on,
            one.get_leaving_display() or None,
        )
        for one in found.select_related("unit", "tutor")
    ]
    return headings, rows


@require_http_methods(["GET", "POST"])
def band(request: HttpRequest, name: str) -> HttpResponse:
    """Say how near a candidate must be."""
    pool = _pool(request, name)
    require(may_keep(request.user, timezone.localdate()))
    form = BandForm(posted(request), initial=_band(pool))

    def act() -> str:
        services.set_band(actor=Actor.of(request.user), pool=pool, **form.cleaned_data)
        return reverse("cultivation_pool", args=[pool.id])

    sub = _("From now on. Who is in the pool stays in it.")
    done = _("The band is set.")
    return answer(
        request,
        FormPage(_("How near a candidate must be"), _("Set the band"), done, above(pool), sub),
        form,
        act,
    )


def _band(pool: Pool) -> dict[str, Any]:
    reach = reach_of(pool)
    return {
        "within": reach.within,
        "met": "met" in reach.include,
        "unknown": "unknown" in reach.include,
    }


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Let a person accept or decline a candidate, with a reason."""
    today, pool = timezone.localdate(), _pool(request, name)
    require(may_select(request.user, today))
    enterprise = get_object_or_404(Enterprise, pk=pk).root
    form = DecideForm(posted(request))

    def act() -> str:
        given, actor = dict(form.cleaned_data), Actor.of(request.user)
        common = {"pool": pool, "enterprise": enterprise, "reason": given["reason"], "on": today}
        if given["choice"] is Choice.DECLINED:
            services.decline(actor=actor, **common)
            return f"{reverse('cultivation_pool', args=[pool.id])}?show=declined"
        who = {"unit": given["unit"], "tutor": given["tutor"]}
        entry = services.accept(actor=actor, **common, **who)
        return reverse("cultivation_entry", args=[entry.pk])

    done = _("The decision is recorded.")
    page = FormPage(enterprise.name, _("Decide"), done, above(pool), _stands(pool, enterprise))
    return answer(request, page, form, act)


def _stands(pool: Pool, enterprise: Enterprise) -> str:
    """Say how the enterprise stands today, for whoever decides."""
    found = standing_of(pool, enterprise, timezone.localdate())
    if found is None:
        return ""
    _failed, missing, away = answers.reason_cells(found.entitlement)
    said = [answers.said(found.entitlement), away or "", missing or ""]
    return " · ".join(part for part in said if part)


def above(pool: Pool) -> tuple[Crumb, ...]:
    """Return the pages above those of a pool."""
    there = reverse("cultivation_pool", args=[pool.id])
    return (Crumb(reverse("cultivation"), _("Cultivation")), Crumb(there, say(pool.title.text)))


def _pool(request: HttpRequest, name: str) -> Pool:
    require(may_screen(request.user, timezone.localdate()))
    found = pool_named(name)
    if found is None:
        raise Http404
    return found
