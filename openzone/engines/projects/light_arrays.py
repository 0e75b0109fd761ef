"""Light rules over a whole zone at once: the colours of ``lights.colours``, without reasons.

For what looks at every month of every project, such as another bound of a rule over ten years, or
whether the colours kept are still those of the rules. Columns are arrays of one row a month and
one column a project, so that a month is one piece of memory. Colours set by hand are few and kept
as a list a month.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openzone.engines.projects import light_kinds
from openzone.engines.projects.light_model import (
    Colour,
    Month,
    Override,
    month_end,
    next_month,
)
from openzone.engines.projects.lights import LightRule, Run

MILLION = 1_000_000
MISSING = -1
COLOURS = tuple(Colour)
"""A code is the place of a colour in this order."""
NONE = 255
"""Before the first month of a project and after its last."""
PROGRESS = ("planned", "actual")
DUE = ("due_start", "due_on")
EVENTS = ("started_on", "statistics_on", "done_on")
FLAGS = ("paused", "expected_late", "serious", "poor_quality", "reason_accepted", "reported")
THERE = "there"
"""The column of what months there are, reported or not."""

Array = NDArray[Any]
Codes = NDArray[np.uint8]
Columns = Mapping[str, Array]
ByHand = Mapping[int, Sequence[tuple[int, Override]]]

GREEN, BLUE, YELLOW, RED, PAUSED, UNKNOWN = (
    np.uint8(COLOURS.index(one))
    for one in (
        Colour.GREEN, Colour.BLUE, Colour.YELLOW, Colour.RED, Colour.PAUSED, Colour.UNKNOWN,
    )
)  # fmt: skip


@dataclass(frozen=True)
class Reports:
    """What was reported of many projects, from the month ``first`` on.

    ``columns``: progress in millionths of the whole (``MISSING`` where there is none); days as
    ``datetime64[D]`` (NaT: not known; 9999-12-31: has not come); flags and ``reported`` as bool.
    ``by_hand``: for the place of a month, colours set by hand with the place of their project.
    """

    first: dt.date
    projects: tuple[str, ...]
    columns: Columns
    by_hand: ByHand = field(default_factory=dict)

    @classmethod
    def of(cls, histories: Mapping[str, Sequence[Month]]) -> "Reports":
        """Lay out the months of projects; progress is kept to the millionth of the whole."""
        days = sorted({month.month for months in histories.values() for month in months})
        places = {day: place for place, day in enumerate(_span(days[0], days[-1]))}
        columns = _empty(len(places), len(histories))
        by_hand: dict[int, list[tuple[int, Override]]] = {}
        for number, months in enumerate(histories.values()):
            for month in months:
                place = places[month.month]
                _fill(columns, (place, number), month)
                if month.overrides:
                    by_hand.setdefault(place, []).extend((number, one) for one in month.overrides)
        return cls(days[0], tuple(histories), columns, by_hand)


def codes(rule: LightRule, reports: Reports) -> Codes:
    """Return the code of every month (row) and project (column), colours set by hand on top."""
    there = reports.columns[THERE]
    seen = np.maximum.accumulate(there, axis=0)
    within = seen & np.maximum.accumulate(there[::-1], axis=0)[::-1]
    found = np.full(there.shape, NONE, np.uint8)
    state, run = _Carried.empty(there.shape[1]), np.zeros(there.shape[1], np.int32)
    hand = _ByHand.none(there.shape[1])
    day = reports.first
    for place in range(len(found)):
        month = {name: column[place] for name, column in reports.columns.items()}
        state.take_over(month)
        end = np.datetime64(month_end(day), "D")
        code = _judged(rule, month, state.days, end)
        if rule.run is not None:
            code, run = _with_run(rule.run, code, run)
        hand.take_over(rule, reports.by_hand.get(place, ()))
        code = hand.laid_on(code, end)
        found[place] = np.where(within[place], code, NONE)
        day = next_month(day)
    return found


@dataclass
class _Carried:
    """The days of every project that hold on from earlier months."""

    days: dict[str, Array] = field(default_factory=dict)

    @classmethod
    def empty(cls, projects: int) -> "_Carried":
        nothing = np.full(projects, np.datetime64("NaT", "D"))
        return cls(dict.fromkeys((*DUE, *EVENTS), nothing))

    def take_over(self, month: Columns) -> None:
        for name, known in self.days.items():
            stated = month[name]
            holds = np.isnat(stated)
            if name in EVENTS:
                holds |= (stated == NOT_YET) & ~np.isnat(known)
            self.days[name] = np.where(holds, known, stated)


@dataclass
class _ByHand:
    """The last colour set by hand of every project, and until when."""

    colour: Codes
    until: Array

    @classmethod
    def none(cls, projects: int) -> "_ByHand":
        return cls(np.zeros(projects, np.uint8), np.full(projects, np.datetime64("NaT", "D")))

    def take_over(self, rule: LightRule, overrides: Sequence[tuple[int, Override]]) -> None:
        for number, one in overrides:
            if one.rule in ("", rule.id):
                self.colour[number] = COLOURS.index(one.colour)
                self.until[number] = one.until

    def laid_on(self, code: Codes, end: np.datetime64) -> Codes:
        """Return the colours people see: by hand while it lasts, but not over a pause."""
        holds = (self.until >= end) & (code != PAUSED)
        return np.where(holds, self.colour, code)


NOT_YET = np.datetime64(dt.date.max, "D")


def _judged(rule: LightRule, month: Columns, days: Columns, end: np.datetime64) -> Codes:
    judge = _JUDGES[type(rule.kind)]
    code: Codes = judge(rule.kind, month, days, end)
    code = np.where(month["reported"], code, UNKNOWN)
    return np.where(month["paused"], PAUSED, code)


def _with_run(run: Run, code: Codes, before: Array) -> tuple[Codes, Array]:
    counts = np.isin(code, [COLOURS.index(colour) for colour in run.of])
    now = np.where(code == PAUSED, before, np.where(counts, before + 1, 0))
    colour = np.uint8(COLOURS.index(run.colour))
    return np.where(counts & (now >= run.times), colour, code), now


def _ratio(
    kind: light_kinds.ProgressRatio, month: Columns, days: Columns, end: np.datetime64
) -> Codes:
    planned, actual = month["planned"], month["actual"]
    red, yellow = (_under(bound, planned, actual) for bound in (kind.red_below, kind.yellow_below))
    return _select([~_known(month), red, yellow], [UNKNOWN, RED, YELLOW], GREEN)


def _under(bound: Decimal, planned: Array, actual: Array) -> Array:
    above, below = bound.as_integer_ratio()
    return actual * below < planned * above


def _gap(
    kind: light_kinds.ProgressPoints, month: Columns, days: Columns, end: np.datetime64
) -> Codes:
    gap = month["planned"] - month["actual"]
    red_above, red_below = kind.red_above.as_integer_ratio()
    above, below = kind.yellow_from.as_integer_ratio()
    red = gap * red_below > red_above * MILLION
    yellow = gap * below >= above * MILLION
    return _select([~_known(month), red, yellow], [UNKNOWN, RED, YELLOW], GREEN)


def _slippage(
    kind: light_kinds.Slippage, month: Columns, days: Columns, end: np.datetime64
) -> Codes:
    serious, accepted = month["serious"], month["reason_accepted"]
    behind = month["actual"] < month["planned"]
    late = serious | month["expected_late"]
    return _select(
        [serious & ~accepted, late, ~_known(month), behind], [RED, YELLOW, UNKNOWN, YELLOW], GREEN
    )


def _start(
    kind: light_kinds.StartOverdue, month: Columns, days: Columns, end: np.datetime64
) -> Codes:
    due, started = days["due_start"], days["started_on"]
    unknown = np.isnat(due) | np.isnat(started)
    return _select(
        [started <= end, due > end, unknown, month["reason_accepted"]],
        [GREEN, GREEN, UNKNOWN, GREEN],
        YELLOW,
    )


def _entry(
    kind: light_kinds.StatisticalEntry, month: Columns, days: Columns, end: np.datetime64
) -> Codes:
    started, entered = days["started_on"], days["statistics_on"]
    early = end < _months_later(started, kind.yellow_after_months)
    late = end > _months_later(started, kind.red_after_months)
    return _select(
        [entered <= end, started > end, np.isnat(started), early, np.isnat(entered), late],
        [GREEN, GREEN, UNKNOWN, GREEN, UNKNOWN, RED],
        YELLOW,
    )


def _slips(kind: light_kinds.Slips, month: Columns, days: Columns, end: np.datetime64) -> Codes:
    due, done = days["due_on"], days["done_on"]
    overdue, near = due < end, (due - end) <= np.timedelta64(kind.near_days, "D")
    unknown = np.isnat(due) | (overdue & np.isnat(done))
    behind = month["actual"] < month["planned"]
    return _select(
        [done <= end, unknown, overdue, month["poor_quality"], ~_known(month), behind, near],
        [GREEN, UNKNOWN, RED, YELLOW, UNKNOWN, YELLOW, BLUE],
        GREEN,
    )


_JUDGES: dict[type, Any] = {
    light_kinds.ProgressRatio: _ratio,
    light_kinds.ProgressPoints: _gap,
    light_kinds.Slippage: _slippage,
    light_kinds.StartOverdue: _start,
    light_kinds.StatisticalEntry: _entry,
    light_kinds.Slips: _slips,
}


def _known(month: Columns) -> Array:
    known: Array = (month["planned"] != MISSING) & (month["actual"] != MISSING)
    return known


def _select(conditions: list[Array], values: list[np.uint8], otherwise: np.uint8) -> Codes:
    """The first condition that holds decides."""
    return np.select(conditions, values, otherwise).astype(np.uint8)


def _months_later(days: Array, months: int) -> Array:
    """The same day some months later, the last one where the month is shorter."""
    first = days.astype("M8[M]")
    later = first + np.timedelta64(months, "M")
    last = (later + np.timedelta64(1, "M")).astype("M8[D]") - np.timedelta64(1, "D")
    same = later.astype("M8[D]") + (days - first.astype("M8[D]"))
    found: Array = np.minimum(same, last)
    return found


def _span(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    while first <= last:
        yield first
        first = next_month(first)


def _empty(months: int, projects: int) -> dict[str, Array]:
    shape = (months, projects)
    columns: dict[str, Array] = {name: np.full(shape, MISSING, np.int64) for name in PROGRESS}
    columns |= {name: np.full(shape, np.datetime64("NaT", "D")) for name in (*DUE, *EVENTS)}
    return columns | {name: np.zeros(shape, np.bool_) for name in (*FLAGS, THERE)}


def _fill(columns: Columns, place: tuple[int, int], month: Month) -> None:
    columns[THERE][place] = True
    for name in PROGRESS:
        if (share := getattr(month, name)) is not None:
            columns[name][place] = int(share * MILLION)
    for name in (*DUE, *EVENTS, *FLAGS):
        if (value := getattr(month, name)) is not None:
            columns[name][place] = value
