"""Open seasons whose members have not reported for today."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item, end_of
from openzone.zone.resumption.models import Season
from openzone.zone.resumption.permissions import may_keep
from openzone.zone.resumption.selectors.days import day_of

AREA = Text("复工复产", "Resumption of work")
SILENT = Text("今天还没有填报", "Have not reported today")
_LOOK = Text("查看并提醒", "See and remind")


def items(asker: Asker) -> Iterator[Item]:
    """Yield a line for every season with members that have not reported today."""
    if not may_keep(asker.user, asker.day).allowed:
        return
    running = Season.objects.filter(closed_on__isnull=True, first_on__lte=asker.day,
                                    last_on__gte=asker.day)  # fmt: skip
    for one in running:
        count = len(day_of(one, asker.day).silent)
        if count:
            title = ngettext("%(n)d member of %(of)s", "%(n)d members of %(of)s", count) % {
                "n": count, "of": one.title,
            }  # fmt: skip
            page = reverse("resumption_special", args=[one.pk, "silent"])
            yield Item(AREA, SILENT, title, page, "building-factory-2", end_of(asker.day), _LOOK)
