"""How people want to hear of things, over what the pack says where they chose nothing."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from openzone.packs.notifications import NoticeKind as Spec
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.models import NoticeChoice
from openzone.zone.cases.packs import notifications
from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.permissions import CONSOLE_ROLES
from openzone.zone.people.selectors import roles_of
from openzone.zone.statements import Prepared, Slot, made, together

IN_APP, EMAIL = "in_app", "email"
FEW = 4
_COLUMNS = ("id", "user_id", "kind", "in_app", "email")
_CHOSEN = Prepared(
    lambda: NoticeChoice.objects.filter(user=Slot("user"), kind=Slot("kind")).values_list(*_COLUMNS)
)


class Wish(NamedTuple):
    """The ways a kind of message comes; what the pack says comes always is in it already."""

    in_app: bool
    email: bool


class Choice(NamedTuple):
    """A kind with how it comes and which of it cannot be switched off."""

    spec: Spec
    wish: Wish
    fixed: Wish


def wishes(people: Iterable[int], kind: NoticeKind) -> dict[int, Wish]:
    """Return how each of these people, by id, hears of a kind of message."""
    wanted = set(people)
    spec = notifications().by_id[kind]
    chosen = {row.user_id: _held(spec, row) for row in _chosen(wanted, kind)}
    return {person: chosen.get(person, _usual(spec)) for person in wanted}


def _chosen(people: set[int], kind: NoticeKind) -> Iterable[NoticeChoice]:
    """Read what was chosen: one by one for a few, which costs least, at once for a crowd."""
    if len(people) > FEW:
        return NoticeChoice.objects.filter(user__in=people, kind=kind)
    with together():
        asked = [_CHOSEN.send(user=person, kind=str(kind)) for person in people]
        return [
            made(NoticeChoice, dict(zip(_COLUMNS, row, strict=True)))
            for answer in asked
            for row in answer()
        ]


def choices(user: User, on: dt.date) -> list[Choice]:
    """Return what concerns somebody, in the order of the pack, with how it comes."""
    rows = {row.kind: row for row in NoticeChoice.objects.filter(user=user)}
    return [
        Choice(spec, _held(spec, rows[spec.id]) if spec.id in rows else _usual(spec), _fixed(spec))
        for spec in kinds_for(user, on)
    ]


def kinds_for(user: User, on: dt.date) -> list[Spec]:
    """Return the kinds of messages somebody may be sent by what they are on a day."""
    roles = roles_of(user, on)
    mine = {"everybody"} | ({"staff"} if roles else set())
    mine |= {"admin"} if Role.ADMIN in roles else set()
    read = bool(roles & CONSOLE_ROLES)
    return [
        spec
        for spec in notifications().kinds
        if spec.audience in mine and (read or spec.id != "brief")
    ]


def _usual(spec: Spec) -> Wish:
    return Wish(IN_APP in spec.default, EMAIL in spec.default)


def _fixed(spec: Spec) -> Wish:
    return Wish(IN_APP in spec.always, EMAIL in spec.always)


def _held(spec: Spec, row: NoticeChoice) -> Wish:
    fixed = _fixed(spec)
    return Wish(row.in_app or fixed.in_app, row.email or fixed.email)
