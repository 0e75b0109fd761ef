"""What lists read: the columns of a case and the rows beside it, made from its state."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from openzone.engines.cases.attention import next_moment
from openzone.engines.cases.clocks import ClockState, moment_of
from openzone.engines.cases.events import read_moment
from openzone.engines.cases.fold import settle
from openzone.engines.cases.model import CaseType
from openzone.engines.cases.state import UNIT, State
from openzone.engines.worktime.localtime import end_of_day, to_aware, to_local
from openzone.zone.cases.enums import Pending
from openzone.zone.cases.models import Case, Meeting, Part, Task
from openzone.zone.cases.packs import worktime
from openzone.zone.people.models import Unit

# The columns that follow from the events: what ``project`` writes.
PROJECTED = (
    "stage", "closed", "outcome", "holder", "holder_unit", "lead", "handler", "merged_into",
    "priority", "pending", "escalated", "supervised", "bounces", "redo", "satisfaction",
    "closed_at", "changed_at", "last_seq", "clocks", "due_at", "due_clock", "wake_at",
)  # fmt: skip


class Units:
    """Units by code; each is read once."""

    def __init__(self, *known: Unit | None) -> None:
        self._by_code = {unit.code: unit for unit in known if unit is not None}

    def get(self, code: str | None) -> Unit | None:
        """Return the unit of a code, ``None`` for none or one that is not on record."""
        if not code:
            return None
        if code not in self._by_code:
            found = Unit.objects.filter(code=code).first()
            if found is None:
                return None
            self._by_code[code] = found
        return self._by_code[code]


def project(
    case: Case, state: State, type_: CaseType, units: Units, before: State | None = None
) -> None:
    """Write what a state says into the columns of a case; the caller saves it.

    With the state ``before`` that the columns tell of, units that stayed are not looked up again.
    A pause that reached its limit by the time the case was last looked after is over.
    """
    looked = to_local(case.ticked_at) if case.ticked_at else state.last_at
    state = settle(state, max(looked, state.last_at), worktime())
    holder = state.holder or ""
    case.stage, case.closed, case.outcome = state.stage, state.closed, state.outcome
    if before is None or case.holder != holder:
        code = holder.removeprefix(UNIT) if holder.startswith(UNIT) else None
        case.holder, case.holder_unit = holder, units.get(code)
    if before is None or before.lead != state.lead:
        case.lead = units.get(state.lead)
    case.handler_id = int(state.handler) if state.handler and state.handler.isdigit() else None
    _project_merge(case, state)
    case.priority = state.priority
    case.pending = ",".join(_pending(state, type_))
    case.escalated = state.escalations[-1].level if state.escalations else ""
    case.supervised = bool(state.supervisions)
    case.bounces, case.redo = state.bounces, state.redo
    case.satisfaction = state.satisfaction
    case.closed_at = to_aware(state.closed_at) if state.closed_at else None
    case.changed_at, case.last_seq = to_aware(state.last_at), state.last_seq
    case.clocks = [_clock(clock, type_) for clock in state.clocks.values()]
    _project_due(case, state)
    wake = next_moment(type_, state, max(looked, state.opened_at), worktime())
    case.wake_at = to_aware(wake) if wake and not state.closed else None


def project_rows(case: Case, before: State | None, state: State, units: Units) -> None:
    """Bring the rows of parts, meetings and tasks up to a state; what did not change is left."""
    for code, part in state.parts.items():
        unit = units.get(code)
        if unit is not None and (before is None or before.parts.get(code) != part):
            Part.objects.update_or_create(
                case=case, unit=unit,
                defaults={
                    "asks": part.asks,
                    "answer": part.answer,
                    "answered_at": _aware(part.answered_at),
                },
            )  # fmt: skip
    if before is not None and len(state.parts) < len(before.parts):
        Part.objects.filter(case=case).exclude(unit__code__in=list(state.parts)).delete()
    for meeting in state.meetings:
        if before is None or meeting not in before.meetings:
            Meeting.objects.update_or_create(
                case=case, ref=meeting.id,
                defaults={
                    "called_at": to_aware(meeting.called_at),
                    "planned_at": _aware(meeting.at),
                    "units": list(meeting.units),
                    "held_at": _aware(meeting.held_at),
                    "attended": list(meeting.attended),
                    "minutes": meeting.minutes,
                },
            )  # fmt: skip
    for task in state.tasks:
        owner = units.get(task.owner)
        if owner is not None and (before is None or task not in before.tasks):
            Task.objects.update_or_create(
                case=case, ref=task.id,
                defaults={
                    "meeting": task.meeting,
                    "title": task.what,
                    "owner": owner,
                    "due_at": _due(task.due),
                    "finished_at": _aware(task.finished_at),
                    "evidence": list(task.evidence),
                },
            )  # fmt: skip


def _project_merge(case: Case, state: State) -> None:
    known = case.merged_into.number if case.merged_into is not None else None
    if known != state.merged_into:
        case.merged_into = Case.objects.filter(number=state.merged_into).first()


def _project_due(case: Case, state: State) -> None:
    running = [clock for clock in state.clocks.values() if clock.outcome == "running"]
    first = min(running, key=lambda clock: clock.due, default=None)
    case.due_at = to_aware(first.due) if first else None
    case.due_clock = first.id if first else ""


def _pending(state: State, type_: CaseType) -> list[str]:
    """Return whose word above the handler a case waits for."""
    waits = {
        Pending.BOUNCED: state.bounces_in_row > type_.bounces,
        Pending.OBJECTION: any(one.upheld is None for one in state.objections),
        Pending.EXTENSION: bool(state.extensions),
        Pending.WORD: state.proposal is not None and not state.closed,
        Pending.APPEAL: state.appeal is not None and state.appeal.upheld is None,
    }
    return [str(word) for word, is_so in waits.items() if is_so]


def _clock(clock: ClockState, type_: CaseType) -> dict[str, Any]:
    """Return a clock as lists show it: moments in ISO form, colours with the moment they begin."""
    spec = type_.clocks[clock.id]
    running = clock.outcome == "running"
    colours: Mapping[str, str] = {
        name: to_aware(moment_of(clock, share, worktime())).isoformat()
        for name, share in (spec.colours if running else ())
    }
    return {
        "id": clock.id,
        "started": to_aware(clock.started).isoformat(),
        "due": to_aware(clock.due).isoformat(),
        "outcome": clock.outcome,
        "stopped": to_aware(clock.stopped).isoformat() if clock.stopped else None,
        "provisional": clock.provisional,
        "round": clock.round,
        "extensions": clock.extensions,
        "colours": dict(colours),
    }


def _aware(moment: dt.datetime | None) -> dt.datetime | None:
    return to_aware(moment) if moment is not None else None


def _due(text: str) -> dt.datetime | None:
    """Return when a task is due: a day ends with its last second."""
    moment = read_moment(text)
    if moment is None:
        return None
    return to_aware(end_of_day(moment.date()) if len(text) <= len("2026-09-30") else moment)
