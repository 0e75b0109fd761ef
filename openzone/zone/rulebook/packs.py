"""The rules in force in this zone, compiled once per day of evaluation."""

import datetime as dt
from functools import cache, lru_cache

from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.schema import Rule
from openzone.packs.loading import zone_folder, zone_rules
from openzone.zone.registry.packs import catalogue


@cache
def rules() -> tuple[Rule, ...]:
    """Return the national rules with the zone's own laid over them, read once per process."""
    return zone_rules(zone_folder())


@lru_cache(maxsize=16)
def plan_on(as_of: dt.date) -> Plan:
    """Return the versions in force on a day as one plan."""
    return compile_rules(rules(), catalogue(), as_of)
