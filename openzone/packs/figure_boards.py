"""What the boards of figures show and when a line is behind: ``figure_boards.yaml``."""

from decimal import Decimal
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.series.standing import Bounds
from openzone.packs.series import Mark
from openzone.packs.typed import Entry, load_typed, pack_file

NAME = "figure_boards.yaml"


class LightPack(Entry):
    """Completion over time progress below which a line is behind, and far behind."""

    behind: Decimal = Field(gt=0, le=1)
    far: Decimal = Field(gt=0, le=1)
    source: Bilingual
    verified: Mark
    note: Bilingual

    @property
    def bounds(self) -> Bounds:
        """What the engine reads."""
        return Bounds(self.behind, self.far)


class AimedPack(Entry):
    """The target of the room of targets that an indicator is held against."""

    target: str
    indicator: str


class PerPack(Entry):
    """One indicator by another, in units of ``by`` (a mu is 2000/3 square metres)."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    of: str
    by: str
    label: Bilingual
    unit: Bilingual
    scale: Decimal = Field(gt=0)
    units_of: Decimal = Field(default=Decimal(1), gt=0)


class ParksPack(Entry):
    """What parks are set side by side by."""

    levels: tuple[str, ...] = Field(min_length=1)
    per: tuple[PerPack, ...] = ()


class ChainsPack(Entry):
    """The output of chains: what counts as output, the published share, the round numbers."""

    outputs: tuple[str, ...] = Field(min_length=1)
    share: str = ""
    marks: tuple[Decimal, ...]
    source: Bilingual
    verified: Mark


class BoardsPack(Entry):
    """``figure_boards.yaml``."""

    title: Bilingual
    light: LightPack
    headline: tuple[str, ...] = Field(min_length=1)
    peers: tuple[str, ...] = Field(min_length=1)
    aimed: tuple[AimedPack, ...] = ()
    chains: ChainsPack
    parks: ParksPack

    @model_validator(mode="after")
    def _once(self) -> Self:
        for name, found in (("headline", self.headline), ("peers", self.peers)):
            if len(set(found)) < len(found):
                raise ValueError(f"{name}: 重复 / twice")
        return self


def load_boards(folder: Path | None) -> BoardsPack:
    """Return the boards of a zone."""
    return load_typed(pack_file(NAME, folder), BoardsPack)
