"""Negotiations on record: who took part, what was agreed, what is open, and how it was settled."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.projects.models import Project
from openzone.zone.promotion.enums import PointState
from openzone.zone.promotion.field_packs import channel_by, ensure_platform
from openzone.zone.promotion.models import Investor, Lead, Negotiation, NegotiationPoint
from openzone.zone.promotion.services.field_links import ensure_of, spoken
from openzone.zone.promotion.services.writing import ensure_come, locked_investor, note

NO_POINTS = Text("请至少记录一项要点", "record at least one point")
NOBODY = Text("请写明我方参加人员", "say who took part on our side")
WHOSE = Text(
    "未决事项“{what}”须写明责任人和时限", "the open point “{what}” needs somebody and a day"
)
NOT_OPEN = Text("该事项已由{who}于{at}办结", "settled already by {who} at {at}")
AGREED = Text("该事项已达成一致", "this point is agreed")
DUE_BEFORE = Text("“{what}”的时限早于洽谈日", "“{what}” is due before the negotiation")


class Point(NamedTuple):
    """A point: agreed, or open with somebody until a day."""

    text: str
    owner: User | None = None
    due: dt.date | None = None
    open: bool = False


@transaction.atomic
def record_negotiation(
    *, actor: Actor, investor: Investor, topic: str, at: dt.datetime, platform: str, unit: Unit,
    ours: Collection[User], theirs: str, points: Sequence[Point], now: dt.datetime,
    channel: str = "online_talks", minutes: int | None = None, summary: str = "",
    lead: Lead | None = None, project: Project | None = None, user: User | None = None,
    synthetic: bool = False,
) -> Negotiation:  # fmt: skip
    """Record a negotiation with its points; with a lead, it is an interaction of it as well."""
    firm = locked_investor(investor)
    on = timezone.localdate(at)
    ensure_come(on, now, field="at")
    ensure_of(firm, lead=lead)
    if not ours:
        raise Refused(NOBODY, field="ours")
    _ensure_points(points, on)
    made = Negotiation(
        investor=firm, lead=lead, project=project, topic=topic.strip(), at=at, minutes=minutes,
        platform=ensure_platform(platform), channel=channel_by(channel, "talks").id, unit=unit,
        theirs=theirs.strip(), summary=summary.strip(), recorded_by=user, recorded_at=now,
        synthetic=synthetic,
    )  # fmt: skip
    ensure_valid(made)
    made.interaction = spoken(
        actor=actor, channel=made.channel, lead=lead, on=on, said=made.summary or made.topic,
        user=user, now=now,
    )  # fmt: skip
    made.save()
    made.ours.set(ours)
    for one in points:
        _add(made, one)
    note(
        action="negotiation.recorded", actor=actor, subject=f"negotiation:{made.pk}",
        payload={"investor": firm.pk, "points": len(points)},
    )  # fmt: skip
    return made


@transaction.atomic
def settle_point(
    *, actor: Actor, point: NegotiationPoint, outcome: str, user: User, now: dt.datetime
) -> NegotiationPoint:
    """Say how an open point was settled; once."""
    fresh = NegotiationPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if fresh.state == PointState.AGREED:
        raise Refused(AGREED)
    if fresh.state == PointState.SETTLED and fresh.settled_at is not None:
        at = f"{timezone.localtime(fresh.settled_at):%Y-%m-%d %H:%M}"
        raise Refused(NOT_OPEN.format(who=str(fresh.settled_by), at=at))
    fresh.state, fresh.outcome = PointState.SETTLED, outcome.strip()
    fresh.settled_by, fresh.settled_at = user, now
    ensure_valid(fresh)
    fresh.save()
    note(
        action="negotiation.settled", actor=actor, subject=f"negotiation:{fresh.negotiation_id}",
        payload={"point": fresh.pk},
    )  # fmt: skip
    return fresh


def _ensure_points(points: Sequence[Point], on: dt.date) -> None:
    if not points:
        raise Refused(NO_POINTS, field="points")
    for one in points:
        if one.open and (one.owner is None or one.due is None):
            raise Refused(WHOSE.format(what=one.text), field="points")
        if one.due is not None and one.due < on:
            raise Refused(DUE_BEFORE.format(what=one.text), field="points")


def _add(negotiation: Negotiation, one: Point) -> None:
    point = NegotiationPoint(
        negotiation=negotiation, text=one.text.strip(),
        state=PointState.OPEN if one.open else PointState.AGREED,
        owner=one.owner if one.open else None, due=one.due if one.open else None,
    )  # fmt: skip
    ensure_valid(point)
    point.save()


@transaction.atomic
def add_point(*, actor: Actor, negotiation: Negotiation, point: Point) -> None:
    """Add an open point that came up afterwards."""
    fresh = Negotiation.objects.select_for_update().get(pk=negotiation.pk)
    _ensure_points([point], timezone.localdate(fresh.at))
    _add(fresh, point)
    note(
        action="negotiation.added", actor=actor, subject=f"negotiation:{fresh.pk}",
        payload={"point": point.text},
    )  # fmt: skip
