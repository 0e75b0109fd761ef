"""Classes, measures and blockers of this zone, read once per process."""

from functools import cache

from openzone.engines.text import Text
from openzone.packs.loading import zone_folder
from openzone.packs.resumption import BlockerKind, Measures, ResumptionPack, load_resumption
from openzone.zone.errors import Refused

NO_CLASS = Text("没有“{name}”这一类别", "there is no class “{name}”")
NO_KIND = Text("没有“{name}”这一类型", "there is no kind “{name}”")
_KEPT = tuple(Measures.model_fields)


@cache
def pack() -> ResumptionPack:
    """Return the whole pack."""
    return load_resumption(zone_folder())


def kept() -> dict[str, object]:
    """Return what a new season keeps of the pack, as JSON."""
    return {name: value for name, value in pack().model_dump(mode="json").items() if name in _KEPT}


def class_label(name: str) -> Text:
    """Return what a class is called; its id where the pack lost it."""
    found = next((one for one in pack().classes if one.id == name), None)
    return found.label.text if found else Text(name, name)


def kind_label(name: str) -> Text:
    """Return what a kind of season is called."""
    found = next((one for one in pack().kinds if one.id == name), None)
    return found.label.text if found else Text(name, name)


def ensure_class(name: str) -> str:
    """Return the id of a class, or refuse."""
    if name not in {one.id for one in pack().classes}:
        raise Refused(NO_CLASS.format(name=name), field="klass")
    return name


def ensure_kind(name: str) -> str:
    """Return the id of a kind of season, or refuse."""
    if name not in {one.id for one in pack().kinds}:
        raise Refused(NO_KIND.format(name=name), field="kind")
    return name


def blocker_kind(name: str) -> BlockerKind:
    """Return a kind of blocker, or refuse."""
    found = next((one for one in pack().blockers if one.id == name), None)
    if found is None:
        raise Refused(NO_KIND.format(name=name), field="blocker")
    return found


def blocker_label(name: str) -> Text:
    """Return what a kind of blocker is called."""
    found = next((one for one in pack().blockers if one.id == name), None)
    return found.label.text if found else Text(name, name)
