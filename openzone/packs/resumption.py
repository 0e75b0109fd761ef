"""Resumption of work: classes, measures and what is in the way (``resumption.yaml``)."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.resumption.model import Fact, Kind, Measure, Of
from openzone.packs.typed import Entry, load_typed, pack_file

NAME = "resumption.yaml"
Mark = Literal["V", "V2", "L", "K"]
Id = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=24)


class Named(Entry):
    """Something with an id and a name."""

    id: str = Id
    label: Bilingual


class MeasureSpec(Named):
    """A rate: what is counted over what, and where that was read."""

    family: str
    kind: Kind
    fact: Fact
    of: Of
    least: Decimal | None = Field(None, gt=0)
    over: Decimal | None = Field(None, gt=0)
    definition: Bilingual
    source: Bilingual
    verified: Mark

    @property
    def measure(self) -> Measure:
        """What the engine takes."""
        return Measure(self.id, self.kind, self.fact, self.of, self.least, self.over)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        counted = self.kind is Kind.COUNT and self.fact is not Fact.RESUMED
        if counted != ((self.least is None) != (self.over is None)):
            raise ValueError("a count of shares needs least or over, nothing else has one")
        if (self.fact is Fact.POWER) != (self.of is Of.METERED):
            raise ValueError("power is of: metered, and nothing else is")
        return self


class BlockerKind(Named):
    """What stands in the way, and the request it becomes."""

    topic: str
    fields: dict[str, str] = {}
    stopped: dict[str, str] = {}
    asks: str = ""
    asks_label: Bilingual | None = None


class Measures(Entry):
    """What a season keeps from the day it is opened."""

    carry_days: int = Field(ge=0, le=31)
    power_limit: Decimal = Field(gt=0, lt=1)
    measures: tuple[MeasureSpec, ...] = Field(min_length=1)
    families: tuple[Named, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _families(self) -> Self:
        if unknown := {one.family for one in self.measures} - {one.id for one in self.families}:
            raise ValueError(f"no families {', '.join(sorted(unknown))}")
        return self


class ResumptionPack(Measures):
    """The whole file."""

    source: Bilingual
    verified: Mark
    kinds: tuple[Named, ...] = Field(min_length=1)
    classes: tuple[Named, ...] = Field(min_length=1)
    carry_verified: Mark
    remind_hour: int = Field(ge=0, le=23)
    blockers: tuple[BlockerKind, ...] = Field(min_length=1)
    request: str

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        for listed in (self.kinds, self.classes, self.measures, self.blockers):
            if len(_ids(listed)) != len(listed):
                raise ValueError("an id is given twice")
        return self


def _ids(listed: Iterable[Named]) -> set[str]:
    return {one.id for one in listed}


def load_resumption(folder: Path | None) -> ResumptionPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), ResumptionPack)
