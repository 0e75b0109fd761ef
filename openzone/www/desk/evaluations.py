"""Evaluations: data to enter, marks to give, objections to answer, one's own result to look at."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item, end_of
from openzone.zone.evaluations import permissions
from openzone.zone.evaluations.enums import CycleKind, CycleState
from openzone.zone.evaluations.models import Cycle, Protest, Reviewer
from openzone.zone.evaluations.selectors.data import gaps

AREA = Text("评价", "Evaluations")
_OPEN = Text("查看", "Open")
_ENTER = Text("填报", "Enter it")
_MARK = Text("打分", "Mark")
_ANSWER = Text("答复", "Answer it")


def items(asker: Asker) -> Iterator[Item]:
    """Yield what evaluations ask of somebody."""
    yield from _columns(asker)
    yield from _marks(asker)
    yield from _protests(asker)
    yield from _own(asker)


def _columns(asker: Asker) -> Iterator[Item]:
    """Ask a bureau for the figures its columns still lack."""
    units = permissions.units_of(asker.user, asker.day)
    waiting = Cycle.objects.filter(
        state__in=(CycleState.GATHERING, CycleState.POSTED), kind=CycleKind.LAND,
        columns__unit__in=units,
    )  # fmt: skip
    for cycle in waiting.distinct().prefetch_related("columns"):
        own = permissions.own_columns(asker.user, cycle, asker.day)
        missing = sum(len(those) for item, those in gaps(cycle).items() if item in own)
        if missing:
            why = Text(f"评价数据还缺 {missing} 项", f"{missing} figures are missing")
            page = reverse("evaluation_data", args=[cycle.pk])
            yield Item(AREA, why, cycle.title, page, "chart-bar", None, _ENTER)


def _marks(asker: Asker) -> Iterator[Item]:
    waiting = Reviewer.objects.filter(
        user=asker.user, locked_at=None, cycle__state=CycleState.GATHERING
    )
    for one in waiting.select_related("cycle"):
        why = Text("评审打分待锁定", "Your marks wait to be given and locked")
        page = reverse("evaluation_marks", args=[one.cycle_id])
        yield Item(AREA, why, one.cycle.title, page, "star", None, _MARK)


def _protests(asker: Asker) -> Iterator[Item]:
    waiting = Protest.objects.filter(answer=None).select_related("entrant__cycle")
    for one in waiting:
        if permissions.may_answer(asker.user, one, asker.day).allowed:
            why = Text("评价异议待答复", "An objection waits for its reply")
            page = reverse("evaluation_protest", args=[one.pk])
            title = f"{one.entrant.name}：{one.text}"
            yield Item(AREA, why, title, page, "scale", None, _ANSWER, outside=True)


def _own(asker: Asker) -> Iterator[Item]:
    shown = permissions.own_entrants(asker.user, asker.day).filter(
        cycle__state__in=(CycleState.POSTED, CycleState.PUBLISHED)
    )
    for one in shown.select_related("cycle"):
        until = _until(one.cycle)
        if until is not None and asker.day <= until:
            why = Text("评价结果或用地面积可核对，可提出异议", "Check your result or land area")
            page = reverse("evaluation_entrant", args=[one.pk])
            yield Item(AREA, why, one.cycle.title, page, "trophy", end_of(until), _OPEN)


def _until(cycle: Cycle) -> dt.date | None:
    return cycle.post_until if cycle.state == CycleState.POSTED else cycle.objections_until
