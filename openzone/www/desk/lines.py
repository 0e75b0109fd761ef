"""Lines of a desk: cases and what other areas ask, in words and in one order."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.urls import reverse

from openzone.engines.text import Text
from openzone.www.cases import words
from openzone.www.cases.asking import Moment
from openzone.www.cases.clocks import Due, due_of
from openzone.www.desk.items import Item
from openzone.www.desk.sources import waiting
from openzone.zone.cases.enums import Pending, RequesterKind
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import notifications, type_of
from openzone.zone.cases.selectors import colours
from openzone.zone.cases.selectors.desk import (
    CONTRIBUTE,
    ESCALATED,
    HANDLE,
    REPLY,
    TASK,
    Need,
    desk,
)
from openzone.zone.people.models import User

# Why a case is on a desk, the verb that answers it, and its icon.
WHY: Mapping[str, tuple[Text, str, str]] = {
    HANDLE: (Text("由您办理", "Yours to handle"), "", "user-check"),
    CONTRIBUTE: (Text("请本部门协办回复", "Your unit owes its answer"), "contribute", "users"),
    TASK: (Text("会议任务待完成", "A task to finish"), "finish_task", "list-check"),
    REPLY: (Text("等您答复", "Waits for your word"), "", "message"),
    ESCALATED: (Text("已升级到您，请督办", "Escalated to you"), "supervise", "flag"),
    Pending.BOUNCED: (
        Text("多次退回，请中心决定", "Declined too often"), "route", "alert-triangle",
    ),
    Pending.OBJECTION: (Text("派单异议待裁定", "An objection to decide"), "rule_objection", "flag"),
    Pending.EXTENSION: (Text("延期待审批", "An extension to decide"), "grant_extension", "clock"),
    Pending.WORD: (
        Text("待回访或诉求人确认", "Call back, or wait for the word"), "call_back", "phone",
    ),
    Pending.APPEAL: (Text("申诉待裁定", "An appeal to decide"), "rule_appeal", "scale"),
}  # fmt: skip
LATE = Text("已超期：", "Overdue: ")
# What one does next with a case of one's own, by what has not happened yet.
TO_ASSIGN, TO_ACCEPT = Text("待派单", "To be assigned"), Text("待受理", "To be accepted")
OPEN_IT = Text("办理", "Open")


class DeskLine(NamedTuple):
    """A line of the desk: what, why it is here, until when, and the one thing to do."""

    href: str
    number: str
    title: str
    type: Text
    requester: str
    why: Text
    icon: str
    colour: str
    due: Due | None
    act: str
    label: Text
    outside: bool


def everything(user: User, now: Moment, most: int) -> list[DeskLine]:
    """Return what waits for somebody in cases and everywhere else, what hurts next first.

    ``most`` cases of each type at most. A case of which another area speaks, or
    that asks for something beside being handled, is there once.
    """
    items = waiting(user, now)
    told = {item.case for item in items}
    needs = [one for one in desk(user, now.aware, now.day, most) if one.case.pk not in told]
    more = {one.case.pk for one in needs if one.what != HANDLE}  # what is asked of it says more
    needs = [one for one in needs if one.what != HANDLE or one.case.pk not in more]
    found = lines(needs, now) + [_item_line(item, now) for item in items]
    aged = now.aware - dt.timedelta(days=notifications().desk.aged_days)
    return sorted(found, key=lambda line: order(line, aged))


def order(line: DeskLine, aged: dt.datetime) -> tuple[int, float]:
    """Return the place of a line: late lately and due soon, late for long, without an end."""
    if line.due is None:
        return 2, 0
    return int(line.due.at < aged), line.due.at.timestamp()


def _item_line(item: Item, now: Moment) -> DeskLine:
    due = due_of(item.at, now.aware)
    late = due is not None and due.late
    return DeskLine(
        item.href,
        "",
        item.title,
        item.area,
        "",
        Text(LATE.zh + item.why.zh, LATE.en + item.why.en) if late else item.why,
        "alert-triangle" if late else item.icon,
        due.colour if due else "grey",
        due,
        item.act or item.href,
        item.label,
        item.outside,
    )


def lines(needs: Iterable[Need], now: Moment) -> list[DeskLine]:
    """Return what waits for somebody in words."""
    found = list(needs)
    words.complete([need.case for need in found])
    return [_line(need, now) for need in found]


def _line(need: Need, now: Moment) -> DeskLine:
    case, late = need.case, need.is_late(now.aware)
    type_ = type_of(case.version)
    why, verb, icon = WHY.get(need.what, WHY[HANDLE])
    action = _next(case, verb)
    if need.what == HANDLE:
        why = _stage_why(case, why)
    due = due_of(need.due, now.aware, colour=colours.colour(case, now.aware))
    label = type_.actions[action].label if action else OPEN_IT
    return DeskLine(
        reverse("case", args=[case.pk]),
        case.number,
        case.title,
        type_.label,
        words.requester_word(case),
        Text(LATE.zh + why.zh, LATE.en + why.en) if late else why,
        "alert-triangle" if late else icon,
        "red" if late else (due.colour if due else "grey"),
        due,
        reverse("case_act", args=[case.pk, action]) if action else reverse("case", args=[case.pk]),
        label,
        case.requester_kind != RequesterKind.UNIT,
    )


def _stage_why(case: Case, why: Text) -> Text:
    stage = type_of(case.version).stages.get(case.stage)
    return Text(f"{why.zh}·{stage.label.zh}", f"{why.en}: {stage.label.en}") if stage else why


def _next(case: Case, verb: str) -> str:
    """Return the action that answers a need: the one named, else accepting what is new."""
    type_ = type_of(case.version)
    wanted = verb or ("accept" if not case.handler_id else "")
    found = [
        action.id
        for action in type_.actions.values()
        if action.verb == wanted and (not action.start or case.stage in action.start)
    ]
    return found[0] if found else ""
