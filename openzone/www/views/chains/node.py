"""One link of a chain: its firms, its neighbours, its figures, who is aimed at it."""

from itertools import islice
from typing import Any, Final, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openzone.engines.chains.model import Edge, Need, Relation
from openzone.engines.text import Text
from openzone.www.chains import words
from openzone.www.chains.asking import Asked, asked, cut, invite_at, open_leads, open_projects
from openzone.www.chains.heading import case_query, head, lead_query
from openzone.www.chains.node_figures import over_time
from openzone.www.chains.numbers import Behind, Line
from openzone.www.formats import say
from openzone.zone.chains.models import ChainRole, Placement
from openzone.zone.chains.selectors.aimed import Aimed, aimed_at
from openzone.zone.chains.selectors.reading import Reading, roles_on

FIRMS: Final = 200
FIGURES: Final = 100
LOOPS: Final = 20
RELATIONS: Final = {
    Relation.INPUT: Text("原料或部件", "input"),
    Relation.EQUIP: Text("设备", "equipment"),
    Relation.SERVICE: Text("服务", "service"),
    Relation.RETURN: Text("回收", "recycling"),
}
NEEDS: Final = {
    Need.REQUIRED: Text("必需", "required"), Need.OPTIONAL: Text("可选", "optional"),
}  # fmt: skip


class FirmRow(NamedTuple):
    """A firm at the link: since when, how much of it, on what it rests, its roles."""

    firm: Line
    placement: Placement | None
    roles: list[ChainRole]


class Beside(NamedTuple):
    """A neighbour: the link, how it is joined, and how it stands."""

    node: Line
    relation: Text
    need: Text
    group: str
    state: Text


@require_GET
def page(request: HttpRequest, chain: str, node: str) -> HttpResponse:
    """Show a link of a chain."""
    ask = asked(request, chain)
    reading = ask.read()
    if node not in reading.chain.nodes:
        raise Http404
    roles = roles_on(chain, ask.on)
    behind = Behind(reading, roles, ask.tail)
    aimed = aimed_at(reading.chain, open_leads(ask), open_projects(ask))
    edges = reading.chain.edges
    context = {
        **head(ask, reading, "chain"),
        "node": reading.chain.nodes[node],
        "state": words.state(reading.state[node]),
        "firms": cut(_firms(reading, node, roles, behind), FIRMS),
        "before": [_beside(e, e.source, reading, behind) for e in edges if e.target == node],
        "after": [_beside(e, e.target, reading, behind) for e in edges if e.source == node],
        "figures": cut(over_time(ask, reading, node), FIGURES),
        "aimed": aimed.get(node, Aimed()),
        "hhi": reading.report.hhi.get(node),
        **_standing(reading, node, behind, ask),
    }
    return render(request, "chains/node.html", context)


def _standing(reading: Reading, node: str, behind: Behind, ask: Asked) -> dict[str, Any]:
    """Return why it is a gap and what can be done, what it waits for, and what hangs on it."""
    gap, report = reading.gap_at.get(node), reading.report
    reason = reading.why(gap) if gap is not None else None
    kind = say(words.KINDS[gap.kind]) if gap is not None else ""
    return {
        "gap": gap,
        "reason": reason,
        "is_made": node in report.local.made,
        "waits": [behind.names(list(group)) for group in report.local.waits.get(node, ())],
        "cuts": node in report.articulation,
        "loops": [
            Line(behind.way(loop.nodes), "", behind.names(loop.missing))
            for loop in islice((one for one in report.loops if node in one.nodes), LOOPS)
        ],
        "invite": invite_at(reading.chain.id, node),
        "lead_query": lead_query(reading, node, kind, reason or Text("", "")),
        "case_query": case_query(reading, node, reason or Text("", "")),
    }


def _firms(
    reading: Reading, node: str, roles: dict[str, list[ChainRole]], behind: Behind
) -> list[FirmRow]:
    found = [
        FirmRow(behind.firm(key), reading.record.placements.get((key, node)), roles.get(key, []))
        for key in reading.firms_at(node)
    ]
    return sorted(found, key=lambda row: not row.roles)


def _beside(edge: Edge, other: str, reading: Reading, behind: Behind) -> Beside:
    state = words.state(reading.state[other])
    return Beside(
        behind.node(other), RELATIONS[edge.relation], NEEDS[edge.need], edge.group or "", state
    )
