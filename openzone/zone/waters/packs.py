"""The standard of surface water and the rules of joint monitoring, read once per process."""

from functools import cache

from openzone.engines.text import Text
from openzone.engines.water.classes import Level, Standard
from openzone.packs.loading import zone_folder
from openzone.packs.water import WaterPack, water
from openzone.packs.water_monitoring import MonitoringPack, Term, load_monitoring
from openzone.zone.errors import Refused
from openzone.zone.waters.enums import Kind

UNKNOWN = Text("没有“{name}”这一类别", "there is no kind “{name}”")
NO_LEVEL = Text("没有“{name}”这一水质类别", "there is no class “{name}”")


@cache
def pack() -> WaterPack:
    """Return the standard with its document."""
    return water(zone_folder())


@cache
def standard() -> Standard:
    """Return the standard as the engine reads it."""
    return pack().standard


@cache
def monitoring() -> MonitoringPack:
    """Return what both sides agreed on."""
    return load_monitoring(zone_folder())


def terms(kind: str) -> tuple[Term, ...]:
    """Return the kinds an entry of a log may be of; patrols have none."""
    found = monitoring()
    return {
        Kind.EXCHANGE.value: found.exchange_kinds,
        Kind.INCIDENT.value: found.incident_kinds,
        Kind.DISPATCH.value: found.dispatch_kinds,
    }.get(kind, ())


def term_label(kind: str, name: str) -> Text:
    """Return what a kind is called; its id where the pack lost it."""
    found = next((one for one in terms(kind) if one.id == name), None)
    return found.label.text if found else Text(name, name)


def level_label(name: str) -> Text:
    """Return what a level of warning is called."""
    found = next((one for one in monitoring().levels if one.id == name), None)
    return found.label.text if found else Text(name, name)


def ensure_term(kind: str, name: str) -> str:
    """Return the id of a kind, or refuse."""
    known = {one.id for one in terms(kind)} or {""}
    if name not in known:
        raise Refused(UNKNOWN.format(name=name), field="term")
    return name


def level_of(place: int | None) -> Level | None:
    """Return the class at a rank of the standard."""
    return None if place is None else standard().levels[place]


def ensure_class(name: str) -> str:
    """Return the id of a class that may be a target, or refuse."""
    if name not in {one.id for one in standard().levels[:-1]}:
        raise Refused(NO_LEVEL.format(name=name), field="level")
    return name
