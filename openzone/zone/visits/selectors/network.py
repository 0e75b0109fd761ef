"""The service network of a day: who looks after which enterprise, read at once for all of them.

A zone has ten thousand enterprises and more: everything here is a handful of queries, whatever
the number of enterprises.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from django.db.models import Model, QuerySet

from openzone.zone.people.selectors import on_day
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import PersonInCharge, Place
from openzone.zone.registry.selectors.identity import live
from openzone.zone.visits.enums import Duty, Level
from openzone.zone.visits.models import GridMembership, Post

M = TypeVar("M", bound=Model)
_ONE_DAY = dt.timedelta(days=1)
_PERSONAL = (Duty.SPONSOR, Duty.SERVICE_OFFICER)


class Holder(NamedTuple):
    """Who looks after an enterprise: an account, or a name where the person has none."""

    user: int | None
    name: str


class Term(NamedTuple):
    """Who has something from when to when."""

    first: dt.date
    last: dt.date | None
    who: Holder | int


class PlaceInfo(NamedTuple):
    """What is needed of a place."""

    parent: int | None
    kind: str
    name: str


@dataclass(frozen=True)
class Cover:
    """Everybody who looks after one enterprise, by level; ``grid`` is a place."""

    enterprise: int
    sponsor: Holder | None
    officer: Holder | None
    grid: int | None
    posts: tuple[tuple[Level, Post], ...]

    @property
    def levels(self) -> frozenset[Level]:
        """The levels of the network that reach it."""
        personal = {Level.CENTRE} if self.sponsor or self.officer else set()
        return frozenset(personal | {level for level, _ in self.posts})

    @property
    def is_orphan(self) -> bool:
        """Whether nobody at all looks after it: a grid without an officer is nobody."""
        return not self.levels


class Network:
    """The network as it was on a day; with ``only``, of these enterprises and no others."""

    def __init__(self, as_of: dt.date, only: Collection[int] | None = None) -> None:
        self.as_of = as_of
        self.only = only

    def narrowed(self, rows: "QuerySet[M]", path: str) -> "QuerySet[M]":
        """Return the rows about the enterprises of this network."""
        return rows if self.only is None else rows.filter(**{f"{path}__in": self.only})

    @cached_property
    def enterprises(self) -> dict[int, int | None]:
        """Enterprises and the places they are in."""
        rows = self.narrowed(live(), "pk")
        return dict(rows.order_by("pk").values_list("pk", "place"))

    @cached_property
    def places(self) -> dict[int, PlaceInfo]:
        """All places."""
        rows = Place.objects.order_by("code").values_list("pk", "parent", "kind", "name")
        return {pk: PlaceInfo(parent, kind, name) for pk, parent, kind, name in rows}

    @cached_property
    def grids(self) -> list[int]:
        """The grids, by code."""
        return [pk for pk, place in self.places.items() if place.kind == PlaceKind.GRID]

    @cached_property
    def posts(self) -> Mapping[int | None, list[Post]]:
        """The roster of the day by place; ``None`` for who serves no place in particular."""
        found: dict[int | None, list[Post]] = defaultdict(list)
        running = Post.objects.filter(on_day(self.as_of)).select_related("user", "unit", "place")
        for post in running.order_by("unit__code", "pk"):
            found[post.place_id].append(post)
        return found

    @cached_property
    def charges(self) -> Mapping[tuple[int, str], list[Term]]:
        """Who was in charge of an enterprise in a duty, from the earliest term on."""
        rows = PersonInCharge.objects.filter(
            role__in=_PERSONAL, subject__enterprise__isnull=False, valid_from__lte=self.as_of
        ).order_by("valid_from", "pk")
        rows = self.narrowed(rows, "subject__enterprise__root")
        terms: dict[tuple[int, str], list[Term]] = defaultdict(list)
        columns = ("subject__enterprise__root", "role", "valid_from", "valid_to", "user", "name")
        for pk, role, first, last, user, name in rows.values_list(*columns):
            terms[pk, role].append(Term(first, last, Holder(user, name)))
        return terms

    @cached_property
    def memberships(self) -> Mapping[int, list[Term]]:
        """In which grids an enterprise was, from the earliest on."""
        rows = GridMembership.objects.filter(valid_from__lte=self.as_of)
        rows = self.narrowed(rows, "enterprise__root")
        terms: dict[int, list[Term]] = defaultdict(list)
        columns = ("enterprise__root", "valid_from", "valid_to", "grid")
        for pk, first, last, grid in rows.order_by("valid_from", "pk").values_list(*columns):
            terms[pk].append(Term(first, last, grid))
        return terms

    def holder(self, enterprise: int, duty: Duty) -> Holder | None:
        """Return who is in charge of an enterprise in a personal duty on the day."""
        term = self._running(self.charges.get((enterprise, duty), ()))
        return term.who if term and isinstance(term.who, Holder) else None

    def grid_of(self, enterprise: int) -> int | None:
        """Return the grid an enterprise is in on the day."""
        term = self._running(self.memberships.get(enterprise, ()))
        return term.who if term and isinstance(term.who, int) else None

    def since(self, enterprise: int, duty: Duty) -> dt.date | None:
        """Return the first day of the unbroken time in which somebody had this duty."""
        terms = (
            self.memberships.get(enterprise, ())
            if duty is Duty.GRID
            else self.charges.get((enterprise, duty), ())
        )
        running = self._running(terms)
        if running is None:
            return None
        first = running.first
        for term in reversed(list(terms)):
            if term.last and term.first < first <= term.last + _ONE_DAY:
                first = term.first
        return first

    def above(self, place: int | None) -> Iterator[int]:
        """Yield a place and everything it is part of, nearest first."""
        while place is not None:
            yield place
            place = self.places[place].parent

    def cover(self, enterprise: int) -> Cover:
        """Return everybody who looks after an enterprise."""
        grid = self.grid_of(enterprise)
        return Cover(
            enterprise,
            self.holder(enterprise, Duty.SPONSOR),
            self.holder(enterprise, Duty.SERVICE_OFFICER),
            grid,
            self.posts_over(grid),
        )

    def posts_over(self, grid: int | None) -> tuple[tuple[Level, Post], ...]:
        """Return who serves a grid, its community and its street."""
        if grid not in self._over:
            self._over[grid] = tuple(self._posts_over(grid))
        return self._over[grid]

    @cached_property
    def _over(self) -> dict[int | None, tuple[tuple[Level, Post], ...]]:
        return {}

    def _posts_over(self, grid: int | None) -> Iterator[tuple[Level, Post]]:
        for place in self.above(grid):
            level = _LEVELS.get(self.places[place].kind)
            if level is not None:
                yield from ((level, post) for post in self.posts.get(place, ()))

    @cached_property
    def covers(self) -> list[Cover]:
        """Everybody who looks after each enterprise, by enterprise."""
        return [self.cover(pk) for pk in self.enterprises]

    def _running(self, terms: Iterable[Term]) -> Term | None:
        running = [
            term
            for term in terms
            if term.first <= self.as_of and (term.last is None or term.last >= self.as_of)
        ]
        return running[-1] if running else None


_LEVELS: dict[str, Level] = {
    PlaceKind.GRID: Level.COMMUNITY,
    PlaceKind.COMMUNITY: Level.COMMUNITY,
    PlaceKind.STREET: Level.STREET,
}
