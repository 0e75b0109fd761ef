"""Lists of projects by what people look for, page by page."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from openzone.engines.projects.light_model import Colour
from openzone.zone.people.models import User
from openzone.zone.people.selectors import memberships_of
from openzone.zone.projects.models import LIVE, LightState, Project
from openzone.zone.projects.permissions import HANDS, on_team, sees_all
from openzone.zone.registry.models import Place
from openzone.zone.registry.selectors.enterprises import place_and_below

LEFT: Final = "left"
"""The stage filter for who left the pipeline; every other stage shows who is there still."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows. Everything left empty does not narrow it.

    ``stage``: an id of the pipeline, or ``LEFT``; ``unit``, ``chief``, ``place``, ``investor`` are
    ids, a place with all that lies in it and all that is shared with it. ``industry`` is the
    beginning of a GB/T 4754 code. ``rule``, ``light`` and ``month`` belong together: the colour
    under a rule of lights in a month; a month nobody reported is ``unknown``. ``numbers`` are the
    projects behind a figure. ``sort``: ``new``, ``total`` or ``since``, each from the top.
    """

    text: str = ""
    pipeline: str = ""
    stage: str = ""
    place: int | None = None
    unit: int | None = None
    chief: int | None = None
    investor: int | None = None
    size: str = ""
    industry: str = ""
    sector: int | None = None
    origin: str = ""
    review_class: str = ""
    pool: str = ""
    rule: str = ""
    light: str = ""
    month: dt.date | None = None
    numbers: tuple[str, ...] = ()
    sort: str = "new"


class Page(NamedTuple):
    """A page of a list; ``after`` asks for the next one and is empty on the last."""

    projects: list[Project]
    after: str


_EXACT: Final = (
    "pipeline", "unit", "chief", "investor", "size", "sector", "origin", "review_class",
)  # fmt: skip
_COLUMNS: Final = {"unit": "lead_unit"}
_SORTS: Final[dict[str, Any]] = {
    "total": Coalesce("total", Value(Decimal(-1))),
    "since": Coalesce("since", Value(dt.date.min)),
}


def visible(user: User | AnonymousUser, on: dt.date) -> QuerySet[Project]:
    """Return the projects somebody may see: the same rule as ``permissions.may_see``, for many.

    Projects merged into another one are read as part of it and stand in no list; nor do those that
    were taken back with the workbook they came from.
    """
    live = Project.objects.filter(LIVE)
    held = list(memberships_of(user, on))
    if sees_all(held):
        return live
    units = [post.unit_id for post in held if post.role in HANDS]
    return live.filter(Q(lead_unit__in=units) | on_team(user, on))


def projects(chosen: Filter, user: User | AnonymousUser, on: dt.date) -> QuerySet[Project]:
    """Return the projects of a list that somebody may see, in its order.

    With a rule and a month every project carries its ``light``.
    """
    return ordered(narrowed(visible(user, on), chosen), chosen.sort)


def narrowed(found: QuerySet[Project], chosen: Filter) -> QuerySet[Project]:
    """Narrow projects to those of a list."""
    exact = {_COLUMNS.get(name, name): getattr(chosen, name) for name in _EXACT}
    found = found.filter(**{k: v for k, v in exact.items() if v not in ("", None)})
    found = _at_stage(_at(found, chosen.place), chosen.stage)
    if chosen.industry:
        found = found.filter(industry__startswith=chosen.industry.upper())
    if chosen.pool:
        found = found.filter(pools__pool=chosen.pool, pools__left_on=None)
    if chosen.numbers:
        found = found.filter(number__in=chosen.numbers)
    for word in chosen.text.split()[:8]:
        found = found.filter(search_text__icontains=word)
    return _lit(found, chosen)


def ordered(found: QuerySet[Project], sort: str) -> QuerySet[Project]:
    """Put projects in order: the newest, the largest, or those that came to their stage last."""
    if sort not in _SORTS:
        return found.order_by("-pk")
    return found.annotate(at=_SORTS[sort]).order_by("-at", "-pk")


def page(found: QuerySet[Project], *, after: str = "", size: int = 50) -> Page:
    """Return one page of an ordered list: by key, so that the last page costs what the first does.

    A mark that is none, or of another order, begins at the first page.
    """
    by_value = "at" in found.query.annotations
    mark = _mark(after, found)
    if mark is not None:
        value, pk = mark
        behind = Q(pk__lt=pk) if not by_value else Q(at__lt=value) | Q(at=value, pk__lt=pk)
        found = found.filter(behind)
    whole = found.select_related("place", "lead_unit", "chief").prefetch_related("shares__place")
    rows = list(whole[: size + 1])
    if len(rows) <= size:
        return Page(rows, "")
    last: Any = rows[size - 1]
    return Page(rows[:size], f"{last.at}_{last.pk}" if by_value else f"_{last.pk}")


def latest_month(rule: str, on: dt.date) -> dt.date | None:
    """Return the last month up to a day in which any project has a light under a rule."""
    lit = LightState.objects.filter(rule=rule, month__lte=on)
    found: dt.date | None = lit.aggregate(last=Max("month"))["last"]
    return found


def _mark(after: str, found: QuerySet[Project]) -> tuple[Any, int] | None:
    value, _, pk = after.rpartition("_")
    if not (pk.isascii() and pk.isdigit()) or len(pk) > 18:
        return None
    if "at" not in found.query.annotations:
        return value, int(pk)
    is_day = found.query.annotations["at"].output_field.get_internal_type() == "DateField"
    try:
        return (dt.date.fromisoformat(value) if is_day else Decimal(value)), int(pk)
    except (ValueError, InvalidOperation):
        return None


def _at(found: QuerySet[Project], place: int | None) -> QuerySet[Project]:
    if place is None:
        return found
    top = Place.objects.filter(pk=place).first()
    inside = place_and_below(top) if top is not None else []
    shared = Project.objects.filter(shares__place__in=inside).values("pk")
    return found.filter(Q(place__in=inside) | Q(pk__in=shared))


def _at_stage(found: QuerySet[Project], stage: str) -> QuerySet[Project]:
    if not stage:
        return found
    return found.exclude(left="") if stage == LEFT else found.filter(stage=stage, left="")


def _lit(found: QuerySet[Project], chosen: Filter) -> QuerySet[Project]:
    """Give projects their light under a rule in a month, and keep those of one colour."""
    if not chosen.rule or chosen.month is None:
        return found
    month = chosen.month.replace(day=1)
    state = LightState.objects.filter(project=OuterRef("pk"), rule=chosen.rule, month=month)
    unknown = Value(Colour.UNKNOWN.value)
    found = found.annotate(light=Coalesce(Subquery(state.values("colour")[:1]), unknown))
    return found.filter(light=chosen.light) if chosen.light else found
