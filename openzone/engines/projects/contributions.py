"""What each project brings to a figure, so that a sum can be followed to its projects.

The same rules as ``statistics.counters``: once, in the period of the first entry that stands;
projects of the exclusion list and framework agreements are not in it. A test holds both together.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from openzone.engines.projects.money import YUAN, value_at
from openzone.engines.projects.pipeline import Pipeline
from openzone.engines.projects.record import Record
from openzone.engines.projects.sizes import reached
from openzone.engines.projects.stages import standing
from openzone.engines.projects.statistics import exclusion_of


@dataclass(frozen=True, slots=True)
class Part:
    """A project (its number) and what it brings; None where nobody stated it."""

    id: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with everything behind it.

    ``value`` None: there is no figure. ``unstated`` are projects that belong to it and said
    nothing, so that the figure is the least it can be.
    """

    value: Decimal | None
    parts: tuple[Part, ...] = ()

    @property
    def unstated(self) -> tuple[str, ...]:
        """The projects that belong to it and whose part nobody stated."""
        return tuple(one.id for one in self.parts if one.value is None)


def total(parts: Iterable[Part]) -> Measured:
    """Add parts up. Of parts that are all unknown there is no figure; of none it is zero."""
    found = tuple(parts)
    known = [one.value for one in found if one.value is not None]
    return Measured(None if found and not known else sum(known, Decimal(0)), found)


def ratio(above: Iterable[str], below: Iterable[str]) -> Measured:
    """Return a rate: projects below the line, 1 for those above it too. Of none there is no rate.

    Those above that are not below (a rate of two periods) come last, and count above only.
    """
    over, under = tuple(above), tuple(below)
    value = Decimal(len(over)) / len(under) if under else None
    ids = dict.fromkeys((*under, *over))
    return Measured(value, tuple(Part(one, Decimal(one in over)) for one in ids))


def entries(
    records: Iterable[Record], pipeline: Pipeline, stage: str, start: dt.date, end: dt.date,
    *, size: str | None = None,
) -> Iterator[Record]:  # fmt: skip
    """Yield the projects that entered a stage from ``start`` to ``end`` and count there.

    ``size``: only those of at least this size on the day they entered.
    """
    for record in records:
        entry = standing(record.log).first.get(stage)
        if entry is None or not start <= entry.on <= end:
            continue
        apart = record.framework and pipeline[stage].framework_apart
        if apart or exclusion_of(record, pipeline) is not None:
            continue
        if size is None or size in _sizes(record, pipeline, entry.on):
            yield record


def amount_at_entry(record: Record, stage: str, kind: str) -> Part:
    """Return what a project states in yuan on the day it entered a stage; None in other money."""
    entry = standing(record.log).first[stage]
    stated = value_at(record.amounts, kind, entry.on)
    return Part(record.id, stated.value if stated and stated.currency == YUAN else None)


def _sizes(record: Record, pipeline: Pipeline, on: dt.date) -> tuple[str, ...]:
    stated = value_at(record.amounts, pipeline.size_by, on)
    known = stated.value if stated is not None and stated.currency == YUAN else None
    return reached(pipeline.sizes, known)
