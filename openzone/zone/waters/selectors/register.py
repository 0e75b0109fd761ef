"""Sections as somebody may see them, and what holds for them on a day."""

import datetime as dt

from django.db.models import Q, QuerySet

from openzone.zone.people.enums import Role
from openzone.zone.people.selectors import memberships_of
from openzone.zone.projects.permissions import Visitor
from openzone.zone.waters.models import Campaign, LogEntry, RiverChief, Section
from openzone.zone.waters.permissions import sees_all


def shared_with(user: Visitor, on: dt.date) -> Q:
    """Return the condition that somebody may see what two sides share."""
    if sees_all(user, on):
        return Q()
    units = [one.unit_id for one in memberships_of(user, on) if one.role == Role.PARTNER]
    return Q(one__in=units) | Q(other__in=units)


def sections(user: Visitor, on: dt.date) -> QuerySet[Section]:
    """Return the sections somebody may see, with what holds for them."""
    rows = Section.objects.filter(shared_with(user, on)).select_related("water", "one", "other")
    return rows.prefetch_related("targets", "chiefs__side")


def in_force(rows: QuerySet[Section], day: dt.date) -> QuerySet[Section]:
    """Return those in use on a day."""
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


def campaigns(user: Visitor, on: dt.date) -> QuerySet[Campaign]:
    """Return the campaigns somebody may see."""
    return Campaign.objects.filter(shared_with(user, on)).select_related("one", "other")


def log(user: Visitor, on: dt.date, kind: str) -> QuerySet[LogEntry]:
    """Return the entries of a log somebody may see."""
    rows = LogEntry.objects.filter(shared_with(user, on), kind=kind)
    return rows.select_related("one", "other", "water", "section", "case")


def chiefs_on(section: Section, day: dt.date) -> list[RiverChief]:
    """Return who answers for a section on a day, at most one a side."""
    held = {one.side_id: one for one in section.chiefs.all() if one.valid_from <= day}
    return [held[one.pk] for one in section.sides if one.pk in held]
