"""Who stands where in the chains: placements, proposals and their review, roles, figures."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked
from openzone.www.api.shapes import chains_placements as shapes
from openzone.www.api.values import Day, Id, Line
from openzone.zone.chains.enums import Band, ProposalState
from openzone.zone.chains.jobs import place_all
from openzone.zone.chains.models import (
    ChainRole,
    NodeFigure,
    PlacementChange,
    PlacementProposal,
    PlacingRun,
)
from openzone.zone.chains.permissions import may_list, may_review
from openzone.zone.chains.selectors import figures as known_figures
from openzone.zone.chains.selectors.placements import (
    PlacementFilter,
    acts_of,
    placements,
    standing_of,
)
from openzone.zone.chains.selectors.roles import roles
from openzone.zone.chains.services import figures, placing, proposing, reviewing
from openzone.zone.chains.services import roles as role_services
from openzone.zone.errors import Refused
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.people.enums import KeyArea
from openzone.zone.projects.models import Project
from openzone.zone.promotion.models import Lead
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.identity import find_enterprise

desk = Desk(KeyArea.CHAINS)
NO_FIRM = Text("档案中没有企业“{name}”", "no enterprise “{name}” is on record")
NO_NUMBER = Text("没有编号为“{number}”的记录", "nothing has the number “{number}”")
NO_WORD = Text("没有“{word}”这一选项", "there is no “{word}” to choose")
MOST = 500


def _who(asked: Asked) -> dict[str, Any]:
    """Let in who reviews; return what services ask for."""
    require(may_review(asked.user, asked.on))
    return {"actor": asked.actor, "user": asked.user, "now": asked.now}


def _firm(name: str, field: str = "enterprise") -> Enterprise:
    found = find_enterprise(name)
    if found is None:
        raise Refused(NO_FIRM.format(name=name), field=field)
    return found


def _parts(sent: Iterable[shapes.PartIn]) -> dict[tuple[str, str], Decimal]:
    parts: dict[tuple[str, str], Decimal] = {}
    for one in sent:
        key = one.chain, one.node
        parts[key] = parts.get(key, Decimal(0)) + one.share
    return parts


@desk.read("/chains/placements", Text("链上位置", "Who stands where"), shapes.PlacementsPart)
def list_placements(
    asked: Asked, chain: Line = "", node: Line = "", on: Day | None = None, after: After = 0,
    limit: Limit = 50,
) -> Any:  # fmt: skip
    """Placements that hold on a day, the latest written first."""
    require(may_list(asked.user, asked.on))
    found = latest(placements(PlacementFilter(chain, node), on or asked.on), after, limit)
    return {**found, "items": [shapes.PlacementOut.of(row) for row in found["items"]]}


@desk.read("/chains/firms/{pk}", Text("企业的链上位置", "Where a firm stands"), shapes.StandsOut)
def get_firm(asked: Asked, pk: Id, on: Day | None = None) -> Any:
    """Where one firm stands on a day over all chains, and what was done about it."""
    require(may_list(asked.user, asked.on))
    return _stands(asked, _by_number(pk), on)


@desk.act("/chains/firms/{pk}/place", Text("登记链上位置", "Place a firm"), shapes.StandIn,
          shapes.StandsOut)  # fmt: skip
def place_firm(asked: Asked, sent: shapes.StandIn, pk: Id) -> Any:
    """Say where a firm stands from a day on; all its links together, the shares come to 1."""
    who, firm = _who(asked), _by_number(pk)
    placing.place(
        **who, enterprise=firm, parts=_parts(sent.parts), valid_from=sent.valid_from,
        seen=sent.seen, grounds=placing.Grounds(source=sent.source[:300]),
    )  # fmt: skip
    return _stands(asked, firm)


@desk.act("/chains/firms/{pk}/correct", Text("更正链上位置", "Put a placement right"),
          shapes.CorrectIn, shapes.StandsOut)  # fmt: skip
def correct_firm(asked: Asked, sent: shapes.CorrectIn, pk: Id) -> Any:
    """What was written down for a day was wrong; it stays readable as what was known before."""
    who, firm = _who(asked), _by_number(pk)
    placing.correct(**who, enterprise=firm, on=sent.on, parts=_parts(sent.parts),
                    reason=sent.reason[:300], seen=sent.seen)  # fmt: skip
    return _stands(asked, firm)


@desk.act("/chains/firms/{pk}/end", Text("终止链上位置", "End a placement"), shapes.EndIn,
          shapes.StandsOut)  # fmt: skip
def end_firm(asked: Asked, sent: shapes.EndIn, pk: Id) -> Any:
    """From a day on the firm stands nowhere: it moved away or closed."""
    who, firm = _who(asked), _by_number(pk)
    placing.end(**who, enterprise=firm, on=sent.on, reason=sent.reason[:300])
    return _stands(asked, firm)


@desk.act("/chains/changes/{pk}/undo", Text("撤销变更", "Undo a change"), shapes.WhyIn,
          shapes.StandsOut)  # fmt: skip
def undo_change(asked: Asked, sent: shapes.WhyIn, pk: Id) -> Any:
    """Take back the last thing done about a firm."""
    who = _who(asked)
    change = get_object_or_404(PlacementChange.objects.select_related("enterprise__root"), pk=pk)
    placing.undo(**who, change=change, reason=sent.reason[:300])
    return _stands(asked, change.enterprise.root)


@desk.read("/chains/proposals", Text("链上位置建议", "Proposals"), shapes.ProposalsPart)
def list_proposals(
    asked: Asked, chain: Line = "", state: Line = "waiting", band: Line = "", after: After = 0,
    limit: Limit = 50,
) -> Any:  # fmt: skip
    """Proposals in a state, the latest first; an empty state is any."""
    require(may_list(asked.user, asked.on))
    rows = PlacementProposal.objects.select_related("enterprise__root", "decided_by")
    known = {"state": ProposalState.values, "band": Band.values}
    for name, given in (("chain", chain), ("state", state), ("band", band)):
        if given and given not in known.get(name, [given]):
            raise Refused(NO_WORD.format(word=given), field=name)
        rows = rows.filter(**{name: given}) if given else rows
    found = latest(rows, after, limit)
    return {**found, "items": [shapes.ProposalOut.of(row) for row in found["items"]]}


@desk.act("/chains/proposals/{pk}/confirm", Text("确认建议", "Confirm a proposal"),
          shapes.ConfirmIn, shapes.ProposalOut)  # fmt: skip
def confirm_proposal(asked: Asked, sent: shapes.ConfirmIn, pk: Id) -> Any:
    """The firm stands so, from today unless another day is named."""
    who, row = _who(asked), _proposal(pk)
    reviewing.confirm(**who, proposal=row, parts=_parts(sent.parts), seen=sent.seen,
                      valid_from=sent.valid_from)  # fmt: skip
    return shapes.ProposalOut.of(_proposal(pk))


@desk.act("/chains/proposals/{pk}/reject", Text("否决建议", "Reject a proposal"), shapes.RejectIn,
          shapes.ProposalOut)  # fmt: skip
def reject_proposal(asked: Asked, sent: shapes.RejectIn, pk: Id) -> Any:
    """The firm stands nowhere in this chain; the same words bring it up no more."""
    reviewing.reject(**_who(asked), proposal=_proposal(pk), reason=sent.reason[:300])
    return shapes.ProposalOut.of(_proposal(pk))


@desk.act("/chains/proposals/{pk}/reopen", Text("撤销审核", "Undo a decision"), None,
          shapes.ProposalOut)  # fmt: skip
def reopen_proposal(asked: Asked, sent: Any, pk: Id) -> Any:
    """A decided proposal waits again; the placement that came of it is taken back."""
    reviewing.reopen(**_who(asked), proposal=_proposal(pk))
    return shapes.ProposalOut.of(_proposal(pk))


@desk.act("/chains/readings", Text("比对企业", "Read the firms"), shapes.RunIn, shapes.RunOut,
          status=201)  # fmt: skip
def read_firms(asked: Asked, sent: shapes.RunIn) -> Any:
    """Read the firms against chains in the background; what was decided stays."""
    run = proposing.begin_run(
        **_who(asked), chains=sent.chains, as_of=asked.on, only_changed=sent.only_changed
    )
    actor = [asked.actor.kind, asked.actor.id, asked.actor.label]
    enqueue_once(place_all, f"placing-run:{run.pk}", run=run.pk, actor=actor)
    return _run(run)


@desk.read("/chains/readings/{pk}", Text("比对结果", "A reading of the firms"), shapes.RunOut)
def get_reading(asked: Asked, pk: Id) -> Any:
    """How far a reading is, and what it brought."""
    require(may_list(asked.user, asked.on))
    return _run(get_object_or_404(PlacingRun, pk=pk))


@desk.read("/chains/roles", Text("链主与链辅", "Roles in chains"), list[shapes.RoleOut])
def list_roles(asked: Asked, chain: Line = "", on: Day | None = None) -> Any:
    """Leaders of chains and who supports them, on a day."""
    require(may_list(asked.user, asked.on))
    found = roles(on or asked.on)
    found = found.filter(chain=chain) if chain else found
    return [shapes.RoleOut.of(row) for row in found[:MOST]]


@desk.act("/chains/roles/leader", Text("登记链主", "Name a leader"), shapes.LeaderIn,
          shapes.RoleOut, status=201)  # fmt: skip
def name_leader(asked: Asked, sent: shapes.LeaderIn) -> Any:
    """A leader is named by a document, not by its size."""
    who, given = _who(asked), sent.model_dump()
    firm = _firm(given.pop("enterprise"))
    return shapes.RoleOut.of(role_services.designate(**who, enterprise=firm, **given))


@desk.act("/chains/roles/supporting", Text("登记链辅", "A firm supports a leader"),
          shapes.SupportIn, shapes.RoleOut, status=201)  # fmt: skip
def name_supporter(asked: Asked, sent: shapes.SupportIn) -> Any:
    """The leader must be one on the day."""
    who, given = _who(asked), sent.model_dump()
    firm, leader = _firm(given.pop("enterprise")), _firm(given.pop("leader"), "leader")
    made = role_services.support(**who, enterprise=firm, leader=leader, **given)
    return shapes.RoleOut.of(made)


@desk.act("/chains/roles/{pk}/end", Text("身份终止", "End a role"), shapes.EndIn, shapes.RoleOut)
def end_role(asked: Asked, sent: shapes.EndIn, pk: Id) -> Any:
    """From a day on the firm is it no more."""
    who, row = _who(asked), get_object_or_404(ChainRole, pk=pk)
    return shapes.RoleOut.of(
        role_services.end_role(**who, role=row, on=sent.on, reason=sent.reason[:300])
    )


@desk.act("/chains/roles/{pk}/withdraw", Text("撤回身份", "Take a role back"), shapes.WhyIn,
          shapes.RoleOut)  # fmt: skip
def withdraw_role(asked: Asked, sent: shapes.WhyIn, pk: Id) -> Any:
    """It was written down wrongly."""
    who, row = _who(asked), get_object_or_404(ChainRole, pk=pk)
    return shapes.RoleOut.of(role_services.withdraw_role(**who, role=row, reason=sent.reason[:300]))


@desk.act("/chains/roles/{pk}/brought", Text("以商招商", "Whom a leader brought"),
          shapes.BroughtIn, shapes.BroughtOut, status=201)  # fmt: skip
def brought(asked: Asked, sent: shapes.BroughtIn, pk: Id) -> Any:
    """A lead or a project came through a leader."""
    who, row = _who(asked), get_object_or_404(ChainRole.objects.select_related("enterprise"), pk=pk)
    made = role_services.introduce(
        **who, leader=row.enterprise, chain=row.chain, on=sent.on, how=sent.how[:300],
        lead=_numbered(Lead, sent.lead, "lead"),
        project=_numbered(Project, sent.project, "project"),
    )  # fmt: skip
    return {
        "leader": made.leader_id, "lead": made.lead.number if made.lead else None,
        "project": made.project.number if made.project else None, "on": made.on,
    }  # fmt: skip


@desk.read("/chains/figures", Text("环节数据", "Figures of links"), list[shapes.FigureOut])
def list_figures(asked: Asked, chain: Line = "", on: Day | None = None) -> Any:
    """Figures known on a day; of those that contradict each other the last has the word."""
    require(may_list(asked.user, asked.on))
    rows = known_figures.figures_on(on or asked.on)
    rows = rows.filter(chain=chain) if chain else rows
    return [shapes.FigureOut.of_line(line) for line in known_figures.lines(rows)[:MOST]]


@desk.act("/chains/figures", Text("登记环节数据", "Record a figure"), shapes.FigureIn,
          shapes.FigureOut, status=201)  # fmt: skip
def record_figure(asked: Asked, sent: shapes.FigureIn) -> Any:
    """As it was published: its unit, its word, its source."""
    who, given = _who(asked), sent.model_dump()
    named = given.pop("enterprise")
    firm = _firm(named) if named else None
    return shapes.FigureOut.of(figures.record_figure(**who, enterprise=firm, **given))


@desk.act("/chains/figures/{pk}/supersede", Text("更新环节数据", "A later figure"),
          shapes.LaterIn, shapes.FigureOut)  # fmt: skip
def supersede_figure(asked: Asked, sent: shapes.LaterIn, pk: Id) -> Any:
    """A later figure of the same thing takes the place of one on record."""
    who, row = _who(asked), _figure(pk)
    made = figures.record_figure(
        **who, **sent.model_dump(), chain=row.chain, node=row.node, kind=row.kind,
        period=row.period, enterprise=row.enterprise, supersedes=row, synthetic=row.synthetic,
    )  # fmt: skip
    return shapes.FigureOut.of(made)


@desk.act("/chains/figures/{pk}/withdraw", Text("撤回环节数据", "Take a figure back"),
          shapes.WhyIn, shapes.FigureOut)  # fmt: skip
def withdraw_figure(asked: Asked, sent: shapes.WhyIn, pk: Id) -> Any:
    """It was written down wrongly."""
    who, row = _who(asked), _figure(pk)
    made = figures.withdraw_figure(**who, figure=row, reason=sent.reason[:300])
    return shapes.FigureOut.of(made)


def _by_number(pk: int) -> Enterprise:
    return get_object_or_404(Enterprise.objects.select_related("root"), pk=pk).root


def _stands(asked: Asked, firm: Enterprise, on: Any = None) -> shapes.StandsOut:
    standing = standing_of(firm, on or asked.on)
    for row in standing:
        row.enterprise = firm  # merged firms are one
    return shapes.StandsOut.of(firm.pk, firm.name, standing, acts_of(firm))


def _proposal(pk: int) -> PlacementProposal:
    rows = PlacementProposal.objects.select_related("enterprise__root", "decided_by")
    return get_object_or_404(rows, pk=pk)


def _figure(pk: int) -> NodeFigure:
    return get_object_or_404(NodeFigure.objects.select_related("enterprise__root"), pk=pk)


def _run(run: PlacingRun) -> dict[str, Any]:
    names = ("chains", "only_changed", "finished_at", "results")
    return {"id": run.pk, **{name: getattr(run, name) for name in names}}


def _numbered(model: Any, number: str, field: str) -> Any:
    if not number:
        return None
    found = model.objects.filter(number=number).first()
    if found is None:
        raise Refused(NO_NUMBER.format(number=number), field=field)
    return found
