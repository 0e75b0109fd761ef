"""Lists of cases by what people look for."""

import datetime as dt
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from openzone.zone.cases.models import Case
from openzone.zone.cases.selectors.visible import visible
from openzone.zone.people.models import User

NO_TOPIC, UNKNOWN_PLACE = "-", 0


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows. Everything left empty does not narrow it.

    ``state``: ``open``, ``closed``, ``late`` (open, past its due moment) or ``waiting`` (with the
    requester or a third party). ``unit``, ``handler``, ``place``, ``enterprise`` are ids; days are
    local and inclusive, of the opening. A case without a place stands at that of its enterprise,
    as on the heat map; ``UNKNOWN_PLACE`` and ``NO_TOPIC`` ask for those that have none.
    """

    text: str = ""
    kind: str = ""
    stage: str = ""
    state: str = ""
    topic: str = ""
    outcome: str = ""
    channel: str = ""
    priority: str = ""
    unit: int | None = None
    handler: int | None = None
    place: int | None = None
    enterprise: int | None = None
    origin: str = ""
    opened_from: dt.date | None = None
    opened_to: dt.date | None = None

    def chosen(self) -> dict[str, Any]:
        """Return what is not empty, as a saved list keeps it."""
        given = {name: value for name, value in asdict(self).items() if value not in ("", None)}
        return {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in given.items()}

    @classmethod
    def of(cls, chosen: dict[str, Any]) -> "Filter":
        """Return the filter of a saved list; what is no part of one any more is left out."""
        known = {field.name for field in fields(cls)}
        given = {name: value for name, value in chosen.items() if name in known}
        for name in ("opened_from", "opened_to"):
            if name in given:
                given[name] = dt.date.fromisoformat(given[name])
        return cls(**given)


_EXACT = {
    "kind": "kind",
    "stage": "stage",
    "outcome": "outcome",
    "channel": "channel",
    "priority": "priority",
    "origin": "origin",
    "unit": "lead",
    "handler": "handler",
    "enterprise": "enterprise__root",
}


def cases(
    chosen: Filter, user: User | AnonymousUser, now: dt.datetime, on: dt.date
) -> QuerySet[Case]:
    """Return the cases of a list that somebody may see: the latest first, late ones by due."""
    exact = {column: getattr(chosen, name) for name, column in _EXACT.items()}
    found = visible(user, on).filter(**{k: v for k, v in exact.items() if v not in ("", None)})
    found = _in_state(_at(_about(found, chosen.topic), chosen.place), chosen.state, now)
    if chosen.opened_from is not None:
        found = found.filter(opened_at__date__gte=chosen.opened_from)
    if chosen.opened_to is not None:
        found = found.filter(opened_at__date__lte=chosen.opened_to)
    if chosen.text.strip():
        found = found.filter(_words(chosen.text))
    return found.order_by(*(("due_at", "pk") if chosen.state == "late" else ("-pk",)))


def _about(found: QuerySet[Case], topic: str) -> QuerySet[Case]:
    if not topic:
        return found
    return found.filter(topic="" if topic == NO_TOPIC else topic)


def _at(found: QuerySet[Case], place: int | None) -> QuerySet[Case]:
    if place is None:
        return found
    if place == UNKNOWN_PLACE:
        return found.filter(place=None, enterprise__place=None)
    return found.filter(Q(place=place) | Q(place=None, enterprise__place=place))


def _in_state(found: QuerySet[Case], state: str, now: dt.datetime) -> QuerySet[Case]:
    match state:
        case "open":
            return found.filter(closed=False)
        case "closed":
            return found.filter(closed=True)
        case "late":
            return found.filter(closed=False, due_at__lt=now)
        case "waiting":
            return found.filter(closed=False, holder_unit__isnull=True)
    return found


def _words(text: str) -> Q:
    """Return the condition that every word is found: in number, title or requester."""
    wanted = Q()
    for word in text.split()[:8]:
        wanted &= (
            Q(number__startswith=word.upper())
            | Q(title__icontains=word)
            | Q(requester_name__icontains=word)
            | Q(enterprise__name__icontains=word)
        )
    return wanted
