"""When entries are taken next."""

import datetime as dt
from calendar import monthrange
from typing import NamedTuple

from openzone.packs.cultivation import Batch, Pool


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
