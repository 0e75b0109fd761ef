"""How near a near miss must be: the condition of a version with its limits eased by a share."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from openzone.engines.rules.language import (
    All,
    Any_,
    AsOf,
    AtLeast,
    Case,
    Cases,
    Condition,
    FactTest,
    Not,
    NumberTest,
    Otherwise,
    ScoreTest,
    Veto,
    YearStart,
)
from openzone.engines.rules.literals import Quantity

Sized = FactTest | NumberTest | ScoreTest
YEAR = 365
"""Days of which a share is taken where a limit is a day."""
_DOWN = ("gte", "gt", "at_or_after", "after")
_UP = ("lte", "lt", "at_or_before", "before")


def eased(condition: Condition, within: float, as_of: dt.date, wanted: bool = True) -> Condition:
    """Return the condition with every limit of a size or a day moved by ``within`` of itself.

    It is met where each comparison at fault is at most that far from its limit. Codes, bools and
    exact numbers have no distance and stay, and so does what selects a case. Where ``wanted`` is
    False (inside ``not`` and ``veto``) limits move the other way.
    """
    match condition:
        case FactTest() | NumberTest() | ScoreTest():
            return _moved(condition, within, as_of, wanted)
        case All() | Any_():
            members = tuple(eased(each, within, as_of, wanted) for each in condition.members)
            return condition.model_copy(update={"members": members})
        case Veto():
            members = tuple(eased(each, within, as_of, not wanted) for each in condition.members)
            return condition.model_copy(update={"members": members})
        case Not():
            member = eased(condition.member, within, as_of, not wanted)
            return condition.model_copy(update={"member": member})
        case AtLeast():
            of = tuple(eased(each, within, as_of, wanted) for each in condition.at_least.of)
            at_least = condition.at_least.model_copy(update={"of": of})
            return condition.model_copy(update={"at_least": at_least})
        case Cases():
            cases = tuple(_case(each, within, as_of, wanted) for each in condition.cases)
            return condition.model_copy(update={"cases": cases})
        case _:
            return condition


def _case(case: Case | Otherwise, within: float, as_of: dt.date, wanted: bool) -> Case | Otherwise:
    name = "then" if isinstance(case, Case) else "otherwise"
    inner = eased(getattr(case, name), within, as_of, wanted)
    return case.model_copy(update={name: inner})


def _moved(test: Sized, within: float, as_of: dt.date, wanted: bool) -> Sized:
    down, up = (_DOWN, _UP) if wanted else (_UP, _DOWN)
    moves = {**dict.fromkeys(down, -within), **dict.fromkeys(up, within)}
    return test.model_copy(update=dict(_limits(test, moves, as_of)))


def _limits(test: Any, moves: dict[str, float], as_of: dt.date) -> Iterator[tuple[str, Any]]:
    for name, share in moves.items():
        limit = getattr(test, name, None)
        if isinstance(limit, Quantity):
            yield name, Quantity(limit.value + share * abs(limit.value), limit.unit)
        elif limit is not None:
            day = limit.on(as_of) if isinstance(limit, AsOf | YearStart) else limit
            yield name, day + dt.timedelta(days=int(share * YEAR))
