"""Who joined the list of a round since the year before, who left, and how the same firms grew."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openzone.engines.reporting.rollup import Sum
from openzone.engines.reporting.scope import Pair
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.views.reporting import common
from openzone.zone.indicators.models import ReportRound
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.permissions import may_see_firms
from openzone.zone.indicators.report_packs import form_of, period_label, rules
from openzone.zone.indicators.report_permissions import may_list_members
from openzone.zone.indicators.selectors.reports import in_unit, scaled
from openzone.zone.indicators.selectors.scopes import ScopeLine, lists_of, same_of, scope_of


def said(found: ReportRound) -> dict[str, Any] | None:
    """Return how many joined and left, for the page of sums; parks are no list of firms."""
    if form_of(found.form).who == "park":
        return None
    lists = lists_of(found)
    return {
        "joined": len(lists.change.joined), "left": len(lists.change.left),
        "earlier": say(period_label(lists.earlier)),
    }  # fmt: skip


@require_GET
def scope(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a round of firms beside the year before."""
    found, today = _of_firms(request, pk), common.entered(request)
    sees = may_see_firms(request.user, today).allowed
    made = scope_of(found, sees_firms=sees)
    context = common.framed(request, today, "rollup") | {
        "round": found, "name": common.named(found), "scope": made, "sees": sees,
        "earlier": say(period_label(made.earlier)), "rules": rules(),
        "lines": [(one, *_pairs(one)) for one in made.lines],
        "names": may_list_members(request.user, today).allowed,
    }  # fmt: skip
    return render(request, "reporting/scope.html", context)


@require_GET
def firms(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """Show the same firms of a field with what each reported in both years."""
    found, today = _of_firms(request, pk), common.entered(request)
    require(may_see_firms(request.user, today))
    chosen = next((one for one in form_of(found.form).fields if one.id == field), None)
    if chosen is None:
        raise Http404
    context = common.framed(request, today, "rollup") | {
        "round": found, "name": common.named(found), "field": chosen,
        "earlier": say(period_label(parsed(found.period).years_back(1))),
        "rows": [(one, scaled(one.before, chosen), scaled(one.now, chosen))
                 for one in same_of(found, chosen)],
    }  # fmt: skip
    return render(request, "reporting/scope_same.html", context)


def _of_firms(request: HttpRequest, pk: int) -> ReportRound:
    """Return a round firms report in: parks are no list of firms."""
    found = common.round_of(request, pk)
    if form_of(found.form).who == "park":
        raise Http404
    return found


def _pairs(line: ScopeLine) -> tuple[dict[str, Any], dict[str, Any]]:
    return _pair(line, line.all, shows=line.shows_all), _pair(
        line, line.same, shows=line.shows_same
    )


def _pair(line: ScopeLine, pair: Pair, *, shows: bool) -> dict[str, Any]:
    return {
        "hidden": not shows, "firms": len(pair.now.of),
        "before": _amount(line, pair.before), "now": _amount(line, pair.now),
        "growth": pair.growth, "complete": pair.before.complete and pair.now.complete,
    }  # fmt: skip


def _amount(line: ScopeLine, of: Sum) -> Decimal | None:
    return None if of.total is None else in_unit(round(of.total, 6), line.field)
