"""A case as plain data: what it is, its clocks, and who had it for how long."""

import datetime as dt

from openzone.engines.cases import holding
from openzone.engines.cases.attention import clock_views
from openzone.engines.cases.clocks import Worktime
from openzone.engines.cases.definition import CaseType
from openzone.engines.cases.events import Json
from openzone.engines.cases.fold import settle
from openzone.engines.cases.state import State
from openzone.engines.worktime.localtime import to_aware


def summary(type_: CaseType, state: State, now: dt.datetime, worktime: Worktime) -> dict[str, Json]:
    """Return what a replay prints: state, clocks, working minutes by holder, stretches.

    ``now`` is at or after the last event. The minutes of all holders add up to
    ``elapsed_minutes``.
    """
    settled = settle(state, now, worktime)
    calendar = worktime.calendar
    return {
        "case": state.number,
        "type": state.type,
        "version": state.version,
        "now": to_aware(now).isoformat(),
        "state": _state(settled),
        "clocks": [view.to_json() for view in clock_views(type_, state, now, worktime)],
        "minutes": dict(holding.minutes(settled.stretches, calendar, now)),
        "elapsed_minutes": holding.elapsed(settled.spans, calendar, now),
        "stretches": [
            {
                "holder": stretch.holder,
                "start": _moment(stretch.start),
                "end": _moment(stretch.end),
                "minutes": calendar.working_minutes_between(
                    stretch.start, stretch.end or max(now, stretch.start)
                ),
            }
            for stretch in settled.stretches
        ],
    }


def _state(state: State) -> dict[str, Json]:
    return {
        "stage": state.stage,
        "closed": state.closed,
        "outcome": state.outcome,
        "word_by": state.word_by,
        "holder": state.holder,
        "lead": state.lead,
        "handler": state.handler,
        "opened_at": _moment(state.opened_at),
        "closed_at": _moment(state.closed_at),
        "last_seq": state.last_seq,
        "priority": state.priority,
        "about_unit": state.about_unit,
        "requester": state.requester.to_json(),
        "parts": _parts(state),
        "pauses": _pauses(state),
        "bounces": state.bounces,
        "redo": state.redo,
        "objections": [
            {"unit": one.unit, "reason": one.reason, "at": _moment(one.at), "upheld": one.upheld}
            for one in state.objections
        ],
        "extensions_asked": [{"clock": one.clock, "by": one.by} for one in state.extensions],
        "tasks": _tasks(state),
        "satisfaction": state.satisfaction,
        "merged_into": state.merged_into,
        "taken_in": list(state.taken_in),
        "children": list(state.children),
    }


def _parts(state: State) -> dict[str, Json]:
    return {
        code: {
            "asks": part.asks,
            "answer": part.answer,
            "asked_at": _moment(part.asked_at),
            "answered_at": _moment(part.answered_at),
        }
        for code, part in state.parts.items()
    }


def _pauses(state: State) -> list[Json]:
    return [
        {
            "reason": pause.reason,
            "document": pause.document,
            "holder": pause.holder,
            "started": _moment(pause.started),
            "until": _moment(pause.until),
            "ended": _moment(pause.ended),
            "capped": pause.capped,
            "stops_clocks": pause.stops_clocks,
        }
        for pause in state.pauses
    ]


def _tasks(state: State) -> list[Json]:
    return [
        {
            "id": task.id,
            "task": task.what,
            "owner": task.owner,
            "due": task.due,
            "finished_at": _moment(task.finished_at),
        }
        for task in state.tasks
    ]


def _moment(moment: dt.datetime | None) -> str | None:
    return None if moment is None else to_aware(moment).isoformat()
