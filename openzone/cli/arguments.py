"""Arguments that several commands share."""

import datetime as dt
from zoneinfo import ZoneInfo

from openzone.cli.output import refuse
from openzone.engines.text import Text

CHINA = ZoneInfo("Asia/Shanghai")


def today() -> dt.date:
    """Today in the zone's time, wherever the command runs."""
    return dt.datetime.now(CHINA).date()


def day(text: str, option: str) -> dt.date:
    """Return the day of an option, today where it was not given."""
    if not text:
        return today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        refuse(
            Text(
                f"{option}：“{text}”不是日期，请写成 2026-04-01",
                f"{option}: “{text}” is not a date, write 2026-04-01",
            )
        )
