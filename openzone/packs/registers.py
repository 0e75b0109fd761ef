"""How long refusals wait for their review and suggested rule changes for an answer."""

from pathlib import Path
from typing import Any, Literal

from pydantic import field_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.worktime.durations import Duration, parse_duration
from openzone.engines.worktime.errors import WorktimeError
from openzone.packs.typed import Entry, load_typed, pack_file

NAME = "registers.yaml"


class RegisterLimit(Entry):
    """A limit, and what it rests on."""

    limit: Duration
    verified: Literal["V", "V2", "L", "K"]
    source: Bilingual

    @field_validator("limit", mode="before")
    @classmethod
    def _readable(cls, value: Any) -> Duration:
        try:
            return parse_duration(str(value))
        except WorktimeError as error:
            raise ValueError(str(error.reason)) from None


class RegistersPack(Entry):
    """The whole file."""

    negative_answer: RegisterLimit
    rule_change: RegisterLimit


def load_registers(folder: Path | None) -> RegistersPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), RegistersPack)
