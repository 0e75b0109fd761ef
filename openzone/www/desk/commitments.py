"""Papers promised, promises to check, broken ones to revoke."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item, end_of
from openzone.zone.commitments.models import Commitment
from openzone.zone.commitments.selectors.waiting import waiting

AREA = Text("告知承诺", "Commitments")
_OPEN = Text("查看", "Open")
_CHECK = Text("核查", "Check it")


def items(asker: Asker) -> Iterator[Item]:
    """Yield what promises ask of somebody."""
    found = waiting(asker.user, asker.now, asker.day)
    for one in found.papers:
        yield _item(one, Text("承诺补交的材料", "Papers promised"), one.supply_by, _OPEN)
    for one in found.checks:
        day = end_of(one.check_by)
        yield _item(one, Text("承诺履行待核查", "A promise to check"), day, _CHECK)
    for one in found.revocations:
        why = Text("违诺，待撤销决定", "Broken: the decision is to be revoked")
        yield _item(one, why, one.checked_at, _OPEN)


def _item(one: Commitment, why: Text, at: dt.datetime | None, label: Text) -> Item:
    page = reverse("commitment", args=[one.pk])
    return Item(AREA, why, str(one), page, "certificate", at, label)
