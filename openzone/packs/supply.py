"""Needs and offers of resident firms: kinds, nearness and waiting times (``supply.yaml``)."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.packs.typed import Entry, load_typed, pack_file

NAME = "supply.yaml"


class SupplyKind(Entry):
    """A kind of what is needed or offered."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=16)
    label: Bilingual


class MatchSpec(Entry):
    """How many partners are shown, how alike they must be, what else counts."""

    most: int = Field(ge=1)
    least: float = Field(ge=0, le=1)
    same_node: float = Field(ge=0, le=1)
    same_place: float = Field(ge=0, le=1)


class SupplyPack(Entry):
    """The whole file."""

    source: Bilingual
    verified: Literal["V", "V2", "L", "K"]
    kinds: tuple[SupplyKind, ...] = Field(min_length=1)
    match: MatchSpec
    open_days: int = Field(ge=1)
    answer_days: int = Field(ge=1)
    remind_days: int = Field(ge=0)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if len({one.id for one in self.kinds}) != len(self.kinds):
            raise ValueError("a kind is named twice")
        if self.remind_days >= self.answer_days:
            raise ValueError("remind_days must be below answer_days")
        return self


def load_supply(folder: Path | None) -> SupplyPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), SupplyPack)
