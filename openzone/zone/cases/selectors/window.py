"""What the window for what could not be done found: causes, what was lacking, which rules stood."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from openzone.zone.cases.models import Case, CaseEvent
from openzone.zone.cases.services.window import WINDOW


class Cause(StrEnum):
    """What stood in the way, as the window found it last."""

    CANNOT = "find_cannot"
    HARD = "find_hard"
    CONDUCT = "find_conduct"
    EXCLUDED = "exclude"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Found:
    """A case of the window, its cause, and what was said when it was found."""

    case: Case
    cause: Cause
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Root:
    """A rule that stood in the way, and the cases in which it did."""

    law: str
    clause: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """The causes of a period, what was lacking, and the rules that stood in the way."""

    found: tuple[Found, ...]
    lacking: tuple[tuple[str, int], ...]
    roots: tuple[Root, ...]

    def of(self, cause: Cause) -> list[Found]:
        """Return the cases of one cause."""
        return [one for one in self.found if one.cause is cause]


def tally(first: dt.date, last: dt.date) -> Tally:
    """Return what was found in the cases opened on these days, both included."""
    days = {"opened_at__date__gte": first, "opened_at__date__lte": last}
    cases = Case.objects.filter(kind=WINDOW, **days).select_related("lead").order_by("-pk")
    found = _found(list(cases))
    hard = (one.said.get("lacking") or () for one in found if one.cause is Cause.HARD)
    lacking = Counter(name for names in hard for name in names)
    return Tally(tuple(found), tuple(lacking.most_common()), tuple(_roots(found)))


def _found(cases: list[Case]) -> list[Found]:
    """Return the last finding of each case, from its events."""
    actions = [cause.value for cause in Cause if cause is not Cause.OPEN]
    events = CaseEvent.objects.filter(case__in=cases, action__in=actions).order_by("case", "seq")
    last = {event.case_id: event for event in events}
    return [
        Found(case, Cause(last[case.pk].action), last[case.pk].data)
        if case.pk in last
        else Found(case, Cause.OPEN, {})
        for case in cases
    ]


def _roots(found: Iterable[Found]) -> list[Root]:
    """Return the rules behind what could not be done, the one with most cases first."""
    behind: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for one in found:
        if one.cause is Cause.CANNOT:
            behind[str(one.said.get("law")), str(one.said.get("clause"))].append(one.case)
    ordered = sorted(behind.items(), key=lambda rule: (-len(rule[1]), rule[0]))
    return [Root(law, clause, tuple(cases)) for (law, clause), cases in ordered]
