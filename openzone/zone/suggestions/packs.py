"""The pack, the calendar and the counting rule in force in this zone, read once per process."""

import datetime as dt
from functools import cache

from openzone.engines.worktime.arithmetic import add
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.due import due
from openzone.engines.worktime.localtime import to_aware, to_local
from openzone.engines.worktime.receipt import ReceiptRule
from openzone.packs.calendars import own_files, zone_calendar, zone_receipt_rule
from openzone.packs.loading import zone_folder
from openzone.packs.suggestions import Reason, SuggestionsPack, load_suggestions


@cache
def pack() -> SuggestionsPack:
    """Return the limits, reasons and thresholds of campaigns."""
    return load_suggestions(zone_folder())


@cache
def calendar() -> WorkCalendar:
    """Return the zone's working calendar."""
    return zone_calendar(own_files(zone_folder()))


@cache
def receipt_rule() -> ReceiptRule:
    """Return how a limit is counted from receipt."""
    return zone_receipt_rule(zone_folder())


def answers_due(collected_at: dt.datetime) -> dt.datetime:
    """Return when the answers are due that were promised at the end of collecting."""
    limit = pack().answer.limit
    return to_aware(due(to_local(collected_at), limit, calendar(), receipt_rule()).due)


def soon_until(now: dt.datetime) -> dt.datetime:
    """Return the moment up to which a limit counts as due soon."""
    return to_aware(add(calendar(), to_local(now), pack().soon))


def reason_named(name: str) -> Reason | None:
    """Return a reason by its id."""
    return next((one for one in pack().rejection.reasons if one.id == name), None)
