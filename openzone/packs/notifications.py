"""What people are told and what no choice silences: ``notifications.yaml``."""

from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, field_validator, model_validator

from openzone.engines.facts.catalogue import Bilingual
from openzone.packs.typed import Entry, load_typed, pack_file

NAME = "notifications.yaml"
Mark = Literal["V", "V2", "L", "K"]
Way = Literal["in_app", "email"]
Audience = Literal["staff", "admin", "everybody"]
KindId = Literal[
    "assigned", "turn", "due_soon", "overdue", "escalated", "decision", "answered", "brief",
    "my_turn", "matter", "suggestion", "service",
]  # fmt: skip


class NoticeKind(Entry):
    """A sort of message: how it comes where nobody chose, and how it comes in any case."""

    id: KindId
    audience: Audience
    label: Bilingual
    help: Bilingual
    default: tuple[Way, ...]
    always: tuple[Way, ...] = ()
    why: Bilingual | None = None

    @model_validator(mode="after")
    def _is_explained(self) -> "NoticeKind":
        if bool(self.always) != (self.why is not None):
            raise ValueError("`always` needs `why`, and only `always` does")
        if not set(self.always) <= set(self.default):
            raise ValueError("what comes always comes by default too")
        return self


class Brief(Entry):
    """The day of the week on which the brief is announced, 1 for Monday."""

    weekday: int = Field(ge=1, le=7)


class Desk(Entry):
    """How far ahead the desk looks, how much of an area it shows, and what is late for long.

    ``ahead_days`` and ``aged_days`` in calendar days; ``each``: lines of one area.
    """

    ahead_days: int = Field(ge=0)
    aged_days: int = Field(ge=1)
    each: int = Field(ge=1)


class NotificationsPack(Entry):
    """The whole file: every kind exactly once, in the order of the page of choices."""

    verified: Mark
    kinds: tuple[NoticeKind, ...]
    brief: Brief
    desk: Desk

    @field_validator("kinds")
    @classmethod
    def _are_all(cls, value: tuple[NoticeKind, ...]) -> tuple[NoticeKind, ...]:
        found = [one.id for one in value]
        if sorted(found) != sorted(get_args(KindId)):
            raise ValueError(f"each exactly once: {', '.join(get_args(KindId))}")
        return value

    @cached_property
    def by_id(self) -> dict[str, NoticeKind]:
        """The kinds by their ids."""
        return {one.id: one for one in self.kinds}


def load_notifications(folder: Path | None) -> NotificationsPack:
    """Read the file of a zone's pack folder, the bundled one where it has none.

    Raises:
        PackError: with every problem of the file.

    """
    return load_typed(pack_file(NAME, folder), NotificationsPack)
