"""What is simulated for who runs it and leaders: scores, other weights, differential prices."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.evaluations import PricesForm, WhatIfForm
from openzone.www.views.evaluations import common
from openzone.zone.errors import Refused
from openzone.zone.evaluations import permissions
from openzone.zone.evaluations.models import Cycle
from openzone.zone.evaluations.selectors.items import pack_of
from openzone.zone.evaluations.selectors.items import prices as price_packs
from openzone.zone.evaluations.selectors.results import (
    classes,
    lines_of,
    standing_results,
)
from openzone.zone.evaluations.selectors.whatif import priced
from openzone.zone.evaluations.selectors.whatif import what_if as simulated


def _simulated(request: HttpRequest, pk: int) -> Cycle:
    """Return an evaluation to somebody who sees everybody's scores."""
    found = common.cycle_of(request, pk)
    require(permissions.may_simulate(request.user, common.entered(request)))
    return found


@require_GET
def scores(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everybody's score with every formula, by group."""
    found = _simulated(request, pk)
    today, pack = common.entered(request), pack_of(found)
    worked, named = standing_results(found), common.named(pack_of(found))
    ordered = sorted(
        worked, key=lambda one: (one.entry.group, one.rank is None, one.rank or 0, one.entry.id)
    )
    rows = common.part_of(request, ordered)
    labels = common.groups_of(pack)
    context = common.framed(request, found, "evaluation_scores", today) | {
        "pack": pack, "page": rows,
        "lines": [
            (one, labels.get(one.entry.group, one.entry.group),
             named(one.entry.group, one.class_), lines_of(one, pack), common.why(one))
            for one in rows
        ],
        "classes": [(labels[one.group], named(one.group, one.class_ or None), one.size)
                    for one in classes(worked, pack)],
        "simulated": found.state not in permissions.SHOWN,
    }  # fmt: skip
    return render(request, "evaluations/scores.html", context)


@require_GET
def prices(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what differential prices would cost whom, with the sums by class."""
    found = _simulated(request, pk)
    today, packs = common.entered(request), {one.id: one for one in price_packs()}
    choices = [(name, say(one.title.text)) for name, one in packs.items()]
    form = PricesForm(choices, request.GET or {"prices": next(iter(packs), "")})
    chosen = packs.get(form.cleaned_data.get("prices", "")) if form.is_valid() else None
    chosen = chosen or next(iter(packs.values()), None)
    pack = pack_of(found)
    result = priced(chosen, standing_results(found)) if chosen else None
    rows = common.part_of(request, result.charges if result else [])
    named = common.named(pack)
    group = pack.groups[0].id
    sums: dict[str, list[tuple[str, object]]] = {}
    for (measure, class_), total in (result.totals if result else {}).items():
        sums.setdefault(measure, []).append((named(group, class_ or None), total))
    context = common.framed(request, found, "evaluation_prices", today) | {
        "form": form, "chosen": chosen, "page": rows,
        "lines": [(one, named(one.entry.group, one.class_), charges) for one, charges in rows],
        "sums": [(one, sorted(sums.get(one.id, ()), key=lambda pair: str(pair[0])))
                 for one in (chosen.measures if chosen else ())],
    }  # fmt: skip
    status = 200 if form.is_valid() else 400
    return render(request, "evaluations/prices.html", context, status=status)


@require_GET
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whose class other weights and bases would change; nothing is kept of it."""
    found = _simulated(request, pk)
    today, pack = common.entered(request), pack_of(found)
    labels = common.groups_of(pack)
    asked = request.GET.get("group", "")
    group = asked if asked in labels else next(iter(labels))
    given = {name: value for name, value in request.GET.items() if name[:2] in ("w-", "b-")}
    form = WhatIfForm(found, group, given or None)
    result, refused = None, None
    if form.is_valid() and form.changes():
        try:
            result = simulated(found, group, form.changes())
        except Refused as refusal:
            refused = refusal.reason
    named = common.named(pack)
    bad = (form.is_bound and not form.is_valid()) or refused or (asked and asked not in labels)
    context = common.framed(request, found, "evaluation_what_if", today) | {
        "form": form, "groups": labels, "group": group, "result": result, "refused": refused,
        "moved": [
            (was, named(was.entry.group, was.class_), now, named(now.entry.group, now.class_))
            for was, now in (result.moved if result else ())
        ],
        "after": [(labels[one.group], named(one.group, one.class_ or None), one.size)
                  for one in (classes(result.after, pack) if result else ())],
    }  # fmt: skip
    return render(request, "evaluations/what_if.html", context, status=400 if bad else 200)
