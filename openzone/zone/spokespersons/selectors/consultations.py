"""Lists of questions: what somebody may see, what waits, what was answered how."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from openzone.zone.people.models import Unit
from openzone.zone.registry.models import Enterprise
from openzone.zone.spokespersons.enums import ConsultationStatus, Rating
from openzone.zone.spokespersons.models import Consultation, Part, Reply
from openzone.zone.spokespersons.selectors.urgency import soon_until

OPEN = Q(status=ConsultationStatus.OPEN)
DISSATISFIED = (Rating.BAD, Rating.VERY_BAD)


class State(StrEnum):
    """What a list of questions shows; every number of the overview is the length of one."""

    ALL = "all"
    OPEN = "open"
    SOON = "soon"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    IN_TIME = "in_time"
    LATE = "late"
    ON_THE_SPOT = "on_the_spot"
    AGAIN = "again"
    RATED = "rated"
    DISSATISFIED = "dissatisfied"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows; everything left at its default does not narrow it.

    ``centre`` keeps the questions that belong to no unit. The days are those of the asking.
    """

    state: State = State.ALL
    unit: Unit | None = None
    centre: bool = False
    first: dt.date | None = None
    last: dt.date | None = None
    enterprise: Enterprise | None = None
    text: str = ""


def consultations(chosen: Filter, now: dt.datetime) -> QuerySet[Consultation]:
    """Return the questions of a list, those that wait longest over their limit first."""
    found = Consultation.objects.filter(in_state(chosen.state, now))
    if chosen.unit is not None:
        found = found.filter(unit=chosen.unit)
    if chosen.centre:
        found = found.filter(unit__isnull=True)
    if chosen.first is not None:
        found = found.filter(asked_at__date__gte=chosen.first)
    if chosen.last is not None:
        found = found.filter(asked_at__date__lte=chosen.last)
    if chosen.enterprise is not None:
        found = found.filter(enterprise__root=chosen.enterprise.root_id)
    if chosen.text:
        found = found.filter(text__icontains=chosen.text)
    related = found.select_related("enterprise", "unit", "document", "item", "asked_by")
    return related.order_by(*_ORDER)


# "open" sorts after "answered": waiting ones first, by the limit that ends first.
_ORDER = ("-status", "due_at", "pk")


def in_state(state: State, now: dt.datetime) -> Q:
    """Return the condition of a state at a moment."""
    return _STATES[state] if state in _STATES else _timed(state, now)


def _timed(state: State, now: dt.datetime) -> Q:
    if state is State.OVERDUE:
        return OPEN & Q(due_at__lt=now)
    return OPEN & Q(due_at__gte=now, due_at__lte=soon_until(now))


def _replied(*conditions: Q, **fields: object) -> Q:
    replies = Reply.objects.filter(*conditions, consultation=OuterRef("pk"), **fields)
    return Q(Exists(replies.order_by("pk")))


_STATES = {
    State.ALL: Q(),
    State.OPEN: OPEN,
    State.ANSWERED: _replied(),
    State.IN_TIME: _replied(Q(replied_at__lte=F("due_at"))),
    State.LATE: _replied(Q(replied_at__gt=F("due_at"))),
    State.ON_THE_SPOT: _replied(on_the_spot=True),
    State.AGAIN: Q(reopened__gt=0),
    State.RATED: _replied(rating__isnull=False),
    State.DISSATISFIED: _replied(rating__in=DISSATISFIED),
    State.HELP: Q(wants_help=True, helped_on__isnull=True),
}


def parts_waiting(units: frozenset[int], now: dt.datetime) -> QuerySet[Part]:
    """Return what units still owe to the answers of others, while those are not given."""
    waiting = Part.objects.filter(
        unit__in=units, done_at__isnull=True, consultation__status=ConsultationStatus.OPEN
    )
    return waiting.select_related("consultation", "consultation__unit", "unit").order_by(
        "consultation__due_at", "pk"
    )
