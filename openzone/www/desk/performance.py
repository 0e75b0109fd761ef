"""Reports to confirm, results to confirm, objections to answer, one's own result to look at."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item, end_of
from openzone.www.views.performance.drawing import label_of
from openzone.zone.performance.enums import RoundState
from openzone.zone.performance.models import Completion, Objection, Participant, Round
from openzone.zone.performance.permissions import may_answer, may_confirm, may_reply
from openzone.zone.performance.selectors.scores import own

AREA = Text("目标与考核", "Targets and evaluation")
_OPEN = Text("查看", "Open")
_CONFIRM = Text("确认", "Confirm it")
_ANSWER = Text("答复", "Answer it")


def items(asker: Asker) -> Iterator[Item]:
    """Yield what targets and evaluations ask of somebody."""
    yield from _reports(asker)
    yield from _results(asker)
    yield from _objections(asker)
    yield from _own(asker)


def _reports(asker: Asker) -> Iterator[Item]:
    waiting = Completion.objects.filter(answer=None).select_related("target__unit")
    for one in waiting.select_related("target__person", "target__lead_unit").order_by("pk"):
        if may_answer(asker.user, one, asker.day).allowed:
            why = Text("目标完成情况待确认", "What was reached of a target waits for confirmation")
            title = f"{label_of(one.target.indicator)} {one.on}"
            page = reverse("completion", args=[one.pk])
            yield Item(AREA, why, title, page, "check", None, _CONFIRM)


def _results(asker: Asker) -> Iterator[Item]:
    for one in Round.objects.filter(state=RoundState.CLOSED):
        if may_confirm(asker.user, one, asker.day).allowed:
            why = Text("考核结果待确认", "A result waits for confirmation")
            page = reverse("round", args=[one.pk])
            yield Item(AREA, why, one.title, page, "check", None, _CONFIRM)


def _objections(asker: Asker) -> Iterator[Item]:
    waiting = Objection.objects.filter(reply=None).select_related("score__participant__round")
    for one in waiting:
        if may_reply(asker.user, one, asker.day).allowed:
            why = Text("考核异议待答复", "An objection waits for its reply")
            page = reverse("objection", args=[one.pk])
            yield Item(AREA, why, one.text, page, "scale", None, _ANSWER)


def _own(asker: Asker) -> Iterator[Item]:
    confirmed = own(asker.user, asker.day).filter(round__state=RoundState.CONFIRMED)
    for one in confirmed:
        if _can_object(one, asker.day):
            why = Text("考核结果可查看，可提出异议", "Your result: you can object to it")
            page, until = reverse("score", args=[one.pk]), one.round.objections_until
            yield Item(AREA, why, one.round.title, page, "trophy", end_of(until), _OPEN)


def _can_object(one: Participant, day: dt.date) -> bool:
    until = one.round.objections_until
    return until is not None and day <= until
