"""Figures that are ten thousand times those on record: a column in the wrong unit."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from openzone.engines.facts.catalogue import Fact, PeriodKind
from openzone.engines.tables.problems import Problem, problem
from openzone.engines.tables.values import Value, jump
from openzone.zone.registry.imports.staging import StagedFact, StagedRow
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.selectors.columns import columns


def warn_of_jumps(
    rows: Sequence[StagedRow], names: Sequence[str], as_of: dt.date, known_on: dt.date
) -> None:
    """Warn where a figure is about 10⁴ or 10⁸ times the one on record, or that part of it.

    A yearly figure that is new is compared with the year before.
    """
    facts = [catalogue()[name] for name in names if catalogue()[name].type.is_numeric]
    recorded = sorted({row.target for row in rows if row.target is not None and row.target > 0})
    if not (facts and recorded):
        return
    asked = sorted({name for fact in facts for name in _comparable(fact)})
    known = columns(as_of, asked, recorded, known_on).values
    places = {target: place for place, target in enumerate(recorded)}
    comparable = {fact.name: _comparable(fact) for fact in facts}
    for row in rows:
        place = places.get(row.target or 0)
        if place is not None:
            before = {name: known[name][place] for name in asked}
            row.problems += _jumps(row, comparable, before)


def _comparable(fact: Fact) -> list[str]:
    """Return the names a figure is compared with, the nearest first."""
    older = f"{fact.series.name}_y{fact.years_back + 1}"
    yearly = fact.series.period is PeriodKind.YEAR and older in catalogue()
    return [fact.name, older] if yearly else [fact.name]


def _jumps(
    row: StagedRow, comparable: Mapping[str, Sequence[str]], before: Mapping[str, object]
) -> Iterator[Problem]:
    for fact in row.facts:
        known = [before[name] for name in comparable.get(fact.name, ()) if before[name]]
        if known and isinstance(known[0], Decimal):
            yield from _jump(row, fact, known[0])


def _jump(row: StagedRow, fact: StagedFact, known: Decimal) -> Iterator[Problem]:
    fault = jump(Value(Decimal(fact.value), fact.original), known)
    if fault is not None:
        yield problem(
            fault, sheet=row.sheet, row=row.number, column=fact.column, value=fact.original
        )
