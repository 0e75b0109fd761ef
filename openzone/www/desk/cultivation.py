"""Tutoring tasks that fall due, and batches that close while papers are missing."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item, end_of
from openzone.www.formats import say
from openzone.zone.cultivation.selectors.batches import closings
from openzone.zone.cultivation.selectors.pools import open_tasks

AREA = Text("培育", "Cultivation")
TASK, BATCH = Text("辅导任务", "Tutoring task"), Text("入库批次将截止", "A batch closes soon")
_OPEN = Text("办理", "Open")
_MOST = 20


def items(asker: Asker) -> Iterator[Item]:
    """Yield what somebody tutors: tasks near their day, batches with papers missing."""
    own = open_tasks(asker.day).filter(entry__tutor=asker.user.pk, due_on__lte=asker.until)
    for one in own[:_MOST]:
        page = reverse("cultivation_entry", args=[one.entry_id])
        title = f"{one.entry.enterprise.name}: {one.what}"
        yield Item(AREA, TASK, title, page, "target-arrow", end_of(one.due_on), _OPEN)
    for soon in closings(asker.day, tutor=asker.user):
        if soon.missing:
            n = len(soon.missing)
            missing = ngettext("%(n)d paper missing", "%(n)d papers missing", n) % {"n": n}
            title = f"{soon.entry.enterprise.name}: {say(soon.batch.title.text)}, {missing}"
            page = reverse("cultivation_entry", args=[soon.entry.pk])
            yield Item(AREA, BATCH, title, page, "calendar", end_of(soon.on), _OPEN)
