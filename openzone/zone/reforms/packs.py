"""The pack and the calendar in force in this zone, read once per process."""

from functools import cache

from openzone.engines.worktime.calendar import WorkCalendar
from openzone.packs.calendars import own_files, zone_calendar
from openzone.packs.loading import zone_folder
from openzone.packs.reforms import ReformsPack, load_reforms


@cache
def pack() -> ReformsPack:
    """Return the lights and the limits of extensions."""
    return load_reforms(zone_folder())


@cache
def calendar() -> WorkCalendar:
    """Return the zone's working calendar."""
    return zone_calendar(own_files(zone_folder()))
