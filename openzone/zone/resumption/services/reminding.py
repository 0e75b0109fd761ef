"""Who has not reported for today is reminded, once a day."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from openzone.zone.audit.actors import Actor
from openzone.zone.resumption.models import Member, Season
from openzone.zone.resumption.selectors.days import day_of
from openzone.zone.resumption.services.telling import tell_silent
from openzone.zone.resumption.writing import note, opened


@transaction.atomic
def remind(*, actor: Actor, season: Season, on: dt.date, now: dt.datetime) -> int:
    """Remind who has not reported for a day and was not reminded of it; return how many."""
    current = opened(season)
    silent = [one.member.id for one in day_of(current, on).silent]
    rows = Member.objects.select_for_update(of=("self",)).filter(pk__in=silent)
    due = rows.filter(Q(reminded_on__isnull=True) | Q(reminded_on__lt=on)).order_by("pk")
    found = list(due.select_related("season", "enterprise", "project__enterprise"))
    for one in found:
        one.reminded_on = on
    Member.objects.bulk_update(found, ["reminded_on"], batch_size=500)
    tell_silent(found, on, now)
    if found:
        note("reminded", actor, f"resumption:{current.pk}", {"on": on, "members": len(found)})
    return len(found)


@transaction.atomic
def remind_all(*, actor: Actor, on: dt.date, now: dt.datetime) -> int:
    """Remind the members of every open season."""
    running = Season.objects.filter(closed_on__isnull=True, first_on__lte=on, last_on__gte=on)
    return sum(remind(actor=actor, season=one, on=on, now=now) for one in running.order_by("pk"))
