"""What a case needs at a moment: its clocks as people see them, reminders, escalations."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from openzone.engines.cases import clocks
from openzone.engines.cases.clocks import ClockState, Worktime
from openzone.engines.cases.definition import CaseType
from openzone.engines.cases.events import Json
from openzone.engines.cases.fold import settle
from openzone.engines.cases.state import State
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_aware

NO_COLOUR = "green"


class ClockView(NamedTuple):
    """A clock at a moment.

    ``status``: ``running``, ``overdue``, ``paused``, ``met``, ``missed`` or ``stopped``. ``due``
    of a paused clock: where it stands if the clock runs again now. ``share``: of the limit used.
    """

    id: str
    label: Text
    started: dt.datetime
    due: dt.datetime
    stopped: dt.datetime | None
    status: str
    share: float
    colour: str
    provisional: bool
    years: tuple[int, ...]
    paused_minutes: int
    resumes_at: dt.datetime | None
    extensions: int
    round: int
    rounds: tuple[clocks.Round, ...]

    def to_json(self) -> dict[str, Json]:
        """Return it as plain data, moments with their time zone."""
        return {
            "id": self.id,
            "label": {"zh": self.label.zh, "en": self.label.en},
            "started": _moment(self.started),
            "due": _moment(self.due),
            "stopped": _moment(self.stopped),
            "state": self.status,
            "share": round(self.share, 4),
            "colour": self.colour,
            "provisional": self.provisional,
            "unpublished_years": list(self.years),
            "paused_minutes": self.paused_minutes,
            "resumes_at": _moment(self.resumes_at),
            "extensions": self.extensions,
            "round": self.round,
            "rounds": [
                {"due": _moment(r.due), "stopped": _moment(r.stopped), "state": r.outcome}
                for r in self.rounds
            ],
        }


class ReminderDue(NamedTuple):
    """A reminder that has fallen due. Together with the case this names it once and for all."""

    clock: str
    round: int
    share: float


class EscalationDue(NamedTuple):
    """A step of the ladder that has been reached and not been taken."""

    clock: str
    after_share: float
    to: str


def clock_views(
    type_: CaseType, state: State, now: dt.datetime, worktime: Worktime
) -> list[ClockView]:
    """Return every clock of a case at a moment, in the order of the type."""
    settled = settle(state, now, worktime)
    return [
        _view(type_, settled, settled.clocks[name], now, worktime)
        for name in type_.clocks
        if name in settled.clocks
    ]


def colour(type_: CaseType, clock: ClockState, now: dt.datetime, worktime: Worktime) -> str:
    """Return the colour of the highest share reached; green below all of them."""
    used, found = clocks.share(clock, now, worktime), NO_COLOUR
    for name, share in type_.clocks[clock.id].colours:
        if used >= share:
            found = name
    return found


def reminders_due(
    type_: CaseType, state: State, now: dt.datetime, worktime: Worktime
) -> tuple[ReminderDue, ...]:
    """Return the reminders reached; none of a closed case, and none of a clock at rest."""
    return tuple(
        ReminderDue(clock.id, clock.round, share)
        for clock in _running(state, now, worktime)
        for share in type_.clocks[clock.id].reminders
        if clocks.share(clock, now, worktime) >= share
    )


def escalations_due(
    type_: CaseType, state: State, now: dt.datetime, worktime: Worktime
) -> tuple[EscalationDue, ...]:
    """Return the steps of the ladder reached and not yet taken in this round of the clock."""
    running = {clock.id: clock for clock in _running(state, now, worktime)}
    return tuple(
        EscalationDue(step.clock, step.after_share, step.to)
        for step in type_.escalation
        if (clock := running.get(step.clock))
        and clocks.share(clock, now, worktime) >= step.after_share
        and not _is_taken(state, step.clock, step.to, clock)
    )


def next_moment(
    type_: CaseType, state: State, now: dt.datetime, worktime: Worktime
) -> dt.datetime | None:
    """Return when a case next needs looking at, if nobody acts: a share, a cap or a silence."""
    moments = [moment for moment in _ahead(type_, state, now, worktime) if moment > now]
    return min(moments, default=None)


def _ahead(
    type_: CaseType, state: State, now: dt.datetime, worktime: Worktime
) -> Iterator[dt.datetime]:
    if state.pause and state.pause.until:
        yield state.pause.until
    if state.lapse_from:
        yield state.lapse_from + dt.timedelta(microseconds=1)
    for clock in _running(state, now, worktime):
        shares = {*type_.clocks[clock.id].reminders, 1.0}
        shares |= {step.after_share for step in type_.escalation if step.clock == clock.id}
        for share in shares:
            yield clocks.moment_of(clock, share, worktime)


def _running(state: State, now: dt.datetime, worktime: Worktime) -> list[ClockState]:
    if state.closed:
        return []
    settled = settle(state, now, worktime)
    return [clock for clock in settled.clocks.values() if clock.outcome == "running"]


def _is_taken(state: State, clock: str, level: str, running: ClockState) -> bool:
    """Whether the step was taken since the clock's last round began."""
    since = running.rounds[-1].stopped if running.rounds else running.started
    return any(
        one.clock == clock and one.level == level and one.at >= since for one in state.escalations
    )


def _view(
    type_: CaseType, state: State, clock: ClockState, now: dt.datetime, worktime: Worktime
) -> ClockView:
    paused = clock.outcome == "paused"
    shown = (
        clocks.running_at(clock, max(now, clock.pauses[-1].start), worktime) if paused else clock
    )
    overdue = clock.outcome == "running" and now > clock.due
    return ClockView(
        id=clock.id,
        label=type_.clocks[clock.id].label,
        started=clock.started,
        due=shown.due,
        stopped=clock.stopped,
        status="overdue" if overdue else clock.outcome,
        share=clocks.share(clock, now, worktime),
        colour=colour(type_, clock, now, worktime),
        provisional=shown.provisional,
        years=shown.years,
        paused_minutes=clocks.paused_minutes(clock, now, worktime),
        resumes_at=state.pause.until if paused and state.pause else None,
        extensions=clock.extensions,
        round=clock.round,
        rounds=clock.rounds,
    )


def _moment(moment: dt.datetime | None) -> str | None:
    return None if moment is None else to_aware(moment).isoformat()
