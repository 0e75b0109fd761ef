"""Promises of both sides and the fair-competition review: ``agreements.yaml``."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
NAME = "agreements.yaml"
INCENTIVE = "policy"
"""The kind of clause by which an incentive enters an agreement; every pack has it."""


class ClauseKind(Entry):
    """What can be promised; without a ``unit`` it is a deed."""

    id: str
    label: Bilingual
    sides: tuple[Literal["investor", "zone"], ...] = Field(min_length=1)
    unit: Bilingual | None = None
    deed_too: bool = False


class WatchRule(Entry):
    """When somebody is warned."""

    soon_days: int = Field(ge=0)
    behind_share: Decimal = Field(gt=0, le=1)
    verified: Mark
    note: Bilingual | None = None


class IncentiveKind(Entry):
    """A kind of advantage; ``forbidden`` for particular operators without a sufficient basis."""

    id: str
    label: Bilingual
    forbidden: bool


class Regulation(Entry):
    """The rule a review is held by."""

    title: Bilingual
    promulgated: dt.date
    in_force: dt.date
    text: Bilingual
    verified: Mark
    note: Bilingual | None = None


class Basis(Entry):
    """What a review can stand on."""

    id: str
    label: Bilingual
    sufficient: bool


class ExceptionCase(Entry):
    """Where a measure may be given all the same."""

    id: str
    label: Bilingual


class AgreementsPack(Entry):
    """The whole file."""

    clause_kinds: tuple[ClauseKind, ...] = Field(min_length=1)
    clause_kinds_source: Bilingual
    watch: WatchRule
    incentive_kinds: tuple[IncentiveKind, ...] = Field(min_length=1)
    regulation: Regulation
    bases: tuple[Basis, ...] = Field(min_length=1)
    exceptions: tuple[ExceptionCase, ...]
    exceptions_verified: Mark
    exceptions_note: Bilingual | None = None

    @model_validator(mode="after")
    def _each_is_named_once(self) -> Self:
        for entries in (self.clause_kinds, self.incentive_kinds, self.bases, self.exceptions):
            ids = [one.id for one in entries]
            if len(set(ids)) != len(ids):
                raise ValueError(
                    f"named twice: {sorted({one for one in ids if ids.count(one) > 1})}"
                )
        return self

    @model_validator(mode="after")
    def _incentives_are_the_zones(self) -> Self:
        kind = self.clause_kind(INCENTIVE)
        if kind is None or kind.sides != ("zone",):
            raise ValueError(f"clause_kinds needs “{INCENTIVE}”, promised by the zone only")
        return self

    def clause_kind(self, name: str) -> ClauseKind | None:
        """Return a kind of clause by its id."""
        return next((one for one in self.clause_kinds if one.id == name), None)

    def incentive_kind(self, name: str) -> IncentiveKind | None:
        """Return a kind of incentive by its id."""
        return next((one for one in self.incentive_kinds if one.id == name), None)

    def basis(self, name: str) -> Basis | None:
        """Return a kind of basis by its id."""
        return next((one for one in self.bases if one.id == name), None)

    def exception(self, name: str) -> ExceptionCase | None:
        """Return an exception by its id."""
        return next((one for one in self.exceptions if one.id == name), None)


def load_agreements(folder: Path | None) -> AgreementsPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), AgreementsPack)
