"""Kinds of commitments, their templates and rules: ``commitments.yaml``."""

from pathlib import Path
from string import Formatter
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.service.machines import Machine
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
NAME = "commitments.yaml"
GIVEN = frozenset({"applicant", "item", "materials", "deadline"})
"""What a template may name beside its own fields."""


class Kind(Entry):
    """A kind of commitment; ``machine`` says whether deciding or checking comes first."""

    id: str
    label: Bilingual
    family: str
    machine: Machine
    verified: Mark
    repairs: bool = False


class Family(Entry):
    """Kinds that share a template."""

    id: str
    label: Bilingual


class Blank(Entry):
    """Something the applicant fills in."""

    id: str
    label: Bilingual
    required: bool = False


class Template(Entry):
    """The words that are signed, in both languages, with names in braces."""

    id: str
    family: str
    title: Bilingual
    verified: Mark
    note: Bilingual | None = None
    fields: tuple[Blank, ...]
    text: Bilingual

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        known = GIVEN | {blank.id for blank in self.fields}
        for words in (self.text.zh, self.text.en):
            named = {name for _, name, _, _ in Formatter().parse(words) if name}
            if named - known:
                raise ValueError(f"the text names unknown fields: {sorted(named - known)}")
        return self


class Ruling(Entry):
    """A rule with its source."""

    text: Bilingual
    verified: Mark
    source: Bilingual | None = None
    note: Bilingual | None = None
    bound: Literal["committed_limit"] | None = None
    value: bool = True


class Rulings(Entry):
    """The rules that hold for every commitment."""

    supplement: Ruling
    main_complete: Ruling
    exclusion: Ruling
    lapse_recorded: Ruling
    excluded_items: Ruling


class Publication(Entry):
    """What the public page shows of a signed commitment, and for how many days after its end."""

    kinds: tuple[str, ...]
    fields: tuple[str, ...]
    papers: bool
    enterprise: Literal["full", "hidden"]
    person: Literal["masked", "hidden"]
    days_after: int = Field(ge=0)
    text: Bilingual
    verified: Mark
    note: Bilingual | None = None


class Repair(Entry):
    """How a breach is repaired, step by step."""

    steps: tuple[Bilingual, ...] = Field(min_length=1)
    verified: Mark
    note: Bilingual | None = None


class CommitmentsPack(Entry):
    """The whole file."""

    kinds: tuple[Kind, ...] = Field(min_length=1)
    kinds_source: Bilingual
    families: tuple[Family, ...]
    templates: tuple[Template, ...]
    rules: Rulings
    remind_days: tuple[int, ...]
    publication: Publication
    repair: Repair

    @model_validator(mode="after")
    def _families_have_templates(self) -> Self:
        families = {family.id for family in self.families}
        named = {kind.family for kind in self.kinds} | {one.family for one in self.templates}
        if named - families:
            raise ValueError(f"no family {sorted(named - families)}")
        if families - {one.family for one in self.templates}:
            raise ValueError("a family has no template")
        return self

    @model_validator(mode="after")
    def _publication_is_known(self) -> Self:
        kinds = {kind.id for kind in self.kinds}
        blanks = {blank.id for one in self.templates for blank in one.fields}
        unknown = (set(self.publication.kinds) - kinds) | (set(self.publication.fields) - blanks)
        if unknown:
            raise ValueError(f"publication names what is not there: {sorted(unknown)}")
        return self

    def kind(self, name: str) -> Kind | None:
        """Return a kind by its id."""
        return next((kind for kind in self.kinds if kind.id == name), None)

    def template(self, kind: Kind) -> Template:
        """Return what is signed for a kind."""
        return next(one for one in self.templates if one.family == kind.family)


def load_commitments(folder: Path | None) -> CommitmentsPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), CommitmentsPack)
