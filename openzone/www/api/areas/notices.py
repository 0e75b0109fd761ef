"""What somebody was told in the program."""

import datetime as dt
from typing import Any

from ninja import Schema

from openzone.engines.text import Text
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.paging import After, Limit, Part, latest
from openzone.www.api.sent import Asked
from openzone.www.api.shapes.common import CountOut, Words
from openzone.www.api.values import Id
from openzone.zone.cases.models import Notification
from openzone.zone.cases.selectors.notifications import lines
from openzone.zone.cases.services.desks import mark_read
from openzone.zone.people.enums import KeyArea

desk = Desk(KeyArea.NOTICES)


class NoticeOut(Schema):
    """A line somebody was told."""

    id: int
    kind: str
    action: str
    subject: str
    text: Words
    case: str | None
    at: dt.datetime
    read_at: dt.datetime | None

    @staticmethod
    def resolve_text(row: Any) -> Words:
        """Return what was said."""
        return Words(zh=row.text_zh, en=row.text_en)

    @staticmethod
    def resolve_case(row: Any) -> str | None:
        """Return the number of the case it is about."""
        return row.case.number if row.case_id else None


class NoticePart(Part):
    """A part of the notices."""

    items: list[NoticeOut]


class ReadIn(Body):
    """Which were read; all of them where none are named."""

    ids: list[Id] | None = None


@desk.read("/notices", Text("通知", "Notices"), NoticePart)
def list_notices(asked: Asked, unread: bool = False, after: After = 0, limit: Limit = 50) -> Any:
    """What the caller was told, the latest first."""
    rows: Any = lines(asked.user)
    return latest(rows.filter(read_at=None) if unread else rows, after, limit)


@desk.act("/notices/read", Text("标为已读", "Mark as read"), ReadIn, CountOut)
def read_notices(asked: Asked, sent: ReadIn) -> Any:
    """Mark one's own notices as read; numbers of others' are passed over."""
    own = Notification.objects.filter(user=asked.user, read_at=None)
    waiting = own.count()
    mark_read(asked.user, asked.now, sent.ids)
    return {"count": waiting - own.count()}
