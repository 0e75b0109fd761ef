"""How targets and scores are drawn: figures in their units, how far, how it stands."""

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from openzone.engines.projects import wording
from openzone.engines.projects.contributions import Measured
from openzone.engines.projects.performance import Signal
from openzone.engines.text import Text
from openzone.packs.measures import UnitPack
from openzone.www import formats
from openzone.www.formats import say
from openzone.zone.people.models import User
from openzone.zone.performance.models import Target
from openzone.zone.performance.packs import pack
from openzone.zone.performance.selectors.targets import Standing
from openzone.zone.projects.models import Project
from openzone.zone.projects.selectors.listing import visible

ZONE = Text("全区", "The whole zone")
SIGNALS = {
    Signal.DONE: (Text("已完成", "reached"), "chip-now"),
    Signal.ON_TIME: (Text("与时间同步", "in step with time"), "chip-now"),
    Signal.BEHIND: (Text("滞后", "behind"), "chip-warn"),
    Signal.FAR_BEHIND: (Text("严重滞后", "far behind"), "chip-old"),
    Signal.UNKNOWN: (Text("无数据", "no figure"), ""),
}


class Line(NamedTuple):
    """A target as lists show it; ``gap`` and ``pace`` are empty where nothing is missing."""

    standing: Standing
    label: str
    whose: str
    years: str
    target: str
    reached: str
    share: str
    gap: str
    pace: str
    word: Text
    chip: str


class Row(NamedTuple):
    """A project behind a figure: what it brings, empty where nobody stated it."""

    project: Project
    brings: str


def in_unit(value: Decimal | None, unit: UnitPack) -> str:
    """Write a stored figure in its unit."""
    if value is None:
        return formats.DASH
    shown = formats.number(Decimal(wording.figure(value, unit.scale, unit.digits).zh))
    label = say(unit.label.text)
    return f"{shown}{label}" if label == "%" else f"{shown} {label}"


def label_of(indicator: str) -> str:
    """Return an indicator in words."""
    known = pack().indicator(indicator)
    return say(known.label.text) if known else indicator


def whose(target: Target) -> str:
    """Return whose target it is."""
    owner = target.unit or target.person
    return str(owner) if owner else say(ZONE)


def years(target: Target) -> str:
    """Return the years of a target."""
    if target.first_year == target.last_year:
        return str(target.first_year)
    return f"{target.first_year}–{target.last_year}"


def percent(value: Decimal | None) -> str:
    """Write a share with two digits, as published reports do: 55.49%."""
    return formats.DASH if value is None else f"{formats.number(round(value * 100, 2))}%"


def line(found: Standing) -> Line:
    """Draw a target."""
    target, made = found.target, found.completion
    unit = pack().unit_of(target.indicator)
    word, chip = SIGNALS[found.signal]
    return Line(
        found, label_of(target.indicator), whose(target), years(target),
        in_unit(target.amount, unit), in_unit(found.measured.value, unit), percent(made.share),
        in_unit(made.gap, unit) if made.gap else "",
        in_unit(made.rate_needed, unit) if made.rate_needed else "", word, chip,
    )  # fmt: skip


def rows(found: Measured, indicator: str, user: User, on: dt.date) -> tuple[list[Row], int]:
    """Return the projects behind an indicator that somebody may see, how many they may not."""
    return rows_of(found, user, on, lambda value: brings(indicator, value))


def rows_of(
    found: Measured, user: User, on: dt.date, write: Callable[[str | None], str]
) -> tuple[list[Row], int]:
    """Return the projects behind a figure, what each brings written as the figure is."""
    by_number = {one.id: one.value for one in found.parts}
    known = projects_by_number(by_number, user, on)
    drawn = [
        Row(known[number], write(None if value is None else str(value)))
        for number, value in sorted(by_number.items())
        if number in known
    ]
    return drawn, len(by_number) - len(drawn)


def brings(indicator: str, value: str | None) -> str:
    """Write what a project brings to an indicator; to a rate it brings 1, or 0 below the line."""
    known = pack().indicator(indicator)
    rate = known is not None and known.measure is not None and known.measure.what == "rate"
    if value is None:
        return ""
    if rate:
        return formats.number(Decimal(value))
    return in_unit(Decimal(value), pack().unit_of(indicator))


def projects_by_number(numbers: Iterable[str], user: User, on: dt.date) -> dict[str, Project]:
    """Return the projects of these numbers that somebody may see."""
    return {one.number: one for one in visible(user, on).filter(number__in=list(numbers))}
