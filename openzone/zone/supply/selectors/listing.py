"""Lists of needs, offers and invitations, and how many came to a deal."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, QuerySet, Sum

from openzone.zone.people.permissions import may_see_console
from openzone.zone.projects.permissions import Visitor
from openzone.zone.registry.selectors.enterprises import spoken_for
from openzone.zone.supply.enums import EntryState, InvitationState, Side
from openzone.zone.supply.models import Invitation, SupplyEntry


class Asked(NamedTuple):
    """Which entries; empty does not narrow."""

    side: str = ""
    kind: str = ""
    state: str = ""
    q: str = ""


class Statistics(NamedTuple):
    """How many entries, how many have an invitation, how far the invitations came."""

    needs: int
    offers: int
    open_needs: int
    invited: int
    states: dict[str, int]
    deals: int
    amount: Decimal | None


def entries(asked: Asked) -> QuerySet[SupplyEntry]:
    """Return entries, the latest first."""
    found = SupplyEntry.objects.select_related("enterprise__place").order_by("-pk")
    for name in ("side", "kind", "state"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    if asked.q:
        words = Q(title__icontains=asked.q) | Q(text__icontains=asked.q)
        found = found.filter(words | Q(enterprise__name__icontains=asked.q))
    return found


def own_entries(user: Visitor, on: dt.date) -> QuerySet[SupplyEntry]:
    """Return the entries of the firms somebody speaks for."""
    firms = spoken_for(user, on).order_by().values("pk")
    return entries(Asked()).filter(enterprise__root__in=firms)


def invitations(user: Visitor, on: dt.date, state: str = "") -> QuerySet[Invitation]:
    """Return the invitations somebody may see: of their firms, or all for who works here."""
    found = Invitation.objects.select_related(
        "need__enterprise", "offer__enterprise", "event"
    ).order_by("-pk")
    if state:
        found = found.filter(state=state)
    if may_see_console(user, on).allowed:
        return found
    firms = spoken_for(user, on).order_by().values("pk")
    return found.filter(Q(need__enterprise__root__in=firms) | Q(offer__enterprise__root__in=firms))


def statistics(first: dt.date, last: dt.date) -> Statistics:
    """Count entries published and invitations sent in a period, both days included."""
    period = (first, last)
    published = SupplyEntry.objects.filter(published_at__date__range=period)
    sent = Invitation.objects.filter(sent_at__date__range=period)
    states = {state: sent.filter(state=state).count() for state in InvitationState.values}
    deals = sent.filter(state=InvitationState.DEAL)
    needs = published.filter(side=Side.NEED)
    return Statistics(
        needs.count(), published.filter(side=Side.OFFER).count(),
        needs.filter(state=EntryState.OPEN).count(), needs.filter(
            invitations_as_need__isnull=False).distinct().count(),
        states, deals.count(), deals.aggregate(total=Sum("amount"))["total"],
    )  # fmt: skip
