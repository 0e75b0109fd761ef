"""The plain interpreter's conditions with their limits eased by a share of themselves."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from tests.engines.rules.reference_numbers import literal

LOWER = {"gte", "gt", "at_or_after", "after"}
UPPER = {"lte", "lt", "at_or_before", "before"}
Day = Callable[[Any], dt.date]


def eased(c: dict[str, Any], share: float, wanted: bool, day: Day) -> dict[str, Any]:
    """Move the limits of sizes and days by a share; the other way where it should not hold."""
    for key in ("all", "any", "veto"):
        if key in c:
            inner = wanted if key != "veto" else not wanted
            return c | {key: [eased(member, share, inner, day) for member in c[key]]}
    if "not" in c:
        return c | {"not": eased(c["not"], share, not wanted, day)}
    if "at_least" in c:
        of = [eased(member, share, wanted, day) for member in c["at_least"]["of"]]
        return c | {"at_least": c["at_least"] | {"of": of}}
    if "cases" in c:
        return c | {"cases": [eased_case(case, share, wanted, day) for case in c["cases"]]}
    moved = {}
    for test in (LOWER | UPPER) & set(c):
        way = -share if (test in LOWER) is wanted else share
        moved[test] = limit_moved(c[test], way, day)
    return c | moved


def eased_case(case: dict[str, Any], share: float, wanted: bool, day: Day) -> dict[str, Any]:
    key = "else" if "else" in case else "then"
    return case | {key: eased(case[key], share, wanted, day)}


def limit_moved(limit: Any, way: float, day: Day) -> Any:
    if isinstance(limit, dict | dt.date):
        return day(limit) + dt.timedelta(days=int(way * 365))
    return literal(limit) + way * abs(literal(limit))
