"""Chains: the board, one chain read, its gaps and links, two readings compared, what-if."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from openzone.engines.chains.answers import delta_answer
from openzone.engines.text import Text
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import chains as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Day, Id, Line
from openzone.www.chains.asking import moment_of
from openzone.www.forms import chains as page
from openzone.www.views.agreements.common import upload
from openzone.zone.chains import permissions
from openzone.zone.chains.models import ChainFocus, PeerList
from openzone.zone.chains.selectors import aimed, board, finding, peers
from openzone.zone.chains.selectors.outputs import figures_known
from openzone.zone.chains.selectors.reading import Reading, read, roles_on
from openzone.zone.chains.selectors.scenario import KINDS, scenario
from openzone.zone.chains.selectors.versions import chain_ids
from openzone.zone.chains.services import focus as services
from openzone.zone.chains.services.peers import import_peer, withdraw_peer
from openzone.zone.people.enums import KeyArea
from openzone.zone.projects.models import Project
from openzone.zone.projects.selectors.listing import visible as visible_projects
from openzone.zone.promotion.enums import OPEN
from openzone.zone.promotion.models import Lead
from openzone.zone.promotion.permissions import visible as visible_leads

desk = Desk(KeyArea.CHAINS)
READ = Text("产业链报告", "The report of a chain")


@desk.read("/chains", Text("产业链清单", "Chains"), list[shapes.ChainOut])
def list_chains(asked: Asked, on: Day | None = None) -> Any:
    """Every chain with coverage, gaps by kind and its head; those worked on first."""
    require(permissions.may_list(asked.user, asked.on))
    return [shapes.chain_out(line) for line in board.board(on or asked.on)]


@desk.read("/chains/find", Text("按产品查环节", "Find a link by a word"), list[shapes.HitOut])
def find_nodes(asked: Asked, q: Line) -> Any:
    """Links whose name, alias or keyword is near a word, over all chains, the nearest first."""
    require(permissions.may_list(asked.user, asked.on))
    return [
        {"chain": hit.chain.id, "node": hit.node.id, "name": Words.of(hit.node.name),
         "word": hit.word, "rank": hit.rank}
        for hit in finding.find(q[:40], asked.on)[:60]
    ]  # fmt: skip


@desk.read("/chains/zones", Text("其他园区名单", "Lists of other zones"), list[shapes.PeerOut])
def list_peers(asked: Asked, chain: Line = "") -> Any:
    """Lists of the firms other zones have, of one chain or of all."""
    require(permissions.may_list(asked.user, asked.on))
    return [_peer(one) for one in peers.lists(chain)[:500]]


@desk.act("/chains/zones", Text("导入其他园区名单", "Read in a list of another zone"),
          page.PeerForm, shapes.PeerOut, status=201)  # fmt: skip
def add_peer(asked: Asked, sent: Sent) -> Any:
    """A list as csv or xlsx: every row, or none with the rows at fault."""
    require(permissions.may_review(asked.user, asked.on))
    given = sent.given([(name, name) for name in chain_ids(asked.on)])
    made = import_peer(actor=asked.actor, user=asked.user, now=asked.now, **upload(given))
    return _peer(made)


@desk.act("/chains/zones/{pk}/withdraw", Text("撤回名单", "Take a list back"), None,
          shapes.PeerOut)  # fmt: skip
def drop_peer(asked: Asked, sent: Any, pk: Id) -> Any:
    """A list is compared with no longer."""
    require(permissions.may_review(asked.user, asked.on))
    found = get_object_or_404(PeerList.objects.select_related("peer"), pk=pk)
    withdraw_peer(actor=asked.actor, listing=found, now=asked.now)
    return _peer(found)


@desk.read("/chains/{chain}/report", READ, dict[str, Any])
def get_report(asked: Asked, chain: str, on: Day | None = None, known: Day | None = None) -> Any:
    """The keys of `openzone chains report --json` on a day, as known on a day, with `names`."""
    return shapes.report_out(_reading(asked, chain, on, known))


@desk.read("/chains/{chain}/gaps", Text("缺口清单", "Gaps of a chain"), list[shapes.GapOut])
def list_gaps(asked: Asked, chain: str, kind: Line = "", on: Day | None = None) -> Any:
    """Gaps in order with the reason of each; leads and projects are those the caller sees."""
    reading = _reading(asked, chain, on)
    found = _aimed(asked, reading)
    return [
        {
            "node": gap.node, "name": Words.of(reading.chain.nodes[gap.node].name),
            "kind": gap.kind.value, "reason": Words.of(reading.why(gap)), "before": gap.before,
            "after": gap.after, "weight": gap.weight, **_numbers(found.get(gap.node)),
        }
        for gap in reading.report.gaps
        if kind in ("", gap.kind.value)
    ]  # fmt: skip


@desk.read("/chains/{chain}/what-if", Text("推演", "What if"), dict[str, Any])
def what_if(
    asked: Asked, chain: str, add: Line = "", lose: Line = "", move: Line = "",
    project: Line = "", lead: Line = "", on: Day | None = None,
) -> Any:  # fmt: skip
    """`before`, `after`, `delta` as on the command line; several changes with “;” between them.

    `add` FIRM:NODE, `lose` FIRM[:NODE], `move` FIRM:FROM:TO, `project` and `lead` NUMBER:NODE;
    a firm is its key or a new name.
    """
    reading = _reading(asked, chain, on)
    said = dict(zip(KINDS, (add, lose, move, project, lead), strict=True))
    moves = {kind: [one for one in text.split(";") if one.strip()] for kind, text in said.items()}
    found = scenario(
        reading, moves, {one.pk: one for one in _projects(asked)},
        {one.pk: one for one in _leads(asked)},
    )  # fmt: skip
    return {**delta_answer(found.result), "names": dict(found.names)}


@desk.read("/chains/{chain}/node", Text("环节详情", "A link of a chain"), shapes.NodeOut)
def get_node(asked: Asked, chain: str, node: Line, on: Day | None = None) -> Any:
    """A link with its firms, neighbours, figures, what it waits for and who works on it."""
    reading = _reading(asked, chain, on)
    if node not in reading.chain.nodes:
        raise Http404
    return _node(asked, reading, node)


@desk.act("/chains/{chain}/head", Text("确定链长", "Name the head of a chain"), page.FocusForm,
          shapes.HeadOut, status=201)  # fmt: skip
def name_head(asked: Asked, sent: Sent, chain: str) -> Any:
    """Work on a chain under a head from a day on; `seen` is the earlier row, 0 for none."""
    _ensure(chain, asked)
    require(permissions.may_choose(asked.user, asked.on))
    made = services.choose_chain(
        actor=asked.actor, user=asked.user, now=asked.now, chain=chain, **sent.given()
    )
    return shapes.head_out(made)


@desk.act("/chains/{chain}/head/end", Text("不再抓该链", "Work on a chain no longer"),
          page.EndFocusForm, shapes.HeadOut)  # fmt: skip
def end_head(asked: Asked, sent: Sent, chain: str) -> Any:
    """Work on a chain no longer, from a day on."""
    require(permissions.may_choose(asked.user, asked.on))
    found = get_object_or_404(ChainFocus, chain=chain, valid_to=None)
    ended = services.drop_chain(
        actor=asked.actor, user=asked.user, now=asked.now, focus=found, **sent.given()
    )
    return shapes.head_out(ended)


def _ensure(chain: str, asked: Asked, on: dt.date | None = None) -> None:
    require(permissions.may_list(asked.user, asked.on))
    if chain not in chain_ids(on or asked.on):
        raise Http404


def _reading(asked: Asked, chain: str, on: Any, known: Any = None) -> Reading:
    _ensure(chain, asked, on)
    return read(chain, on or asked.on, moment_of(known))


def _leads(asked: Asked) -> list[Lead]:
    found = visible_leads(asked.user, asked.on).filter(state__in=OPEN).exclude(chain="")
    return list(found.select_related("investor"))


def _projects(asked: Asked) -> list[Project]:
    return list(visible_projects(asked.user, asked.on).filter(left="").exclude(chain=[]))


def _aimed(asked: Asked, reading: Reading) -> Mapping[str, aimed.Aimed]:
    return aimed.aimed_at(reading.chain, _leads(asked), _projects(asked))


def _numbers(found: aimed.Aimed | None) -> dict[str, list[str]]:
    """Return who works on a link, by number."""
    one = found or aimed.Aimed()
    return {
        "leads": [lead.number for lead in one.leads],
        "projects": [project.number for project in one.projects],
    }


def _node(asked: Asked, reading: Reading, node: str) -> dict[str, Any]:
    chain, gap = reading.chain, reading.gap_at.get(node)
    roles = roles_on(chain.id, reading.record.on)
    figures = figures_known(chain.id, reading.record.on).filter(node=node)
    return {
        "chain": chain.id, "node": node, "name": Words.of(chain.nodes[node].name),
        "stage": chain.nodes[node].stage, "state": reading.state[node],
        "reason": Words.of(reading.why(gap)) if gap else None,
        "firms": [
            {"firm": key, "name": reading.names.get(key, key), **_placed(reading, key, node),
             "roles": [role.kind for role in roles.get(key, ())]}
            for key in reading.firms_at(node)
        ],
        "before": [edge.source for edge in chain.edges if edge.target == node],
        "after": [edge.target for edge in chain.edges if edge.source == node],
        "waits": reading.report.local.waits.get(node, ()),
        "figures": [
            {"kind": row.kind, "value": row.value, "unit": row.unit, "qualifier": row.qualifier,
             "period": row.period, "source": row.source, "published_on": row.published_on,
             "firm": str(row.enterprise.root_id) if row.enterprise else None}
            for row in figures.select_related("enterprise")
        ],
        **_numbers(_aimed(asked, reading).get(node)),
    }  # fmt: skip


def _placed(reading: Reading, key: str, node: str) -> dict[str, Any]:
    row = reading.record.placements.get((key, node))
    return {"share": row.share if row else None, "since": row.valid_from if row else None}


def _peer(one: PeerList) -> dict[str, Any]:
    return {
        "id": one.pk, "peer": one.peer.name, "region": one.peer.region, "chain": one.chain,
        "source": one.source, "as_of": one.as_of, "rows": one.placements.count(),
    }  # fmt: skip
