"""How much lies on whose desk."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count, Q

from openzone.zone.cases.models import Case
from openzone.zone.people.models import Unit, User


class Load(NamedTuple):
    """Open cases of somebody in a unit, those past due, and those closed since a day.

    ``user`` is ``None`` for what a unit leads and nobody has accepted.
    """

    unit: Unit
    user: User | None
    open: int
    late: int
    closed: int


def workload(units: Sequence[Unit], now: dt.datetime, since: dt.datetime) -> list[Load]:
    """Return the load of everybody who handles cases of these units, the heaviest first."""
    late = Q(closed=False, due_at__lt=now)
    rows = (
        Case.objects.filter(lead__in=units)
        .filter(Q(closed=False) | Q(closed_at__gte=since))
        .order_by()
        .values("lead", "handler")
        .annotate(
            opened=Count("pk", filter=Q(closed=False)),
            late=Count("pk", filter=late),
            done=Count("pk", filter=Q(closed=True)),
        )
    )
    by_id = {unit.pk: unit for unit in units}
    people = User.objects.in_bulk([row["handler"] for row in rows if row["handler"]])
    loads = [
        Load(
            by_id[row["lead"]],
            people.get(row["handler"]),
            row["opened"],
            row["late"],
            row["done"],
        )
        for row in rows
    ]
    return sorted(loads, key=lambda load: (-load.open, -load.late, load.unit.code))
