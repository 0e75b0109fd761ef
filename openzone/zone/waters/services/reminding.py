"""Reminders of campaigns: figures are due, or the time for them is over."""

import datetime as dt

from django.db import transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.waters.enums import CampaignState
from openzone.zone.waters.models import Campaign
from openzone.zone.waters.packs import monitoring
from openzone.zone.waters.selectors.standing import standings
from openzone.zone.waters.services.telling import tell_due
from openzone.zone.waters.writing import note

DAY = dt.timedelta(days=1)


@transaction.atomic
def remind_sides(*, actor: Actor, on: dt.date, now: dt.datetime) -> int:
    """Tell each side once that its figures are due, and both once that time is up."""
    ahead = on + DAY * monitoring().plan.remind_days
    rows = Campaign.objects.select_for_update(of=("self",)).filter(
        state=CampaignState.OPEN, enter_by__lte=ahead
    )
    told = 0
    for standing in standings(rows, on):
        campaign = standing.campaign
        begins = campaign.enter_by + DAY if standing.time_up else dt.date.min
        if campaign.reminded_on is not None and campaign.reminded_on >= begins:
            continue
        late = [one for one in campaign.sides if not standing.locked(one)]
        tell_due(campaign, campaign.sides if standing.time_up else late, now,
                 over=standing.time_up)  # fmt: skip
        campaign.reminded_on = on
        campaign.save(update_fields=["reminded_on"])
        told += 1
    if told:
        note("campaign.reminded", actor, "", {"campaigns": told})
    return told
