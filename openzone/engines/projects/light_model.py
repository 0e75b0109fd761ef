"""What lights are computed from and what comes out: months of a project, colours, verdicts."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from openzone.engines.text import Text

NOT_YET = dt.date.max
"""Of a date: it is known not to have come. ``None`` is not known, which is something else."""


class Colour(StrEnum):
    """The colours of all rules; ``paused`` by approval, ``unknown`` where something is missing."""

    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"
    PAUSED = "paused"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Text:
        """The colour as people say it."""
        return LABELS[self]


LABELS: Mapping[Colour, Text] = {
    Colour.GREEN: Text("绿灯", "green"),
    Colour.BLUE: Text("蓝单", "blue"),
    Colour.YELLOW: Text("黄灯", "yellow"),
    Colour.RED: Text("红灯", "red"),
    Colour.PAUSED: Text("批准暂停", "paused with approval"),
    Colour.UNKNOWN: Text("无法判断", "unknown"),
}


@dataclass(frozen=True, slots=True)
class Override:
    """A colour set by hand from the month it stands in, with its reason, until a day.

    ``rule``: only under this rule; empty: under every one.
    """

    colour: Colour
    reason: str
    until: dt.date
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """What was reported of a project for one month.

    ``month`` is its first day. ``planned``, ``actual``: cumulative progress as a share (0.5 is
    50 %). ``due_start``, ``started_on``, ``statistics_on``: when it was to start, did start, came
    into the statistics. ``due_on``, ``done_on``: a deadline and when it was met. A date is ``None``
    where nothing is known, ``NOT_YET`` where it has not come; one reported in an earlier month
    holds on. ``paused``: with approval. A flag that is ``None`` was not raised by anybody.
    """

    month: dt.date
    project: str = ""
    planned: Decimal | None = None
    actual: Decimal | None = None
    due_start: dt.date | None = None
    started_on: dt.date | None = None
    statistics_on: dt.date | None = None
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    paused: bool | None = None
    expected_late: bool | None = None
    serious: bool | None = None
    poor_quality: bool | None = None
    reason_accepted: bool | None = None
    overrides: tuple[Override, ...] = ()
    reported: bool = True


@dataclass(slots=True)
class Carry:
    """What a rule keeps of the months before: dates that hold on, the run of months, an override.

    It is all that is needed to go on with the next month.
    """

    due_start: dt.date | None = None
    started_on: dt.date | None = None
    statistics_on: dt.date | None = None
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    run: int = 0
    broken_in: dt.date | None = None
    override: Override | None = None
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one month alone amounts to, before runs, pauses and overrides."""

    colour: Colour
    reason: Text
    signals: Mapping[str, object] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The colour of a project in a month under a rule.

    ``raw``: by the rule, before an override. ``signals``: the values it rests on. ``missing``: the
    fields without which it could not be told. ``run``: how many months running, where that counts.
    """

    project: str
    month: dt.date
    rule: str
    colour: Colour
    raw: Colour
    reason: Text
    signals: Mapping[str, object]
    missing: tuple[str, ...] = ()
    run: int = 0
    override: Override | None = None


@lru_cache(maxsize=4096)
def month_end(month: dt.date) -> dt.date:
    """Return the last day of a month."""
    return next_month(month) - dt.timedelta(days=1)


@lru_cache(maxsize=4096)
def next_month(month: dt.date) -> dt.date:
    """Return the first day of the month after."""
    return (month.replace(day=1) + dt.timedelta(days=31)).replace(day=1)


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, the last one where the month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    first = dt.date(index // 12, index % 12 + 1, 1)
    return first.replace(day=min(day.day, month_end(first).day))
