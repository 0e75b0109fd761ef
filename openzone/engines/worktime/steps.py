"""The walk from receipt to due moment, one line a day, for people who check it by hand."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openzone.engines.text import Text
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.days import join_texts
from openzone.engines.worktime.durations import Duration, Unit
from openzone.engines.worktime.layers import days_between

_DAY_ZERO = Text("收到当日，不计入", "day of receipt, not counted")
_LATE = Text(
    "非工作时间收到，视为下一工作日收到",
    "received outside working hours, counts as the next working day",
)
_EXTENDED = Text(
    "期间最后一日为休息日，顺延", "the last day was a day of rest, so the limit runs on"
)


@dataclass(frozen=True, slots=True)
class Run:
    """One clock from receipt to due; ``nominal`` is the end before the rule moved it."""

    received: dt.datetime
    clock: Duration
    started: dt.datetime
    nominal: dt.datetime
    due: dt.datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One day of the count.

    ``amount`` and ``total`` are days for clocks in days, (working) minutes for the others;
    ``total`` is the running sum up to and including the day.
    """

    date: dt.date
    counted: bool
    amount: int
    total: int
    reason: Text

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return {
            "date": self.date.isoformat(),
            "counted": self.counted,
            "amount": self.amount,
            "total": self.total,
            "reason": {"zh": self.reason.zh, "en": self.reason.en},
        }


def steps(run: Run, calendar: WorkCalendar) -> Iterator[Step]:
    """Yield every day from receipt to due, counted or not, with the reason."""
    total = 0
    last_moment = run.due - dt.timedelta(microseconds=1)  # due at 00:00 needs nothing of that day
    for date in days_between(run.received.date(), last_moment.date()):
        amount = _amount(date, run, calendar)
        total += amount
        yield Step(date, amount > 0, amount, total, _reason(date, run, calendar))


def _amount(date: dt.date, run: Run, calendar: WorkCalendar) -> int:
    unit = run.clock.unit
    if unit is Unit.WORKDAY:
        return int(date > run.started.date() and calendar.is_workday(date))
    if unit is Unit.DAY:
        return int(run.started.date() < date <= run.nominal.date())
    start = max(run.started, dt.datetime.combine(date, dt.time()))
    end = min(run.due, dt.datetime.combine(date, dt.time()) + dt.timedelta(days=1))
    if end <= start:
        return 0
    if unit.counts_working_time:
        return calendar.working_minutes_between(start, end)
    return _clock_minutes(run, end) - _clock_minutes(run, start)


def _clock_minutes(run: Run, moment: dt.datetime) -> int:
    """Return whole minutes since the start, so that the days of a count add up to its amount."""
    return (moment - run.started) // dt.timedelta(minutes=1)


def _reason(date: dt.date, run: Run, calendar: WorkCalendar) -> Text:
    day = calendar.day(date)
    unit = run.clock.unit
    if unit in (Unit.HOUR, Unit.MINUTE):
        return Text("按钟点连续计算", "counted round the clock")
    if unit.counts_working_time:
        return day.reason
    if date == run.started.date():
        return join_texts([day.reason, _DAY_ZERO])
    if date == run.received.date():
        return join_texts([day.reason, _LATE])
    return join_texts([day.reason, _EXTENDED]) if date > run.nominal.date() else day.reason
