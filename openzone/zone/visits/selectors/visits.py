"""Visits of an enterprise, of a person, and of a period."""

import datetime as dt

from django.db.models import QuerySet

from openzone.zone.people.models import Membership, Unit, User
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.models import Enterprise
from openzone.zone.visits.enums import Condition, ContactKind, VisitState
from openzone.zone.visits.models import Invitation, Post, Visit


def visits_of(enterprise: Enterprise) -> QuerySet[Visit]:
    """Return everything that was planned or took place, the latest first."""
    found = Visit.objects.filter(enterprise__root=enterprise.root_id)
    return found.prefetch_related("parties__user", "parties__unit").select_related("enterprise")


def planned_for(enterprise: Enterprise) -> QuerySet[Visit]:
    """Return the planned visits of an enterprise."""
    return visits_of(enterprise).filter(state=VisitState.PLANNED, kind=ContactKind.VISIT)


def counted_days(enterprise: Enterprise, moved: Visit | None = None) -> list[dt.date]:
    """Return the days of visits that count against the cap: not those the enterprise asked for.

    ``moved`` is the visit whose new day is looked for: its old one does not stand in its way.
    """
    counted = Visit.objects.filter(
        enterprise__root=enterprise.root_id, kind=ContactKind.VISIT, invitation__isnull=True
    ).exclude(state=VisitState.CANCELLED)
    if moved is not None and moved.pk is not None:
        counted = counted.exclude(pk=moved.pk)
    days = counted.order_by().values_list("met_on", "planned_on")
    return [met or planned for met, planned in days if met or planned]  # type: ignore[misc]


def open_invitations(enterprise: Enterprise, on: dt.date) -> list[Invitation]:
    """Return the requests for a visit that nobody has followed yet and that are not over."""
    asked = Invitation.objects.filter(enterprise__root=enterprise.root_id, last__gte=on)
    used = Visit.objects.exclude(state=VisitState.CANCELLED).filter(invitation__isnull=False)
    return list(asked.exclude(pk__in=used.values("invitation")).order_by("first", "pk"))


def waiting_invitations(on: dt.date) -> QuerySet[Invitation]:
    """Return all requests for a visit that nobody has followed yet."""
    used = Visit.objects.exclude(state=VisitState.CANCELLED).filter(invitation__isnull=False)
    found = Invitation.objects.filter(last__gte=on).exclude(pk__in=used.values("invitation"))
    return found.select_related("enterprise").order_by("first", "pk")


def mine(user: User) -> QuerySet[Visit]:
    """Return the planned visits somebody goes on, the next ones first."""
    going = Visit.objects.filter(state=VisitState.PLANNED, parties__user=user)
    return going.select_related("enterprise").order_by("planned_on", "pk")


def flagged() -> QuerySet[Visit]:
    """Return the contacts at which an enterprise was out of reach, dormant or gone."""
    found = Visit.objects.filter(condition__in=[Condition.LOST, Condition.DORMANT, Condition.MOVED])
    return found.select_related("enterprise").order_by("-met_on", "-pk")


def units_of(user: User, on: dt.date) -> QuerySet[Unit]:
    """Return the units somebody can go for: by a role or by a place on the roster."""
    roles = Membership.objects.filter(on_day(on), user=user).values("unit")
    posts = Post.objects.filter(on_day(on), user=user).values("unit")
    return (Unit.objects.filter(pk__in=roles) | Unit.objects.filter(pk__in=posts)).order_by("code")
