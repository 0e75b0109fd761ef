"""Whose minutes they were: the bar of holders, and holders in words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext

from openzone.engines.cases.holding import Stretch, minutes
from openzone.engines.cases.state import REQUESTER, THIRD, UNIT
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.www.cases import spans
from openzone.zone.people.models import Unit

UNIT_LOOKS = 4


class Part(NamedTuple):
    """One stretch of the bar, in hundredths of its length."""

    look: str
    x: str
    width: str


class HolderLine(NamedTuple):
    """What one holder had, in words."""

    look: str
    label: str
    minutes: str
    percent: int
    now: bool


class Held(NamedTuple):
    """The bar, in the order things happened, and the list below it."""

    parts: list[Part]
    holders: list[HolderLine]
    total: str


def unit_names(codes: Sequence[str] | None = None) -> dict[str, str]:
    """Return the names of units by code, of all of them or of these."""
    units = Unit.objects.all() if codes is None else Unit.objects.filter(code__in=codes)
    return dict(units.values_list("code", "name"))


def holder_word(holder: str, names: Mapping[str, str]) -> str:
    """Write who holds a case; nobody holds a closed one."""
    if not holder:
        return ""
    if holder == REQUESTER:
        return gettext("Requester")
    if holder.startswith(THIRD):
        return holder.removeprefix(THIRD)
    code = holder.removeprefix(UNIT)
    return names.get(code, code)


def held(
    stretches: Sequence[Stretch],
    calendar: WorkCalendar,
    now: dt.datetime,
    names: Mapping[str, str],
) -> Held:
    """Draw who had a case and for how many working minutes; the minutes add up to the whole."""
    by_holder = minutes(stretches, calendar, now)
    total = sum(by_holder.values())
    looks = _looks(list(by_holder))
    current = stretches[-1].holder if stretches and stretches[-1].end is None else ""
    lines = [
        HolderLine(
            looks[holder],
            holder_word(holder, names),
            spans.minutes(count),
            round(100 * count / total) if total else 0,
            holder == current,
        )
        for holder, count in by_holder.items()
    ]
    return Held(_parts(stretches, calendar, now, looks, total), lines, spans.minutes(total))


def _looks(holders: list[str]) -> dict[str, str]:
    """Give every holder a look: units in turn, the requester and others their own."""
    looks, units = {}, 0
    for holder in holders:
        if holder == REQUESTER:
            looks[holder] = "requester"
        elif holder.startswith(THIRD):
            looks[holder] = "third"
        else:
            looks[holder] = f"unit{units % UNIT_LOOKS}"
            units += 1
    return looks


def _parts(
    stretches: Sequence[Stretch],
    calendar: WorkCalendar,
    now: dt.datetime,
    looks: Mapping[str, str],
    total: int,
) -> list[Part]:
    parts, done = [], 0
    for holder, start, end in stretches:
        worked = calendar.working_minutes_between(start, end or max(now, start))
        if worked:
            x, width = 100 * done / total, 100 * worked / total
            parts.append(Part(looks[holder], f"{x:.2f}", f"{width:.2f}"))
        done += worked
    return parts
