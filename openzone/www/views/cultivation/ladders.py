"""Ladders: where enterprises stand, who moved, and the way of one enterprise."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.packs.cultivation import Ladder
from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.forms.cultivation import MovesForm
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.zone.cultivation.models import Entry
from openzone.zone.cultivation.packs import ladder_named, pack
from openzone.zone.cultivation.permissions import may_screen, may_see_way
from openzone.zone.cultivation.selectors.flows import flows
from openzone.zone.cultivation.selectors.ladder import BELOW, moves, places, sizes, ways
from openzone.zone.cultivation.selectors.recognitions import Filter, recognitions
from openzone.zone.cultivation.selectors.trusted import has_priority, may_use, open_incentives
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_export
from openzone.zone.spokespersons.permissions import enterprises_of


@require_GET
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Show how many stand where, who moved in a period, and the list behind a number."""
    today, ladder = timezone.localdate(), _ladder(request, name)
    as_of = asof.as_of(request)
    form = MovesForm(request.GET if "first" in request.GET else _this_year(as_of))
    listed = _listed(request, ladder, as_of, form)
    context = {
        "notice": pack().notice,
        "ladder": ladder,
        "steps": list(enumerate(_steps(ladder))),
        "sizes": sizes(ladder, as_of),
        "form": form,
        "moves": _moves(ladder, form),
        "listed": None if listed is None else page_of(request, _firms(listed)),
        "may_export": may_export(request.user, today).allowed,
    }
    status = 200 if form.is_valid() else 400
    return render(request, "cultivation/ladder.html", context, status=status)


def _steps(ladder: Ladder) -> list[str]:
    """Return the names of the places: below the ladder, then each step."""
    return [_("Below the first step"), *(say(step.title.text) for step in ladder.steps)]


def _moves(ladder: Ladder, form: MovesForm) -> list[dict[str, Any]]:
    if not form.is_valid():
        return []
    names, days = _steps(ladder), form.cleaned_data
    found = moves(ladder, days["first"], days["last"])
    return [
        {
            "before": before + 1,
            "after": after + 1,
            "from": names[before + 1],
            "to": names[after + 1],
            "up": after > before,
            "count": len(firms),
        }
        for (before, after), firms in found.items()
    ]


def _listed(
    request: HttpRequest, ladder: Ladder, as_of: dt.date, form: MovesForm
) -> list[int] | None:
    """Return the enterprises behind a number of the page; ``None`` if none was clicked."""
    step = _place(request.GET.get("step", ""), ladder)
    if step is not None:
        return [pk for pk, own in places(ladder, as_of).items() if own == step]
    before, after = (_place(request.GET.get(name, ""), ladder) for name in ("before", "after"))
    if before is None or after is None or not form.is_valid():
        return None
    found = moves(ladder, form.cleaned_data["first"], form.cleaned_data["last"])
    return found.get((before, after), [])


def _place(given: str, ladder: Ladder) -> int | None:
    known = {str(place + 1): place for place in range(BELOW, len(ladder.steps))}
    return known.get(given)


def _firms(ids: list[int]) -> Any:
    return Enterprise.objects.filter(pk__in=ids).order_by("name", "pk")


def _this_year(as_of: dt.date) -> dict[str, str]:
    return {"first": f"{as_of.year}-01-01", "last": as_of.isoformat()}


@require_GET
def over_years(request: HttpRequest, name: str) -> HttpResponse:
    """Show year by year how many moved from which step to which."""
    ladder = _ladder(request, name)
    found, names = flows(ladder, asof.as_of(request)), _steps(ladder)
    context = {
        "notice": pack().notice, "ladder": ladder, "spans": found.spans,
        "rows": [
            (names[one.before], names[one.after], one,
             list(zip(found.spans, one.counts, strict=True)))
            for one in found.rows
        ],
    }  # fmt: skip
    return render(request, "cultivation/flows.html", context)


@require_POST
def export(request: HttpRequest, name: str) -> HttpResponse:
    """Download every enterprise with its place on the ladder; the log notes it."""
    ladder = _ladder(request, name)
    require(may_export(request.user, timezone.localdate()))
    as_of, names = asof.as_of(request), _steps(ladder)
    found = places(ladder, as_of)
    firms = Enterprise.objects.order_by("name", "pk").in_bulk(list(found))
    rows = [(firms[pk].name, firms[pk].uscc, names[place + 1]) for pk, place in found.items()]
    headings = [_("Enterprise"), _("Credit code"), _("Step")]
    notes = [say(ladder.title.text), excel.as_of_note(as_of)]
    table = excel.Table(headings, rows, notes, excel.in_example_zone())
    title = say(ladder.title.text)
    return send(request, table, what=f"ladder:{ladder.id}", name=title)


@require_GET
def way(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one enterprise: its place on each ladder, what is missing, titles, pools, priority."""
    today = timezone.localdate()
    enterprise = get_object_or_404(Enterprise, pk=pk)
    require(may_see_way(request.user, enterprise, today))
    if enterprise.root_id != enterprise.pk:
        return redirect("cultivation_way", enterprise.root_id)
    as_of = asof.as_of(request)
    entries = Entry.objects.filter(enterprise__root=enterprise, choice="accepted")
    context = {
        "notice": pack().notice,
        "enterprise": enterprise,
        "ways": ways(pack().ladders, enterprise, as_of),
        "recognitions": recognitions(Filter(enterprise=enterprise)),
        "entries": [(entry, _title_of(entry)) for entry in entries.order_by("-decided_on", "-pk")],
        "links": [(link, has_priority(enterprise, link.id, today)) for link in pack().links.list],
        "incentives": [(one, may_use(enterprise, one, today)) for one in open_incentives(today)],
    }
    return render(request, "cultivation/way.html", context)


def _title_of(entry: Entry) -> str:
    titles = {pool.id: say(pool.title.text) for pool in pack().pools}
    return titles.get(entry.pool, entry.pool)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Lead people of an enterprise to its way."""
    own = enterprises_of(request.user, timezone.localdate())
    if own:
        return redirect("cultivation_way", own[0].pk)
    return render(request, "cultivation/nobody.html")


def _ladder(request: HttpRequest, name: str) -> Ladder:
    require(may_screen(request.user, timezone.localdate()))
    found = ladder_named(name)
    if found is None:
        raise Http404
    return found
