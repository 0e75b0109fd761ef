"""The decision: approve or reject, and what waits for money."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.ledger.models import Account
from openzone.zone.people.models import User
from openzone.zone.redemption import flow
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application
from openzone.zone.redemption.selectors.findings import Finding, find
from openzone.zone.redemption.selectors.relations import obstacles

# Before approval a person may find that an application has no ground, at any stage of the zone's.
_REJECTABLE = (Stage.FORMALITY, Stage.REVIEW, Stage.PROPOSAL, Stage.PUBLICITY, Stage.APPROVAL)


@transaction.atomic
def approve(
    *,
    actor: Actor,
    user: User,
    application: Application,
    at: dt.datetime,
    note: str = "",
    seen: int | None = None,
) -> Application:
    """Approve what was proposed and reserve the money, or put it in the queue for money.

    What the record says now is looked at again: against a record that no longer says yes, or says
    less, an approval needs its reason in writing.
    """
    current = flow.locked(application, Stage.APPROVAL, seen=seen)
    day = timezone.localdate(at)
    now = recheck(current, day)
    if not note.strip() and (why := doubts(current, now)):
        raise Refused(why, field="note")
    found = obstacles(current, now, day)
    if found:
        raise Refused(Text("；".join(one.zh for one in found), "; ".join(one.en for one in found)))
    amount = current.proposed if current.proposed is not None else current.computed
    return flow.grant(current, amount, actor=actor, user=user, at=at, note=note.strip())


def recheck(application: Application, known_by: dt.date) -> Finding:
    """Answer the kept rule again with what is known now; look at it beside the snapshot."""
    return find(
        application.enterprise,
        application.item.rule_id,
        application.rules,
        application.rules_on,
        known_by,
    )


def doubts(application: Application, now: Finding) -> Text | None:
    """Say what speaks against approving as it stands; ``None`` where nothing does."""
    if not now.met:
        return NOT_MET
    proposed = application.proposed
    if proposed is None or now.amount is None or proposed <= now.amount:
        return None
    if application.excess is not None and proposed <= application.excess:
        return None
    return LESS.format(now=f"{now.amount / 100:,.2f}")


@transaction.atomic
def reject(
    *,
    actor: Actor,
    user: User,
    application: Application,
    clause: str,
    reason: str,
    at: dt.datetime,
    seen: int | None = None,
) -> Application:
    """Reject, naming the clause that is not met and why.

    The right to it depends on the stage, so it must still stand where the person found it.
    """
    stage = Stage(application.stage)
    current = flow.locked(application, *{stage}.intersection(_REJECTABLE), seen=seen)
    if not clause.strip():
        raise Refused(Text("请写明依据的条款", "name the clause"), field="clause")
    if not reason.strip():
        raise Refused(Text("请写明理由", "give the grounds"), field="reason")
    said = f"{clause.strip()}：{reason.strip()}"
    current.decided_at, current.approved_by, current.asked = at, user, said
    flow.move(current, Stage.REJECTED, actor=actor, user=user, at=at, action="rejected", note=said)
    return current


@transaction.atomic
def fund_queue(*, actor: Actor, budget: Account, at: dt.datetime) -> list[Application]:
    """Give money that has come to those who wait for it, in the order of their approval."""
    return flow.serve_queue(budget, actor=actor, at=at)


NOT_MET = Text(
    "按现有档案复核已不符合条件，批准须写明理由",
    "checked again, the record no longer says yes: an approval needs a written reason",
)
LESS = Text(
    "按现有档案复核的金额为{now}元，低于拟定金额，批准须写明理由",
    "checked again, the record gives {now} yuan, less than proposed: give a written reason",
)
