"""Lists of leads by what people look for, page by page, and the board by state."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from openzone.zone.projects.permissions import Visitor
from openzone.zone.promotion.enums import IN_TALKS, OPEN, LeadState
from openzone.zone.promotion.models import Investor, Lead
from openzone.zone.promotion.permissions import visible
from openzone.zone.promotion.selectors.alike import root_of
from openzone.zone.registry.models import Place
from openzone.zone.registry.selectors.enterprises import place_and_below

TALKS: Final = "in_talks"
STILL_OPEN: Final = "open"
_GROUPS: Final = {TALKS: IN_TALKS, STILL_OPEN: OPEN}
_EXACT: Final = ("source", "channel", "grade", "adviser", "unit")
UNGRADED: Final = "none"
"""The filter for leads that reached no grade."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows; everything left empty does not narrow it.

    ``state``: a state, ``in_talks`` (in contact or negotiating) or ``open``. ``adviser``,
    ``unit``, ``investor`` and ``place`` are ids, a place with all that lies in it, an investor
    with all that is read as it. ``grade``: an id, or ``none``. ``credited``: an adviser with
    credit for it.
    """

    text: str = ""
    state: str = ""
    source: str = ""
    channel: str = ""
    grade: str = ""
    adviser: int | None = None
    credited: int | None = None
    unit: int | None = None
    investor: int | None = None
    place: int | None = None
    received_from: dt.date | None = None
    received_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A state on the board: how many leads, what they mean to invest in yuan, the latest."""

    state: LeadState
    count: int
    amount: Decimal
    unstated: int
    leads: list[Lead]


class Page(NamedTuple):
    """A page of a list; ``after`` asks for the next one and is empty on the last."""

    leads: list[Lead]
    after: str


def leads(chosen: Filter, user: Visitor, on: dt.date) -> QuerySet[Lead]:
    """Return the leads of a list that somebody may see, the newest first."""
    return narrowed(visible(user, on), chosen).order_by("-pk")


def narrowed(found: QuerySet[Lead], chosen: Filter) -> QuerySet[Lead]:
    """Narrow leads to those of a list."""
    exact = {name: getattr(chosen, name) for name in _EXACT}
    if chosen.grade == UNGRADED:
        exact["grade"] = None
        found = found.filter(grade="")
    found = found.filter(**{k: v for k, v in exact.items() if v not in ("", None)})
    if chosen.state:
        found = found.filter(state__in=_GROUPS.get(chosen.state, (chosen.state,)))
    if chosen.credited is not None:
        found = found.filter(credits__user=chosen.credited)
    found = _of(_at(found, chosen.place), chosen.investor)
    if chosen.received_from is not None:
        found = found.filter(received_on__gte=chosen.received_from)
    if chosen.received_to is not None:
        found = found.filter(received_on__lte=chosen.received_to)
    for word in chosen.text.split()[:8]:
        found = found.filter(search_text__icontains=word)
    return found


def page(found: QuerySet[Lead], *, after: str = "", size: int = 50) -> Page:
    """Return one page by key; a mark that is none begins at the first page."""
    if after.isascii() and after.isdigit() and len(after) <= 18:
        found = found.filter(pk__lt=int(after))
    rows = list(with_names(found)[: size + 1])
    return Page(rows[:size], str(rows[size - 1].pk) if len(rows) > size else "")


def with_names(found: QuerySet[Lead]) -> QuerySet[Lead]:
    """Read with leads what a line of a list says of them."""
    return found.select_related("investor", "adviser", "unit", "place")


def board(
    user: Visitor, on: dt.date, *, chosen: Filter | None = None, most: int = 20
) -> list[Column]:
    """Return a column a state, each with at most ``most`` cards, the latest first."""
    found = narrowed(visible(user, on), chosen or Filter())
    sums = _sums(found)
    return [_column(found, state, sums.get(state, (0, 0, None)), most) for state in LeadState]


def _column(
    found: QuerySet[Lead], state: LeadState, told: tuple[int, int, Decimal | None], most: int
) -> Column:
    count, stated, amount = told
    cards = with_names(found.filter(state=state)).order_by("-since", "-pk")[:most] if count else []
    return Column(state, count, amount or Decimal(0), count - stated, list(cards))


def _sums(found: QuerySet[Lead]) -> dict[str, tuple[int, int, Decimal | None]]:
    yuan = Q(currency="CNY", wished__isnull=False)
    rows: Iterable[tuple[str, int, int, Decimal | None]] = (
        found.order_by()
        .values("state")
        .annotate(n=Count("pk"), stated=Count("pk", filter=yuan), yuan=Sum("wished", filter=yuan))
        .values_list("state", "n", "stated", "yuan")
    )
    return {state: (n, stated, amount) for state, n, stated, amount in rows}


def _at(found: QuerySet[Lead], place: int | None) -> QuerySet[Lead]:
    if place is None:
        return found
    top = Place.objects.filter(pk=place).first()
    return found.filter(place__in=place_and_below(top) if top is not None else [])


def _of(found: QuerySet[Lead], investor: int | None) -> QuerySet[Lead]:
    if investor is None:
        return found
    owner = Investor.objects.filter(pk=investor).first()
    root = root_of(owner) if owner is not None else investor
    return found.filter(Q(investor=root) | Q(investor__root=root))
