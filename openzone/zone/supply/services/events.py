"""Matchmaking events, and the invitations sent for them from a proposal."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.supply.enums import Side
from openzone.zone.supply.models import Invitation, MatchEvent
from openzone.zone.supply.packs import ensure_kind
from openzone.zone.supply.selectors.matching import Pair
from openzone.zone.supply.services.inviting import invite
from openzone.zone.supply.writing import note

NOBODY = Text("请至少选择一对", "choose at least one pair")


@transaction.atomic
def plan_event(
    *, actor: Actor, title: str, on: dt.date, unit: Unit, now: dt.datetime, venue: str = "",
    kind: str = "", user: User | None = None, synthetic: bool = False,
) -> MatchEvent:  # fmt: skip
    """Plan an event, for all kinds or for one."""
    made = MatchEvent(
        title=title.strip(), on=on, unit=unit, venue=venue.strip(), made_by=user, made_at=now,
        kind=ensure_kind(kind) if kind else "", synthetic=synthetic,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    note("event.planned", actor, f"match_event:{made.pk}", {"title": made.title})
    return made


@transaction.atomic
def invite_pairs(
    *, actor: Actor, event: MatchEvent, pairs: Sequence[Pair], now: dt.datetime
) -> list[Invitation]:
    """Invite the offering firm of every pair that was chosen from the proposal; all or none."""
    if not pairs:
        raise Refused(NOBODY, field="pair")
    sent = [
        invite(
            actor=actor, need=one.need, offer=one.offer, asked=Side.OFFER, score=one.score,
            reasons=list(one.reasons), quantity=one.quantity, event=event, now=now,
            synthetic=event.synthetic,
        )
        for one in pairs
    ]  # fmt: skip
    note("event.invited", actor, f"match_event:{event.pk}", {"invitations": len(sent)})
    return sent
