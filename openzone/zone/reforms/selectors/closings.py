"""What a closing says: the tasks that are done, those that go on, and who said so."""

import datetime as dt
from typing import NamedTuple

from openzone.zone.reforms.models import CarriedTask, Closing, Programme, Reopening, Task
from openzone.zone.reforms.selectors.statistics import Score, by_area, overall


class Closed(NamedTuple):
    """A closing with everything its report says."""

    programme: Programme
    closing: Closing
    whole: Score
    areas: list[Score]
    done: list[Task]
    carried: list[CarriedTask]
    reopenings: list[Reopening]


def left(programme: Programme) -> list[Task]:
    """Return the tasks that are neither done nor gone on elsewhere."""
    tasks = Task.objects.filter(area__programme=programme, done_on=None, carried_to=None)
    return list(tasks.select_related("area", "lead").order_by("area_id", "number", "pk"))


def latest(programme: Programme, on: dt.date) -> Closed | None:
    """Return the last closing that was asked for, confirmed or not."""
    related = ("asked_by", "ruling__ruled_by")
    closing = programme.closings.select_related(*related).order_by("-pk").first()
    if closing is None:
        return None
    done = Task.objects.filter(area__programme=programme, done_on__isnull=False)
    carried = CarriedTask.objects.filter(task__area__programme=programme)
    if not hasattr(closing, "ruling"):
        carried = carried.filter(closing=closing)
    else:
        carried = carried.filter(closing__ruling__confirmed=True)
    again = Reopening.objects.filter(ruling__closing__programme=programme)
    return Closed(
        programme, closing, overall(programme, on), by_area(programme, on),
        list(done.select_related("lead", "area").order_by("area_id", "number", "pk")),
        list(carried.select_related("task__lead", "into")),
        list(again.select_related("reopened_by")),
    )  # fmt: skip
