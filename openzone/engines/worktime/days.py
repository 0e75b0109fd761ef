"""What kind of day a day is, and the sentence that says why."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from openzone.engines.text import Text
from openzone.engines.worktime.intervals import Intervals, join
from openzone.engines.worktime.layers import WEEKDAY_NAMES, Closure, DayEntry, EntryKind

NOT_PUBLISHED = Text(
    "（当年放假安排尚未公布，暂按周一至周五计）",
    " (calendar of the year not published yet: Monday to Friday for now)",
)
_AND = Text("；", "; ")


class DayKind(StrEnum):
    """Why a day is worked or not."""

    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"
    CLOSED = "closed"  # would be worked, but is closed from morning to evening


@dataclass(frozen=True, slots=True)
class Ruling:
    """An entry that settles a day, and the number of its document."""

    entry: DayEntry
    document: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a calendar. ``documents`` are the numbers of those that settle it."""

    date: dt.date
    kind: DayKind
    intervals: Intervals
    reason: Text
    documents: tuple[str, ...]
    published: bool

    @property
    def working(self) -> bool:
        """Whether it is a working day (工作日); a half day is one."""
        return bool(self.intervals)

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return {
            "date": self.date.isoformat(),
            "kind": self.kind.value,
            "working": self.working,
            "intervals": [str(interval) for interval in self.intervals],
            "reason": {"zh": self.reason.zh, "en": self.reason.en},
            "documents": list(self.documents),
            "published": self.published,
        }


def join_texts(texts: Iterable[Text]) -> Text:
    """String clauses together with semicolons, in both languages."""
    parts = list(texts)
    return Text(_AND.zh.join(p.zh for p in parts), _AND.en.join(p.en for p in parts))


def status_reason(date: dt.date, ruling: Ruling | None, *, worked: bool) -> Text:
    """Say why the week or a document makes a day a workday or a day of rest."""
    if ruling is None:
        pattern = Text("{zh}，工作日", "{en}, working day")
        rest = Text("{zh}，休息日", "{en}, day of rest")
        return (pattern if worked else rest).format(**_names(WEEKDAY_NAMES[date.weekday()]))
    if ruling.entry.kind is EntryKind.HOLIDAY:
        return Text("{zh}放假", "holiday: {en}").format(**_names(ruling.entry.name))
    return Text("{zh}调休上班", "make-up workday for {en}").format(**_names(ruling.entry.name))


def hours_reason(entry: DayEntry) -> Text:
    """Say which hours a document gives the day."""
    return Text("{zh}，工作时间{hours}", "{en}, working hours {hours}").format(
        hours=join(entry.intervals), **_names(entry.name)
    )


def closure_reason(closure: Closure, date: dt.date) -> Text:
    """Say when and why the day is closed."""
    return Text("{window}停办：{zh}", "closed {window}: {en}").format(
        window=closure.window(date), **_names(closure.reason)
    )


def _names(name: Text) -> dict[str, str]:
    return {"zh": name.zh, "en": name.en}
