"""When something is due, and every day that was counted or skipped on the way there."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openzone.engines.text import Text
from openzone.engines.worktime.arithmetic import add, closing
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.durations import Duration, Unit
from openzone.engines.worktime.localtime import end_of_day, require_local
from openzone.engines.worktime.receipt import DayEnd, ReceiptRule
from openzone.engines.worktime.steps import Run, Step, steps

# The notice for a year may still change the last days of the year before: 国办发明电〔2018〕15号
# made 29 December 2018 a workday. No notice since 2004 reached further back.
_OPEN_TO_NEXT_NOTICE = (12, 29)


@dataclass(frozen=True, slots=True)
class DueResult:
    """The answer and its proof.

    ``started``: from when the clock runs (for clocks in days, the receipt that counts as day 0).
    ``provisional``: a day that decides the answer lies in one of ``unpublished_years``.
    """

    received: dt.datetime
    clock: Duration
    started: dt.datetime
    due: dt.datetime
    unpublished_years: tuple[int, ...]
    steps: tuple[Step, ...]
    notes: tuple[Text, ...]

    @property
    def provisional(self) -> bool:
        """Whether a calendar yet to be published can move the due moment."""
        return bool(self.unpublished_years)

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON-ready data, moments in local ISO form."""
        return {
            "received": self.received.isoformat(),
            "clock": self.clock.to_data(),
            "started": self.started.isoformat(),
            "due": self.due.isoformat(),
            "provisional": self.provisional,
            "unpublished_years": list(self.unpublished_years),
            "steps": [step.to_data() for step in self.steps],
            "notes": [{"zh": note.zh, "en": note.en} for note in self.notes],
        }


def due(
    received: dt.datetime, clock: Duration, calendar: WorkCalendar, rule: ReceiptRule
) -> DueResult:
    """Count a limit from receipt, and show every day of the count.

    Raises ``WorktimeError`` for a moment with a time zone or a limit beyond the calendar.
    """
    run = _run(received, clock, calendar, rule)
    deciding = _deciding_days(run, calendar, rule)
    return DueResult(
        received=received,
        clock=clock,
        started=run.started,
        due=run.due,
        unpublished_years=calendar.unpublished_years(*deciding) if deciding else (),
        steps=tuple(steps(run, calendar)),
        notes=tuple(_notes(deciding[1], calendar)) if deciding else (),
    )


def due_moment(
    received: dt.datetime, clock: Duration, calendar: WorkCalendar, rule: ReceiptRule
) -> dt.datetime:
    """Return only the due moment; for lists of many cases."""
    return _run(received, clock, calendar, rule).due


def due_and_years(
    received: dt.datetime, clock: Duration, calendar: WorkCalendar, rule: ReceiptRule
) -> tuple[dt.datetime, tuple[int, ...]]:
    """Return the due moment and the unpublished years it rests on, without the walk over days."""
    run = _run(received, clock, calendar, rule)
    deciding = _deciding_days(run, calendar, rule)
    return run.due, calendar.unpublished_years(*deciding) if deciding else ()


def _run(received: dt.datetime, clock: Duration, calendar: WorkCalendar, rule: ReceiptRule) -> Run:
    require_local(received)
    started = _started(received, clock.unit, calendar, rule)
    nominal = add(calendar, started, clock)
    return Run(received, clock, started, nominal, _due(nominal, clock.unit, calendar, rule))


def _started(
    received: dt.datetime, unit: Unit, calendar: WorkCalendar, rule: ReceiptRule
) -> dt.datetime:
    if unit.counts_working_time:
        return calendar.next_working_moment(received)
    if unit in rule.late_units and _is_late(received, calendar):
        return calendar.next_working_moment(received)
    return received


def _is_late(received: dt.datetime, calendar: WorkCalendar) -> bool:
    last = calendar.closing(received.date())
    return last is None or received > last


def _due(
    nominal: dt.datetime, unit: Unit, calendar: WorkCalendar, rule: ReceiptRule
) -> dt.datetime:
    """Move the nominal end to where the rule puts it: which day, and when on that day."""
    day = nominal.date()
    if unit is Unit.WORKDAY:
        return _end(day, rule.workday_ends, calendar)
    if unit is not Unit.DAY:
        return nominal
    if rule.rest_day_extends and not calendar.is_workday(day):
        day = calendar.shift_workdays(day, 1)
    return _end(day, rule.day_ends, calendar)


def _end(day: dt.date, end: DayEnd, calendar: WorkCalendar) -> dt.datetime:
    return closing(calendar, day) if end is DayEnd.CLOSING else end_of_day(day)


def _deciding_days(
    run: Run, calendar: WorkCalendar, rule: ReceiptRule
) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day whose kind the answer rests on; none for clock time."""
    if run.clock.unit in (Unit.HOUR, Unit.MINUTE):
        return None
    if run.clock.unit is not Unit.DAY or run.clock.unit in rule.late_units:
        return run.received.date(), run.due.date()
    if rule.rest_day_extends or rule.day_ends is DayEnd.CLOSING:
        return run.nominal.date(), run.due.date()
    return None


def _notes(last: dt.date, calendar: WorkCalendar) -> Iterator[Text]:
    next_year = last.year + 1
    is_open = (last.month, last.day) >= _OPEN_TO_NEXT_NOTICE
    if is_open and calendar.is_published(last.year) and not calendar.is_published(next_year):
        yield Text(
            "{next}年放假安排尚未公布，其元旦安排仍可能调整{year}年最后几天",
            "the notice for {next} is not published; its New Year holiday may still change "
            "the last days of {year}",
        ).format(next=next_year, year=last.year)
