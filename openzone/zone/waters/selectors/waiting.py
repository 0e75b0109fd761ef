"""What waits for the people of a side."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Q

from openzone.engines.water.quarters import quarter_of
from openzone.zone.people.models import Unit, User
from openzone.zone.waters.enums import CampaignState, EntryState, Kind
from openzone.zone.waters.models import Campaign, LogEntry, Section
from openzone.zone.waters.permissions import side_of, units_of
from openzone.zone.waters.selectors.register import in_force
from openzone.zone.waters.selectors.standing import Standing, standings


class Waiting(NamedTuple):
    """A campaign in which a side has something to do."""

    standing: Standing
    side: Unit
    what: str


def campaigns_waiting(user: User, on: dt.date) -> list[Waiting]:
    """Return campaigns in which somebody's side has figures to enter or something to approve."""
    units = units_of(user, on)
    if not units:
        return []
    rows = Campaign.objects.filter(state=CampaignState.OPEN)
    mine = (rows.filter(one__in=units) | rows.filter(other__in=units)).order_by("enter_by")
    found = []
    for standing in standings(mine, on):
        side = side_of(user, standing.campaign.sides, on)
        if side is not None and (what := _owed(standing, side)):
            found.append(Waiting(standing, side, what))
    return found


def to_plan(user: User, on: dt.date) -> list[Section]:
    """Return a section of every pair of sides, one of them somebody's, without a campaign.

    It is the quarter of the day that counts: campaigns are held every quarter.
    """
    units, span = units_of(user, on), quarter_of(on)
    if not units:
        return []
    rows = in_force(Section.objects.select_related("one", "other").order_by("pk"), on)
    own = rows.filter(Q(one__in=units) | Q(other__in=units))
    live = Campaign.objects.filter(quarter=str(span)).exclude(state=CampaignState.CANCELLED)
    held = {frozenset(pair) for pair in live.values_list("one", "other")}
    pairs = {frozenset((one.one_id, one.other_id)): one for one in own}
    open_ = [one for pair, one in pairs.items() if pair not in held]
    return [one for one in open_ if side_of(user, one.sides, on) is not None]


def _owed(standing: Standing, side: Unit) -> str:
    if standing.revealed:
        return "" if side.pk in standing.approvals else "approve"
    return "" if standing.locked(side) else "enter"


def to_confirm(user: User, on: dt.date) -> list[LogEntry]:
    """Return entries of the common log that wait for somebody's side, the oldest first."""
    units = units_of(user, on)
    if not units:
        return []
    rows = LogEntry.objects.select_related("one", "other").order_by("on", "id")
    recorded = rows.filter(other__in=units, state=EntryState.RECORDED).exclude(one__in=units)
    told = recorded.exclude(kind=Kind.INCIDENT)
    done = rows.filter(state=EntryState.REPORTED).exclude(reported_side__in=units)
    ended = done.filter(one__in=units) | done.filter(other__in=units)
    return [*told[:50], *ended[:50]]
