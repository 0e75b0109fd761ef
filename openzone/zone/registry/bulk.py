"""The fast way into the fact table, for one fact or a million."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection

from openzone.engines.facts.catalogue import Fact as FactName
from openzone.engines.facts.catalogue import Period, PeriodKind
from openzone.zone.registry.models import Fact


class NewFact(NamedTuple):
    """A statement on its way into the record, without what all of one write have in common."""

    subject: int
    series: str
    value: str | None
    unit: str
    period: Period
    original: str = ""
    approx: str = ""
    locator: str = ""

    @property
    def key(self) -> tuple[str, dt.date | None, dt.date | None]:
        """What the statement is about, within its subject."""
        return self.series, self.period.first, self.period.last


class Origin(NamedTuple):
    """What the statements of one write have in common."""

    source: int
    known_on: dt.date
    recorded_at: dt.datetime


_COLUMNS = (
    "subject_id",
    "series",
    "value",
    "unit",
    "original",
    "approx",
    "period_first",
    "period_last",
    "known_on",
    "source_id",
    "locator",
    "recorded_at",
)


def stated_period(fact: FactName, as_of: dt.date) -> Period:
    """Return the period under which a value stated on ``as_of`` is stored."""
    if fact.series.period is PeriodKind.MOMENT:
        return Period(as_of, as_of)
    return fact.period(as_of)


def insert_facts(facts: Iterable[NewFact], origin: Origin) -> int:
    """Append facts in the caller's transaction and return how many.

    Django's ``bulk_create`` builds an object per row, which takes four times as long.
    """
    rows = list(_rows(facts, origin))
    if connection.vendor == "postgresql":
        _copy(rows)
    elif rows:
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT, rows)
    return len(rows)


_TABLE = Fact._meta.db_table
_LIST = ", ".join(_COLUMNS)
_INSERT = f"INSERT INTO {_TABLE} ({_LIST}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608
_COPY = f"COPY {_TABLE} ({_LIST}) FROM STDIN"


def _copy(rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.cursor.copy(_COPY) as copy:
        for row in rows:
            copy.write_row(row)


def _rows(facts: Iterable[NewFact], origin: Origin) -> Iterable[tuple[Any, ...]]:
    day = connection.ops.adapt_datefield_value
    known_on = day(origin.known_on)
    recorded_at = connection.ops.adapt_datetimefield_value(origin.recorded_at)
    for fact in facts:
        original = "" if fact.original == fact.value else fact.original
        yield (
            fact.subject,
            fact.series,
            fact.value,
            fact.unit,
            original,
            fact.approx,
            day(fact.period.first),
            day(fact.period.last),
            known_on,
            origin.source,
            fact.locator,
            recorded_at,
        )
