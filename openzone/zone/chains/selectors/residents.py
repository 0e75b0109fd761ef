"""The firms of the zone by their names and codes, to tell who is here already."""

from collections import defaultdict

from openzone.engines.identity.linkage import Registry, RegistryEntry
from openzone.packs.tables import load_name_splitter
from openzone.zone.registry.enums import NameKind
from openzone.zone.registry.models import EnterpriseName
from openzone.zone.registry.selectors.identity import live


def residents() -> Registry:
    """Return the register names are linked with; a firm is called by its number."""
    former: dict[int, list[str]] = defaultdict(list)
    rows = EnterpriseName.objects.filter(kind=NameKind.FORMER).order_by("id")
    for pk, name in rows.values_list("enterprise__root_id", "name"):
        former[pk].append(name)
    fields = ("pk", "name", "short_name", "uscc")
    entries = [
        RegistryEntry(str(pk), name, tuple(former[pk]), (short,) if short else (), code)
        for pk, name, short, code in live().order_by("pk").values_list(*fields)
    ]
    return Registry(entries, load_name_splitter())
