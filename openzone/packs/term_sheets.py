"""Templates of term sheets: one file each in ``term_sheets/``, a zone's own over those shipped."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.projects.terms import FieldType, TermField, TermSection, placeholders
from openzone.packs.loading import NATIONAL
from openzone.packs.typed import Entry, load_typed

Mark = Literal["V", "V2", "L", "K"]
FOLDER = "term_sheets"
INCENTIVES = "incentives"


class TermTemplate(Entry):
    """A template: its fields, its sentences, and the heading incentives stand under."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    version: str = Field(min_length=1, max_length=16)
    title: Bilingual
    kind: Literal["framework", "contract"]
    source: Bilingual
    verified: Mark
    note: Bilingual
    fields: tuple[TermField, ...] = Field(min_length=1)
    sections: tuple[TermSection, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        names = [one.id for one in self.fields]
        if len(set(names)) != len(names):
            raise ValueError(f"named twice: {sorted({n for n in names if names.count(n) > 1})}")
        unknown = placeholders(self.sections) - set(names)
        if unknown:
            raise ValueError(f"sentences name fields there are not: {sorted(unknown)}")
        return self

    @model_validator(mode="after")
    def _promises_have_days(self) -> Self:
        days = {one.id for one in self.fields if one.type is FieldType.DAY}
        bad = [one.id for one in self.fields if one.promise and one.promise.due not in days]
        if bad:
            raise ValueError(f"promises due on no day field: {bad}")
        return self

    def field(self, name: str) -> TermField | None:
        """Return a field by its id."""
        return next((one for one in self.fields if one.id == name), None)


def load_term_sheets(folder: Path | None) -> Mapping[str, TermTemplate]:
    """Read every template by its id.

    Raises:
        PackError: with every problem of a file.

    """
    places = [NATIONAL / FOLDER, *([folder / FOLDER] if folder else [])]
    paths = {path.stem: path for place in places for path in sorted(place.glob("*.yaml"))}
    read = [load_typed(path, TermTemplate) for path in paths.values()]
    return {one.id: one for one in read}
