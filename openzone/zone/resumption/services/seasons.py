"""A season is opened with the measures of the pack, and closed with its figures frozen."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.resumption.models import Season
from openzone.zone.resumption.packs import ensure_kind, kept
from openzone.zone.resumption.selectors.days import frozen, last_day, points
from openzone.zone.resumption.writing import ensure_said, note, opened

LONGEST: Final = 200
ORDER: Final = Text("结束日早于开始日", "the last day is before the first")
TOO_LONG: Final = Text("一期最长 {n} 天", "a season has {n} days at most")
BASE: Final = Text(
    "基期月应早于开始的那个月", "the base month is before the month of the first day"
)
EARLY: Final = Text("尚未开始，不能结束", "it has not begun and cannot be closed")


@transaction.atomic
def open_season(
    *, actor: Actor, title: str, kind: str, first_on: dt.date, last_on: dt.date,
    base_month: dt.date, now: dt.datetime, user: User | None = None, document: str = "",
    synthetic: bool = False,
) -> Season:  # fmt: skip
    """Open a season; it keeps the measures of today, whatever becomes of the pack."""
    made = Season(
        title=title.strip(), kind=ensure_kind(kind), first_on=first_on, last_on=last_on,
        base_month=base_month.replace(day=1), document=document.strip(), rules=kept(),
        opened_by=user, opened_at=now, synthetic=synthetic,
    )  # fmt: skip
    if last_on < first_on:
        raise Refused(ORDER, field="last_on")
    if (last_on - first_on).days >= LONGEST:
        raise Refused(TOO_LONG.format(n=LONGEST), field="last_on")
    if made.base_month >= first_on.replace(day=1):
        raise Refused(BASE, field="base_month")
    ensure_valid(made)
    made.save()
    note("season.opened", actor, f"resumption:{made.pk}",
         {"first": first_on, "last": last_on, "kind": kind})  # fmt: skip
    return made


@transaction.atomic
def close_season(*, actor: Actor, season: Season, reason: str, now: dt.datetime) -> Season:
    """Close a season: its figures of every day and class are kept, nothing is entered after."""
    current, today = opened(season), timezone.localdate(now)
    if today < current.first_on:
        raise Refused(EARLY)
    current.closing_note = ensure_said(reason)
    current.frozen = frozen(points(current, last_day(current, today)))
    current.closed_on = today
    current.save(update_fields=["closing_note", "frozen", "closed_on"])
    note("season.closed", actor, f"resumption:{current.pk}", {"why": current.closing_note})
    return current
