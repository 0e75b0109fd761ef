"""The projects that count for the zone, for a unit, for a person."""

import datetime as dt
from typing import Protocol

from django.db.models import Q, QuerySet

from openzone.zone.people.models import Unit, User
from openzone.zone.people.selectors import unit_and_below
from openzone.zone.performance.enums import ScopeKind
from openzone.zone.performance.packs import pack
from openzone.zone.projects.models import Member, Project


class Scoped(Protocol):
    """A target or somebody in an evaluation: of the zone, of a unit, of a person."""

    scope: str
    unit: Unit | None
    person: User | None


def key_of(scope: str, unit: Unit | None, person: User | None) -> str:
    """Return whose it is, in a word: ``zone``, ``unit:3``, ``person:8``."""
    owner = unit if scope == ScopeKind.UNIT else person if scope == ScopeKind.PERSON else None
    return str(ScopeKind(scope)) if owner is None else f"{ScopeKind(scope)}:{owner.pk}"


def projects_for(whose: Scoped, first: dt.date, last: dt.date) -> QuerySet[Project]:
    """Return the projects that count in a period.

    Of a unit: those it or a unit below it leads. Of a person: as the pack credits them, by being
    the chief, or on the team in a role on any day of the period.
    """
    found = Project.objects.filter(merged_into=None)
    if whose.scope == ScopeKind.UNIT and whose.unit is not None:
        return found.filter(lead_unit__in=unit_and_below(whose.unit))
    if whose.scope == ScopeKind.PERSON and whose.person is not None:
        return found.filter(_credited(whose.person, first, last))
    return found


def _credited(person: User, first: dt.date, last: dt.date) -> Q:
    rule = pack().credit
    on_team = Member.objects.filter(user=person, role__in=rule.roles, valid_from__lte=last).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=first)
    )
    credited = Q(pk__in=on_team.values("project"))
    return credited | Q(chief=person) if rule.chief else credited
