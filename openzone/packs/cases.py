"""How a zone runs its cases: ``cases.yaml``."""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator

from openzone.engines.worktime.durations import Duration, Unit
from openzone.engines.worktime.errors import WorktimeError
from openzone.packs.typed import Entry, load_typed, pack_file

Mark = Literal["V", "V2", "L", "K"]
NAME = "cases.yaml"
_CLOCK = (Unit.MINUTE, Unit.HOUR)


def _wait(value: Any) -> Duration:
    try:
        read = Duration.from_data(value)
    except WorktimeError as error:
        raise ValueError(str(error)) from None
    if read.unit not in _CLOCK:
        raise ValueError("a wait is in minutes or hours")
    return read


class KeyEnterprises(Entry):
    """Which enterprises have priority, and what the clocks call it."""

    priority: str
    sponsored: bool
    facts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    verified: Mark


class Outbox(Entry):
    """The waits between attempts, by how a message leaves."""

    webhook: tuple[Duration, ...]
    email: tuple[Duration, ...]

    @field_validator("webhook", "email", mode="before")
    @classmethod
    def _waits(cls, value: Any) -> tuple[Duration, ...]:
        if not isinstance(value, list):
            raise ValueError("a list of waits")
        return tuple(_wait(one) for one in value)


class LookUps(Entry):
    """How many wrong answers are borne, in how many minutes."""

    most: int = Field(ge=1)
    minutes: int = Field(ge=1)


class CasesPack(Entry):
    """The whole file."""

    key_enterprises: KeyEnterprises
    outbox: Outbox
    look_up: LookUps
    centre: str
    systemic: str


def load_cases(folder: Path | None) -> CasesPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), CasesPack)
