"""What campaigns ask of one person: official answers, and the check of somebody else's."""

import datetime as dt
from collections import Counter
from typing import NamedTuple

from django.db.models import Count

from openzone.zone.people.models import User
from openzone.zone.suggestions.enums import CampaignState, Check, OriginalState
from openzone.zone.suggestions.models import Campaign, Original, Verdict
from openzone.zone.suggestions.permissions import may_review
from openzone.zone.suggestions.selectors.states import with_state

_WAITING = (OriginalState.OPEN, OriginalState.MERGED)


class Owed(NamedTuple):
    """A campaign with how many suggestions wait for an answer and how many answers for a check."""

    campaign: Campaign
    answers: int
    checks: int


def owed(user: User, on: dt.date) -> list[Owed]:
    """Return the campaigns under review in which somebody has to answer or to check."""
    if not may_review(user, on).allowed:
        return []
    campaigns = list(Campaign.objects.filter(state=CampaignState.REVIEWING).order_by("pk"))
    if not campaigns:
        return []
    open_ = with_state(Original.objects.filter(campaign__in=campaigns)).filter(state__in=_WAITING)
    answers = dict(open_.order_by().values_list("campaign").annotate(n=Count("pk")))
    checks = _to_check(user, campaigns)
    made = [Owed(one, answers.get(one.pk, 0), checks[one.pk]) for one in campaigns]
    return [one for one in made if one.answers or one.checks]


def _to_check(user: User, campaigns: list[Campaign]) -> Counter[int]:
    waiting = Verdict.objects.filter(check_state=Check.WAITING).exclude(decided_by=user)
    found: Counter[int] = Counter()
    for final, original in waiting.values_list("final__campaign", "original__campaign"):
        found[final or original] += 1
    return Counter({one.pk: found[one.pk] for one in campaigns})
