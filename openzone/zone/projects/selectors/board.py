"""The board: the projects of a pipeline by stage, with counts and sums of whole columns."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, QuerySet, Sum

from openzone.engines.text import Text
from openzone.zone.people.models import User
from openzone.zone.projects.models import Project
from openzone.zone.projects.packs import pipeline
from openzone.zone.projects.selectors.listing import Filter, narrowed, visible

NOT_YET: Final = Text("未入库", "Not in the pipeline yet")


@dataclass(frozen=True, slots=True)
class Column:
    """A stage: how many projects are there, worth how much, and the last that came.

    ``amount``: their total investment in yuan, where one is stated; of ``unstated`` none is, in
    yuan. ``stage`` is empty for projects that are at no stage yet.
    """

    stage: str
    label: Text
    count: int
    amount: Decimal
    unstated: int
    projects: list[Project]


def board(
    name: str, user: User | AnonymousUser, on: dt.date, *, chosen: Filter | None = None,
    most: int = 20,
) -> list[Column]:  # fmt: skip
    """Return the columns of a pipeline, each with at most ``most`` cards, the latest first.

    Who left the pipeline is on no board. ``chosen`` narrows it; its stage and order do not.
    """
    found = visible(user, on).filter(pipeline=name, left="")
    if chosen is not None:
        found = narrowed(found, chosen)
    sums = _sums(found)
    labels = {"": NOT_YET, **{one.id: one.label for one in pipeline(name).stages}}
    return [
        _column(found, stage, label, sums.get(stage, _NOTHING), most)
        for stage, label in labels.items()
        if stage or stage in sums
    ]


class _Sum(NamedTuple):
    projects: int
    stated: int
    amount: Decimal | None


_NOTHING: Final = _Sum(0, 0, None)


def _sums(found: QuerySet[Project]) -> dict[str, _Sum]:
    by_stage = found.order_by().values("stage")
    rows = by_stage.annotate(n=Count("pk"), known=Count("total"), worth=Sum("total"))
    return {one["stage"]: _Sum(one["n"], one["known"], one["worth"]) for one in rows}


def _column(found: QuerySet[Project], stage: str, label: Text, whole: _Sum, most: int) -> Column:
    here = found.filter(stage=stage).select_related("place", "lead_unit", "chief")
    here = here.prefetch_related("shares__place")
    latest = here.order_by(F("since").desc(nulls_last=True), "-pk")[:most]
    cards = list(latest) if whole.projects else []
    amount = whole.amount or Decimal(0)
    return Column(stage, label, whole.projects, amount, whole.projects - whole.stated, cards)
