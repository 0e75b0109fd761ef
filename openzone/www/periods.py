"""Who is what from which day to which, sorted into now, later and before."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse

from openzone.zone.people.models import Unit, User
from openzone.zone.registry.models import Enterprise, EnterpriseStaff, PersonInCharge
from openzone.zone.registry.selectors.identity import cluster


class Line(NamedTuple):
    """Somebody's role somewhere, as drawn; both days are included."""

    label: str
    href: str
    role: str
    first: dt.date
    last: dt.date | None
    end: str
    """Where its last day is recorded."""


class Times(NamedTuple):
    """Lines in the order of their first days."""

    now: list[Line]
    later: list[Line]
    before: list[Line]


def by_time(lines: Iterable[Line], on: dt.date) -> Times:
    """Sort lines by how they stand on a day."""
    times = Times([], [], [])
    for line in sorted(lines, key=lambda line: line.first):
        if line.first > on:
            times.later.append(line)
        elif line.last is not None and line.last < on:
            times.before.append(line)
        else:
            times.now.append(line)
    return times


def roles_of(user: User, on: dt.date) -> Times:
    """Return a user's roles, by the unit."""
    return by_time(
        (
            Line(
                str(one.unit),
                reverse("people_unit", args=[one.unit_id]),
                one.get_role_display(),
                one.valid_from,
                one.valid_to,
                reverse("people_role_end", args=[one.pk]),
            )
            for one in user.memberships.select_related("unit")
        ),
        on,
    )


def people_of(unit: Unit, on: dt.date) -> Times:
    """Return a unit's people."""
    return by_time(
        (
            Line(
                str(one.user),
                reverse("people_user", args=[one.user_id]),
                one.get_role_display(),
                one.valid_from,
                one.valid_to,
                reverse("people_role_end", args=[one.pk]),
            )
            for one in unit.memberships.select_related("user")
        ),
        on,
    )


def posts_of(user: User, on: dt.date) -> Times:
    """Return the enterprises a user speaks for."""
    posts = user.enterprise_posts.select_related("enterprise")
    return by_time((_post(one, one.enterprise) for one in posts), on)


def staff_of(enterprise: Enterprise, on: dt.date) -> Times:
    """Return who speaks for an enterprise, or for one merged into it."""
    posts = EnterpriseStaff.objects.filter(enterprise__in=cluster(enterprise))
    lines = (
        _post(one, enterprise)._replace(label=str(one.user), href="")
        for one in posts.select_related("user")
    )
    return by_time(lines, on)


def charges_of(enterprise: Enterprise, on: dt.date) -> Times:
    """Return who looks after an enterprise, or one merged into it."""
    charges = PersonInCharge.objects.filter(subject__in=cluster(enterprise))
    return by_time(
        (
            Line(
                f"{one} · {one.unit}" if one.unit else str(one),
                "",
                one.get_role_display(),
                one.valid_from,
                one.valid_to,
                reverse("enterprise_charge_end", args=[enterprise.pk, one.pk]),
            )
            for one in charges.select_related("user", "unit")
        ),
        on,
    )


def _post(one: EnterpriseStaff, enterprise: Enterprise) -> Line:
    return Line(
        enterprise.name,
        reverse("enterprise", args=[enterprise.pk]),
        one.get_role_display(),
        one.valid_from,
        one.valid_to,
        reverse("enterprise_staff_end", args=[enterprise.pk, one.pk]),
    )
