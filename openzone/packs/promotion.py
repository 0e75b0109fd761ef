"""Investors, leads and talks: ``promotion.yaml``."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.projects import maturity
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
NAME = "promotion.yaml"
UNGRADED = ""
"""The grade of a lead that has not even reached the lowest."""


class Term(Entry):
    """An id and what it is called."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=32)
    label: Bilingual


class InteractionKind(Term):
    """A kind of interaction; ``step`` is the step of the funnel one of them counts in."""

    step: Literal["contact", "return_visit"] | None = None


class ConsentRule(Entry):
    """The law that asks for consent, in short."""

    title: Bilingual
    text: Bilingual
    verified: Mark


class GradePack(Term):
    """A grade, what it asks for beyond the one below, and how long it may be quiet."""

    quiet_days: int = Field(ge=1, le=366)
    asks: tuple[Term, ...] = Field(min_length=1)

    @property
    def as_grade(self) -> maturity.Grade:
        """What the engine grades with."""
        asked = tuple(maturity.Question(one.id, one.label.text) for one in self.asks)
        return maturity.Grade(self.id, self.label.text, asked)


class ReferralRule(Entry):
    """Working days until a referral is answered."""

    handover_days: int = Field(ge=1, le=90)
    first_talk_days: int = Field(ge=1, le=90)
    source: Bilingual
    verified: Mark
    note: Bilingual | None = None


class PromotionPack(Entry):
    """The whole file."""

    sources: tuple[Term, ...] = Field(min_length=1)
    sources_source: Bilingual
    channels: tuple[Term, ...] = Field(min_length=1)
    channels_source: Bilingual
    interactions: tuple[InteractionKind, ...] = Field(min_length=1)
    book_kind: str
    consent_ways: tuple[Term, ...] = Field(min_length=1)
    consent: ConsentRule
    grades: tuple[GradePack, ...] = Field(min_length=1)
    grades_source: Bilingual
    grades_verified: Mark
    ungraded_quiet_days: int = Field(ge=1, le=366)
    referrals: ReferralRule
    pipeline: str

    @model_validator(mode="after")
    def _each_is_named_once(self) -> Self:
        asked = [one for grade in self.grades for one in grade.asks]
        lists: tuple[Iterable[Term], ...] = (
            self.sources, self.channels, self.interactions, self.consent_ways, self.grades, asked,
        )  # fmt: skip
        for entries in lists:
            ids = [one.id for one in entries]
            twice = sorted({one for one in ids if ids.count(one) > 1})
            if twice:
                raise ValueError(f"named twice: {twice}")
        return self

    @model_validator(mode="after")
    def _books_are_of_a_kind(self) -> Self:
        if self.label(self.interactions, self.book_kind) is None:
            raise ValueError(f"book_kind: there is no interaction “{self.book_kind}”")
        return self

    @property
    def as_grades(self) -> tuple[maturity.Grade, ...]:
        """The grades from the lowest up, as the engine reads them."""
        return tuple(one.as_grade for one in self.grades)

    @property
    def quiet_days(self) -> Mapping[str, int]:
        """How many days a lead may be quiet, by its grade."""
        return {UNGRADED: self.ungraded_quiet_days} | {
            one.id: one.quiet_days for one in self.grades
        }

    def label(self, terms: Iterable[Term], name: str) -> Bilingual | None:
        """Return what an id of one of the lists is called; None where the list lost it."""
        return next((one.label for one in terms if one.id == name), None)


def load_promotion(folder: Path | None) -> PromotionPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), PromotionPack)
