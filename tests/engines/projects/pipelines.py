"""Projects in one line: logs written as text, counted by the shipped pipelines."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openzone.engines.projects.money import Stated
from openzone.engines.projects.stages import Back, Entry, Exit, LogItem
from openzone.engines.projects.statistics import Counters, Record, counters
from openzone.packs.pipelines import load_pipeline

SIX = load_pipeline("six_batches", None)
SEVEN = load_pipeline("seven_batches", None)
YI = Decimal(100_000_000)
YEAR = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def log(*items: str) -> tuple[LogItem, ...]:
    """``log("signed 2025-03-01", "back signed 2025-06-01", "void signed …", "exit other …")``."""
    return tuple(_item(*text.split()) for text in items)


def _item(*words: str) -> LogItem:
    day = on(words[-1])
    match words[:-1]:
        case ("back", stage):
            return Back(stage, day, "理由")
        case ("void", stage):
            return Back(None if stage == "none" else stage, day, "录入有误", void=True)
        case ("exit", reason):
            return Exit(reason, day)
    return Entry(words[0], day)


def project(name: str, *items: str, total: object = None, **more: Any) -> Record:
    """A project with its log; ``total`` in 亿元."""
    amounts = () if total is None else (Stated("total", Decimal(str(total)) * YI),)
    return Record(name, log(*items), **{"amounts": amounts, **more})


def counted(
    records: Iterable[Record],
    start: dt.date = YEAR[0],
    end: dt.date = YEAR[1],
    by: Sequence[str] = ("stage",),
    **more: Any,
) -> dict[tuple[str, ...], Decimal]:
    """Counts by key, without the rows that are zero."""
    found = entered(records, start, end, by, **more)
    return {row.key: row.count for row in found.rows if row.count}


def entered(
    records: Iterable[Record],
    start: dt.date = YEAR[0],
    end: dt.date = YEAR[1],
    by: Sequence[str] = ("stage",),
    **more: Any,
) -> Counters:
    return counters(records, SIX, start, end, by=by, **more)
