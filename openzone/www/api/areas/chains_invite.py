"""Whom to invite: the candidates of a chain, their cities, leads and trips, lists of firms."""

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404
from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas.project_work import of
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import Limit
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import chains_invite as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Id, Line
from openzone.www.forms import chains_invite as page
from openzone.www.forms.projects import several
from openzone.www.views.agreements.common import upload
from openzone.zone.chains.models import CandidateList
from openzone.zone.chains.packs import invite as pack
from openzone.zone.chains.permissions import may_list, may_review
from openzone.zone.chains.selectors import inviting
from openzone.zone.chains.selectors.versions import chain_ids
from openzone.zone.chains.services import candidate_lists as lists
from openzone.zone.chains.services.inviting import invite_candidate, plan_invitations
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.models import Unit
from openzone.zone.promotion.field_permissions import may_work_for
from openzone.zone.promotion.permissions import may_record

desk = Desk(KeyArea.CHAINS)
STEPS: Final[dict[str, Callable[..., CandidateList]]] = {
    "apply": lists.apply_list, "discard": lists.discard_list, "undo": lists.undo_list,
}  # fmt: skip


class CandidateLeadIn(Body):
    """A candidate as the ranking names it; `sure`: another firm or investment than those alike."""

    source: Line
    id: Id
    node: Line
    unit: Line = ""
    sure: bool = False


@desk.read("/chains/candidates", Text("外部企业名单", "Lists of outside firms"),
           list[shapes.CandidateListOut])  # fmt: skip
def list_candidate_lists(asked: Asked) -> Any:
    """The latest hundred lists."""
    require(may_list(asked.user, asked.on))
    return [_list(one) for one in CandidateList.objects.all()[:100]]


@desk.act("/chains/candidates", Text("导入外部企业名单", "Read in a list of outside firms"),
          page.CandidateListForm, shapes.CandidateListOut, status=201)  # fmt: skip
def add_candidates(asked: Asked, sent: Sent) -> Any:
    """Check a list row by row; nothing is entered before it is applied."""
    require(may_review(asked.user, asked.on))
    return _list(lists.check_list(**of(asked, "now", "user"), **upload(sent.given())))


@desk.act("/chains/candidates/{pk}/{step}", Text("处理名单", "Enter, discard or undo a list"),
          None, shapes.CandidateListOut)  # fmt: skip
def decide_candidates(asked: Asked, sent: Any, pk: Id, step: Line) -> Any:
    """`apply` enters every good row, `discard` puts it aside, `undo` takes it back."""
    require(may_review(asked.user, asked.on))
    if step not in STEPS:
        raise Http404
    return _list(STEPS[step](**of(asked, "now"), listing=get_object_or_404(CandidateList, pk=pk)))


@desk.read("/chains/{chain}/invite", Text("候选企业排序", "Candidates of a chain"),
           shapes.RankingOut)  # fmt: skip
def list_candidates(
    asked: Asked, chain: Line, node: Line = "", gap: Line = "", city: Line = "",
    source: Line = "", q: Line = "", limit: Limit = 50,
) -> Any:  # fmt: skip
    """Best first, every term of every score; what is not known is named, never zero."""
    found = _ranking(asked, chain)
    rows = inviting.Asked(node, gap, city, source, q).among(found.rows)
    adopted = found.weights.adopted
    return {
        "chain": chain, "on": asked.on, "source": Words.of(pack().source.text),
        "verified": pack().verified, "weights": found.weights.weights,
        "adopted": adopted.valid_from if adopted else None, "count": len(rows),
        "candidates": [_candidate(found, row) for row in rows[:limit]],
        "excluded": [
            {"name": name, "why": Words.of(why)} for name, why in found.pool.excluded[:limit]
        ],
    }  # fmt: skip


@desk.read("/chains/{chain}/invite/cities", Text("候选企业按城市", "Candidates by city"),
           list[shapes.CityOut])  # fmt: skip
def list_cities(asked: Asked, chain: Line) -> Any:
    """How many firms of a city could stand at which missing link."""
    return [
        {"city": one.city, "firms": one.firms, "score": one.score, "nodes": one.by_node,
         "longitude": one.point[0] if one.point else None,
         "latitude": one.point[1] if one.point else None}
        for one in inviting.cities(_ranking(asked, chain).rows)
    ]  # fmt: skip


@desk.act("/chains/{chain}/invite/leads", Text("候选企业转为线索", "Make a candidate a lead"),
          CandidateLeadIn, shapes.LeadOut, status=201)  # fmt: skip
def make_lead(asked: Asked, sent: CandidateLeadIn, chain: Line) -> Any:
    """Once for a firm and a gap, with the reason the ranking gives."""
    require(may_record(asked.user, asked.on))
    found = _ranking(asked, chain)
    row = found.find(sent.source, sent.id, sent.node)
    if row is None:
        raise Http404
    unit = get_object_or_404(Unit, code=sent.unit) if sent.unit else None
    return invite_candidate(
        **of(asked, "now", "user"), ranking=found, row=row, on=asked.on, unit=unit, sure=sent.sure
    )


@desk.act("/chains/{chain}/invite/trips", Text("按候选企业安排行程", "Plan a trip"),
          page.PlannedTripForm, shapes.TripOut, status=201)  # fmt: skip
def plan_trip(asked: Asked, sent: Sent, chain: Line) -> Any:
    """A trip through cities in the order given; days and firms come from the ranking."""
    given = sent.form().cleaned_data
    require(may_work_for(asked.user, given["team"].unit, asked.on))
    found = _ranking(asked, chain)
    stops = inviting.trip_plan(found.rows, several(given.pop("cities")), given.pop("begins"))
    trip = plan_invitations(**of(asked, "now", "user"), ranking=found, stops=stops, **given)
    return {
        "id": trip.pk, "title": trip.title, "begins": trip.begins, "ends": trip.ends,
        "cities": [one.name for one in trip.cities.all()],
    }  # fmt: skip


def _ranking(asked: Asked, chain: str) -> inviting.Ranking:
    require(may_list(asked.user, asked.on))
    if chain not in chain_ids(asked.on):
        raise Http404
    return inviting.ranking(chain, asked.on, asked.user)


def _candidate(found: inviting.Ranking, row: inviting.Ranked) -> dict[str, Any]:
    return {
        "rank": row.place, "source": row.prospect.kind, "id": row.prospect.pk, "node": row.node,
        "name": row.prospect.outside.name, "uscc": row.prospect.uscc, "city": row.city,
        "gap": row.opening.gap.kind.value, "why": Words.of(found.why(row)),
        "score": row.scored.score, "terms": [one._asdict() for one in row.scored.terms],
        "unknown": list(row.scored.unknown), "lead": row.lead.lead.number if row.lead else None,
    }  # fmt: skip


def _list(one: CandidateList) -> dict[str, Any]:
    return {
        "id": one.pk, "name": one.name, "source": one.source, "as_of": one.as_of,
        "state": one.state, "rows": len(one.rows), "problems": one.problems,
    }  # fmt: skip
