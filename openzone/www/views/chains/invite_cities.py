"""Candidates by city: how many could fill which gap where, the map, a plan of a trip."""

import datetime as dt
from typing import Any, Final, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openzone.engines.chains.drawing import Facts, Firm
from openzone.engines.text import Text
from openzone.www import chain_pictures, excel
from openzone.www.access import require
from openzone.www.cases.brief import DOCX
from openzone.www.chains.asking import asked
from openzone.www.formats import say
from openzone.www.formpage import FormPage, answer, posted
from openzone.www.forms.chains_invite import PlanForm, PlannedTripForm
from openzone.www.forms.projects import several
from openzone.www.hands import hand
from openzone.www.papers.content import Grid, Paper, Section
from openzone.www.papers.word import word
from openzone.www.views.chains.invite import crumbs, exact, framed, narrowed_to, ranked, synthetic
from openzone.www.views.exports import send
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.selectors.inviting import (
    CityRow,
    Ranking,
    Stopover,
    best_of,
    cities,
    trip_plan,
)
from openzone.zone.chains.services.inviting import plan_invitations
from openzone.zone.people.selectors import memberships_of
from openzone.zone.promotion.field_permissions import may_begin, may_work_for
from openzone.zone.registry.permissions import may_export
from openzone.zone.registry.services.access import log_export

NAMED: Final = 20


class Cell(NamedTuple):
    """How many firms of a city could fill a gap, and the page that lists them."""

    firms: int
    href: str


class CityLine(NamedTuple):
    """A city of the table."""

    row: CityRow
    href: str
    cells: list[Cell]


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, chain: str) -> HttpResponse:
    """Show the cities by what their firms add up to, a column for every gap, and the map."""
    ask = asked(request, chain)
    found = ranked(ask)
    rows = cities(found.rows)
    if request.method == "POST":
        require(may_export(request.user, ask.today))
    drawn = _map(found, rows)
    if (file := chain_pictures.exported(request, drawn)) is not None:
        return file
    nodes = [
        one.gap.node for one in found.openings if any(one.gap.node in row.by_node for row in rows)
    ]
    begins = ask.today + dt.timedelta(days=14)
    outside = [one.outside for one in found.pool.prospects if not one.enterprise]
    context = framed(ask, found, "chain_invite_cities") | {
        "nodes": [say(found.names[node]) for node in nodes],
        "lines": [_line(chain, row, nodes) for row in rows],
        "begins": begins.isoformat(),
        "may_begin": may_begin(request.user, ask.today).allowed,
        "nowhere": sum(not one.city for one in outside),
        "pictures": [drawn],
    }
    return render(request, "chains/invite_cities.html", context)


def _map(found: Ranking, rows: list[CityRow]) -> chain_pictures.Picture:
    """Draw every city as large as it has candidates; who is there stands beside it."""
    chain = found.reading.chain.id
    firms: dict[str, list[Firm]] = {}
    for one in best_of(found.rows):
        firms.setdefault(one.city, []).append(Firm(one.prospect.outside.name))
    spots = [
        chain_pictures.Spot(
            row.city, Text(row.city, row.city), row.point[0] if row.point else None,
            row.point[1] if row.point else None, size=float(row.firms),
            facts=Facts(firms=firms[row.city][:NAMED], more=max(0, row.firms - NAMED),
                        url=narrowed_to(chain, city=row.city)),
        )
        for row in rows
    ]  # fmt: skip
    lists = dict.fromkeys(row.listing for one in found.pool.prospects for row in one.rows)
    source = chain_pictures.Source(
        on=max((one.as_of for one in lists), default=None),
        name="、".join(one.name for one in lists) or _("Lists of outside firms"),
        synthetic=any(one.prospect.synthetic for one in found.rows),
    )  # fmt: skip
    return chain_pictures.map_picture(
        spots, source=source, outline=chain_pictures.boundary(),
        size=Text("候选企业数", "candidates"), key="cities", title=_("Investment map"),
    )  # fmt: skip


def _line(chain: str, row: CityRow, nodes: list[str]) -> CityLine:
    cells = [
        Cell(row.by_node.get(node, 0), narrowed_to(chain, city=row.city, node=node))
        for node in nodes
    ]
    return CityLine(row, narrowed_to(chain, city=row.city), cells)


def _planned(request: HttpRequest, found: Ranking) -> tuple[PlanForm, list[Stopover]]:
    """Return the plan an address asks for: several ``city``, or ``cities`` as one text."""
    given = request.POST if request.method == "POST" else request.GET
    said = given.copy()
    if "cities" not in said:
        said["cities"] = "\n".join(given.getlist("city"))
    form = PlanForm(said)
    if not form.is_valid():
        return form, []
    asked_for = several(form.cleaned_data["cities"])
    return form, trip_plan(found.rows, asked_for, form.cleaned_data["begins"])


@require_GET
def plan(request: HttpRequest, chain: str) -> HttpResponse:
    """Show a trip through some cities: on which days, whom to see there, for which gap."""
    ask = asked(request, chain)
    found = ranked(ask)
    form, stops = _planned(request, found)
    context = framed(ask, found, "chain_invite_cities") | {
        "form": form, "stops": _shown(found, stops), "firms": sum(len(s.rows) for s in stops),
        "cities": "\n".join(stop.city for stop in stops),
        "files": [("excel", _("Export to Excel")), ("word", _("For Word"))],
        "begins": stops[0].begins.isoformat() if stops else "",
        "may_begin": may_begin(request.user, ask.today).allowed,
    }  # fmt: skip
    status = 200 if form.is_valid() else 400
    return render(request, "chains/invite_plan.html", context, status=status)


def _shown(found: Ranking, stops: list[Stopover]) -> list[tuple[Stopover, list[Any]]]:
    return [
        (stop, [(row, say(found.names[row.node]), say(found.why(row))) for row in stop.rows])
        for stop in stops
    ]


@require_POST
def take(request: HttpRequest, chain: str, kind: str) -> HttpResponse:
    """Download a plan as a workbook or for Word."""
    ask = asked(request, chain)
    require(may_export(request.user, ask.today))
    if kind not in ("excel", "word"):
        raise Http404
    found = ranked(ask)
    form, stops = _planned(request, found)
    if not form.is_valid() or not stops:
        return redirect("chain_invite_cities", chain)
    rows = [row for stop in stops for row in stop.rows]
    made_up = synthetic(rows) or excel.in_example_zone()
    filters = {"cities": "、".join(stop.city for stop in stops)}
    name = _("Trip plan")
    if kind == "excel":
        sheet = excel.Table(
            _headings(), _lines_of(found, stops),
            [say(found.reading.chain.name), excel.as_of_note(ask.on)], made_up,
        )  # fmt: skip
        return send(request, sheet, what=f"chain:{chain}:trip", name=name, filters=filters)
    log_export(
        actor=Actor.of(request.user), what=f"chain:{chain}:trip", count=len(rows), filters=filters
    )
    response = HttpResponse(word(_paper(found, stops, made_up=made_up)), content_type=DOCX)
    file = f"{excel.SAMPLE}_{name}.docx" if made_up else f"{name}.docx"
    response["Content-Disposition"] = content_disposition_header(True, file)
    return response


def _headings() -> list[str]:
    return [
        _("City of the firm"), _("First day"), _("Last day"), _("Firm"), _("Link of the chain"),
        _("Score"), _("Products"), _("Why"),
    ]  # fmt: skip


def _lines_of(found: Ranking, stops: list[Stopover]) -> list[tuple[excel.Cell, ...]]:
    return [
        (
            stop.city, stop.begins, stop.ends, row.prospect.outside.name,
            say(found.names[row.node]), exact(row.scored.score),
            row.prospect.business or None, say(found.why(row)),
        )
        for stop in stops
        for row in stop.rows
    ]  # fmt: skip


def _paper(found: Ranking, stops: list[Stopover], *, made_up: bool) -> Paper:
    sample = [_("示例 Example: synthetic data, no real company")] if made_up else []
    headings = [_("Firm"), _("Link of the chain"), _("Products"), _("Why")]
    sections = [
        Section(
            f"{stop.city} {stop.begins} – {stop.ends}", (),
            Grid(headings, [
                (row.prospect.outside.name, say(found.names[row.node]),
                 row.prospect.business or "—", say(found.why(row)))
                for row in stop.rows
            ]),
        )
        for stop in stops
    ]  # fmt: skip
    title = " · ".join((say(found.reading.chain.name), _("Trip plan")))
    return Paper(title, [*sample, excel.as_of_note(found.on)], sections)


@require_http_methods(["GET", "POST"])
def make_trip(request: HttpRequest, chain: str) -> HttpResponse:
    """Make a plan a trip of a promotion team."""
    ask = asked(request, chain)
    require(may_begin(request.user, ask.today))
    found, who = ranked(ask), hand(request)
    post = next(iter(memberships_of(who.user, who.today)), None)
    initial = {
        "cities": "\n".join(request.GET.getlist("city")) or request.GET.get("cities", ""),
        "begins": request.GET.get("begins", ""), "leader": who.user.get_username(),
        "title": _("Promotion trip: %(chain)s") % {"chain": say(found.reading.chain.name)},
    }  # fmt: skip
    form = PlannedTripForm(posted(request), initial=initial if post else {})

    def do() -> str:
        given = dict(form.cleaned_data)
        require(may_work_for(who.user, given["team"].unit, who.today))
        stops = trip_plan(found.rows, several(given.pop("cities")), given.pop("begins"))
        trip = plan_invitations(**who.of("now", "user"), ranking=found, stops=stops, **given)
        return reverse("trip", args=[trip.pk])

    words = FormPage(
        _("Make it a trip"), _("Plan"), _("It is recorded."), crumbs(found),
        _("Its cities, gaps and firms come from the ranking; the days follow from the firms."),
        "promotion_field/act.html",
    )  # fmt: skip
    return answer(request, words, form, do)
