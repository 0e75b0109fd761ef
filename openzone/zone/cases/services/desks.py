"""What people keep for their own desk: saved lists, and lines they have read."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.models import Notification, SavedFilter
from openzone.zone.cases.selectors.listing import Filter
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User

MOST_FILTERS = 50


@transaction.atomic
def save_filter(
    *,
    actor: Actor,
    user: User,
    name: str,
    chosen: Filter,
    now: dt.datetime,
    shared: bool = False,
) -> SavedFilter:
    """Keep a list under a name; the same name again replaces it."""
    kept = SavedFilter.objects.filter(user=user)
    found = kept.filter(name=name.strip()).first()
    if found is None and kept.count() >= MOST_FILTERS:
        raise Refused(Text("最多保存{n}个", "at most {n} are kept").format(n=MOST_FILTERS))
    row = found or SavedFilter(user=user, name=name.strip())
    row.chosen, row.shared, row.saved_at = chosen.chosen(), shared, now
    ensure_valid(row)
    row.save()
    record("cases.filter.saved", actor=actor, subject=f"user:{user.pk}", payload={"name": row.name})
    return row


@transaction.atomic
def delete_filter(*, actor: Actor, saved: SavedFilter) -> None:
    """Forget a saved list."""
    record(
        "cases.filter.deleted", actor=actor, subject=f"user:{saved.user_id}",
        payload={"name": saved.name},
    )  # fmt: skip
    saved.delete()


def mark_read(user: User, now: dt.datetime, ids: list[int] | None = None) -> int:
    """Note that somebody read their lines: these, or all of them. Reading leaves no event."""
    unread = Notification.objects.filter(user=user, read_at=None)
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    return unread.update(read_at=now)
