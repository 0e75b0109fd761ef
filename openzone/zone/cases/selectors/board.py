"""Boards: the cases of a type by stage."""

import datetime as dt
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F

from openzone.engines.cases.model import Stage
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.selectors.types import latest
from openzone.zone.cases.selectors.visible import visible
from openzone.zone.people.models import Unit, User


class Column(NamedTuple):
    """A stage, how many open cases are there, and the first of them by what is due next."""

    stage: Stage
    total: int
    cases: list[Case]


def board(
    kind: str,
    user: User | AnonymousUser,
    on: dt.date,
    *,
    unit: Unit | None = None,
    most: int = 20,
) -> list[Column]:
    """Return the stages of a type that are not the end, with the open cases somebody may see."""
    version = latest(kind)
    if version is None:
        return []
    found = visible(user, on).filter(kind=kind, closed=False)
    if unit is not None:
        found = found.filter(lead=unit)
    rows = found.order_by().values_list("stage").annotate(n=Count("pk"))
    counts: dict[str, int] = dict(rows)
    type_ = type_of(version)
    columns = []
    for stage in type_.stages.values():
        if type_.is_closed(stage.id):
            continue
        here = found.filter(stage=stage.id).select_related("lead", "handler", "enterprise")
        first = here.order_by(F("due_at").asc(nulls_last=True), "pk")[:most]
        columns.append(
            Column(stage, counts.get(stage.id, 0), list(first) if stage.id in counts else [])
        )
    return columns
