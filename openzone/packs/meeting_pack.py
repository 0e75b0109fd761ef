"""The sentences of the meeting that reads the economy (经济运行分析会): ``meeting_pack.yaml``."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.packs.series import Mark
from openzone.packs.typed import Entry, load_typed, pack_file

NAME = "meeting_pack.yaml"
WORDS = frozenset({"month", "span", "year", "entity", "label"})
"""What every sentence may say besides its numbers."""
_CLAUSE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([a-z_]+)\}")

At = Literal["month", "cumulative", "latest", "year"]
What = Literal[
    "value", "growth", "rate", "status", "rank", "group", "completion", "gap", "required",
    "forecast", "streak", "first_growth", "over_half",
]  # fmt: skip


class SlotPack(Entry):
    """A number of a sentence: of which indicator (empty: the one the sentence is said of)."""

    of: str = ""
    at: At
    what: What


class Clause(NamedTuple):
    """A part of a sentence; one that ``may_go`` is left out where one of its numbers is missing."""

    text: str
    may_go: bool

    @property
    def slots(self) -> list[str]:
        """The slots it says."""
        return [name for name in _SLOT.findall(self.text) if name not in WORDS]

    def pieces(self) -> Iterator[tuple[str, str]]:
        """Yield text before a slot or word, and its name; the last name is empty."""
        last = 0
        for found in _SLOT.finditer(self.text):
            yield self.text[last : found.start()], found[1]
            last = found.end()
        yield self.text[last:], ""


class SentencePack(Entry):
    """A sentence; ``[…]`` is left out where a number in it is missing."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    text: Bilingual
    slots: dict[str, SlotPack]
    source: Bilingual
    verified: Mark

    @model_validator(mode="after")
    def _slots_are_said(self) -> Self:
        for text in (self.text.zh, self.text.en):
            said = set(_SLOT.findall(text)) - WORDS
            if said != set(self.slots):
                wrong = sorted(said ^ set(self.slots))
                raise ValueError(f"句子与数不符 / text and slots differ: {wrong}")
        return self

    @property
    def indicators(self) -> set[str]:
        """The indicators it speaks of by name."""
        return {one.of for one in self.slots.values() if one.of}

    def clauses(self, language: str) -> list[Clause]:
        """Return its parts in a language."""
        text = self.text.text.for_language(language)
        found, last = [], 0
        for each in _CLAUSE.finditer(text):
            found.append(Clause(text[last : each.start()], may_go=False))
            found.append(Clause(each[1], may_go=True))
            last = each.end()
        return [one for one in (*found, Clause(text[last:], may_go=False)) if one.text]


class PartPack(Entry):
    """A heading with its sentences; of ``every`` each is said of every indicator chosen."""

    id: str
    heading: Bilingual
    every: bool = False
    sentences: tuple[SentencePack, ...] = Field(min_length=1)


class MeetingPackPack(Entry):
    """``meeting_pack.yaml``; ``version`` is kept with every pack that is made."""

    title: Bilingual
    version: str
    indicators: tuple[str, ...] = Field(min_length=1)
    parts: tuple[PartPack, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Self:
        ids = [one.id for part in self.parts for one in part.sentences]
        if len(set(ids)) < len(ids):
            raise ValueError("句子重复 / a sentence is there twice")
        return self

    @property
    def named(self) -> set[str]:
        """The indicators that have sentences of their own."""
        return {name for part in self.parts for one in part.sentences for name in one.indicators}


def load_meeting_pack(folder: Path | None) -> MeetingPackPack:
    """Return the sentences of a zone."""
    return load_typed(pack_file(NAME, folder), MeetingPackPack)
