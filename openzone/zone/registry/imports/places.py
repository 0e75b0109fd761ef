"""The parks a file names, as places of the record."""

from collections.abc import Iterator

from openzone.engines.identity.names import normalise
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.imports.problems import Fault
from openzone.zone.registry.imports.staging import StagedRow
from openzone.zone.registry.models import Place


class Places:
    """Zones and parks by code and by name; a name that two of them have means neither."""

    def __init__(self) -> None:
        self.known: dict[str, int | None] = {}
        kinds = (PlaceKind.ZONE, PlaceKind.PARK)
        for place in Place.objects.filter(kind__in=kinds).order_by("code"):
            for key in {normalise(place.code), normalise(place.name)}:
                self.known[key] = None if key in self.known else place.pk

    def of(self, park: str) -> int | None:
        """Return the place of this name or code, if it is on record."""
        return self.known.get(normalise(park))

    def faults(self, row: StagedRow) -> Iterator[Fault]:
        """Yield what is doubtful about a row's park; it is kept as a fact in any case."""
        park = next((fact.value for fact in row.facts if fact.name == "park"), None)
        if park is not None and self.of(park) is None:
            yield Fault("park_unknown", "park", {"name": park})
