"""The border between stored moments (aware) and the engine's wall-clock time (naive).

China has one time zone and has kept no summer time since 1991, so between two working moments
the wall clock never jumps, and naive arithmetic is exact and fast. Callers that store aware
moments convert here, once on the way in and once on the way out.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from openzone.engines.text import Text
from openzone.engines.worktime.errors import WorktimeError

ZONE = ZoneInfo("Asia/Shanghai")
LAST_SECOND = dt.time(23, 59, 59)


def to_local(moment: dt.datetime) -> dt.datetime:
    """Return the zone's wall-clock time of an aware moment."""
    if moment.tzinfo is None:
        raise WorktimeError(
            Text("缺少时区，无法换算为当地时间", "a moment without a time zone cannot be converted")
        )
    try:
        return moment.astimezone(ZONE).replace(tzinfo=None)
    except OverflowError:
        raise WorktimeError(
            Text("时刻超出公历范围", "the moment lies outside the calendar")
        ) from None


def to_aware(moment: dt.datetime) -> dt.datetime:
    """Return the aware moment of a wall-clock time of the zone."""
    require_local(moment)
    return moment.replace(tzinfo=ZONE)


def require_local(moment: dt.datetime) -> None:
    """Refuse aware moments: comparing them with wall-clock times would be wrong or fail."""
    if moment.tzinfo is not None:
        raise WorktimeError(
            Text(
                "工作时间按当地时间计算，请先换算（不带时区）",
                "working time is counted in local wall-clock time; convert the moment first",
            )
        )


def end_of_day(day: dt.date) -> dt.datetime:
    """Return the last second of a day (民法典第二百零三条: 截止时间为二十四时)."""
    return dt.datetime.combine(day, LAST_SECOND)
