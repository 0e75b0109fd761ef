"""Case types, calendar and the zone's own choices, read once per process."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from openzone.engines.cases.clocks import Worktime
from openzone.engines.cases.definition import case_type
from openzone.engines.cases.model import CaseType
from openzone.packs.calendars import own_files, zone_calendar, zone_receipt_rule
from openzone.packs.cases import CasesPack, load_cases
from openzone.packs.loading import zone_folder
from openzone.packs.notifications import NotificationsPack, load_notifications
from openzone.packs.services import service_types
from openzone.zone.cases.models import TypeVersion


@cache
def pack() -> CasesPack:
    """Return how the zone runs its cases."""
    return load_cases(zone_folder())


@cache
def notifications() -> NotificationsPack:
    """Return what people are told, and what no choice silences."""
    return load_notifications(zone_folder())


def mappings() -> Mapping[str, Mapping[str, Any]]:
    """Return the definitions of the packs, by id; they count once they are published."""
    return {kind: found.mapping for kind, found in service_types().items()}


@cache
def worktime() -> Worktime:
    """Return the zone's working calendar and how it counts from receipt."""
    folder = zone_folder()
    return Worktime(zone_calendar(own_files(folder)), zone_receipt_rule(folder))


def type_of(version: TypeVersion) -> CaseType:
    """Return a published case type. Its text is read from the database only the first time."""
    known = _types.get(version.digest)
    if known is None:
        known = _types[version.digest] = case_type(json.loads(version.definition))
    return known


# Published types never change and are few: by digest, for as long as the process lives.
_types: dict[str, CaseType] = {}
