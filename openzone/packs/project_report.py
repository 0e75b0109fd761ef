"""The sentences of the report of projects: ``project_report.yaml``."""

import string
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.packs.measures import Mark, Measure, UnitPack, named_once
from openzone.packs.typed import Entry, load_typed, pack_file

NAME = "project_report.yaml"
BUILT_IN = frozenset({"span", "since"})
"""What every sentence may say without a slot: the months of the period, and the year so far."""


class Slot(Entry):
    """A number of a sentence: measured, or the completion of the zone's target of an indicator.

    ``basis`` is its footnote: what is counted and how.
    """

    measure: Measure | None = None
    target: str | None = None
    unit: str
    basis: Bilingual

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if (self.measure is None) == (self.target is None):
            raise ValueError("measure 与 target 二选一 / either a measure or a target")
        return self


class Sentence(Entry):
    """A sentence with its slots in braces. ``when``: said always, or only when over half is so."""

    id: str
    text: Bilingual
    slots: dict[str, Slot] = {}
    when: Literal["always", "over_half"] = "always"
    source: Bilingual
    verified: Mark

    @model_validator(mode="after")
    def _every_brace_has_a_slot(self) -> Self:
        for text in (self.text.zh, self.text.en):
            named = {name for _t, name, _f, _c in string.Formatter().parse(text) if name}
            if unknown := sorted(named - set(self.slots) - BUILT_IN):
                raise ValueError(f"句子里没有定义 / the sentence has no slot {unknown}")
            if unsaid := sorted(set(self.slots) - named):
                raise ValueError(f"句子没有用到 / the sentence does not say {unsaid}")
        return self


class Part(Entry):
    """A heading with its sentences."""

    id: str
    heading: Bilingual
    sentences: tuple[Sentence, ...] = Field(min_length=1)


class ReportPack(Entry):
    """The whole file."""

    title: Bilingual
    units: tuple[UnitPack, ...] = Field(min_length=1)
    parts: tuple[Part, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        sentences = [one for part in self.parts for one in part.sentences]
        named_once("sentences", [one.id for one in sentences])
        units = {one.id for one in self.units}
        asked = {slot.unit for one in sentences for slot in one.slots.values()}
        if unknown := sorted(asked - units):
            raise ValueError(f"没有单位 / no unit {unknown}")
        return self

    def unit(self, name: str) -> UnitPack:
        """Return a unit."""
        return next(one for one in self.units if one.id == name)

    def slot(self, sentence: str, name: str) -> Slot | None:
        """Return a slot by its sentence and name."""
        for part in self.parts:
            for one in part.sentences:
                if one.id == sentence:
                    return one.slots.get(name)
        return None


def load_report(folder: Path | None) -> ReportPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), ReportPack)
