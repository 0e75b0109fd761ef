"""Refusals, suggested rule changes and dispatches: lists, and how many of each there are."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.db.models import Count, F, Q, QuerySet

from openzone.engines.worktime.due import due
from openzone.engines.worktime.durations import Duration
from openzone.engines.worktime.localtime import to_aware, to_local
from openzone.packs.calendars import own_files, zone_calendar, zone_receipt_rule
from openzone.packs.loading import zone_folder
from openzone.packs.registers import RegistersPack, load_registers
from openzone.zone.cases.enums import ReviewWord
from openzone.zone.cases.models import Dispatch, NegativeAnswer, RuleChange
from openzone.zone.people.models import Unit


@cache
def limits() -> RegistersPack:
    """Return how long reviews and answers may take in this zone."""
    return load_registers(zone_folder())


def due_at(now: dt.datetime, limit: Duration) -> dt.datetime:
    """Return when a limit that begins at a moment is over, by the zone's working calendar."""
    folder = zone_folder()
    calendar, rule = zone_calendar(own_files(folder)), zone_receipt_rule(folder)
    return to_aware(due(to_local(now), limit, calendar, rule).due)


class Standing(StrEnum):
    """What a list of refusals or suggestions shows; every number is the length of one."""

    ALL = "all"
    WAITING = "waiting"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What a list shows. ``word`` is a review's or an answer's; the days are those it began."""

    standing: Standing = Standing.ALL
    word: str = ""
    unit: Unit | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    text: str = ""


def negative_answers(chosen: RegisterFilter, now: dt.datetime) -> QuerySet[NegativeAnswer]:
    """Return refusals, those whose review waits longest first."""
    found = NegativeAnswer.objects.filter(
        _standing("word", chosen, now), _days("said_at", chosen), _text(chosen, "matter", "law")
    )
    related = found.select_related("unit", "said_by", "reviewed_by", "case")
    return related.order_by(F("reviewed_at").desc(nulls_first=True), "due_at", "pk")


def rule_changes(chosen: RegisterFilter, now: dt.datetime) -> QuerySet[RuleChange]:
    """Return suggested rule changes, those whose answer waits longest first."""
    found = RuleChange.objects.filter(
        _standing("answer", chosen, now),
        _days("suggested_at", chosen),
        _text(chosen, "rule", "proposal"),
    )
    related = found.select_related("unit", "suggested_by", "answered_by")
    counted = related.annotate(behind=Count("cases"))
    return counted.order_by(F("answered_at").desc(nulls_first=True), "due_at", "pk")


def dispatches(first: dt.date | None = None, last: dt.date | None = None) -> QuerySet[Dispatch]:
    """Return what was got hold of for cases, the latest first; the days are those of ordering."""
    days = RegisterFilter(first=first, last=last)
    found = Dispatch.objects.filter(_days("ordered_at", days))
    return found.select_related("case", "ordered_by").order_by("-ordered_at", "-pk")


@dataclass(frozen=True, slots=True)
class Refusals:
    """How many times a unit said no, and what the reviews found."""

    unit: Unit
    said: int
    waiting: int
    overdue: int
    upheld: int
    lifted: int


def refusals_by_unit(chosen: RegisterFilter, now: dt.datetime) -> list[Refusals]:
    """Count the refusals of a list by unit, the unit that refused most first."""
    counted = (
        negative_answers(chosen, now)
        .order_by()
        .values("unit")
        .annotate(
            said=Count("pk"),
            waiting=Count("pk", filter=Q(word="")),
            overdue=Count("pk", filter=Q(word="", due_at__lt=now)),
            upheld=Count("pk", filter=Q(word=ReviewWord.UPHELD)),
            lifted=Count("pk", filter=Q(word=ReviewWord.LIFTED)),
        )
        .order_by("-said", "unit")
    )
    names = ("unit", "said", "waiting", "overdue", "upheld", "lifted")
    rows: list[tuple[int, ...]] = list(counted.values_list(*names))
    units = Unit.objects.in_bulk([row[0] for row in rows])
    return [Refusals(units[unit], *counts) for unit, *counts in rows]


def _standing(word: str, chosen: RegisterFilter, now: dt.datetime) -> Q:
    waiting = Q(**{word: ""})
    conditions = {
        Standing.ALL: Q(),
        Standing.WAITING: waiting,
        Standing.OVERDUE: waiting & Q(due_at__lt=now),
        Standing.DONE: ~waiting,
    }
    said = Q(**{word: chosen.word}) if chosen.word else Q()
    return conditions[chosen.standing] & said & (Q(unit=chosen.unit) if chosen.unit else Q())


def _days(field: str, chosen: RegisterFilter) -> Q:
    first = Q(**{f"{field}__date__gte": chosen.first}) if chosen.first else Q()
    return first & (Q(**{f"{field}__date__lte": chosen.last}) if chosen.last else Q())


def _text(chosen: RegisterFilter, *fields: str) -> Q:
    found = Q()
    for field in fields if chosen.text else ():
        found |= Q(**{f"{field}__icontains": chosen.text})
    return found
