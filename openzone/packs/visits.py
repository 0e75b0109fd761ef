"""How often enterprises are visited and by whom, how often is too often: ``visits.yaml``."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.visiting.cadence import Cap, Need, Per
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
Kind = Literal["visit", "call"]
Who = Literal["sponsor", "service_officer", "grid"]
NAME = "visits.yaml"
_MONTH_DAYS = 30


class Times(Entry):
    """So many contacts of one kind in each period."""

    kind: Kind
    times: int = Field(ge=1)
    per: Per


class Cadence(Entry):
    """How often, as one place published it."""

    id: str
    title: Bilingual
    source: Bilingual
    region: str
    verified: Mark
    note: Bilingual | None = None
    needs: tuple[Times, ...] = Field(min_length=1)

    @property
    def as_needs(self) -> tuple[Need, ...]:
        """What the engine compares with."""
        return tuple(Need(one.kind, one.times, one.per) for one in self.needs)


class EnterpriseClass(Entry):
    """Enterprises that somebody of this sort looks after; the first class that fits counts."""

    id: str
    title: Bilingual
    who: Who
    cadence: str


class CapRule(Entry):
    """How many visits are too many, and how near two planned visits are offered as one."""

    visits: int = Field(ge=1)
    days: int = Field(ge=1)
    together_days: int = Field(ge=0)
    source: Bilingual
    verified: Mark
    note: Bilingual

    @property
    def as_cap(self) -> Cap:
        """What the engine compares with."""
        return Cap(self.visits, self.days)


class Topic(Entry):
    """What a finding, a question at a clinic or in the village is about."""

    id: str
    title: Bilingual


class VisitsPack(Entry):
    """The whole file."""

    notice: Bilingual
    cadences: tuple[Cadence, ...]
    classes: tuple[EnterpriseClass, ...]
    cap: CapRule
    topics: tuple[Topic, ...]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        known = {one.id for one in self.cadences}
        if missing := [one.cadence for one in self.classes if one.cadence not in known]:
            raise ValueError(f"no cadence {', '.join(missing)}")
        for cadence in self.cadences:
            for one in cadence.needs:
                if one.kind == "visit" and _a_window(one, self.cap) > self.cap.visits:
                    raise ValueError(f"{cadence.id} asks for more visits than the cap allows")
        return self

    def cadence(self, name: str) -> Cadence:
        """Return a cadence by its id."""
        return next(one for one in self.cadences if one.id == name)


def _a_window(times: Times, cap: CapRule) -> float:
    """Return how many visits a need means, spread evenly, in the days of the cap."""
    return times.times / (times.per.months * _MONTH_DAYS) * cap.days


def load_visits(folder: Path | None) -> VisitsPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), VisitsPack)
