"""Lists of a campaign with the filters its figures lead to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from openzone.zone.suggestions.enums import Check, OriginalState, Outcome, Response
from openzone.zone.suggestions.models import Campaign, Feedback, Member, Original, Verdict
from openzone.zone.suggestions.selectors.metrics import ADOPTED
from openzone.zone.suggestions.selectors.states import finals, with_state


@dataclass(frozen=True, slots=True)
class Filter:
    """What originals to list; empty values list all."""

    state: str = ""
    group: int | None = None
    topic: int | None = None
    round: int | None = None
    text: str = ""
    valid: bool = False
    merged: bool = False
    adopted: bool = False


def originals(campaign: Campaign, chosen: Filter) -> "QuerySet[Any]":
    """Return originals with their state, by number."""
    found = with_state(Original.objects.filter(campaign=campaign))
    exact = {"group": chosen.group, "topic": chosen.topic, "round": chosen.round}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if chosen.state:
        found = found.filter(state=chosen.state)
    if chosen.valid:
        found = found.exclude(state=OriginalState.WITHDRAWN)
    if chosen.adopted:
        found = found.filter(state__in=ADOPTED)
    if chosen.merged:
        found = found.filter(flows__isnull=False, flows__undone_at__isnull=True).distinct()
    if chosen.text:
        found = found.filter(Q(text__contains=chosen.text) | Q(member__name=chosen.text))
    return found.select_related("member", "group", "round", "topic").order_by("number")


def members(campaign: Campaign, group: int | None = None, spoke: str = "") -> "QuerySet[Member]":
    """Return members with how many suggestions each made that were not withdrawn."""
    valid = Count("originals", filter=Q(originals__withdrawn_at__isnull=True))
    found = Member.objects.filter(campaign=campaign).annotate(said=valid)
    if group:
        found = found.filter(group=group)
    if spoke:
        found = found.filter(said__gt=0) if spoke == "yes" else found.filter(said=0)
    return found.select_related("group", "user").order_by("group_id", "pk")


def drafted(
    campaign: Campaign, *, adopted: bool = False, submitted: bool = False
) -> "QuerySet[Any]":
    """Return the finals of a campaign by number."""
    found = finals(campaign)
    if adopted:
        found = found.filter(decided__in=(Outcome.ACCEPT, Outcome.PILOT))
    if submitted:
        found = found.filter(submission__isnull=False)
    return found.order_by("number")


def notices(
    campaign: Campaign, group: int | None = None, told: str = "", response: str = ""
) -> "QuerySet[Feedback]":
    """Return what proposers are told, in the order of the suggestions."""
    found = Feedback.objects.filter(original__campaign=campaign, verdict__standing=True)
    if group:
        found = found.filter(original__group=group)
    if told:
        found = found.filter(told_at__isnull=told == "no")
    if response == "any":
        found = found.exclude(response=Response.NONE)
    elif response:
        found = found.filter(response=response)
    related = found.select_related(
        "original__member__group", "verdict__final", "original__topic", "original__round"
    )
    return related.order_by("original__number", "verdict_id", "turn")


def waiting_for_check(campaign: Campaign) -> "QuerySet[Verdict]":
    """Return the answers nobody checked yet, the oldest first."""
    found = Verdict.objects.filter(
        Q(final__campaign=campaign) | Q(original__campaign=campaign), check_state=Check.WAITING
    )
    return found.select_related("final", "original", "decided_by").order_by("decided_at", "pk")
