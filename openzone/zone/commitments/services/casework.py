"""The case of a commitment: opened with it, and moved along by its steps."""

import datetime as dt
from typing import Any

from django.db import transaction

from openzone.engines.service.machines import State, Step
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.intake import Opened, Requester, open_case
from openzone.zone.commitments.models import Commitment
from openzone.zone.commitments.packs import pack

KIND = "commitment"


@transaction.atomic
def open_for(*, actor: Actor, commitment: Commitment, papers: str, now: dt.datetime) -> Opened:
    """Open the case of a commitment with the deciding unit."""
    kind = pack().kind(commitment.kind)
    label = kind.label.zh if kind else commitment.kind
    supply_by = commitment.supply_by
    return open_case(
        actor=actor,
        kind=KIND,
        title=f"{commitment.item.name}（{label}）"[:200],
        text="",
        now=now,
        channel=Channel.COUNTER,
        requester=_requester(commitment),
        fields={
            "item": commitment.item.code,
            "kind": label,
            "limit": commitment.item.committed_limit or commitment.item.legal_limit,
            "papers": papers,
            "supply_by": to_local(supply_by).strftime("%Y-%m-%d %H:%M") if supply_by else "",
        },
        unit=commitment.item.deciding_unit,
        recorded_by=commitment.handler,
    )


@transaction.atomic
def follow(*, actor: Actor, commitment: Commitment, step: Step, now: dt.datetime) -> None:
    """Move the case as the commitment moved; who did it stands in the event."""
    action = f"{step.value}_{commitment.state}"
    if step is Step.SIGN and commitment.waits:
        action = "sign_waiting"
    act(
        actor=actor,
        case=commitment.case,
        action=action,
        now=now,
        data=_said(actor, commitment, step),
    )


def _said(actor: Actor, commitment: Commitment, step: Step) -> dict[str, Any]:
    said: dict[str, Any] = {"done_by": actor.label}
    if step is Step.SIGN and commitment.waits:
        said["what"] = "、".join(str(one) for one in commitment.owed.all())
        said["reason"] = "容缺受理"
    elif step is Step.GRANT and State(commitment.state) is State.DECIDED:
        said["text"] = commitment.decision_no
    return said


def _requester(commitment: Commitment) -> Requester:
    if commitment.enterprise is not None:
        return Requester(RequesterKind.ENTERPRISE, enterprise=commitment.enterprise)
    return Requester(RequesterKind.PERSON, name=commitment.person, phone=commitment.phone)
