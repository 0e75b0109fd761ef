"""How often an enterprise is to be met, what is overdue, and how often is too often.

A need counts whole calendar periods: one visit a month is one in each month. A period in which
nobody was responsible from its first day on asks for nothing.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

_MONTHS_A_YEAR = 12


class Per(StrEnum):
    """The calendar period that a need is counted in; the value says how many months it has."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How long it is."""
        return {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[self.value]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar period, both days included."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Need:
    """So many contacts of a kind ("visit", "call") in each period."""

    kind: str
    times: int
    per: Per


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact that took place."""

    on: dt.date
    kind: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many contacts a period asks for, and how many it had."""

    need: Need
    period: Period
    had: int

    @property
    def missing(self) -> int:
        """How many are missing; 0 when enough took place."""
        return max(0, self.need.times - self.had)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an enterprise stands with its needs on a day.

    ``missed`` is what the last whole period fell short of, ``due`` what the running one still
    asks for by its last day.
    """

    missed: tuple[Count, ...]
    due: tuple[Count, ...]


def period_of(day: dt.date, per: Per) -> Period:
    """Return the calendar period that a day lies in."""
    start = (day.month - 1) // per.months * per.months
    first = dt.date(day.year, start + 1, 1)
    return Period(first, _months_later(first, per.months) - dt.timedelta(days=1))


def period_before(period: Period, per: Per) -> Period:
    """Return the period that ends the day before this one."""
    return period_of(period.first - dt.timedelta(days=1), per)


def _months_later(first: dt.date, months: int) -> dt.date:
    place = first.year * _MONTHS_A_YEAR + first.month - 1 + months
    return dt.date(place // _MONTHS_A_YEAR, place % _MONTHS_A_YEAR + 1, 1)


def first_day_needed(needs: Iterable[Need], as_of: dt.date) -> dt.date:
    """Return the first day whose contacts can matter to ``standing`` on a day."""
    days = [_last_whole(need, as_of).first for need in needs]
    return min(days, default=as_of)


def standing(
    needs: Sequence[Need], since: dt.date, contacts: Sequence[Contact], as_of: dt.date
) -> Standing:
    """Compare needs with contacts; ``since`` is the first day somebody was responsible."""
    known = [one for one in contacts if one.on <= as_of]
    missed, due = [], []
    for need in needs:
        before, now = _last_whole(need, as_of), period_of(as_of, need.per)
        if since <= before.first:
            missed.append(_counted(need, before, known))
        due.append(_counted(need, now, known))
    return Standing(_short(missed), _short(due))


def _last_whole(need: Need, as_of: dt.date) -> Period:
    return period_before(period_of(as_of, need.per), need.per)


def _counted(need: Need, period: Period, contacts: Iterable[Contact]) -> Count:
    inside = (one for one in contacts if period.first <= one.on <= period.last)
    return Count(need, period, sum(one.kind == need.kind for one in inside))


def _short(counts: Iterable[Count]) -> tuple[Count, ...]:
    return tuple(count for count in counts if count.missing)


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so many visits of one enterprise, by everybody together, in so many days."""

    visits: int
    days: int


def over_cap(days: Iterable[dt.date], new: dt.date, cap: Cap) -> tuple[dt.date, ...]:
    """Return the visits that fill the window into which a new one would fall; empty if it fits.

    A window is any ``cap.days`` consecutive days that contain the new one.
    """
    near = sorted(day for day in days if abs((day - new).days) < cap.days)
    for window in _windows(near, new, cap.days):
        if len(window) >= cap.visits:
            return window
    return ()


def _windows(near: Sequence[dt.date], new: dt.date, length: int) -> Iterator[tuple[dt.date, ...]]:
    """Yield what each window holds that begins at a visit or at the new day."""
    for first in sorted({*(day for day in near if day <= new), new}):
        last = first + dt.timedelta(days=length - 1)
        yield tuple(day for day in near if first <= day <= last)


def together(days: Iterable[dt.date], new: dt.date, within: int) -> tuple[dt.date, ...]:
    """Return the planned days near enough to a new one to go together, nearest first."""
    near = [day for day in days if abs((day - new).days) <= within]
    return tuple(sorted(near, key=lambda day: (abs((day - new).days), day)))
