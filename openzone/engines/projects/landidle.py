"""Idle land (闲置土地): how near a parcel is to what the national rule calls idle.

Measures on the Disposal of Idle Land (闲置土地处置办法, decree 53 of 2012), article 2: not begun a
year after the agreed day to begin; or begun, with less than a third of the area or a quarter of
the investment, and stopped for a year. Whether land *is* idle is found by the authority after an
inquiry; here is only said when the limits are near or past. The figures come from the pack.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from openzone.engines.text import Text


@dataclass(frozen=True, slots=True)
class IdleRule:
    """The limits, in whole years and shares; ``warn_days`` before a limit people are warned."""

    unbegun_years: int
    fee_share: Decimal
    take_back_years: int
    area_share: Decimal
    investment_share: Decimal
    stopped_years: int
    warn_days: int


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of a parcel that was sold.

    ``begin_due``: the agreed day to begin; ``begun_on``, ``stopped_on``: when work began and when
    it last stopped, None while it goes on; ``area_share``, ``investment_share``: what is built of
    what was to be; ``delivery_due``, ``delivered_on``: when the land was to be handed over and was.
    """

    begin_due: dt.date | None = None
    begun_on: dt.date | None = None
    stopped_on: dt.date | None = None
    area_share: Decimal | None = None
    investment_share: Decimal | None = None
    delivery_due: dt.date | None = None
    delivered_on: dt.date | None = None


class IdleState(StrEnum):
    """How near a limit is."""

    UNKNOWN = "unknown"
    BEFORE = "before"
    WORKING = "working"
    LATE = "late"
    NEAR = "near"
    PAST = "past"
    PAST_TWICE = "past_twice"


@dataclass(frozen=True, slots=True)
class Idleness:
    """Where a parcel stands; ``limit`` is the next or the last limit, ``hint`` what to look into.

    ``hint`` names a cause on the zone's own side: it must be looked into before anything else.
    """

    state: IdleState
    reason: Text
    limit: dt.date | None = None
    hint: Text | None = None

    @property
    def warns(self) -> bool:
        """Whether somebody should look at it."""
        return self.state in (IdleState.NEAR, IdleState.PAST, IdleState.PAST_TWICE)


NO_DAY = Text("合同未约定动工开发日期", "no day to begin was agreed")
BEFORE = Text("应于 {day} 前动工", "to begin by {day}")
WORKING = Text("已于 {day} 动工，施工中", "begun on {day}, work goes on")
LATE = Text(
    "应于 {due} 前动工，尚未动工；{limit} 满一年", "to begin by {due}, not begun; a year on {limit}"
)
PAST = Text(
    "超过约定动工日期 {due} 已满一年未动工，可能构成闲置，须由自然资源主管部门调查认定",
    "not begun a year after {due}: possibly idle, which the authority has to find out",
)
PAST_TWICE = Text(
    "超过约定动工日期 {due} 已满两年未动工，可能构成闲置满两年，须由自然资源主管部门调查认定",
    "not begun two years after {due}: possibly idle for two years; the authority has to find out",
)
STOPPED = Text(
    "{day} 起中止开发，{limit} 满一年；已建、已投比例偏低",
    "stopped since {day}, a year on {limit}; too little is built or invested",
)
STOPPED_PAST = Text(
    "{day} 起中止开发已满一年，开发面积不足三分之一或投资不足四分之一，可能构成闲置",
    "stopped for a year since {day} with too little built or invested: possibly idle",
)
STOPPED_ENOUGH = Text(
    "{day} 起中止开发，已建、已投比例均达到规定",
    "stopped since {day}, enough is built and invested",
)
NO_SHARES = Text(
    "{day} 起中止开发，缺少已建面积或已投资比例", "stopped since {day}; what was built is not known"
)
LATE_LAND = Text(
    "土地应于 {due} 交付，实际{done}：先核实是否属政府原因",
    "the land was to be handed over on {due} and was {done}: look first whether that is the cause",
)


def idleness(rule: IdleRule, site: Site, as_of: dt.date) -> Idleness:
    """Say how near a parcel is to the limits on a day."""
    if site.begun_on is not None and site.begun_on <= as_of:
        return _begun(rule, site, as_of)
    if site.begin_due is None:
        return Idleness(IdleState.UNKNOWN, NO_DAY)
    return _unbegun(rule, site, site.begin_due, as_of)


def _unbegun(rule: IdleRule, site: Site, due: dt.date, as_of: dt.date) -> Idleness:
    first, second = (
        years_later(due, years) for years in (rule.unbegun_years, rule.take_back_years)
    )
    hint = late_land(site, as_of)
    if as_of <= due:
        return Idleness(IdleState.BEFORE, BEFORE.format(day=due), due, hint)
    if as_of >= second:
        return Idleness(IdleState.PAST_TWICE, PAST_TWICE.format(due=due), second, hint)
    if as_of >= first:
        return Idleness(IdleState.PAST, PAST.format(due=due), first, hint)
    state = IdleState.NEAR if (first - as_of).days <= rule.warn_days else IdleState.LATE
    return Idleness(state, LATE.format(due=due, limit=first), first, hint)


def _begun(rule: IdleRule, site: Site, as_of: dt.date) -> Idleness:
    stopped = site.stopped_on
    if stopped is None or stopped > as_of:
        return Idleness(IdleState.WORKING, WORKING.format(day=site.begun_on))
    enough = _enough(rule, site)
    if enough is None:
        return Idleness(IdleState.UNKNOWN, NO_SHARES.format(day=stopped))
    if enough:
        return Idleness(IdleState.WORKING, STOPPED_ENOUGH.format(day=stopped))
    limit = years_later(stopped, rule.stopped_years)
    if as_of >= limit:
        return Idleness(IdleState.PAST, STOPPED_PAST.format(day=stopped), limit)
    state = IdleState.NEAR if (limit - as_of).days <= rule.warn_days else IdleState.LATE
    return Idleness(state, STOPPED.format(day=stopped, limit=limit), limit)


def _enough(rule: IdleRule, site: Site) -> bool | None:
    """Whether enough is built and invested; either being too little decides, else both count."""
    held = (
        None if share is None else share >= least
        for share, least in (
            (site.area_share, rule.area_share), (site.investment_share, rule.investment_share),
        )
    )  # fmt: skip
    found = list(held)
    if False in found:
        return False
    return None if None in found else True


def late_land(site: Site, as_of: dt.date) -> Text | None:
    """Return the hint that the land itself came late; a cause on the zone's side."""
    due, done = site.delivery_due, site.delivered_on
    if due is None or (done or as_of) <= due:
        return None
    zh, en = (f"于 {done} 交付", f"on {done}") if done else ("尚未交付", "not handed over yet")
    return Text(LATE_LAND.zh.format(due=due, done=zh), LATE_LAND.en.format(due=due, done=en))


def years_later(day: dt.date, years: int) -> dt.date:
    """Return the same day some years later; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
