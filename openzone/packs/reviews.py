"""Who reviews which projects how often: ``reviews.yaml``."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.projects.reviews import Cadence, Every, Tiers, check
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
NAME = "reviews.yaml"


class Body(StrEnum):
    """Who meets at a tier: each task force, each project chief, or the zone once."""

    FORCE = "force"
    CHIEF = "chief"
    ZONE = "zone"


class TierPack(Entry):
    """A tier, who meets at it, and when."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=16)
    of: Body
    at: dt.time
    minutes: int = Field(ge=1, le=24 * 60)
    label: Bilingual
    every: Every
    days: tuple[int, ...]
    verified: Mark

    @property
    def cadence(self) -> Cadence:
        """Its rhythm, as the engine reads it."""
        return Cadence(self.id, self.every, self.days)

    @model_validator(mode="after")
    def _days_fit(self) -> Self:
        if (wrong := check(self.cadence)) is not None:
            raise ValueError(str(wrong))
        return self


class ClassPack(Entry):
    """A class of projects, and the tiers that review it."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=32)
    label: Bilingual
    tiers: tuple[str, ...] = Field(min_length=1)


class ReviewsPack(Entry):
    """The whole file."""

    source: Bilingual
    verified: Mark
    tiers: tuple[TierPack, ...] = Field(min_length=1)
    classes: tuple[ClassPack, ...] = Field(min_length=1)
    missed: int = Field(ge=1)
    light: str
    promises_within: int = Field(ge=0)
    ahead: int = Field(ge=1, le=366)

    @property
    def ladder(self) -> Tiers:
        """The tiers as what stays open climbs them."""
        return Tiers(tuple(one.id for one in self.tiers), self.missed)

    @property
    def by_tier(self) -> Mapping[str, TierPack]:
        """The tiers by their ids, from the one that meets most often."""
        return {one.id: one for one in self.tiers}

    @property
    def by_class(self) -> Mapping[str, ClassPack]:
        """The classes by their ids."""
        return {one.id: one for one in self.classes}

    @model_validator(mode="after")
    def _classes_name_tiers(self) -> Self:
        known = [one.id for one in self.tiers]
        if len(set(known)) < len(known) or len({one.id for one in self.classes}) < len(
            self.classes
        ):
            raise ValueError("编号重复 / an id is there twice")
        for one in self.classes:
            if lost := set(one.tiers) - set(known):
                raise ValueError(
                    f"{one.id}: 没有 {', '.join(lost)} / there is no {', '.join(lost)}"
                )
        return self


def load_reviews(folder: Path | None) -> ReviewsPack:
    """Read the file in force.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), ReviewsPack)
