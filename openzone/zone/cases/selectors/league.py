"""How units, types and periods did, computed from the events alone; never one figure alone."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from django.db.models import QuerySet

from openzone.engines.cases.events import Event
from openzone.engines.cases.statistics import Folded, Metric, grouped, metrics
from openzone.engines.worktime.localtime import to_local
from openzone.zone.cases.folding import event_of, state_of
from openzone.zone.cases.models import Case, CaseEvent
from openzone.zone.cases.packs import type_of, worktime
from openzone.zone.people.models import Unit

Key = TypeVar("Key", bound=Hashable)
_AT_ONCE = 2_000


class Row(NamedTuple):
    """A unit with its figures by id (``engines.cases.statistics``)."""

    unit: Unit
    figures: dict[str, Metric]


def folded(cases: QuerySet[Case]) -> Iterator[Folded]:
    """Yield cases with what their events add up to, so many at once."""
    ids = list(cases.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        events: dict[int, list[Event]] = defaultdict(list)
        for row in CaseEvent.objects.filter(case__in=some).order_by("case", "seq"):
            events[row.case_id].append(event_of(row))
        found = Case.objects.filter(pk__in=some).select_related("version").order_by("pk")
        for case in found.defer("version__definition"):
            yield Folded(type_of(case.version), state_of(case, events[case.pk]))


def figures(cases: QuerySet[Case], now: dt.datetime) -> dict[str, Metric]:
    """Return the figures of these cases, by id."""
    return metrics(folded(cases), worktime(), to_local(now))


def figures_by(
    cases: QuerySet[Case], key: Callable[[Folded], Key], now: dt.datetime
) -> dict[Key, dict[str, Metric]]:
    """Return the figures of these cases for each value of a key."""
    local = to_local(now)
    return {
        value: metrics(some, worktime(), local)
        for value, some in grouped(folded(cases), key).items()
    }


def league(cases: QuerySet[Case], now: dt.datetime) -> list[Row]:
    """Return every unit that led one of these cases last, with its figures, by code."""
    found = figures_by(cases, lambda case: case.state.lead or "", now)
    units = Unit.objects.in_bulk(list(filter(None, found)), field_name="code")
    return [Row(units[code], found[code]) for code in sorted(units)]


def opened_between(
    first: dt.datetime, last: dt.datetime, kinds: Iterable[str] = ()
) -> QuerySet[Case]:
    """Return the cases opened from one moment up to another, of these types or all."""
    found = Case.objects.filter(opened_at__gte=first, opened_at__lte=last)
    wanted = list(kinds)
    return found.filter(kind__in=wanted) if wanted else found
