"""The clocks of approvals, the day the goal can be reached, and what the graph saves.

Working days are counted by whoever calls: ``due`` from the moment a clock starts, ``later`` from a
day. A clock stands still while the applicant has to hand something in.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from graphlib import TopologicalSorter

from openzone.engines.projects.permits import (
    Item,
    PermitState,
    Track,
    critical_path,
    has_land,
    standings,
)
from openzone.engines.text import Text

Due = Callable[[dt.datetime, int], dt.datetime]
"""When so many working days from a moment are over."""
Later = Callable[[dt.date, int], dt.date]
"""The n-th working day after a day."""

NO_DAY = Text("取得土地的日期未知", "nobody knows yet when the land is obtained")
ENDED = Text("该路径已终止", "this way has ended")


class ClockKind(StrEnum):
    """What a clock is about."""

    REVIEW = "review"
    FORMAL = "formal"
    CONVERT = "convert"


@dataclass(frozen=True, slots=True)
class Filed:
    """Papers as handed in last, and whether they were sent back since."""

    at: dt.datetime
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A running clock of an item: since when, until when."""

    item: Item
    kind: ClockKind
    start: dt.datetime
    due: dt.datetime

    def late(self, now: dt.datetime) -> bool:
        """Whether its time is over."""
        return now > self.due


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the goal can be reached, and the items that decide it, the first first.

    ``days``: when each item can be there, None where nobody can say; ``unknown`` says why.
    """

    goal: dt.date | None
    chain: tuple[str, ...] = ()
    days: Mapping[str, dt.date | None] = field(default_factory=dict)
    unknown: Text | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Working days: one item after the other, side by side, and with opinions once the land is."""

    serial: int
    parallel: int
    after_land: int

    @property
    def saved(self) -> int:
        """What starting on land acquisition saves against one after the other."""
        return self.serial - self.after_land


def clocks(
    items: Sequence[Item], track: Track, filed: Mapping[str, Filed], on: dt.date, due: Due
) -> dict[str, Clock]:
    """Return the clocks that run on a day, by item."""
    states = {one.item.id: one.state for one in standings(items, track, on)}
    found = (_clock(one, track, states[one.id], filed.get(one.id), on, due) for one in items)
    return {clock.item.id: clock for clock in found if clock is not None}


def compare(items: Sequence[Item]) -> Comparison:
    """Compare the ways through the same items; all working days are those of the items.

    Where nothing needs land, nothing is reviewed ahead of it: the last is the second.
    """
    if not any(one.land for one in items):
        path = critical_path(items)[0]
        return Comparison(sum(one.workdays for one in items), path, path)
    beforehand = [one.id for one in items if not one.land]
    with_opinions = [
        replace(one, workdays=_formal_days(one)) if one.ahead else one for one in items
    ]
    return Comparison(
        sum(one.workdays for one in items),
        critical_path(items)[0],
        critical_path(with_opinions, beforehand)[0],
    )


def forecast(
    items: Sequence[Item],
    track: Track,
    running: Mapping[str, Clock],
    goal: str,
    today: dt.date,
    later: Later,
    expected: dt.date | None = None,
) -> Forecast:
    """Return the day on which the goal can be issued if everybody keeps their time.

    ``expected``: the day on which the land is to be obtained, as far as anybody knows. What is
    late is taken to come on the next working day.
    """
    if track.lost is not None:
        return Forecast(None, unknown=ENDED)
    states = {one.item.id: one.state for one in standings(items, track, today)}
    reckoning = _Reckoning(
        {one.id: one for one in items}, track, running, today, later,
        track.obtained or expected, states,
    )  # fmt: skip
    days: dict[str, dt.date | None] = {}
    because: dict[str, str] = {}
    for name in TopologicalSorter({one.id: one.after for one in items}).static_order():
        days[name], because[name] = reckoning.finish(name, days, today)
    unknown = NO_DAY if days[goal] is None else None
    return Forecast(days[goal], _chain(goal, because, track), days, unknown)


@dataclass(frozen=True, slots=True)
class _Reckoning:
    items: Mapping[str, Item]
    track: Track
    running: Mapping[str, Clock]
    today: dt.date
    later: Later
    land: dt.date | None
    states: Mapping[str, PermitState]

    def finish(
        self, name: str, known: Mapping[str, dt.date | None], today: dt.date
    ) -> tuple[dt.date | None, str]:
        """Return when an item can be issued, and the item it waits for last."""
        item = self.items[name]
        if name in self.track.red:
            return self.track.red[name], ""
        before = () if item.committed else item.after
        begins, last = today, ""
        for each in before:
            day = known[each]
            if day is None:
                return None, each
            if day > begins:
                begins, last = day, each
        if item.land:
            if self.land is None:
                return None, last
            if self.land > begins:
                begins, last = self.land, ""
        return self._done(item, begins, today), last

    def _done(self, item: Item, begins: dt.date, today: dt.date) -> dt.date:
        clock = self.running.get(item.id)
        ends = None if clock is None else max(clock.due.date(), self._next(clock, today))
        if ends is not None and clock is not None and clock.kind is not ClockKind.REVIEW:
            return ends
        if not item.ahead:
            return self.later(begins, item.workdays)
        reviewed = ends or (today if self._holds(item) else self.later(today, item.workdays))
        return self.later(max(begins, reviewed), _formal_days(item))

    def _next(self, clock: Clock, today: dt.date) -> dt.date:
        return today if clock.due.date() >= today else self.later(today, 1)

    def _holds(self, item: Item) -> bool:
        return self.states[item.id] is PermitState.BLUE


def _chain(goal: str, because: Mapping[str, str], track: Track) -> tuple[str, ...]:
    found = [goal] if goal not in track.red else []
    while found and (before := because[found[-1]]) and before not in track.red:
        found.append(before)
    return tuple(reversed(found))


def _formal_days(item: Item) -> int:
    return item.workdays if item.formal is None else item.formal


def _clock(
    item: Item, track: Track, state: PermitState, filed: Filed | None, on: dt.date, due: Due
) -> Clock | None:
    if state in (PermitState.RED, PermitState.LAPSED):
        return None
    if state is PermitState.BLUE:
        return _converting(item, track, on, due)
    if filed is None or filed.returned or filed.at.date() > on:
        return None
    if item.ahead:
        blue = track.blue.get(item.id)
        if blue is not None and filed.at.date() < blue.on:
            return None
        return Clock(item, ClockKind.REVIEW, filed.at, due(filed.at, item.workdays))
    if state is PermitState.WAITING:
        return None
    start = max([filed.at, *_moments(item, track)])
    return Clock(item, ClockKind.FORMAL, start, due(start, item.workdays))


def _converting(item: Item, track: Track, on: dt.date, due: Due) -> Clock | None:
    """Making an opinion a permit: from the day the land and what it follows are there."""
    waits = () if item.committed else item.after
    if not has_land(track, on) or any(each not in track.red for each in waits):
        return None
    start = max(_moments(item, track))
    return Clock(item, ClockKind.CONVERT, start, due(start, _formal_days(item)))


def _moments(item: Item, track: Track) -> Iterable[dt.datetime]:
    days = [] if item.committed else [track.red[each] for each in item.after if each in track.red]
    if item.land and track.obtained is not None:
        days.append(track.obtained)
    if (blue := track.blue.get(item.id)) is not None:
        days.append(blue.on)
    return [dt.datetime.combine(day, dt.time()) for day in days]
