"""Whole histories, as they are exported."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from openzone.zone.cases.folding import events_of, exported
from openzone.zone.cases.models import Case


def unknown(numbers: Sequence[str]) -> list[str]:
    """Return the numbers that no case has."""
    known = set(Case.objects.filter(number__in=list(numbers)).values_list("number", flat=True))
    return [number for number in numbers if number not in known]


def chosen(
    numbers: Sequence[str], kind: str, first: dt.date | None, last: dt.date | None
) -> QuerySet[Case]:
    """Return these cases, or all; of a type, and opened between two local days, if given."""
    found = Case.objects.order_by("pk").select_related("version").defer("version__definition")
    if numbers:
        found = found.filter(number__in=list(numbers))
    if kind:
        found = found.filter(kind=kind)
    if first is not None:
        found = found.filter(opened_at__date__gte=first)
    if last is not None:
        found = found.filter(opened_at__date__lte=last)
    return found


def lines(cases: QuerySet[Case]) -> Iterator[dict[str, Any]]:
    """Yield the events of cases, case by case; each case replays from its own lines."""
    for case in cases.iterator(chunk_size=500):
        yield from exported(case, events_of(case))
