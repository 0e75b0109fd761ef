"""How suggestion campaigns are run: ``suggestions.yaml``."""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.worktime.durations import Duration
from openzone.engines.worktime.errors import WorktimeError
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
NAME = "suggestions.yaml"


def _duration(value: Any) -> Duration:
    try:
        return Duration.from_data(value)
    except WorktimeError as error:
        raise ValueError(str(error)) from None


class Answer(Entry):
    """How long after the end of collecting the official answers may take."""

    limit: Duration
    verified: Mark
    source: Bilingual
    region: str = ""
    note: Bilingual | None = None

    _limit = field_validator("limit", mode="before")(_duration)


class Reason(Entry):
    """A sort of reason why a suggestion is not accepted."""

    id: str
    label: Bilingual


class Rejection(Entry):
    """The reasons there are, and how long the explanation is at least."""

    source: Bilingual
    verified: Mark
    least_characters: int = Field(ge=1)
    reasons: tuple[Reason, ...] = Field(min_length=1)


class Words(Entry):
    """How long a suggestion is at least."""

    least_characters: int = Field(ge=1)


class Similar(Entry):
    """From how alike two suggestions are shown together, as shares from 0 to 1."""

    hint: float = Field(gt=0, le=1)
    cluster: float = Field(gt=0, le=1)
    most: int = Field(ge=1)


class SuggestionsPack(Entry):
    """The whole file."""

    answer: Answer
    soon: Duration
    rejection: Rejection
    text: Words
    similar: Similar

    _soon = field_validator("soon", mode="before")(_duration)


def load_suggestions(folder: Path | None) -> SuggestionsPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), SuggestionsPack)
