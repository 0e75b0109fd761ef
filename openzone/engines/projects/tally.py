"""Adding projects up by dimensions: counts, amounts by currency, and the ids behind every row."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from openzone.engines.projects.money import YUAN, Stated, value_at
from openzone.engines.projects.pipeline import EXIT, Pipeline
from openzone.engines.projects.record import WHOLE, Record
from openzone.engines.projects.sizes import BELOW, UNKNOWN, reached, size

DIMENSIONS = (
    "stage", "batch", "size", "size_at_least", "industry", "sector", "origin", "chain", "place",
    "month", "year",
)  # fmt: skip
OVERLAPPING = ("size_at_least", "chain")
"""Here a project stands in several rows, so that the rows must not be added up."""


@dataclass(slots=True)
class Row:
    """One line of counters.

    ``key``: a value for each dimension asked for. ``count`` is by share of place, ``projects``
    whole. ``amounts`` at entry and ``now`` at the end of the period by currency. ``unstated``:
    those of ``ids`` whose amount nobody stated.
    """

    key: tuple[str, ...]
    count: Decimal = Decimal(0)
    amounts: dict[str, Decimal] = field(default_factory=dict)
    now: dict[str, Decimal] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    unstated: list[str] = field(default_factory=list)

    @property
    def projects(self) -> int:
        """How many projects are behind the line."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A project that entered a stage and is not counted, with the exclusion that says why."""

    id: str
    stage: str
    on: dt.date
    exclusion: str


@dataclass(frozen=True, slots=True)
class Counters:
    """What was counted.

    ``frameworks``: framework agreements, beside the ``rows``. ``overlapping``: dimensions in which
    one project stands in several rows, so that their rows must not be added up.
    """

    by: tuple[str, ...]
    rows: tuple[Row, ...]
    frameworks: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]
    overlapping: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """Adds up one entry after the other.

    ``amount``: the kind of amount; ``place``: only its share counts; ``end``: the day of ``now``.
    """

    pipeline: Pipeline
    by: tuple[str, ...]
    amount: str
    place: str | None
    end: dt.date
    _rows: dict[tuple[str, ...], Row] = field(default_factory=dict)
    _frameworks: dict[tuple[str, ...], Row] = field(default_factory=dict)
    _values: list[Callable[[Record, str, dt.date], Iterable[str]]] = field(default_factory=list)
    _apart: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._values = [getattr(self, f"_of_{name}") for name in self.by]
        self._apart = frozenset(one.id for one in self.pipeline.stages if one.framework_apart)

    def start_with(self, keys: Iterable[tuple[str, ...]]) -> None:
        """Have rows for these keys also where nothing is counted."""
        self._rows.update((key, Row(key)) for key in keys)

    def add(self, record: Record, stage: str, on: dt.date) -> None:
        """Count a project that entered a stage on a day."""
        apart = record.framework and stage in self._apart
        rows = self._frameworks if apart else self._rows
        then = value_at(record.amounts, self.amount, on)
        now = value_at(record.amounts, self.amount, self.end)
        for key in self._keys(record, stage, on):
            row = rows.get(key)
            if row is None:
                row = rows[key] = Row(key)
            share = self._share(record, key)
            row.count += share
            row.ids.append(record.id)
            if then is None or now is None:
                row.unstated.append(record.id)
            else:
                _add(row.amounts, then, share)
                _add(row.now, now, share)

    def counters(self, left_out: Iterable[LeftOut]) -> Counters:
        """Return what was counted, in the order of the pipeline and of the sizes."""
        overlapping = tuple(name for name in self.by if name in OVERLAPPING)
        return Counters(
            self.by, self._sorted(self._rows), self._sorted(self._frameworks),
            tuple(left_out), overlapping,
        )  # fmt: skip

    def _keys(self, record: Record, stage: str, on: dt.date) -> Iterator[tuple[str, ...]]:
        if self.place is not None and not record.shares.get(self.place):
            return iter(())
        return product(*(values(record, stage, on) for values in self._values))

    def _share(self, record: Record, key: tuple[str, ...]) -> Decimal:
        place = key[self.by.index("place")] if "place" in self.by else self.place
        return record.shares.get(place, WHOLE) if place else WHOLE

    def _of_stage(self, record: Record, stage: str, on: dt.date) -> Iterable[str]:
        return (stage,)

    def _of_batch(self, record: Record, stage: str, on: dt.date) -> Iterable[str]:
        batch = self.pipeline[stage].batch if stage != EXIT else None
        return (batch,) if batch else ()

    def _of_size(self, record: Record, stage: str, on: dt.date) -> Iterable[str]:
        return (size(self.pipeline.sizes, self._yuan(record, on)),)

    def _of_size_at_least(self, record: Record, stage: str, on: dt.date) -> Iterable[str]:
        return reached(self.pipeline.sizes, self._yuan(record, on))

    def _of_industry(self, record: Record, stage: str, on: dt.date) -> Iterable[str]:
        return (record.industry or UNKNOWN,)

    def _of_sector(self, record: Record, stage: str, on: dt.date) -> Iterable[str]:
        return (str(record.sector) if record.sector else UNKNOWN,)

    def _of_origin(self, record: Record, stage: str, on: dt.date) -> Iterable[str]:
        return (record.origin or UNKNOWN,)

    def _of_chain(self, record: Record, stage: str, on: dt.date) -> Iterable[str]:
        return dict.fromkeys(record.chain) or (UNKNOWN,)

    def _of_place(self, record: Record, stage: str, on: dt.date) -> Iterable[str]:
        if self.place is not None:
            return (self.place,)
        return tuple(record.shares) or (UNKNOWN,)

    def _of_month(self, record: Record, stage: str, on: dt.date) -> Iterable[str]:
        return (f"{on:%Y-%m}",)

    def _of_year(self, record: Record, stage: str, on: dt.date) -> Iterable[str]:
        return (f"{on:%Y}",)

    def _yuan(self, record: Record, on: dt.date) -> Decimal | None:
        """The amount that makes the size; other currencies have no bounds to compare with."""
        stated = value_at(record.amounts, self.pipeline.size_by, on)
        return stated.value if stated is not None and stated.currency == YUAN else None

    def _sorted(self, rows: Mapping[tuple[str, ...], Row]) -> tuple[Row, ...]:
        order = _order(self.pipeline)
        keys = sorted(rows, key=lambda key: [(order.get(one, -1), one) for one in key])
        return tuple(rows[key] for key in keys)


def _add(sums: dict[str, Decimal], stated: Stated, share: Decimal) -> None:
    sums[stated.currency] = sums.get(stated.currency, Decimal(0)) + stated.value * share


def _order(pipeline: Pipeline) -> dict[str, int]:
    """Where values that have an order of their own stand; all else goes by its name."""
    names = [one.id for one in pipeline.stages] + [EXIT]
    sizes = [BELOW, *(one.id for one in pipeline.sizes), UNKNOWN]
    return {
        name: place for some in (names, pipeline.batches, sizes) for place, name in enumerate(some)
    }
