"""Clocks drawn: how much of a limit is used, where it stood still, when it is due.

The bar counts in the clock's own kind of time: a hundred units are the whole limit, whatever
nights and holidays lie in it, so that the bar and the percentage always agree.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.engines.cases.clocks import ClockState, Still, Worktime, share
from openzone.engines.cases.model import CaseType, ClockSpec
from openzone.engines.text import Text
from openzone.engines.worktime.durations import Unit
from openzone.www.cases import spans
from openzone.www.formats import say

WHOLE = 100.0

WORDS: Mapping[str, tuple[Promise, str]] = {
    "running": (_("running"), "hourglass"),
    "paused": (_("stands still"), "player-pause"),
    "met": (_("met"), "circle-check"),
    "missed": (_("missed"), "circle-x"),
    "stopped": (_("ended with its case"), "minus"),
}


class ClockLine(NamedTuple):
    """A clock as a page draws it. ``used``, ``over`` and ``marks`` are in units of the bar."""

    id: str
    label: Text
    word: str
    icon: str
    colour: str
    percent: int
    used: str
    over: str
    marks: tuple[str, ...]
    limit: str
    due: dt.datetime | None
    left: str
    provisional: bool
    pauses: tuple[str, ...]
    spoken: str


def drawn(clock: ClockState, type_: CaseType, now: dt.datetime, worktime: Worktime) -> ClockLine:
    """Return one clock of a case; ``now`` is local wall-clock time, as the clock's own moments."""
    spec = type_.clocks[clock.id]
    used = share(clock, now, worktime)
    late = clock.outcome == "missed" or (clock.outcome == "running" and now > clock.due)
    percent = round(100 * used)
    word = gettext("overdue") if late and clock.active else str(WORDS[clock.outcome][0])
    due = None if clock.outcome == "paused" else clock.due
    return ClockLine(
        clock.id,
        spec.label,
        word,
        "alert-triangle" if late and clock.active else WORDS[clock.outcome][1],
        colour_of(clock, spec, used, late=late),
        percent,
        _unit(min(used, 1.0)),
        _unit(min(used - 1.0, 0.5)) if used > 1.0 else "",
        tuple(_marks(clock, worktime)),
        say(clock.limit.text),
        due,
        spans.left(clock.due, now) if clock.outcome == "running" else "",
        clock.provisional,
        tuple(_pause(still) for still in clock.pauses),
        _spoken(spec.label, word, percent, due),
    )


def colour_of(clock: ClockState, spec: ClockSpec, used: float, *, late: bool) -> str:
    """Return the colour that repeats what the word says."""
    if late:
        return "red"
    if clock.outcome in ("paused", "stopped"):
        return "grey"
    if clock.outcome == "met":
        return "green"
    reached = [name for name, begins in spec.colours if used >= begins]
    return reached[-1] if reached else "green"


def _marks(clock: ClockState, worktime: Worktime) -> Iterator[str]:
    """Yield where on the bar the clock stood still."""

    def at(moment: dt.datetime) -> int:
        unit = clock.limit.unit
        if unit is Unit.WORKDAY or unit.counts_working_time:
            return worktime.calendar.position(moment)
        return (moment - clock.counted_from) // dt.timedelta(microseconds=1)

    stood = [one for one in clock.pauses if one.start >= clock.counted_from]
    lost = [at(one.end or one.start) - at(one.start) for one in stood]
    given = at(clock.due) - at(clock.counted_from) - sum(lost)
    for number, one in enumerate(stood):
        used = at(one.start) - at(clock.counted_from) - sum(lost[:number])
        yield _unit(min(used / given, 1.5) if given > 0 else 0)


def _unit(part: float) -> str:
    return f"{WHOLE * max(part, 0.0):.2f}"


def _pause(still: Still) -> str:
    first = still.start.strftime("%m-%d %H:%M")
    if still.end is None:
        return gettext("stands still since %(first)s") % {"first": first}
    last = still.end.strftime("%m-%d %H:%M")
    return gettext("stood still from %(first)s to %(last)s") % {"first": first, "last": last}


def _spoken(label: Text, word: str, percent: int, due: dt.datetime | None) -> str:
    parts = [f"{say(label)}: {word}", gettext("%(n)d%% used") % {"n": percent}]
    if due is not None:
        parts.append(gettext("due %(at)s") % {"at": due.strftime("%Y-%m-%d %H:%M")})
    return ", ".join(parts)


class Due(NamedTuple):
    """When a case of a list is due, in words, with the colour that repeats them."""

    at: dt.datetime
    words: str
    colour: str
    late: bool
    clock: str


def due_of(
    at: dt.datetime | None, now: dt.datetime, clock: str = "", colour: str = ""
) -> Due | None:
    """Return the due moment of a list's row; ``at`` and ``now`` are aware."""
    if at is None:
        return None
    late = at < now
    soon = at - now < dt.timedelta(days=1)
    return Due(at, spans.left(at, now), colour or _plain(late, soon), late, clock)


def _plain(late: bool, soon: bool) -> str:
    if late:
        return "red"
    return "orange" if soon else "green"
