"""How pressing a case is: the colour of the running clock that is furthest gone."""

import datetime as dt
from typing import NamedTuple

from openzone.zone.cases.models import Case

CALM = "green"
# What packs call them, from calm to late.
ORDER = (CALM, "yellow", "orange", "red")


class Clock(NamedTuple):
    """A clock of a case as lists show it."""

    id: str
    due: dt.datetime
    outcome: str
    provisional: bool
    colour: str


def clocks(case: Case, now: dt.datetime) -> list[Clock]:
    """Return the clocks of a case with their colours at a moment, those that end first before."""
    found = [
        Clock(
            one["id"],
            dt.datetime.fromisoformat(one["due"]),
            one["outcome"],
            bool(one["provisional"]),
            _colour(one["colours"], now) if one["outcome"] == "running" else "",
        )
        for one in case.clocks
    ]
    return sorted(found, key=lambda clock: (clock.outcome != "running", clock.due))


def colour(case: Case, now: dt.datetime) -> str:
    """Return the worst colour of a case's running clocks, ``""`` where none runs."""
    running = [clock.colour for clock in clocks(case, now) if clock.colour]
    return max(running, key=_rank, default="")


def _colour(begins: dict[str, str], now: dt.datetime) -> str:
    reached = [name for name, at in begins.items() if dt.datetime.fromisoformat(at) <= now]
    return max(reached, key=_rank, default=CALM)


def _rank(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)
