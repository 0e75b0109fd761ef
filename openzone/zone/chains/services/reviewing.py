"""Deciding proposals: confirmed at one node or several, rejected, the last decision undone."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.enums import ChangeKind, PlacementMethod, ProposalState
from openzone.zone.chains.models import Placement, PlacementChange, PlacementProposal
from openzone.zone.chains.selectors.proposals import clear_ones
from openzone.zone.chains.services.placing import Grounds, Key, Parts, place, undo
from openzone.zone.chains.services.writing import done_by, locked, note
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise

NOT_WAITING = Text("该建议已不在待审队列中", "this proposal does not wait any more")
NOT_DECIDED = Text("该建议尚未办理", "this proposal was not decided")
NOT_SHOWN = Text(
    "预览后情况已变化：现有 {n} 家，预览时 {shown} 家，请重新预览",
    "it changed since the preview: {n} firms now, {shown} then; look again",
)
NONE_CLEAR = Text("没有符合条件的建议", "no proposal is as clear as that")
SOURCE: Final = "企业经营范围、产品、名称与链条关键词比对"
_BATCH: Final = 1_000


@transaction.atomic
def confirm(
    *, actor: Actor, user: User, proposal: PlacementProposal, parts: Parts, now: dt.datetime,
    valid_from: dt.date | None = None, seen: int | None = None,
) -> PlacementChange:  # fmt: skip
    """Say that the firm stands so; ``parts`` are all its nodes over all chains.

    From today on, unless another day is named. Of two who decide at once the slower is told who
    was first.
    """
    fresh = _waiting(proposal)
    kept = Grounds(
        PlacementMethod.REVIEWED, SOURCE, _evidence(fresh), _scores(fresh), proposal=fresh
    )
    change = place(
        actor=actor, user=user, enterprise=fresh.enterprise, parts=parts, now=now, grounds=kept,
        valid_from=valid_from or to_local(now).date(), seen=seen,
    )  # fmt: skip
    fresh.chosen = [node for chain, node in parts if chain == fresh.chain]
    _decide(fresh, ProposalState.CONFIRMED, user, now)
    note(action="proposal.confirmed", actor=actor, subject=f"placement_proposal:{fresh.pk}",
         payload={"chain": fresh.chain, "nodes": fresh.chosen, "proposed": fresh.node})  # fmt: skip
    return change


@transaction.atomic
def reject(
    *, actor: Actor, user: User, proposal: PlacementProposal, now: dt.datetime, reason: str = ""
) -> PlacementProposal:
    """Say that the firm stands nowhere in this chain; the same words bring it up no more."""
    fresh = _waiting(proposal)
    fresh.reason = reason.strip()
    _decide(fresh, ProposalState.REJECTED, user, now)
    note(action="proposal.rejected", actor=actor, subject=f"placement_proposal:{fresh.pk}",
         payload={"chain": fresh.chain, "node": fresh.node, "reason": fresh.reason})  # fmt: skip
    return fresh


@transaction.atomic
def reopen(
    *, actor: Actor, user: User, proposal: PlacementProposal, now: dt.datetime
) -> PlacementProposal:
    """Undo a decision: the proposal waits again, and a placement that came of it is taken back."""
    fresh = _locked(proposal)
    if fresh.state not in (ProposalState.CONFIRMED, ProposalState.REJECTED):
        raise Refused(NOT_DECIDED)
    if fresh.state == ProposalState.CONFIRMED:
        change = fresh.changes.filter(undone_by__isnull=True).order_by("-pk").first()
        if change is not None:
            undo(actor=actor, user=user, change=change, now=now)
    before, fresh.state = fresh.state, ProposalState.WAITING
    fresh.chosen, fresh.reason, fresh.decided_by, fresh.decided_at = [], "", None, None
    fresh.save()
    note(action="proposal.reopened", actor=actor, subject=f"placement_proposal:{fresh.pk}",
         payload={"was": before})  # fmt: skip
    return fresh


@transaction.atomic
def confirm_clear(
    *, actor: Actor, user: User, chain: str, least: float, upto: int, shown: int, now: dt.datetime
) -> int:
    """Confirm every clear proposal of a chain from a score on, as a person saw them in a preview.

    ``upto`` is the last proposal there was then, ``shown`` how many firms. Firms that stand
    somewhere already, or are as clear in another chain, are not among them: somebody shares them
    out.
    """
    clear = clear_ones(chain, least, upto)
    firms = Enterprise.objects.filter(pk__in=clear.order_by().values("enterprise__root"))
    list(firms.select_for_update(of=("self",)).order_by("pk"))  # as for one firm: firms first
    found = list(clear.select_related("enterprise__root").select_for_update(of=("self",)))
    if not found:
        raise Refused(NONE_CLEAR)
    if len(found) != shown:
        raise Refused(NOT_SHOWN.format(n=len(found), shown=shown))
    today = to_local(now).date()
    changes = PlacementChange.objects.bulk_create(
        [_whole(one, user, today, now) for one in found], batch_size=_BATCH
    )
    rows = [_row(one, change) for one, change in zip(found, changes, strict=True)]
    Placement.objects.bulk_create(rows, batch_size=_BATCH)
    for one in found:
        one.state, one.chosen = ProposalState.CONFIRMED, [one.node]
        one.decided_by, one.decided_at = user, now
    fields = ["state", "chosen", "decided_by", "decided_at"]
    PlacementProposal.objects.bulk_update(found, fields, batch_size=200)
    note(action="proposal.confirmed_clear", actor=actor, subject=f"chain:{chain}",
         payload={"least": least, "firms": len(found),
                  "proposals": [one.pk for one in found]})  # fmt: skip
    return len(found)


def _whole(one: PlacementProposal, user: User, today: dt.date, now: dt.datetime) -> PlacementChange:
    return PlacementChange(
        enterprise=one.enterprise.root,
        kind=ChangeKind.PLACED,
        day=today,
        proposal=one,
        by=user,
        at=now,
    )


def _row(one: PlacementProposal, change: PlacementChange) -> Placement:
    return Placement(
        enterprise=change.enterprise, chain=one.chain, node=one.node, share=Decimal(1),
        valid_from=change.day, method=PlacementMethod.REVIEWED, version=one.version,
        score=one.score, evidence=one.evidence, source=SOURCE, reviewed_by=change.by,
        recorded_at=change.at, change=change, synthetic=one.synthetic,
    )  # fmt: skip


def _waiting(proposal: PlacementProposal) -> PlacementProposal:
    fresh = _locked(proposal)
    if fresh.state in (ProposalState.CONFIRMED, ProposalState.REJECTED):
        assert fresh.decided_at is not None  # noqa: S101 - the table holds it
        raise Refused(done_by(fresh.decided_by, fresh.decided_at))
    if fresh.state != ProposalState.WAITING:
        raise Refused(NOT_WAITING)
    return fresh


def _locked(proposal: PlacementProposal) -> PlacementProposal:
    """Lock the firm, then its proposal: whoever decides about a firm takes them in this order."""
    locked(proposal.enterprise)
    rows = PlacementProposal.objects.select_for_update(of=("self",))
    return rows.select_related("enterprise", "decided_by").get(pk=proposal.pk)


def _decide(
    proposal: PlacementProposal, state: ProposalState, user: User, now: dt.datetime
) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, user, now
    proposal.save()


def _evidence(proposal: PlacementProposal) -> dict[Key, Sequence[Any]]:
    others = {(proposal.chain, one["node"]): one["evidence"] for one in proposal.alternatives}
    return {(proposal.chain, proposal.node): proposal.evidence, **others}


def _scores(proposal: PlacementProposal) -> dict[Key, float]:
    others = {(proposal.chain, one["node"]): one["score"] for one in proposal.alternatives}
    return {(proposal.chain, proposal.node): proposal.score, **others}
