"""Who is on the roster: put on with a reason, taken off with a reason, not planning to resume."""

import datetime as dt
from typing import Final

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.projects.models import Project
from openzone.zone.registry.models import Enterprise
from openzone.zone.resumption.models import Member, Membership, Season
from openzone.zone.resumption.packs import ensure_class
from openzone.zone.resumption.writing import ensure_said, locked, note, of_member, opened

ONE: Final = Text("请写明企业或项目之一", "name an enterprise or a project, one of both")
ALREADY: Final = Text("“{name}”已在该类名册内", "“{name}” is in this class already")
OVERLAP: Final = Text("与该类已有的起止日期重叠", "overlaps the time it was in this class before")
NOT_IN: Final = Text("“{name}”不在该类名册内", "“{name}” is not in this class")
ORDER: Final = Text("早于列入日期 {day}", "before it came onto the roster on {day}")
LATE: Final = Text("晚于本期最后一天 {day}", "after the last day of the season, {day}")
MERGED: Final = Text("已并入“{name}”", "it was merged into “{name}”")


@transaction.atomic
def enrol(
    *, actor: Actor, season: Season, klass: str, first_on: dt.date, because: str,
    enterprise: Enterprise | None = None, project: Project | None = None,
) -> Membership:  # fmt: skip
    """Put an enterprise or a project into a class of the roster from a day on."""
    current = opened(season)
    named = enterprise or project
    if named is None or (enterprise and project):
        raise Refused(ONE, field="enterprise")
    if (into := named.merged_into) is not None:
        raise Refused(MERGED.format(name=into.name), field="enterprise")
    if first_on > current.last_on:
        raise Refused(LATE.format(day=current.last_on), field="first_on")
    member, _ = Member.objects.get_or_create(season=current, enterprise=enterprise, project=project)
    made = Membership(
        member=member, klass=ensure_class(klass), first_on=first_on,
        because=ensure_said(because, "because"),
    )  # fmt: skip
    _ensure_free(made)
    ensure_valid(made)
    made.save()
    note("member.enrolled", actor, of_member(member), {"class": klass, "from": first_on})
    return made


@transaction.atomic
def withdraw(
    *, actor: Actor, member: Member, klass: str, last_on: dt.date, reason: str
) -> Membership:
    """Take a member out of a class after a last day; what it reported stays."""
    current = locked(member)
    place = Membership.objects.filter(member=current, klass=klass, last_on__isnull=True).first()
    if place is None:
        raise Refused(NOT_IN.format(name=current.name), field="klass")
    if last_on < place.first_on:
        raise Refused(ORDER.format(day=place.first_on), field="last_on")
    place.last_on, place.left_because = last_on, ensure_said(reason)
    ensure_valid(place)
    place.save(update_fields=["last_on", "left_because"])
    note("member.withdrawn", actor, of_member(current),
         {"class": klass, "last": last_on, "why": place.left_because})  # fmt: skip
    return place


@transaction.atomic
def set_unplanned(*, actor: Actor, member: Member, on: dt.date | None, reason: str) -> Member:
    """Note that a member does not plan to resume from a day on; ``None`` takes that back.

    It stays in every denominator: who does not plan to work is not working.
    """
    current = locked(member)
    current.unplanned_from = on
    current.unplanned_because = ensure_said(reason)
    ensure_valid(current)
    current.save(update_fields=["unplanned_from", "unplanned_because"])
    note("member.unplanned" if on else "member.planned", actor, of_member(current),
         {"from": on, "why": current.unplanned_because})  # fmt: skip
    return current


def _ensure_free(made: Membership) -> None:
    others = Membership.objects.filter(member=made.member, klass=made.klass)
    if others.filter(last_on__isnull=True).exists():
        raise Refused(ALREADY.format(name=made.member.name), field="enterprise")
    if others.filter(last_on__gte=made.first_on).exists():
        raise Refused(OVERLAP, field="first_on")
