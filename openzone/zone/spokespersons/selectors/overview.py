"""How fast and how well each unit answers, in numbers that are lengths of lists."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from openzone.engines.worktime.localtime import to_local
from openzone.zone.people.models import Unit
from openzone.zone.spokespersons.models import Reply
from openzone.zone.spokespersons.packs import calendar
from openzone.zone.spokespersons.selectors.consultations import Filter, State, consultations

STATES = (
    State.ALL,
    State.OPEN,
    State.SOON,
    State.OVERDUE,
    State.ANSWERED,
    State.IN_TIME,
    State.LATE,
    State.ON_THE_SPOT,
    State.AGAIN,
    State.DISSATISFIED,
    State.HELP,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One unit (``None``: the service centre) and its counts by state of the questions asked.

    ``hours`` is the mean working time to an answer, ``rating`` the mean grade; ``None`` where
    there was none to measure.
    """

    unit: Unit | None
    counts: Mapping[State, int]
    hours: float | None
    rating: float | None


def overview(first: dt.date, last: dt.date, now: dt.datetime) -> list[Line]:
    """Return a line for each unit with questions asked in a period, by code; the centre last."""
    counts = {state: _counts(state, first, last, now) for state in STATES}
    replies = _replies(first, last)
    units = Unit.objects.in_bulk([pk for pk in counts[State.ALL] if pk is not None])
    order = [*sorted(units.values(), key=lambda unit: unit.code), None]
    return [
        _line(unit, counts, replies)
        for unit in order
        if (unit.pk if unit else None) in counts[State.ALL]
    ]


def _line(
    unit: Unit | None,
    counts: Mapping[State, Mapping[int | None, int]],
    replies: Sequence[Reply],
) -> Line:
    key = unit.pk if unit else None
    own = [reply for reply in replies if reply.consultation.unit_id == key]
    grades = [reply.rating for reply in own if reply.rating is not None]
    return Line(
        unit,
        {state: found.get(key, 0) for state, found in counts.items()},
        _mean([_hours(reply) for reply in own]),
        _mean(grades),
    )


def _counts(state: State, first: dt.date, last: dt.date, now: dt.datetime) -> dict[int | None, int]:
    found = consultations(Filter(state, first=first, last=last), now).order_by()
    return dict(found.values("unit").annotate(n=Count("pk")).values_list("unit", "n"))


def _replies(first: dt.date, last: dt.date) -> list[Reply]:
    asked = Reply.objects.filter(
        consultation__asked_at__date__gte=first, consultation__asked_at__date__lte=last
    )
    return list(asked.select_related("consultation").order_by("pk"))


def _hours(reply: Reply) -> float:
    opened, replied = to_local(reply.opened_at), to_local(reply.replied_at)
    return calendar().working_time_between(opened, replied) / dt.timedelta(hours=1)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
