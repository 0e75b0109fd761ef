"""Neighbourhood agents and cross-region service: ``neighbourhood.yaml``."""

from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.service.custody import Holder
from openzone.engines.service.walking import Pace
from openzone.engines.worktime.durations import Duration
from openzone.engines.worktime.errors import WorktimeError
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
NAME = "neighbourhood.yaml"


def _duration(value: Any) -> Duration:
    try:
        return Duration.from_data(value)
    except WorktimeError as error:
        raise ValueError(str(error)) from None


Clock = Annotated[Duration, BeforeValidator(_duration)]


class Term(Entry):
    """A word of a closed list."""

    id: str
    label: Bilingual


class Terms(Entry):
    """A closed list, in its order, with its source."""

    source: Bilingual
    verified: Mark
    list: tuple[Term, ...] = Field(min_length=1)


class Duty(Entry):
    """What a resident has to do by a day; ``remind_days`` before it somebody is told."""

    id: str
    label: Bilingual
    consequence: Bilingual
    remind_days: tuple[int, ...]
    deadline: Bilingual
    source: Bilingual
    verified: Mark
    note: Bilingual | None = None


class HomeVisits(Entry):
    """From how many days before a day on a visit goes before every other."""

    urgent_days: int = Field(ge=0)
    source: Bilingual
    verified: Mark


class Custody(Entry):
    """How long each holder may keep originals."""

    source: Bilingual
    verified: Mark
    keep: dict[Holder, Clock]


class Walking(Entry):
    """The limit of a walk, and how fast people go where only coordinates are known."""

    minutes: float = Field(gt=0)
    metres_a_minute: float = Field(gt=0)
    detour: float = Field(ge=1)
    verified: Mark
    source: Bilingual

    @property
    def pace(self) -> Pace:
        """How people walk."""
        return Pace(self.metres_a_minute, self.detour)


class Points(Entry):
    """How many items a service point is to offer."""

    items_at_least: int
    source: Bilingual
    verified: Mark


class Workload(Entry):
    """From how many open orders on an agent counts as overloaded."""

    open_orders: int
    source: Bilingual
    verified: Mark


class Mode(Entry):
    """A way an item is handled across regions."""

    id: str
    label: Bilingual
    verified: Mark


class Receive(Entry):
    """The clock of the receiving side."""

    limit: Clock
    source: Bilingual
    verified: Mark


class CrossRegion(Entry):
    """Modes, the principle of competence, and the receiving side's clock."""

    modes: tuple[Mode, ...]
    source: Bilingual
    principle: Bilingual
    principle_verified: Mark
    receive: Receive


class Trips(Entry):
    """How many trips a case may need."""

    most: int
    source: Bilingual
    verified: Mark


class NeighbourhoodPack(Entry):
    """The whole file."""

    sources: Terms
    vulnerability: Terms
    home_visits: HomeVisits
    duties: tuple[Duty, ...]
    custody: Custody
    walking: Walking
    points: Points
    workload: Workload
    cross_region: CrossRegion
    trips: Trips

    def duty(self, name: str) -> Duty | None:
        """Return a duty by its id."""
        return find(self.duties, name)

    def mode(self, name: str) -> Mode | None:
        """Return a mode by its id."""
        return find(self.cross_region.modes, name)


Named = TypeVar("Named", Term, Duty, Mode)


def find(entries: tuple[Named, ...], name: str) -> Named | None:
    """Return the entry of this id."""
    return next((entry for entry in entries if entry.id == name), None)


def load_neighbourhood(folder: Path | None) -> NeighbourhoodPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), NeighbourhoodPack)
