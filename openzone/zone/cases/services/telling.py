"""Telling people something: in the program, by e-mail, or not at all, as each of them chose.

Every application of the zone tells people through here, in the transaction of what it tells.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from openzone.engines.text import Text
from openzone.zone.cases.enums import MessageKind, NoticeKind
from openzone.zone.cases.models import Case, Notification, OutboxMessage
from openzone.zone.cases.packs import notifications
from openzone.zone.cases.selectors.choices import EMAIL, wishes
from openzone.zone.people.models import User
from openzone.zone.statements import Rows

_WHERE = Text(
    "选择接收哪些通知：{page}", "Choose what you are told: {page}"
)  # fmt: skip
_MENU = Text("登录后打开账户菜单中的“通知设置”", "log in, account menu, “What I am told”")
_FIXED = Text("本邮件不能关闭：{why}", "This e-mail cannot be switched off: {why}")


_LINES = Rows(Notification)


@dataclass(frozen=True, slots=True)
class Message:
    """What is told. ``action`` names what happened; ``key`` makes an e-mail go out once.

    ``subject`` is what it is about where that is no case, as the log names it: ``suggestion:12``.
    """

    kind: NoticeKind
    action: str
    said: Text
    key: str
    case: Case | None = None
    subject: str = ""


def tell(message: Message, people: Iterable[int], now: dt.datetime, *, mail: bool = True) -> None:
    """Tell everybody named by their id, each the way they chose; ``mail=False`` writes none."""
    chosen = wishes(people, message.kind)
    _put(message, sorted(one for one, wish in chosen.items() if wish.in_app), now)
    if mail and settings.MAIL_ENABLED:
        _mail(message, [one for one, wish in chosen.items() if wish.email], now)


def footer(kind: NoticeKind) -> str:
    """Return the foot of an e-mail: where to choose, or why this one comes in any case."""
    page = settings.NOTICE_CHOICES
    where = _WHERE.format(page="{page}")
    lines = [where.zh.format(page=page or _MENU.zh), where.en.format(page=page or _MENU.en)]
    spec = notifications().by_id[kind]
    if EMAIL in spec.always and spec.why is not None:
        lines = [_FIXED.zh.format(why=spec.why.zh), _FIXED.en.format(why=spec.why.en), *lines]
    return "\n-- \n" + "\n".join(lines) + "\n"


def _put(message: Message, people: Iterable[int], now: dt.datetime) -> None:
    rows = (
        Notification(
            user_id=person,
            case=message.case,
            kind=message.kind,
            subject=message.subject,
            action=message.action[:40],
            text_zh=message.said.zh[:300],
            text_en=message.said.en[:300],
            at=now,
        )
        for person in people
    )
    _LINES.insert(*rows)


def _mail(message: Message, people: Iterable[int], now: dt.datetime) -> None:
    said, foot = message.said, footer(message.kind)
    addressed = User.objects.filter(pk__in=list(people), is_active=True).exclude(email="")
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            key=f"{message.key}-{person.pk}",
            kind=MessageKind.EMAIL,
            case=message.case,
            address=person.email,
            subject=said.zh[:300],
            body=f"{said.zh}\n{said.en}\n{foot}",
            created_at=now,
            next_at=now,
        )
        for person in addressed.order_by("pk")
    )
