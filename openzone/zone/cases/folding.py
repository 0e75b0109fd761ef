"""Between rows and the engine: events as they are stored, and what they add up to."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openzone.engines.cases.events import Event, Party
from openzone.engines.cases.fold import replay, settle
from openzone.engines.cases.state import State
from openzone.engines.worktime.localtime import to_aware, to_local
from openzone.zone.cases.models import Case, CaseEvent
from openzone.zone.cases.packs import type_of, worktime
from openzone.zone.statements import Prepared, Slot

_COLUMNS = (
    "seq", "at", "action", "by_kind", "by_id", "by_label", "by_unit", "by_role", "data",
)  # fmt: skip
HISTORY = Prepared(
    lambda: CaseEvent.objects.filter(case=Slot("case")).order_by("seq").values_list(*_COLUMNS)
)


def event_of(row: CaseEvent) -> Event:
    """Return a stored event as the engine knows it."""
    return event_from([getattr(row, name) for name in _COLUMNS])


def event_from(columns: Sequence[Any]) -> Event:
    """Return an event from the columns ``HISTORY`` reads."""
    seq, at, action, kind, id_, label, unit, role, data = columns
    return Event(seq, to_local(at), action, Party(kind, id_, label, unit or None, role), data)


def row_of(case: Case, event: Event) -> CaseEvent:
    """Return an event as it is stored."""
    by = event.by
    return CaseEvent(
        case=case,
        seq=event.seq,
        at=to_aware(event.at),
        action=event.action,
        by_kind=by.kind,
        by_id=by.id,
        by_label=by.label[:150],
        by_unit=by.unit or "",
        by_role=by.role,
        data=dict(event.data),
    )


def events_of(case: Case) -> list[Event]:
    """Return all events of a case in their order."""
    return [event_from(columns) for columns in HISTORY.rows(case=case.pk)]


def state_of(case: Case, events: Iterable[Event] | None = None) -> State:
    """Return what the events of a case add up to after the last of them."""
    return replay(type_of(case.version), events_of(case) if events is None else events, worktime())


def state_now(case: Case, now: dt.datetime) -> State:
    """Return what is so at a moment: a pause that reached its limit is over."""
    return settle(state_of(case), to_local(now), worktime())


def exported(case: Case, events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return events as they are exported; the first carries the definition, so it replays alone."""
    lines: list[dict[str, Any]] = [event.to_json(case.number) for event in events]
    if lines:
        opening: Mapping[str, Any] = lines[0]["data"]
        lines[0]["data"] = {**opening, "definition": type_of(case.version).mapping}
    return lines
