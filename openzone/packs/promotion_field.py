"""How promotion goes out: channels, platforms, days and steps: ``promotion_field.yaml``."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
NAME = "promotion_field.yaml"


class Channel(Entry):
    """A way to meet investors: by ``trip``, at an ``event``, or in ``talks`` at a distance.

    ``interaction``, ``way`` and ``source`` are what a talk of it and a lead from it are called in
    ``promotion.yaml``.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=32)
    label: Bilingual
    by: Literal["trip", "event", "talks"]
    online: bool = False
    interaction: str
    way: str
    source: str
    verified: Mark


class Named(Entry):
    """Something with an id and a name."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=32)
    label: Bilingual


class FunnelStep(Entry):
    """A step of the funnel; ``counts_as`` is what it means in every pipeline, for the last."""

    id: Literal["contact", "return_visit", "signing"]
    label: Bilingual
    counts_as: str = ""


class FieldPack(Entry):
    """The whole file."""

    channels: tuple[Channel, ...] = Field(min_length=1)
    channels_source: Bilingual
    platforms: tuple[Named, ...] = Field(min_length=1)
    report_days: int = Field(ge=0)
    report_days_verified: Mark
    steps: tuple[FunnelStep, ...]
    steps_source: Bilingual
    return_visit: str

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for entries in (self.channels, self.platforms, self.steps):
            ids = [one.id for one in entries]
            if len(set(ids)) != len(ids):
                raise ValueError(f"named twice: {sorted({n for n in ids if ids.count(n) > 1})}")
        if [one.id for one in self.steps] != ["contact", "return_visit", "signing"]:
            raise ValueError("steps: contact, return_visit, signing, in this order")
        return self

    def channel(self, name: str) -> Channel | None:
        """Return a channel by its id."""
        return next((one for one in self.channels if one.id == name), None)

    def platform(self, name: str) -> Named | None:
        """Return a platform by its id."""
        return next((one for one in self.platforms if one.id == name), None)

    @property
    def signed(self) -> str:
        """What the stage counts as whose entry is a signing."""
        return self.steps[-1].counts_as


def load_field(folder: Path | None) -> FieldPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), FieldPack)
