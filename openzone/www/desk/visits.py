"""Visits planned, and enterprises that should have been met."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item, end_of
from openzone.zone.visits.selectors.due import Line
from openzone.zone.visits.selectors.visits import mine
from openzone.zone.visits.selectors.waiting import own_lines

AREA = Text("走访", "Visits")
_RECORD, _LOOK = Text("登记走访", "Record it"), Text("查看名单", "See which")
_MOST = 20


def items(asker: Asker) -> Iterator[Item]:
    """Yield planned visits near their day; one line for who is overdue, one for who is due."""
    why = Text("计划的走访", "A planned visit")
    for one in mine(asker.user).filter(planned_on__lte=asker.until)[:_MOST]:
        page, day = reverse("visit", args=[one.pk]), end_of(one.planned_on)
        yield Item(AREA, why, one.enterprise.name, page, "map-pin", day, _RECORD)
    found = own_lines(asker.user, asker.day)
    late = [one for one in found if one.is_overdue]
    if late:
        ended = min(count.period.last for one in late for count in one.standing.missed)
        yield _many(late, Text("走访、联系未按期完成", "Not met in time"), ended)
    due = [one for one in found if one.next_due and not one.is_overdue]
    ends = {one.next_due.period.last for one in due if one.next_due}
    if ends and min(ends) <= asker.until:
        yield _many(due, Text("本期还须走访、联系", "Still to be met in this period"), min(ends))


def _many(found: list[Line], why: Text, day: dt.date) -> Item:
    title = ngettext("%(n)d enterprise", "%(n)d enterprises", len(found)) % {"n": len(found)}
    return Item(AREA, why, title, reverse("my_visits"), "map-pin", end_of(day), _LOOK)
