"""Who is told of joint monitoring: the people who act for both sides, but not who did it."""

import datetime as dt
from collections.abc import Sequence

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.services.telling import Message, tell
from openzone.zone.people.models import Membership, Unit, User
from openzone.zone.people.selectors import on_day
from openzone.zone.waters.enums import Act
from openzone.zone.waters.models import Campaign, LogEntry
from openzone.zone.waters.permissions import ACTING

SAID = {
    Act.PLANNED: Text(
        "{quarter}联合监测已安排，{day}前录入",
        "the {quarter} campaign is planned; figures by {day}",
    ),
    Act.LOCKED: Text(
        "{quarter}联合监测：一方已锁定数据", "{quarter} campaign: a side has locked its figures"
    ),
    Act.CORRECTED: Text(
        "{quarter}联合监测：一方更正了数据，须重新确认",
        "{quarter} campaign: figures were corrected",
    ),
    Act.ASKED_AGAIN: Text(
        "{quarter}联合监测：有项目偏差超限，已要求复采",
        "{quarter} campaign: items are too far apart and are sampled again",
    ),
    Act.EXAMINED_AGAIN: Text(
        "{quarter}联合监测：复采结果已录入",
        "{quarter} campaign: the third laboratory's figures are in",
    ),
    Act.APPROVED: Text("{quarter}联合监测：一方已确认", "{quarter} campaign: a side has approved"),
    Act.CANCELLED: Text("{quarter}联合监测已取消", "the {quarter} campaign was called off"),
}
DUE = Text(
    "{quarter}联合监测数据请于 {day} 前录入并锁定",
    "{quarter} campaign: enter and lock your figures by {day}",
)
UP = Text("{quarter}联合监测录入已截止", "{quarter} campaign: the time for figures is over")
TO_CONFIRM = Text("请确认：{title}", "please confirm: {title}")
ANSWERED = Text("对方已确认：{title}", "the other side confirmed: {title}")


def people_of(sides: Sequence[Unit], on: dt.date, beside: User | None = None) -> list[int]:
    """Return who acts for some units on a day."""
    posts = Membership.objects.filter(
        on_day(on), unit__in=sides, role__in=ACTING, user__is_active=True
    )
    found = set(posts.values_list("user", flat=True))
    return sorted(found - {beside.pk if beside else 0})


def tell_sides(
    campaign: Campaign, what: Act, now: dt.datetime, *, beside: User | None = None
) -> None:
    """Tell both sides what happened in a campaign."""
    said = SAID[what].format(quarter=campaign.quarter, day=campaign.enter_by)
    _tell(campaign.sides, NoticeKind.MY_TURN, f"sampling.{what}", said,
          f"water_campaign:{campaign.pk}", now, beside)  # fmt: skip


def tell_due(campaign: Campaign, sides: Sequence[Unit], now: dt.datetime, *, over: bool) -> None:
    """Tell sides that figures are due, or that time is up."""
    said = (UP if over else DUE).format(quarter=campaign.quarter, day=campaign.enter_by)
    _tell(sides, NoticeKind.DUE_SOON, "sampling.over" if over else "sampling.due", said,
          f"water_campaign:{campaign.pk}", now, None)  # fmt: skip


def tell_entry(entry: LogEntry, to: Unit, now: dt.datetime, *, answered: bool = False) -> None:
    """Tell a side that an entry waits for it, or that the other side said yes."""
    said = (ANSWERED if answered else TO_CONFIRM).format(title=entry.title)
    kind = NoticeKind.ANSWERED if answered else NoticeKind.MY_TURN
    _tell([to], kind, "waterlog.answered" if answered else "waterlog.waits", said,
          f"water_entry:{entry.pk}", now, None)  # fmt: skip


def _tell(
    sides: Sequence[Unit], kind: NoticeKind, action: str, said: Text, subject: str,
    now: dt.datetime, beside: User | None,
) -> None:  # fmt: skip
    key = f"{subject.replace(':', '-')}-{action}-{now:%Y%m%d%H%M%S%f}"
    people = people_of(sides, to_local(now).date(), beside)
    tell(Message(kind, action, said, key, subject=subject), people, now)
