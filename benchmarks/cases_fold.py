"""Folding the histories of cases, beside the plain way of doing it.

    python -m benchmarks.cases_fold [--cases 300]

The plain way keeps no running state: for each new event it goes through the history again, finds
who had the case by walking it minute by minute over the day's hours, and the due moment by walking
day by day. Both see the same histories of 20 events over about six weeks, and must agree on the
minutes of every holder and on the due moment of the clock.
"""

import argparse
import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence

from openzone.engines.cases import holding
from openzone.engines.cases.clocks import Worktime
from openzone.engines.cases.events import Event, Json, Party
from openzone.engines.cases.fold import apply, replay
from openzone.engines.cases.model import CaseType
from openzone.engines.cases.state import State
from openzone.packs.calendars import default_receipt_rule, national_calendar
from openzone.packs.services import service_type

WORKTIME = Worktime(national_calendar(), default_receipt_rule())
FIRM = Party("requester", "e1", "示例企业")
CENTRE = Party("user", "c1", "中心", "CENTRE")
UNITS = {code: Party("user", code, code, code) for code in ("FIN", "LAND")}
MATERIAL: Mapping[str, Json] = {"what": "合同", "reason": "material", "document": "通知书"}
SCRIPT: Sequence[tuple[int, str, Party, Mapping[str, Json]]] = (
    (0, "open", FIRM, {"number": "N", "centre": "CENTRE", "topic": "other"}),
    (1, "route", CENTRE, {"unit": "LAND"}),
    (3, "decline", UNITS["LAND"], {"reason": "非本部门职责"}),
    (1, "route", CENTRE, {"unit": "FIN"}),
    (4, "accept", UNITS["FIN"], {}),
    (2, "contact", UNITS["FIN"], {}),
    (20, "ask_requester", UNITS["FIN"], MATERIAL),
    (70, "supply", FIRM, {}),
    (5, "involve", UNITS["FIN"], {"unit": "LAND", "asks": "用地情况"}),
    (30, "contribute", UNITS["LAND"], {"text": "已核"}),
    (4, "answer", UNITS["FIN"], {"text": "方案"}),
    (20, "ask_extension", UNITS["FIN"], {"clock": "resolve", "limit": "5 workdays", "reason": "x"}),
    (3, "grant_extension", CENTRE, {}),
    (40, "ask_requester", UNITS["FIN"], MATERIAL),
    (30, "supply", FIRM, {}),
    (60, "finish", UNITS["FIN"], {"text": "已解决", "evidence": ["a"]}),
    (50, "dissatisfied", FIRM, {"reason": "未解决"}),
    (60, "note", UNITS["FIN"], {"text": "现场办公"}),
    (40, "finish", UNITS["FIN"], {"text": "已解决", "evidence": ["b"]}),
    (30, "confirm", FIRM, {"satisfied": 5}),
)


def main() -> None:
    """Print what a whole fold, one more event and the plain way cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=300)
    wanted = parser.parse_args().cases
    type_ = service_type("enterprise_request")
    histories = [_history(number) for number in range(wanted)]
    states = [replay(type_, events[:-1], WORKTIME) for events in histories]
    _check(type_, histories[0])
    whole = _each(lambda n: replay(type_, histories[n], WORKTIME), wanted)
    last = _each(lambda n: apply(type_, states[n], histories[n][-1], WORKTIME), wanted)
    few = max(1, min(wanted, 5))
    naive = _each(lambda n: _plain(type_, histories[n]), few)
    print(f"fold of {len(SCRIPT)} events: {whole * 1e3:.3f} ms ({wanted:,} cases)")
    print(f"one more event:     {last * 1e3:.3f} ms")
    print(f"the plain way:      {naive * 1e3:.1f} ms, {naive / whole:,.0f} times as long")


def _history(number: int) -> list[Event]:
    at = dt.datetime.fromisoformat("2026-09-14T09:00") + dt.timedelta(minutes=number % 400)
    events = []
    for seq, (hours, action, by, data) in enumerate(SCRIPT, start=1):
        at += dt.timedelta(hours=hours)
        events.append(Event(seq, at, action, by, data))
    return events


def _each(work: Callable[[int], object], times: int) -> float:
    """Return the processor seconds of one call, the best of three rounds over all cases."""
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        for number in range(times):
            work(number)
        best = min(best, (time.process_time() - begun) / times)
    return best


def _plain(type_: CaseType, events: Sequence[Event]) -> tuple[dict[str, int], dt.date]:
    """Fold again from the first event for every event, and walk the time."""
    held: dict[str, int] = {}
    for count in range(1, len(events) + 1):
        state = replay(type_, events[:count], WORKTIME)
        held = _walked(state, events[count - 1].at)
    return held, _walked_due(state)


def _walked(state: State, now: dt.datetime) -> dict[str, int]:
    held: dict[str, int] = {}
    for holder, start, end in state.stretches:
        minute = start
        while minute < (end or now):
            day = WORKTIME.calendar.intervals(minute.date())
            clock = minute.hour * 60 + minute.minute
            held[holder] = held.get(holder, 0) + any(i.start <= clock < i.end for i in day)
            minute += dt.timedelta(minutes=1)
    return held


def _walked_due(state: State) -> dt.date:
    """Return the due day of ``resolve``: every working day on which it did not stand still."""
    clock = state.clocks["resolve"]
    left, day = clock.limit.amount + clock.extended, clock.started.date()
    while left:
        day += dt.timedelta(days=1)
        stood = any(_counts_on(s.start) < day <= _counts_on(s.end or s.start) for s in clock.pauses)
        left -= WORKTIME.calendar.is_workday(day) and not stood
    return day


def _counts_on(moment: dt.datetime) -> dt.date:
    """Return the day a moment counts for: after closing, and on a day of rest, the next worked."""
    day, hours = moment.date(), WORKTIME.calendar.intervals(moment.date())
    if hours and moment.hour * 60 + moment.minute <= hours[-1].end:
        return day
    while True:
        day += dt.timedelta(days=1)
        if WORKTIME.calendar.is_workday(day):
            return day


def _check(type_: CaseType, events: Sequence[Event]) -> None:
    state = replay(type_, events, WORKTIME)
    held, due = _plain(type_, events)
    ours = holding.minutes(state.stretches, WORKTIME.calendar, events[-1].at)
    if {holder: n for holder, n in ours.items() if n} != {h: n for h, n in held.items() if n}:
        raise SystemExit(f"they differ: {ours} and {held}")
    if state.clocks["resolve"].due.date() != due:
        raise SystemExit(f"they differ: {state.clocks['resolve'].due} and {due}")


if __name__ == "__main__":
    main()
