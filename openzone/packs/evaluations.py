"""How evaluations are run: columns of bureaus, exclusions, vetoes, days: ``evaluations.yaml``."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
NAME = "evaluations.yaml"
SLUG = r"^[a-z][a-z0-9_]*$"


class Bureau(Entry):
    """Who holds some figures; ``units`` are codes of units looked for when a cycle is opened."""

    id: str = Field(pattern=SLUG)
    label: Bilingual
    items: tuple[str, ...] = Field(min_length=1)
    units: tuple[str, ...] = ()


class FromRecord(Entry):
    """A fact of the record that may stand in for an item."""

    item: str
    fact: str


class Ground(Entry):
    """A reason to leave somebody out, or to put them in the last class."""

    id: str = Field(pattern=SLUG, max_length=32)
    label: Bilingual
    verified: Mark


class Tracked(Entry):
    """An index of the zone itself with its rank among others; up to ``top`` a streak counts."""

    indicator: str
    label: Bilingual
    top: int = Field(ge=1)
    source: Bilingual
    verified: Mark


class EvaluationsPack(Entry):
    """The whole file."""

    source: Bilingual
    verified: Mark
    post_days: int = Field(ge=1, le=30)
    objection_days: int = Field(ge=3, le=30)
    bureaus: tuple[Bureau, ...] = Field(min_length=1)
    record: tuple[FromRecord, ...] = ()
    exclusions: tuple[Ground, ...] = Field(min_length=1)
    vetoes: tuple[Ground, ...] = Field(min_length=1)
    tracker: tuple[Tracked, ...] = ()
    satisfaction: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _a_column_has_one_holder(self) -> Self:
        items = [item for one in self.bureaus for item in one.items]
        if twice := {item for item in items if items.count(item) > 1}:
            raise ValueError(
                f"{'、'.join(sorted(twice))}: 一列只能由一个部门填报 / one bureau a column"
            )
        return self

    def ground(self, name: str) -> Ground | None:
        """Return a reason by its id, of either kind."""
        every = (*self.exclusions, *self.vetoes)
        return next((one for one in every if one.id == name), None)


def load_evaluations(folder: Path | None) -> EvaluationsPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), EvaluationsPack)
