"""The pack, the calendar and the counting rule in force in this zone, read once per process."""

from functools import cache

from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.receipt import ReceiptRule
from openzone.packs.calendars import own_files, zone_calendar, zone_receipt_rule
from openzone.packs.commitments import CommitmentsPack
from openzone.packs.loading import zone_folder
from openzone.zone.catalogue.packs import commitments


def pack() -> CommitmentsPack:
    """Return the kinds, templates and rules."""
    return commitments()


@cache
def calendar() -> WorkCalendar:
    """Return the zone's working calendar."""
    return zone_calendar(own_files(zone_folder()))


@cache
def receipt_rule() -> ReceiptRule:
    """Return how a limit is counted from receipt."""
    return zone_receipt_rule(zone_folder())
