"""When entries are taken next."""

import datetime as dt
from calendar import monthrange
from typing import NamedTuple

from openzone.packs.cultivation import Batch, Pool
from openzone.zone.cultivation.enums import Choice
from openzone.zone.cultivation.models import Entry
from openzone.zone.cultivation.packs import pool_named, route_named
from openzone.zone.people.models import User


class Next(NamedTuple):
    """A batch and the day of its next closing; about that day where the source says so."""

    batch: Batch
    on: dt.date


def next_batches(pool: Pool, on: dt.date) -> list[Next]:
    """Return the next closing day of each batch, the soonest first."""
    found = [Next(batch, _next(batch, on)) for batch in pool.batches]
    return sorted(found, key=lambda one: one.on)


def _next(batch: Batch, on: dt.date) -> dt.date:
    if batch.monthly is not None:
        return _monthly(batch.monthly, on)
    month, day = batch.yearly or (12, 31)
    this_year = dt.date(on.year, month, min(day, monthrange(on.year, month)[1]))
    if this_year >= on:
        return this_year
    return dt.date(on.year + 1, month, min(day, monthrange(on.year + 1, month)[1]))


def _monthly(day: int, on: dt.date) -> dt.date:
    this_month = on.replace(day=min(day, monthrange(on.year, on.month)[1]))
    if this_month >= on:
        return this_month
    first = (on.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return first.replace(day=min(day, monthrange(first.year, first.month)[1]))


class Closing(NamedTuple):
    """The next closing of a batch for an entry, with the papers of its route that are missing."""

    entry: Entry
    batch: Batch
    on: dt.date
    missing: tuple[str, ...]


def closings(on: dt.date, within: int | None = None, tutor: User | None = None) -> list[Closing]:
    """Return what closes next for the entries that run, the soonest first.

    An entry whose route is known waits for the batches of that route only. ``within``: at most
    so many days ahead, else as many as the pool reminds of.
    """
    running = Entry.objects.filter(choice=Choice.ACCEPTED, left_on__isnull=True)
    running = running.filter(tutor=tutor) if tutor is not None else running
    rows = running.select_related("enterprise", "tutor").order_by("pk")
    found = [
        Closing(entry, one.batch, one.on, missing_of(pool, entry))
        for entry in rows
        if (pool := pool_named(entry.pool)) is not None
        for one in next_batches(pool, on)
        if _is_for(pool, entry, one.batch)
        and (one.on - on).days <= (pool.remind_days if within is None else within)
    ]
    return sorted(found, key=lambda one: (one.on, one.entry.pk))


def missing_of(pool: Pool, entry: Entry) -> tuple[str, ...]:
    """Return the papers of the entry's route (of the pool, while no route is chosen) not there."""
    route = route_named(pool, entry.evidence.get("route", ""))
    needed = route.materials if route else tuple(one.id for one in pool.materials)
    return tuple(one for one in needed if one not in entry.collected)


def is_day_of_reminder(one: Closing, on: dt.date) -> bool:
    """Whether this is the day on which a closing is reminded of."""
    pool = pool_named(one.entry.pool)
    return pool is not None and (one.on - on).days == pool.remind_days


def _is_for(pool: Pool, entry: Entry, batch: Batch) -> bool:
    route = route_named(pool, entry.evidence.get("route", ""))
    return route is None or batch.id in route.batches
