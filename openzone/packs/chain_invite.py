"""Whom to invite: the terms of the score (``chain_invite.yaml``) and the place of the zone."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from openzone.engines.chains.gaps import GapKind
from openzone.engines.chains.inviting import TERMS, Measures, Point
from openzone.engines.facts.catalogue import Bilingual
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
NAME, SEAT = "chain_invite.yaml", "seat.yaml"


class TermSpec(Entry):
    """A term of the score; ``says`` is how its value is come by."""

    id: str
    weight: float
    label: Bilingual
    says: Bilingual


class Refit(Entry):
    """When weights are fitted to what came of earlier candidates."""

    least_each: int = Field(ge=2)
    folds: int = Field(ge=2)
    penalty: float = Field(gt=0)
    quiet_days: int = Field(ge=1)

    @model_validator(mode="after")
    def _some_in_every_fold(self) -> Self:
        if self.least_each < self.folds:
            raise ValueError("least_each must be at least folds")
        return self


class TripSpec(Entry):
    """How much fits into a day of a trip."""

    firms_a_day: int = Field(ge=1)


class InvitePack(Entry):
    """The whole file."""

    source: Bilingual
    verified: Mark
    terms: tuple[TermSpec, ...] = Field(min_length=1)
    gap_kinds: dict[GapKind, float]
    fit_from: float = Field(gt=0, le=1)
    expansion_days: int = Field(ge=1)
    refit: Refit
    trip: TripSpec

    @model_validator(mode="after")
    def _known_once(self) -> Self:
        ids = [one.id for one in self.terms]
        if unknown := sorted(set(ids) - set(TERMS)):
            raise ValueError(f"unknown terms: {unknown}")
        if len(set(ids)) != len(ids):
            raise ValueError("a term is named twice")
        if missing := sorted(set(GapKind) - set(self.gap_kinds)):
            raise ValueError(f"gap_kinds lacks {missing}")
        return self

    @property
    def weights(self) -> dict[str, float]:
        """The weights by term, in the order of the file."""
        return {one.id: one.weight for one in self.terms}

    @property
    def measures(self) -> Measures:
        """What the engine measures values with."""
        return Measures(self.gap_kinds, self.fit_from, self.expansion_days)


class SeatPack(Entry):
    """Where the zone lies; both degrees or neither."""

    name: str = ""
    longitude: float | None = Field(default=None, ge=-180, le=180)
    latitude: float | None = Field(default=None, ge=-90, le=90)
    source: Bilingual

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.longitude is None) != (self.latitude is None):
            raise ValueError("longitude and latitude come together")
        return self

    @property
    def point(self) -> Point | None:
        """The place, where it is known."""
        if self.longitude is None or self.latitude is None:
            return None
        return Point(self.longitude, self.latitude)


def load_invite(folder: Path | None) -> InvitePack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), InvitePack)


def load_seat(folder: Path | None) -> SeatPack:
    """Read where the zone lies.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(SEAT, folder), SeatPack)
