"""How reform tasks are followed: ``reforms.yaml``."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
Colour = Literal["red", "orange", "yellow", "green"]
NAME = "reforms.yaml"


class Light(Entry):
    """A light and when it is on; without any condition, always.

    ``due_within`` counts working days, ``silent`` calendar days, ``below`` and ``behind``
    percentage points, ``unreported`` a share of the task's time.
    """

    id: Colour
    text: Bilingual
    overdue: bool = False
    due_within: int | None = Field(default=None, ge=0)
    below: int | None = Field(default=None, ge=0, le=100)
    behind: int | None = Field(default=None, ge=0, le=100)
    silent: int | None = Field(default=None, ge=1)
    unreported: float | None = Field(default=None, ge=0, le=1)

    @property
    def always(self) -> bool:
        """Whether it has no condition."""
        given = (self.due_within, self.below, self.behind, self.silent, self.unreported)
        return not self.overdue and all(one is None for one in given)


class Extension(Entry):
    """How often a task's day may be moved, and by how many days at most each time."""

    times: int = Field(ge=0)
    most_days: int = Field(ge=1)


class ReformsPack(Entry):
    """The whole file."""

    source: Bilingual
    verified: Mark
    lights: tuple[Light, ...] = Field(min_length=1)
    extension: Extension

    @model_validator(mode="after")
    def _some_light_is_always_on(self) -> Self:
        if not self.lights[-1].always:
            raise ValueError("the last light has no condition")
        return self


def load_reforms(folder: Path | None) -> ReformsPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), ReformsPack)
