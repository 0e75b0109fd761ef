"""Lengths of time in words."""

import datetime as dt

from django.utils.translation import gettext, ngettext

HOUR = 60
DAY = 24 * HOUR


def minutes(count: int) -> str:
    """Write working minutes: 95 → 1小时35分."""
    hours, rest = divmod(count, HOUR)
    if not hours:
        return gettext("%(n)d min") % {"n": rest}
    if not rest:
        return gettext("%(n)d h") % {"n": hours}
    return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def distance(span: dt.timedelta) -> str:
    """Write a stretch of the clock on the wall in the largest unit that says enough."""
    total = int(abs(span).total_seconds()) // 60
    if total < HOUR:
        return ngettext("%(n)d minute", "%(n)d minutes", total) % {"n": total}
    if total < 2 * DAY:
        return ngettext("%(n)d hour", "%(n)d hours", total // HOUR) % {"n": total // HOUR}
    return ngettext("%(n)d day", "%(n)d days", total // DAY) % {"n": total // DAY}


def left(due: dt.datetime, now: dt.datetime) -> str:
    """Write how long it is until something is due, or how long it has been overdue."""
    words = distance(due - now)
    if due >= now:
        return gettext("%(span)s left") % {"span": words}
    return gettext("overdue by %(span)s") % {"span": words}
