"""Duties of a spokesperson and time limits for answers: ``spokespersons.yaml``."""

from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.worktime.durations import Duration
from openzone.engines.worktime.errors import WorktimeError
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
NAME = "spokespersons.yaml"


def _duration(value: Any) -> Duration:
    try:
        return Duration.from_data(value)
    except WorktimeError as error:
        raise ValueError(str(error)) from None


class Duty(Entry):
    """One thing a spokesperson does."""

    id: str
    text: Bilingual
    verified: Mark
    note: Bilingual | None = None


class Duties(Entry):
    """All of them, and where they were read."""

    source: Bilingual
    list: tuple[Duty, ...]


class Limit(Entry):
    """How long an answer to one sort of question may take."""

    id: str
    label: Bilingual
    clock: Duration

    _clock = field_validator("clock", mode="before")(_duration)


class Scheme(Entry):
    """Limits that are promised together; the first is the usual one."""

    id: str
    title: Bilingual
    source: Bilingual
    region: str
    verified: Mark
    limits: tuple[Limit, ...] = Field(min_length=1)


class Similar(Entry):
    """When a question counts as like another: a score from 0 to 100, and how many are shown."""

    at_least: int = Field(ge=0, le=100)
    most: int = Field(ge=1)


class SpokespersonsPack(Entry):
    """The whole file."""

    duties: Duties
    promised: str
    schemes: tuple[Scheme, ...]
    soon: Duration
    similar: Similar

    _soon = field_validator("soon", mode="before")(_duration)

    @model_validator(mode="after")
    def _promised_is_there(self) -> Self:
        if self.promised not in {scheme.id for scheme in self.schemes}:
            raise ValueError(f"no scheme {self.promised}")
        return self

    @property
    def scheme(self) -> Scheme:
        """The scheme the zone promises."""
        return next(scheme for scheme in self.schemes if scheme.id == self.promised)

    def limit(self, name: str) -> Limit | None:
        """Return a promised limit by its id; the usual one for an empty name."""
        limits = {limit.id: limit for limit in self.scheme.limits}
        return limits.get(name) if name else self.scheme.limits[0]


def load_spokespersons(folder: Path | None) -> SpokespersonsPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), SpokespersonsPack)
