"""What this zone calls sources, channels and talks, read once per process."""

from collections.abc import Iterable
from functools import cache

from openzone.engines.identity.names import NameSplitter
from openzone.engines.text import Text
from openzone.packs.loading import zone_folder
from openzone.packs.promotion import PromotionPack, Term, load_promotion
from openzone.packs.tables import load_name_splitter
from openzone.zone.errors import Refused

UNKNOWN = Text("没有“{name}”这一选项", "there is no “{name}” to choose")


@cache
def pack() -> PromotionPack:
    """Return the lists, grades and days of promotion."""
    return load_promotion(zone_folder())


def splitter() -> NameSplitter:
    """Return what takes the names of firms apart."""
    return load_name_splitter()


def called(terms: Iterable[Term], name: str) -> Text:
    """Return what an id is called; the id itself where the pack lost it."""
    found = pack().label(terms, name)
    return found.text if found is not None else Text(name, name)


def ensure_known(terms: Iterable[Term], name: str, field: str) -> str:
    """Refuse an id the pack does not have."""
    if name not in {one.id for one in terms}:
        raise Refused(UNKNOWN.format(name=name), field=field)
    return name
