"""The pack, the calendar and the counting rule in force in this zone, read once per process."""

from functools import cache

from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.receipt import ReceiptRule
from openzone.packs.calendars import own_files, zone_calendar, zone_receipt_rule
from openzone.packs.loading import zone_folder
from openzone.packs.spokespersons import SpokespersonsPack, load_spokespersons


@cache
def pack() -> SpokespersonsPack:
    """Return the duties and the limits the zone promises."""
    return load_spokespersons(zone_folder())


@cache
def calendar() -> WorkCalendar:
    """Return the zone's working calendar."""
    return zone_calendar(own_files(zone_folder()))


@cache
def receipt_rule() -> ReceiptRule:
    """Return how a limit is counted from receipt."""
    return zone_receipt_rule(zone_folder())
