"""Somebody leaves: everything that was theirs goes to somebody else from a day on."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.registry.enums import ChargeRole
from openzone.zone.registry.models import PersonInCharge
from openzone.zone.registry.services.people import assign_person_in_charge, end_person_in_charge
from openzone.zone.visits.enums import Duty, VisitState
from openzone.zone.visits.models import Post, VisitParty
from openzone.zone.visits.services.roster import appoint
from openzone.zone.visits.services.terms import ONE_DAY, charges_of, said, still


@transaction.atomic
def hand_over(
    *, actor: Actor, leaving: User, successor: User, first_day: dt.date, reason: str
) -> int:
    """Hand over enterprises, places on the roster and planned visits; returns how many in all.

    The past stays as it was: visits that took place keep who made them.
    """
    if leaving.pk == successor.pk:
        raise Refused(Text("不能交接给本人", "nobody hands over to oneself"), field="successor")
    why = said(reason, "reason")
    charges = list(charges_of(leaving, first_day))
    posts = list(Post.objects.filter(still(first_day), user=leaving).select_related("unit"))
    _ensure_began_before([*charges, *posts], first_day)
    for charge in charges:
        _pass_on_charge(actor, charge, successor, first_day)
    for post in posts:
        _pass_on_post(actor, post, successor, first_day)
    counts: dict[str, JSON] = {
        "enterprises": len(charges),
        "posts": len(posts),
        "visits": _pass_on_visits(leaving, successor, first_day),
    }
    payload: dict[str, JSON] = {"to": successor.username, "from": first_day, "reason": why}
    record(
        "visits.handed_over", actor=actor, subject=f"user:{leaving.pk}", payload=payload | counts
    )
    return sum(int(str(n)) for n in counts.values())


def _pass_on_charge(
    actor: Actor, charge: PersonInCharge, successor: User, first_day: dt.date
) -> None:
    until = charge.valid_to
    end_person_in_charge(actor=actor, holder=charge, last_day=first_day - ONE_DAY)
    assign_person_in_charge(
        actor=actor,
        subject=charge.subject,
        role=ChargeRole(charge.role),
        user=successor,
        unit=charge.unit,
        valid_from=first_day,
        valid_to=until,
    )


def _pass_on_post(actor: Actor, post: Post, successor: User, first_day: dt.date) -> None:
    until, post.valid_to = post.valid_to, first_day - ONE_DAY
    post.save(update_fields=["valid_to"])
    same = {"duty": post.duty, "unit": post.unit, "place": post.place}
    if not Post.objects.filter(still(first_day), user=successor, **same).exists():
        appoint(
            actor=actor,
            user=successor,
            duty=Duty(post.duty),
            unit=post.unit,
            place=post.place,
            phone=post.phone,
            valid_from=first_day,
            valid_to=until,
        )


def _pass_on_visits(leaving: User, successor: User, first_day: dt.date) -> int:
    coming = VisitParty.objects.filter(
        user=leaving, visit__state=VisitState.PLANNED, visit__planned_on__gte=first_day
    )
    with_both = coming.filter(visit__parties__user=successor)
    doubled = with_both.count()
    VisitParty.objects.filter(pk__in=list(with_both.values_list("pk", flat=True))).delete()
    return doubled + coming.update(user=successor)


def _ensure_began_before(rows: Sequence[PersonInCharge | Post], first_day: dt.date) -> None:
    if late := [row for row in rows if row.valid_from >= first_day]:
        raise Refused(
            Text(
                "有{n}项任职在{day}当日或之后才开始，请先更正",
                "{n} of the terms begin on {day} or later: correct these first",
            ).format(n=len(late), day=first_day),
            field="first_day",
        )
