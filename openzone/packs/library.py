"""``library.yaml``: the categories of the policy library, its terms, and its reminders."""

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.rules.document import read_document
from openzone.engines.rules.problems import Finding, PackError
from openzone.engines.text import Text
from openzone.engines.worktime.durations import Duration, parse_duration
from openzone.engines.worktime.errors import WorktimeError
from openzone.packs.loading import NATIONAL

FILE = "library.yaml"
BAD = Text("不符合要求:{msg}", "not acceptable: {msg}")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Categories(_Part):
    """The categories in the order of the compendium, and how far they can be trusted."""

    verified: Literal["V", "V2", "L", "K"]
    note: Bilingual | None = None
    list: tuple[Bilingual, ...] = Field(min_length=1)


class TermSource(_Part):
    """The document that sets a term; no title where none was read."""

    number: str
    issuer: str


class Term(_Part):
    """A limit: from which day, how long, for which places and ways of delivery, by what."""

    label: Bilingual
    starts: Literal["issued_on", "received"]
    limit: str
    region: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    source: TermSource
    verified: Literal["V", "V2", "L", "K"]
    note: Bilingual | None = None

    @field_validator("limit")
    @classmethod
    def _readable(cls, limit: str) -> str:
        try:
            parse_duration(limit)
        except WorktimeError as error:
            raise ValueError(str(error.reason)) from None
        return limit

    @property
    def duration(self) -> Duration:
        """The limit as working time counts it."""
        return parse_duration(self.limit)


class LibraryPack(_Part):
    """What a zone may change about its library without touching code."""

    categories: Categories
    terms: dict[str, Term]
    expiring_within_days: int = Field(ge=1, le=3650)
    similar_title: float = Field(ge=0, le=100)


def load_library(folder: Path | None = None) -> LibraryPack:
    """Return the national file with a zone's own laid over it, key by key.

    Raises:
        PackError: with every problem of the zone's file (or of the national one).

    """
    value = _read(NATIONAL / FILE)
    own = folder / FILE if folder else None
    if own is None or not own.exists():
        return _checked(value, NATIONAL / FILE)
    given = _read(own)
    terms = {**value["terms"], **given.get("terms", {})}
    return _checked(value | given | {"terms": terms}, own)


def _read(path: Path) -> dict[str, Any]:
    return read_document(path.read_text("utf-8"), str(path)).value


def _checked(value: dict[str, Any], path: Path) -> LibraryPack:
    try:
        return LibraryPack.model_validate(value)
    except ValidationError as error:
        document = read_document(path.read_text("utf-8"), str(path))
        raise PackError([document.problem(_finding(one)) for one in error.errors()]) from None


def _finding(error: ErrorDetails) -> Finding:
    path = tuple(step for step in error["loc"] if isinstance(step, str | int))
    return Finding(path, BAD.format(msg=error["msg"].replace("{", "{{").replace("}", "}}")))
