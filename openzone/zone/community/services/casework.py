"""The cases of orders and filings: opened with them, and moved along by their steps."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.models import Case
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.intake import Opened, Requester, open_case
from openzone.zone.community.models import Filing, Order
from openzone.zone.community.packs import pack
from openzone.zone.people.models import Unit, User

ORDER, FILING = "assisted_service", "cross_region"
_ROUTES = {"community": "to_street", "return": "to_community"}


@transaction.atomic
def open_for_order(*, actor: Actor, order: Order, by: User, now: dt.datetime) -> Opened:
    """Open the case of an order with the agent's community."""
    return open_case(
        actor=actor,
        kind=ORDER,
        title=f"{order.item.name}（代办）"[:200],
        text="",
        now=now,
        channel=Channel.AGENT,
        requester=Requester(
            RequesterKind.PERSON, name=order.resident.name, phone=order.resident.phone
        ),
        fields={
            "item": order.item.code,
            "agent": order.agent.name,
            "home_visit": order.home_visit,
            "due_on": order.due_on.isoformat() if order.due_on else "",
        },
        unit=order.agent.community,
        recorded_by=by,
    )


@transaction.atomic
def follow_order(
    *,
    actor: Actor,
    order: Order,
    action: str,
    by: User,
    now: dt.datetime,
    said: Mapping[str, Any] | None = None,
) -> None:
    """Move the case as the order moved: what the community passed goes to the street."""
    given = dict(said or {})
    _act(actor, order.case, action, by, now, given)
    if action == "close":
        _act(actor, order.case, "rate", by, now, given)
    street = order.agent.community.parent
    target = street if action == "community" else order.agent.community
    route = _ROUTES.get(action)
    if route and target is not None and order.case.lead_id != target.pk:
        _act(actor, order.case, route, by, now, {"unit": target.code})


@transaction.atomic
def open_for_filing(
    *, actor: Actor, filing: Filing, by: User, unit: Unit, now: dt.datetime
) -> Opened:
    """Open the case of a filing with our side, whichever that is."""
    offer = filing.offer
    mode = pack().mode(offer.mode)
    return open_case(
        actor=actor,
        kind=FILING,
        title=f"{offer.item.name}（{offer.region}）"[:200],
        text="",
        now=now,
        channel=Channel.COUNTER,
        requester=Requester(RequesterKind.PERSON, name=filing.applicant, phone=filing.phone),
        fields={
            "item": offer.item.code,
            "region": offer.region,
            "mode": mode.label.zh if mode else offer.mode,
            "receiving": filing.receiving_name,
            "deciding": filing.deciding_name,
            "limit": offer.item.committed_limit or offer.item.legal_limit,
        },
        unit=filing.deciding_unit or unit,
        recorded_by=by,
    )


@transaction.atomic
def follow_filing(
    *,
    actor: Actor,
    filing: Filing,
    what: str,
    by: User,
    now: dt.datetime,
    said: Mapping[str, Any],
) -> None:
    """Move the case as the filing moved; while the other authority has it, it holds the case."""
    action, data = _filing_action(filing, what, dict(said))
    _act(actor, filing.case, action, by, now, data)
    if what == "rate":
        _act(actor, filing.case, "rate", by, now, data)


def _filing_action(filing: Filing, what: str, said: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    here = filing.deciding_unit is not None
    match what:
        case "notice":
            return what, said | {"what": filing.notice, "reason": "一次性告知"}
        case "send" if not here:
            return "send_there", said | {
                "third": filing.deciding_name,
                "reason": "办理事权在办理方",
            }
        case "send":
            return "send_here", said
        case "decide":
            return ("decide_here" if here else "decide_there"), said | {"text": filing.decision}
        case "rate":
            return ("close_granted" if filing.granted else "close_refused"), said
    return what, said


def _act(
    actor: Actor, case: Case, action: str, by: User, now: dt.datetime, said: dict[str, Any]
) -> None:
    act(actor=actor, case=case, action=action, now=now, data=said | {"done_by": str(by)})
