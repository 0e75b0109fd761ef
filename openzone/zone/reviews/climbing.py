"""An obstacle that a tier found open often enough goes to the next one, to a leader by name."""

import datetime as dt
from collections.abc import Iterable

from openzone.engines.projects.reviews import tier_now
from openzone.packs.reviews import Body
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Case
from openzone.zone.cases.services.acting import act
from openzone.zone.projects.models import Project
from openzone.zone.reviews.enums import ForceDuty, ItemOutcome, MeetingState
from openzone.zone.reviews.models import AgendaItem, Climb, ForceMember, Meeting, Obstacle
from openzone.zone.reviews.packs import ladder, pack
from openzone.zone.reviews.selectors.agenda import tier_of
from openzone.zone.reviews.selectors.meetings import zone_leaders
from openzone.zone.reviews.selectors.scope import ladders

ACTION = "escalate"


def climb(meeting: Meeting, actor: Actor, now: dt.datetime) -> list[str]:
    """Send up what this meeting left open once too often; return the numbers of the cases.

    Part of the transaction that records the meeting.
    """
    keys = meeting.items.exclude(outcome=ItemOutcome.SETTLED).values_list("case", flat=True)
    # The row of a case is its lock: what is closed out meanwhile climbs no more.
    cases = list(
        Case.objects.select_for_update().filter(pk__in=[key for key in keys if key], closed=False)
    )
    rows = list(
        Obstacle.objects.filter(case__in=cases)
        .select_related("case", "project__chief")
        .order_by("case_id")
    )
    steps = ladders([row.project for row in rows], meeting.on)
    return [
        row.case.number for row in rows if _climbs(row, steps[row.project_id], meeting, actor, now)
    ]


def _climbs(
    row: Obstacle, tiers: tuple[str, ...], meeting: Meeting, actor: Actor, now: dt.datetime
) -> bool:
    here = tier_of(row, tiers)
    if here != meeting.tier:
        return False
    there = tier_now(ladder(tiers), here, _had_it(row))
    if there == here:
        return False
    leader = leader_at(there, row.project, meeting.on)
    act(actor=actor, case=row.case, action=ACTION, now=now, data={"level": there, "leader": leader})
    Climb.objects.create(obstacle=row, meeting=meeting, to_tier=there, leader=leader, at=now)
    row.tier = there
    row.save(update_fields=["tier"])
    return True


def _had_it(row: Obstacle) -> list[str]:
    """Return the tiers of the meetings that left it open since it came to its tier, in order."""
    items = AgendaItem.objects.filter(case=row.case_id, meeting__state=MeetingState.HELD).exclude(
        outcome=ItemOutcome.SETTLED
    )
    last = row.climbs.order_by("-pk").first()
    if last is not None:
        items = items.filter(meeting__settled_at__gt=last.meeting.settled_at)
    return list(items.order_by("meeting__settled_at", "pk").values_list("meeting__tier", flat=True))


def leader_at(tier: str, project: Project, on: dt.date) -> str:
    """Return by name whose an obstacle is at a tier; the tier's name where nobody is known."""
    label = pack().by_tier[tier].label.text.zh
    if pack().by_tier[tier].of is Body.CHIEF:
        return str(project.chief) if project.chief else label
    if pack().by_tier[tier].of is Body.ZONE:
        return _names(zone_leaders(on)) or label
    leads = ForceMember.objects.filter(
        force__projects__project=project, duty=ForceDuty.LEAD, valid_to=None
    )
    return _names(member.user for member in leads.select_related("user")) or label


def _names(people: Iterable[object]) -> str:
    return "、".join(dict.fromkeys(str(one) for one in people))[:150]
