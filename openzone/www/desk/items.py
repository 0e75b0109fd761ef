"""What an area puts on somebody's desk.

An area is one small function from who asks to items; ``sources`` lists them. No area knows another.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import end_of_day, to_aware
from openzone.zone.people.models import User


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, when, and up to which day what falls due stands on the desk."""

    user: User
    now: dt.datetime
    day: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class Item:
    """A thing to do: why, what, where, and until when (``None``: no end is set).

    ``outside``: somebody outside the zone waits for it. ``case``: the case it is the page of.
    """

    area: Text
    why: Text
    title: str
    href: str
    icon: str
    at: dt.datetime | None
    label: Text
    act: str = ""
    outside: bool = False
    case: int | None = None


Source = Callable[[Asker], Iterable[Item]]


def end_of(day: dt.date | None) -> dt.datetime | None:
    """Return the last moment of a day, as the database has moments."""
    return to_aware(end_of_day(day)) if day is not None else None
