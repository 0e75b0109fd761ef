"""``water.yaml``: the standard of surface water as data."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.water.classes import CLASSES, Body, Direction, Item, Level, Standard
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
EVERYWHERE = frozenset(Body)


class LevelPack(Entry):
    """A class and the quality it stands for."""

    id: str
    label: Bilingual
    quality: Bilingual


class InsteadPack(Entry):
    """Another measurement with which class I is met as well."""

    id: str
    limit: Decimal


class ItemPack(Entry):
    """An item; ``lake``: its limits in lakes, ``only``: the one kind of water it counts for.

    ``lake_verified``: the mark of the limits in lakes, where it is another.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Bilingual
    unit: str
    direction: Direction
    limits: tuple[Decimal, ...]
    lake: tuple[Decimal, ...] | None = None
    only: Body | None = None
    instead: InsteadPack | None = None
    aliases: tuple[str, ...] = ()
    verified: Mark
    lake_verified: Mark | None = None

    def mark(self, body: Body) -> Mark:
        """How far the limits of a kind of water were compared with the document."""
        return (self.lake_verified if body is Body.LAKE else None) or self.verified

    @model_validator(mode="after")
    def _has_its_limits(self) -> Self:
        wanted = 2 if self.direction is Direction.WITHIN else CLASSES
        if any(len(one) != wanted for one in (self.limits, self.lake or self.limits)):
            raise ValueError(f"{self.id}: 应有{wanted}个限值 / needs {wanted} limits")
        return self

    @property
    def as_item(self) -> Item:
        """What the engine reads."""
        return Item(
            self.id,
            self.label.text,
            self.unit,
            self.direction,
            {Body.RIVER: self.limits, Body.LAKE: self.lake or self.limits},
            frozenset([self.only]) if self.only else EVERYWHERE,
            (self.instead.id, self.instead.limit) if self.instead else None,
        )


class WaterPack(Entry):
    """The whole file."""

    title: Bilingual
    number: str
    effective_from: dt.date
    region: str
    verified: Mark
    notes: tuple[Bilingual, ...] = ()
    levels: tuple[LevelPack, ...]
    required: tuple[str, ...]
    items: tuple[ItemPack, ...]

    @property
    def standard(self) -> Standard:
        """What the engine reads."""
        levels = (Level(one.id, one.label.text, one.quality.text) for one in self.levels)
        return Standard(tuple(levels), tuple(one.as_item for one in self.items), self.required)


def water(folder: Path | None) -> WaterPack:
    """Return the standard in force, a zone's own in place of the national one."""
    return load_typed(pack_file("water.yaml", folder), WaterPack)
