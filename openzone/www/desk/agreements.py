"""Promises to keep, fulfilments to confirm, incentives to review."""

from collections.abc import Iterator

from django.urls import reverse

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item, end_of
from openzone.www.views.agreements.drawing import WORDS
from openzone.zone.agreements.enums import Side
from openzone.zone.agreements.selectors.promises import promises_due
from openzone.zone.agreements.selectors.waiting import to_confirm, to_review, worked_on

AREA = Text("双兑现", "Promises of both sides")
_OPEN = Text("查看", "Open")
_CONFIRM = Text("确认", "Confirm it")
_REVIEW = Text("审查", "Review it")


def items(asker: Asker) -> Iterator[Item]:
    """Yield what agreements ask of somebody who works on a project for the zone."""
    own = worked_on(asker.user, asker.day)
    for one in promises_due(own, asker.day, (asker.until - asker.day).days):
        if one.clause.side == Side.ZONE:
            page = reverse("agreement", args=[one.clause.agreement_id])
            due = end_of(one.clause.due)
            yield Item(AREA, WORDS[one.state][0], one.clause.text, page, "scale", due, _OPEN)
    for done in to_confirm(own, asker.user):
        page = reverse("fulfilment", args=[done.pk])
        why = Text("投资方报告的兑现待确认", "The investor reported something to confirm")
        yield Item(AREA, why, done.text, page, "check", None, _CONFIRM, outside=True)
    for incentive in to_review(own, asker.user):
        page = reverse("incentive", args=[incentive.pk])
        why = Text("激励事项待公平竞争审查", "An incentive to review for fair competition")
        yield Item(AREA, why, incentive.text, page, "scale", None, _REVIEW)
