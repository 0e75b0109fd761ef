"""What a plan of milestones may not say."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from openzone.engines.text import Text


@dataclass(frozen=True, slots=True)
class Milestone:
    """A point of a project's plan.

    ``after`` are the milestones it waits for, ``days`` how many calendar days it needs after the
    last of them (unknown: as many as planned between them), ``fixed`` a day that cannot move,
    such as the beginning of the flood season.
    """

    id: str
    planned: dt.date | None = None
    actual: dt.date | None = None
    after: tuple[str, ...] = ()
    days: int | None = None
    fixed: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ScheduleFault:
    """What is wrong with one field of one milestone."""

    milestone: str
    field: str
    reason: Text

    def __str__(self) -> str:
        return f"{self.milestone} · {self.field}: {self.reason}"


class ScheduleError(ValueError):
    """The milestones are no plan; ``faults`` has every reason."""

    def __init__(self, found: Sequence[ScheduleFault]) -> None:
        """Keep the faults; none of them means that there are no milestones."""
        self.faults = tuple(found)
        super().__init__("; ".join(map(str, found)) or str(NONE))


NONE = Text("没有节点", "there are no milestones")
TWICE = Text("节点编号重复", "the same milestone is given twice")
ITSELF = Text("前置节点是它自己", "it waits for itself")
UNKNOWN = Text("前置节点“{id}”不存在", "it waits for “{id}”, which there is not")
CIRCLE = Text("前后相连成环：{path}", "these wait for each other: {path}")
DAYS = Text("所需天数不能为负", "days cannot be fewer than none")
PLANNED_BEFORE = Text(
    "计划日 {day} 早于前置节点“{id}”的计划日 {other}",
    "planned for {day}, before “{id}”, which it waits for and which is planned for {other}",
)
DONE_BEFORE = Text(
    "完成日 {day} 早于前置节点“{id}”的完成日 {other}",
    "done on {day}, before “{id}”, which it waits for and which was done on {other}",
)
DONE_FIRST = Text(
    "已于 {day} 完成，但前置节点“{id}”尚未完成",
    "done on {day}, though “{id}”, which it waits for, is not done",
)
IN_FUTURE = Text("完成日 {day} 在今后", "done on {day}, which is yet to come")


def faults(milestones: Sequence[Milestone], as_of: dt.date) -> list[ScheduleFault]:
    """Return everything wrong; order and days are compared once all names are known."""
    by_id = {one.id: one for one in milestones}
    found = [*_names(milestones, by_id)]
    if not found:
        found = [*_circle(milestones)]
    return [*found, *(fault for one in milestones for fault in _days(one, by_id, as_of))]


def _names(
    milestones: Sequence[Milestone], by_id: Mapping[str, Milestone]
) -> Iterator[ScheduleFault]:
    for name, times in Counter(one.id for one in milestones).items():
        if times > 1:
            yield ScheduleFault(name, "id", TWICE)
    for one in milestones:
        for each in one.after:
            if each == one.id:
                yield ScheduleFault(one.id, "after", ITSELF)
            elif each not in by_id:
                yield ScheduleFault(one.id, "after", UNKNOWN.format(id=each))


def _circle(milestones: Sequence[Milestone]) -> Iterator[ScheduleFault]:
    try:
        TopologicalSorter({one.id: one.after for one in milestones}).prepare()
    except CycleError as error:
        path: list[str] = error.args[1]
        yield ScheduleFault(path[0], "after", CIRCLE.format(path=" → ".join(path)))


def _days(
    one: Milestone, by_id: Mapping[str, Milestone], as_of: dt.date
) -> Iterator[ScheduleFault]:
    if one.days is not None and one.days < 0:
        yield ScheduleFault(one.id, "days", DAYS)
    if one.actual is not None and one.actual > as_of:
        yield ScheduleFault(one.id, "actual", IN_FUTURE.format(day=one.actual))
    for each in one.after:
        if each in by_id:
            yield from _against(one, by_id[each])


def _against(one: Milestone, before: Milestone) -> Iterator[ScheduleFault]:
    if one.planned and before.planned and one.planned < before.planned:
        reason = PLANNED_BEFORE.format(day=one.planned, id=before.id, other=before.planned)
        yield ScheduleFault(one.id, "planned", reason)
    if one.actual and before.actual is None:
        yield ScheduleFault(one.id, "actual", DONE_FIRST.format(day=one.actual, id=before.id))
    if one.actual and before.actual and one.actual < before.actual:
        reason = DONE_BEFORE.format(day=one.actual, id=before.id, other=before.actual)
        yield ScheduleFault(one.id, "actual", reason)
