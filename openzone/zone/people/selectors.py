"""Who holds which role, on a given day. A role ends the day after its ``valid_to``."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from openzone.zone.people.enums import Role
from openzone.zone.people.models import ApiKey, Membership, Unit, User


def on_day(on: date) -> Q:
    """Return the condition "valid on that day" for memberships."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


# Posts that were read, by person and day: each query keeps its own answer.
_known: ContextVar[dict[tuple[int, date], QuerySet[Membership]] | None] = ContextVar(
    "posts", default=None
)


@contextmanager
def read_once() -> Iterator[None]:
    """Read what somebody is on a day once; only for a block in which nothing is written."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def memberships_of(user: User | AnonymousUser, on: date) -> QuerySet[Membership]:
    """Return what somebody is on that day; nothing for who is not logged in or was deactivated."""
    if not (isinstance(user, User) and user.is_active):
        return Membership.objects.none()
    known, key = _known.get(), (user.pk, on)
    if known is None:
        return user.memberships.filter(on_day(on)).select_related("unit")
    if key not in known:
        known[key] = user.memberships.filter(on_day(on)).select_related("unit")
    return known[key]


def roles_of(user: User | AnonymousUser, on: date) -> frozenset[Role]:
    """Return the roles somebody holds anywhere in the zone on that day."""
    return frozenset(Role(post.role) for post in memberships_of(user, on))


def has_role(user: User | AnonymousUser, role: Role, on: date, unit: Unit | None = None) -> bool:
    """Say whether somebody holds a role on that day: anywhere, or in a unit or one above it."""
    posts = [post for post in memberships_of(user, on) if post.role == role]
    if unit is None or not posts:
        return bool(posts)
    above = unit_and_above(unit)
    return any(post.unit_id in above for post in posts)


def holders(role: Role, on: date, unit: Unit | None = None) -> QuerySet[User]:
    """Return the active people who hold a role on that day, in one unit or anywhere."""
    held = Membership.objects.filter(on_day(on), role=role)
    if unit is not None:
        held = held.filter(unit=unit)
    return User.objects.filter(is_active=True, memberships__in=held).distinct().order_by("pk")


def unit_and_above(unit: Unit) -> list[int]:
    """Return the ids of a unit and of everything it is part of, nearest first."""
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    chain: list[int] = []
    current: int | None = unit.pk
    while current is not None:
        chain.append(current)
        current = parents[current]
    return chain


def unit_and_below(unit: Unit) -> list[int]:
    """Return the ids of a unit and of everything that is part of it."""
    return [found.pk for found, _ in _walk(_children(), [unit], 0)]


def unit_tree() -> list[tuple[Unit, int]]:
    """Return all units with their depth, each after the unit it is part of, by code."""
    children = _children()
    return list(_walk(children, children.get(None, []), 0))


def _children() -> dict[int | None, list[Unit]]:
    children: dict[int | None, list[Unit]] = {}
    for unit in Unit.objects.order_by("code"):
        children.setdefault(unit.parent_id, []).append(unit)
    return children


def _walk(
    children: dict[int | None, list[Unit]], units: Iterable[Unit], depth: int
) -> Iterable[tuple[Unit, int]]:
    for unit in units:
        yield unit, depth
        yield from _walk(children, children.get(unit.pk, []), depth + 1)


def key_digest(secret: str) -> str:
    """Return how a key is kept: its 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def key_of(secret: str) -> ApiKey | None:
    """Return the key of a secret with its user, whether it still holds or not."""
    return ApiKey.objects.select_related("user").filter(digest=key_digest(secret)).first()
