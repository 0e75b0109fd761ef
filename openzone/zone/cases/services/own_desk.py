"""What somebody keeps on their own desk, and what of others they look at."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.models import Case, Notification, SavedFilter
from openzone.zone.errors import Refused
from openzone.zone.people.models import User

LONGEST_NAME, MOST_LISTS = 60, 30


@transaction.atomic
def save_filter(
    *, actor: Actor, user: User, name: str, chosen: Mapping[str, Any], now: dt.datetime
) -> SavedFilter:
    """Keep a list under a name; the same name takes the place of the earlier one."""
    called = name.strip()
    if not 0 < len(called) <= LONGEST_NAME:
        text = Text("名称须为1至{n}个字", "a name has 1 to {n} characters")
        raise Refused(text.format(n=LONGEST_NAME), field="name")
    others = SavedFilter.objects.filter(user=user).exclude(name=called)
    if others.count() >= MOST_LISTS:
        text = Text("最多保存{n}个列表", "at most {n} lists are kept")
        raise Refused(text.format(n=MOST_LISTS))
    saved, _made = SavedFilter.objects.update_or_create(
        user=user, name=called, defaults={"chosen": dict(chosen), "saved_at": now}
    )
    record("cases.filter.saved", actor=actor, subject=f"saved_filter:{saved.pk}")
    return saved


@transaction.atomic
def drop_filter(*, actor: Actor, saved: SavedFilter) -> None:
    """Forget a saved list."""
    record("cases.filter.dropped", actor=actor, subject=f"saved_filter:{saved.pk}")
    saved.delete()


@transaction.atomic
def read_notifications(*, actor: Actor, user: User, now: dt.datetime) -> int:
    """Mark what somebody was told as read; return how many lines that were."""
    count = Notification.objects.filter(user=user, read_at=None).update(read_at=now)
    record("cases.notifications.read", actor=actor, payload={"count": count})
    return count


@transaction.atomic
def note_contact_seen(*, actor: Actor, case: Case) -> None:
    """Write down that somebody looked at telephone and e-mail of who asked."""
    record("cases.contact.seen", actor=actor, subject=case.subject)
