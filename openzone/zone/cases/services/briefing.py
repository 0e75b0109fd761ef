"""Saying once a week that the brief is there."""

import datetime as dt

from openzone.engines.text import Text
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.models import Notification, OutboxMessage
from openzone.zone.cases.packs import notifications
from openzone.zone.cases.services.telling import Message, tell
from openzone.zone.people.models import Membership
from openzone.zone.people.permissions import CONSOLE_ROLES
from openzone.zone.people.selectors import on_day

_SAID = Text("截至{day}的每周简报已生成", "the weekly brief up to {day} is there")
_ONE_DAY = dt.timedelta(days=1)


def announce(day: dt.date, now: dt.datetime) -> int:
    """Tell everybody who sees reports of the brief, on its day of the week and once; count them.

    The brief is of the seven days that ended the day before.
    """
    last = day - _ONE_DAY
    subject = f"brief:{last.isoformat()}"
    if day.isoweekday() != notifications().brief.weekday or _is_announced(subject):
        return 0
    posts = Membership.objects.filter(on_day(day), role__in=CONSOLE_ROLES, user__is_active=True)
    people = set(posts.values_list("user", flat=True))
    said = _SAID.format(day=last.isoformat())
    tell(Message(NoticeKind.BRIEF, "brief", said, subject, subject=subject), people, now)
    return len(people)


def _is_announced(subject: str) -> bool:
    told = Notification.objects.filter(kind=NoticeKind.BRIEF, subject=subject)
    return told.exists() or OutboxMessage.objects.filter(key__startswith=f"{subject}-").exists()
