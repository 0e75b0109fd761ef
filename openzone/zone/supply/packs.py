"""What this zone calls needs and offers, read once per process."""

from functools import cache

from openzone.engines.text import Text
from openzone.packs.loading import zone_folder
from openzone.packs.supply import SupplyPack, load_supply
from openzone.zone.errors import Refused

UNKNOWN = Text("没有“{name}”这一类别", "there is no kind “{name}”")


@cache
def pack() -> SupplyPack:
    """Return kinds, nearness and waiting times."""
    return load_supply(zone_folder())


def kind_label(name: str) -> Text:
    """Return what a kind is called; its id where the pack lost it."""
    found = next((one for one in pack().kinds if one.id == name), None)
    return found.label.text if found else Text(name, name)


def ensure_kind(name: str) -> str:
    """Return the id of a kind, or refuse."""
    if name not in {one.id for one in pack().kinds}:
        raise Refused(UNKNOWN.format(name=name), field="kind")
    return name
