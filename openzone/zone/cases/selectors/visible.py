"""Which cases somebody sees in lists: the same rule as ``permissions.may_see``, for many."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from openzone.zone.cases.models import Case, Part, Task
from openzone.zone.cases.permissions import SEES_ALL
from openzone.zone.cases.selectors.types import confidential_versions
from openzone.zone.people.models import User
from openzone.zone.people.permissions import CONSOLE_ROLES
from openzone.zone.people.selectors import memberships_of
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.enterprises import spoken_for


def visible(user: User | AnonymousUser, on: dt.date) -> QuerySet[Case]:
    """Return the cases somebody may see on a day."""
    held = list(memberships_of(user, on))
    own = asked_by(user, on) | Q(recorded_by=user.pk)
    if not held:
        return Case.objects.filter(own)
    units = [post.unit_id for post in held]
    if any(post.role in SEES_ALL for post in held):
        seen = Q()
    elif not any(post.role in CONSOLE_ROLES for post in held):
        seen = _works_on(units)
    else:
        secret = confidential_versions()
        seen = ~Q(version__in=secret) | _works_on(units) if secret else Q()
    not_about = Q(about_unit__isnull=True) | ~Q(about_unit__in=units)
    return Case.objects.filter((seen & not_about) | own)


def asked_by(user: User | AnonymousUser, on: dt.date) -> Q:
    """Return the condition "somebody asked, or speaks for who asked"."""
    if not isinstance(user, User):
        return Q(pk__in=[])
    roots = spoken_for(user, on).order_by().values("pk")
    asked = Q(requester_user=user.pk)
    # By their ids, not through a join: only so does each side of the "or" have its index.
    if firms := list(Enterprise.objects.filter(root__in=roots).values_list("pk", flat=True)):
        asked |= Q(enterprise__in=firms)
    units = [post.unit_id for post in memberships_of(user, on)]
    return asked | Q(requester_unit__in=units) if units else asked


def _works_on(units: list[int]) -> Q:
    parts = Part.objects.filter(unit__in=units).values("case")
    tasks = Task.objects.filter(owner__in=units).values("case")
    return Q(lead__in=units) | Q(holder_unit__in=units) | Q(pk__in=parts) | Q(pk__in=tasks)
