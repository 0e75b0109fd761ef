"""What needs somebody now, in the order of what hurts next."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from openzone.zone.cases.enums import Pending
from openzone.zone.cases.models import Case, Part, Task
from openzone.zone.cases.permissions import HANDS, is_centre
from openzone.zone.cases.selectors.summary import up_to_heads, up_to_leaders
from openzone.zone.cases.selectors.visible import asked_by
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Membership, User
from openzone.zone.people.selectors import memberships_of, on_day

# What a person is needed for; the words above a handler are those of ``enums.Pending``.
HANDLE = "handle"
CONTRIBUTE = "contribute"
TASK = "task"
REPLY = "reply"
ESCALATED = "escalated"
MOST = 50


class Need(NamedTuple):
    """A case that waits for somebody: what for, until when, and whether it is theirs alone."""

    case: Case
    what: str
    due: dt.datetime | None
    own: bool
    detail: str = ""

    def is_late(self, now: dt.datetime) -> bool:
        """Whether it should have been done by now."""
        return self.due is not None and self.due < now


def desk(user: User, now: dt.datetime, on: dt.date, most: int = MOST) -> list[Need]:
    """Return what waits for somebody: late first, then what is due next, then what has no end.

    ``most`` of each type of case for each reason, so that a type with many hides no other.
    """
    held = list(memberships_of(user, on))
    needs = list(_needs(user, held, on, most))
    needs.sort(key=lambda need: (need.due is None, need.due or now, need.case.pk))
    return needs


def counts(user: User, on: dt.date) -> dict[str, int]:
    """Return how much waits for somebody, by what for."""
    held = list(memberships_of(user, on))
    hands = _hands(held)
    return {
        HANDLE: _held(user, hands, on).count() if hands else 0,
        CONTRIBUTE: _parts(hands).count() if hands else 0,
        TASK: _tasks(hands).count() if hands else 0,
        REPLY: _replies(user, on).count(),
        "pending": _above(held).count(),
    }


def _needs(user: User, held: list[Membership], on: dt.date, most: int) -> Iterator[Need]:
    hands = _hands(held)
    if hands:
        for case in _first(_held(user, hands, on), most):
            yield Need(case, HANDLE, case.due_at, case.handler_id == user.pk)
        for part in _parts(hands).select_related("case__lead", "unit")[:most]:
            yield Need(part.case, CONTRIBUTE, part.case.due_at, False, part.asks)
        for task in _tasks(hands).select_related("case__lead").order_by("due_at")[:most]:
            yield Need(task.case, TASK, task.due_at, False, task.title)
    for case in _first(_above(held), most):
        yield Need(case, case.asks_for[0], case.due_at, False)
    for case in _first(_replies(user, on), most):
        yield Need(case, REPLY, case.due_at, True)
    for case in _first(_escalated(held), most):
        yield Need(case, ESCALATED, case.due_at, False)


def _hands(held: Iterable[Membership]) -> list[int]:
    return [post.unit_id for post in held if post.role in HANDS]


def _held(user: User, units: list[int], on: dt.date) -> QuerySet[Case]:
    """Return what their units hold and no colleague handles; who left handles nothing any more."""
    posts = Membership.objects.filter(on_day(on), unit__in=units, user__is_active=True)
    colleagues = set(posts.values_list("user", flat=True)) - {user.pk}
    held = Case.objects.filter(closed=False, holder_unit__in=units)
    return held.filter(Q(handler__isnull=True) | ~Q(handler__in=colleagues))


def _parts(units: list[int]) -> QuerySet[Part]:
    return Part.objects.filter(unit__in=units, answered_at=None, case__closed=False)


def _tasks(units: list[int]) -> QuerySet[Task]:
    return Task.objects.filter(owner__in=units, finished_at=None)


def _above(held: Iterable[Membership]) -> QuerySet[Case]:
    """Return what waits for a word of the centre or of a leader."""
    waiting = Case.objects.filter(closed=False).exclude(pending="")
    posts = list(held)
    if any(is_centre(post) for post in posts):
        return waiting
    if any(_leads_zone(post) for post in posts):
        return waiting.exclude(pending=Pending.WORD)
    return waiting.none()


def _leads_zone(post: Membership) -> bool:
    return post.role == Role.LEADER and post.unit.kind == UnitKind.COMMITTEE


def _escalated(held: Iterable[Membership]) -> QuerySet[Case]:
    """Return what the ladder brought to them, until they order its supervision or it closes."""
    mine = Case.objects.filter(closed=False, supervised=False)
    leads = [post for post in held if post.role == Role.LEADER]
    if any(_leads_zone(post) for post in leads):
        return up_to_leaders(mine)
    return up_to_heads(mine).filter(lead__in=[post.unit_id for post in leads])


def _replies(user: User, on: dt.date) -> QuerySet[Case]:
    return Case.objects.filter(asked_by(user, on), closed=False, holder="requester")


def _first(found: QuerySet[Case], most: int) -> QuerySet[Case]:
    order = (F("due_at").asc(nulls_last=True), F("pk").asc())
    place = Window(RowNumber(), partition_by=[F("kind")], order_by=order)
    joined = found.select_related("lead", "handler", "enterprise")
    return joined.annotate(place_in_kind=place).filter(place_in_kind__lte=most).order_by(*order)
