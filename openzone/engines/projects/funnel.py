"""Promotion as a funnel: met, came back to look, signed; and who has not been spoken to.

Each step counts investors once, however often they were met, and only those that were in the step
before: who signed without ever coming is counted as signed and named as having left steps out.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Touch:
    """An investor was in a step (``contact``, ``return_visit``, ``signing``) on a day."""

    investor: str
    step: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the funnel with the investors behind it.

    ``conversion`` is how many of the step before are here too; ``skipped`` those who are here
    without having been there.
    """

    step: str
    investors: tuple[str, ...]
    skipped: tuple[str, ...]
    conversion: Decimal | None

    @property
    def count(self) -> int:
        """How many investors."""
        return len(self.investors)


def funnel(
    steps: Sequence[str], touches: Iterable[Touch], first: dt.date, last: dt.date
) -> list[Step]:
    """Count the steps of a period, both days included. A return visit is not a second contact."""
    reached: dict[str, set[str]] = {step: set() for step in steps}
    for one in touches:
        if one.step in reached and first <= one.on <= last:
            reached[one.step].add(one.investor)
    made: list[Step] = []
    before: set[str] | None = None
    for step in steps:
        here = reached[step]
        made.append(_step(step, here, before))
        before = here
    return made


def _step(step: str, here: set[str], before: set[str] | None) -> Step:
    if before is None:
        return Step(step, tuple(sorted(here)), (), None)
    conversion = Decimal(len(here & before)) / len(before) if before else None
    return Step(step, tuple(sorted(here)), tuple(sorted(here - before)), conversion)


@dataclass(frozen=True, slots=True)
class Silence:
    """An investor nobody has spoken to for longer than its grade allows."""

    investor: str
    last: dt.date | None
    days: int
    allowed: int

    @property
    def turn(self) -> int:
        """How many times over the silence lasted as long as allowed: 1, then 2."""
        return (self.days - 1) // self.allowed if self.allowed else self.days


def silent(
    investors: Mapping[str, tuple[str, dt.date]],
    last_contacts: Mapping[str, dt.date],
    allowed: Mapping[str, int],
    on: dt.date,
) -> list[Silence]:
    """Return who is to be called, the longest overdue first.

    ``investors`` gives each one's grade and the day it became known, which counts where it was
    never spoken to; ``allowed`` the days of a grade. A grade without days is not reminded of.
    """
    found = [
        Silence(name, last_contacts.get(name), days, allowed[grade])
        for name, (grade, known) in investors.items()
        if grade in allowed
        and (days := (on - last_contacts.get(name, known)).days) > allowed[grade]
    ]
    return sorted(found, key=lambda one: (one.allowed - one.days, one.investor))
