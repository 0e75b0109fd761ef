"""Counters of the pipeline: what entered each stage in a period, how large, and who is behind it.

A project counts once in each stage, in the period of its first entry that stands; “is in the stage
now” is another question (``stock``). Left out are only projects of the exclusion list, each with
its reason. Amounts are those known on the day of entry, so that periods add up; ``now`` beside them
is what is known at the end of the period.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, partial

from openzone.engines.projects.pipeline import EXIT, Pipeline, Rate
from openzone.engines.projects.record import Record
from openzone.engines.projects.stages import Standing, standing
from openzone.engines.projects.tally import DIMENSIONS, Counters, LeftOut, Row, Tally

__all__ = [
    "DIMENSIONS",
    "Counters",
    "LeftOut",
    "RateValue",
    "Record",
    "Row",
    "Unproved",
    "counters",
    "exclusion_of",
    "rates",
    "stock",
    "unproved",
]


@dataclass(frozen=True, slots=True)
class RateValue:
    """A rate with everything behind it; ``value`` None where there is nothing to divide by."""

    rate: Rate
    value: Decimal | None
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unproved:
    """An entry that counts and lacks kinds of evidence the pipeline asks for."""

    id: str
    stage: str
    on: dt.date
    lacking: tuple[str, ...]


def counters(
    records: Iterable[Record],
    pipeline: Pipeline,
    start: dt.date,
    end: dt.date,
    *,
    by: Sequence[str] = ("stage",),
    amount: str = "total",
    place: str | None = None,
) -> Counters:
    """Count what entered each stage from ``start`` to ``end``, both included.

    ``by``: of ``DIMENSIONS``; the stage is always one of them, unless the batch is. ``amount``: the
    kind that is added up; ``place``: only its share. ``records`` have no faults.
    """
    tally = _tally(pipeline, by, amount, place, end)
    left_out: list[LeftOut] = []
    for record in records:
        reason = exclusion_of(record, pipeline)
        for stage, on in _entries(standing(record.log), start, end):
            if reason is None:
                tally.add(record, stage, on)
            else:
                left_out.append(LeftOut(record.id, stage, on, reason))
    return tally.counters(left_out)


def stock(
    records: Iterable[Record],
    pipeline: Pipeline,
    on: dt.date,
    *,
    by: Sequence[str] = ("stage",),
    amount: str = "total",
    place: str | None = None,
) -> Counters:
    """Count what is in each stage at the end of a day; who has left is in none."""
    tally = _tally(pipeline, by, amount, place, on)
    left_out: list[LeftOut] = []
    for record in records:
        now = standing(record.log, on)
        if now.stage is None or now.since is None or now.left is not None:
            continue
        reason = exclusion_of(record, pipeline)
        if reason is None:
            tally.add(record, now.stage, now.since)
        else:
            left_out.append(LeftOut(record.id, now.stage, now.since, reason))
    return tally.counters(left_out)


def exclusion_of(record: Record, pipeline: Pipeline) -> str | None:
    """Return why a project is not counted: as stated, or because it is a phase of what counts."""
    if record.excluded is not None:
        return record.excluded
    if record.phase_of is None or not record.within_contract:
        return None
    return next((one.id for one in pipeline.exclusions if one.derived == "phase"), None)


def unproved(
    records: Iterable[Record], pipeline: Pipeline, start: dt.date, end: dt.date
) -> list[Unproved]:
    """Return the entries of a period that came without the evidence their stage asks for."""
    lacking = cache(partial(_lacking, pipeline))  # many entries came with the same papers
    return [
        Unproved(record.id, entry.stage, entry.on, wanted)
        for record in records
        for entry in standing(record.log).first.values()
        if start <= entry.on <= end and (wanted := lacking(entry.stage, entry.evidence))
    ]


def rates(
    records: Iterable[Record], pipeline: Pipeline, start: dt.date, end: dt.date
) -> tuple[RateValue, ...]:
    """Work out every rate of the pipeline for a period, as known at its end.

    Projects of the exclusion list and framework agreements are in none of them.
    """
    works = [_RateWork(rate, pipeline, start, end) for rate in pipeline.rates]
    for record in records:
        if exclusion_of(record, pipeline) is None:
            found = standing(record.log, end)
            for work in works:
                work.take(record, found)
    return tuple(work.value() for work in works)


def _tally(
    pipeline: Pipeline, by: Sequence[str], amount: str, place: str | None, end: dt.date
) -> Tally:
    wanted = tuple(dict.fromkeys(by))
    if not {"stage", "batch"} & set(wanted):  # or a project would count once for each stage
        wanted = ("stage", *wanted)
    tally = Tally(pipeline, wanted, amount, place, end)
    if wanted == ("stage",):
        tally.start_with((one.id,) for one in pipeline.stages)
    return tally


def _entries(found: Standing, start: dt.date, end: dt.date) -> Iterator[tuple[str, dt.date]]:
    for stage, entry in found.first.items():
        if start <= entry.on <= end:
            yield stage, entry.on
    if found.first_exit is not None and start <= found.first_exit.on <= end:
        yield EXIT, found.first_exit.on


def _lacking(pipeline: Pipeline, stage: str, evidence: tuple[str, ...]) -> tuple[str, ...]:
    groups = pipeline[stage].evidence
    return tuple(group[0] for group in groups if set(evidence).isdisjoint(group))


@dataclass(slots=True)
class _RateWork:
    """Collects the projects above and below the line of one rate."""

    rate: Rate
    pipeline: Pipeline
    start: dt.date
    end: dt.date
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    _of: str | None = None
    _reached: str | None = None

    def __post_init__(self) -> None:
        self._of = self.pipeline.counting_as(self.rate.of)
        if self.rate.reached is not None:
            self._reached = self.pipeline.counting_as(self.rate.reached)

    def take(self, record: Record, found: Standing) -> None:
        """Look at one project."""
        of = self._entered(record, found, self._of)
        reached = self._entered(record, found, self._reached)
        if of is not None and of >= self.start and not (self.rate.surviving and found.left):
            self.below.append(record.id)
            if self.rate.basis == "cohort" and self._is_above(of, reached, found):
                self.above.append(record.id)
        if self.rate.basis == "period" and reached is not None and reached >= self.start:
            self.above.append(record.id)

    def value(self) -> RateValue:
        """Return the rate."""
        share = Decimal(len(self.above)) / len(self.below) if self.below else None
        return RateValue(self.rate, share, tuple(self.above), tuple(self.below))

    def _entered(self, record: Record, found: Standing, stage: str | None) -> dt.date | None:
        if stage is None or stage not in found.first:
            return None
        if record.framework and self.pipeline[stage].framework_apart:
            return None
        return found.first[stage].on

    def _is_above(self, of: dt.date, reached: dt.date | None, found: Standing) -> bool:
        if self.rate.reached is None:
            return found.left is None
        return reached is not None and (not self.rate.same_year or reached.year == of.year)
