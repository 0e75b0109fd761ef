"""Case types, calendar and the zone's own choices, read once per process."""

import json
from functools import cache, lru_cache
from typing import Any

from openzone.engines.cases.clocks import Worktime
from openzone.engines.cases.definition import CaseType
from openzone.engines.cases.loading import case_type
from openzone.packs.calendars import own_files, zone_calendar, zone_receipt_rule
from openzone.packs.cases import CasesPack, load_cases
from openzone.packs.casetypes import load_mappings
from openzone.packs.loading import zone_folder
from openzone.zone.cases.models import TypeVersion


@cache
def pack() -> CasesPack:
    """Return how the zone runs its cases."""
    return load_cases(zone_folder())


@cache
def mappings() -> dict[str, dict[str, Any]]:
    """Return the definitions of the packs, by id; they count once they are published."""
    return load_mappings(zone_folder())


@cache
def worktime() -> Worktime:
    """Return the zone's working calendar and how it counts from receipt."""
    folder = zone_folder()
    return Worktime(zone_calendar(own_files(folder)), zone_receipt_rule(folder))


def type_of(version: TypeVersion) -> CaseType:
    """Return a published case type."""
    return _read(version.digest, version.definition)


@lru_cache(maxsize=256)
def _read(_digest: str, definition: str) -> CaseType:
    return case_type(json.loads(definition))
