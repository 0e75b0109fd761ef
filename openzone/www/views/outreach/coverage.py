"""Coverage: who is entitled to an item and goes without, and why."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from openzone.www import asof, excel
from openzone.www.access import require, require_console
from openzone.www.pages import page_of
from openzone.www.views.exports import send
from openzone.zone.outreach.selectors.coverage import (
    WITHOUT,
    Coverage,
    Place,
    coverage,
    coverage_of_all,
)
from openzone.zone.policies.models import Item
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.permissions import may_export

WORDS = {
    Place.PAID: gettext_lazy("Received"),
    Place.UNDER_WAY: gettext_lazy("Applied, under way"),
    Place.REFUSED: gettext_lazy("Refused or lapsed"),
    Place.READ: gettext_lazy("Read, not applied"),
    Place.TOLD: gettext_lazy("Told, not read"),
    Place.UNWILLING: gettext_lazy("Does not want to be told"),
    Place.CLOSED: gettext_lazy("Not told, closed now"),
    Place.NOT_TOLD: gettext_lazy("Not told"),
    Place.UNKNOWN: gettext_lazy("Not known whether entitled"),
}


class Line(NamedTuple):
    """One item of the list; each number leads to its enterprises."""

    item: Item
    entitled: int
    received: int
    percent: float | None
    under_way: int
    without: int
    unknown: int
    places: list[tuple[Place, int]]


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show, for each item, where its enterprises stand; those most left out come first."""
    require_console(request)
    lines = sorted(
        map(_line, coverage_of_all(asof.as_of(request))),
        key=lambda one: one.received - one.entitled,
    )
    return render(request, "outreach/coverage.html", {"lines": lines})


def _line(found: Coverage) -> Line:
    share = found.share
    percent = None if share is None else round(share * 100, 1)
    counts = found.counts
    return Line(
        found.item,
        found.entitled,
        found.received,
        percent,
        counts[Place.UNDER_WAY],
        sum(counts[place] for place in WITHOUT),
        counts[Place.UNKNOWN],
        [(place, counts[place]) for place in Place],
    )


@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the enterprises that stand in one place on their way to an item."""
    require_console(request)
    chosen = get_object_or_404(Item.objects.select_related("document", "owner"), pk=pk)
    found, place = coverage(chosen, asof.as_of(request)), _place(request.GET.get("place"))
    numbers = found.at(place) if place else [n for one in WITHOUT for n in found.at(one)]
    firms = Enterprise.objects.filter(pk__in=numbers).select_related("place").order_by("name", "pk")
    context = {
        "item": chosen,
        "line": _line(found),
        "words": WORDS,
        "place": place,
        "page": page_of(request, firms),
        "may_export": may_export(request.user, timezone.localdate()).allowed,
    }
    return render(request, "outreach/coverage_item.html", context)


def _place(text: str | None) -> Place | None:
    return Place(text) if text in list(Place) else None


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away every enterprise of an item with the place it stands in."""
    require(may_export(request.user, timezone.localdate()))
    chosen, as_of = get_object_or_404(Item, pk=pk), asof.as_of(request)
    found = coverage(chosen, as_of)
    firms = Enterprise.objects.in_bulk(found.places)
    table = excel.Table(
        headings=[_("Enterprise"), _("Code"), _("Where it stands")],
        rows=[
            (firms[number].name, firms[number].uscc, str(WORDS[place]))
            for number, place in found.places.items()
        ],
        notes=[chosen.title, excel.as_of_note(as_of)],
        synthetic=excel.in_example_zone(),
    )
    return send(request, table, what=f"coverage:{chosen.code}", name=f"coverage-{chosen.code}")


@require_POST
def export_all(request: HttpRequest) -> HttpResponse:
    """Take away the list of items with their numbers."""
    require(may_export(request.user, timezone.localdate()))
    as_of = asof.as_of(request)
    lines = map(_line, coverage_of_all(as_of))
    table = excel.Table(
        headings=[_("Policy item"), _("Entitled"), *(str(WORDS[place]) for place in Place)],
        rows=[(one.item.title, one.entitled, *(n for _, n in one.places)) for one in lines],
        notes=[excel.as_of_note(as_of)],
        synthetic=excel.in_example_zone(),
    )
    return send(request, table, what="coverage", name="coverage")
