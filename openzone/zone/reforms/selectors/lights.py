"""The light of a task, by the rules of the pack."""

import datetime as dt
from dataclasses import dataclass

from openzone.engines.text import Text
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.packs.reforms import Light

DONE = "done"
DONE_TEXT = Text("已完成", "Done")
COLOURS = ("red", "orange", "yellow", "green", DONE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a light is decided by; ``percent`` is unknown until a report was confirmed."""

    first_on: dt.date
    due_on: dt.date
    done_on: dt.date | None
    percent: int | None
    reported_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Lit:
    """A light and why it is on."""

    colour: str
    text: Text


def light(facts: Facts, on: dt.date, rules: tuple[Light, ...], calendar: WorkCalendar) -> Lit:
    """Return the first light of which every condition holds."""
    if facts.done_on is not None:
        return Lit(DONE, DONE_TEXT)
    lit = next(one for one in rules if _is_on(one, facts, on, calendar))
    return Lit(lit.id, lit.text.text)


def _is_on(rule: Light, facts: Facts, on: dt.date, calendar: WorkCalendar) -> bool:
    return all(
        (
            not rule.overdue or on > facts.due_on,
            rule.due_within is None or _within(rule.due_within, facts, on, calendar),
            rule.below is None or (facts.percent or 0) < rule.below,
            rule.behind is None or _behind(rule.behind, facts, on),
            rule.silent is None or _silent(rule.silent, facts, on),
            rule.unreported is None
            or (facts.reported_on is None and elapsed(facts, on) >= rule.unreported),
        )
    )


def _within(days: int, facts: Facts, on: dt.date, calendar: WorkCalendar) -> bool:
    return on <= facts.due_on and calendar.workdays_between(on, facts.due_on) <= days


def _behind(points: int, facts: Facts, on: dt.date) -> bool:
    """Compare with the share of time: unknown progress is not behind, it is unreported."""
    return facts.percent is not None and elapsed(facts, on) * 100 - facts.percent > points


def _silent(days: int, facts: Facts, on: dt.date) -> bool:
    return facts.reported_on is not None and (on - facts.reported_on).days > days


def elapsed(facts: Facts, on: dt.date) -> float:
    """Return the share of a task's time that has passed, from 0 to 1."""
    whole = (facts.due_on - facts.first_on).days
    return min(max((on - facts.first_on).days / whole, 0.0), 1.0) if whole > 0 else 1.0
