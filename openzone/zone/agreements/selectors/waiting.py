"""What agreements ask of the people who work on a project for the zone."""

import datetime as dt

from django.db.models import QuerySet

from openzone.zone.agreements.enums import Side
from openzone.zone.agreements.models import Fulfilment, Incentive
from openzone.zone.people.models import User
from openzone.zone.people.selectors import memberships_of
from openzone.zone.projects.models import LIVE, Project
from openzone.zone.projects.permissions import HANDS, on_team


def worked_on(user: User, on: dt.date) -> QuerySet[Project]:
    """Return the projects of somebody's unit, and those somebody is the chief or on the team of."""
    units = [post.unit_id for post in memberships_of(user, on) if post.role in HANDS]
    every = Project.objects.filter(LIVE)
    return every.filter(lead_unit__in=units) | every.filter(on_team(user, on))


def to_confirm(projects: QuerySet[Project], user: User) -> QuerySet[Fulfilment]:
    """Return what investors reported and nobody answered."""
    own = projects.values("pk")
    open_ = Fulfilment.objects.filter(
        answer=None, side=Side.INVESTOR, clause__agreement__project__in=own
    )
    return open_.exclude(reported_by=user).select_related("clause").order_by("reported_at", "pk")


def to_review(projects: QuerySet[Project], user: User) -> QuerySet[Incentive]:
    """Return the incentives somebody else proposed that no review was recorded of."""
    waiting = Incentive.objects.filter(reviews=None, project__in=projects.values("pk"))
    return waiting.exclude(proposed_by=user).order_by("proposed_at", "pk")
