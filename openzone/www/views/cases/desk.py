"""My desk: what needs me now, in the order of what hurts next."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from openzone.engines.text import Text
from openzone.www.access import require_console
from openzone.www.cases import words
from openzone.www.cases.asking import Moment, moment, user_of
from openzone.www.cases.clocks import Due, due_of
from openzone.www.desk.items import Item
from openzone.www.desk.sources import waiting
from openzone.zone.cases.enums import Pending
from openzone.zone.cases.models import Case, SavedFilter
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.selectors import colours
from openzone.zone.cases.selectors.desk import CONTRIBUTE, HANDLE, REPLY, TASK, Need, desk
from openzone.zone.cases.selectors.notifications import unread
from openzone.zone.people.models import User
from openzone.zone.redemption.selectors.desk import desk as redemption_desk

SHOWN = 50
# Why a case is on a desk, the verb that answers it, and its icon.
WHY: Mapping[str, tuple[Text, str, str]] = {
    HANDLE: (Text("由您办理", "Yours to handle"), "", "user-check"),
    CONTRIBUTE: (Text("请本部门协办回复", "Your unit owes its answer"), "contribute", "users"),
    TASK: (Text("会议任务待完成", "A task to finish"), "finish_task", "list-check"),
    REPLY: (Text("等您答复", "Waits for your word"), "", "message"),
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


@require_GET
def my_desk(request: HttpRequest) -> HttpResponse:
    """Show somebody of the zone what waits for them, whatever desk it comes from."""
    require_console(request)
    now, user = moment(), user_of(request)
    found = everything(user, now, SHOWN)
    context = {
        "lines": found,
        "full": len(found) == SHOWN,
        "applications": len(list(redemption_desk(user, now.day))),
        "unread": unread(user),
        "saved": saved_lists(user),
    }
    return render(request, "cases/desk.html", context)


def everything(user: User, now: Moment, most: int) -> list[DeskLine]:
    """Return what waits for somebody in cases and everywhere else, what hurts next first."""
    found = lines(desk(user, now.aware, now.day, most), now)
    found += [_item_line(item, now) for item in waiting(user, now)]
    found.sort(key=lambda line: (line.due is None, line.due.at if line.due else now.aware))
    return found[:most]


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


class SavedList(NamedTuple):
    """A saved list as a link."""

    pk: int
    name: str
    query: str
    own: bool


def saved_lists(user: User) -> list[SavedList]:
    """Return somebody's saved lists, and those colleagues share."""
    kept = SavedFilter.objects.filter(Q(user=user) | Q(shared=True))
    return [
        SavedList(one.pk, one.name, urlencode(one.chosen), one.user_id == user.pk) for one in kept
    ]
