"""Reform tasks whose light is not green."""

from collections.abc import Iterator

from django.urls import reverse

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item, end_of
from openzone.zone.reforms.selectors.tasks import mine

AREA = Text("改革任务", "Reform tasks")
_CALM = "green"
_REPORT = Text("填报进展", "Report")


def items(asker: Asker) -> Iterator[Item]:
    """Yield the tasks somebody answers for of which a rule of the pack says that they lag."""
    for one in mine(asker.user, asker.day):
        if one.colour != _CALM:
            page = reverse("reform_task", args=[one.task.pk])
            day = end_of(one.task.due_on)
            yield Item(
                AREA, one.light.text, str(one.task), page, "target-arrow", day, _REPORT,
                case=one.task.case_id,
            )  # fmt: skip
