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
from openzone.www.api.values import Id, Line
from openzone.zone.cases.models import Notification
from openzone.zone.cases.selectors.choices import EMAIL, IN_APP, Choice, Wish, choices
from openzone.zone.cases.selectors.notifications import lines
from openzone.zone.cases.services.choices import choose
from openzone.zone.cases.services.desks import mark_read
from openzone.zone.errors import Refused
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


class ChoiceOut(Schema):
    """A kind of message, by which ways it comes, and which of them cannot be switched off."""

    kind: str
    label: Words
    ways: list[str]
    fixed: list[str]
    why: Words | None


class ChoicesIn(Body):
    """By which ways each kind is to come: `in_app`, `email`; kinds left out stay as they are."""

    choices: dict[str, list[Line]]


@desk.read("/notices/choices", Text("通知方式", "How one is told"), list[ChoiceOut])
def list_choices(asked: Asked) -> Any:
    """How the caller hears of each kind of thing that concerns them."""
    return [_choice(one) for one in choices(asked.user, asked.on)]


@desk.act("/notices/choices", Text("选择通知方式", "Choose how to be told"), ChoicesIn,
          list[ChoiceOut])  # fmt: skip
def choose_ways(asked: Asked, sent: ChoicesIn) -> Any:
    """Choose for oneself; what has to come always refuses to be switched off."""
    offered = choices(asked.user, asked.on)
    _ensure_known({str(one.spec.id) for one in offered}, sent.choices)
    now: dict[str, list[str]] = {one.spec.id: _ways(one.wish) for one in offered}
    choose(actor=asked.actor, user=asked.user, ways=now | sent.choices, on=asked.on)
    return list_choices(asked)


def _ensure_known(kinds: set[str], given: dict[str, list[str]]) -> None:
    for kind, ways in given.items():
        if kind not in kinds:
            raise Refused(Text("没有这种通知", "there is no such kind"), field=f"choices.{kind}")
        if set(ways) - {IN_APP, EMAIL}:
            why = Text("没有这种方式", "there is no such way")
            raise Refused(why, field=f"choices.{kind}")


def _choice(one: Choice) -> dict[str, Any]:
    why = one.spec.why
    return {
        "kind": one.spec.id,
        "label": Words.of(one.spec.label.text),
        "ways": _ways(one.wish),
        "fixed": _ways(one.fixed),
        "why": Words.of(why.text) if why else None,
    }


def _ways(wish: Wish) -> list[str]:
    return [way for way, comes in zip((IN_APP, EMAIL), wish, strict=True) if comes]
