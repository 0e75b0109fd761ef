"""What a new enterprise may be another spelling of. Nothing is linked by it: a person looks."""

from collections import defaultdict
from collections.abc import Mapping

from openzone.engines.identity.findings import same_place
from openzone.engines.identity.linkage import RegistryEntry
from openzone.engines.identity.names import NameParts, normalise
from openzone.engines.identity.sounds import sound
from openzone.engines.text import Text
from openzone.packs.tables import build_registry, load_name_splitter
from openzone.zone.registry.imports.linking import Known
from openzone.zone.registry.imports.problems import Fault

_SAME_CORE = Text("字号和行业相同或同音", "brand and trade are the same or sound alike")


class Neighbours:
    """Compares new enterprises with the record, and with those before them in the same file."""

    def __init__(self, known: Mapping[int, Known]) -> None:
        recorded = ((target, one) for target, one in known.items() if target > 0)
        self.record = build_registry(
            RegistryEntry(str(target), one.name, uscc=one.uscc)
            for target, one in recorded
            if normalise(one.name)
        )
        self.splitter = load_name_splitter()
        self.seen: dict[str, list[NameParts]] = defaultdict(list)

    def closest(self, name: str) -> Fault | None:
        """Return the nearest other enterprise that a person should compare this one with."""
        return self._on_record(name) or self._in_file(name)

    def _on_record(self, name: str) -> Fault | None:
        for candidate in self.record.link(name) if len(self.record) else ():
            if candidate.decision != "no":
                return _similar(candidate.name, candidate.reason)
        return None

    def _in_file(self, name: str) -> Fault | None:
        parts = self.splitter.split(name)
        alike = self.seen[sound(parts.core)]
        found = next((one for one in alike if _maybe_same(parts, one)), None)
        alike.append(parts)
        return _similar(found.name, _SAME_CORE) if found else None


def _maybe_same(one: NameParts, other: NameParts) -> bool:
    return same_place(one, other) or not one.place or not other.place


def _similar(name: str, why: Text) -> Fault:
    return Fault("similar", "name", {"name": name, "why": why})
