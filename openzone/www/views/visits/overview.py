"""Is everybody looked after, how evenly, what is overdue: for the whole zone."""

import hashlib
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openzone.engines.visiting.balance import Proposal
from openzone.www import asof, excel
from openzone.www.access import require
from openzone.www.formats import say
from openzone.www.pages import SIZE, page_of
from openzone.www.views.exports import send
from openzone.www.views.visits.common import keeper, rows, visitor
from openzone.zone.errors import Refused
from openzone.zone.registry.permissions import may_export
from openzone.zone.visits.enums import ContactKind, Duty, Level, VisitState
from openzone.zone.visits.models import Post, Visit
from openzone.zone.visits.packs import pack
from openzone.zone.visits.permissions import may_keep_network
from openzone.zone.visits.selectors import coverage as selectors
from openzone.zone.visits.selectors.due import Line, lines, overdue
from openzone.zone.visits.selectors.network import Network
from openzone.zone.visits.selectors.visits import flagged, waiting_invitations
from openzone.zone.visits.services.assigning import assign_many, put_many_in_grids


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show coverage by level, balance, and what waits to be done."""
    visitor(request)
    as_of = asof.as_of(request)
    network = Network(as_of)
    found = selectors.coverage(network)
    late = overdue(lines(network))
    context = {
        "notice": pack().notice,
        "coverage": found,
        "levels": [(Level(level), count) for level, count in found.by_level.items()],
        "balances": [
            (Duty(duty), balance) for duty, balance in selectors.balances(network).items()
        ],
        "overdue": len(late),
        "planned": Visit.objects.filter(state=VisitState.PLANNED).count(),
        "asked": waiting_invitations(as_of).count(),
        "flagged": flagged().count(),
        "cadences": [(one, pack().cadence(one.cadence)) for one in pack().classes],
        "cap": pack().cap,
        "may_keep": may_keep_network(request.user, timezone.localdate()).allowed,
    }
    return render(request, "visits/overview.html", context)


@require_GET
def orphans(request: HttpRequest) -> HttpResponse:
    """Name every enterprise nobody looks after, and propose who could."""
    visitor(request)
    network = Network(asof.as_of(request))
    covers = {cover.enterprise: cover for cover in network.covers}
    numbers = selectors.coverage(network).orphans
    chosen = Paginator(numbers, SIZE).get_page(request.GET.get("page"))
    by_grid = selectors.propose_grids(network)
    by_person = selectors.propose_officers(network)
    grids, people = dict(by_grid.pairs), dict(by_person.pairs)
    posts = Post.objects.select_related("user", "unit").in_bulk(set(people.values()))
    context = {
        "page": chosen,
        "orphans": [
            (
                row,
                network.places[grids[pk]].name if (pk := row.enterprise.pk) in grids else "",
                posts[people[pk]] if pk in people else None,
            )
            for row in rows(network, [covers[one] for one in chosen])
        ],
        "without_grid": len(by_grid.pairs) + len(by_grid.nobody),
        "grid_pairs": len(by_grid.pairs),
        "grid_digest": _digest(by_grid),
        "person_digest": _digest(by_person),
        "grid_nobody": len(by_grid.nobody),
        "person_pairs": len(by_person.pairs),
        "person_nobody": len(by_person.nobody),
        "may_keep": may_keep_network(request.user, timezone.localdate()).allowed,
    }
    return render(request, "visits/orphans.html", context)


def _digest(proposal: Proposal[int, int]) -> str:
    """Return what tells proposals apart: nobody confirms what they did not see."""
    return hashlib.sha256(repr(proposal.pairs).encode()).hexdigest()[:16]


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Enter a proposal: the same one the page showed, or nothing."""
    actor, today = keeper(request), timezone.localdate()
    network = Network(today)
    by_grid = request.POST.get("what") == "grids"
    proposal = selectors.propose_grids(network) if by_grid else selectors.propose_officers(network)
    if request.POST.get("shown") != _digest(proposal):
        messages.error(request, _("Things changed since this was shown. Look at it again."))
        return redirect("visit_orphans")
    try:
        if by_grid:
            done = put_many_in_grids(actor=actor, pairs=proposal.pairs, valid_from=today)
        else:
            posts = Post.objects.in_bulk([post for _firm, post in proposal.pairs])
            chosen = {firm: posts[post] for firm, post in proposal.pairs}
            done = assign_many(actor=actor, pairs=chosen, valid_from=today)
    except Refused as refusal:
        messages.error(request, say(refusal.reason))
        return redirect("visit_orphans")
    messages.success(request, _("%(n)d enterprises are assigned.") % {"n": done})
    return redirect("visit_orphans")


@require_GET
def grids(request: HttpRequest) -> HttpResponse:
    """Show the grids by street and community, each with its load and what is overdue."""
    visitor(request)
    network = Network(asof.as_of(request))
    late = _late_by_grid(overdue(lines(network)))
    found = selectors.grid_lines(network)
    streets: dict[str, list[Any]] = {}
    for line in found:
        streets.setdefault(line.street or line.community, []).append((line, late.get(line.grid, 0)))
    context = {
        "streets": streets.items(),
        "most": max((line.enterprises for line in found), default=0),
        "balance": selectors.balances(network)[Duty.GRID],
        "may_export": may_export(request.user, timezone.localdate()).allowed,
    }
    return render(request, "visits/grids.html", context)


def _late_by_grid(late: list[Line]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for line in late:
        if line.cover.grid is not None:
            counts[line.cover.grid] = counts.get(line.cover.grid, 0) + 1
    return counts


@require_POST
def grids_export(request: HttpRequest) -> HttpResponse:
    """Download the grids with their load."""
    require(may_export(request.user, timezone.localdate()))
    as_of = asof.as_of(request)
    network = Network(as_of)
    late = _late_by_grid(overdue(lines(network)))
    headings = [
        _("Street"),
        _("Community"),
        _("Grid"),
        _("Grid officer"),
        _("Enterprises"),
        _("Overdue"),
    ]
    cells = [
        (
            one.street or None,
            one.community or None,
            one.name,
            str(one.officer.user) if one.officer else None,
            one.enterprises,
            late.get(one.grid, 0),
        )
        for one in selectors.grid_lines(network)
    ]
    table = excel.Table(headings, cells, [excel.as_of_note(as_of)], excel.in_example_zone())
    return send(request, table, what="grids", name=_("Grids"))


@require_GET
def overdue_list(request: HttpRequest) -> HttpResponse:
    """Show who should have been met and was not, who was not met for longest first."""
    visitor(request)
    network = Network(asof.as_of(request))
    late = overdue(lines(network))
    chosen = Paginator(late, SIZE).get_page(request.GET.get("page"))
    known = {line.enterprise: line for line in chosen}
    context = {
        "page": chosen,
        "rows": rows(network, [line.cover for line in chosen], known),
        "may_export": may_export(request.user, timezone.localdate()).allowed,
    }
    return render(request, "visits/overdue.html", context)


@require_POST
def overdue_export(request: HttpRequest) -> HttpResponse:
    """Download the overdue list."""
    require(may_export(request.user, timezone.localdate()))
    as_of = asof.as_of(request)
    network = Network(as_of)
    late = overdue(lines(network))
    known = {line.enterprise: line for line in late}
    headings = [
        _("Enterprise"),
        _("Class"),
        _("Sponsoring leader"),
        _("Service officer"),
        _("Grid"),
        _("Met last"),
        _("Missing"),
    ]
    cells = [
        (
            row.enterprise.name,
            say(known[row.enterprise.pk].sort.title.text),
            row.sponsor or None,
            row.officer or None,
            row.grid or None,
            known[row.enterprise.pk].last_met,
            _missing(known[row.enterprise.pk]),
        )
        for row in rows(network, [line.cover for line in late])
    ]
    table = excel.Table(headings, cells, [excel.as_of_note(as_of)], excel.in_example_zone())
    return send(request, table, what="overdue_visits", name=_("Overdue visits"))


def _missing(line: Line) -> str:
    return "；".join(
        f"{ContactKind(count.need.kind).label} {count.had}/{count.need.times} "
        f"({count.period.first:%Y-%m-%d}–{count.period.last:%Y-%m-%d})"
        for count in line.standing.missed
    )


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show visits: planned, recorded, those that found nobody, and what enterprises ask for."""
    visitor(request)
    shown = {
        "planned": _("Planned"),
        "done": _("Took place"),
        "flagged": _("Out of contact, dormant, gone"),
        "beyond": _("Beyond the cap"),
        "asked": _("Asked for by enterprises"),
    }
    show = request.GET.get("show", "planned")
    show = show if show in shown else "planned"
    done = Visit.objects.filter(state=VisitState.DONE)
    found = {
        "planned": Visit.objects.filter(state=VisitState.PLANNED).order_by("planned_on", "pk"),
        "done": done.order_by("-met_on", "-pk"),
        "flagged": flagged(),
        "beyond": done.exclude(beyond_cap="").order_by("-met_on", "-pk"),
        "asked": Visit.objects.none(),
    }[show]
    related = found.select_related("enterprise").prefetch_related("parties__user", "parties__unit")
    context = {
        "shown": shown,
        "show": show,
        "page": page_of(request, related),
        "asked": page_of(request, waiting_invitations(timezone.localdate())),
        "today": timezone.localdate(),
    }
    return render(request, "visits/listing.html", context)
