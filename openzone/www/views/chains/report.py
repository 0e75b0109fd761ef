"""One chain read: what is there, what is missing and why, what breaks what, what is made here."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openzone.engines.chains.gaps import Gap, GapKind
from openzone.engines.text import Text
from openzone.www.access import require
from openzone.www.chains import words
from openzone.www.chains.asking import Asked, asked, cut, invite_at, open_leads, open_projects
from openzone.www.chains.drawing import AT_ONCE, pictures, taken_away
from openzone.www.chains.heading import case_query, head, lead_query
from openzone.www.chains.node_figures import latest
from openzone.www.chains.numbers import ROLES, Behind, Figure, Line, figures
from openzone.www.formats import number, say
from openzone.zone.chains.selectors.aimed import Aimed, aimed_at
from openzone.zone.chains.selectors.reading import Reading, leaders, roles_on
from openzone.zone.registry.permissions import may_export

SHOWN: Final = 40
ROWS: Final = 300
NOBODY: Final = Aimed()


class GapRow(NamedTuple):
    """A gap with its reason, what it hangs on, who works on it, and what can be done."""

    node: Line
    reason: Text
    beside: list[Line]
    leaders: list[Line]
    aimed: Aimed
    weight: float
    lead_query: str
    case_query: str
    invite: str


class GapTable(NamedTuple):
    """The gaps of a kind; ``total`` is how many there are, of which the first are shown."""

    id: str
    label: Text
    rows: list[GapRow]
    total: int


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, chain: str) -> HttpResponse:
    """Show a chain on a day; a POST takes one of its pictures away as a file."""
    ask = asked(request, chain)
    reading, roles = ask.read(), roles_on(chain, ask.on)
    behind = Behind(reading, roles, ask.tail)
    aimed = aimed_at(reading.chain, open_leads(ask), open_projects(ask))
    small = len(reading.chain.ids) <= AT_ONCE
    wanted = small or request.method == "POST"
    drawn = pictures(reading, roles, aimed, ask, every=False) if wanted else []
    if request.method == "POST":
        require(may_export(request.user, ask.today))
        if (file := taken_away(request, drawn)) is not None:
            return file
    report, show = reading.report, request.GET.get("show", "")
    rows = behind.rows(show)
    context = {
        **head(ask, reading, "chain"),
        "pictures": drawn,
        "numbers": _numbers(reading, roles, ask),
        "tables": [_table(kind, reading, behind, aimed, roles) for kind in GapKind],
        "critical": (behind.first("critical", SHOWN), len(report.critical)),
        "articulation": [behind.node(one) for one in report.articulation[:SHOWN]],
        "made": (behind.first("made", SHOWN), len(report.local.made)),
        "waits": cut(_waits(reading, behind), SHOWN),
        "loops": (behind.first("closed", SHOWN), len(report.loops)),
        "hhi": cut(_hhi(reading, behind), SHOWN),
        "figures": cut(latest(ask, reading), SHOWN),
        "show": show,
        "rows": rows[:ROWS] if rows is not None else None,
        "count": len(rows or ()),
        "shown": ROWS,
        "leaders": behind.rows(ROLES),
    }
    return render(request, "chains/report.html", context)


@require_http_methods(["GET", "POST"])
def picture(request: HttpRequest, chain: str) -> HttpResponse:
    """Draw a chain on a page of its own: large ones take longer than a page may."""
    ask = asked(request, chain)
    reading = ask.read()
    aimed = aimed_at(reading.chain, open_leads(ask), open_projects(ask))
    drawn = pictures(reading, roles_on(chain, ask.on), aimed, ask, every=True)
    if request.method == "POST":
        require(may_export(request.user, ask.today))
        if (file := taken_away(request, drawn)) is not None:
            return file
    context = {**head(ask, reading, "chain"), "pictures": drawn}
    return render(request, "chains/picture.html", context)


def _numbers(
    reading: Reading, roles: Mapping[str, Any], ask: Asked
) -> list[tuple[Figure, str, str]]:
    """Return the figures, each with the address of its rows and a word on its basis."""
    of = Figure(ROLES, Text("链主", "Chain leaders"), len(leaders(roles)))
    found = figures(reading.report)
    return [
        (one, "?" + urlencode({**ask.tail, "show": one.id}) + "#rows", one.made_of)
        for one in (*found[:3], of, *found[3:])
    ]


def _table(
    kind: GapKind, reading: Reading, behind: Behind, aimed: Mapping[str, Aimed],
    roles: Mapping[str, Any],
) -> GapTable:  # fmt: skip
    found = reading.gaps(kind)
    rows = [_row(gap, reading, behind, aimed, leaders(roles)) for gap in found[:SHOWN]]
    return GapTable(kind.value, words.KINDS[kind], rows, len(found))


def _row(
    gap: Gap, reading: Reading, behind: Behind, aimed: Mapping[str, Aimed], heads: list[str]
) -> GapRow:
    beside = (*gap.before, *gap.after)
    near = [firm for firm in heads if any(firm in reading.firms_at(one) for one in beside)]
    reason = reading.why(gap)
    return GapRow(
        behind.node(gap.node), reason, [behind.node(one) for one in beside],
        [behind.firm(one) for one in near], aimed.get(gap.node, NOBODY), gap.weight,
        lead_query(reading, gap.node, say(words.KINDS[gap.kind]), reason),
        case_query(reading, gap.node, reason),
        invite_at(reading.chain.id, gap.node),
    )  # fmt: skip


def _waits(reading: Reading, behind: Behind) -> list[Line]:
    """Return what each node that is there still waits for: of a group one is enough."""
    found = []
    for node, groups in reading.report.local.waits.items():
        if node in reading.report.standing.firms:
            told = "；".join(_(" or ").join(map(behind.names, [[g] for g in group]))
                            for group in groups)  # fmt: skip
            found.append(behind.node(node, told))
    return found


def _hhi(reading: Reading, behind: Behind) -> list[Line]:
    rows = sorted(reading.report.hhi.items(), key=lambda one: -one[1])
    return [behind.node(node, number(value, 3)) for node, value in rows]
