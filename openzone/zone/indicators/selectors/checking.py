"""What the checks ask about a batch, beside what was on record before it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from openzone.engines.series.deriving import derive
from openzone.engines.series.model import Flag, Observation
from openzone.engines.worktime.localtime import to_local
from openzone.zone.indicators.models import Batch, BatchRow
from openzone.zone.indicators.packs import checks, definitions, indicators
from openzone.zone.indicators.reading import Said, read_row
from openzone.zone.indicators.selectors.series import basis_of, known, observation

Flags = dict[int, list[dict[str, Any]]]
Rows = Sequence[tuple[int, Observation]]


def read_batch(batch: Batch) -> list[tuple[BatchRow, Said]]:
    """Read the rows of a batch; they were good when they came in."""
    rows = batch.rows.select_related("entity").order_by("number")
    day = to_local(batch.entered_at).date()
    return [(row, read_row(row.given, row.entity, day, row.number)) for row in rows]


def in_line(said: Said) -> Observation:
    """Return a figure that is not on record yet, in the line it will stand in."""
    return replace(said.observation, basis=basis_of(said))


def flags_of(rows: Rows, today: dt.date) -> Flags:
    """Return, by row, what is asked about with these figures that was not asked before them."""
    series = related({one.series for _number, one in rows})
    entities = {int(one.subject) for _number, one in rows}
    before = [observation(one) for one in known(entities, series)]
    new = [replace(one, published=one.published or today, row=10**9 + n) for n, one in rows]
    asked_before = {_key(flag) for flag in _flags(before)}
    found: Flags = {}
    # A vintage that is to come is judged as if it were in force, whatever its day or status.
    spots = {(one.line, one.period) for one in new}
    beside = [one for one in before if (one.line, one.period) not in spots]
    for flag in _flags([*beside, *new]):
        if _key(flag) in asked_before:
            continue
        for number, one in rows:
            if _speaks_of(flag, one):
                found.setdefault(number, []).append(_told(flag))
    return found


def related(series: Iterable[str]) -> set[str]:
    """Return indicators with their wholes and parts, which are checked against each other."""
    chosen = set(series)
    wholes = {indicators()[one].whole for one in chosen if one in indicators()} - {""}
    parts = {one.id for one in indicators().values() if one.whole in chosen}
    return chosen | wholes | parts


def needs_reason(flags: Iterable[Mapping[str, Any]]) -> bool:
    """Whether one of the flags of a row is gone on with only by a written explanation."""
    return any(flag["kind"] in checks().need_reason for flag in flags)


def _flags(observations: Iterable[Observation]) -> list[Flag]:
    return derive(observations, definitions(), checks().limits).flags


def _key(flag: Flag) -> tuple[object, ...]:
    return (flag.kind, flag.line, flag.period, tuple(one.value for one in flag.of))


def _speaks_of(flag: Flag, one: Observation) -> bool:
    if (flag.line, flag.period) == (one.line, one.period):
        return True
    return flag.kind == "part_above_whole" and any(
        (of.series, of.subject, of.period) == (one.series, one.subject, one.period)
        for of in flag.of
    )


def _told(flag: Flag) -> dict[str, Any]:
    return {"kind": flag.kind, "zh": flag.reason.zh, "en": flag.reason.en}
